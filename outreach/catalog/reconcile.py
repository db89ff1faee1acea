"""Two people's changes of one message put together: texts, marks, comments and header fields.

“Base” is what both began with. What only one side changed is taken from there. Only two different
translations of one message cannot be put together.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from difflib import SequenceMatcher
from typing import TypeVar

from outreach.model import Message

REVISION, TRANSLATOR = "po-revision-date", "last-translator"
CREATION = "pot-creation-date"

_Value = TypeVar("_Value")
_OLDEST = datetime.min.replace(tzinfo=UTC)
_Name = tuple[str, int]
"""A header field's name in small letters, and how often it stood before."""
_Fields = dict[_Name, str]
"""The lines of a header."""


@dataclass(frozen=True, slots=True)
class Versions:
    """One message as it was, and as each side has it."""

    base: Message
    ours: Message
    theirs: Message


def meaning(message: Message) -> Message:
    """Return the message without what a template decides: two that are equal say the same."""
    flags = tuple(sorted(set(message.flags)))
    return replace(message, flags=flags, extracted=(), references=(), line=0)


def has_text(message: Message) -> bool:
    """Return whether somebody wrote a translation, whether or not it is shown."""
    return bool(message.msgstr or any(message.msgstr_plural))


def settled(base: _Value, ours: _Value, theirs: _Value, otherwise: _Value) -> _Value:
    """Return the value of the side that changed it, `otherwise` where both did, differently."""
    if theirs in (base, ours):
        return ours
    return theirs if ours == base else otherwise


def merge_lists(base: Sequence[str], ours: Sequence[str], theirs: Sequence[str]) -> tuple[str, ...]:
    """Return the lines without those that one side took out, with those that either put in.

    A line that both put in stands there as often as the side has it that has it more often.
    """
    if theirs in (base, ours):
        return tuple(ours)
    if ours == base:
        return tuple(theirs)
    our_gone, our_new = _edits(base, ours)
    their_gone, their_new = _edits(base, theirs)
    known = Counter(line for lines in our_new for line in lines)
    merged: list[str] = []
    for index in range(len(base) + 1):
        merged += our_new[index]
        merged += _beyond(known, their_new[index])
        if index < len(base) and index not in our_gone | their_gone:
            merged.append(base[index])
    return tuple(merged)


def _beyond(known: Counter[str], lines: Iterable[str]) -> Iterator[str]:
    """Yield the lines that are not known; each that is known counts down."""
    for line in lines:
        if known[line]:
            known[line] -= 1
        else:
            yield line


def _edits(base: Sequence[str], side: Sequence[str]) -> tuple[set[int], list[list[str]]]:
    """Return which lines of the base are gone, and what is new before each line and at the end."""
    gone: set[int] = set()
    new: list[list[str]] = [[] for _ in range(len(base) + 1)]
    matcher = SequenceMatcher(None, base, side, autojunk=False)
    for tag, start, end, side_start, side_end in matcher.get_opcodes():
        if tag != "equal":
            gone.update(range(start, end))
            new[start] += side[side_start:side_end]
    return gone, new


def merge_messages(
    base: Message | None, ours: Message, theirs: Message, *, theirs_newer: bool
) -> tuple[Message, Message]:
    """Return the message as it is with our translation, and with theirs.

    The two are equal unless both sides translated it, differently: then they differ in the
    translation and its marks alone. `theirs_newer` says whose template counts where both changed
    what it decides. Without a base, live counts more than obsolete, and fuzzy more than not.
    """
    base = base or Message(ours.msgid, msgctxt=ours.msgctxt, obsolete=True)
    three = Versions(base, ours, theirs)
    obsolete = settled(base.obsolete, ours.obsolete, theirs.obsolete, otherwise=False)
    extracted, references = _of_template(three, theirs_newer=theirs_newer, obsolete=obsolete)
    common = replace(
        ours,
        comments=merge_lists(base.comments, ours.comments, theirs.comments),
        flags=merge_lists(_other_flags(base), _other_flags(ours), _other_flags(theirs)),
        extracted=extracted,
        references=references,
        obsolete=obsolete,
    )
    winner = _winner(three)
    if winner is None:
        return _with_text(common, ours, _state(ours)), _with_text(common, theirs, _state(theirs))
    merged = _with_text(common, winner, _merged_state(three, winner))
    return merged, merged


_Text = tuple[str | None, str, tuple[str, ...]]
_State = tuple[bool, str | None, str | None]


def _text(message: Message) -> _Text:
    return message.msgid_plural, message.msgstr, message.msgstr_plural


def _state(message: Message) -> _State:
    """Return whether it is fuzzy, and since which text: the two belong together."""
    return message.fuzzy, message.previous_msgid, message.previous_msgctxt


def _doubt(state: _State) -> tuple[bool, list[tuple[bool, str]]]:
    """Return what to compare states by: the same of two is chosen whichever side has it."""
    fuzzy, *previous = state
    return fuzzy, [(text is not None, text or "") for text in previous]


def _other_flags(message: Message) -> tuple[str, ...]:
    return tuple(flag for flag in message.flags if flag != "fuzzy")


def _winner(three: Versions) -> Message | None:
    """Return the side whose translation is kept, None when both must be.

    A translation that one side took away and the other changed is kept.
    """
    ours, theirs = three.ours, three.theirs
    if _text(theirs) in (_text(three.base), _text(ours)):
        return ours
    if _text(ours) == _text(three.base):
        return theirs
    if has_text(ours) and has_text(theirs):
        return None
    return max(ours, theirs, key=_weight)


def _weight(message: Message) -> tuple[bool, str, int]:
    """Return what to compare messages by, of which at most one is translated.

    Where none is, the two have other plural forms, and the same of them is chosen whichever side
    has it.
    """
    return has_text(message), message.msgid_plural or "", len(message.msgstr_plural)


def _merged_state(three: Versions, winner: Message) -> _State:
    """Return the state of the translation that is kept; in doubt it is fuzzy.

    A new text has the state that its writer gave it: a review of the old text does not count for
    the new one. A doubt that the other side had meanwhile counts.
    """
    ours, theirs = _state(three.ours), _state(three.theirs)
    if _text(three.ours) == _text(three.theirs):
        return settled(_state(three.base), ours, theirs, max(ours, theirs, key=_doubt))
    other = three.theirs if winner is three.ours else three.ours
    doubted = other.fuzzy and not three.base.fuzzy and has_text(other)
    return _state(other) if doubted and not winner.fuzzy else _state(winner)


def _with_text(common: Message, text: Message, state: _State) -> Message:
    fuzzy, previous_msgid, previous_msgctxt = state
    return replace(
        common,
        msgstr=text.msgstr,
        msgid_plural=text.msgid_plural,
        msgstr_plural=text.msgstr_plural,
        flags=("fuzzy", *common.flags) if fuzzy else common.flags,
        previous_msgid=previous_msgid,
        previous_msgctxt=previous_msgctxt,
    )


def _of_template(
    three: Versions, *, theirs_newer: bool, obsolete: bool
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the extracted comments and the references."""
    base, ours, theirs = three.base, three.ours, three.theirs
    if ours.obsolete != theirs.obsolete:
        side = ours if ours.obsolete == obsolete else theirs
        return side.extracted, side.references
    newer = theirs if theirs_newer else ours
    return (
        settled(base.extracted, ours.extracted, theirs.extracted, newer.extracted),
        settled(base.references, ours.references, theirs.references, newer.references),
    )


def merge_headers(
    base: Message, ours: Message, theirs: Message, kept: Collection[str] = ()
) -> tuple[Message, tuple[str, ...]]:
    """Return the header, and the names of the fields that both sides changed, differently.

    Of such a field the value of the side that was edited last is taken. The date and the name of
    the last translator stay together. A field named in `kept` stays where one side took it out.
    """
    old, our, their = (_fields(message.msgstr) for message in (base, ours, theirs))
    theirs_later = date_in(theirs.msgstr, REVISION) > date_in(ours.msgstr, REVISION)
    fields, clashes = _merged_fields(old, our, their, their if theirs_later else our)
    for name in map(str.lower, kept):
        fields[name, 0] = our.get((name, 0)) or their.get((name, 0), "")
    fields = {name: line for name, line in fields.items() if line}
    bare = (replace(message, msgstr="") for message in (base, ours, theirs))
    merged, _ = merge_messages(*bare, theirs_newer=theirs_later)
    return replace(merged, msgstr=_joined(fields, ours.msgstr, theirs.msgstr)), clashes


def _joined(fields: _Fields, ours: str, theirs: str) -> str:
    """Return the fields as text, as one of the sides has it where it has the same."""
    for msgstr in (ours, theirs):
        if _fields(msgstr) == fields:
            return msgstr
    return "".join(f"{line}\n" for line in fields.values())


def date_in(header: str, name: str) -> datetime:
    """Return the date in a header field; one that is missing or none is older than all others."""
    line = _fields(header).get((name, 0), "")
    try:
        date = datetime.strptime(line.partition(":")[2].strip(), "%Y-%m-%d %H:%M%z")
    except ValueError:
        return _OLDEST
    return date


def without_address(translator: str) -> str:
    """Return the name of a translator as it stands in a header, without the address after it."""
    name = re.sub(r"\s*<[^>]*>?\s*", " ", translator).strip()
    return "" if name == "FULL NAME" else name


def _merged_fields(
    base: _Fields,
    ours: _Fields,
    theirs: _Fields,
    later: _Fields,
) -> tuple[_Fields, tuple[str, ...]]:
    merged: _Fields = {}
    clashes: list[str] = []
    stamped = False
    for name in {**ours, **theirs}:
        old, our, their = (fields.get(name, "") for fields in (base, ours, theirs))
        merged[name] = settled(old, our, their, later.get(name, "") or our or their)
        if our != their and old not in (our, their):
            clashes.append((our or their).partition(":")[0].strip())
            if name == (REVISION, 0):
                stamped = True
    if stamped:
        merged[TRANSLATOR, 0] = later.get((TRANSLATOR, 0), "")
    return merged, tuple(dict.fromkeys(clashes))


def _fields(msgstr: str) -> _Fields:
    """Return the lines of a header by what they are about; a line that is no field is its name."""
    seen: Counter[str] = Counter()
    fields: _Fields = {}
    for line in filter(None, msgstr.split("\n")):
        name = line.partition(":")[0].strip().lower()
        fields[name, seen[name]] = line
        seen[name] += 1
    return fields
