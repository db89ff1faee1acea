"""A translation beside its source text: what every rule on messages is given, and what it finds."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from outreach.markup.parser import is_too_long, normalize_label
from outreach.markup.references import repair
from outreach.markup.shape import CODE, Shape, html_shape, plain_shape, shape_of
from outreach.model import Language, Message, Severity, first_words
from outreach.sheet.glyphs import OURS, Glyphs

INTERFACE = "text of the interface"
"""The kind of texts that stand around guides."""
_PLAIN = frozenset(
    {"title of the guide", "main message of the guide", "title of a link", INTERFACE}
)
"""Kinds of texts in which Markdown has no meaning."""
_CODE = "preformatted text"
_RAW = "text in raw HTML"
_SHOWN = 80
"""Signs of a piece of text that is quoted in a message."""
_LABEL = re.compile(r"\]\[([^\[\]^][^\[\]]*)\]")
_NOTE = re.compile(r"\[\^([^\s\[\]]+)\]")

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
    glyphs: Glyphs | None = OURS
    """What the fonts of print can draw; None where nothing is printed."""
    shapes: dict[str, Shape] = field(default_factory=dict, compare=False, repr=False)
    """What source texts amount to, once somebody asked: it is the same for every language. To be
    shared by all contexts of a guide, and by no others."""


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

    def shape(self, text: str) -> Shape:
        """What another translation would amount to, for rules that look for a better one."""
        known = self.context.references, self.context.footnotes
        return shape_of(repair(self.msgid, text, *known).text, *known)


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
    too_long = is_too_long(message.msgstr) or is_too_long(message.msgid)
    if too_long or message.msgid == message.msgstr:
        yield _bare(message, context, "plain")
        return
    others = set(kinds) - _PLAIN - {_CODE, _RAW}
    if _RAW in kinds:
        shapes = html_shape(message.msgid), html_shape(message.msgstr)
        yield Pair(message.msgid, message.msgstr, context, "html", *shapes)
    if others:
        yield _markdown(message, context)
    elif not kinds:
        yield _markdown(message, _assumed(message.msgid, context))
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
    if msgid not in context.shapes:
        context.shapes[msgid] = shape_of(msgid, *known)
    new = shape_of(repaired.text, *known)
    return Pair(msgid, msgstr, context, "markdown", context.shapes[msgid], new, repaired.taken)


def _assumed(msgid: str, context: Context) -> Context:
    """A context that defines the labels and footnotes of a text whose guide is not known."""
    if "][" not in msgid and "[^" not in msgid:
        return context
    labels = {normalize_label(label): label for label in _LABEL.findall(msgid)}
    references = {key: {"href": f"[{label}]", "title": ""} for key, label in labels.items()}
    return replace(
        context,
        references={**references, **context.references},
        footnotes=context.footnotes | set(_NOTE.findall(msgid)),
        shapes={},
    )


def _alike(first: str, second: str) -> int:
    """How many signs two texts share at their beginning."""
    pairs = zip(first, second, strict=False)
    return next((at for at, (a, b) in enumerate(pairs) if a != b), min(len(first), len(second)))


def added(old: Iterable[str], new: Iterable[str]) -> list[str]:
    """What is in the second more often than in the first, in its order."""
    return list((Counter(new) - Counter(old)).elements()) if old != new else []


def count_of(number: int, noun: str) -> str:
    """Such as `1 link` or `2 links`."""
    return f"1 {noun}" if number == 1 else f"{number} {noun}s"


def shown(text: str) -> str:
    """A piece of a translation as it can stand in a message: on one line, and not too long."""
    return first_words(text.replace(CODE, "…"), _SHOWN)


def around(text: str, place: int) -> str:
    """The few words around a place in a text, as they can stand in a message."""
    start, end = max(0, place - 12), place + 14
    before, after = "…" if start else "", "…" if end < len(text) else ""
    return shown(f"{before}{text[start:end].strip()}{after}")


def differing(old: str, new: str) -> tuple[str, str]:
    """Two pieces of a text, with what they share at both ends cut short where they are long."""
    if max(len(old), len(new)) <= _SHOWN:
        return shown(old), shown(new)
    same = _alike(old, new)
    tail = _alike(old[same:][::-1], new[same:][::-1])
    start, end = max(0, same - 20), max(0, tail - 20)
    before, after = "…" if start else "", "…" if end else ""
    pieces = (shown(f"{before}{text[start : len(text) - end]}{after}") for text in (old, new))
    return next(pieces), next(pieces)
