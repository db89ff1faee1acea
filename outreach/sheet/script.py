"""What a script needs in print beyond its fonts: left-to-right runs kept whole, printed addresses.

Pure functions from HTML to HTML that touch text between tags only.
"""

from __future__ import annotations

import re
from collections.abc import Callable

_TAG = re.compile(
    r"<!--.*?-->|</?(?P<name>[A-Za-z][^\s/>]*)(?:\"[^\"]*\"|'[^']*'|[^'\">])*>", re.DOTALL
)

_ADDRESS = r"(?:https?://|www\.)[^\s<>،؛。，]*[^\s<>.,;:!?)\]»”’'\"،؛؟。，]"
_MAIL = r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
_YEARS = r"(?:1[89]|20)\d\d[-–](?:1[89]|20)\d\d(?!\d)"
_DATE = r"\d{4}-\d\d-\d\d"
_SHORT_CODE = r"\d(?:-\d){2}"
_PHONE = r"\+?(?:\(\+?\d{1,4}\)[ \u00a0]?)?\d(?:[ \u00a0./–-]?(?:\d|\(\d{1,4}\)))*"
_RUN = re.compile(
    rf"(?P<keep>{_ADDRESS}|{_MAIL}|(?<![\d-])(?:{_DATE}|{_SHORT_CODE})(?![\d-]))"
    rf"|(?P<years>(?<!\d){_YEARS})|(?P<phone>(?<![\w.,]){_PHONE}(?!\w))"
)
_LEAST_DIGITS = 6
"""Fewer are an amount or a list of numbers, which follow the direction of the sentence."""

_VERBATIM = frozenset(("code", "pre", "script", "style"))
_FOOTNOTES = re.compile(r'<section class="footnotes">.*?</section>', re.DOTALL)
_LINK = re.compile(r'<a\b[^>]*?\bhref="(https?://[^"]+)"[^>]*>(.*?)</a>', re.DOTALL)


def isolate(html: str) -> str:
    """Return right-to-left HTML whose telephone numbers and addresses keep their order.

    They come to stand between U+2066 and U+2069, which the print engine heeds although it has no
    `unicode-bidi`. Code is left alone: it is set from left to right as a whole.
    """
    return _in_texts(html, lambda text: _RUN.sub(_isolated, text))


def hold_references(html: str) -> str:
    """Return HTML whose footnote numbers never begin a line, as they could after a full stop."""
    return html.replace('<sup class="footnote-ref"', '\u2060<sup class="footnote-ref"')


def print_addresses(html: str) -> str:
    """Return HTML in which links inside footnotes are followed by their address, in brackets.

    Links elsewhere stay as they are, and so do links whose text is the address.
    """
    return _FOOTNOTES.sub(lambda section: _LINK.sub(_spelled, section.group()), html)


def _in_texts(html: str, change: Callable[[str], str]) -> str:
    parts: list[str] = []
    verbatim, position = 0, 0
    for tag in _TAG.finditer(html):
        text = html[position : tag.start()]
        parts += (text if verbatim else change(text), tag.group())
        if (tag["name"] or "").lower() in _VERBATIM:
            verbatim = max(0, verbatim + (-1 if tag.group().startswith("</") else 1))
        position = tag.end()
    return "".join((*parts, change(html[position:])))


def _isolated(match: re.Match[str]) -> str:
    run = match.group()
    digits = sum(char.isdigit() for char in run)
    if match["years"] or (match["phone"] and (digits < _LEAST_DIGITS or run.isdigit())):
        return run
    return f"\u2066{run}\u2069"


def _spelled(link: re.Match[str]) -> str:
    address, text = link[1], link[2]
    shown = re.sub(r"^https?://(www\.)?|/$", "", address)
    if shown in text:
        return link.group()
    return f'{link.group()} <span class="address" dir="ltr">({shown})</span>'
