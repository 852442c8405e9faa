"""The checks read the finished page with the standard library's parser: they see what a browser's rules make of it."""

import html5lib

from reportgen.checks.html_tree import parse


def local(name):
    return name.rpartition("}")[2].rpartition(":")[2].lower()


def test_the_page_read_back_is_the_tree_of_a_parser_by_the_standard(office):
    text = office.report("html").decode()
    standard = html5lib.parse(text, namespaceHTMLElements=False)
    expected = [
        (local(one.tag), {local(name): value for name, value in one.attrib.items()})
        for one in standard.iter()
        if isinstance(one.tag, str)
    ]
    read = [(one.tag, {local(name): value for name, value in one.attributes.items()}) for one in parse(text).walk()]
    assert read[1:] == expected
