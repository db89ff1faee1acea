"""The files that a build is made from, as they are at a moment: a digest of all of them.

Only names and bytes are looked at, and nothing is parsed, so this is quick. What a build does not
read may be among them; what it reads may not be missing.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Watched:
    """Where the inputs of a build lie, relative to the project."""

    folders: tuple[str, ...] = ()
    """Everything below them counts."""
    catalogs: str | None = None
    """A folder in which only files count that end in `.po`; empty for the project itself, None for
    no folder."""
    places: tuple[str, ...] = ()
    """Files and folders that count by themselves, also those that are not there."""


def inputs_digest(root: str, watched: Watched) -> str:
    """A digest of the names, kinds and contents of all that is watched in a project."""
    found = hashlib.sha256()
    for name in _names(root, watched):
        found.update(os.fsencode(name) + b"\0" + _content(os.path.join(root, name)) + b"\n")
    return found.hexdigest()


def _names(root: str, watched: Watched) -> list[str]:
    inside = tuple(f"{folder}/" for folder in watched.folders)
    names = {*watched.folders, *(place for place in watched.places if "\0" not in place)}
    for folder in watched.folders:
        names.update(_below(root, folder))
    if watched.catalogs is not None and not f"{watched.catalogs}/".startswith(inside):
        names.update(name for name in _below(root, watched.catalogs) if name.endswith(".po"))
    return sorted(names)


def _below(root: str, folder: str) -> Iterator[str]:
    """Every file below a folder. Links to folders are not followed, as in `files.below`."""
    try:
        with os.scandir(os.path.join(root, folder)) as listed:
            entries = [(entry.name, entry.is_dir(follow_symlinks=False)) for entry in listed]
    except OSError:
        return
    for own, is_folder in entries:
        name = f"{folder}/{own}" if folder else own
        yield name
        if is_folder:
            yield from _below(root, name)


def _content(path: str) -> bytes:
    """What there is at a path: for a file, its kind and a digest of its content."""
    link = b""
    try:
        link = os.fsencode(os.path.realpath(path)) if os.path.islink(path) else b""
        found = os.stat(path)
        if not stat.S_ISREG(found.st_mode):
            return b"%o" % stat.S_IFMT(found.st_mode) + link
        with open(path, "rb") as file:
            return b"file" + hashlib.sha256(file.read()).digest() + link
    except (OSError, ValueError) as error:
        return f"{type(error).__name__}".encode() + link
