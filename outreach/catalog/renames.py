"""Messages that one side of a merge carried over to a changed text, while the other worked on them.

`outreach update` gives the translation of a text that changed to the new text, as fuzzy. The other
side, which has the old text, goes the same way here before the two are put together: so what it did
with the old message is not lost, and is no conflict with what was carried over.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from outreach.catalog.match import closest
from outreach.catalog.po import Entry
from outreach.catalog.reconcile import has_text
from outreach.model import Message

_Key = tuple[str | None, str]

Table = dict[_Key, Entry]
"""The entries of a catalog by the keys of their messages, in order."""

_Way = list[tuple[Message, Message]]
"""The new messages of a side, each with the message of the base that it was carried over from."""


def follow_renames(base: Table, ours: Table, theirs: Table) -> tuple[Table, Table, Table]:
    """Return the tables with the messages that one side carried over carried over in all.

    Both sides' ways are found before either is followed, so that none of them comes first.
    """
    our_way, their_way = _way(base, ours, theirs), _way(base, theirs, ours)
    return (
        _begun(base, [*our_way, *their_way], (ours, theirs)),
        _followed(base, theirs, ours, their_way),
        _followed(base, ours, theirs, our_way),
    )


def _begun(base: Table, ways: _Way, sides: Sequence[Table]) -> Table:
    """Return the base as if it had gone both ways, with each new message before the old one.

    What a template decides is the sides' own. A message that they carried over from two different
    ones began with neither.
    """
    origins: dict[_Key, set[_Key]] = {}
    for new, old in ways:
        origins.setdefault(new.key, set()).add(old.key)
    begun: dict[_Key, Table] = {}
    for new, old in ways:
        if len(origins[new.key]) == 1:
            obsolete = any(side[new.key].message.obsolete for side in sides if new.key in side)
            bare = replace(new, obsolete=obsolete, extracted=(), references=())
            begun.setdefault(old.key, {})[new.key] = _carried(base[old.key], bare)
    followed: Table = {}
    for key, entry in base.items():
        followed |= begun.get(key, {})
        followed[key] = entry
    return followed


def _followed(base: Table, side: Table, other: Table, way: _Way) -> Table:
    """Return the other side as if it had gone the way of this side.

    A new message takes the place of the old one, and stands before it where this side has kept
    the old one as obsolete.
    """
    moved = {old.key: _carried(other[old.key], new) for new, old in way if new.key not in other}
    taken = {entry.message.key for entry in moved.values()}
    for new, old in _begun_meanwhile(base, _without(side, taken), _without(other, moved)):
        moved[old.key] = _carried(other[old.key], replace(new, flags=("fuzzy",)))
    followed: Table = {}
    for key, entry in other.items():
        if key in moved:
            followed[moved[key].message.key] = moved[key]
        if key not in moved or key in side:
            followed[key] = entry
    return followed


def _without(table: Table, keys: Collection[_Key]) -> Table:
    return {key: entry for key, entry in table.items() if key not in keys}


def _way(base: Table, side: Table, other: Table) -> _Way:
    """Return the new messages of a side that name the old text, with the base's old ones.

    Where both sides have the new one, it shows which of them still has the translation that was
    carried over. Else the old one must be gone from the side, or be obsolete there. Where both
    changed the translation, each at its own text, both stay as they are.
    """
    named = {
        _translated_text(message): message
        for message in sorted(
            (entry.message for entry in base.values()), key=lambda one: not one.obsolete
        )
        if message.msgid and message.msgid_plural is None
    }
    way = []
    for new in _new(base, side):
        text = (new.previous_msgctxt, new.previous_msgid or "")
        old = named.get(text)
        if old is None or not new.fuzzy:
            continue
        if new.key in other:
            way.append((new, old))
        elif old.key in other and (old.key not in side or side[old.key].message.obsolete):
            theirs = other[old.key].message
            if theirs.msgid_plural is None and old.msgstr in (new.msgstr, theirs.msgstr):
                way.append((new, named.pop(text)))
    return way


def _begun_meanwhile(base: Table, side: Table, other: Table) -> Iterator[tuple[Message, Message]]:
    """Yield new messages that nobody translated, and old ones that only the other side did.

    While the old text had no translation, nothing was carried over that would name it.
    """
    new = [message for message in _new(base, side) if not has_text(message)]
    new = [message for message in new if message.key not in other and not message.obsolete]
    old = [
        other[key].message
        for key, entry in base.items()
        if key not in side and key in other and not has_text(entry.message)
    ]
    old = [message for message in old if message.msgstr and message.msgid]
    pairs = closest([message.msgid for message in new], [message.msgid for message in old])
    for index, old_index in pairs.items():
        yield new[index], old[old_index]


def _new(base: Table, side: Table) -> list[Message]:
    return [
        entry.message
        for key, entry in side.items()
        if key not in base and entry.message.msgid_plural is None
    ]


def _translated_text(message: Message) -> tuple[str | None, str]:
    """Return context and text that the translation was made for: of a fuzzy one, the earlier."""
    if message.fuzzy and message.previous_msgid is not None:
        return message.previous_msgctxt, message.previous_msgid
    return message.key


def _carried(entry: Entry, new: Message) -> Entry:
    """Return what the new message would be if it had been carried over from the entry."""
    old = entry.message
    context, msgid = _translated_text(old)
    message = replace(
        new,
        msgstr=old.msgstr,
        comments=old.comments,
        flags=("fuzzy", *(flag for flag in old.flags if flag != "fuzzy")),
        previous_msgid=msgid,
        previous_msgctxt=context,
    )
    return Entry(message, "")
