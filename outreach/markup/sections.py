"""The sections of a guide, with all that its readers see in each, so that two versions compare.

A section begins at a heading and ends before the next one, of whatever level.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

from markdown_it.token import Token

from outreach.markup.containers import OPEN, TITLED, container_name
from outreach.markup.html import is_comment, runs
from outreach.markup.inline import same_rendering
from outreach.markup.msgid import CURRENT, has_words
from outreach.markup.parser import Parsed, normalize_label
from outreach.markup.walk import LINKS, Slot
from outreach.model import Guide, Location, Segment

FIXED = "fixed"
"""The domain of what stays as it is in every language: code, pictures, texts kept from translation.

Such segments stand in sections only; no catalog has them."""

_LABEL = re.compile(r"\[([^\[\]]+)\]")


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands below it."""

    heading: str
    """Plain text; empty for what stands before the first heading."""
    above: tuple[str, ...]
    """The headings that it stands under, the outermost first."""
    line: int
    """The line of the file on which it begins."""
    segments: tuple[Segment, ...]
    """Every text that readers see, in order: the heading first, link definitions last. Those of
    parts that are left out are not among them."""
    structure: tuple[str, ...] = field(repr=False)
    """What readers see besides: lists, tables, frames, levels of headings."""

    @property
    def texts(self) -> tuple[tuple[str, str], ...]:
        """The domain and the msgid of each text."""
        return tuple((segment.domain, segment.msgid) for segment in self.segments)


def sections(guide: Guide, parsed: Parsed, slots: Iterable[Slot]) -> tuple[Section, ...]:
    """The sections of a guide, in order. The first one has no heading, and may be empty.

    `parsed` is without the parts that are left out; `slots` are all of the walk.
    """
    shown = [slot for slot in slots if slot.shown]
    begun = [_Begun("", (), 1)]
    begun[0].segments += [slot.segment for slot in shown if _is_front(slot.segment)]
    own = {id(slot.token): slot.segment for slot in shown if slot.token is not None}
    html = _by_line(slot.segment for slot in shown if slot.segment.kind == "text in raw HTML")
    reader = _Reader(guide, parsed, own, html)
    headings: list[tuple[int, str]] = []
    before = ""
    for token in parsed.tokens:
        if token.type == "heading_open":
            level, text = int(token.tag[1]), str(token.meta["text"])
            headings = [item for item in headings if item[0] < level]
            above = tuple(name for _, name in headings)
            begun.append(_Begun(text, above, reader.location(token).line))
            headings.append((level, text))
        begun[-1].segments += reader.segments(token, before)
        begun[-1].structure += _structure(token, before)
        before = token.type
    homes = _homes(begun)
    labels = {item["map"][0]: label for label, item in parsed.references.items()}
    for segment in (slot.segment for slot in shown if _is_definition(slot)):
        label = labels.get(segment.location.line - guide.first_line, "")
        # One that no text uses is seen by nobody.
        homes.get(label, begun[-1]).segments.append(segment)
    return tuple(item.done() for item in begun)


@dataclass(slots=True)
class _Begun:
    heading: str
    above: tuple[str, ...]
    line: int
    segments: list[Segment] = field(default_factory=list)
    structure: list[str] = field(default_factory=list)

    def done(self) -> Section:
        segments, structure = tuple(self.segments), tuple(self.structure)
        return Section(self.heading, self.above, self.line, segments, structure)


@dataclass(frozen=True, slots=True)
class _Reader:
    guide: Guide
    parsed: Parsed
    own: Mapping[int, Segment]
    """The texts of tokens."""
    html: Mapping[int, Sequence[Segment]]
    """The texts of raw HTML, by line."""

    def segments(self, token: Token, before: str) -> Iterator[Segment]:
        """The texts in a token, `before` being the type of the one before."""
        if id(token) in self.own:
            yield self.own[id(token)]
        elif token.type == "inline" and before != "alert_title_open":
            if token.content.strip():
                text = CURRENT(token.content, same_rendering(self.parsed))
                kind = "text that is not translated" if has_words(text) else "picture"
                yield self._fixed(text, kind, token)
        elif token.type in ("fence", "code_block"):
            yield self._fixed(token.content.removesuffix("\n"), "code", token)
        elif token.type == "html_block" and token.map:
            first = self.location(token).line
            lines = range(first, first + token.map[1] - token.map[0])
            yield from chain.from_iterable(self.html.get(line, ()) for line in lines)

    def location(self, token: Token) -> Location:
        line = token.map[0] if token.map else 0
        return Location(self.guide.path, self.guide.first_line + line)

    def _fixed(self, text: str, kind: str, token: Token) -> Segment:
        return Segment(text, kind, "", (), self.location(token), FIXED)


def _structure(token: Token, before: str) -> Iterator[str]:
    """What a token shows besides its texts."""
    if token.type == "html_block":
        if not is_comment(token.content):
            yield "".join(run.html for run in runs(token.content) if not run.msgid)
    elif token.type != "inline":
        attributes = {name: value for name, value in token.attrs.items() if name != "id"}
        name = container_name(token.info) if token.type == OPEN else ""
        info = name if name in TITLED else token.info if token.type == OPEN else ""
        yield f"{token.type} {token.tag} {token.hidden} {attributes} {info} {_state(token)}"
    elif before == "alert_title_open":
        yield token.content


def _state(token: Token) -> str:
    """Whether a task is done."""
    return str(token.meta.get("checked", ""))


def _is_front(segment: Segment) -> bool:
    return segment.kind in ("title of the guide", "main message of the guide")


def _is_definition(slot: Slot) -> bool:
    return slot.segment.domain == LINKS or slot.segment.kind == "title of a link"


def _by_line(segments: Iterable[Segment]) -> dict[int, list[Segment]]:
    found: dict[int, list[Segment]] = {}
    for segment in segments:
        found.setdefault(segment.location.line, []).append(segment)
    return found


def _homes(begun: Iterable[_Begun]) -> dict[str, _Begun]:
    """The section in which readers first meet each label of a link, as far as its texts tell."""
    found: dict[str, _Begun] = {}
    for item in begun:
        for segment in item.segments:
            for label in _LABEL.findall(segment.msgid):
                found.setdefault(normalize_label(label), item)
    return found
