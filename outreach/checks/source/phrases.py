"""Finding words and phrases in English prose, in the forms in which they are written there."""

from __future__ import annotations

import re

from outreach.checks.source.texts import TITLES, Text
from outreach.markup.prose import BREAK, GAP

HYPHENS = r"\-‐‑"
"""Of English, for a set in a pattern."""
_PARTS = re.compile(rf"[\s{HYPHENS}]+")
_SHORT = 2
"""Letters of words that have one form in a phrase: `a`, `of`, `to`."""
_SMALL = 3
"""Letters of words that are written small in a name: `and`, `the`."""
_CONSONANT_Y = re.compile(r"[^aeiou]y\Z", re.IGNORECASE)
_BEGIN = re.compile(rf"(?:\A|[.!?:;…–—\"“‘«(\[{BREAK}{GAP}])[\"'”’»)\]\s]*\Z")


def parts_of(phrase: str) -> list[str]:
    """The words of a phrase; a hyphen parts them as a space does."""
    return [part for part in _PARTS.split(phrase) if part]


def plural(word: str) -> str:
    """A pattern of a word and its plural and possessive."""
    if len(word) <= _SHORT or not word[-1].isalpha():
        return _literal(word)
    if _CONSONANT_Y.search(word):
        return rf"{_literal(word[:-1])}(?:y(?:['’]s)?|ies)"
    return rf"{_literal(word)}(?:(?:es|s)?['’]?|['’]s)"


def inflected(word: str) -> str:
    """A pattern of a word in its regular forms: `leverage`, `leverages`, `leveraging`."""
    if len(word) <= _SHORT or not word[-1].isalpha():
        return _literal(word)
    if word[-1] in "eE":
        return rf"{_literal(word[:-1])}(?:e(?:d|s|['’]s)?|ing)"
    if _CONSONANT_Y.search(word):
        return rf"{_literal(word[:-1])}(?:y(?:ing|['’]s)?|ie[ds])"
    last = _literal(word[-1])
    return rf"{_literal(word)}(?:e?s|['’]s|{last}?(?:ed|ing))?"


def is_name(text: Text, match: re.Match[str]) -> bool:
    """Whether words that are written small elsewhere are a name here: the program `Head Start`.

    They are, where each has a capital and none is needed.
    """
    words = [word for word in parts_of(match.group()) if len(word) > _SMALL]
    capitals = bool(words) and all(word[0].isupper() and not word.isupper() for word in words)
    if not capitals or text.kind in TITLES:
        return False
    return len(words) > 1 or not begins_sentence(text.prose, match.start())


def begins_sentence(text: str, place: int) -> bool:
    """Whether a word at a place has a capital because of the place."""
    return _BEGIN.search(text, max(0, place - 10), place) is not None or place == 0


def _literal(word: str) -> str:
    return re.escape(word).replace("'", "['’]").replace("’", "['’]")
