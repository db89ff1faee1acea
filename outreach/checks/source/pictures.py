"""The rule on images that say nothing to people who cannot see them.

A warning, not an error: `![](line.svg)` gives a picture that screen readers leave out, which is
right for decoration, and only the writer knows whether it is that.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from outreach.checks.source.texts import SourceGuide
from outreach.markup.prose import Picture
from outreach.model import Problem, first_words

ALT = "alt-text"

_FILE = re.compile(r"[\w.() -]+\.(?:avif|gif|jpe?g|png|svg|tiff?|webp)", re.IGNORECASE)


def alt_text(guide: SourceGuide) -> Iterator[Problem]:
    """Warn of each image without alternative text, or with the name of a file in its place."""
    for picture in guide.pictures:
        wrong = _wrong(picture)
        if wrong and ALT not in picture.ignored:
            yield Problem(picture.location, wrong, "warning", ALT)


def _wrong(picture: Picture) -> str:
    shown = first_words(picture.source, 60)
    if picture.alt is None:
        return (
            f"the image {shown} has no alternative text, so who cannot see it learns nothing; say "
            "what it shows: `![What it shows](…)`. If it is decoration, write "
            f"`<!-- outreach: ignore {ALT} -->` on a line above its paragraph"
        )
    if _FILE.fullmatch(picture.alt):
        name = first_words(picture.alt, 60)
        return (
            f"the alternative text of the image {shown} is the name of a file, “{name}”; say what "
            "it shows"
        )
    return ""
