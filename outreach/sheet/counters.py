"""How lists, pages and footnotes are numbered in a language's own digits."""

from __future__ import annotations

import re
from collections.abc import Iterable

from outreach.model import Language

_ZEROS = {
    "arab": "٠",
    "arabext": "۰",
    "beng": "০",
    "deva": "०",
    "gujr": "૦",
    "guru": "੦",
    "khmr": "០",
    "laoo": "໐",
    "mymr": "၀",
    "tamldec": "௦",
    "telu": "౦",
    "thai": "๐",
}
"""The first of the ten digits of CLDR's numbering systems; others count in European digits."""
_DOTTED = frozenset(("arab", "arabext"))
"""Digits whose zero is a dot: `١.` would be read as 10, so Arabic and Persian lists have `١-`."""
_REFERENCE = re.compile(r'(<sup class="footnote-ref"><a\b[^>]*>)([^<]*)')


def counter_style(language: Language) -> str:
    """Return the name of the style of CSS that counts pages, list items and footnotes."""
    return f"own-{language.digits}" if language.digits in _ZEROS else "decimal"


def counter_rules(languages: Iterable[Language]) -> list[str]:
    """Return the rules that define the counter styles of these languages."""
    systems = dict.fromkeys(one.digits for one in languages if one.digits in _ZEROS)
    return [_rule(system) for system in systems]


def own_digits(text: str, language: Language) -> str:
    """Return a text with its European digits written as the language's own."""
    zero = ord(_ZEROS.get(language.digits, "0"))
    return text.translate({ord("0") + digit: zero + digit for digit in range(10)})


def number_references(html: str, language: Language) -> str:
    """Return HTML whose footnote numbers are written as those of the list of footnotes are."""
    if language.digits not in _ZEROS:
        return html
    return _REFERENCE.sub(lambda mark: mark[1] + own_digits(mark[2], language), html)


def _rule(system: str) -> str:
    digits = " ".join(f'"{chr(ord(_ZEROS[system]) + digit)}"' for digit in range(10))
    suffix = "- " if system in _DOTTED else ". "
    return (
        f'@counter-style own-{system} {{ system: numeric; symbols: {digits}; suffix: "{suffix}" }}'
    )
