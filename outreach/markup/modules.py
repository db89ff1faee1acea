"""Modules, the named parts of a guide, and what goes with one that a project leaves out.

A footnote or a link definition that only such a part uses goes with it. One that stands in the part
and is used outside of it stays.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from markdown_it.token import Token

from outreach.markup.containers import CLOSE, OPEN, container_name, module_name
from outreach.markup.parser import Parsed, parse_text

_NOTE_OPEN, _NOTE_CLOSE = "footnote_reference_open", "footnote_reference_close"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What of a guide is not shown."""

    tokens: frozenset[int] = frozenset()
    """Their positions among the tokens of the guide's blocks."""
    references: frozenset[str] = frozenset()
    """The normalized labels of link definitions."""


NOTHING = LeftOut()


def module_names(tokens: Iterable[Token]) -> tuple[str, ...]:
    """The names of the modules of a guide, each once, in the order of the guide."""
    infos = (token.info for token in tokens if token.type == OPEN)
    names = (module_name(info) for info in infos if container_name(info) == "module")
    return tuple(dict.fromkeys(filter(None, names)))


def left_out(parsed: Parsed, names: Collection[str]) -> LeftOut:
    """What goes when the modules with these names do."""
    inside = frozenset(_inside(parsed.tokens, names)) if names else frozenset()
    if not inside:
        return NOTHING
    owners = dict(_owners(parsed.tokens))
    uses = {number: _uses(parsed, token) for number, token in enumerate(parsed.tokens)}
    texts = uses.keys() - owners.keys()
    gone = _used(texts & inside, uses, owners)
    kept = _used(texts - inside, uses, owners)
    # What a footnote uses that nothing refers to is shown all the same.
    stray = {number for number in owners if owners[number] not in gone.notes | kept.notes}
    kept = _used((texts | stray) - inside, uses, owners)
    notes = {owners[number] for number in owners if number in inside} | gone.notes
    tokens = {
        number
        for number in range(len(parsed.tokens))
        if (owners[number] in notes - kept.notes if number in owners else number in inside)
    }
    return LeftOut(frozenset(tokens), gone.links - kept.links)


def without(tokens: Iterable[Token], left: LeftOut) -> list[Token]:
    """The tokens of a guide's blocks that are shown."""
    return [token for number, token in enumerate(tokens) if number not in left.tokens]


@dataclass(frozen=True, slots=True)
class _Uses:
    """The labels that texts use."""

    notes: frozenset[str] = frozenset()
    links: frozenset[str] = frozenset()


def _inside(tokens: Iterable[Token], names: Collection[str]) -> Iterator[int]:
    """The positions of the tokens of modules, their own included."""
    stack: list[bool] = []
    for number, token in enumerate(tokens):
        if token.type == OPEN:
            named = container_name(token.info) == "module" and module_name(token.info) in names
            stack.append(named or stack[-1:] == [True])
        if stack and stack[-1]:
            yield number
        if token.type == CLOSE:
            stack.pop()


def _owners(tokens: Iterable[Token]) -> Iterator[tuple[int, str]]:
    """The label of the footnote that a token belongs to, by the token's position."""
    stack: list[str] = []
    for number, token in enumerate(tokens):
        if token.type == _NOTE_OPEN:
            stack.append(str(token.meta["label"]))
        if stack:
            yield number, stack[-1]
        if token.type == _NOTE_CLOSE:
            stack.pop()


def _used(start: Iterable[int], uses: Mapping[int, _Uses], owners: Mapping[int, str]) -> _Uses:
    """What some tokens use, and the footnotes that they use."""
    of_note: dict[str, list[int]] = {}
    for number, label in owners.items():
        of_note.setdefault(label, []).append(number)
    notes: set[str] = set()
    links: set[str] = set()
    waiting = list(start)
    while waiting:
        found = uses[waiting.pop()]
        links |= found.links
        for label in found.notes - notes:
            notes.add(label)
            waiting += of_note.get(label, ())
    return _Uses(frozenset(notes), frozenset(links))


def _uses(parsed: Parsed, token: Token) -> _Uses:
    if token.type != "inline" or "[" not in token.content:
        return _Uses()
    tokens = list(_flat(parse_text(token.content, parsed.references, parsed.footnotes)))
    notes = {str(item.meta["label"]) for item in tokens if _labelled(item, "footnote_ref")}
    links = {str(item.meta["label"]) for item in tokens if _labelled(item, "link_open", "image")}
    return _Uses(frozenset(notes), frozenset(links))


def _labelled(token: Token, *types: str) -> bool:
    return token.type in types and token.meta.get("label") is not None


def _flat(tokens: Iterable[Token]) -> Iterator[Token]:
    for token in tokens:
        yield token
        yield from _flat(token.children or ())
