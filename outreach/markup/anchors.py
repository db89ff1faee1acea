"""Heading anchors, made as GitHub makes them, from the source text: the same in every language."""

from __future__ import annotations

import re

_TAKEN = re.compile(r"guide|fn(ref)?\d.*|outreach-.*")
"""Ids that pages and footnotes use."""


class Anchors:
    """Hands out anchors that are unique within a guide."""

    def __init__(self) -> None:
        self._used: set[str] = set()

    def take(self, text: str) -> str:
        """An anchor for a heading's plain text; `-1`, `-2` … is added when it is in use."""
        base = re.sub(r"[^\w\- ]", "", text.strip().lower()).replace(" ", "-") or "section"
        anchor, number = base, 0
        while anchor in self._used or _TAKEN.fullmatch(anchor):
            number += 1
            anchor = f"{base}-{number}"
        self._used.add(anchor)
        return anchor
