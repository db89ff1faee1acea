"""Which old text a new text was made from. The only module that knows rapidfuzz.

Two texts are alike as far as they share characters in order, and words by how much each tells: a
word that stands in few texts tells much, `the` and `your` little. Only texts that share their
rarest words are compared at all, so thousands of texts take moments.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from heapq import nsmallest
from itertools import pairwise
from math import log
from typing import NamedTuple

from rapidfuzz import fuzz, process
from rapidfuzz.distance import Indel

# The figures below were measured on the histories of six projects of documentation, as those that
# find the most right pairs before wrong ones become more than right ones; see tests/bench_match.py.
LEAST = 0.5
"""Texts less alike than this are no match."""
AGAIN = 0.1
"""What counts against a text that was given already, such as a paragraph that was split."""
KEPT = 0.2
"""What counts against a text that is still in use, of which the new one may be a copy."""
FEW = 0.15
"""What counts against texts without a common word; half of it with one, a third with two …"""
MENDED = 0.25
"""What counts against texts of which we look at the characters alone, such as mended typos."""
CELL = 8
"""Characters below which one letter makes another word, and no word may differ: `never`, `ever`."""
SHORT = 40
"""Characters below which a text may have no word left after a typo was mended."""
CHOICES = 6
LOOKED_AT = 500
"""How many old texts a new one may find by its words."""

LONG = 2000
"""Characters from which texts are compared word by word, to take moments."""

_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\U00020000-\U0003ffff"
_WORD = re.compile(rf"[{_UNSPACED}]+|[^\W{_UNSPACED}]+")
_RUN = re.compile(f"[{_UNSPACED}]")
"""Begins a run of a script that writes no spaces between words."""


class _Pair(NamedTuple):
    """A new text and an old one, so that the best pair sorts first, whatever the order was."""

    unlike: float
    text: str
    place: int
    """The old text's place among all of them in the order of length."""
    new: int
    again: bool
    """Whether the old text may be given a second time, or is still in use."""


def closest(new: Sequence[str], old: Sequence[str], kept: Sequence[str] = ()) -> dict[int, int]:
    """Return for indexes of new texts the index of the text each was most likely made from.

    The closest pairs are taken first. An old text is given once, and again only to a text that is
    very much like it. The `kept` texts are those still in use: they serve where nothing in `old`
    does, and their indexes follow those of `old`. The order of the texts does not matter.
    """
    index: dict[str, int] = {}
    for number, text in enumerate((*old, *kept)):
        index.setdefault(text, number)
    choices = _Choices(index, new)
    indexes = [index[text] for text in choices.texts]
    found: dict[int, int] = {}
    given: set[int] = set()
    for pair in sorted(_pairs(new, choices, [number < len(old) for number in indexes])):
        if pair.new not in found and (pair.again or pair.place not in given):
            found[pair.new] = indexes[pair.place]
            given.add(pair.place)
    return found


def _pairs(new: Sequence[str], choices: _Choices, free: Sequence[bool]) -> Iterator[_Pair]:
    """Yield what may be given to each new text; `free` tells which places are not in use."""
    for number, text in enumerate(new):
        for alike, place in choices.best(text):
            if free[place]:
                yield _Pair(-alike, text, place, number, again=False)
            against = AGAIN if free[place] else KEPT
            if alike - against >= LEAST:
                yield _Pair(against - alike, text, place, number, again=True)


class _Choices:
    """The old texts by their words, in the order of their lengths."""

    def __init__(self, old: Iterable[str], new: Iterable[str]) -> None:
        self.texts = sorted(old, key=lambda text: (len(text), text))
        self.lengths = [len(text) for text in self.texts]
        self.words = [_words(text) for text in self.texts]
        self.places: dict[str, list[int]] = defaultdict(list)
        for place, words in enumerate(self.words):
            for word in words:
                self.places[word].append(place)
        self.tells = _tells([*self.words, *map(_words, set(new))])
        self.sums = [self._sum(words) for words in self.words]
        self.short = self.texts[: bisect_left(self.lengths, SHORT)]

    def best(self, text: str) -> Iterator[tuple[float, int]]:
        """Yield how alike (0 to 1) the likeliest old texts are, and their places."""
        words = _words(text)
        mine = self._sum(words)
        for place in sorted({*self._by_words(text, words, mine), *self._by_characters(text)}):
            common = words & self.words[place]
            share = 2 * self._sum(common) / (mine + self.sums[place]) if common else 0.0
            alike = _alike(text, self.texts[place], share, len(common))
            if alike >= LEAST:
                yield alike, place

    def _sum(self, words: Iterable[str]) -> float:
        # Sorted, because sums of the same numbers in another order are not always the same.
        return sum(sorted(map(self.tells.__getitem__, words)))

    def _by_words(self, text: str, words: frozenset[str], mine: float) -> list[int]:
        """Return the places of the texts that share most with this one, by its rarest words."""
        shared: dict[int, float] = defaultdict(float)
        left = LOOKED_AT
        known = (word for word in words if word in self.places)
        for word in sorted(known, key=lambda word: (len(self.places[word]), word)):
            places = self.places[word]
            if len(places) > left:
                if shared:
                    break
                # Every word is in thousands of texts: those of about the same length must do.
                middle = bisect_left(places, bisect_left(self.lengths, len(text)))
                places = places[max(0, middle - left // 2) : middle + left // 2]
            left -= len(places)
            tells = self.tells[word]
            for place in places:
                shared[place] += tells
        sums = self.sums
        order = ((-share / (mine + sums[place]), place) for place, share in shared.items())
        return [place for _, place in nsmallest(CHOICES, order)]

    def _by_characters(self, text: str) -> list[int]:
        """Return the places of short texts that differ by a letter or two."""
        if not CELL <= len(text) < SHORT:
            return []
        near = process.extract(text, self.short, scorer=fuzz.ratio, score_cutoff=80, limit=CHOICES)
        return [place for _, _, place in near]


def _words(text: str) -> frozenset[str]:
    """Return the words of a text; pairs of characters where a script has no spaces."""
    words = _WORD.findall(text.lower())
    if text.isascii():
        return frozenset(words)
    return frozenset(part for word in words for part in _parts(word))


def _parts(word: str) -> Iterable[str]:
    if len(word) > 1 and _RUN.match(word):
        return map("".join, pairwise(word))
    return (word,)


def _tells(bags: Sequence[frozenset[str]]) -> Mapping[str, float]:
    """Return how much each word tells, by the number of texts it is in."""
    count: dict[str, int] = defaultdict(int)
    for words in bags:
        for word in words:
            count[word] += 1
    return {word: log(1 + len(bags) / number) for word, number in count.items()}


def _alike(new: str, old: str, share: float, common: int) -> float:
    """Return how alike two texts are, from the share of their words and their characters."""
    against = FEW / (1 + common)
    cell = min(len(new), len(old)) < CELL
    least = 2 * (LEAST + against) - share
    if not cell:
        least = min(least, LEAST + against + MENDED)
    if least > 1 or (cell and share < 1):
        return 0.0
    long = len(new) + len(old) > 2 * LONG
    parts = (new.split(), old.split()) if long else (new, old)
    ratio = fuzz.ratio(*parts, score_cutoff=100 * least) / 100
    return max((ratio + share) / 2, ratio - MENDED) - against


def similarity(old: str, new: str) -> float:
    """Return how similar two texts are, from 0 to 1: twice what they share by both lengths."""
    return fuzz.ratio(old, new) / 100


def edits(old: Sequence[str], new: Sequence[str]) -> list[tuple[bool, int, int, int, int]]:
    """Return the runs of items that lead from old to new, in order.

    Each says whether it differs, and its start and end in the old and in the new items.
    """
    steps = Indel.opcodes(old, new)
    return [
        (step.tag != "equal", step.src_start, step.src_end, step.dest_start, step.dest_end)
        for step in steps
    ]
