"""Bring a catalog up to its template, and begin new catalogs.

An entry keeps its own lines wherever its message did not change, so that a catalog differs from
its last version only where the guide does. Only a message that is new, or that carries the
translation of an old one, is written anew.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

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
from outreach.catalog.lines import Part, made_obsolete, revived, spaced, with_lines
from outreach.catalog.match import closest
from outreach.catalog.po import (
    Catalog,
    Entry,
    is_header,
    read_catalog,
    with_header_text,
    with_raw,
)
from outreach.catalog.scan import EXTRACTED, REFERENCE
from outreach.model import Language, Message

__all__ = ["merge", "new_catalog", "template_text", "with_header"]

_UNSET = re.compile(r"INTEGER|EXPRESSION|CHARSET")


def merge(catalog: Catalog, template: Sequence[Message]) -> Catalog:
    """Return the catalog with the template's messages in their order, then the obsolete ones.

    A message that is new takes the translation of the closest one that vanished, as fuzzy. What
    vanished with a translation or a translator's comment becomes obsolete, and is revived when it
    returns. Without any change the catalog itself is returned.
    """
    wanted = tuple({message.key: message for message in template if message.msgid}.values())
    entries = catalog.entries
    exact = _exact(entries, wanted)
    close = _close(entries, wanted, exact)
    parts = [Part(item.raw, i) for i, item in enumerate(entries) if is_header(item.message)]
    for index, message in enumerate(wanted):
        if index in exact:
            parts.append(_kept(catalog, exact[index], message))
        else:
            old = entries[close[index]].message if index in close else None
            parts.append(Part(_written(catalog, _carried(message, old, catalog.nplurals))))
    used = {*exact.values(), *close.values()}
    parts.extend(_left_over(entries, used))
    return with_raw(catalog, spaced(parts, catalog.newline))


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
        others = (Part(entry.raw, index) for index, entry in enumerate(catalog.entries))
        return with_raw(catalog, spaced([first, *others], catalog.newline))
    lines = catalog.head.msgstr.split("\n")
    for name, value in _new_fields("", language):
        if name in ("Language", "Plural-Forms", "MIME-Version", "Content-Type"):
            lines = _completed(lines, name, value)
    return with_header_text(catalog, "\n".join(lines))


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


def _exact(entries: Sequence[Entry], wanted: Sequence[Message]) -> dict[int, int]:
    """Return for indexes of wanted messages the entry with the same key.

    A message without context may have an entry of the same msgid with one, for catalogs that were
    begun with other tools, but not one that another message has by its key.
    """
    by_key = {entry.message.key: index for index, entry in enumerate(entries)}
    found = {i: by_key[message.key] for i, message in enumerate(wanted) if message.key in by_key}
    used = set(found.values())
    in_context: dict[str, int] = {}
    for index in sorted(range(len(entries)), key=lambda index: entries[index].message.obsolete):
        if index not in used and entries[index].message.msgctxt is not None:
            in_context.setdefault(entries[index].message.msgid, index)
    for i, message in enumerate(wanted):
        if i not in found and message.msgctxt is None and message.msgid in in_context:
            found[i] = in_context.pop(message.msgid)
    return found


def _close(
    entries: Sequence[Entry], wanted: Sequence[Message], exact: dict[int, int]
) -> dict[int, int]:
    """Return for indexes of new messages the entry whose translation they take."""
    used = set(exact.values())
    new = [
        index
        for index, message in enumerate(wanted)
        if index not in exact and message.msgid_plural is None
    ]
    old = [
        index
        for index, entry in enumerate(entries)
        if index not in used and entry.message.msgid and entry.message.msgstr
    ]
    pairs = closest(
        [wanted[index].msgid for index in new], [entries[index].message.msgid for index in old]
    )
    return {new[i]: old[j] for i, j in pairs.items()}


def _kept(catalog: Catalog, index: int, message: Message) -> Part:
    """Return the entry live, with the message's extracted comments and references."""
    entry = catalog.entries[index]
    old = entry.message
    if message.msgid_plural not in (None, old.msgid_plural):
        return Part(_written(catalog, _with_plural(message, old, catalog.nplurals)))
    raw = revived(entry.raw) if old.obsolete else entry.raw
    if tuple(comment_texts(message.extracted)) != old.extracted:
        lines = comment_lines("#.", message.extracted)
        raw = with_lines(raw, EXTRACTED, lines, catalog.newline)
    if reference_items(message.references) != reference_items(old.references):
        lines = reference_lines(message.references)
        raw = with_lines(raw, REFERENCE, lines, catalog.newline)
    return Part(raw, index)


def _carried(message: Message, old: Message | None, nplurals: int) -> Message:
    """Return the new message, with the translation of the old one to be looked over."""
    plurals = ("",) * nplurals if message.msgid_plural is not None else ()
    new = Message(
        message.msgid,
        msgctxt=message.msgctxt,
        msgid_plural=message.msgid_plural,
        msgstr_plural=plurals,
        extracted=message.extracted,
        references=message.references,
    )
    if old is None:
        return new
    # Edited twice before a translator came: the translation is of the earliest text.
    earlier = old.fuzzy and old.previous_msgid is not None
    return replace(
        new,
        msgstr=old.msgstr,
        comments=old.comments,
        flags=("fuzzy", *old.flags),
        previous_msgid=old.previous_msgid if earlier else old.msgid,
        previous_msgctxt=old.previous_msgctxt if earlier else old.msgctxt,
    )


def _with_plural(message: Message, old: Message, nplurals: int) -> Message:
    """Return the entry with a plural that is new or changed, its translations to be looked over."""
    forms = old.msgstr_plural or (old.msgstr,) * nplurals
    return replace(
        old,
        msgstr="",
        msgid_plural=message.msgid_plural,
        msgstr_plural=forms,
        extracted=message.extracted,
        references=message.references,
        flags=("fuzzy", *old.flags),
        obsolete=False,
    )


def _left_over(entries: Sequence[Entry], used: set[int]) -> Iterator[Part]:
    """Yield the entries that no message wants and that hold somebody's work, obsolete."""
    for index, entry in enumerate(entries):
        message = entry.message
        if index in used or is_header(message):
            continue
        if message.obsolete:
            yield Part(entry.raw, index)
        elif message.msgstr or any(message.msgstr_plural) or any(message.comments):
            yield Part(made_obsolete(entry.raw), index)


def _written(catalog: Catalog, message: Message) -> str:
    return format_message(message).replace("\n", catalog.newline)
