"""Which old text a new text was made from. The only module that knows rapidfuzz."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from rapidfuzz import fuzz, process
from rapidfuzz.distance import Indel

LEAST = 0.75
SHORT = 30
"""Texts below this length need more than the least similarity, …"""
EXTRA = 0.2
"""… the shorter the more, up to this much."""
CHOICES = 8
ROUNDS = 3


def closest(new: Sequence[str], old: Sequence[str]) -> dict[int, int]:
    """Return for indexes of new texts the index of the old one each was most likely made from.

    The closest pairs are taken first, and an old text is given once. A text that is given nothing
    because others took all its best choices is tried again with what is left, a few times only,
    so that even a catalog of thousands of near-equal texts takes no more than moments.
    """
    found: dict[int, int] = {}
    waiting = list(range(len(new)))
    choices = _Choices(old)
    for _ in range(ROUNDS):
        pairs = sorted(
            (100 - score, index, old_index)
            for index in waiting
            for score, old_index in choices.best(new[index])
        )
        for _, index, old_index in pairs:
            if index not in found and choices.take(old_index):
                found[index] = old_index
        waiting = sorted({index for _, index, _ in pairs if index not in found})
    return found


def least_similarity(length: int) -> float:
    """Return how similar, from 0 to 1, texts of this length must be to be a match."""
    return LEAST + EXTRA * max(0, SHORT - length) / SHORT


class _Choices:
    """The old texts that are not given yet, by length: only near lengths can be near texts."""

    def __init__(self, old: Sequence[str]) -> None:
        self.order = sorted(range(len(old)), key=lambda index: len(old[index]))
        self.texts: list[str | None] = [old[index] for index in self.order]
        self.lengths = [len(old[index]) for index in self.order]
        self.places = {index: place for place, index in enumerate(self.order)}

    def best(self, text: str) -> list[tuple[float, int]]:
        """Return the similarity in percent and the index of the nearest texts."""
        least = least_similarity(len(text))
        # The ratio of two texts is at most twice the shorter length by the sum of both.
        shortest = len(text) * least / (2 - least)
        start = bisect_left(self.lengths, shortest)
        end = bisect_right(self.lengths, len(text) * (2 - least) / least)
        near = process.extract(
            text,
            self.texts[start:end],
            scorer=fuzz.ratio,
            score_cutoff=100 * least,
            limit=CHOICES,
        )
        return [(score, self.order[start + place]) for _, score, place in near]

    def take(self, index: int) -> bool:
        """Return whether the text was still free, and give it away."""
        place = self.places[index]
        free = self.texts[place] is not None
        self.texts[place] = None
        return free


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
