"""Which addresses may stand in a translation: what opens a page, a mail or a telephone."""

from __future__ import annotations

import re
from urllib.parse import unquote

SAFE_SCHEMES = frozenset({"http", "https", "mailto", "tel", "sms"})

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.\-]*):")
_UNSEEN = re.compile(r"[\x00-\x20\x7f-\xa0\xad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
_ACTIVE = frozenset({"javascript", "vbscript", "data", "file"})


def is_safe(url: str) -> bool:
    """Whether following an address can only open a page, write a mail or dial a number.

    An address that would be unsafe without characters that nobody sees is unsafe too: it is no
    honest one, and programs differ in what they take out.
    """
    scheme = scheme_of(url)
    return (not scheme or scheme in SAFE_SCHEMES) and not is_active(url)


def is_active(url: str) -> bool:
    """Whether following an address may run something, or show what lies on one's own machine."""
    return not _ACTIVE.isdisjoint((scheme_of(url), scheme_of(unquote(url))))


def scheme_of(url: str) -> str:
    """The scheme of an address in small letters, such as `https`; empty when it has none."""
    found = _SCHEME.match(_UNSEEN.sub("", url))
    return found.group(1).lower() if found else ""


def host_of(url: str) -> str:
    """The site that an address leads to, in small letters; empty when it names none."""
    found = re.match(r"(?:[a-z]+:)?//([^/?#]*)", url, re.IGNORECASE)
    return found.group(1).lower() if found else ""
