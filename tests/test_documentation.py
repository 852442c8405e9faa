"""Documents that say what the program does: complete, and true."""

import ast
import re
import sys
from functools import cache
from pathlib import Path

import pytest

from reportgen.language import tag_faults
from reportgen.vocabulary import reference

ROOT = Path(__file__).parents[1]
CODE = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
sys.path.insert(0, str(ROOT / "tools"))


# every kind of problem is explained


def trees():
    return {path: ast.parse(path.read_text("utf-8")) for path in sorted((ROOT / "reportgen").rglob("*.py"))}


def takers(tree):
    """Functions and classes that are given a code: at which place among what they are given."""
    found = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            names = [one.arg for one in (*node.args.posonlyargs, *node.args.args)]
            names = names[1:] if names[:1] in (["self"], ["cls"]) else names
            if "code" in names + [one.arg for one in node.args.kwonlyargs]:
                found.setdefault(node.name, set()).add(names.index("code") if "code" in names else None)
        elif isinstance(node, ast.ClassDef):
            fields = [
                one.target.id
                for one in node.body
                if isinstance(one, ast.AnnAssign) and isinstance(one.target, ast.Name)
            ]
            made = [one for one in node.body if isinstance(one, ast.FunctionDef) and one.name == "__init__"]
            fields = [one.arg for one in made[0].args.args][1:] if made else fields
            if "code" in fields:
                found.setdefault(node.name, set()).add(fields.index("code"))
    return found


@cache
def codes():
    """Every code given in the program, and the patterns of those that are put together."""
    every = trees()
    own = {path: takers(tree) for path, tree in every.items()}
    given, patterns = set(), set()
    for path, tree in every.items():
        known = {}
        imported = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
        for other, found in own.items():
            if other == path or ".".join(other.relative_to(ROOT).with_suffix("").parts) in imported:
                known |= {name: places | known.get(name, set()) for name, places in found.items()}
        known["Problem"] = {1}
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call):
                continue
            name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            values = [one.value for one in node.keywords if one.arg == "code" and name in known]
            values += [node.args[n] for n in known.get(name, ()) if n is not None and n < len(node.args)]
            for value in [
                half for one in values for half in ((one.body, one.orelse) if isinstance(one, ast.IfExp) else (one,))
            ]:
                if isinstance(value, ast.Constant) and isinstance(value.value, str) and CODE.fullmatch(value.value):
                    given.add(value.value)
                elif isinstance(value, ast.JoinedStr) and isinstance(value.values[0], ast.Constant):
                    text = "".join(
                        re.escape(str(part.value)) if isinstance(part, ast.Constant) else "[a-z]+"
                        for part in value.values
                    )
                    if CODE.fullmatch(text.replace("\\-", "-").replace("[a-z]+", "x")):
                        patterns.add(text)
    return given, patterns


def explained():
    return re.findall(r"^## (\S+)$", (ROOT / "PROBLEMS.md").read_text("utf-8"), re.MULTILINE)


def test_every_code_is_explained():
    given, patterns = codes()
    lacking = {one for one in given if "-" in one} - {*explained()}
    assert lacking == set()
    for pattern in patterns:
        assert any(re.fullmatch(pattern, one) for one in explained()), pattern


def test_nothing_is_explained_that_there_is_not():
    given, patterns = codes()
    assert [one for one in explained() if one not in given and not any(re.fullmatch(p, one) for p in patterns)] == []


def test_each_code_is_explained_once_with_an_example_and_what_to_do():
    assert len(explained()) == len({*explained()})
    for entry in re.split(r"^## ", (ROOT / "PROBLEMS.md").read_text("utf-8"), flags=re.MULTILINE)[1:]:
        assert re.fullmatch(r"\S+\n\n[A-Z“`].+\n\n- Example: .+\n- What to do: .+\n\n?(# .+\n\n.+\n\n?)?", entry), entry


def test_the_search_for_codes_finds_those_of_every_room():
    given, patterns = codes()
    some = {
        "no-as-at",
        "not-a-date",
        "ledger-differs",
        "untraced-figure",
        "cannot-be-said",
        "not-closed",
        "template-link",
        "disk-full",
        "check-failed",
        "hidden-figure-given-away",
    }
    assert some <= given
    assert "unknown\\-[a-z]+" in patterns


# every word of the vocabulary is explained


def test_every_word_is_explained_and_nothing_else():
    from wording import say

    from reportgen.vocabulary import words

    names = set()
    usual = words.Vocabulary.names
    words.Vocabulary.names = lambda self: names.update(usual(self)) or usual(self)
    try:
        say("Words.")
    finally:
        words.Vocabulary.names = usual
    told = {entry.name for group in reference.GROUPS if group.kind not in ("tag", "lines") for entry in group.entries}
    told -= {"a figure"}
    assert told == names


def test_every_tag_is_explained():
    told = {entry.name for entry in reference.TAGS.entries}
    opening = {tag for tag in tag_faults.TAGS if not tag.startswith("end")} - {"elif", "else", "otherwise"}
    assert told == opening
    text = (ROOT / "templates" / "README.md").read_text("utf-8")
    for tag in tag_faults.TAGS:
        assert re.search(rf"\{{% {tag}\b", text) or tag in ("else", "elif"), tag


@pytest.fixture(scope="module")
def made():
    """As “make docs” makes them, so that the command itself is tried."""
    import docs

    return docs.made()


def test_no_document_is_stale(made):
    for path, text in made.items():
        assert (ROOT / path).read_text("utf-8") == text, f"{path} is stale: run “make docs”"


def test_the_words_have_results(made):
    rows = re.findall(r"^\| `(.+)` \| (.+) \|$", made["templates/README.md"], re.MULTILINE)
    assert len(rows) > 100
    assert [one for one, result in rows if not result.strip()] == []
    assert dict(rows)['{{ stat("penalties.issued") }}'].replace(",", "").isdigit()
