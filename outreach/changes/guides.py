"""What changed in the guides themselves. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from outreach.catalog.match import closest
from outreach.changes.records import SourceChange
from outreach.model import Location, Segment
from outreach.project import LINKS, Source

SAME = 0.5
"""The share of texts that a guide has in common with one that is gone, to be that guide renamed."""

Guides = Mapping[str, Source]
"""Guides by name."""


def renamed(before: Guides, now: Guides) -> dict[str, str]:
    """The former names of guides that have a new one, by the new name."""
    gone = {name: _msgids(before[name]) for name in before if name not in now}
    found: dict[str, str] = {}
    for name in now:
        texts = _msgids(now[name])
        shares = ((_share(texts, gone[old]), old) for old in gone if name not in before)
        share, old = max(shares, default=(0.0, ""))
        if share >= SAME:
            found[name] = old
            del gone[old]
    return found


def compare_guides(
    before: Guides, now: Guides, names: Mapping[str, str], previous: Mapping[str, str]
) -> Iterator[SourceChange]:
    """What changed in each guide, in the order of the guides.

    `names` are the former names of guides; `previous` tells for msgids which one came before, as
    catalogs record it.
    """
    for name in sorted(now.keys() | (before.keys() - set(names.values()))):
        old, new = before.get(names.get(name, name)), now.get(name)
        yield from _compare(name, old, new, previous)


def pairs(changes: Iterable[SourceChange]) -> dict[str, str]:
    """The former text of each text that was edited."""
    return {change.now: change.before for change in changes if change.kind == "edited"}


def pair(new: Sequence[str], old: Sequence[str], previous: Mapping[str, str]) -> dict[str, str]:
    """For new texts the old text each was made from: as recorded, else the nearest one."""
    known = set(old)
    recorded = {text: previous[text] for text in new if previous.get(text) in known}
    left = [text for text in new if text not in recorded]
    taken = set(recorded.values())
    free = [text for text in old if text not in taken]
    return recorded | {left[i]: free[j] for i, j in closest(left, free).items()}


def _compare(
    name: str, old: Source | None, new: Source | None, previous: Mapping[str, str]
) -> Iterator[SourceChange]:
    path = new.guide.path if new else old.guide.path if old else ""
    if old and new and old.guide.path != new.guide.path:
        yield SourceChange("renamed", name, Location(path), old.guide.path, new.guide.path)
    found = [
        replace(change, guide=name, location=replace(change.location, path=path))
        for domain in ("", LINKS)
        for change in _texts(_segments(old, domain), _segments(new, domain), previous)
    ]
    yield from sorted(found, key=lambda change: change.location.line or float("inf"))
    if not found and old and new and not _same_text(old, new):
        yield SourceChange("other", name, Location(path))


def _texts(
    old: Mapping[str, Segment], new: Mapping[str, Segment], previous: Mapping[str, str]
) -> Iterator[SourceChange]:
    added = [msgid for msgid in new if msgid not in old]
    gone = [msgid for msgid in old if msgid not in new]
    edited = pair(added, gone, previous)
    for msgid in added:
        place = new[msgid].location
        if msgid in edited:
            yield SourceChange("edited", "", place, edited[msgid], msgid)
        else:
            yield SourceChange("new", "", place, "", msgid)
    kept = set(edited.values())
    for msgid in gone:
        if msgid not in kept:
            yield SourceChange("removed", "", Location(""), msgid)


def _segments(source: Source | None, domain: str) -> dict[str, Segment]:
    found: dict[str, Segment] = {}
    for segment in source.extracted.segments if source else ():
        if segment.domain == domain and segment.msgid:
            found.setdefault(segment.msgid, segment)
    return found


def _msgids(source: Source) -> frozenset[str]:
    return frozenset(_segments(source, ""))


def _share(one: frozenset[str], other: frozenset[str]) -> float:
    """How much of the larger of two sets is in both."""
    return len(one & other) / max(len(one), len(other), 1)


def _same_text(old: Source, new: Source) -> bool:
    return (old.guide.text, old.guide.front_text) == (new.guide.text, new.guide.front_text)
