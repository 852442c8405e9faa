"""The house's own rules: who may import whom, and documentation that is complete."""

import configparser
import shutil
import subprocess
import sys
from pathlib import Path

import click
import pytest

from reportgen.app import build, cli, progress
from reportgen.formats import registry

ROOT = Path(__file__).parents[1]


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


def test_every_room_stands_in_the_layers():
    parser = configparser.ConfigParser()
    parser.read(ROOT / ".importlinter")
    layers = parser["importlinter:contract:layers"]["layers"]
    rooms = {
        path.stem for path in (ROOT / "reportgen").iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()
    }
    named = {word.strip("()|").removeprefix("reportgen.") for word in layers.split()} - {""}
    assert rooms - {"__init__"} - named == set()


def test_no_module_is_over_500_lines():
    long = {
        str(path.relative_to(ROOT)): lines
        for path in (ROOT / "reportgen").rglob("*.py")
        if (lines := len(path.read_text("utf-8").splitlines())) > 500
    }
    assert set(long) <= {"reportgen/synthetic/wording.py", "reportgen/tables/figure_tables.py"}, long


def test_every_command_is_in_the_readme():
    readme = (ROOT / "README.md").read_text("utf-8")
    assert isinstance(cli.cli, click.Group)
    missing = [name for name in cli.cli.commands if f"reportgen {name}" not in readme]
    assert missing == []


def test_the_log_names_the_eight_stages():
    assert len(progress.STAGES) == 8


def test_only_names_every_kind_of_output():
    assert set(build.KINDS) == set(registry.KINDS)


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
