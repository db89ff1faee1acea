"""The fonts that sheets are printed in, made ready once in the user's cache.

A PDF needs one static file for each weight and style (a variable font would be cut again for every
document), so `prepare` makes those once and writes a fontconfig file that shows our fonts and
nothing else: what a sheet looks like does not depend on the fonts of the machine.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import tempfile
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape
from pathlib import Path

from outreach.model import Location, OutreachError, Problem
from outreach.sheet.faces import NoFont, static
from outreach.sheet.sources import (
    ALWAYS,
    EMOJI,
    MONO,
    SOURCES,
    SYMBOLS,
    Sources,
    Style,
    chain,
    files,
)
from outreach.store import cache_folder

__all__ = ["MONO", "SYMBOLS", "FontSet", "chain", "character_name", "prepare"]

RECIPE = "2"
"""Raise it when the fonts are made in another way, so that nobody keeps the old ones."""

_PICTURES = (
    '  <alias binding="strong"><family>emoji</family>'
    f"<prefer><family>{EMOJI}</family></prefer></alias>\n"
)
"""Pango asks for this name, whatever the page says, where it takes a sign for a picture."""

_CONTENTS = "contents.txt"
"""In the folder of a family: the files in it and their sizes, to see when one is lost or cut."""


@dataclass(frozen=True, slots=True)
class FontSet:
    """Fonts that are ready to print with."""

    families: tuple[str, ...]
    conf: Path
    """The fontconfig file that shows just these families; an absolute path."""
    files: tuple[Path, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The families, each with a digest of its files; the same on every machine."""
        return tuple(sorted({file.parent.name for file in self.files}))


def prepare(
    families: Iterable[str], cache: Path | None = None, sources: Sources = SOURCES
) -> FontSet:
    """Return the families and those that every sheet has, made ready to print with.

    What an earlier run made is used again, unless a file of it is lost; two runs at the same moment
    do not disturb each other. Raises `OutreachError` when a family or its package is missing, when
    a font is damaged, or when the cache folder cannot be written.
    """
    wanted = tuple(sorted({*families, *ALWAYS}))
    folder = ((cache or cache_folder()) / "fonts").resolve()
    try:
        folders = [_prepared(family, sources, folder) for family in wanted]
        conf = _configured(folders, folder)
    except OSError as error:
        text = f"the fonts cannot be put in {folder} ({error.strerror}); name another folder in"
        problem = Problem(Location(str(folder)), f"{text} OUTREACH_CACHE")
        raise OutreachError(problem) from error
    made = tuple(file for one in folders for file in sorted(one.glob("*.ttf")))
    return FontSet(wanted, conf, made)


def character_name(char: str) -> str:
    """Return a character as people can look it up: `U+1A2B NAME`."""
    return f"U+{ord(char):04X} {unicodedata.name(char, 'UNNAMED')}"


def _digest(family: str, sources: Sources) -> str:
    """Return what changes when a source changes.

    A font begins with a table of the lengths and checksums of its parts, so its first bytes stand
    for all of it, and 17 MB need not be read to find out that nothing is to be done. The checksums
    of a project's own font may be wrong, so that all of it is read.
    """
    whole = not sources[family].package
    digest = hashlib.sha256(f"{RECIPE} {family}".encode())
    for style, path in files(family, sources).items():
        with path.open("rb") as file:
            start = file.read() if whole else file.read(1024)
        digest.update(f"{style} {path.stat().st_size} ".encode() + start)
    return digest.hexdigest()[:16]


def _prepared(family: str, sources: Sources, folder: Path) -> Path:
    """Return the folder with a family's static files; make it when it is not there or not whole."""
    paths = files(family, sources)
    name = re.sub(r"[^\w.]+", "-", family)
    done = folder / f"{name}-{_digest(family, sources)}"
    if _whole(done):
        return done
    folder.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=".new-", dir=folder))
    try:
        sizes = {}
        for style, path in paths.items():
            data = _ready(path, family, style, sources)
            file = f"{name}-{style.replace(' ', '-')}.ttf"
            sizes[file] = (draft / file).write_bytes(data)
        (draft / _CONTENTS).write_text(_listed(sizes), encoding="utf-8")
        draft.chmod(0o755)
        _claim(draft, done)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return done


def _ready(path: Path, family: str, style: Style, sources: Sources) -> bytes:
    source = sources[family]
    if source.package and not source.variable:
        return path.read_bytes()
    try:
        return static(path, family, style)
    except NoFont as error:
        raise OutreachError(Problem(Location(str(path)), str(error))) from error


def _listed(sizes: Mapping[str, int]) -> str:
    return "".join(f"{size} {name}\n" for name, size in sizes.items())


def _whole(done: Path) -> bool:
    """Whether every file of a prepared family is there in its full size: a lost one is not missed.

    Without it a letter would be drawn in whatever other font there is.
    """
    try:
        listed = (done / _CONTENTS).read_text(encoding="utf-8")
        names = [line.partition(" ")[2] for line in listed.splitlines()]
        return bool(names) and listed == _listed(
            {name: (done / name).stat().st_size for name in names}
        )
    except (FileNotFoundError, UnicodeDecodeError):
        return False


def _claim(draft: Path, done: Path) -> None:
    """Put a finished folder into its place; another run may have been there first.

    Of a damaged folder each file is replaced; a run that reads it meanwhile sees whole ones.
    """
    try:
        draft.rename(done)
    except OSError:
        if not done.is_dir():
            raise
        if not _whole(done):
            for file in sorted(draft.iterdir()):
                file.replace(done / file.name)


def _configured(folders: Iterable[Path], folder: Path) -> Path:
    """Write the fontconfig file that shows the folders and nothing else, and return its path."""
    shown = "".join(f"  <dir>{escape(str(path), quote=False)}</dir>\n" for path in folders)
    text = (
        '<?xml version="1.0"?>\n<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">\n'
        f"<fontconfig>\n  <reset-dirs/>\n{shown}{_PICTURES}"
        f"  <cachedir>{escape(str(folder / 'fontconfig'), quote=False)}</cachedir>\n</fontconfig>\n"
    )
    conf = folder / f"fonts-{hashlib.sha256(text.encode()).hexdigest()[:16]}.conf"
    if not conf.is_file() or conf.read_bytes() != text.encode():
        handle, draft = tempfile.mkstemp(prefix=".new-", dir=folder)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        Path(draft).replace(conf)
    return conf
