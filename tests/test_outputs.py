"""Outputs on disk: the old or the new, never a mixture, no litter, and each failure a sentence."""

import errno
import hashlib
import json
import os
import random
import signal
import subprocess
import sys
import textwrap
import time

import pytest

from reportgen.app import store
from reportgen.model.edition import Edition
from reportgen.model.problem import ReportFailed, Stage

OLD = {"a.txt": b"old", "data/b.csv": b"old"}
NEW = {"a.txt": b"new", "data/b.csv": b"new", "charts/c.svg": b"<svg/>"}


def held(folder):
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def names(folder):
    return sorted(p.name for p in folder.iterdir())


def only_problem(failed, stage=Stage.RENDERING):
    (problem,) = failed.value.problems
    assert problem.stage is stage
    assert problem.message.endswith(".")
    assert problem.hint
    return problem


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "outputs"


@pytest.fixture(params=["in one step", "moved aside"])
def way(request, monkeypatch):
    if request.param == "moved aside":
        monkeypatch.setattr(store, "_swapped", lambda _one, _other: False)
    return request.param


def test_the_first_build_makes_the_folder(folder):
    store.put(NEW, folder, "2025")
    assert held(folder / "2025") == NEW
    assert names(folder) == ["2025"]


def test_a_new_build_replaces_the_whole_old_one(folder, way):
    store.put(NEW, folder, "2025")
    store.put(OLD, folder, "2025")
    assert held(folder / "2025") == OLD
    assert names(folder) == ["2025"]


def test_other_years_stay(folder):
    store.put(OLD, folder, "2024")
    store.put(NEW, folder, "2025")
    assert held(folder / "2024") == OLD


def test_new_folders_have_the_usual_rights(folder):
    store.put(NEW, folder, "2025")
    usual = 0o777 & ~_umask()
    assert (folder / "2025").stat().st_mode & 0o777 == usual
    assert (folder / "2025/data").stat().st_mode & 0o777 == usual


def _umask():
    mask = os.umask(0o22)
    os.umask(mask)
    return mask


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, "disk-full"),
        (errno.EDQUOT, "disk-full"),
        (errno.EROFS, "outputs-not-writable"),
        (errno.EACCES, "outputs-not-writable"),
        (errno.EIO, "outputs-not-writable"),
    ],
)
@pytest.mark.parametrize("place", ["_write", "_exchange", "_flush"])
def test_a_fault_of_the_disk_leaves_the_old_build_and_nothing_else(folder, monkeypatch, number, code, place):
    store.put(OLD, folder, "2025")

    def fails(*_arguments):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(store, place, fails)
    with pytest.raises(ReportFailed) as failed:
        store.put(NEW, folder, "2025")
    assert only_problem(failed).code == code
    assert held(folder / "2025") == OLD
    assert names(folder) == ["2025"]


def test_a_failed_first_build_leaves_no_folder_at_all(tmp_path, monkeypatch):
    monkeypatch.setattr(store, "_write", lambda *_: (_ for _ in ()).throw(OSError(errno.ENOSPC, "no room")))
    with pytest.raises(ReportFailed):
        store.put(NEW, tmp_path / "deep/er/outputs", "2025")
    assert names(tmp_path) == []


def test_where_the_second_of_two_renames_fails_the_old_comes_back(folder, monkeypatch):
    store.put(OLD, folder, "2025")
    monkeypatch.setattr(store, "_swapped", lambda _one, _other: False)
    rename = store.Path.rename

    def once(self, target):
        if self.name.endswith("-new"):
            raise OSError(errno.EIO, "input/output error")
        return rename(self, target)

    monkeypatch.setattr(store.Path, "rename", once)
    with pytest.raises(ReportFailed):
        store.put(NEW, folder, "2025")
    assert held(folder / "2025") == OLD
    assert names(folder) == ["2025"]


def test_what_a_killed_run_left_is_cleared_away(folder):
    store.put(OLD, folder, "2025")
    (folder / ".2025-0123456789abcdef-new/data").mkdir(parents=True)
    (folder / ".2025-0123456789abcdef-old").mkdir()
    (folder / ".keep").mkdir()
    store.put(NEW, folder, "2025")
    assert names(folder) == [".keep", "2025"]


def test_an_old_folder_moved_aside_and_never_replaced_comes_back(folder):
    store.put(OLD, folder, "2025")
    (folder / "2025").rename(folder / ".2025-0123456789abcdef-old")
    store.put(NEW, folder, "2024")
    assert held(folder / "2025") == OLD


@pytest.mark.parametrize("kind", ["file", "link", "dangling"])
def test_a_file_or_a_link_in_the_way_is_not_replaced(folder, tmp_path, kind):
    folder.mkdir()
    elsewhere = tmp_path / "elsewhere"
    match kind:
        case "file":
            (folder / "2025").write_text("mine")
        case "link":
            elsewhere.mkdir()
            (elsewhere / "mine").write_text("mine")
            (folder / "2025").symlink_to(elsewhere)
        case _:
            (folder / "2025").symlink_to(elsewhere)
    with pytest.raises(ReportFailed) as failed:
        store.put(NEW, folder, "2025")
    assert only_problem(failed).code == "outputs-not-a-folder"
    assert names(folder) == ["2025"]
    if kind == "link":
        assert held(elsewhere) == {"mine": b"mine"}


def test_a_folder_of_inputs_is_never_replaced(folder):
    (folder / "2025").mkdir(parents=True)
    (folder / "2025/release.toml").write_text("as_at = 2026-06-30")
    with pytest.raises(ReportFailed) as failed:
        store.put(NEW, folder, "2025")
    assert only_problem(failed).code == "outputs-hold-something-else"
    assert held(folder / "2025") == {"release.toml": b"as_at = 2026-06-30"}


def test_a_file_where_the_outputs_folder_should_be(tmp_path):
    (tmp_path / "outputs").write_text("")
    with pytest.raises(ReportFailed) as failed:
        store.put(NEW, tmp_path / "outputs", "2025")
    assert only_problem(failed).code == "outputs-not-a-folder"
    with pytest.raises(ReportFailed) as failed:
        store.put(NEW, tmp_path / "outputs/inside", "2025")
    assert only_problem(failed).code == "outputs-not-a-folder"


@pytest.mark.parametrize("name", ["../x", "/x", "a/../../x", "", "a\\b", "a\0b"])
def test_a_name_outside_the_folder_is_a_defect(folder, name):
    with pytest.raises(ValueError, match="inside the outputs"):
        store.put({name: b""}, folder, "2025")
    assert not folder.exists()


def test_no_janitor_is_no_harm(folder, monkeypatch):
    def none(*_arguments, **_options):
        raise FileNotFoundError(errno.ENOENT, "no shell here")

    monkeypatch.setattr(subprocess, "Popen", none)
    store.put(OLD, folder, "2025")
    store.put(NEW, folder, "2025")
    assert held(folder / "2025") == NEW
    assert names(folder) == ["2025"]


def test_a_build_that_never_ends_is_named(folder, monkeypatch):
    import fcntl

    monkeypatch.setattr(store, "_WAIT", 0.1)
    folder.mkdir()
    handle = os.open(folder, os.O_RDONLY)
    fcntl.flock(handle, fcntl.LOCK_EX)
    try:
        with pytest.raises(ReportFailed) as failed:
            store.put(NEW, folder, "2025")
    finally:
        os.close(handle)
    assert only_problem(failed).code == "outputs-busy"


SCRIPT = textwrap.dedent(
    """
    import signal, sys
    from pathlib import Path
    from reportgen.app import store
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a program born in the background is deaf to it
    folder, mark, number = Path(sys.argv[1]), sys.argv[2].encode(), int(sys.argv[3])
    files = {f"data/part-{n % 7}/file-{n}.csv": mark * 4000 for n in range(number)}
    files["manifest.json"] = mark
    print("ready", flush=True)
    while True:
        store.put(files, folder, "2025")
        if sys.argv[4] == "once":
            break
    """
)


def run(folder, mark, number=60, how="once"):
    command = [sys.executable, "-c", SCRIPT, str(folder), mark, str(number), how]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def whole(folder, number=60):
    """Which mark the folder carries; fails on a mixture."""
    there = held(folder / "2025")
    marks = {data[:1] for data in there.values()}
    assert len(there) == number + 1
    assert len(marks) == 1, "a mixture of two builds"
    assert all(len(data) == 4000 for name, data in there.items() if name != "manifest.json")
    return marks.pop().decode()


def clean(folder):
    """Only the year is left; what a killed run was making goes within moments."""
    until = time.monotonic() + 5
    while names(folder) != ["2025"]:
        assert time.monotonic() < until, names(folder)
        time.sleep(0.005)


def test_a_build_killed_at_any_moment_leaves_the_old_or_the_new_and_no_litter(folder):
    store.put(
        {f"data/part-{n % 7}/file-{n}.csv": b"o" * 4000 for n in range(60)} | {"manifest.json": b"o"}, folder, "2025"
    )
    chance = random.Random(7)
    for turn in range(12):
        process = run(folder, "n" if turn % 2 else "m", how="again")
        process.stdout.readline()
        time.sleep(chance.uniform(0, 0.12))
        process.send_signal([signal.SIGKILL, signal.SIGTERM, signal.SIGINT][turn % 3])
        process.communicate(timeout=20)
        assert whole(folder) in "onm"
        clean(folder)


def test_two_builds_at_once_take_turns(folder):
    both = [run(folder, "a"), run(folder, "b"), run(folder, "c")]
    for process in both:
        _, said = process.communicate(timeout=60)
        assert process.returncode == 0, said.decode()
    assert whole(folder) in "abc"
    assert names(folder) == ["2025"]


@pytest.fixture
def small_disk(tmp_path):
    place = tmp_path / "disk"
    place.mkdir()
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=400k", "tmpfs", place], capture_output=True, check=False)
    if done.returncode:
        pytest.skip("mounting a small disk needs rights that are not there")
    yield place
    subprocess.run(["umount", place], check=True)


def test_a_full_disk_keeps_the_old_build(small_disk):
    folder = small_disk / "outputs"
    store.put({"a": b"o" * 200_000}, folder, "2025")
    with pytest.raises(ReportFailed) as failed:
        store.put({"a": b"n" * 100_000, "b": b"n" * 200_000}, folder, "2025")
    assert only_problem(failed).code == "disk-full"
    assert held(folder / "2025") == {"a": b"o" * 200_000}
    assert names(folder) == ["2025"]
    store.put({"a": b"n" * 100_000}, folder, "2025")
    assert held(folder / "2025") == {"a": b"n" * 100_000}


def test_a_read_only_disk_keeps_the_old_build(small_disk):
    folder = small_disk / "outputs"
    store.put(OLD, folder, "2025")
    subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)
    with pytest.raises(ReportFailed) as failed:
        store.put(NEW, folder, "2025")
    assert only_problem(failed).code == "outputs-not-writable"
    assert held(folder / "2025") == OLD
    with pytest.raises(ReportFailed) as failed:
        store.put(NEW, small_disk / "another/outputs", "2025")
    assert only_problem(failed).code == "outputs-not-writable"
    assert names(small_disk) == ["outputs"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_without_the_right_to_write(folder):
    store.put(OLD, folder, "2025")
    folder.chmod(0o555)
    try:
        with pytest.raises(ReportFailed) as failed:
            store.put(NEW, folder, "2025")
    finally:
        folder.chmod(0o755)
    assert only_problem(failed).code == "outputs-not-writable"
    assert held(folder / "2025") == OLD


def published(**more):
    files = {"a.txt": b"1,790", "data/statistics.csv": b"x"}
    digests = {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}
    manifest = {"year": 2025, "final": False, "only": ["pdf"], "inputs": {"2025/a.csv": "1"}, "outputs": digests} | more
    return files | {"manifest.json": json.dumps(manifest).encode()}


def test_how_a_folder_was_made(folder):
    store.put(published(), folder, "2025")
    assert store.settings_of(folder / "2025") == store.Settings(Edition(2025), final=False, only=("pdf",))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (None, "no-manifest"),
        (b"{", "manifest-odd"),
        (b"[]", "manifest-odd"),
        (b"{}", "manifest-odd"),
        (b"\xff", "manifest-odd"),
    ],
)
def test_a_folder_without_a_readable_manifest_is_a_problem(tmp_path, text, code):
    if text is not None:
        (tmp_path / "manifest.json").write_bytes(text)
    with pytest.raises(ReportFailed) as failed:
        store.settings_of(tmp_path)
    assert only_problem(failed, Stage.RELEASE).code == code


def test_the_same_folder_has_no_differences(folder):
    store.put(published(), folder, "2025")
    assert store.differences(folder / "2025", published()) == []


def test_what_was_changed_by_hand_is_found(folder):
    store.put(published(), folder, "2025")
    (folder / "2025/a.txt").write_bytes(b"1,791")
    (folder / "2025/data/statistics.csv").unlink()
    (folder / "2025/notes.txt").write_bytes(b"")
    found = store.differences(folder / "2025", published())
    assert {p.stage for p in found} == {Stage.CHECKS}
    assert [(p.code, p.file) for p in found] == [
        ("output-differs", "2025/a.txt"),
        ("output-missing", "2025/data/statistics.csv"),
        ("output-unknown", "2025/notes.txt"),
    ]


def test_what_changed_since_is_named(folder):
    store.put(published(), folder, "2025")
    new = published(inputs={"2025/a.csv": "2"}) | {"a.txt": b"1,791"}
    found = store.differences(folder / "2025", new)
    assert [p.code for p in found] == ["outputs-outdated", "output-differs"]
    assert "inputs 2025/a.csv" in found[0].message
