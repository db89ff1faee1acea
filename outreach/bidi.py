"""Left-to-right runs in right-to-left text: telephone numbers and addresses keep their order.

Neither a browser nor the print engine can know that `(206) 555-0142` is one thing: in an Arabic
sentence its parts would change places. No writer or translator has to think of it.
"""

from __future__ import annotations

import re

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
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff]")


def isolate(html: str) -> str:
    """Return HTML whose telephone numbers and addresses keep their order in right-to-left text.

    They come to stand between U+2066 and U+2069, which the print engine heeds although it has no
    `unicode-bidi`. HTML without a right-to-left letter is returned as it is, and code is left
    alone: it is set from left to right as a whole.
    """
    if not _RIGHT_TO_LEFT.search(html):
        return html
    parts: list[str] = []
    verbatim, position = 0, 0
    for tag in _TAG.finditer(html):
        text = html[position : tag.start()]
        parts += (text if verbatim else _RUN.sub(_isolated, text), tag.group())
        if (tag["name"] or "").lower() in _VERBATIM:
            verbatim = max(0, verbatim + (-1 if tag.group().startswith("</") else 1))
        position = tag.end()
    return "".join((*parts, _RUN.sub(_isolated, html[position:])))


def _isolated(match: re.Match[str]) -> str:
    run = match.group()
    digits = sum(char.isdigit() for char in run)
    if match["years"] or (match["phone"] and (digits < _LEAST_DIGITS or run.isdigit())):
        return run
    return f"\u2066{run}\u2069"
