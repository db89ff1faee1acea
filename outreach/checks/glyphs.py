"""A rule on letters that cannot be printed, because no font of the language has them."""

from __future__ import annotations

from collections.abc import Iterator

from outreach.checks.pair import Finding, Pair
from outreach.markup.shape import CODE
from outreach.model import Language
from outreach.sheet.glyphs import named

MEND = "write it in other letters, or add a font that has them (`fonts` in the configuration)"


def no_font(pair: Pair) -> Iterator[Finding]:
    """Characters that the fonts of the language do not have: a box would be printed for each."""
    glyphs, new = pair.context.glyphs, pair.new
    if glyphs is None or (pair.msgstr.isascii() and new.text.isascii()):
        return
    text = "\n".join((new.text.replace(CODE, ""), *new.code))
    missing = glyphs.missing(text, pair.language.fonts)
    if missing:
        yield Finding(f"{undrawn(missing, pair.language)}; {MEND}")


def undrawn(missing: tuple[str, ...], language: Language) -> str:
    """Say which characters no font of a language draws."""
    return f"no font of {language.english_name} draws {named(missing)}"
