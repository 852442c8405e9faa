"""Words that try to break out, to read elsewhere or to use up the machine: none succeeds, each is answered in time."""

import json
import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest
from escaping import SECONDS
from finished import release
from wording import CAPTIONS, PAGE, RECORDS, replace, say, statistics

from reportgen import document
from reportgen.model.records import Question, Quote
from reportgen.model.release import PublicationDetails

ROOT = Path(__file__).parents[1]
LOOP = "{% for a in questions() %}"
END = "{% endfor %}"
CHAPTER = [
    # to Python through an object
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ ''['__class__'] }}",
    "{{ ''|attr('__class__') }}",
    "{{ '\\x5f\\x5fclass\\x5f\\x5f' }}",
    "{{ '{0.__class__}'.format(release) }}",
    "{{ '{0._release}'.format_map(release) }}",
    "{{ '%s'|format(release) }}",
    "{{ '%c%c' % (95, 95) }}",
    "{{ release.__init__.__globals__ }}",
    "{{ release._release.raw }}",
    "{{ release['_release'] }}",
    "{{ release.names() }}",
    "{{ audit._statistics }}",
    "{{ self.__dict__ }}",
    "{{ self._TemplateReference__context }}",
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "{{ lipsum.__globals__ }}",
    "{{ joiner.__init__ }}",
    "{{ namespace(a=1) }}",
    "{{ get_flashed_messages.__globals__ }}",
    "{{ config.items() }}",
    "{{ request.application.__globals__ }}",
    "{{ stat.__globals__ }}",
    "{{ stat.__wrapped__.__self__.statistics }}",
    "{{ stat.__call__('penalties.issued') }}",
    "{{ __words__.statistics }}",
    "{{ __opposite__(1) }}",
    "{{ stat('penalties.issued').__class__ }}",
    "{{ stat('penalties.issued').piece.web }}",
    "{{ stat('penalties.issued').value }}",
    "{{ stat('penalties.issued').format(1) }}",
    "{{ stat('penalties.issued')|safe }}",
    "{{ value('penalties.issued').number }}",
    "{{ value('penalties.issued').tell(1) }}",
    "{{ questions()[0]._question }}",
    "{% for one in questions() %}{{ one._statistics.figures }}{% endfor %}",
    "{{ (questions)() }}",
    "{{ stat(*questions()) }}",
    "{{ stat('penalties.issued', **release) }}",
    "{{ caller() }}",
    "{{ loop }}",
    "{{ ()|map('x') }}",
    "{{ {}.items() }}",
    "{{ 1 is callable }}",
    "{% if ''.__class__ %}x{% endif %}",
    "{% claim ''.__class__ %}x{% endclaim %}",
    "{% needs ''.__class__ %}",
    # other tags
    "{% set x = 1 %}",
    "{% set x %}a{% endset %}",
    "{% import 'os' as os %}",
    "{% from 'x' import y %}",
    "{% include 'report.css' %}",
    "{% include '../inputs/2025/penalties.csv' %}",
    "{% include '/etc/passwd' %}",
    "{% include 'http://127.0.0.1/' %}",
    "{% extends 'report.html.j2' %}",
    "{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}",
    "{% call stat('penalties.issued') %}{% endcall %}",
    "{% filter upper %}x{% endfilter %}",
    "{% autoescape false %}x{% endautoescape %}",
    "{% with a = 1 %}{{ a }}{% endwith %}",
    "{% block x %}{% endblock %}",
    "{% raw %}{{ 5 }}{% endraw %}",
    "{% debug %}",
    "{% do x %}",
    # what uses up the machine
    "{% for x in range(10**9) %}{{ x }}{% endfor %}",
    "{{ range(999999999)|list }}",
    "{{ 'a' * 10**9 }}",
    "{{ 10 ** 10 ** 10 }}",
    "{{ 9 ** 9 ** 9 % 7 }}",
    "{% if 9 ** 9 ** 9 %}x{% endif %}",
    "{{ [1] * 10**9 }}",
    "{{ 'a' ~ 'b' }}",
    "{{ stat('a' * 10**9) }}",
    "{% for a in 'aaaaaaaa' %}{% for b in 'aaaaaaaa' %}x{% endfor %}{% endfor %}",
    LOOP * 3 + "x" + END * 3,
    "{% for x in questions() recursive %}{{ loop(questions()) }}{% endfor %}",
    "{% panel %}" + LOOP + "x" * 9000 + END + "{% endpanel %}",
    "{% panel %}" * 300 + "x" + "{% endpanel %}" * 300,
    "{% if has_last_year %}" * 2000 + "x" + "{% endif %}" * 2000,
    "{{" * 4000,
    "{{ " + "(" * 9000 + ")" * 9000 + " }}",
    "{{ " + "not " * 9000 + "x }}",
    "{{ " + "\n".join(["-" * 9000] * 4) + "1 }}",
    "{{ x" + "\n".join([".a" * 4000] * 6) + " }}",
    "{{ " + "\n".join(["1+" * 4000] * 6) + "1 }}",
    "{{ " + "\n".join(["'a' " * 2000] * 6) + " }}",
    "{{ " + "9" * 9000 + " }}",
    "{{ 1e999999 }}",
    "{{ stat('" + "a" * 9000 + "') }}",
    "{% if value('penalties.issued') > " + "9" * 4000 + " %}x{% endif %}",
]
OTHER = [
    ("page", "{{ ''.__class__.__mro__ }}"),
    ("page", "{{ chapters[0]._statistics }}"),
    ("page", "{{ chapters.__class__ }}"),
    ("page", "{{ 'a' * 10**9 }}"),
    ("page", "{% for i in range(10**9) %}{{ i }}{% endfor %}"),
    (
        "page",
        "{% for a in chapters %}{% for b in chapters %}{% for c in chapters %}x{% endfor %}{% endfor %}{% endfor %}",
    ),
    ("page", "{% include '/etc/passwd' %}"),
    ("page", "{{ css|safe }}"),
    ("page", "{% set x = 1 %}"),
    ("page", "{{ cycler.__init__.__globals__ }}"),
    ("page", "<script>alert(1)</script>"),
    ("page", "<ScRiPt src='https://x.example/a.js'></ScRiPt>"),
    ("page", "<img src='https://x.example/a.png' alt='x'>"),
    ("page", "<img src='file:///etc/passwd' alt='x'>"),
    ("page", "<link rel='stylesheet' href='https://x.example/a.css'>"),
    ("page", "<iframe src='/'></iframe>"),
    ("page", "<p onclick='x()'>Words</p>"),
    ("page", "<a href='javascript:x()'>Words</a>"),
    ("page", "<a href=' java\nscript:x()'>Words</a>"),
    ("page", "<svg onload=x()></svg>"),
    ("page", "<meta http-equiv='refresh' content='0;url=https://x.example'>"),
    ("page", "<base href='https://x.example/'>"),
    ("page", "<form action='https://x.example'><button>Go</button></form>"),
    ("page", "<div style='background:url(https://x.example/a.png)'>Words</div>"),
    ("page", "<p>There were 1,790 notices.</p>"),
    ("css", "@import 'https://x.example/a.css';"),
    ("css", "@\\69mport 'https://x.example/a.css';"),
    ("css", "p { background: url(https://x.example/a.png) }"),
    ("css", "p { background: u\\72l(https://x.example/a.png) }"),
    ("css", "p { background: url(file:///etc/passwd) }"),
    ("css", "p { background: image-set('https://x.example/a.png' 1x) }"),
    ("css", "@font-face { font-family: X; src: url(https://x.example/a.woff2) }"),
    ("css", "p { color: red } </style><script>alert(1)</script>"),
    ("css", "p::before { content: '</style><script>alert(1)</script>' }"),
    ("css", "/* </style><script>alert(1)</script> */"),
    ("css", "p { width: expression(alert(1)) }"),
    ("css", "p { color: red"),
    ("css", "p { color: red } }"),
    ("css", "/* p { color: red }"),
    ("css", "p::before { content: 'never closed }"),
    ("css", "@charset 'utf-7';"),
    ("css", "/*" * 50000),
    ("css", "'\\'" * 50000),
    ("css", "a{" * 50000),
    ("caption", "{{ ''.__class__ }}"),
    ("caption", "{% include '/etc/passwd' %}"),
    ("caption", "{{ 'a' * 10**9 }}"),
    ("caption", "{% for a in range(9) %}x{% endfor %}"),
    ("caption", "<script>alert(1)</script>"),
]
LONG = {
    name: "\n".join([line] * (20 if name in ("brackets", "images") else 4))
    for name, line in {
        "brackets": "[" * 9900,
        "links": "](" * 4950,
        "open links": "[a](https://" * 800,
        "emphasis": "*a_" * 3300,
        "stars": "**" * 4950,
        "code": "`" * 9900,
        "code runs": "".join("`" * n + "a" for n in range(1, 135)),
        "quotes": "> " * 4900,
        "lists": "- " * 4900,
        "numbered": "1. " * 3300,
        "entities": "&#x" * 3300,
        "html": "<a " * 3300,
        "comments": "<!--" * 2400,
        "autolinks": "<https://" * 1100,
        "tables": "|" * 9900,
        "setext": "a\n=" * 3300,
        "digits": "1 " * 4900,
        "one number": "1" * 9900,
        "numbers in words": "two new " * 1200,
        "dates": "1 January " * 990,
        "years": "2025 to " * 1200,
        "sections": "section 1, 1, 1" * 660,
        "long section": "section " + "1, " * 3200,
        "domains": "a." * 4950,
        "addresses": "a@" * 4950,
        "postcodes": "A1 " * 3300,
        "claims": "most of " * 1200,
        "comparisons": "more a b than " * 700,
        "no": "no " * 3300,
        "tags": "{% if has_last_year %}{% endif %}" * 300,
        "open tags": "{% " * 3300,
        "backslashes": "\\" * 9900,
        "blanks": " " * 9900 + "x",
        "headings": "#" * 9900,
        "roman": "MDCLXVI " * 1200,
        "hyphens": "a-" * 4950,
        "images": "![" * 4950,
        "references": "[a]: " * 1900,
    }.items()
}


@pytest.fixture(scope="module")
def answers():
    """What came of every case, each worked out alone."""
    cases = [("chapter", text) for text in CHAPTER] + OTHER + [("chapter", text) for text in LONG.values()]
    done = subprocess.run(
        [sys.executable, str(ROOT / "tests" / "support" / "escaping.py")],
        input=json.dumps(cases),
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'tests' / 'support'}"},
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return {tuple(case): answer for case, answer in zip(cases, json.loads(done.stdout), strict=True)}


def test_there_are_sixty_and_more():
    assert len({*CHAPTER}) + len({*OTHER}) > 60


@pytest.mark.parametrize(
    "case", [("chapter", text) for text in CHAPTER] + OTHER, ids=lambda case: f"{case[0]}: {case[1][:50]}"
)
def test_it_is_refused_in_time_with_a_sentence(answers, case):
    found = answers[case]
    assert found["status"] == 0, f"killed or broken: {found['status']}"
    assert found["cpu"] < SECONDS
    assert found["problems"], found["html"][-500:]
    assert found["html"] == ""
    for _, message, hint, _ in found["problems"]:
        assert message.endswith((".", "…", "”"))
        assert hint


@pytest.mark.parametrize("name", LONG)
def test_a_long_text_is_read_in_time(answers, name):
    found = answers["chapter", LONG[name]]
    assert found["status"] == 0, f"killed or broken: {found['status']}"
    assert found["cpu"] < SECONDS


# the folder of templates


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "templates" / "annual"
    (made / "chapters").mkdir(parents=True)
    (made / "publication.toml").write_text('chapters = ["words"]\n')
    (made / "report.html.j2").write_text(PAGE)
    (made / "report.css").write_text("p { margin: 0 }\n")
    (made / "captions.toml").write_text(CAPTIONS)
    (made / "chapters" / "words.md").write_text("# Words\n\nWords.\n")
    (tmp_path / "secret.md").write_text("# Secret\n\nThe notices of everybody.\n")
    return made


def listed(folder):
    """The second chapter stands in the list."""
    (folder / "publication.toml").write_text('chapters = ["words", "more"]\n')


def link(name, target):
    def plant(folder):
        listed(folder) if "more" in name else None
        path = folder / name
        if path.exists():
            path.unlink()
        path.symlink_to(target)

    return plant


def links_all(folder):
    (folder / "chapters" / "words.md").unlink()
    (folder / "chapters").rmdir()
    (folder / "chapters").symlink_to(folder.parent)


def fifo(folder):
    listed(folder)
    os.mkfifo(folder / "chapters" / "more.md")


def directory(folder):
    listed(folder)
    (folder / "chapters" / "more.md").mkdir()


def written(name, data):
    def plant(folder):
        listed(folder) if "more" in name else None
        (folder / name).write_bytes(data)

    return plant


FOLDERS = {
    "a chapter outside": (link("chapters/more.md", "../../../secret.md"), "template-link"),
    "a chapter of the machine": (link("chapters/more.md", "/etc/passwd"), "template-link"),
    "a device": (link("chapters/more.md", "/dev/zero"), "template-link"),
    "captions outside": (link("captions.toml", "../../secret.md"), "template-link"),
    "the style outside": (link("report.css", "/etc/passwd"), "template-link"),
    "the page outside": (link("report.html.j2", "/proc/self/environ"), "template-link"),
    "a link to itself": (link("chapters/more.md", "more.md"), "template-link"),
    "a link to nothing": (link("chapters/more.md", "nothing.md"), "template-missing"),
    "a pipe": (fifo, "template-not-text"),
    "a folder": (directory, "template-not-text"),
    "ten megabytes": (written("chapters/more.md", b"# Words\n" + b"a b\n" * 2_500_000), "template-too-long"),
    "a line without end": (written("chapters/more.md", b"# Words\n\n" + b"a" * 10_001), "line-too-long"),
    "no text": (written("chapters/more.md", bytes(range(256))), "template-not-text"),
    "captions in captions": (written("captions.toml", b"a = " + b"[" * 9_000), "captions-syntax"),
    "captions of another form": (written("captions.toml", b"tables = 3\n"), "captions-form"),
    "a name with dots": (written("chapters/..md", b"# Words\n"), None),
    "a name with signs": (written("chapters/<script>.md", b"# Words\n"), "chapter-name"),
    "another ending": (written("chapters/others.MD", b"# Words\n"), "chapter-name"),
    "a copy of an editor": (written("chapters/words.md~", b"# Secret\n"), None),
    "another copy": (written("chapters/words.md.bak", b"# Secret\n"), None),
    "not listed": (written("chapters/others.md", b"# Words\n"), "chapter-not-listed"),
}


@pytest.mark.parametrize("name", FOLDERS)
def test_nothing_is_read_from_elsewhere(folder, name):
    plant, code = FOLDERS[name]
    plant(folder)
    found = document.read_templates(folder.parent)
    assert [one.code for one in found.problems] == ([code] if code else [])
    for one in found.problems:
        assert one.message.endswith(".")
        assert one.hint
    assert "Secret" not in repr(found.value)


def test_a_folder_of_chapters_that_is_a_link_is_not_read(folder):
    links_all(folder)
    found = document.read_templates(folder.parent)
    assert "Secret" not in repr(found.value)
    assert found.value is None


def test_links_inside_the_folder_may_stand(folder):
    listed(folder)
    (folder / "chapters" / "more.md").symlink_to("words.md")
    assert document.read_templates(folder.parent).problems == ()


# text of the inputs is text everywhere

NASTY = [
    "<script>alert(1)</script>",
    "</blockquote></section><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[x](javascript:alert(1))",
    "![x](https://x.example/a.png)",
    "| a | b |",
    "`code` and ``` fences",
    "{{ stat('penalties.issued') }}",
    "{% include '/etc/passwd' %}",
    "**bold** _and_ ~~not~~",
    "# Heading",
    "> quotation",
    "- item",
    "1. item",
    "&lt;b&gt; &#60;b&#62;",
    "\u202edesrever\u202c",
    "zero\u200bwidth\u2060and\ufeffmore",
    "\ue0000\ue001 and \ue0001\ue001",
    "two\n\nparagraphs\n# and a heading",
    "$CTA\nclick\n$CTA",
    "{::options /} {:.class}",
    "[^1] and [^1]: note",
    "\\\\ \\( \\)",
    "\"double\" and 'single'",
]
RAW = (
    "<script",
    "<img src=x",
    "</blockquote></section>",
    "<b>",
    'javascript:alert(1)"',
    "\u202e",
    "\u200b",
    "\u2060",
    "\ufeff",
    "\ue000",
    "\ue001",
)


def everywhere(text):
    """A report whose inputs say the text wherever they may."""
    records = replace(
        RECORDS,
        actions=tuple(replace(one, action=text, heard=text, owner=text, outcome=text) for one in RECORDS.actions),
        questions=(Question("clear", text, "scale", (text, "No"), (text,)),),
        quotes=(Quote(text, "driver", ("language",)),),
    )
    words = (
        "{{ quote() }}\n\n{{ you_said_we_did() }}\n\n{{ actions() }}\n\n"
        "{% for one in questions() %}{{ one.wording }}, {{ one.positive_words }}\n\n{% endfor %}{{ release.organisation }}"
    )
    page = PAGE.replace("<main>", '<p title="{{ release.organisation }}">{{ summary }}</p><main>').replace(
        "{{ css }}", '{{ css }} p::after { content: "{{ title }}" }'
    )
    named = replace(release(), publication=PublicationDetails(title=text, summary=text, organisation=text))
    return say(words, figures=statistics(records=records), of=named, page=page)


@pytest.mark.parametrize("text", NASTY)
def test_text_of_the_inputs_is_text(text):
    said = everywhere(text)
    assert said.problems == ()
    made = said.narrative
    seen = "".join(sign for sign in " ".join(text.split()) if sign not in "\u202e\u202c\u200b\u2060\ufeff\ue000\ue001")
    for page in (made.html, made.print_html):
        words = Words.of(page)
        assert words.tags <= SHOWN, words.tags - SHOWN
        assert seen in " ".join(words.text.split())
        for raw in RAW:
            assert raw not in page
    for raw in RAW:
        assert raw not in re.sub(r"\\.", "", made.govspeak)
    assert not re.search(r"(?<!\\)\]\(", made.govspeak)
    assert not re.search(r"(?<!\\)\{(?!/?stat-headline)", made.govspeak)


SHOWN = {
    *("html", "head", "title", "style", "body", "main", "section", "h1", "h2", "h3", "h4", "p", "ul", "ol", "li"),
    *("blockquote", "div", "strong", "data", "span"),
}


class Words(HTMLParser):
    """What a browser sees: the names of tags and the text."""

    def __init__(self):
        super().__init__()
        self.tags, self.text, self.attributes = set(), "", []

    @classmethod
    def of(cls, page):
        made = cls()
        made.feed(page)
        made.close()
        return made

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes += attrs

    def handle_data(self, data):
        self.text += data


def test_no_text_of_the_inputs_becomes_an_attribute():
    for text in NASTY:
        names = {name for name, _ in Words.of(everywhere(text).narrative.html).attributes}
        assert names <= {"lang", "id", "class", "title", "value", "data-figure", "data-setting", "data-law"}


def test_a_title_cannot_leave_the_style_sheet():
    made = everywhere('"; } body { display: none } p::after { content: "').narrative
    style = re.search(r"<style>.* p::after \{ content: (.*?)</style>", made.html, re.DOTALL)[1]
    assert style.count('"') == 2
    assert style.count("}") == 1
