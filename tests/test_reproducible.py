"""The same inputs, words and versions give the same bytes, wherever, whenever and by whomever they are built."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from small import ROOT, workspace

ELSEWHERE = """
import ctypes, datetime, gc, os, time
os.umask(0o077)
moment, began = 2_000_000_000.0, time.monotonic()
time.time = lambda: moment + time.monotonic() - began
time.time_ns = lambda: int(time.time() * 1e9)
gmtime, localtime = time.gmtime, time.localtime
time.gmtime = lambda seconds=None: gmtime(time.time() if seconds is None else seconds)
time.localtime = lambda seconds=None: localtime(time.time() if seconds is None else seconds)
methods = gc.get_referents(datetime.datetime.__dict__)[0]
methods["now"] = classmethod(lambda cls, tz=None: cls.fromtimestamp(time.time(), tz))
methods["utcnow"] = classmethod(lambda cls: cls.fromtimestamp(time.time(), datetime.timezone.utc).replace(tzinfo=None))
ctypes.pythonapi.PyType_Modified(ctypes.py_object(datetime.datetime))
assert datetime.datetime.now().year == datetime.date.today().year == time.localtime().tm_year == 2033
"""
"""A clock that shows 2033 to every module that asks Python for it."""


def digests(folder):
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def built(root, **more):
    """The digests of a build in another process."""
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            "from reportgen.app.cli import main; main()",
            "build",
            "--year",
            "2025",
            "-q",
            "--final",
        ],
        cwd=root,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": f"{root}{os.pathsep}{ROOT}", **more},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return digests(root / "outputs/2025")


def locales():
    told = subprocess.run(["locale", "-a"], capture_output=True, text=True, check=False).stdout.split()
    return next((name for name in told if name.lower() in {"en_gb.utf-8", "en_gb.utf8"}), "C.UTF-8")


def test_another_place_day_zone_locale_seed_umask_and_home_give_the_same_bytes(office, tmp_path):
    root = tmp_path / "another place, not as tidy"
    shutil.copytree(office.workspace.inputs, root / "inputs")
    shutil.copytree(office.workspace.templates, root / "templates")
    (root / "sitecustomize.py").write_text(ELSEWHERE)
    made = built(
        root,
        TZ="Pacific/Auckland",
        LC_ALL=locales(),
        PYTHONHASHSEED="1",
        HOME=str(tmp_path),
        USER="somebody",
        SOURCE_DATE_EPOCH="1",
    )
    assert made == digests(office.folder)


def test_outputs_contain_nothing_about_the_machine(office):
    told = {
        str(office.workspace.inputs.parent),
        str(Path.home()) if str(Path.home()) != "/root" else str(ROOT),
        str(ROOT),
    }
    for name, data in office.publication.files.items():
        for words in told:
            assert words.encode() not in data, (name, words)


def test_the_order_of_files_on_the_disk_does_not_matter(office):
    manifest = json.loads(office.publication.files["manifest.json"])
    for part in ("inputs", "templates", "outputs", "versions"):
        assert list(manifest[part]) == sorted(manifest[part])


@pytest.mark.parametrize("official", [False])
def test_a_made_up_year_is_made_the_same_again(tmp_path, official):
    one, two = (workspace(tmp_path / name, 20, official=official) for name in ("one", "two"))
    assert digests(one.inputs) == digests(two.inputs)
