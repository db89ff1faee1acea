"""What print needs beyond fonts: footnote numbers that hold to their words, printed addresses."""

from __future__ import annotations

import re

_FOOTNOTES = re.compile(r'<section class="footnotes">.*?</section>', re.DOTALL)
_LIST = re.compile(r'<ol\b(?![^>]*\bstyle=)(?=[^>]*\bstart="(-?[0-9]+)")')
_LINK = re.compile(r'<a\b[^>]*?\bhref="(https?://[^"]+)"[^>]*>(.*?)</a>', re.DOTALL)


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
