"""What outputs depend on that is not in the project: our own code and data, packages, libraries.

Asked before anything heavy is imported, so nothing here imports what it asks about.
"""

from __future__ import annotations

import hashlib
import os
import re
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

_PACKAGE = os.path.dirname(os.path.abspath(__file__))

_VARIABLES = ("LD_LIBRARY_PATH", "LD_PRELOAD", "DYLD_LIBRARY_PATH", "WEASYPRINT_DLL_DIRECTORIES")
"""Of the environment; by them the system finds other libraries than those that are installed."""

_LIBRARIES = re.compile(
    r"lib(?:pango|harfbuzz|fontconfig|freetype|fribidi|thai|datrie|glib|gobject|graphite2)[-\w.]*"
)
"""What draws text, by the names of files."""
_LOADED = (
    "libpango-1.0.so.0",
    "libpangoft2-1.0.so.0",
    "libharfbuzz.so.0",
    "libharfbuzz-subset.so.0",
    "libfontconfig.so.1",
)
"""What WeasyPrint loads on Linux; the others come with it."""
_BREW = ("/opt/homebrew/opt", "/usr/local/opt")
"""Links to the versions that are installed, on macOS."""

Library = tuple[str, int, int]
"""The path of a library, its size, and when it was written, in nanoseconds."""


def code() -> str:
    """A digest of our own files, of Python, and of the names and versions of all packages.

    Who may not read our files gets one that nobody else has, so that nothing is taken from a cache.
    """
    try:
        return _code()
    except OSError:
        return os.urandom(32).hex()


def _code() -> str:
    version = f"{sys.implementation.cache_tag} {sys.version} {own_files()}\n"
    found = hashlib.sha256(version.encode())
    for name in sorted(set(_packages())):
        found.update(f"{name}\n".encode("utf-8", "surrogateescape"))
    return found.hexdigest()


def own_files() -> str:
    """A digest of our own files."""
    found = hashlib.sha256()
    for path in sorted(_own_files(_PACKAGE)):
        with open(path, "rb") as file:
            data = file.read()
        found.update(f"{path[len(_PACKAGE) :]} {len(data)}\n".encode() + data)
    return found.hexdigest()


def libraries() -> tuple[Library, ...]:
    """The native libraries that draw text; on Linux they are loaded to know which ones it are."""
    return tuple(filter(None, map(_library, sorted(set(_paths())))))


def same_libraries(known: tuple[Library, ...]) -> bool:
    """Whether libraries are as they were, without loading them."""
    return all(_library(path) == (path, size, written) for path, size, written in known)


def variables() -> tuple[str, ...]:
    """What the environment says of where libraries are."""
    return tuple(f"{name}={os.environ[name]}" for name in _VARIABLES if name in os.environ)


def _own_files(folder: str) -> Iterator[str]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir():
                if entry.name != "__pycache__":
                    yield from _own_files(entry.path)
            elif not entry.name.endswith(".mo"):
                yield entry.path


def _packages() -> Iterator[str]:
    """The names and versions of what is installed, from the names of folders."""
    for folder in sys.path:
        try:
            names = os.listdir(folder or ".")
        except OSError:
            continue
        yield from (name for name in names if name.endswith((".dist-info", ".egg-info")))


def _library(path: str) -> Library | None:
    try:
        found = os.stat(path)
    except OSError:
        return None
    return path, found.st_size, found.st_mtime_ns


def _paths() -> Iterator[str]:
    if sys.platform == "linux":
        yield from _mapped()
    for folder in _BREW if sys.platform == "darwin" else ():
        for place in Path(folder).glob("*") if Path(folder).is_dir() else ():
            if re.match(r"pango|harfbuzz|fontconfig|freetype|fribidi|libthai|glib", place.name):
                yield str(place.resolve())


def _mapped() -> Iterator[str]:
    import ctypes  # noqa: PLC0415  (a build with nothing to do asks `same_libraries` only)

    for name in _LOADED:
        with suppress(OSError):  # one that is missing is missing in the answer, too
            ctypes.CDLL(name)
    with open("/proc/self/maps", encoding="utf-8", errors="surrogateescape") as maps:
        for line in maps:
            path = line.rstrip("\n").partition("/")[2]
            if path and _LIBRARIES.match(path.rpartition("/")[2]):
                yield f"/{path}"
