"""Two versions of one catalog put together, message by message.

“Ours” and “theirs” are git's words for the two sides of a merge, “base” for what both began with.
Nobody's work is lost: what cannot be put together stands in the result twice, between marks.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from outreach.catalog.format import METHOD_FIELD, comment_lines, format_message
from outreach.catalog.lines import Part, made_obsolete, revived, spaced, with_lines
from outreach.catalog.merge import refuse_other
from outreach.catalog.po import (
    Catalog,
    Entry,
    as_utf_8,
    bytes_to_write,
    with_raw,
)
from outreach.catalog.reconcile import (
    CREATION,
    date_in,
    has_text,
    meaning,
    merge_headers,
    merge_lists,
    merge_messages,
    without_address,
)
from outreach.catalog.renames import Table, follow_renames
from outreach.catalog.scan import BLANK, EXTRACTED, REFERENCE, kind_of, split_lines
from outreach.model import Message, first_words

MARK_LENGTH = 7
"""How many signs git's conflict marks have, unless a repository asks for more."""
_QUIET = ("po-revision-date", "last-translator", "pot-creation-date", "x-generator")
"""Fields that programs write: that both sides have another value says nothing."""
_HEADER = (None, "")

_Key = tuple[str | None, str]


@dataclass(frozen=True, slots=True)
class Labels:
    """What the marks of a conflict say."""

    ours: str = "ours"
    theirs: str = "theirs"
    length: int = MARK_LENGTH


@dataclass(frozen=True, slots=True)
class Conflict:
    """A message that both sides translated, differently."""

    line: int
    """Of the first mark in the result, from 1."""
    ours: Message
    theirs: Message


@dataclass(frozen=True, slots=True)
class Merged:
    """What came of two catalogs."""

    data: bytes
    conflicts: tuple[Conflict, ...] = ()
    labels: Labels = Labels()
    """As they stand in the marks, with the names of the translators."""
    notes: tuple[str, ...] = ()
    """What was decided and may need a look, in plain words."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """An entry of the result: our version, and theirs where the two are in conflict."""

    ours: Message
    raw: str
    theirs: Message | None = None
    their_raw: str = ""


@dataclass(frozen=True, slots=True)
class _Sides:
    """The three catalogs as tables of entries, and what holds for all entries of the result."""

    base: Table
    ours: Table
    theirs: Table
    newline: str
    theirs_newer: bool
    """Whose template counts where both sides changed what comes from it."""


def merge_three(
    base: Catalog, ours: Catalog, theirs: Catalog, labels: Labels | None = None
) -> Merged:
    """Return the catalog with the changes of both sides, in our order and with our line ends.

    An entry that only one side changed keeps the lines of that side, any other keeps ours. Two
    different translations of one message are a conflict, and nothing else is. Raises
    OutreachError where what came out could not be read.
    """
    labels = _named(labels or Labels(), ours, theirs)
    three = follow_renames(_table(base), _table(ours), _table(theirs, ours.newline))
    newer = _created(theirs) > _created(ours)
    sides = _Sides(*three, ours.newline, newer)
    pieces = {key: piece for key in {**sides.ours, **sides.theirs} if (piece := _piece(sides, key))}
    header, notes = _header(base, ours, theirs)
    if ours.head or theirs.head:
        pieces.pop(_HEADER, None)
    if header is not None:
        pieces[_HEADER] = _written(sides, (header, header))
    parts = _parts(sides, pieces)
    tail = _tail(base, ours, theirs)
    raws = list(spaced([part for _, part in parts], ours.newline))
    if tail and raws and not raws[-1].endswith("\n"):
        raws[-1] += ours.newline
    merged = with_raw(ours, raws, tail)
    if ours.nplurals != theirs.nplurals:
        notes += tuple(_plural_notes(merged))
    return _marked(merged, [pieces[key] for key, _ in parts], labels, notes)


def _table(catalog: Catalog, newline: str = "") -> Table:
    """Return the entries by key; with a newline, all their lines end so."""
    entries = catalog.entries
    if newline:
        entries = tuple(Entry(entry.message, _lines_with(newline, entry.raw)) for entry in entries)
    return {entry.message.key: entry for entry in entries}


def _lines_with(newline: str, text: str) -> str:
    return "".join(line.rstrip("\r\n") + newline for line in split_lines(text))


def _created(catalog: Catalog) -> datetime:
    return date_in(catalog.head.msgstr if catalog.head else "", CREATION)


def _piece(sides: _Sides, key: _Key) -> _Piece | None:
    """Return what becomes of a message; None where it is gone."""
    base, ours, theirs = (table.get(key) for table in (sides.base, sides.ours, sides.theirs))
    if ours and theirs:
        old = base.message if base else None
        versions = merge_messages(
            old, ours.message, theirs.message, theirs_newer=sides.theirs_newer
        )
        return _written(sides, versions)
    only = ours or theirs
    if only is None or (base and not _is_work(base.message, only.message)):
        return None
    message = only.message
    if base and not base.message.obsolete and not message.obsolete:
        # The other side has it no more, so its template has not: it comes back with the template.
        message = replace(message, obsolete=True, extracted=(), references=())
    return _written(sides, (message, message))


def _is_work(base: Message, side: Message) -> bool:
    """Return whether a side made something of a message that the other side took out."""
    if meaning(base) == meaning(side):
        return False
    return (base.obsolete and not side.obsolete) or has_text(side) or any(side.comments)


def _written(sides: _Sides, versions: tuple[Message, Message]) -> _Piece:
    ours, theirs = versions
    entries = [table.get(ours.key) for table in (sides.ours, sides.theirs)]
    candidates = [entry for entry in entries if entry and entry.raw]
    raw = _lines_of(ours, candidates, sides.newline)
    if meaning(ours) == meaning(theirs):
        return _Piece(ours, raw)
    return _Piece(ours, raw, theirs, _lines_of(theirs, candidates, sides.newline))


def _lines_of(message: Message, candidates: Iterable[Entry], newline: str) -> str:
    """Return the lines of the first entry that means the same; written anew if there is none."""
    for entry in candidates:
        old = entry.message
        if meaning(replace(old, obsolete=message.obsolete)) != meaning(message):
            continue
        raw = _without_lead(entry.raw)
        if message.obsolete != old.obsolete:
            raw = made_obsolete(raw) if message.obsolete else revived(raw)
            old = replace(old, extracted=(), references=()) if message.obsolete else old
        if message.extracted != old.extracted:
            lines = comment_lines("#.", message.extracted)
            raw = with_lines(raw, EXTRACTED, lines, newline)
        if message.references != old.references:
            lines = comment_lines("#:", message.references)
            raw = with_lines(raw, REFERENCE, lines, newline)
        return raw
    return format_message(message).replace("\n", newline)


def _header(
    base: Catalog, ours: Catalog, theirs: Catalog
) -> tuple[Message | None, tuple[str, ...]]:
    """Return the header, None where one side took it out, and what to say about it."""
    if ours.head is None or theirs.head is None:
        head = ours.head or theirs.head
        unchanged = head and base.head and meaning(head) == meaning(base.head)
        return (None if unchanged else head), ()
    drafted = any(
        side.field(METHOD_FIELD) and _translated(base, side)
        for side, other in ((ours, theirs), (theirs, ours))
        if base.field(METHOD_FIELD) and not other.field(METHOD_FIELD)
    )
    merged, clashes = merge_headers(
        base.head or Message(""), ours.head, theirs.head, [METHOD_FIELD] if drafted else []
    )
    notes = [
        f"both sides changed {name} in the header; the value of the side that was edited last"
        " stands in the file now, look whether it is right"
        for name in clashes
        if name.lower() not in _QUIET
    ]
    if drafted:
        notes.append(
            "one side took X-Translation-Method out of the header, and the other side translated"
            " with it; it stays, until somebody has looked at those translations too"
        )
    return merged, tuple(notes)


def _translated(base: Catalog, side: Catalog) -> bool:
    """Return whether a side has translations that the base has not."""
    old = {(item.key, item.msgstr, item.msgstr_plural) for item in base.messages}
    return any(
        has_text(item) and (item.key, item.msgstr, item.msgstr_plural) not in old
        for item in side.messages
    )


def _plural_notes(merged: Catalog) -> Iterator[str]:
    """Tell of messages whose side had another rule for plurals than the header has now."""
    for message in merged.messages:
        forms = len(message.msgstr_plural)
        if forms not in (0, merged.nplurals):
            yield (
                f"the header asks for {merged.nplurals} plural forms now, and the message "
                f"“{first_words(message.msgid)}” has {forms}; write what is missing"
            )


def _parts(sides: _Sides, pieces: Mapping[_Key, _Piece]) -> list[tuple[_Key, Part]]:
    """Return our versions of all entries in the order of the result."""
    backbone, other = sides.ours, sides.theirs
    if _only_theirs_moved(sides):
        backbone, other = other, backbone
    places = {key: index for index, key in enumerate(backbone)}
    parts = []
    for key in _ordered(pieces, backbone, other):
        piece = pieces[key]
        entry = backbone.get(key)
        if entry and entry.raw and entry.message.obsolete == piece.ours.obsolete:
            parts.append((key, Part(_lead(entry.raw) + piece.raw, places[key])))
        else:
            parts.append((key, Part(piece.raw)))
    return parts


def _only_theirs_moved(sides: _Sides) -> bool:
    """Return whether theirs has what all have in another order, and ours in the old one."""
    tables = (sides.base, sides.ours, sides.theirs)
    live = [{key for key, entry in table.items() if not entry.message.obsolete} for table in tables]
    common = set.intersection(*live)
    base, ours, theirs = ([key for key in table if key in common] for table in tables)
    return ours == base != theirs


def _ordered(pieces: Mapping[_Key, _Piece], backbone: Table, other: Table) -> list[_Key]:
    """Return the keys: the backbone's, the other side's after their neighbours, the obsolete."""

    def stays(table: Table, key: _Key) -> bool:
        return key in pieces and table[key].message.obsolete == pieces[key].ours.obsolete

    kept = [key for key in backbone if stays(backbone, key)]
    known = set(kept)
    after: dict[_Key | None, list[_Key]] = {}
    before: _Key | None = _HEADER if _HEADER in known else None
    for key in other:
        if key in known:
            before = key
        elif stays(other, key) and not pieces[key].ours.obsolete:
            after.setdefault(before, []).append(key)
    ordered = [*after.get(None, ())]
    for key in kept:
        ordered += (key, *after.get(key, ()))
    known.update(ordered)
    return [*ordered, *(key for key in pieces if key not in known)]


def _tail(base: Catalog, ours: Catalog, theirs: Catalog) -> str:
    tails = [[line.rstrip("\r\n") for line in split_lines(c.tail)] for c in (base, ours, theirs)]
    merged = merge_lists(*tails)
    if list(merged) == tails[1]:
        return ours.tail
    return "".join(line + ours.newline for line in merged)


def _marked(
    merged: Catalog, pieces: Sequence[_Piece], labels: Labels, notes: tuple[str, ...]
) -> Merged:
    """Return the file, with both versions between marks where there are two."""
    refuse_other(merged, [piece.ours for piece in pieces])
    if not any(piece.theirs for piece in pieces):
        return Merged(bytes_to_write(merged), labels=labels, notes=notes)
    merged = as_utf_8(merged)
    texts: list[str] = []
    conflicts: list[Conflict] = []
    line = 1
    for entry, piece in zip(merged.entries, pieces, strict=True):
        text = entry.raw
        if piece.theirs:
            lead = _lead(text)
            conflicts.append(Conflict(line + lead.count("\n"), piece.ours, piece.theirs))
            text = lead + "".join(_conflict_lines(text, piece, labels, merged.newline))
        texts.append(text)
        line += text.count("\n")
    bom = codecs.BOM_UTF8 if merged.bom else b""
    data = bom + "".join([*texts, merged.tail]).encode()
    return Merged(data, tuple(conflicts), labels, notes)


def _conflict_lines(raw: str, piece: _Piece, labels: Labels, newline: str) -> Iterator[str]:
    size = labels.length
    yield f"{'<' * size} {labels.ours}{newline}"
    yield _ended(_without_lead(raw), newline)
    yield "=" * size + newline
    yield _ended(piece.their_raw, newline)
    yield f"{'>' * size} {labels.theirs}{newline}"


def _named(labels: Labels, ours: Catalog, theirs: Catalog) -> Labels:
    """Return the labels with the name of each side's last translator, where it is known."""
    return replace(
        labels, ours=_with_name(labels.ours, ours), theirs=_with_name(labels.theirs, theirs)
    )


def _with_name(label: str, side: Catalog) -> str:
    name = without_address(side.field("Last-Translator"))
    return first_words(f"{label} ({name})" if name else label, 200)


def _lead(raw: str) -> str:
    """Return the blank lines that lead an entry."""
    return raw[: len(raw) - len(_without_lead(raw))]


def _without_lead(raw: str) -> str:
    lines = split_lines(raw)
    start = next((i for i, line in enumerate(lines) if kind_of(line) != BLANK), 0)
    return "".join(lines[start:])


def _ended(raw: str, newline: str) -> str:
    return raw if raw.endswith("\n") else raw + newline
