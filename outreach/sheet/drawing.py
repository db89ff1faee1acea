"""All that one sheet is drawn from, as a record, so that any process on any machine can draw it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from outreach.sheet.inspect import LEAST

if TYPE_CHECKING:
    # It needs the fonts first: see `outreach.sheet.warm`.
    from outreach.sheet.engine import Engine, Pdf


@dataclass(frozen=True, slots=True)
class Picture:
    """The content of a picture's file; nothing where the file cannot be read."""

    data: bytes

    def read_bytes(self) -> bytes:
        """Its content, as a path gives that of its file."""
        return self.data


@dataclass(frozen=True, slots=True)
class Drawing:
    """What a sheet is drawn from, beside fonts and the style sheet of all sheets."""

    html: str
    families: tuple[str, ...]
    """The fonts that may appear in it."""
    pictures: Mapping[str, Picture]
    """By their path in the project."""
    behind: str | None = None
    """A second document, for the backs of the paper."""
    least: float = LEAST
    """The least size of letters, in points."""
    shown: str = "sheet"
    """What messages call it."""


def draw(engine: Engine, drawing: Drawing) -> Pdf:
    """Return a sheet: the same bytes in every process with the same code and fonts.

    Raises OutreachError, which names the sheet, when it cannot be laid out.
    """
    return engine.pdf(
        drawing.html,
        drawing.families,
        drawing.pictures,
        behind=drawing.behind,
        least=drawing.least,
        shown=drawing.shown,
    )
