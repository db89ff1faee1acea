"""The one walk over a guide: every text that a translator can reach, in order.

Extraction reads the slots and rendering fills them, so a text can never be looked up otherwise than
it was collected.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from markdown_it.token import Token

from outreach.guides import front_matter_line, front_matter_text
from outreach.markup.anchors import Anchors
from outreach.markup.containers import CALLOUTS, OPEN, TITLED, container_name, words_behind
from outreach.markup.html import Run, is_comment, runs
from outreach.markup.inline import plain_text, same_rendering
from outreach.markup.modules import NOTHING, LeftOut
from outreach.markup.msgid import CURRENT, Format, Same, has_words
from outreach.markup.parser import Parsed, is_too_long, safe_link
from outreach.model import Guide, Location, Segment

LINKS = "links"
"""The domain of link targets."""

_NOTE = re.compile(r"<!--\s*note:(.*?)-->", re.DOTALL | re.IGNORECASE)
_NO_TRANSLATE = re.compile(r"<!--\s*no-translate\s*-->", re.IGNORECASE)
_IGNORE = re.compile(r"<!--\s*outreach:\s*ignore\b(.*?)-->", re.DOTALL | re.IGNORECASE)
_KINDS = {
    "list_item_open": "list item",
    "blockquote_open": "quotation",
    "dd_open": "definition",
    "footnote_reference_open": "footnote",
    "alert_open": "text of a callout",
}
_IN_CONTAINERS = {
    **dict.fromkeys(CALLOUTS, "text of a callout"),
    "card": "text of a card",
    "lines": "text above lines to write on",
}
_HOLDERS = {"th": "table heading", "td": "table cell", "dt": "term"}


@dataclass(frozen=True, slots=True)
class Slot:
    """A place in a guide that holds one text."""

    segment: Segment
    fill: Callable[[str], None]
    """Puts a translation there."""
    holder: Token | None = None
    """The element that shows the text alone or first, to carry its language."""
    token: Token | None = None
    """The token that it belongs to, unless it is one of many there."""
    shown: bool = True
    """False in a part that is left out."""


@dataclass(slots=True)
class _Scope:
    """What comments say of a block, until it closes."""

    level: int
    notes: tuple[str, ...]
    skip: bool
    ignored: tuple[str, ...] = ()
    """Rules of the check that are silenced, as written."""


@dataclass(slots=True)
class _State:
    guide: Guide
    parsed: Parsed
    msgid_of: Format
    same: Same
    stack: list[Token] = field(default_factory=list)
    headings: list[tuple[int, str]] = field(default_factory=list)
    scopes: list[_Scope] = field(default_factory=list)
    pending: _Scope | None = None
    anchors: Anchors = field(default_factory=Anchors)

    @property
    def section(self) -> str:
        return self.headings[-1][1] if self.headings else ""

    def segment(self, msgid: str, kind: str, line: int) -> Segment:
        place = self.location(line)
        return Segment(msgid, kind, self.section, self.notes, place, ignored=self.ignored)

    def location(self, line: int) -> Location:
        """`line` counts from 0 in the text, as in a token's map."""
        return Location(self.guide.path, self.guide.first_line + line)

    @property
    def notes(self) -> tuple[str, ...]:
        return tuple(note for scope in self.scopes for note in scope.notes) if self.scopes else ()

    @property
    def ignored(self) -> tuple[str, ...]:
        if not self.scopes:
            return ()
        return tuple(rule for scope in self.scopes for rule in scope.ignored)

    @property
    def skip(self) -> bool:
        return bool(self.scopes) and any(scope.skip for scope in self.scopes)


def walk(
    guide: Guide, parsed: Parsed, msgid_of: Format = CURRENT, left: LeftOut = NOTHING
) -> Iterator[Slot]:
    """Yield every slot of a guide: front matter, blocks, then link definitions.

    Those in parts that are left out are among them. A slot must be filled, if at all, before the
    next one is asked for.
    """
    state = _State(guide, parsed, msgid_of, same_rendering(parsed))
    yield from _front_matter(guide)
    for number, token in enumerate(parsed.tokens):
        if token.nesting == -1:
            _leave(state, token)
        elif token.type == "html_block" and is_comment(token.content):
            _directive(state, token)
        else:
            _enter(state, token)
            slots = _SLOTS.get(token.type)
            if slots and number not in left.tokens:
                yield from slots(state, token)
            elif slots:
                yield from (replace(slot, shown=False) for slot in slots(state, token))
            if token.nesting == 0:
                _leave(state, token)
    yield from _definitions(state, left)


def _front_matter(guide: Guide) -> Iterator[Slot]:
    for key, kind in (("title", "title of the guide"), ("summary", "main message of the guide")):
        text = front_matter_text(guide, key)
        if has_words(text):
            location = Location(guide.path, front_matter_line(guide, key))
            yield Slot(Segment(text, kind, "", (), location), lambda _text: None)


def _directive(state: _State, token: Token) -> None:
    """Take in what a comment says to us about the next block."""
    notes = tuple(" ".join(note.split()) for note in _NOTE.findall(token.content))
    skip = _NO_TRANSLATE.search(token.content) is not None
    named = " ".join(_IGNORE.findall(token.content)).replace(",", " ")
    ignored = tuple(named.split())
    if notes or skip or ignored:
        before = state.pending or _Scope(token.level, (), skip=False)
        state.pending = _Scope(
            token.level, before.notes + notes, before.skip or skip, before.ignored + ignored
        )


def _enter(state: _State, token: Token) -> None:
    if state.pending:
        state.scopes.append(state.pending)
        state.pending = None
    if state.ignored:
        token.meta = {**token.meta, "ignored": state.ignored}
    if token.nesting == 1:
        state.stack.append(token)


def _leave(state: _State, token: Token) -> None:
    if token.nesting == -1:
        state.stack.pop()
        state.pending = None  # a comment speaks of nothing behind the block that it stands in
    if state.scopes and state.scopes[-1].level == token.level:
        state.scopes.pop()


def _text(state: _State, token: Token) -> Iterator[Slot]:
    parent = state.stack[-1].type if state.stack else ""
    if parent == "heading_open":
        yield from _heading(state, token)
    elif parent != "alert_title_open":
        yield from _inline(state, token)


def _heading(state: _State, token: Token) -> Iterator[Slot]:
    """A heading's own section is the one around it; its anchor comes from the source text."""
    opening = state.stack[-1]
    level, text = int(opening.tag[1]), plain_text(token.content, state.parsed)
    opening.attrSet("id", state.anchors.take(text))
    opening.meta = {"text": text}
    state.headings = [item for item in state.headings if item[0] < level]
    yield from _inline(state, token)
    state.headings.append((level, text))


def _inline(state: _State, token: Token) -> Iterator[Slot]:
    if not has_words(token.content) or is_too_long(token.content):
        return
    if state.skip:
        _keep(state, token)
        return
    msgid = state.msgid_of(token.content, state.same)

    def fill(text: str) -> None:
        token.content = text

    segment = state.segment(msgid, _kind(state), _line(token))
    yield Slot(segment, fill, _holder(state), token)


def _keep(state: _State, token: Token) -> None:
    """Note down that a text stays in the source language in every language."""
    token.meta = {**token.meta, "translated": False}
    holder = _holder(state)
    if holder is not None:
        holder.meta = {**holder.meta, "kept": True}


def _line(token: Token) -> int:
    """From 0, in the guide's text."""
    return token.map[0] if token.map else 0


def _kind(state: _State) -> str:
    parent = state.stack[-1] if state.stack else None
    if parent is None:
        return "paragraph"
    if parent.type == "heading_open":
        return "heading"
    if parent.tag in _HOLDERS:
        return _HOLDERS[parent.tag]
    for token in reversed(state.stack):
        if token.type in _KINDS:
            return _KINDS[token.type]
        inside = _IN_CONTAINERS.get(container_name(token.info)) if token.type == OPEN else None
        if inside:
            return inside
    return "paragraph"


def _holder(state: _State) -> Token | None:
    for token in reversed(state.stack):
        if not token.hidden and token.tag:
            return token
    return None


def _code(state: _State, token: Token) -> Iterator[Slot]:
    text = token.content.removesuffix("\n")
    if "translate" in token.info.split()[1:] and not state.skip and has_words(text):

        def fill(new: str) -> None:
            token.content = new.removesuffix("\n") + "\n"

        segment = state.segment(text, "preformatted text", _line(token) + 1)
        yield Slot(segment, fill, token, token)


def _raw_html(state: _State, token: Token) -> Iterator[Slot]:
    if state.skip:
        return
    parts = list(runs(token.content))
    line = _line(token)
    for number, run in enumerate(tuple(parts)):

        def fill(text: str, number: int = number) -> None:
            parts[number] = Run(text)

        if run.msgid:
            yield Slot(state.segment(run.msgid, "text in raw HTML", line), fill)
        line += run.html.count("\n")
    token.content = "".join(part.html for part in parts)


def _container_title(state: _State, token: Token) -> Iterator[Slot]:
    name, title = container_name(token.info), words_behind(token.info)
    if name not in TITLED:
        return
    token.meta = {**token.meta, "title": title}
    if state.skip:
        token.meta["translated"] = False
    elif has_words(title):

        def fill(text: str) -> None:
            token.meta["title"] = text

        kind = "title of a callout" if name in CALLOUTS else f"title of a {name}"
        segment = state.segment(title, kind, _line(token))
        yield Slot(segment, fill, token=token)


def _definitions(state: _State, left: LeftOut) -> Iterator[Slot]:
    """Titles and targets of link definitions, in the order of the source."""
    for label, definition in state.parsed.references.items():
        location = state.location(definition["map"][0])
        title, target = " ".join(definition["title"].split()), definition["href"]
        if has_words(title):
            segment = Segment(title, "title of a link", "", (), location)
            shown = label not in left.references
            yield Slot(segment, _setter(definition, "title"), shown=shown)
        if target:
            segment = Segment(target, f"target of ‘{label.lower()}’", "", (), location, LINKS)
            yield Slot(segment, _setter(definition, "href"))


def _setter(definition: dict[str, Any], key: str) -> Callable[[str], None]:
    def fill(text: str) -> None:
        definition[key] = safe_link(text) or definition[key] if key == "href" else text

    return fill


_SLOTS: dict[str, Callable[[_State, Token], Iterator[Slot]]] = {
    "inline": _text,
    "fence": _code,
    "html_block": _raw_html,
    OPEN: _container_title,
}
"""What finds the slots in a token, by its type."""
