"""Edited texts of which we know what each was made from: a written set, and made ones."""

from __future__ import annotations

import random
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WRITTEN = Path(__file__).parent / "data" / "match" / "edits.toml"


@dataclass(frozen=True, slots=True)
class Edits:
    """The texts of a template before and after."""

    old: tuple[str, ...]
    new: tuple[str, ...]
    right: Mapping[str, str]
    """For new texts the old one that each was made from; the others were written anew."""
    kinds: Mapping[str, str] = field(default_factory=dict)
    """What was done to each new text."""


def written_edits() -> Edits:
    """The edits that people wrote, by kind."""
    old: dict[str, None] = {}
    right: dict[str, str] = {}
    kinds: dict[str, str] = {}
    for kind, table in tomllib.loads(WRITTEN.read_text("utf-8")).items():
        for before, after in table.get("pairs", ()):
            old[before] = None
            right[after] = before
            kinds[after] = kind
        old |= dict.fromkeys(table.get("old", ()))
        kinds |= dict.fromkeys(table.get("new", ()), kind)
    return Edits(tuple(old), tuple(kinds), right, kinds)


def made_edits(kept: int, edited: int, gone: int, fresh: int) -> Edits:
    """Paragraphs of words from our guides, as often as there: so many of each, always the same."""
    chance = random.Random(1)  # noqa: S311  no secrets
    words = [
        word
        for path in sorted((ROOT / "content" / "en").glob("*.md"))
        for word in re.findall(r"[a-z]{2,}", path.read_text("utf-8"))
    ]
    count = kept + edited + gone + fresh
    texts: dict[str, None] = {}
    while len(texts) < count:
        texts[_paragraph(chance, words)] = None
    order = list(texts)
    old, made = order[: kept + edited + gone], order[kept + edited + gone :]
    right: dict[str, str] = {}
    for text in old[kept : kept + edited]:
        after = _edited(chance, text, words)
        if after not in texts:
            right[after] = text
    new = [*old[:kept], *right, *made]
    chance.shuffle(new)
    return Edits(tuple(old), tuple(new), right)


def score(edits: Edits, found: Mapping[str, str]) -> tuple[int, int]:
    """How many matches are right and how many are wrong, both as new text -> old text."""
    right = sum(edits.right.get(new) == old for new, old in found.items())
    return right, len(found) - right


def _paragraph(chance: random.Random, words: Sequence[str]) -> str:
    length = min(chance.randint(4, 60), chance.randint(6, 60))
    return " ".join(chance.choices(words, k=length)).capitalize() + "."


def _edited(chance: random.Random, text: str, words: Sequence[str]) -> str:
    """Return the text with one word in ten other, gone or new, and at least one."""
    parts = text.split()
    for _ in range(1 + len(parts) // 10):
        at = chance.randrange(1, len(parts))
        change = chance.choice([[], [parts[at], chance.choice(words)], [chance.choice(words)]])
        parts[at : at + 1] = change if len(parts) > 4 else [chance.choice(words)]
    return " ".join(parts)
