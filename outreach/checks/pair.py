"""A translation beside its source text: what every rule on messages is given, and what it finds."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from outreach.markup.parser import MAX_TEXT, is_too_long
from outreach.markup.references import repair
from outreach.markup.shape import Shape, html_shape, plain_shape, shape_of
from outreach.model import Language, Message, Severity

_PLAIN = frozenset({"title of the guide", "main message of the guide", "title of a link"})
"""Kinds of texts in which Markdown has no meaning."""
_CODE = "preformatted text"
_RAW = "text in raw HTML"

Form = Literal["markdown", "plain", "code", "html"]


@dataclass(frozen=True, slots=True)
class Context:
    """What is known of the place in which messages stand."""

    language: Language
    source: Language
    references: Mapping[str, Any] = field(default_factory=dict)
    """The link definitions of the guide, by normalized label."""
    footnotes: frozenset[str] = frozenset()
    """The labels of its footnotes."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A live translation and its source text, both parsed."""

    msgid: str
    msgstr: str
    context: Context
    form: Form
    old: Shape
    """Of the msgid."""
    new: Shape
    """Of the msgstr, with the labels that were repaired."""
    taken: tuple[tuple[str, str], ...] = ()
    """Unknown labels of the translation, and what each was taken for."""

    @property
    def language(self) -> Language:
        return self.context.language


@dataclass(frozen=True, slots=True)
class Finding:
    """What one rule found in one message."""

    text: str
    """What is wrong, and how to mend it."""
    severity: Severity = "error"
    """An error means that readers get the source text instead."""


def pairs_of(message: Message, kinds: Collection[str], context: Context) -> Iterator[Pair]:
    """The message as each form of text that it stands for in the guide, at most two.

    `kinds` says in plain words where it stands; empty when that is not known.
    """
    if message.msgid == message.msgstr or is_too_long(message.msgstr):
        yield _bare(message, context, "plain")
        return
    others = set(kinds) - _PLAIN - {_CODE, _RAW}
    if _RAW in kinds:
        shapes = html_shape(message.msgid), html_shape(message.msgstr)
        yield Pair(message.msgid, message.msgstr, context, "html", *shapes)
    if others or not kinds:
        yield _markdown(message, context)
    elif _CODE in kinds:
        yield _bare(message, context, "code")
    elif _RAW not in kinds:
        yield _bare(message, context, "plain")


def _bare(message: Message, context: Context, form: Form) -> Pair:
    shapes = plain_shape(message.msgid), plain_shape(message.msgstr)
    return Pair(message.msgid, message.msgstr, context, form, *shapes)


def _markdown(message: Message, context: Context) -> Pair:
    msgid, msgstr = message.msgid, message.msgstr
    known = context.references, context.footnotes
    repaired = repair(msgid, msgstr, *known)
    shapes = shape_of(msgid, *known), shape_of(repaired.text, *known)
    return Pair(msgid, msgstr, context, "markdown", *shapes, repaired.taken)


def too_long(text: str) -> str:
    """Say that a text is too long to be parsed; empty when it is not."""
    wrong = f"longer than {MAX_TEXT:,} characters, or with too many `^[`"
    return wrong if is_too_long(text) else ""
