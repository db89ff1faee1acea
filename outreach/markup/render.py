"""Render a guide in one language: the walk filled with translations, then HTML, block by block."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Literal

from markdown_it.token import Token

from outreach.markup.container_html import dressed
from outreach.markup.containers import is_module
from outreach.markup.html import Address, rewrite_addresses
from outreach.markup.inline import plain_tokens
from outreach.markup.modules import left_out, without
from outreach.markup.parser import (
    Parsed,
    note_meta,
    parse_blocks,
    parse_inlines,
    render_tokens,
)
from outreach.markup.references import repair
from outreach.markup.walk import LINKS, Slot, walk
from outreach.model import Block, Guide, Heading, Language, Location, Segment

Translate = Callable[[Segment], str | None]
"""Gives the translation of a text; None where there is none to show."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """A guide's body in one language."""

    blocks: tuple[Block, ...]
    headings: tuple[Heading, ...]


@dataclass(frozen=True, slots=True)
class Target:
    """An address in a guide: of a link (`href`) or an image (`src`)."""

    url: str
    kind: Literal["href", "src"]
    location: Location


def render(  # noqa: PLR0913  all but three by name
    guide: Guide,
    language: Language,
    source: Language,
    *,
    translate: Translate,
    label: Callable[[str], str],
    address: Address,
    raw_html: bool,
    leave_out: Collection[str] = (),
) -> Rendered:
    """Render a guide with its translations, without the modules whose names `leave_out` holds.

    `translate` is asked for every slot of the walk, in order; `label` translates the labels of
    callouts. Texts without a translation stay in the source language and carry its lang and dir.
    """
    parsed = parse_blocks(guide.text)
    left = left_out(parsed, leave_out)
    foreign = language.tag != source.tag
    for slot in walk(guide, parsed):
        text = translate(slot.segment)
        if text is not None:
            _fill(slot, text, parsed)
        elif foreign and slot.segment.domain != LINKS:
            _leave_in_source(slot, source)
    shown = without(parsed.tokens, left)
    if not raw_html:
        shown = [token for token in shown if token.type != "html_block"]
    parsed.tokens = dressed(shown, label)
    tokens = parse_inlines(parsed, raw_html=raw_html)
    _rewrite(tokens, address)
    if foreign:
        _mark_kept(tokens, parsed, source)
        _restore_nested(tokens, language)
    lang = "" if not foreign else source.tag
    return Rendered(
        tuple(_blocks(tokens, parsed.env, guide, language)), tuple(_headings(tokens, lang))
    )


def targets(guide: Guide, parsed: Parsed) -> Iterator[Target]:
    """Every address in a guide, in order, raw HTML included; uses up what was parsed."""
    found: list[Target] = []
    line = guide.first_line

    def note(url: str, kind: Literal["href", "src"]) -> str:
        found.append(Target(url, kind, Location(guide.path, line)))
        return url

    for token in parse_inlines(parsed, raw_html=True):
        if token.map:
            line = guide.first_line + token.map[0]
        _rewrite([token], note)
        yield from found
        found.clear()


def _fill(slot: Slot, text: str, parsed: Parsed) -> None:
    token = slot.token
    if token is not None:
        token.meta = {**token.meta, "translated": True}
    if text == slot.segment.msgid:
        return  # a translation equal to its source changes nothing, not even white space
    text = text.replace("\0", "\ufffd")  # as CommonMark wants it
    if token is None:
        slot.fill(text.strip())
    elif token.type == "fence":
        slot.fill(text)
    else:
        text = text.strip()
        slot.fill(repair(slot.segment.msgid, text, parsed.references, parsed.footnotes).text)


def _leave_in_source(slot: Slot, source: Language) -> None:
    if slot.token is not None:
        slot.token.meta = {**slot.token.meta, "translated": False}
    _mark(slot.holder, source)


def _mark(holder: Token | None, language: Language) -> None:
    if holder is not None and "lang" not in holder.attrs:
        holder.attrSet("lang", language.tag)
        holder.attrSet("dir", language.direction)


def _mark_kept(tokens: Sequence[Token], parsed: Parsed, source: Language) -> None:
    """Mark what has no slot of its own and is in the source language all the same."""
    for number, token in enumerate(tokens):
        if token.meta.get("kept"):
            _mark(token, source)
        elif token.type == "footnote_open" and token.meta["label"] is None:
            done = note_meta(parsed, token.meta["id"]).get("translated")
            tokens[number + 2].meta = {} if done is None else {"translated": done}
            if done is False:
                _mark(tokens[number + 1], source)


def _restore_nested(tokens: Sequence[Token], language: Language) -> None:
    """Blocks inside a list item that carries the source's language for its own words alone."""
    stack: list[Token] = []
    for token in tokens:
        if token.nesting == 1 and not token.hidden:
            parent = stack[-1] if stack else None
            if parent and parent.attrs.get("lang", language.tag) != language.tag and token.tag:
                _mark(token, language)
            stack.append(token)
        elif token.nesting == -1 and not token.hidden:
            stack.pop()


def _rewrite(tokens: Sequence[Token], address: Address) -> None:
    for token in tokens:
        if token.type == "link_open":
            _set(token, "href", address(str(token.attrs["href"]), "href"))
        elif token.type == "image":
            _set(token, "src", address(str(token.attrs["src"]), "src"))
        elif token.type in ("html_block", "html_inline"):
            token.content = rewrite_addresses(token.content, address)
        if token.children:
            _rewrite(token.children, address)


def _set(token: Token, name: str, value: str | None) -> None:
    if value is None:
        del token.attrs[name]
    else:
        token.attrs[name] = value


def _blocks(
    tokens: Sequence[Token], env: dict[str, Any], guide: Guide, language: Language
) -> Iterator[Block]:
    for part in _split(tokens):
        line = guide.first_line + next((token.map[0] for token in part if token.map), 0)
        anchor = str(part[0].attrs.get("id", ""))
        parts: tuple[str, ...] = ()
        html = render_tokens(part, env)
        if is_module(part[0]):
            parts = tuple(render_tokens(inner, env) for inner in _split(part[1:-1]))
        place = Location(guide.path, line)
        yield Block(anchor, place, html, language.tag, _state(part), parts)


def _split(tokens: Sequence[Token]) -> Iterator[Sequence[Token]]:
    """The tokens of each block, with all that is in it."""
    start = depth = 0
    for end, token in enumerate(tokens, start=1):
        depth += token.nesting
        if depth == 0:
            yield tokens[start:end]
            start = end


def _state(tokens: Sequence[Token]) -> Literal["translated", "partly", "source"]:
    done = {token.meta["translated"] for token in tokens if "translated" in token.meta}
    if done == {True}:
        return "translated"
    return "partly" if True in done else "source"


def _headings(tokens: Sequence[Token], lang: str) -> Iterator[Heading]:
    """`lang` is the source's tag, for headings that are not translated."""
    for opening, inline in pairwise(tokens):
        if opening.type == "heading_open":
            own = "" if inline.meta.get("translated") else lang
            text = plain_tokens(inline.children or ())
            yield Heading(int(opening.tag[1]), str(opening.attrs["id"]), text, own)
