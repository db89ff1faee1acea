"""Extract what a translator can reach in a guide, and what is wrong with the guide itself."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from markdown_it.token import Token

from outreach.markup.containers import container_problems
from outreach.markup.html import is_comment
from outreach.markup.lost import lost_problems
from outreach.markup.modules import left_out, module_names, without
from outreach.markup.msgid import CURRENT, Format
from outreach.markup.parser import Parsed, is_too_long, parse_blocks, parse_text
from outreach.markup.render import Target, targets
from outreach.markup.sections import Section, sections
from outreach.markup.shape import Shape
from outreach.markup.sizes import size_problems
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
    modules: tuple[str, ...] = ()
    """The names of its modules."""
    hidden: frozenset[str] = frozenset()
    """The msgids that stand only in parts that are left out. They are translated all the same, but
    readers miss nothing while they are not."""
    hidden_anchors: frozenset[str] = frozenset()
    """The anchors of headings in such parts. The other fields but `segments` are without them."""
    shapes: dict[str, Shape] = field(default_factory=dict, compare=False, repr=False)
    """What its texts amount to, by msgid; checks fill it in once for all languages."""
    sections: tuple[Section, ...] = ()
    """What readers see, section by section, unless nobody asked for it."""


def extract(
    guide: Guide,
    *,
    raw_html: bool = False,
    addresses: bool = False,
    in_sections: bool = True,
    leave_out: Collection[str] = (),
) -> Extracted:
    """Walk a guide. Without `addresses`, inline texts are parsed only where the answer needs it.

    Templates need no sections, and finding them takes a fifth of the time. `leave_out` holds the
    names of modules that are not shown.
    """
    parsed = parse_blocks(guide.text)
    left = left_out(parsed, leave_out)
    slots = list(walk(guide, parsed, left=left))
    problems = tuple(_problems(guide, parsed, raw_html=raw_html))
    modules, everything = module_names(parsed.tokens), list(_headings(parsed))
    parsed.tokens = without(parsed.tokens, left)
    headings = tuple(_headings(parsed))
    parts = sections(guide, parsed, slots) if in_sections else ()
    return Extracted(
        segments=tuple(slot.segment for slot in slots),
        problems=problems,
        headings=headings,
        references=parsed.references,
        footnotes=parsed.footnotes,
        targets=tuple(targets(guide, parsed)) if addresses else (),
        modules=modules,
        hidden=_hidden((slot.segment, slot.shown) for slot in slots),
        hidden_anchors=frozenset({item.id for item in everything} - {item.id for item in headings}),
        sections=parts,
    )


def _hidden(slots: Iterable[tuple[Segment, bool]]) -> frozenset[str]:
    found: dict[bool, set[str]] = {True: set(), False: set()}
    for segment, shown in slots:
        if not segment.domain:
            found[shown].add(segment.msgid)
    return frozenset(found[False] - found[True])


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
    begin = Location(guide.path, guide.first_line)
    yield from size_problems(parsed, begin)
    yield from lost_problems(parsed, guide.text, begin)
    yield from container_problems(parsed.tokens, guide.text.split("\n"), begin)
    for token in parsed.tokens:
        if token.type == "html_block" and not raw_html:
            yield from _html_block(token, _place(guide, token))
        elif token.type == "inline" and "<" in token.content and not raw_html:
            yield from _raw_in_text(token, parsed, _place(guide, token))


def _place(guide: Guide, token: Token) -> Location:
    return Location(guide.path, guide.first_line + (token.map[0] if token.map else 0))


def _html_block(token: Token, location: Location) -> Iterator[Problem]:
    if not is_comment(token.content):
        found = token.content.strip().split("\n")[0]
        yield Problem(location, _raw(found), rule="raw-html")


def _raw_in_text(token: Token, parsed: Parsed, location: Location) -> Iterator[Problem]:
    if is_too_long(token.content):  # which is told already
        return
    tag = next(_tags(parse_text(token.content, parsed.references, parsed.footnotes)), "")
    if tag:
        line = location.line + token.content.partition(tag)[0].count("\n")
        yield Problem(replace(location, line=line), _raw(tag), rule="raw-html")


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
