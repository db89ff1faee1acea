"""Reference labels in translations.

A translator who meets `[the rules]` translates the words and so, without knowing, the label that
finds the link. When a translation has as many brackets as its source, an unknown label stands for
the known one at the same position.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from outreach.markup.parser import normalize_label

_OPAQUE = re.compile(r"\\.|(`+)(?!`).*?(?<!`)\1(?!`)|<[^<>\s][^<>]*>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Repaired:
    """A translation whose labels find their targets again."""

    text: str
    aliases: Mapping[str, Any] = field(default_factory=dict)
    """Unknown labels of this text, and the definition that each stands for."""
    labels: tuple[str, ...] = ()
    """The unknown labels as the translator wrote them, for a warning."""


def repair(
    msgid: str, msgstr: str, references: Mapping[str, Any], footnotes: frozenset[str]
) -> Repaired:
    """Resolve the unknown reference and footnote labels of a translation by position."""
    if "[" not in msgstr or "[" not in msgid or not (references or footnotes):
        return Repaired(msgstr)
    source, target = list(_groups(msgid)), list(_groups(msgstr))
    if len(source) != len(target):
        source = [group for group in source if group.labels_another]
        target = [group for group in target if group.labels_another]
    if len(source) != len(target):
        return Repaired(msgstr)
    aliases: dict[str, Any] = {}
    unknown: list[str] = []
    edits: list[tuple[_Group, str]] = []
    for mine, theirs in zip(source, target, strict=True):
        if mine.text.startswith("^"):
            if mine.text[1:] in footnotes and theirs.text[1:] not in footnotes:
                edits.append((theirs, mine.text))
                unknown.append(theirs.text)
            continue
        label, known = normalize_label(theirs.text), references.get(normalize_label(mine.text))
        if known and label and label not in references:
            aliases.setdefault(label, known)
            unknown.append(theirs.text)
    return Repaired(_edited(msgstr, edits), aliases, tuple(unknown))


@dataclass(frozen=True, slots=True)
class _Group:
    start: int
    """Where the text between the brackets begins."""
    text: str
    labels_another: bool
    """Whether it stands right behind another: the second half of `[text][label]`."""


def _groups(text: str) -> Iterator[_Group]:
    """The bracketed parts of a text, in the order in which they open."""
    blank = _OPAQUE.sub(lambda match: " " * len(match.group()), text)
    stack: list[int] = []
    found: list[tuple[int, int]] = []
    for match in re.finditer(r"[\[\]]", blank):
        if match.group() == "[":
            stack.append(match.end())
        elif stack:
            found.append((stack.pop(), match.start()))
    for start, end in sorted(found):
        yield _Group(start, text[start:end], text[max(0, start - 2) : start] == "][")


def _edited(text: str, edits: list[tuple[_Group, str]]) -> str:
    for group, new in sorted(edits, key=lambda edit: -edit[0].start):
        text = text[: group.start] + new + text[group.start + len(group.text) :]
    return text
