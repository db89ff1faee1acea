"""How an entry reads that goes on from another one, or takes its translation."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass, replace

from outreach.model import Message

FROM = "Translated as in "
"""How the comment begins that says where a translation comes from."""


@dataclass(frozen=True, slots=True)
class Source:
    """An entry with a translation that another message may take."""

    message: Message
    path: str
    used: bool
    """Whether a guide still has its text."""
    method: str = ""
    """How its catalog says that translations were made, such as `machine draft`."""

    def sure(self, method: str | None) -> bool:
        """Return whether it can be shown in a catalog that was made in this way, None for any."""
        return not self.message.fuzzy and (method is None or self.method in ("", method))


def empty(message: Message, nplurals: int) -> Message:
    """Return the message without a translation."""
    plurals = ("",) * nplurals if message.msgid_plural is not None else ()
    return Message(
        message.msgid,
        msgctxt=message.msgctxt,
        msgid_plural=message.msgid_plural,
        msgstr_plural=plurals,
        extracted=message.extracted,
        references=message.references,
    )


def respelled(message: Message, old: Message, keys: Container[tuple[str | None, str]]) -> Message:
    """Return the old entry for a text that is the same for readers."""
    taken = (old.msgctxt, message.msgid) in keys
    return replace(
        old,
        msgid=message.msgid,
        msgctxt=message.msgctxt if taken else old.msgctxt,
        msgstr=_with_ends(old.msgstr, old.msgid, message.msgid),
        extracted=message.extracted,
        references=message.references,
        obsolete=False,
    )


def filled(base: Message, source: Source, *, fuzzy: bool = False) -> Message:
    """Return the message with the translation of the same text, and a note where it is from.

    What translators noted beside a text that moved comes with it. What they noted beside one that
    is still in use speaks of its own place.
    """
    old = source.message
    comments = tuple(line for line in _comments(source) if not line.startswith(FROM))
    mark = ("fuzzy",) if fuzzy else ()
    return replace(
        base,
        msgstr=_with_ends(old.msgstr, old.msgid, base.msgid),
        comments=_joined(base.comments, (*comments, f"{FROM}{source.path}.")),
        flags=_joined((*mark, *base.flags), _flags(source)),
        previous_msgid=old.previous_msgid if fuzzy else base.previous_msgid,
        previous_msgctxt=old.previous_msgctxt if fuzzy else base.previous_msgctxt,
    )


def carried(base: Message, source: Source) -> Message:
    """Return the message with the translation of another text, to be looked over."""
    old = source.message
    message = replace(
        base,
        msgstr=old.msgstr,
        comments=_comments(source),
        flags=_joined(("fuzzy",), _flags(source)),
    )
    # Edited twice before a translator came: the translation is of the earliest text.
    earlier = old.fuzzy and old.previous_msgid is not None
    return replace(
        message,
        previous_msgid=old.previous_msgid if earlier else old.msgid,
        previous_msgctxt=old.previous_msgctxt if earlier else old.msgctxt,
    )


def taken_over(base: Message, source: Source) -> Message:
    """Return the message with the translation of the text before an edit, and a record of it."""
    old = source.message
    before = " ".join(old.msgid.split())
    note = f"Carried over from “{before}”: a maintainer says that the edit changed no meaning."
    return replace(
        base,
        msgstr=_with_ends(old.msgstr, old.msgid, base.msgid),
        comments=_joined(old.comments, (note,)),
        flags=old.flags,
    )


def with_plural(message: Message, old: Message, nplurals: int) -> Message:
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


def _with_ends(msgstr: str, old: str, new: str) -> str:
    """Return a translation with newlines around it where the new text has gained or lost them."""
    if not msgstr:
        return ""
    if old.startswith("\n") != new.startswith("\n"):
        msgstr = msgstr.lstrip("\n") if old.startswith("\n") else f"\n{msgstr}"
    if old.endswith("\n") != new.endswith("\n"):
        msgstr = msgstr.rstrip("\n") if old.endswith("\n") else f"{msgstr}\n"
    return msgstr


def _comments(source: Source) -> tuple[str, ...]:
    return () if source.used else source.message.comments


def _flags(source: Source) -> tuple[str, ...]:
    return () if source.used else tuple(f for f in source.message.flags if f != "fuzzy")


def _joined(first: tuple[str, ...], second: tuple[str, ...]) -> tuple[str, ...]:
    return (*first, *(item for item in second if item not in first))
