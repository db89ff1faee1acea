"""Which characters of a text no font of its language draws: asked before anything is rendered."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from outreach.sheet.faces import characters
from outreach.sheet.fonts import character_name
from outreach.sheet.sources import SOURCES, Sources, chain, files

_FEW = 5
"""Characters that a message names."""

_UNSEEN = re.compile(
    "[\xad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2065\u3164\ufe00-\ufe0f\uffa0\ufff0-\ufff8"
    "\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
"""What Unicode calls default-ignorable, beyond the format characters (`Cf`)."""
_SHOWN = re.compile("[\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd]")
"""Format characters that are drawn: signs around the numbers or letters behind them."""


class Glyphs:
    """Knows what the fonts of each language draw. Fonts are opened for other letters than ASCII."""

    def __init__(self, sources: Sources = SOURCES) -> None:
        self._sources = sources
        self._characters: dict[str, frozenset[int]] = {}
        """By family, of those that were asked."""
        self._drawn: dict[tuple[str, ...], set[str]] = {}
        """Characters that were found to be drawn, by the families of a language."""
        self._not_drawn: dict[tuple[str, ...], set[str]] = {}
        """And those that were not."""

    def missing(self, text: str, families: Iterable[str]) -> tuple[str, ...]:
        """Return the characters that no font of these families' chain has, each once, in order.

        A letter with marks is there if its parts are, and the reverse, since the shaper composes
        and decomposes. What is never seen is never missing. Raises `OutreachError` when a font
        cannot be found.
        """
        if text.isascii():
            return ()
        fonts = chain(families)
        known = self._drawn.setdefault(fonts, set())
        if known.issuperset(text):
            return ()
        new = set(text) - known
        lacking = self._not_drawn.setdefault(fonts, set())
        asked = new - lacking
        known |= {char for char in asked if not _seen(char) or self._has(char, fonts)}
        lacking |= asked - known
        left = new - known
        if left:
            composed = set(unicodedata.normalize("NFC", text))
            if all(self._has(char, fonts) for char in composed - set(text)):
                left &= composed
        return tuple(char for char in dict.fromkeys(text) if char in left)

    def _has(self, char: str, fonts: tuple[str, ...]) -> bool:
        parts = [ord(part) for part in unicodedata.normalize("NFD", char)]
        for family in fonts:
            drawn = self._of(family)
            if ord(char) in drawn or all(part in drawn for part in parts):
                return True
        return False

    def _of(self, family: str) -> frozenset[int]:
        if family not in self._characters:
            self._characters[family] = characters(files(family, self._sources)["Regular"])
        return self._characters[family]


OURS = Glyphs()
"""Of the fonts that we bring."""


def named(chars: Iterable[str]) -> str:
    """Return characters as a message names them: “健” (U+5065 CJK UNIFIED IDEOGRAPH-5065)."""
    given = list(chars)
    shown = ", ".join(f"“{char}” ({character_name(char)})" for char in given[:_FEW])
    return f"{shown} and {len(given) - _FEW} more" if len(given) > _FEW else shown


def _seen(char: str) -> bool:
    if _UNSEEN.match(char):
        return False
    category = unicodedata.category(char)
    return (
        category[0] != "Z" and category != "Cc" and (category != "Cf" or bool(_SHOWN.match(char)))
    )
