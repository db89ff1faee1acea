"""Heading anchors, made as GitHub makes them, from the source text: the same in every language."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

_TAKEN = re.compile(r"guide|fn(ref)?\d.*|outreach-.*")
"""Ids that pages and footnotes use."""


class Anchors:
    """Hands out anchors that are unique within a guide."""

    def __init__(self) -> None:
        self._used: set[str] = set()
        self._numbers: Counter[str] = Counter()

    def take(self, text: str) -> str:
        """An anchor for a heading's plain text; `-1`, `-2` … is added when it is in use."""
        base = re.sub(r"[^\w\- ]", _mark, text.strip().lower()).replace(" ", "-") or "section"
        if _TAKEN.fullmatch(base):
            base = f"section-{base}"
        anchor = base
        while anchor in self._used:
            self._numbers[base] += 1
            anchor = f"{base}-{self._numbers[base]}"
        self._used.add(anchor)
        return anchor


def _mark(match: re.Match[str]) -> str:
    """A vowel sign or accent stays, as in `हिन्दी`; everything else that is no letter goes."""
    return match.group() if unicodedata.category(match.group()).startswith("M") else ""
