"""Two versions of a guide, section by section and text by text. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from outreach.catalog.match import closest
from outreach.changes.words import Span, changed_words, marked, same_wording
from outreach.markup.sections import Section
from outreach.model import Segment
from outreach.project import Source
from outreach.review.source import SectionChange, section_changes, woven
from outreach.staleness.records import Key, Part, TextChange

_COMMON = ("definition", "list item", "paragraph", "table cell", "term")
"""Kinds of text of which one does not stand for another only because each is the only one."""


@dataclass(frozen=True, slots=True)
class _Changed:
    """A section with its texts, and what those that are new to the guide were made from."""

    change: SectionChange
    old: Mapping[Key, Segment]
    new: Mapping[Key, Segment]
    former: dict[Key, Key] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Known:
    """All texts of then and of now."""

    then: Collection[Key]
    now: Collection[Key]

    def fresh(self, texts: Iterable[Segment]) -> list[Segment]:
        return [text for text in texts if _key(text) not in self.then]

    def lost(self, texts: Iterable[Segment]) -> list[Segment]:
        return [text for text in texts if _key(text) not in self.now]


def compare(
    old: Source | None,
    new: Source | None,
    then: Collection[Key] = (),
    now: Collection[Key] = (),
) -> tuple[Part, ...]:
    """The sections in which a guide changed, in its order, each with the texts that changed.

    Without an old or a new version everything in the other is new or gone. `then` and `now` are the
    texts of other guides: a text that came from one, or went to one, only moved.
    """
    known = _Known(keys_of(old).union(then), keys_of(new).union(now))
    found = [
        _Changed(change, _texts_of(change.old), _texts_of(change.new))
        for change in _sections(old, new)
    ]
    for item in found:
        item.former.update(_paired(item, known))
    _pair_across(found, known)
    used = Counter(key for item in found for key in item.former.values())
    seen: set[tuple[bool, Key]] = set()
    return tuple(_part(item, known, used, seen) for item in found)


def keys_of(source: Source | None) -> frozenset[Key]:
    """All texts that readers of a guide see."""
    parts = source.extracted.sections if source else ()
    return frozenset(key for part in parts for key in part.texts)


def _sections(old: Source | None, new: Source | None) -> tuple[SectionChange, ...]:
    if old and new:
        return section_changes(old, new)
    parts = [part for source in (old, new) if source for part in source.extracted.sections]
    shown = [part for part in parts if part.segments or part.structure]
    if new:
        return tuple(SectionChange("new", None, part) for part in shown)
    return tuple(SectionChange("removed", part, None) for part in shown)


def _key(segment: Segment) -> Key:
    return segment.domain, segment.msgid


def _texts_of(section: Section | None) -> dict[Key, Segment]:
    found: dict[Key, Segment] = {}
    for segment in section.segments if section else ():
        found.setdefault(_key(segment), segment)
    return found


def _paired(item: _Changed, known: _Known) -> dict[Key, Key]:
    """What texts of one section were made from: the only one of a rare kind, else the nearest."""
    fresh, lost = known.fresh(item.new.values()), known.lost(item.old.values())
    # A heading or a target may have been this one although it still stands elsewhere.
    went = [text for key, text in item.old.items() if key not in item.new]
    found = dict(_only(fresh, went))
    taken = set(found.values())
    for domain in {it.domain for it in lost}:
        new = [it.msgid for it in fresh if it.domain == domain and _key(it) not in found]
        old = [it.msgid for it in lost if it.domain == domain and _key(it) not in taken]
        near = closest(new, old)
        found |= {(domain, new[i]): (domain, old[j]) for i, j in near.items()}
    return found


def _only(fresh: Sequence[Segment], went: Sequence[Segment]) -> Iterator[tuple[Key, Key]]:
    """Such as the heading, the main message or the target of a label."""
    for kind in {it.kind for it in fresh} - {*_COMMON}:
        new, old = ([it for it in side if it.kind == kind] for side in (fresh, went))
        if len(new) == len(old) == 1:
            yield _key(new[0]), _key(old[0])


def _pair_across(found: Sequence[_Changed], known: _Known) -> None:
    """Find for what is left a text of another section: one that was edited where it moved."""
    used = {key for item in found for key in item.former.values()}
    lost = {key: 0 for item in found for key in map(_key, known.lost(item.old.values()))}
    old = [msgid for domain, msgid in lost if not domain and ("", msgid) not in used]
    for item in found:
        fresh = map(_key, known.fresh(item.new.values()))
        new = [msgid for domain, msgid in fresh if not domain and ("", msgid) not in item.former]
        near = closest(new, old)
        item.former.update({("", new[i]): ("", old[j]) for i, j in near.items()})


def _part(item: _Changed, known: _Known, used: Counter[Key], seen: set[tuple[bool, Key]]) -> Part:
    change = item.change
    texts = []
    for text in _text_changes(item, known, used):
        name = (bool(text.now), (text.domain, text.now or text.before))
        again = name in seen
        seen.add(name)
        texts.append(replace(text, new_words=0, gone_words=0, again=True) if again else text)
    former = change.old.heading if change.old else ""
    return Part(
        change.kind,
        change.moved,
        change.heading,
        former if former != change.heading else "",
        change.new.line if change.new else 0,
        tuple(texts),
    )


def _text_changes(item: _Changed, known: _Known, used: Counter[Key]) -> Iterator[TextChange]:
    """Those of a section in its order; what is gone stands behind what it followed."""
    old, new = list(item.old), list(item.new)
    places = {key: place for place, key in enumerate(old)}
    former = {place: item.former.get(key, key) for place, key in enumerate(new)}
    pairs = {place: places[key] for place, key in former.items() if key in places}
    for j, i in woven(len(new), len(old), pairs):
        if i is not None and new[i] not in item.old:
            segment, before = item.new[new[i]], item.former.get(new[i])
            if new[i] in known.then:
                yield _moved(segment)
            elif before:
                yield _edited(segment, before[1], split=used[before] > 1)
            else:
                yield _new(segment)
        elif i is None and j is not None and old[j] not in known.now and old[j] not in used:
            yield _removed(item.old[old[j]])


def _moved(segment: Segment) -> TextChange:
    text, line = segment.msgid, segment.location.line
    spans = (Span(text),)
    return TextChange("moved", segment.kind, segment.domain, text, text, line, spans, spans)


def _new(segment: Segment) -> TextChange:
    text, spans = segment.msgid, (Span(segment.msgid, changed=True),)
    count = 0 if segment.domain else changed_words(spans)
    line = segment.location.line
    return TextChange("new", segment.kind, segment.domain, "", text, line, (), spans, count)


def _removed(segment: Segment) -> TextChange:
    text, spans = segment.msgid, (Span(segment.msgid, changed=True),)
    count = 0 if segment.domain else changed_words(spans)
    return TextChange("removed", segment.kind, segment.domain, text, "", 0, spans, (), 0, count)


def _edited(segment: Segment, before: str, *, split: bool) -> TextChange:
    """Of a text that became several, nobody can say from one of them which words are gone."""
    old, new = marked(before, segment.msgid)
    if not any(span.changed for span in (*old, *new)):
        old, new = (Span(before, changed=True),), (Span(segment.msgid, changed=True),)
    return TextChange(
        "changed",
        segment.kind,
        segment.domain,
        before,
        segment.msgid,
        segment.location.line,
        old,
        new,
        0 if segment.domain else changed_words(new),
        0 if segment.domain or split else changed_words(old),
        same_words=same_wording(before, segment.msgid),
    )
