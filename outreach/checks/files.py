"""Rules on the files that guides show and offer: on pictures, and on what a browser would run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

from outreach.addresses import Links
from outreach.config import Config
from outreach.files import inside, read_bytes, refused
from outreach.model import Location, OutreachError, Problem
from outreach.pictures import MOST_BYTES, TOO_LARGE, flaws
from outreach.pictures.flaw import Flaw

_PICTURES = frozenset(
    (
        *(".apng", ".avif", ".bmp", ".gif", ".heic", ".ico", ".jpeg", ".jpg", ".png", ".svg"),
        *(".svgz", ".tif", ".tiff", ".webp"),
    )
)
_RUN = frozenset(
    (
        *(".htm", ".html", ".mht", ".mhtml", ".shtml", ".xht", ".xhtml"),
        *(".rdf", ".xml", ".xsl", ".xslt"),
    )
)
"""What browsers open as a page of the site, with all scripts in it."""
_SAID = {
    "unsafe": "the picture is not safe for readers",
    "damaged": "the picture cannot be shown",
    "undrawn": "the picture is not printed",
    "remark": "the picture",
}


def file_problems(config: Config, links: Iterable[Links], *, everything: bool) -> Iterator[Problem]:
    """Yield what is wrong with the files that guides show or offer, and with the partner's logo.

    Each is told once, with the first place that shows it. Without `everything` only what does harm
    to readers is told: that a picture cannot be drawn is told by a build when it draws it.
    """
    places: dict[str, Location] = {}
    pictures: set[str] = set()
    for item in links:
        pictures |= item.pictures
        for path, place in item.places.items():
            places.setdefault(path, place)
    logo = config.root / config.partner_logo
    if config.partner_logo and logo.is_file() and inside(logo, config.root):
        pictures.add(config.partner_logo)
        places.setdefault(config.partner_logo, Location(config.file))
    for path, place in sorted(places.items()):
        ending = PurePosixPath(path).suffix.lower()
        if path in pictures or ending in _PICTURES:
            yield from _picture_problems(config, path, place, everything=everything)
        elif ending in _RUN and not config.raw_html:
            text = (
                f"browsers would run {path} as a page of this site, and `raw-html` is off; write "
                "its text as a guide, or offer it as a PDF"
            )
            yield Problem(place, text, rule="unsafe-file")


def _picture_problems(
    config: Config, path: str, place: Location, *, everything: bool
) -> Iterator[Problem]:
    try:
        found = list(_flaws(config, path))
    except OutreachError as error:
        yield error.problem
        return
    for flaw in found:
        where = Location(path, flaw.line)
        text = f"{_SAID[flaw.kind]} (it stands in {place}): {flaw.text}"
        if flaw.kind == "unsafe":
            yield Problem(where, text, "error", "unsafe-file")
        elif everything:
            yield Problem(where, text, "warning", "picture")


def _flaws(config: Config, path: str) -> Iterator[Flaw]:
    file = config.root / path
    try:
        if file.stat().st_size > MOST_BYTES:
            yield TOO_LARGE
        else:
            yield from flaws(read_bytes(file, path), path)
    except OSError as error:  # it was removed meanwhile
        raise refused(error, path, "read") from None
