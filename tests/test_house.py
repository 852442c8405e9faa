"""The house's own rules: who may import whom, and documentation that is complete."""

import ast
import configparser
import re
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import click
import grimp
import pytest

from reportgen.app import build, cli, progress
from reportgen.formats import output_formats
from reportgen.measures import definitions
from reportgen.scheme import measure_ids

ROOT = Path(__file__).parents[1]
TESTS = ROOT / "tests"
HELPERS = ("support", "outsider")
"""The folders of the tests that hold helpers: what tests share, and the outsider, a program of its own."""


def contracts_hold(root: Path) -> tuple[bool, str]:
    script = "import sys; from importlinter.cli import lint_imports_command; lint_imports_command()"
    done = subprocess.run(
        [sys.executable, "-c", script, "--no-cache"],
        cwd=root,
        env={"PYTHONPATH": str(root), "PATH": "/usr/bin:/bin", "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    root = tmp_path_factory.mktemp("house")
    shutil.copytree(ROOT / "reportgen", root / "reportgen", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / ".importlinter", root)
    return root


def test_the_rooms_import_only_downwards(copy):
    holds, said = contracts_hold(copy)
    assert holds, said


@pytest.mark.parametrize(
    ("room", "line", "contract"),
    [
        ("charts/__init__.py", "from reportgen import measures", "exact numbers"),
        ("tables/__init__.py", "from reportgen.inputs import read", "exact numbers"),
        ("document/__init__.py", "def f():\n    import weasyprint", "one owner"),
        ("model/problem.py", "from reportgen import release", "rooms below"),
    ],
)
def test_a_planted_import_is_found(copy, room, line, contract):
    path = copy / "reportgen" / room
    before = path.read_text("utf-8")
    path.write_text(before + f"\n\n{line}\n", "utf-8")
    try:
        holds, said = contracts_hold(copy)
    finally:
        path.write_text(before, "utf-8")
    assert not holds
    assert contract in said


def test_every_room_is_in_the_layers():
    parser = configparser.ConfigParser()
    parser.read(ROOT / ".importlinter")
    layers = parser["importlinter:contract:layers"]["layers"]
    rooms = {
        path.stem for path in (ROOT / "reportgen").iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()
    }
    named = {word.strip("()|").removeprefix("reportgen.") for word in layers.split()} - {""}
    assert rooms - {"__init__"} - named == set()


def modules():
    return [path for path in sorted((ROOT / "reportgen").rglob("*.py")) if path.name != "__init__.py"]


def test_no_function_is_over_50_lines():
    long = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"
        for path in modules()
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno - node.lineno >= 50
    ]
    assert long == []


def test_no_module_is_over_400_lines():
    long = {str(path): lines for path in modules() if (lines := len(path.read_text("utf-8").splitlines())) > 400}
    assert set(long) <= set(), long


def long_modules(folder):
    """The modules of a folder with more than 500 lines."""
    return [
        path.relative_to(folder).as_posix()
        for path in sorted(folder.rglob("*.py"))
        if len(path.read_text("utf-8").splitlines()) > 500
    ]


def stray_helpers(folder):
    """The modules of a folder of tests that are neither tests nor in a folder of helpers."""
    names = [path.relative_to(folder) for path in sorted(folder.rglob("*.py"))]
    return [
        name.as_posix()
        for name in names
        if not name.name.startswith("test_") and name.name != "conftest.py" and name.parts[0] not in HELPERS
    ]


def test_no_test_module_is_over_500_lines():
    assert long_modules(TESTS) == []


def test_helpers_of_the_tests_live_in_tests_support():
    assert stray_helpers(TESTS) == []


def test_a_planted_long_module_and_a_planted_helper_are_found(tmp_path):
    for name, lines in (
        ("test_short.py", 500),
        ("test_long.py", 501),
        ("helper.py", 1),
        ("browser/helper.py", 1),
        ("browser/test_page.py", 1),
        ("conftest.py", 1),
        ("support/helper.py", 501),
        ("outsider/judge.py", 1),
    ):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("pass\n" * lines, "utf-8")
    assert long_modules(tmp_path) == ["support/helper.py", "test_long.py"]
    assert stray_helpers(tmp_path) == ["browser/helper.py", "helper.py"]


def test_no_module_and_no_class_has_the_name_of_another():
    classes = [
        node.name
        for path in modules()
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
    ]
    for names in (classes, [path.stem for path in modules()]):
        assert not [name for name, number in Counter(names).items() if number > 1]


def test_exemptions_from_the_rules_are_few():
    found = [
        line.strip()
        for folder in ("reportgen", "tests", "bench", "tools")
        for path in (ROOT / folder).rglob("*.py")
        for line in path.read_text("utf-8").splitlines()
        if re.search(r"# (?:noqa|type: ignore)", line)
    ]
    assert len(found) < 60


def test_no_module_imports_itself_through_others(copy):
    with pytest.MonkeyPatch.context() as here:
        here.syspath_prepend(str(copy))
        graph = grimp.build_graph("reportgen", cache_dir=None)
    imports = {module: graph.find_modules_directly_imported_by(module) for module in graph.modules}
    while free := [module for module, others in imports.items() if not others & imports.keys()]:
        for module in free:
            del imports[module]
    assert not imports, sorted(imports)


def test_every_command_is_in_the_readme():
    readme = (ROOT / "README.md").read_text("utf-8")
    assert isinstance(cli.cli, click.Group)
    missing = [name for name in cli.cli.commands if f"reportgen {name}" not in readme]
    assert missing == []


def test_the_log_names_the_eight_stages():
    assert len(progress.STAGES) == 8


def test_only_names_every_kind_of_output():
    assert set(build.KINDS) == set(output_formats.KINDS)


def test_the_lock_names_no_registry():
    lock = (ROOT / "requirements.lock").read_text("utf-8")
    assert "://" not in lock
    assert "--index-url" not in lock


def test_help_loads_nothing_heavy():
    code = (
        "import sys; from reportgen.app.cli import cli; cli.main(['build', '--help'], standalone_mode=False);"
        "print(sorted({'pandas', 'altair', 'weasyprint', 'jinja2', 'scipy', 'pandera', 'pikepdf'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.splitlines()[-1] == "[]"


def test_ids_of_measures_are_written_out_in_one_place():
    """Words of templates, examples of them and what the publication contains name measures as text; code does not."""
    named = set(definitions(()))
    assert {value for name, value in vars(measure_ids).items() if name.isupper()} == named
    text = ("scheme/measure_ids.py", "scheme/publication_spec.py", "vocabulary/reference.py")
    written = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.value}"
        for path in modules()
        if not path.as_posix().endswith(text)
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value in named
    ]
    assert written == []
