"""What print needs beyond fonts: footnote numbers that hold to their words, printed addresses."""

from __future__ import annotations

import re

from outreach.model import Language

_FOOTNOTES = re.compile(r'<section class="footnotes">.*?</section>', re.DOTALL)
_LIST = re.compile(r'<ol\b(?![^>]*\bstyle=)(?=[^>]*\bstart="(-?[0-9]+)")')
_LINK = re.compile(r'<a\b[^>]*?\bhref="(https?://[^"]+)"[^>]*>(.*?)</a>', re.DOTALL)

_TIGHT = {
    "Arab": 1.5,
    "Beng": 1.5,
    "Deva": 1.3,
    "Hans": 1.3,
    "Hant": 1.3,
    "Jpan": 1.3,
    "Khmr": 1.5,
    "Kore": 1.3,
    "Laoo": 1.6,
    "Mymr": 1.55,
    "Telu": 1.4,
    "Thai": 1.5,
}
_STEEP = 2.0
"""Lines as high as this have words that climb, as in Nastaliq: they run into each other soon."""
_STACKED = frozenset(("vi", "yo", "ig"))
"""Languages in Latin letters with two marks on one, also on capitals."""


def is_steep(language: Language) -> bool:
    """Whether words climb, as in Nastaliq, so that lines need much room."""
    return language.line_height >= _STEEP


def tight(language: Language) -> float:
    """Return the least line height, as a share of the size, at which lines do not touch.

    For headings, labels, table cells and the foot; running text has `line_height`. Measured in our
    bold fonts: from the top of the highest letter with its marks to the bottom of the deepest, and
    a little more. Arabic with all its vowel signs, as in prayers, would want 1.9.
    """
    if is_steep(language):
        return round(language.line_height - 0.2, 2)
    if language.tag.split("-", maxsplit=1)[0] in _STACKED:
        return 1.3
    return min(_TIGHT.get(language.script, 1.25), language.line_height)


def hold_references(html: str) -> str:
    """Return HTML whose footnote numbers never begin a line, as they could after a full stop."""
    return html.replace('<sup class="footnote-ref"', '\u2060<sup class="footnote-ref"')


def print_addresses(html: str) -> str:
    """Return HTML in which links inside footnotes are followed by their address, in brackets.

    Links elsewhere stay as they are, and so do links whose text is the address.
    """
    return _FOOTNOTES.sub(lambda section: _LINK.sub(_spelled, section.group()), html)


def number_lists(html: str) -> str:
    """Return HTML whose numbered lists begin at their number: WeasyPrint does not heed `start`."""
    return _LIST.sub(
        lambda tag: f'{tag.group()} style="counter-reset: list-item {int(tag[1]) - 1}"', html
    )


def _spelled(link: re.Match[str]) -> str:
    address, text = link[1], link[2]
    shown = re.sub(r"^https?://(www\.)?|/$", "", address)
    if shown in text:
        return link.group()
    return f'{link.group()} <span class="address" dir="ltr">({shown})</span>'
