"""Bring a catalog up to its template, and begin new catalogs.

An entry keeps its own lines wherever its message did not change, so that a catalog differs from
its last version only where the guide does. Only a message that is new, or that carries the
translation of an old one, is written anew.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from outreach.catalog.format import (
    comment_lines,
    comment_texts,
    format_catalog,
    format_message,
    header_fields,
    header_message,
    reference_items,
    reference_lines,
    template_text,
)
from outreach.catalog.po import (
    METHOD_FIELD,
    Catalog,
    Entry,
    is_header,
    read_catalog,
    with_header_text,
    with_raw,
)
from outreach.catalog.reuse import Take, Wanted, plan
from outreach.catalog.scan import (
    BLANK,
    EXTRACTED,
    FLAGS,
    OBSOLETE,
    PREVIOUS,
    REFERENCE,
    STRING,
    TRANSLATOR,
    kind_of,
    split_lines,
)
from outreach.model import Language, Message

__all__ = [
    "merge",
    "new_catalog",
    "rewritten",
    "template_text",
    "unique",
    "with_header",
    "with_method",
]

_ORDER = (BLANK, TRANSLATOR, EXTRACTED, REFERENCE, FLAGS, PREVIOUS, STRING, OBSOLETE)
_UNSET = re.compile(r"INTEGER|EXPRESSION|CHARSET")


@dataclass(frozen=True, slots=True)
class _Part:
    """An entry of the new catalog."""

    raw: str
    old: int = -1
    """Where the entry stands in the old catalog, -1 when it is written anew."""


def merge(catalog: Catalog, template: Sequence[Message]) -> Catalog:
    """Return a catalog of its own, such as that of the interface, brought up to its template.

    A message that is new takes the translation of the closest one that vanished, as fuzzy. What
    vanished with a translation or a translator's comment becomes obsolete, and is revived when it
    returns. Without any change the catalog itself is returned.
    """
    found = plan([Wanted(catalog, unique(template))], markdown=False)
    return rewritten(catalog, found.takes[0])


def unique(template: Sequence[Message]) -> tuple[Message, ...]:
    """Return the messages that a catalog can have: with a msgid, and each key once."""
    return tuple({message.key: message for message in template if message.msgid}.values())


def rewritten(catalog: Catalog, takes: Sequence[Take]) -> Catalog:
    """Return the catalog with the messages as planned, in this order, then the obsolete ones."""
    entries = catalog.entries
    parts = [_Part(item.raw, i) for i, item in enumerate(entries) if is_header(item.message)]
    for take in takes:
        if take.written is None:
            parts.append(_kept(catalog, take.own, take.message))
        else:
            parts.append(_Part(_written(catalog, take.written)))
    parts.extend(_left_over(entries, {take.own for take in takes}))
    return with_raw(catalog, _spaced(parts, catalog.newline))


def new_catalog(
    path: str,
    language: Language,
    template: Sequence[Message],
    project: str,
    comments: Sequence[str] = (),
) -> Catalog:
    """Return a catalog in which nothing is translated yet."""
    header = header_message(_new_fields(project, language), comments)
    empty = read_catalog(format_catalog(header, ()).encode(), path)
    return merge(empty, template)


def with_header(catalog: Catalog, language: Language) -> Catalog:
    """Return the catalog with what its header lacks; the catalog itself if it lacks nothing."""
    if catalog.head is None:
        header = format_message(header_message(_new_fields("", language)))
        first = _Part(header.replace("\n", catalog.newline))
        others = [_Part(entry.raw, index) for index, entry in enumerate(catalog.entries)]
        return with_raw(catalog, _spaced([first, *others], catalog.newline))
    lines = catalog.head.msgstr.split("\n")
    for name, value in _new_fields("", language):
        if name in ("Language", "Plural-Forms", "MIME-Version", "Content-Type"):
            lines = _completed(lines, name, value)
    return with_header_text(catalog, "\n".join(lines))


def with_method(catalog: Catalog, method: str) -> Catalog:
    """Return the catalog with a header that says how its translations were made."""
    if catalog.head is None or catalog.method == method:
        return catalog
    return with_header_text(catalog, f"{catalog.head.msgstr}{METHOD_FIELD}: {method}\n")


def _new_fields(project: str, language: Language) -> list[tuple[str, str]]:
    fields = header_fields(project, team=language.english_name, language=language.locale)
    return [*fields, ("Plural-Forms", language.plural_forms)]


def _completed(lines: Sequence[str], name: str, value: str) -> list[str]:
    """Return the header's lines with the field set, where it is missing, empty or a placeholder."""
    for index, line in enumerate(lines):
        key, _, old = line.partition(":")
        if key.strip().lower() == name.lower():
            lacks = not old.strip() or _UNSET.search(old)
            if name == "Content-Type" and "charset=" not in old.lower():
                lacks = True
            new = f"{name}: {value}" if lacks else line
            return [*lines[:index], new, *lines[index + 1 :]]
    return [*(line for line in lines if line), f"{name}: {value}", ""]


def _kept(catalog: Catalog, index: int, message: Message) -> _Part:
    """Return the entry live, with the message's extracted comments and references."""
    entry = catalog.entries[index]
    old = entry.message
    raw = _revived(entry.raw) if old.obsolete else entry.raw
    if tuple(comment_texts(message.extracted)) != old.extracted:
        lines = comment_lines("#.", message.extracted)
        raw = _with_lines(raw, EXTRACTED, lines, catalog.newline)
    if reference_items(message.references) != reference_items(old.references):
        lines = reference_lines(message.references)
        raw = _with_lines(raw, REFERENCE, lines, catalog.newline)
    return _Part(raw, index)


def _left_over(entries: Sequence[Entry], used: set[int]) -> Iterator[_Part]:
    """Yield the entries that no message wants and that hold somebody's work, obsolete.

    An entry whose translation went to another text, as fuzzy, is among them: its text may return.
    """
    for index, entry in enumerate(entries):
        message = entry.message
        if index in used or is_header(message):
            continue
        if message.obsolete:
            yield _Part(entry.raw, index)
        elif _has_work(message):
            yield _Part(_made_obsolete(entry.raw), index)


def _has_work(message: Message) -> bool:
    return bool(message.msgstr) or any(message.msgstr_plural) or any(message.comments)


def _written(catalog: Catalog, message: Message) -> str:
    return format_message(message).replace("\n", catalog.newline)


def _with_lines(raw: str, mark: str, new: Iterable[str], newline: str) -> str:
    """Return the lines of an entry with its comments of one kind replaced, in their place."""
    lines = split_lines(raw)
    kinds = [kind_of(line) for line in lines]
    if mark in kinds:
        at = kinds.index(mark)
    else:
        rank = _ORDER.index(mark)
        at = next(i for i, kind in enumerate(kinds) if _ORDER.index(kind) > rank)
    after = [line for line, kind in zip(lines[at:], kinds[at:], strict=True) if kind != mark]
    return "".join([*lines[:at], *(line + newline for line in new), *after])


def _made_obsolete(raw: str) -> str:
    """Return the lines of an entry as obsolete; what was extracted is true no more."""
    return "".join(
        _obsolete_line(line)
        for line in split_lines(raw)
        if kind_of(line) not in (EXTRACTED, REFERENCE)
    )


def _obsolete_line(line: str) -> str:
    if kind_of(line) == STRING:
        return "#~ " + line
    return line.replace("#|", "#~|", 1) if kind_of(line) == PREVIOUS else line


def _revived(raw: str) -> str:
    return "".join(_live_line(line) for line in split_lines(raw))


def _live_line(line: str) -> str:
    if kind_of(line) != OBSOLETE:
        return line
    text = line.lstrip()[2:]
    return "#" + text if text.startswith("|") else text.removeprefix(" ")


def _spaced(parts: Sequence[_Part], newline: str) -> Iterator[str]:
    """Yield the text of each part, apart from others by a blank line where its place is new."""
    before = -1
    for number, part in enumerate(parts):
        raw = part.raw
        if part.old < 0 or part.old != before + 1:
            raw = _apart(raw, newline, first=number == 0)
        is_open = not raw.endswith("\n") and number + 1 < len(parts)
        yield raw + newline if is_open else raw
        before = part.old if part.old >= 0 else -2


def _apart(raw: str, newline: str, *, first: bool) -> str:
    lines = split_lines(raw)
    blank = next(i for i, line in enumerate(lines) if kind_of(line) != BLANK)
    if first:
        return "".join(lines[blank:])
    return raw if blank else newline + raw
