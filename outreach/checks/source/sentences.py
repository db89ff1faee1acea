"""Sentences and words of English prose, and the rule on sentences that are too long."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from outreach.checks.source.texts import SourceGuide, finding
from outreach.markup.prose import BREAK, GAP
from outreach.markup.shape import CODE
from outreach.model import Problem, first_words

LONG = "long-sentence"

_WORD = re.compile(rf"[^\W_]+(?:['’.,\-‐‑][^\W_]+)*|{CODE}+")
_UNITS = re.compile(f"[^{BREAK}{GAP}]+[{BREAK}{GAP}]?|[{BREAK}{GAP}]")
_END = re.compile(r"(?<![.!?…])(?P<mark>[.!?…]++)[\"'”’»)\]]*+(?=\s)")
_CODE = re.compile(f"{CODE}+")
_WHOLE = re.compile(r"[.!?…:][\"'”’»)\]]*\Z")
_NEXT = re.compile(r"[\s\"'“‘«(\[]*(?P<word>[\w’']+)")
_BEFORE = re.compile(r"(?P<word>[^\W\d_][\w.]*)$")
_NEVER = frozenset(
    (
        *("dr", "mr", "mrs", "ms", "mx", "prof", "st", "rev", "hon", "gov", "sen", "rep", "gen"),
        *("lt", "sgt", "capt", "vs", "v", "cf", "e.g", "eg", "i.e", "ie", "approx", "ca", "esp"),
        *("incl", "viz", "al"),
    )
)
"""Abbreviations that stand before the words they belong to, so that no sentence ends there."""
_BEFORE_NUMBER = frozenset(
    (
        *("no", "nos", "fig", "figs", "vol", "sec", "art", "ch", "p", "pp", "par", "tel", "ext"),
        *("jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec"),
    )
)
"""Abbreviations after which a number goes on with the sentence."""
_BEGINNERS = frozenset(
    (
        *("a", "after", "all", "also", "an", "and", "another", "any", "are", "as", "ask", "at"),
        *("be", "because", "before", "but", "by", "call", "can", "do", "does", "each", "every"),
        *("for", "from", "get", "give", "go", "have", "he", "her", "here", "his", "how", "i", "if"),
        *("in", "is", "it", "its", "keep", "let", "many", "most", "no", "not", "on", "one", "our"),
        *("read", "see", "she", "so", "some", "take", "talk", "tell", "that", "the", "their"),
        *("then", "there", "these", "they", "this", "those", "to", "under", "use", "we", "what"),
        *("when", "where", "which", "while", "who", "why", "with", "you", "your"),
    )
)
"""Words that begin a sentence after `U.S.` or `p.m.`, where a name would go on with it."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a text, or what stands between two breaks without an end mark."""

    text: str
    """On one line."""
    words: tuple[str, ...]
    """As written; an address or a piece of code is one word, of `CODE` alone."""
    place: int
    """Where in its text it begins."""

    @property
    def is_whole(self) -> bool:
        """Whether it ends with a mark; an item of a list without one is a fragment."""
        return _WHOLE.search(self.text) is not None


def sentences(text: str) -> Iterator[Sentence]:
    """Yield the sentences of a text of `Prose`.

    A sentence ends with a mark, at a hard line break and at the end of the text. Where it is not
    certain, as after `U.S.`, a name goes on with the sentence and a common word begins another.
    """
    place = 0
    for unit in _UNITS.findall(text):
        for piece in _pieces(unit):
            words = tuple(words_of(piece))
            if words:
                shown = " ".join(_CODE.sub("…", piece).split())
                begin = place + len(piece) - len(piece.lstrip())
                yield Sentence(shown, words, begin)
            place += len(piece)


def words_of(text: str) -> list[str]:
    """The words of a text; an address is one, and so is a piece of code."""
    return _WORD.findall(text)


def long_sentence(guide: SourceGuide, limit: int) -> Iterator[Problem]:
    """Warn of each sentence with more words than the limit.

    Footnotes hold sources, and are left out; so are headings and preformatted text.
    """
    for text in guide.texts:
        if not text.is_prose or text.silences(LONG):
            continue
        for sentence in sentences(text.prose):
            if len(sentence.words) > limit:
                yield finding(text, LONG, _too_long(sentence, limit), sentence.place)


def _too_long(sentence: Sentence, limit: int) -> str:
    return (
        f"a sentence of {len(sentence.words)} words, “{first_words(sentence.text, 60)}”; write at "
        f"most {limit}: make two sentences of it, or a list"
    )


def _pieces(unit: str) -> Iterator[str]:
    """The unit cut at the ends of its sentences; joined again it is the same."""
    start = 0
    for end in _END.finditer(unit):
        if _ends(unit, end):
            yield unit[start : end.end()]
            start = end.end()
    yield unit[start:]


def _ends(unit: str, end: re.Match[str]) -> bool:
    """Whether a mark ends a sentence, by the words around it."""
    following = _NEXT.match(unit, end.end())
    after = following["word"] if following else ""
    if after[:1].islower():
        return False
    before = _BEFORE.search(unit, max(0, end.start() - 20), end.start())
    word = before["word"].lower() if before and end["mark"] == "." else ""
    if word in _NEVER or (word in _BEFORE_NUMBER and after[:1].isdigit()):
        return False
    if "." in word or len(word) == 1:  # `U.S.`, `p.m.`, and the `J.` of a name
        return after.lower() in _BEGINNERS
    return True
