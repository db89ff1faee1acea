"""Reference labels in translations.

A translator who meets `[the rules]` translates the words and so, without knowing, the label that
finds the link. Such an unknown label stands for the one of the source that the translation lacks;
where there are several, their positions tell which is which.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from outreach.markup.parser import is_too_long, normalize_label

_OPAQUE = re.compile(r"\\.|(`+)(?!`).*?(?<!`)\1(?!`)|`+|<[^<>\s][^<>]*>", re.DOTALL)

_DESTINATION = re.compile(
    r"\(\s*+(?:<[^<>\n]*>|(?!<)[^\s()]*+(?:\([^\s()]*\)[^\s()]*+)*+)"
    r"(?:\s++(?:\"[^\"]*\"|'[^']*'|\([^()]*\)))?+\s*+\)"
)
"""What makes brackets before it an inline link: an address and perhaps a title."""
_MAX_LABEL = 999
"""Characters of a label, as CommonMark has it."""


@dataclass(frozen=True, slots=True)
class Repaired:
    """A translation whose labels find their targets again."""

    text: str
    taken: tuple[tuple[str, str], ...] = ()
    """The unknown labels, as the translator wrote them, and what each was taken for."""


def repair(
    msgid: str, msgstr: str, references: Mapping[str, Any], footnotes: frozenset[str]
) -> Repaired:
    """Put known labels in the place of the unknown ones of a translation."""
    known = references or footnotes
    if "[" not in msgstr or "[" not in msgid or not known or is_too_long(msgstr):
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
    return Repaired(text, tuple((theirs.written, mine.written) for mine, theirs in pairs))


@dataclass(frozen=True, slots=True)
class _Label:
    """What finds the target of one link, image or footnote mark."""

    begin: int
    stop: int
    """Where it is written."""
    start: int
    end: int
    """Where the label of the source would go; for a shortcut, behind the brackets."""
    is_note: bool = False
    is_shortcut: bool = False
    written: str = ""

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
            label = _Label(start, end, start, end, is_note=True)
        elif follows is not None and not text.startswith("^", end + 2):
            behind.add(end + 2)
            inner = (end + 2, follows) if follows > end + 2 else (start, end)
            label = _Label(*inner, end + 2, follows)
        elif not _DESTINATION.match(text, end + 1):
            label = _Label(start, end, end + 1, end + 1, is_shortcut=True)
        else:
            continue
        if label.stop - label.begin <= _MAX_LABEL:
            yield replace(label, written=text[label.begin : label.stop])


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
    present = Counter(label.key for label in target if known(label))
    lacking: list[_Label] = []
    for label in filter(known, source):
        if present[label.key]:
            present[label.key] -= 1
        else:
            lacking.append(label)
    unknown = [label for label in target if not known(label)]
    if len(unknown) != len(lacking) and len(source) == len(target):
        # Brackets that are no labels stand at the same places in both.
        places = {label.start for label in lacking}
        beside = zip(source, target, strict=True)
        unknown = [theirs for mine, theirs in beside if mine.start in places and not known(theirs)]
    elif len(unknown) != len(lacking):
        unknown = [label for label in unknown if not label.is_shortcut]
    return list(zip(lacking, unknown, strict=True)) if len(lacking) == len(unknown) else []
