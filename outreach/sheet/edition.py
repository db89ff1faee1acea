"""The edition code: tells two editions of a text apart, also on the telephone."""

from __future__ import annotations

import hashlib
import html
import re
import unicodedata

from outreach.model import Page

_SIGNS = "23456789CFGHJKMPQRVWX"
"""No vowels, which make words, and few signs that are taken for others (0 and O, 1 and I)."""
_HALF = 3
_NOT_PRINTED = re.compile(r"<(head|style|script|svg)\b.*?</\1\s*>|<!--.*?-->", re.DOTALL)
_INLINE = re.compile(
    r"</?(?:a|abbr|b|bdi|cite|code|data|del|dfn|em|i|ins|kbd|mark|q|s|samp|small|span|strong|sub|sup"
    r"|time|u|var|wbr)(?:\s[^>]*)?>"
)
"""They do not part words; and where links lead nowhere on paper, there are fewer of them."""
_TAG = re.compile(r"<[^>]*>")


def edition_code(page: Page) -> str:
    """Return a code of two groups of three signs, such as `K7F-2QX`, for what a guide says.

    It is made of the language and the words of title, main message and text. So all forms of a
    sheet have the same, and so have the draft that a reviewer reads and the sheet that is handed
    out afterwards: that keeps the code that was signed, also when the words of labels change. Two
    texts share a code with a chance of 1 in 85 million.
    """
    if page.code:
        return page.code
    text = "\n".join((page.language.tag, page.title, page.summary, _words(page.html)))
    number = int.from_bytes(hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()[:16])
    signs = ""
    for _ in range(2 * _HALF):
        number, place = divmod(number, len(_SIGNS))
        signs += _SIGNS[place]
    return f"{signs[:_HALF]}-{signs[_HALF:]}"


def as_code(text: str) -> str:
    """Return the code that somebody wrote down, as it stands on paper; empty where it is none."""
    signs = re.sub(r"[\s-]", "", text).upper()
    if len(signs) != 2 * _HALF or not set(signs) <= set(_SIGNS):
        return ""
    return f"{signs[:_HALF]}-{signs[_HALF:]}"


def _words(body: str) -> str:
    text = html.unescape(_TAG.sub(" ", _INLINE.sub("", _NOT_PRINTED.sub(" ", body))))
    # A text has few different characters, and seldom one that is not seen.
    unseen = dict.fromkeys(ord(c) for c in set(text) if unicodedata.category(c) == "Cf")
    return " ".join(text.translate(unseen).split() if unseen else text.split())
