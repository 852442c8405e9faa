"""Store a finished publication atomically, and compare a folder with what a build makes.

Input: files by name, the outputs folder, a year. Output: ``outputs/<year>/``, either the old or the new version, never
a mixture. Hides locking, the atomic exchange of folders, and cleaning up after killed runs.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import hashlib
import json
import os
import re
import secrets
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, Final

from reportgen.model.edition import Edition
from reportgen.model.problem import Problem, ReportFailed, Stage

MANIFEST: Final = "manifest.json"
_LITTER: Final = re.compile(r"\.(?P<name>\d{4}[a-z0-9-]*?)-[0-9a-f]{16}-(?P<kind>new|old)")
_WAIT: Final = 60.0
_PAUSE: Final = 0.05
_NO_ROOM: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_NOT_KNOWN: Final = frozenset({errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP})
_HERE: Final = -100
"""``AT_FDCWD``: paths are relative to the current folder."""
_SWAP: Final = 2
"""``RENAME_EXCHANGE`` on Linux, ``RENAME_SWAP`` on macOS."""

# Waits until stdin closes (also when the parent is killed), then removes what the parent left unfinished.
_JANITOR: Final = 'cat >/dev/null; [ -e "$1" ] || mv -- "$3" "$1" 2>/dev/null; rm -rf -- "$2" "$3"'


def put(files: Mapping[str, bytes], folder: Path, name: str) -> None:
    """Write ``files`` as ``folder/<year>/``, replacing what is there; ReportFailed if that fails.

    Files are written and flushed next to the old folder, then both are exchanged in one step: after a kill, a full disk
    or a power cut, either the whole old or the whole new version exists. Concurrent builds wait for each other.
    """
    _check_names(files)
    target = folder / name
    where = f"{folder.name}/{name}"
    try:
        with _existing(folder), _locked(folder, where):
            _clean_up(folder)
            _refuse_foreign(target, where)
            with _temporary_folders(target) as (new, old):
                _write(files, new)
                _exchange(new, target, old)
                _flush(folder)
    except OSError as fault:
        raise ReportFailed([_file_system_problem(fault, where)]) from fault


def _check_names(files: Mapping[str, bytes]) -> None:
    """Check that names stay inside the folder; ValueError is a bug."""
    for name in files:
        parts = PurePosixPath(name).parts
        if not parts or name.startswith("/") or ".." in parts or "\\" in name or "\0" in name:
            raise ValueError(f"not a name inside the outputs: {name!r}")


def _problem(
    code: str, message: str, hint: str, where: str, value: str | None = None, stage: Stage = Stage.RENDERING
) -> Problem:
    return Problem(stage, code, message, hint, file=where, value=value)


def _file_system_problem(fault: OSError, where: str) -> Problem:
    """Describe a file system error as a problem."""
    if fault.errno in _NO_ROOM:
        return _problem(
            "disk-full",
            "There is not enough room on the disk for the publication; what was there before is as it was.",
            "Free some space, or choose another folder with --outputs.",
            where,
        )
    if fault.errno in {errno.ENOTDIR, errno.EEXIST}:
        return _problem(
            "outputs-not-a-folder",
            "The outputs cannot be written: a file stands where a folder should be.",
            "Move the file away, or choose another folder with --outputs.",
            where,
        )
    return _problem(
        "outputs-not-writable",
        f"The outputs cannot be written ({fault.strerror or type(fault).__name__}); what was there is as it was.",
        "Check that you may write there, or choose another folder with --outputs.",
        where,
    )


@contextlib.contextmanager
def _existing(folder: Path) -> Iterator[None]:
    """Create the outputs folder if missing, and remove it again on failure."""
    made: list[Path] = []
    try:
        for part in [*reversed(folder.parents), folder]:
            if not part.exists():
                part.mkdir(exist_ok=True)
                made.append(part)
        yield
    except BaseException:
        for part in reversed(made):
            with contextlib.suppress(OSError):
                part.rmdir()
        raise


@contextlib.contextmanager
def _locked(folder: Path, where: str) -> Iterator[None]:
    """Lock the folder itself, so that no lock file is left; the system releases the lock of a killed run."""
    try:
        import fcntl
    except ImportError:  # file locks are not available on this system
        yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        until = time.monotonic() + _WAIT
        while True:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError as busy:
                if time.monotonic() > until:
                    raise ReportFailed([_busy(where)]) from busy
                time.sleep(_PAUSE)
            except OSError as fault:
                if fault.errno not in _NOT_KNOWN | {errno.ENOLCK}:
                    raise
                break
        yield
    finally:
        os.close(handle)


def _busy(where: str) -> Problem:
    return _problem(
        "outputs-busy",
        "Another build is writing to the same folder and has not ended within a minute.",
        "Wait for it to end, or end it; then build again.",
        where,
    )


def _clean_up(folder: Path) -> None:
    """Remove what killed runs left, and restore an old folder that was moved aside but not replaced."""
    for name in sorted(os.listdir(folder)):  # noqa: PTH208 - names are what is matched
        litter = _LITTER.fullmatch(name)
        if not litter:
            continue
        target = folder / litter["name"]
        if litter["kind"] == "old" and not os.path.lexists(target):
            (folder / name).rename(target)
        else:
            shutil.rmtree(folder / name, ignore_errors=True)


def _refuse_foreign(target: Path, where: str) -> None:
    """Refuse to replace a symbolic link, a file or a folder of inputs."""
    if not os.path.lexists(target):
        return
    if target.is_symlink() or not target.is_dir():
        message = "A link or a file stands where this year's outputs belong."
        raise ReportFailed([_problem("outputs-not-a-folder", message, "Move it away, then build again.", where)])
    for name in ("release.toml", ".git", "pyproject.toml"):
        if (target / name).exists():
            message = "This folder holds something else than outputs, which a build would replace."
            hint = "Choose the folder for outputs with --outputs; it must not be the one for inputs."
            raise ReportFailed([_problem("outputs-hold-something-else", message, hint, where, name)])


@contextlib.contextmanager
def _temporary_folders(target: Path) -> Iterator[tuple[Path, Path]]:
    """Yield names for a new and an old folder next to the target, and remove both afterwards.

    If this process is killed, a small system process removes them; if that cannot be started, the next build does.
    """
    token = f".{target.name}-{secrets.token_hex(8)}"
    new, old = target.with_name(f"{token}-new"), target.with_name(f"{token}-old")
    janitor: subprocess.Popen[bytes] | None = None
    with contextlib.suppress(OSError):
        janitor = subprocess.Popen(
            ["/bin/sh", "-c", _JANITOR, "sh", *(str(path.absolute()) for path in (target, new, old))],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    try:
        new.mkdir()
        yield new, old
    finally:
        shutil.rmtree(new, ignore_errors=True)
        shutil.rmtree(old, ignore_errors=True)
        if janitor is not None:
            if janitor.stdin is not None:
                janitor.stdin.close()
            janitor.wait()


def _write(files: Mapping[str, bytes], folder: Path) -> None:
    """Write all files and flush them and their folders to disk."""
    folders = {folder}
    for name, data in files.items():
        path = folder / name
        if path.parent not in folders:
            path.parent.mkdir(parents=True, exist_ok=True)
            folders.update(path.parents[: len(PurePosixPath(name).parts) - 1])
        with path.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    for each in sorted(folders):
        _flush(each)


def _flush(folder: Path) -> None:
    """Flush a folder's entries to disk, if the system supports it."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _exchange(new: Path, target: Path, old: Path) -> None:
    """Put the new folder in the target's place, atomically if possible; the old one is left next to it."""
    if not target.exists():
        new.rename(target)
        return
    if _swapped(new, target):
        return
    target.rename(old)
    try:
        new.rename(target)
    except BaseException:
        old.rename(target)
        raise


def _swapped(one: Path, other: Path) -> bool:
    """Exchange two folders atomically; False if the system or file system does not support it."""
    if sys.platform == "win32":
        return False
    system: Any = ctypes.CDLL(None, use_errno=True)
    paths = os.fsencode(one), os.fsencode(other)
    try:
        if sys.platform == "darwin":
            done = system.renamex_np(*paths, _SWAP)
        else:
            done = system.renameat2(_HERE, paths[0], _HERE, paths[1], _SWAP)
    except AttributeError:
        return False
    if done == 0:
        return True
    number = ctypes.get_errno()
    if number in _NOT_KNOWN:
        return False
    raise OSError(number, os.strerror(number))


@dataclass(frozen=True, slots=True)
class Settings:
    """Build options recorded in a folder's manifest."""

    edition: Edition
    final: bool
    only: tuple[str, ...]


def settings_of(folder: Path) -> Settings:
    """Return the year and options of a folder's build; ReportFailed if it has no valid manifest."""
    manifest = _manifest(folder)
    try:
        return Settings(
            Edition(int(manifest["year"])), bool(manifest["final"]), tuple(str(kind) for kind in manifest["only"])
        )
    except (KeyError, TypeError, ValueError) as fault:
        raise ReportFailed([_damaged_manifest(folder)]) from fault


def _manifest(folder: Path) -> dict[str, Any]:
    where = f"{folder.name}/{MANIFEST}"
    try:
        manifest = json.loads((folder / MANIFEST).read_bytes())
    except OSError as fault:
        message = "This is not a folder of outputs: it has no manifest."
        hint = "Name the folder of one year, such as outputs/2025."
        raise ReportFailed([_problem("no-manifest", message, hint, where, stage=Stage.RELEASE)]) from fault
    except ValueError as fault:
        raise ReportFailed([_damaged_manifest(folder)]) from fault
    if not isinstance(manifest, dict):
        raise ReportFailed([_damaged_manifest(folder)])
    return manifest


def _damaged_manifest(folder: Path) -> Problem:
    message = "The manifest of these outputs cannot be read: it was changed or damaged."
    return _problem("manifest-odd", message, "Build the year again.", f"{folder.name}/{MANIFEST}", stage=Stage.RELEASE)


def differences(folder: Path, files: Mapping[str, bytes]) -> list[Problem]:
    """Report differences between a folder and the files a build makes now.

    Each comes with its likely cause: a changed input, template, version or setting, or otherwise an edited file.
    """
    there = {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*")) if not path.is_dir()}
    found = []
    if "manifest.json" in files and (causes := _causes(_manifest(folder), json.loads(files[MANIFEST]))):
        hint = "Build again to bring the outputs up to date."
        message = f"These outputs were made from something else: {'; '.join(causes)}."
        found.append(_differs("outputs-outdated", message, hint, f"{folder.name}/{MANIFEST}"))
    because = "The inputs, templates or versions changed since." if found else "It was changed after it was made."
    for name in sorted(there.keys() | files.keys()):
        where = f"{folder.name}/{name}"
        if name not in there:
            found.append(_differs("output-missing", "A file of the publication is missing.", because, where))
        elif name not in files:
            found.append(_differs("output-unknown", "A file here is not part of the publication.", because, where))
        elif name != MANIFEST or not found:
            found.extend(_same(there[name], files[name], where, because))
    return found


def _differs(code: str, message: str, hint: str, where: str, value: str | None = None) -> Problem:
    return _problem(code, message, hint, where, value, Stage.CHECKS)


def _same(path: Path, data: bytes, where: str, because: str) -> Iterator[Problem]:
    try:
        here = path.read_bytes()
    except OSError:
        yield _differs("output-unreadable", "This file cannot be read.", "Check that you may read it.", where)
        return
    if here != data:
        digests = f"{hashlib.sha256(here).hexdigest()[:12]}, not {hashlib.sha256(data).hexdigest()[:12]}"
        yield _differs("output-differs", "This file is not what a build makes now.", because, where, digests)


def _causes(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[str]:
    """Describe what changed between two manifests, apart from the outputs."""
    found = []
    for part in ("inputs", "templates", "versions", "settings"):
        before, after = old.get(part), new.get(part)
        if before == after:
            continue
        before, after = (value if isinstance(value, dict) else {} for value in (before, after))
        names = [name for name in sorted(before.keys() | after.keys()) if before.get(name) != after.get(name)]
        found.append(f"{part} {', '.join(names[:5])}{' and others' if len(names) > 5 else ''}")  # enough
    return found
