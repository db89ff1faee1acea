"""What fonts there are, and under which licences: for whoever passes the program or sheets on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from outreach.sheet.faces import characters, read
from outreach.sheet.sources import SOURCES, Source, Sources, Style, files, folder


@dataclass(frozen=True, slots=True)
class Family:
    """A family that sheets can be printed in."""

    name: str
    version: str
    """Of the font."""
    styles: tuple[Style, ...]
    characters: int
    """How many it draws."""
    package: str
    """What it comes with, as a requirement; empty for a font of the project."""
    license: Path | None
    """The text of the licence; None where a font of the project has none beside it."""


def families(sources: Sources = SOURCES) -> Iterator[Family]:
    """Yield every family in the order of the table. Raises `OutreachError`, as `files` does."""
    for name, source in sources.items():
        styles = files(name, sources)
        path = styles["Regular"]
        found = read(path)
        yield Family(
            name,
            found.version,
            tuple(styles),
            len(characters(path)),
            _requirement(source.package),
            _license(name, source, path),
        )


def _license(name: str, source: Source, path: Path) -> Path | None:
    if source.package:
        return (folder(name, source) / source.license).resolve()
    beside = sorted(path.parent.iterdir())
    return next((it for it in beside if it.stem.upper() in ("OFL", "LICENSE", "LICENCE")), None)


def _requirement(package: str) -> str:
    name = package.replace("_", "-")
    try:
        return f"{name} {version(name)}" if name else ""
    except PackageNotFoundError:
        return name
