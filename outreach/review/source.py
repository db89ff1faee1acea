"""Two versions of a source guide: whether readers see the same, and which sections differ. Pure."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeVar

from outreach.catalog.match import closest
from outreach.config import Config
from outreach.guides import front_matter_text
from outreach.markup.render import render
from outreach.markup.sections import Section
from outreach.model import Language
from outreach.project import Source

SAME = 0.5
"""The share of texts that two sections have in common, to be one whose heading was changed."""

SectionKind = Literal["changed", "moved", "new", "removed"]
"""`moved`: it stands elsewhere and is the same."""

T = TypeVar("T")

_WHITE = re.compile(r"(<(pre|script|style|textarea)\b.*?</\2>)|\s+", re.DOTALL | re.IGNORECASE)
"""White space, which browsers and printers take for one space, and where they do not."""


@dataclass(frozen=True, slots=True)
class SectionChange:
    """A section that readers do not find as it was."""

    kind: SectionKind
    old: Section | None
    new: Section | None
    moved: bool = False
    """Whether it stands elsewhere, too, among the sections that there were."""

    @property
    def heading(self) -> str:
        """As it is now, or was; empty for what stands before the first heading."""
        section = self.new or self.old
        return section.heading if section else ""


@dataclass(frozen=True, slots=True)
class _Page:
    html: str
    front: tuple[str, ...]


def same_page(old: Source, new: Source, language: Language, config: Config) -> bool:
    """Whether readers of the source language see the same page, apart from files it shows.

    Where lines of its text end makes no difference.
    """
    return _page(old, language, config) == _page(new, language, config)


def changed_sections(old: Source, new: Source) -> tuple[str, ...]:
    """The headings of the sections that changed, each once, in the order of the guide.

    An empty one is what stands before the first heading.
    """
    return tuple(dict.fromkeys(change.heading for change in section_changes(old, new)))


def section_changes(old: Source, new: Source) -> tuple[SectionChange, ...]:
    """The sections that came, went, moved or changed, in the order of the guide.

    Sections that are gone stand where they stood. Front matter belongs to what stands before the
    first heading, and a link definition to the section in which readers first meet it.
    """
    before, now = old.extracted.sections, new.extracted.sections
    pairs = _pairs(before, now)
    still = _still(pairs)
    return tuple(
        change
        for i, j in woven(len(now), len(before), pairs)
        if (change := _change(before, now, (i, j), moved=j in pairs and j not in still))
    )


def woven(
    new: int, old: int, pairs: Mapping[int, int | None]
) -> Iterator[tuple[int | None, int | None]]:
    """Return old and new items in one order, each by its places then and now.

    It is the order of the new items; those that are gone stand behind what they followed. `pairs`
    has the places of old items by those of the new ones.
    """
    left: dict[int | None, list[int]] = {}
    used, behind = {item: place for place, item in pairs.items()}, None
    for item in range(old):
        behind = used.get(item, behind)
        if item not in used:
            left.setdefault(behind, []).append(item)
    yield from ((item, None) for item in left.get(None, ()))
    for place in range(new):
        yield pairs.get(place), place
        yield from ((item, None) for item in left.get(place, ()))


def _change(
    before: Sequence[Section],
    now: Sequence[Section],
    places: tuple[int | None, int | None],
    *,
    moved: bool,
) -> SectionChange | None:
    old = None if places[0] is None else before[places[0]]
    new = None if places[1] is None else now[places[1]]
    if old is None or new is None:
        found = new or old
        seen = found is not None and (found.segments or found.structure)
        return SectionChange("new" if new else "removed", old, new) if seen else None
    if old.texts != new.texts or old.structure != new.structure:
        return SectionChange("changed", old, new, moved)
    return SectionChange("moved", old, new, moved) if moved else None


def _pairs(before: Sequence[Section], now: Sequence[Section]) -> dict[int, int]:
    """The places of the sections that new ones were, by those of the new ones.

    In this order, sections are one when they are the same, have the same headings above, have the
    same heading, have most of their texts in common, or are alike. What stands before the first
    heading is always one.
    """
    pairs = {0: 0}
    keys: tuple[Callable[[Section], object], ...] = (
        lambda section: (section.above, section.heading, section.texts),
        lambda section: (section.heading, section.texts),
        lambda section: (section.above, section.heading),
        lambda section: section.heading,
    )
    for key in keys:
        pairs |= dict(_by_key(before, now, pairs, key))
    for alike in (_by_share, _by_words):
        new = [place for place in range(len(now)) if place not in pairs]
        old = [place for place in range(len(before)) if place not in set(pairs.values())]
        if new and old:
            found = alike([before[i] for i in old], [now[i] for i in new])
            pairs |= {new[i]: old[j] for i, j in found.items()}
    return pairs


def _by_key(
    before: Sequence[Section],
    now: Sequence[Section],
    pairs: Mapping[int, int],
    key: Callable[[Section], object],
) -> Iterator[tuple[int, int]]:
    """Those that have the same key, the first with the first."""
    taken = set(pairs.values())
    free: dict[object, list[int]] = {}
    for place in reversed(range(len(before))):
        if place not in taken:
            free.setdefault(key(before[place]), []).append(place)
    for place, section in enumerate(now):
        if place not in pairs and (same := free.get(key(section))):
            yield place, same.pop()


def _by_share(before: Sequence[Section], now: Sequence[Section]) -> dict[int, int]:
    """Those that have most of their texts, without the headings, in common."""
    old = {place: _body(section) for place, section in enumerate(before)}
    found: dict[int, int] = {}
    for place, section in enumerate(now):
        texts = _body(section)
        shares = [(_share(texts, old[item]), -item) for item in old]
        share, item = max(shares, default=(0.0, 0))
        if share >= SAME:
            found[place] = -item
            del old[-item]
    return found


def _by_words(before: Sequence[Section], now: Sequence[Section]) -> dict[int, int]:
    """Those that are alike as a whole, each old one once."""
    new, old = (["\n".join(text for _, text in it.texts) for it in its] for its in (now, before))
    first = {j: i for i, j in reversed(closest(new, old).items())}
    return {i: j for j, i in first.items()}


def _body(section: Section) -> frozenset[tuple[str, str]]:
    return frozenset(section.texts[1:])


def _share(one: frozenset[T], other: frozenset[T]) -> float:
    """How much of the larger of two sets is in both."""
    return len(one & other) / max(len(one), len(other), 1)


def _still(pairs: Mapping[int, int]) -> frozenset[int]:
    """The new places of as many sections as possible that are in their old order, and of new ones.

    The others moved.
    """
    ends: list[int] = []
    lengths: dict[int, int] = {}
    for place in sorted(pairs):
        lengths[place] = bisect_left(ends, pairs[place])
        ends[lengths[place] : lengths[place] + 1] = [pairs[place]]
    return frozenset(_longest(pairs, lengths, len(ends)))


def _longest(pairs: Mapping[int, int], lengths: Mapping[int, int], length: int) -> Iterator[int]:
    """The places of a longest run of old places that grow, from its end."""
    limit = max(pairs.values()) + 1
    for place in sorted(pairs, reverse=True):
        if lengths[place] == length - 1 and pairs[place] < limit:
            yield place
            length, limit = length - 1, pairs[place]


def _page(source: Source, language: Language, config: Config) -> _Page:
    guide = source.guide
    body = render(
        guide,
        language,
        language,
        translate=lambda _: None,
        label=str,
        address=lambda url, _: url,
        raw_html=config.raw_html,
        leave_out=config.leave_out,
    )
    front = tuple(front_matter_text(guide, key) for key in ("title", "summary"))
    html = "".join(block.html for block in body.blocks)
    return _Page(_WHITE.sub(lambda found: found[1] or " ", html), front)
