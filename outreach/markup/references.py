"""Reference labels in translations.

A translator who meets `[the rules]` translates the words and so, without knowing, the label that
finds the link. Such an unknown label stands for the one of the source that the translation lacks;
where there are several, their positions tell which is which.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from outreach.markup.parser import normalize_label

_OPAQUE = re.compile(r"\\.|(`+)(?!`).*?(?<!`)\1(?!`)|`+|<[^<>\s][^<>]*>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Repaired:
    """A translation whose labels find their targets again."""

    text: str
    labels: tuple[str, ...] = ()
    """The unknown labels as the translator wrote them, for a warning."""


def repair(
    msgid: str, msgstr: str, references: Mapping[str, Any], footnotes: frozenset[str]
) -> Repaired:
    """Put known labels in the place of the unknown ones of a translation."""
    if "[" not in msgstr or "[" not in msgid or not (references or footnotes):
        return Repaired(msgstr)
    source, target = list(_labels(msgid)), list(_labels(msgstr))
    pairs = [
        *_pairs(source, target, note=False, known=lambda label: label.key in references),
        *_pairs(source, target, note=True, known=lambda label: label.written[1:] in footnotes),
    ]
    text = msgstr
    for mine, theirs in sorted(pairs, key=lambda pair: -pair[1].start):
        new = f"[{mine.written}]" if theirs.is_shortcut else mine.written
        text = text[: theirs.start] + new + text[theirs.end :]
    return Repaired(text, tuple(theirs.written for _, theirs in pairs))


@dataclass(frozen=True, slots=True)
class _Label:
    """What finds the target of one link, image or footnote mark."""

    written: str
    start: int
    """Where the label of the source would go; for a shortcut, behind the brackets."""
    end: int
    is_note: bool = False
    is_shortcut: bool = False

    @property
    def key(self) -> str:
        return normalize_label(self.written)


def _labels(text: str) -> Iterator[_Label]:
    """The labels in a text, in the order in which their brackets open; literal brackets too."""
    blank = _OPAQUE.sub(lambda match: " " * len(match.group()), text)
    ends = dict(sorted(_groups(blank)))
    behind: set[int] = set()
    for start, end in ends.items():
        is_inline_note = blank[max(0, start - 2) : start] == "^["
        if start in behind or is_inline_note:
            continue
        follows = ends.get(end + 2) if blank[end + 1 : end + 2] == "[" else None
        if text.startswith("^", start):
            yield _Label(text[start:end], start, end, is_note=True)
        elif follows is not None and not text.startswith("^", end + 2):
            behind.add(end + 2)
            yield _Label(text[end + 2 : follows] or text[start:end], end + 2, follows)
        elif blank[end + 1 : end + 2] != "(":
            yield _Label(text[start:end], end + 1, end + 1, is_shortcut=True)


def _groups(blank: str) -> Iterator[tuple[int, int]]:
    """Start and end of what stands in each pair of brackets."""
    stack: list[int] = []
    for match in re.finditer(r"[\[\]]", blank):
        if match.group() == "[":
            stack.append(match.end())
        elif stack:
            yield stack.pop(), match.start()


def _pairs(
    source: Sequence[_Label],
    target: Sequence[_Label],
    *,
    note: bool,
    known: Callable[[_Label], bool],
) -> list[tuple[_Label, _Label]]:
    """The labels of the source that the translation lacks, each with the one that stands for it."""
    source = [label for label in source if label.is_note == note]
    target = [label for label in target if label.is_note == note]
    lacking = [label for label in source if known(label)]
    unknown = [label for label in target if not known(label)]
    for label in target:
        same = [item for item in lacking if item.key == label.key]
        if same and label not in unknown:
            lacking.remove(same[0])
    if len(unknown) != len(lacking) and len(source) == len(target):
        # Brackets that are no labels stand at the same places in both.
        beside = [theirs for mine, theirs in zip(source, target, strict=True) if mine in lacking]
        unknown = [label for label in beside if label in unknown]
    elif len(unknown) != len(lacking):
        unknown = [label for label in unknown if not label.is_shortcut]
    return list(zip(lacking, unknown, strict=True)) if len(lacking) == len(unknown) else []
