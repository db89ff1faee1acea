"""Which old text a new text was made from. The only module that knows rapidfuzz.

Two texts are alike as far as they share characters in order, and words by how much each tells: a
word that stands in few texts tells much, `the` and `your` little. Only texts that share their
rarest words are compared at all, so thousands of texts take moments.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from heapq import nsmallest
from itertools import pairwise
from math import log

from rapidfuzz import fuzz, process
from rapidfuzz.distance import Indel

# The figures below were chosen on the histories of several projects of documentation, in which it
# is known from commit to commit which paragraph became which, and on their catalogs, in which the
# final translation tells which old one was of use: those that find about as many right texts as
# msgmerge by both measures, with far fewer wrong ones. DESIGN.md has the counts.
LEAST = 0.55
"""Texts less alike than this are no match."""
RATIO = 0.65
"""How much the characters count; the rest is for the words."""
KEPT = 0.025
"""What counts against a text that is still in use, of which the new one may be a copy."""
FEW = 0.1
"""What counts against texts without a common word; half of it with one, a third with two …"""
MENDED = 0.15
"""What counts against texts of which we look at the characters alone, such as mended typos."""
CELL = 8
"""Characters below which one letter makes another word, and no word may differ: `never`, `ever`."""
NEAR = 0.56
"""How much of its characters a text shares with one that is a candidate for these alone."""
SURE = 0.8
"""With a text so much alike by its words, none is looked for by its characters."""
CHOICES = 6
LOOKED_AT = 500
"""How many old texts a new one may find by its words."""
PAIRS = 40_000_000
"""How many texts are compared by their characters in all. It is reached where thousands of texts
meet thousands; then a new text meets those of its own length, and 500 at least."""

LONG = 2000
"""Characters from which texts are compared word by word, to take moments."""

_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\U00020000-\U0003ffff"
_WORD = re.compile(rf"[{_UNSPACED}]+|[^\W{_UNSPACED}]+")
_RUN = re.compile(f"[{_UNSPACED}]")
"""Begins a run of a script that writes no spaces between words."""


def closest(new: Sequence[str], old: Sequence[str], kept: Sequence[str] = ()) -> dict[int, int]:
    """Return for indexes of new texts the index of the text each was most likely made from.

    An old text may be given to several new ones, as when a paragraph is split. The `kept` texts are
    those still in use, and count for a little less; their indexes follow those of `old`. The order
    of the texts does not matter.
    """
    index: dict[str, int] = {}
    for number, text in enumerate((*old, *kept)):
        index.setdefault(text, number)
    choices = _Choices(index, new)
    in_use = [index[text] >= len(old) for text in choices.texts]
    found: dict[int, int] = {}
    for number, text in enumerate(new):
        likely = ((alike - KEPT * in_use[place], -place) for alike, place in choices.best(text))
        alike, place = max(likely, default=(0.0, 0))
        if alike >= LEAST:
            found[number] = index[choices.texts[-place]]
    return found


class _Choices:
    """The old texts by their words, in the order of their lengths."""

    def __init__(self, old: Iterable[str], new: Sequence[str]) -> None:
        self.texts = sorted(old, key=lambda text: (len(text), text))
        self.lengths = [len(text) for text in self.texts]
        self.words = [_words(text) for text in self.texts]
        self.places: dict[str, list[int]] = defaultdict(list)
        for place, words in enumerate(self.words):
            for word in words:
                self.places[word].append(place)
        self.tells = _tells([*self.words, *map(_words, set(new))])
        self.sums = [self._sum(words) for words in self.words]
        self.most = max(LOOKED_AT, PAIRS // max(1, len(new)))

    def best(self, text: str) -> list[tuple[float, int]]:
        """Return how alike (0 to 1) the likeliest old texts are, and their places."""
        words = _words(text)
        mine = self._sum(words)

        def alike(place: int) -> tuple[float, int]:
            common = words & self.words[place]
            share = 2 * self._sum(common) / (mine + self.sums[place]) if common else 0.0
            return _alike(text, self.texts[place], share, len(common)), place

        found = [alike(place) for place in self._by_words(text, words, mine)]
        if not found or max(found)[0] < SURE:
            found += [alike(place) for place in self._by_characters(text)]
        return found

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
        """Return the place of the text of about the same length that shares most characters."""
        size = len(text)
        if not CELL <= size <= LONG:
            return []
        start = bisect_left(self.lengths, size * NEAR / (2 - NEAR))
        end = bisect_right(self.lengths, size * (2 - NEAR) / NEAR)
        if end - start > self.most:
            middle = bisect_left(self.lengths, size)
            start = max(start, min(middle - self.most // 2, end - self.most))
            end = start + self.most
        texts = self.texts[start:end]
        near = process.extractOne(text, texts, scorer=fuzz.ratio, score_cutoff=100 * NEAR)
        return [start + near[2]] if near else []


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
    if min(len(new), len(old)) < CELL:
        return share - against if share == 1 else 0.0
    least = min((LEAST + against - (1 - RATIO) * share) / RATIO, LEAST + against + MENDED)
    if least > 1:
        return 0.0
    long = len(new) + len(old) > 2 * LONG
    parts = (new.split(), old.split()) if long else (new, old)
    ratio = fuzz.ratio(*parts, score_cutoff=max(0.0, 100 * least)) / 100
    return max(RATIO * ratio + (1 - RATIO) * share, ratio - MENDED) - against


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
