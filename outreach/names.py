"""Names of guides that go wrong on some system: on Windows, on macOS, or with what is made of them.

A project is edited on all of them, and built on another one. Pure functions on paths.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from outreach.model import Location, Problem, first_words

LONGEST = 200
"""Bytes of a guide's name. Systems allow 255, and the names of sheets have up to 50 more."""

_DEVICE = re.compile(r"(?:con|prn|aux|nul|com[1-9¹²³]|lpt[1-9¹²³])\s*(?:\.|$)", re.IGNORECASE)
"""Names that Windows keeps for devices, with any ending:
https://learn.microsoft.com/windows/win32/fileio/naming-a-file"""
_SIGNS = re.compile(r'[<>:"|?*\\\x00-\x1f]')
_MADE = (".html", ".po", ".pot", ".toml")
"""What is made of a guide ends so, after its name."""


def composed(text: str) -> str:
    """The text with letters and their accents in one character each, where there is one."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def spellings(path: str) -> tuple[str, ...]:
    """A path, and those that look the same and are other bytes on disks that keep them apart."""
    forms = (path, composed(path), unicodedata.normalize("NFD", path))
    return (path,) if path.isascii() else tuple(dict.fromkeys(forms))


def name_problems(paths: Sequence[str]) -> Iterator[Problem]:
    """What is wrong with the names of guides, given by their files in the project.

    An error where one would take another's place on some system, a warning where a system does
    not allow a name.
    """
    first: dict[str, str] = {}
    for path in paths:
        other = first.setdefault(_folded(path), path)
        if other != path:
            yield Problem(Location(path), _same(path, other))
    names = {_folded(path.removesuffix(".md")): path for path in paths}
    for path in paths:
        yield from _length(path)
        yield from _in_the_way(path, names)
        yield from _windows(path)
        if path != composed(path):
            yield Problem(Location(path), _DECOMPOSED, "warning")


_DECOMPOSED = (
    "has accents apart from their letters in its name, as macOS once wrote them; write the name"
    " anew, so that it is the same on all systems"
)


def _folded(path: str) -> str:
    """A path as systems compare it that take no notice of case and of how accents are written."""
    return (
        path.lower() if path.isascii() else composed(unicodedata.normalize("NFD", path).casefold())
    )


def _same(path: str, other: str) -> str:
    if composed(path) == composed(other):
        return (
            f"looks just like {other} in its name, and differs in how accents are stored; some"
            " systems take both for one file, so rename one"
        )
    return (
        f"differs from {other} in capital letters alone; Windows and macOS take both for one file,"
        " so rename one"
    )


def _length(path: str) -> Iterator[Problem]:
    longest = max(path.removesuffix(".md").split("/"), key=lambda part: len(part.encode()))
    size = len(longest.encode())
    if size > LONGEST:
        text = (
            f"“{first_words(longest)}” is a name of {size} bytes; the longest that works, with what"
            f" is added for pages and sheets, has {LONGEST}"
        )
        yield Problem(Location(path), text)


def _in_the_way(path: str, names: dict[str, str]) -> Iterator[Problem]:
    """A guide in a folder whose name is that of another guide's page or catalog."""
    folders = _folded(path).split("/")[:-1]
    for number in range(1, len(folders) + 1):
        folder = "/".join(folders[:number])
        for ending in _MADE:
            other = names.get(folder.removesuffix(ending)) if folder.endswith(ending) else None
            if other:
                text = f"lies in a folder with the name that a file made of {other} has"
                yield Problem(Location(path), f"{text}; rename the folder")


def _windows(path: str) -> Iterator[Problem]:
    for part in path.split("/"):
        if _DEVICE.match(part):
            why = "is kept for a device"
        elif part != part.rstrip(". "):
            why = "ends in a full stop or a space"
        elif _SIGNS.search(part):
            why = "has a sign that is not allowed there"
        else:
            continue
        text = f"the name “{first_words(part)}” {why} on Windows, where nobody can have this file"
        yield Problem(Location(path), f"{text}; rename it", "warning")
