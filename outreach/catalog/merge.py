"""Bring a catalog up to its template, and begin new catalogs.

An entry keeps its own lines wherever its message did not change, so that a catalog differs from
its last version only where the guide does. Only a message that is new, or that carries the
translation of an old one, is written anew.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import fields, replace
from itertools import zip_longest
from operator import attrgetter

from outreach.catalog.format import (
    METHOD_FIELD,
    comment_lines,
    comment_texts,
    format_catalog,
    format_message,
    header_fields,
    header_message,
    normal,
    reference_items,
    reference_lines,
    template_text,
)
from outreach.catalog.lines import Part, made_obsolete, revived, spaced, with_lines
from outreach.catalog.po import (
    Catalog,
    Entry,
    is_header,
    read_catalog,
    unlike,
    with_header_text,
    with_raw,
)
from outreach.catalog.reuse import Take, Wanted, plan
from outreach.catalog.scan import EXTRACTED, REFERENCE
from outreach.model import Language, Message

__all__ = [
    "merge",
    "new_catalog",
    "refuse_other",
    "rewritten",
    "template_text",
    "unique",
    "with_header",
    "with_method",
]

_says = attrgetter(*(item.name for item in fields(Message) if item.name != "line"))
_UNSET = re.compile(r"INTEGER|EXPRESSION|CHARSET")


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
    """Return the catalog with the messages as planned, in this order, then the obsolete ones.

    Raises OutreachError where the lines that came out would not be read as what was planned.
    """
    entries = catalog.entries
    planned = [
        (Part(entry.raw, index), entry.message)
        for index, entry in enumerate(entries)
        if is_header(entry.message)
    ]
    for take in takes:
        if take.written is None:
            planned.append(_kept(catalog, take.own, take.message))
        else:
            planned.append((Part(_written(catalog, take.written)), take.written))
    planned.extend(_left_over(entries, {take.own for take in takes}))
    changed = with_raw(catalog, spaced([part for part, _ in planned], catalog.newline))
    if changed is not catalog:
        refuse_other(changed, [message for _, message in planned])
    return changed


def refuse_other(catalog: Catalog, meant: Sequence[Message]) -> None:
    """Raise OutreachError unless a catalog says just what was meant, in this order."""
    for wanted, entry in zip_longest(meant, catalog.entries):
        if not (wanted and entry and _is_same(wanted, entry.message)):
            raise unlike(catalog.path, wanted or entry.message)


def _is_same(wanted: Message, found: Message) -> bool:
    # Most are just the same, and making two of them normal takes long.
    return _says(wanted) == _says(found) or normal(wanted) == normal(found)


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
        first = Part(header.replace("\n", catalog.newline))
        others = [Part(entry.raw, index) for index, entry in enumerate(catalog.entries)]
        return with_raw(catalog, spaced([first, *others], catalog.newline))
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


def _kept(catalog: Catalog, index: int, message: Message) -> tuple[Part, Message]:
    """Return the entry live, with the message's extracted comments and references."""
    entry = catalog.entries[index]
    old = entry.message
    raw = revived(entry.raw) if old.obsolete else entry.raw
    if tuple(comment_texts(message.extracted)) != old.extracted:
        lines = comment_lines("#.", message.extracted)
        raw = with_lines(raw, EXTRACTED, lines, catalog.newline)
    if reference_items(message.references) != reference_items(old.references):
        lines = reference_lines(message.references)
        raw = with_lines(raw, REFERENCE, lines, catalog.newline)
    meant = (message.extracted, message.references)
    if old.obsolete or meant != (old.extracted, old.references):
        old = replace(old, obsolete=False, extracted=meant[0], references=meant[1])
    return Part(raw, index), old


def _left_over(entries: Sequence[Entry], used: set[int]) -> Iterator[tuple[Part, Message]]:
    """Yield the entries that no message wants and that hold somebody's work, obsolete.

    An entry whose translation went to another text, as fuzzy, is among them: its text may return.
    """
    for index, entry in enumerate(entries):
        message = entry.message
        if index in used or is_header(message):
            continue
        if message.obsolete:
            yield Part(entry.raw, index), message
        elif _has_work(message):
            meant = replace(message, obsolete=True, extracted=(), references=())
            yield Part(made_obsolete(entry.raw), index), meant


def _has_work(message: Message) -> bool:
    return bool(message.msgstr) or any(message.msgstr_plural) or any(message.comments)


def _written(catalog: Catalog, message: Message) -> str:
    return format_message(message).replace("\n", catalog.newline)
