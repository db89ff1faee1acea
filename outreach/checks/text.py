"""Rules on the text of translations: space, punctuation, words and length."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache

from outreach.checks.pair import Finding, Pair
from outreach.languages.marks import (
    COLONS,
    ELLIPSES,
    ENDS_FREE,
    EXCLAMATIONS,
    QUESTIONS,
    REPEATING,
    STOPS,
    TWICE,
    UNSPACED,
    asks,
)
from outreach.markup.shape import CODE


def space(pair: Pair) -> Iterator[Finding]:
    """White space at the beginning or the end that the source does not have."""
    msgid, msgstr = pair.msgid, pair.msgstr
    if msgstr[:1].isspace() and not msgid[:1].isspace():
        yield Finding("the translation begins with a space; take it out", "warning")
    elif msgstr[-1:].isspace() and not msgid[-1:].isspace():
        yield Finding("the translation ends with a space; take it out", "warning")
    elif pair.form == "code" and _indent(msgid) != _indent(msgstr):
        yield Finding("the first line is indented otherwise than in the source", "warning")


def _indent(text: str) -> str:
    return text[: len(text) - len(text.lstrip(" \t"))]


_TRAILING = re.compile(
    r"[\s*_~\"'“”„‟‘’‚«»‹›「」『』（）()\[\]【】〈〉《》{}<>\u200b-\u200f\u2066-\u2069\ufe0f^¹²³⁴-⁹†‡]+$"
)


def _end(text: str) -> str:
    """The class of the mark that ends a text: `?`, `!`, `:`, `.`, `…`, or empty."""
    rest = _TRAILING.sub("", text)
    last = rest[-1:]
    if not last:
        return ""
    if rest.endswith("...") or last in ELLIPSES:
        return "…"
    for kind, marks in _KINDS:
        if last in marks:
            return kind
    return "" if last.isalnum() else "other"


_INDIRECT = re.compile(r"\b(?:ask|how|question|what|whether|why|wonder)", re.IGNORECASE)
"""Words of an English sentence that another language may turn into a question."""
_KINDS = (("?", QUESTIONS), ("!", EXCLAMATIONS), (".", STOPS), (":", COLONS))


def end_mark(pair: Pair) -> Iterator[Finding]:
    """A question that asks no more, a statement that asks, or a sentence without its end."""
    old, new = pair.old.text, pair.new.text
    if pair.form == "code" or pair.language.script in ENDS_FREE:
        return
    end = _end(old)
    if end == "?" and not asks(new, pair.language):
        yield Finding(
            "the source is a question, the translation has no question mark; write the question "
            "mark of your language",
            "warning",
        )
    elif end == "." and "?" not in old and not _INDIRECT.search(old) and _end(new) == "?":
        yield Finding(
            "the translation is a question, the source is none; take the question mark out",
            "warning",
        )


_BRACKETS = {"(": ")", "[": "]", "{": "}", "【": "】", "「": "」", "『": "』", "《": "》", "〈": "〉", "〔": "〕"}
_OPENING = {closing: opening for opening, closing in _BRACKETS.items()}
_WIDE = str.maketrans("（）［］｛｝﹙﹚", "()[]{}()")
_ANY_BRACKET = re.compile(r"[()\[\]{}【】「」『』《》〈〉〔〕（）［］｛｝﹙﹚]")
_LABEL = re.compile(r"(?<![\w(（])[\w]{1,3}[.]?[)）]|[:;=8][-o^']?[()\[\]{}]+")
"""`1)` and `a)` before an item of a list, and faces."""


def brackets(pair: Pair) -> Iterator[Finding]:
    """A bracket without its partner, where the source has all partners."""
    text = pair.new.text
    if pair.form == "code" or not _ANY_BRACKET.search(text):
        return
    lone = _lone(text)
    if lone and not _lone(pair.old.text) and _lone(_LABEL.sub("", text)):
        yield Finding(
            f"the bracket {lone} has no partner; put the other one in, or take this one out",
            "warning",
        )


def _lone(text: str) -> str:
    """The first bracket without a partner; empty when there is none."""
    opened: list[str] = []
    for mark in _ANY_BRACKET.findall(text):
        plain = mark.translate(_WIDE)
        if plain in _BRACKETS:
            opened.append(plain)
        elif opened and opened[-1] == _OPENING[plain]:
            opened.pop()
        else:
            return str(mark)
    return opened[0] if opened else ""


_QUOTE = re.compile("[“”„‟«»＂〝〞〟\"]")
_ABBREVIATION = re.compile(r"(?<=[\u0590-\u05ff])\"(?=[\u0590-\u05ff])")
"""Hebrew writes `"` inside of abbreviations."""
_INCHES = re.compile(r"(?<=[\d¼½¾])[\"”″]")


def quotes(pair: Pair) -> Iterator[Finding]:
    """A quotation mark without its partner, where the source has all partners."""
    text = pair.new.text
    if pair.form == "code" or not _QUOTE.search(text):
        return
    if _odd(text) and not _odd(pair.old.text):
        yield Finding(
            "a quotation mark has no partner; put the other one in, or take this one out",
            "warning",
        )


def _odd(text: str) -> bool:
    """Whether a quotation mark is left over, also when those after figures mean inches."""
    if len(_QUOTE.findall(text)) % 2 == 0:
        return False
    bare = _ABBREVIATION.sub("", text)
    return all(len(_QUOTE.findall(part)) % 2 for part in (bare, _INCHES.sub("", bare)))


_DOUBLED = re.compile(r"(?<![\w'’.\-/=@#])([^\W\d_]{2,})[ \u00a0\n]+(\1)(?![\w'’\-/=@(])", re.IGNORECASE)


def doubled_word(pair: Pair) -> Iterator[Finding]:
    """The same word twice in a row."""
    base = pair.language.tag.split("-")[0]
    if pair.form == "code" or base in REPEATING or pair.language.script in UNSPACED:
        return
    for first, second in _DOUBLED.findall(pair.new.text):
        fine = second not in (first, first.lower()) or second.lower() in TWICE.get(base, "").split()
        if not fine and not _DOUBLED.search(pair.old.text):
            yield Finding(f"the word “{second}” stands twice; delete one", "warning")
            return


_NOT_WORDS = re.compile(r"`[^`]*`|<[^>]*>|\]\([^)]*\)|\]\[[^\]]*\]|\S*(?:://|www\.|@)\S*|\S*[/\\_=]\S*")
_SMALL_WORD = re.compile(r"(?<![\w.\-])[^\W\d_]+(?![\w\-])")
_ENGLISH = frozenset(
    "a an and are as at be been but by can do for from has have how if in is it its may must not of"
    " on or should so than that the their them there these they this to was we were what when which"
    " who will with you your".split()
)
_SENTENCE = 4


def untranslated(pair: Pair) -> Iterator[Finding]:
    """A sentence that is the same as in the source."""
    if pair.msgid != pair.msgstr or pair.form == "code":
        return
    if pair.language.tag.split("-")[0] == pair.context.source.tag.split("-")[0]:
        return
    words = [word for word in _SMALL_WORD.findall(_NOT_WORDS.sub(" ", pair.msgid))]
    small = [word for word in words if word.islower() or not word.isascii()]
    if len(small) >= _SENTENCE and len(small) * 2 > len(words) and _is_english(pair, small):
        yield Finding(
            "the translation is the same as the source; translate it, or leave it empty until "
            "someone does",
            "warning",
        )


def _is_english(pair: Pair, words: list[str]) -> bool:
    return not pair.context.source.tag.startswith("en") or len(_ENGLISH.intersection(words)) > 1
