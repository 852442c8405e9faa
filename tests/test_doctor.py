"""Is this machine fit: each failure is found, with what to do about it."""

import ctypes
import json
from importlib.metadata import PackageNotFoundError

import pytest
from click.testing import CliRunner

from reportgen.app import cli, doctor


def by_name(findings):
    return {finding.name: finding for finding in findings}


def test_this_machine_is_fit():
    findings = doctor.examine()
    assert [f"{f.name}: {f.detail}" for f in findings if not f.ok] == []
    assert {"Python", "pandas", "weasyprint", "Pango", "HarfBuzz subset", "Source Sans Pro", "Outputs"} <= set(
        by_name(findings)
    )


def test_an_old_python():
    finding = doctor._python((3, 10, 4))
    assert not finding.ok
    assert "python3.11" in finding.remedy
    assert doctor._python((3, 12, 0)).ok


def test_a_missing_library_is_named_with_its_package(monkeypatch):
    load = ctypes.CDLL

    def without_subset(name, *more):
        if "subset" in str(name):
            raise OSError(name)
        return load(name, *more)

    monkeypatch.setattr(ctypes, "CDLL", without_subset)
    monkeypatch.setattr(doctor.sys, "platform", "linux")
    finding = by_name(doctor._libraries())["HarfBuzz subset"]
    assert not finding.ok
    assert finding.remedy.endswith(("install libharfbuzz-subset0", "install harfbuzz"))
    assert by_name(doctor._libraries())["Pango"].ok


@pytest.mark.parametrize(
    ("platform", "remedy"), [("darwin", "brew install pango"), ("linux", "install libpango-1.0-0")]
)
def test_each_system_has_its_own_remedy(monkeypatch, platform, remedy):
    monkeypatch.setattr(doctor.sys, "platform", platform)
    if platform == "linux":
        monkeypatch.setattr(doctor.Path, "exists", lambda _: False)
    assert remedy in doctor._install(doctor.LIBRARIES[0])


@pytest.mark.parametrize(("version", "ok"), [(b"1.43.9", False), (b"1.44.0", True), (b"1.50.12", True), (b"2.0", True)])
def test_an_old_pango(version, ok):
    class Loaded:
        class pango_version_string:  # noqa: N801 - the library's name
            def __new__(cls):
                return version

    assert doctor._pango(Loaded, doctor.LIBRARIES[0]).ok is ok


def lock(tmp_path, **versions):
    path = tmp_path / "requirements.lock"
    path.write_text("".join(f"{name}=={version} \\\n    --hash=sha256:0\n" for name, version in versions.items()))
    return path


def test_a_package_that_is_not_the_locked_one(tmp_path):
    from importlib.metadata import version

    right = by_name(doctor._packages(lock(tmp_path, pandas=version("pandas"))))["pandas"]
    assert right.ok
    wrong = by_name(doctor._packages(lock(tmp_path, pandas="0.1")))["pandas"]
    assert not wrong.ok
    assert "0.1 is the locked one" in wrong.detail
    assert "--require-hashes" in wrong.remedy


def test_without_a_lock_the_limits_count(tmp_path, monkeypatch):
    have = {"pandas": "3.0.9", "altair": "6.3.0", "click": "8.10"}

    def version(name):
        if name not in have:
            raise PackageNotFoundError(name)
        return have[name]

    monkeypatch.setattr(doctor, "version", version)
    found = by_name(doctor._packages(tmp_path / "none.lock"))
    assert not found["pandas"].ok
    assert '"pandas>=3.1"' in found["pandas"].remedy
    assert found["altair"].ok
    assert found["click"].ok
    assert found["highspy"].detail == "not installed"


def test_versions_in_order():
    assert doctor._order("1.9.0.post1") > doctor._order("1.9") == doctor._order("1.9.0")
    assert doctor._order("1.10") > doctor._order("1.9.9")


def test_no_font_package(monkeypatch):
    def gone(_name):
        raise ModuleNotFoundError

    monkeypatch.setattr(doctor.resources, "files", gone)
    finding = doctor._font()
    assert not finding.ok
    assert "font-source-sans-pro" in finding.remedy


def test_a_folder_that_cannot_be_written(tmp_path):
    (tmp_path / "outputs").write_text("a file")
    findings = by_name(doctor._folders(tmp_path))
    assert not findings["Outputs"].ok
    assert "--outputs" in findings["Outputs"].remedy
    assert findings["Temporary files"].ok
    assert [path.name for path in tmp_path.iterdir()] == ["outputs"]


def test_the_command_says_what_is_missing_and_fails(monkeypatch):
    missing = doctor.Finding(ok=False, name="Pango", detail="not there", remedy="sudo apt-get install libpango-1.0-0")
    monkeypatch.setattr(doctor, "examine", lambda: [doctor.Finding(ok=True, name="Python", detail="3.11"), missing])
    done = CliRunner().invoke(cli.cli, ["doctor"])
    assert done.exit_code == 14
    assert "MISSING Pango: not there\n        sudo apt-get install libpango-1.0-0" in done.output
    quiet = CliRunner().invoke(cli.cli, ["doctor", "--quiet"])
    assert "Python" not in quiet.output
    lines = [json.loads(line) for line in CliRunner().invoke(cli.cli, ["doctor", "--json"]).output.splitlines()]
    assert lines[1] == {
        "ok": False,
        "name": "Pango",
        "detail": "not there",
        "remedy": "sudo apt-get install libpango-1.0-0",
    }


def test_the_command_is_content_with_a_fit_machine(monkeypatch):
    monkeypatch.setattr(doctor, "examine", lambda: [doctor.Finding(ok=True, name="Python", detail="3.11")])
    done = CliRunner().invoke(cli.cli, ["doctor", "-q"])
    assert (done.exit_code, done.output) == (0, "")
