"""Fonts on their way to another machine, which has our package, but not the project's own fonts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from outreach.files import refused
from outreach.model import Location, OutreachError, Problem
from outreach.sheet.fonts import FontSet, prepare
from outreach.sheet.sources import SOURCES, Source, Sources, Style


@dataclass(frozen=True, slots=True)
class Packed:
    """What another machine needs to make the same fonts ready."""

    families: tuple[str, ...]
    names: tuple[str, ...]
    """What the fonts are called when they are ready, with digests of their files."""
    own: Mapping[str, Mapping[Style, bytes]]
    """The files of the project's own families, by style."""


def pack(fonts: FontSet, sources: Sources) -> Packed:
    """Pack fonts that are ready here. Raises OutreachError when a font cannot be read any more."""
    read: dict[str, bytes] = {}  # one file may be several styles, and is sent once
    own: dict[str, dict[Style, bytes]] = {}
    for family in fonts.families:
        if sources[family].package:
            continue
        for style, path in sources[family].styles.items():
            try:
                data = read.setdefault(path, Path(path).read_bytes())
            except OSError as error:
                raise refused(error, path, "read") from None
            own.setdefault(family, {})[style] = data
    return Packed(fonts.families, fonts.names, own)


def unpack(packed: Packed) -> FontSet:
    """Make packed fonts ready, in the user's cache.

    Raises OutreachError as `prepare` does, and when they are not those that were packed.
    """
    with TemporaryDirectory(prefix="outreach-") as folder:
        own = {
            family: Source("", "", _written(Path(folder), styles))
            for family, styles in packed.own.items()
        }
        fonts = prepare(packed.families, sources={**SOURCES, **own})
    if fonts.names != packed.names:
        others = ", ".join(sorted({*packed.names} - {*fonts.names}))
        text = f"has other files of these fonts: {others}; install the packages with fonts anew"
        raise OutreachError(Problem(Location("fonts"), text))
    return fonts


def _written(folder: Path, styles: Mapping[Style, bytes]) -> dict[Style, str]:
    known: dict[bytes, str] = {}
    for data in styles.values():
        if data not in known:
            file = folder / str(len(list(folder.iterdir())))
            file.write_bytes(data)
            known[data] = str(file)
    return {style: known[data] for style, data in styles.items()}
