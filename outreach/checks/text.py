"""Rules on the text of translations: space, punctuation, words and length."""

from __future__ import annotations

import operator
import re
import unicodedata
from collections.abc import Iterator

from outreach.checks.pair import Finding, Pair
from outreach.languages.letters import scripts_of
from outreach.languages.marks import (
    COLONS,
    ELLIPSES,
    ENDS_FREE,
    ENDS_LOOSE,
    EXCLAMATIONS,
    QUESTIONS,
    REPEATING,
    STOPS,
    TWICE,
    UNSPACED,
    asks,
)
from outreach.model import Language


def space(pair: Pair) -> Iterator[Finding]:
    """White space at the beginning or the end that the source does not have."""
    msgid, msgstr = pair.msgid, pair.msgstr
    if msgstr[:1].isspace() and not msgid[:1].isspace():
        what = _space_name(msgstr[0])
        yield Finding(f"the translation begins with a {what}; take it out", "warning")
    elif msgstr[-1:].isspace() and not msgid[-1:].isspace():
        what = _space_name(msgstr[-1])
        yield Finding(f"the translation ends with a {what}; take it out", "warning")
    elif pair.form == "code" and _indent(msgid) != _indent(msgstr):
        yield Finding(
            "the first line is indented otherwise than in the source; give it the same spaces",
            "warning",
        )


def _space_name(char: str) -> str:
    return "line break" if char in "\n\r\u2028\u2029" else "tab" if char == "\t" else "space"


def _indent(text: str) -> str:
    return text[: len(text) - len(text.lstrip(" \t"))]


_TRAILING = (
    " \t\n\r\u00a0\u3000*_~\"'“”„‟‘’‚«»‹›「」『』（）()[]【】〈〉《》{}<>^¹²³⁴⁵⁶⁷⁸⁹†‡\ufe0f"
    "\u200b\u200c\u200d\u200e\u200f\u2066\u2067\u2068\u2069"
)
"""What may stand after the mark that ends a sentence."""


def _end(text: str) -> str:
    """The class of the mark that ends a text: `?`, `!`, `:`, `.`, `…`, or empty."""
    rest = text.rstrip(_TRAILING)
    last = rest[-1:]
    if not last:
        return ""
    if rest.endswith("...") or last in ELLIPSES:
        return "…"
    for kind, marks in _KINDS:
        if last in marks:
            return kind
    return "" if last.isalnum() or unicodedata.category(last)[0] == "M" else "other"


_INDIRECT = re.compile(r"\b(?:ask|how|question|what|whether|why|wonder)", re.IGNORECASE)
"""Words of an English sentence that another language may turn into a question."""
_KINDS = (("?", QUESTIONS), ("!", EXCLAMATIONS), (".", STOPS), (":", COLONS))


def end_mark(pair: Pair) -> Iterator[Finding]:
    """A question that asks no more, a statement that asks, or a sentence without its end."""
    if pair.form == "code" or pair.msgid == pair.msgstr or pair.language.script in ENDS_FREE:
        return
    end, new = _end(pair.old.text), _end(pair.new.text)
    if end == new:
        return
    text = _wrong_end(pair, end, new)
    if text:
        yield Finding(text, "warning")


def _wrong_end(pair: Pair, end: str, new: str) -> str:
    """What is wrong with the class of the last mark; empty when nothing is."""
    old = pair.old.text
    base = _base(pair.language)
    if end == "?" and not asks(pair.new.text, pair.language):
        return (
            "the source is a question, the translation has no question mark; write the question "
            "mark of your language"
        )
    if end == "." and new == "?" and "?" not in old and not _INDIRECT.search(old):
        return "the translation is a question, the source is none; take the question mark out"
    if end in _SHORT and not new and base not in ENDS_LOOSE and len(old) > _SHORT[end]:
        name = "full stop" if end == "." else "colon"
        return (
            f"the source ends with a {name}, the translation with no mark; write that of your "
            "language"
        )
    return ""


_SHORT = {".": 24, ":": 20}
"""Characters of a text that may be a label, with or without this mark."""

_BRACKETS = {
    "(": ")",
    "[": "]",
    "{": "}",
    "【": "】",
    "「": "」",
    "『": "』",
    "《": "》",
    "〈": "〉",
    "〔": "〕",
}
_OPENING = {closing: opening for opening, closing in _BRACKETS.items()}
_WIDE = str.maketrans("（）［］｛｝﹙﹚", "()[]{}()")
_ANY_BRACKET = re.compile(r"[()\[\]{}【】「」『』《》〈〉〔〕（）［］｛｝﹙﹚]")
_LABEL = re.compile(r"^[^\w\n]*\w{1,3}[.]?[)）]|[:;=8][-o^']?[()\[\]{}]+", re.MULTILINE)
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
            opened.append(mark)
        elif opened and opened[-1].translate(_WIDE) == _OPENING[plain]:
            opened.pop()
        else:
            return str(mark)
    return opened[0] if opened else ""


_QUOTE = re.compile('[“”„‟«»＂〝〞〟"]')
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


_DOUBLED = re.compile(
    r"(?<![\w'’.\-/=@#])([^\W\d_]{2,})[ \u00a0\n]+(\1)(?![\w'’\-/=@(])", re.IGNORECASE
)


def doubled_word(pair: Pair) -> Iterator[Finding]:
    """The same word twice in a row."""
    base = _base(pair.language)
    if pair.form == "code" or base in REPEATING or pair.language.script in UNSPACED:
        return
    words = pair.new.text.lower().split()
    if not any(map(operator.eq, words, words[1:])):
        return
    for first, second in _DOUBLED.findall(pair.new.text):
        fine = second not in (first, first.lower()) or second.lower() in TWICE.get(base, "").split()
        if not fine and not _DOUBLED.search(pair.old.text):
            yield Finding(f"the word “{second}” stands twice; delete one", "warning")
            return


_NOT_WORDS = re.compile(r"`[^`]*`|<[^<>]*>|\]\([^()]*\)|\]\[[^\[\]]*\]")
_NAME = re.compile(r"[/\\_=@]|www\.")
_SMALL_WORD = re.compile(r"(?<![\w.\-])[^\W\d_]+(?![\w\-])")
_ENGLISH_WORDS = """
a an and are as at be been but by can do for from has have how if in is it its may must not of on or
should so than that the their them there these they this to was we were what when which who will
with you your
"""
_ENGLISH = frozenset(_ENGLISH_WORDS.split())
_SENTENCE = 4


def untranslated(pair: Pair) -> Iterator[Finding]:
    """A sentence that is the same as in the source, or is in English where letters are others."""
    if pair.form == "code" or _base(pair.language) == _base(pair.context.source):
        return
    if pair.msgid != pair.msgstr:
        yield from _left_in_english(pair)
    elif _is_sentence(pair.msgid, pair):
        yield Finding(
            "the translation is the same as the source; translate it, or leave it empty until "
            "someone does",
            "warning",
        )


def _left_in_english(pair: Pair) -> Iterator[Finding]:
    text, scripts = pair.new.text, scripts_of(pair.language)
    if not text.isascii() or "Latn" in scripts or not scripts:
        return
    if _is_sentence(text, pair):
        yield Finding(
            f"there are no letters of {pair.language.english_name} in the text; translate it, or "
            "leave it empty until someone does",
            "warning",
        )


def _base(language: Language) -> str:
    return language.tag.split("-")[0]


def _is_sentence(text: str, pair: Pair) -> bool:
    """Whether a text is one in the language of the source, and not a list of names."""
    plain = _NOT_WORDS.sub(" ", text).split()
    words = _SMALL_WORD.findall(" ".join(word for word in plain if not _NAME.search(word)))
    small = [word for word in words if word.islower() or not word.isascii()]
    if len(small) < _SENTENCE or len(small) * 2 <= len(words):
        return False
    return not pair.context.source.tag.startswith("en") or len(_ENGLISH.intersection(small)) > 1


_LEAST = 40
"""Characters of a source text of which the length tells something."""
_CLOSE = re.compile("[\u2e80-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_DENSE = re.compile("[\u3400-\u9fff]")


def length(pair: Pair) -> Iterator[Finding]:
    """A translation that is far too short or too long.

    Measured on 88,877 published translations: a Chinese character stands for 2.7 English ones, a
    Japanese syllable or Korean block for about 1.9, and others are as long as English or a tenth
    longer. In none of 40 languages was one good translation in 1,000 under a quarter or over
    three times that.
    """
    old = len(pair.old.text)
    if pair.form == "code" or old < _LEAST or pair.msgid == pair.msgstr:
        return
    new = _weight(pair.new.text)
    if new * 4 < old:
        text = "the translation is far shorter than the source; see whether a part is missing"
        yield Finding(text, "warning")
    elif new > old * 3 and new - old > 2 * _LEAST:
        text = "the translation is far longer than the source; see whether something was added"
        yield Finding(text, "warning")


def _weight(text: str) -> float:
    """How many English characters a text would have."""
    if text.isascii():
        return len(text)
    return len(text) + 0.9 * len(_CLOSE.findall(text)) + 0.8 * len(_DENSE.findall(text))
