"""Check the machine: Python, libraries and their versions, Pango, fonts, writable folders.

Output: ``Finding`` values, each with a remedy if something is missing. Leaves no files behind.
"""

from __future__ import annotations

import ctypes
import os
import platform
import re
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path
from typing import Final

NEEDED_PYTHON: Final = (3, 11)
NEEDED_PANGO: Final = (1, 44)
"""Oldest version that WeasyPrint supports."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A requirement of the program; ``remedy`` says what to do if it is not ``ok``."""

    ok: bool
    name: str
    detail: str
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class Library:
    """A system library: file names on Linux, macOS and Windows, and the packages that contain it."""

    name: str
    files: tuple[str, ...]
    debian: str
    fedora: str


LIBRARIES: Final = (
    Library(
        "Pango",
        ("libpango-1.0.so.0", "libpango-1.0.dylib", "libpango-1.0-0.dll", "libpango-1.0-0"),
        "libpango-1.0-0",
        "pango",
    ),
    Library(
        "PangoFT2",
        ("libpangoft2-1.0.so.0", "libpangoft2-1.0.dylib", "libpangoft2-1.0-0.dll", "libpangoft2-1.0-0"),
        "libpangoft2-1.0-0",
        "pango",
    ),
    Library(
        "HarfBuzz", ("libharfbuzz.so.0", "libharfbuzz.0.dylib", "libharfbuzz-0.dll"), "libharfbuzz0b", "harfbuzz"
    ),
    Library(
        "HarfBuzz subset",
        ("libharfbuzz-subset.so.0", "libharfbuzz-subset.0.dylib", "libharfbuzz-subset-0.dll"),
        "libharfbuzz-subset0",
        "harfbuzz",
    ),
    Library(
        "Fontconfig", ("libfontconfig.so.1", "libfontconfig.1.dylib", "libfontconfig-1.dll"), "libfontconfig1",
        "fontconfig",
    ),
)  # fmt: skip


def examine() -> list[Finding]:
    """Return every finding."""
    from reportgen.app.workspace import find_root

    return [_python(), *_packages(), *_libraries(), _font(), *_folders(find_root())]


def _python(found: Sequence[int] = sys.version_info[:2]) -> Finding:
    here = platform.python_version()
    wanted = ".".join(map(str, NEEDED_PYTHON))
    remedy = f"Install Python {wanted} or later (on Debian: apt-get install python{wanted} python{wanted}-venv)."
    return Finding(tuple(found[:2]) >= NEEDED_PYTHON, "Python", f"{here}; {wanted} or later is needed", remedy)


def _packages(lock: Path | None = None) -> Iterator[Finding]:
    """Check each dependency: installed, recent enough, and the locked version if there is a lock file."""
    lock = lock or Path(str(resources.files("reportgen"))).parent / "requirements.lock"
    locked = _locked(lock)
    try:
        wanted = requires("reportgen") or []
    except PackageNotFoundError:
        remedy = "Run “make report” once, or install it: pip install reportgen-*.whl"
        yield Finding(ok=False, name="reportgen", detail="not installed as a package", remedy=remedy)
        return
    for line in wanted:
        if "extra ==" in line:
            continue
        match = re.match(r"([A-Za-z0-9._-]+)(?:\[[^\]]*\])?(.*)", line)
        if match:
            yield _package(match[1], match[2].partition(";")[0], locked, lock)


def _locked(lock: Path) -> Mapping[str, str]:
    if not lock.is_file():
        return {}
    return dict(re.findall(r"^([a-z0-9._-]+)==(\S+)", lock.read_text("utf-8"), flags=re.MULTILINE))


def _package(name: str, limits: str, locked: Mapping[str, str], lock: Path) -> Finding:
    wanted = locked.get(name.lower().replace("_", "-"))
    pip = f"{sys.executable} -m pip install"
    remedy = f"{pip} --require-hashes --no-deps -r {lock}" if wanted else f'{pip} "{name}{limits}"'
    try:
        here = version(name)
    except PackageNotFoundError:
        return Finding(False, name, "not installed", remedy)
    if wanted:
        return Finding(here == wanted, name, here if here == wanted else f"{here}; {wanted} is the locked one", remedy)
    low = re.search(r">=\s*([\w.]+)", limits)
    fit = low is None or _order(here) >= _order(low[1])
    return Finding(fit, name, here if fit else f"{here}; {limits.strip()} is needed", remedy)


def _order(words: str) -> tuple[int, ...]:
    """Return a version's numbers for comparison; 1.9.0.post1 is later than 1.9.0."""
    numbers = [int(part) for part in re.findall(r"\d+", words)]
    while numbers and numbers[-1] == 0:
        numbers.pop()
    return tuple(numbers)


def _libraries() -> Iterator[Finding]:
    for library in LIBRARIES:
        loaded = _load(library.files)
        if loaded is None:
            yield Finding(False, library.name, "the system library is not installed", _install(library))
        elif library.name == "Pango":
            yield _pango(loaded, library)
        else:
            yield Finding(ok=True, name=library.name, detail="found")


def _load(names: Sequence[str]) -> ctypes.CDLL | None:
    for name in names:
        try:
            return ctypes.CDLL(name)
        except OSError:
            continue
    return None


def _pango(loaded: ctypes.CDLL, library: Library) -> Finding:
    loaded.pango_version_string.restype = ctypes.c_char_p
    here = loaded.pango_version_string().decode("ascii", "replace")
    wanted = ".".join(map(str, NEEDED_PANGO))
    fit = _order(here)[:2] >= NEEDED_PANGO
    return Finding(fit, library.name, here if fit else f"{here}; {wanted} or later is needed", _install(library))


def _install(library: Library) -> str:
    """Return the command that installs a library on this system."""
    if sys.platform == "darwin":
        return "brew install pango"
    if os.name == "nt":
        return "Install MSYS2 and in it: pacman -S mingw-w64-x86_64-pango (see WeasyPrint's first steps for Windows)"
    if Path("/etc/fedora-release").exists() or Path("/etc/redhat-release").exists():
        return f"sudo dnf install {library.fedora}"
    return f"sudo apt-get install {library.debian}"


def _font() -> Finding:
    """Check the report's typeface, which is installed as a package."""
    name = "Source Sans Pro"
    remedy = f"{sys.executable} -m pip install --force-reinstall font-source-sans-pro"
    try:
        data = resources.files("font_source_sans_pro").joinpath("files/SourceSansPro-Regular.ttf").read_bytes()
    except (ModuleNotFoundError, FileNotFoundError):
        return Finding(False, name, "the font files are not there", remedy)
    whole = data[:4] in (b"\x00\x01\x00\x00", b"OTTO", b"true")
    return Finding(whole, name, "found" if whole else "the font file is damaged", remedy)


def _folders(root: Path) -> Iterator[Finding]:
    """Check that outputs and temporary files can be written."""
    outputs = root / "outputs"
    near = next(place for place in (outputs, *outputs.parents) if place.exists())
    remedy = f"Ask for the right to write to {near}, or name another folder with --outputs."
    yield _writable("Outputs", near, remedy)
    try:
        temporary = Path(tempfile.gettempdir())
    except OSError:
        temporary = Path(os.environ.get("TMPDIR", "/tmp"))  # noqa: S108 - only named in a sentence
    yield _writable("Temporary files", temporary, "Free some room there, or set TMPDIR to another folder.")


def _writable(name: str, folder: Path, remedy: str) -> Finding:
    try:
        with tempfile.NamedTemporaryFile(dir=folder, prefix=".reportgen-") as file:
            file.write(b"x" * 4096)
            file.flush()
    except OSError as fault:
        return Finding(False, name, f"{folder} cannot be written ({fault.strerror})", remedy)
    return Finding(ok=True, name=name, detail=f"{folder} can be written")
