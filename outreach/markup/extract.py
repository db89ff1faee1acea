"""Extract what a translator can reach in a guide, and what is wrong with the guide itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from markdown_it.token import Token

from outreach.markup.html import is_comment
from outreach.markup.msgid import CURRENT, Format
from outreach.markup.parser import (
    CONTAINERS,
    MAX_TEXT,
    Parsed,
    is_too_long,
    parse_blocks,
    parse_text,
)
from outreach.markup.render import Target, targets
from outreach.markup.walk import walk
from outreach.model import Guide, Heading, Location, Problem, Segment


@dataclass(frozen=True, slots=True)
class Extracted:
    """What one guide holds."""

    segments: tuple[Segment, ...]
    """Every text that a translator can reach, in the order of the walk."""
    problems: tuple[Problem, ...]
    """What the writer should mend."""
    headings: tuple[Heading, ...] = ()
    """In the source language, with the anchors of every language."""
    references: Mapping[str, Any] = field(default_factory=dict)
    """Its link definitions, by normalized label."""
    footnotes: frozenset[str] = frozenset()
    """The labels of its footnotes."""
    targets: tuple[Target, ...] = ()
    """Every address in it, when they were asked for."""


def extract(guide: Guide, *, raw_html: bool = False, addresses: bool = False) -> Extracted:
    """Walk a guide. Without `addresses`, inline texts are parsed only where the answer needs it."""
    parsed = parse_blocks(guide.text)
    segments = tuple(slot.segment for slot in walk(guide, parsed))
    problems = tuple(_problems(guide, parsed, raw_html=raw_html))
    headings = tuple(_headings(parsed))
    references, footnotes = parsed.references, parsed.footnotes
    found = tuple(targets(guide, parsed)) if addresses else ()
    return Extracted(segments, problems, headings, references, footnotes, found)


def renames(guide: Guide, old: Format, new: Format = CURRENT) -> dict[str, str]:
    """What the msgids of another format that are gone in the new one are called there.

    Both are used on the same walk, so that a text is known by its place and not by its looks. Of
    texts that only the new format tells apart, the first has the name.
    """
    before, after = (
        [slot.segment.msgid for slot in walk(guide, parse_blocks(guide.text), form)]
        for form in (old, new)
    )
    there = set(after)
    pairs = reversed(list(zip(before, after, strict=True)))
    return {first: second for first, second in pairs if first not in there}


def _headings(parsed: Parsed) -> Iterator[Heading]:
    for token in parsed.tokens:
        if token.type == "heading_open":
            yield Heading(int(token.tag[1]), str(token.attrs["id"]), token.meta["text"])


def _problems(guide: Guide, parsed: Parsed, *, raw_html: bool) -> Iterator[Problem]:
    for token in parsed.tokens:
        line = guide.first_line + (token.map[0] if token.map else 0)
        location = Location(guide.path, line)
        if token.type == "html_block" and not raw_html:
            yield from _html_block(token, location)
        elif token.type == "inline":
            yield from _inline_problems(token, parsed, location, raw_html=raw_html)


def _html_block(token: Token, location: Location) -> Iterator[Problem]:
    if not is_comment(token.content):
        found = token.content.strip().split("\n")[0]
        yield Problem(location, _raw(found), rule="raw-html")


def _inline_problems(
    token: Token, parsed: Parsed, location: Location, *, raw_html: bool
) -> Iterator[Problem]:
    if is_too_long(token.content):
        text = f"a text of over {MAX_TEXT:,} characters, or with too many `^[`; split it up"
        yield Problem(location, text, rule="size")
        return
    if "<" in token.content and not raw_html:
        tag = next(_tags(parse_text(token.content, parsed.references, parsed.footnotes)), "")
        if tag:
            line = location.line + token.content.partition(tag)[0].count("\n")
            yield Problem(replace(location, line=line), _raw(tag), rule="raw-html")
    if token.content.startswith(":::") and token.content.strip(":").strip():
        name = token.content.strip(":").split(maxsplit=1)[0]
        text = f"`:::` opens a part called `{name}`, which is unknown, so it is shown as text; "
        yield Problem(location, text + f"known: {', '.join(CONTAINERS)}", "warning", "container")


def _tags(tokens: Iterable[Token]) -> Iterator[str]:
    for token in tokens:
        if token.type == "html_inline":
            yield token.content
        elif token.type == "footnote_ref":
            yield from _tags(token.children or ())


def _raw(found: str) -> str:
    shown = found if len(found) <= 50 else found[:49] + "…"
    return (
        f"raw HTML is not allowed here: {shown} Write it in Markdown, put code between backticks, "
        "or set `raw-html = true` in the configuration; a comment stands alone on its lines"
    )
