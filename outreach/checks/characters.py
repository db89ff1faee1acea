"""Rules on characters that readers cannot see: marks of direction, controls, separate accents."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache

from outreach.checks.pair import Finding, Pair

_CONTROLS = re.compile("[\u202a-\u202e\u2066-\u2069]")
_CLOSING = {"\u202c": "\u202a\u202b\u202d\u202e", "\u2069": "\u2066\u2067\u2068"}
OVERRIDES = "\u202d\u202e"
"""What shows every letter after it in the other order."""


def bidi(pair: Pair) -> Iterator[Finding]:
    """Marks of direction that are opened and not closed, or the reverse."""
    text = pair.msgstr
    if text.isascii() or not _CONTROLS.search(text):
        return
    left = _unbalanced(_CONTROLS.findall(text))
    override = [mark for mark in left if mark in OVERRIDES]
    if override:
        yield turned(override[0])
    elif left:
        yield Finding(
            f"the mark of direction {called(left[0])} has no partner; delete it, or put U+2066 "
            "before and U+2069 after the words that need it",
            "warning",
        )


def turned(char: str) -> Finding:
    """What is said of a mark that turns letters around and that nothing ends."""
    return Finding(f"{called(char)} turns the rest of the text around; delete it")


def unbalanced_overrides(text: str) -> list[str]:
    """The marks that turn letters around and that nothing ends, in order."""
    return [mark for mark in _unbalanced(_CONTROLS.findall(text)) if mark in OVERRIDES]


def _unbalanced(marks: Iterable[str]) -> list[str]:
    """Marks without a partner, in order."""
    opened: list[str] = []
    lone: list[str] = []
    for mark in marks:
        if mark not in _CLOSING:
            opened.append(mark)
        elif opened and opened[-1] in _CLOSING[mark]:
            opened.pop()
        else:
            lone.append(mark)
    return opened + lone


_HIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u034f\u115f\u1160\u180e\u200b-\u200d"
    "\u2028\u2029\u2061-\u2065\u206a-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufffd"
    "\ud800-\uf8ff\U000e0000-\U0010ffff]"
)
_CERTAIN = frozenset({"Cc", "Co", "Cs"})
_NO_SPACES = frozenset({"Thai", "Laoo", "Khmr", "Mymr", "Tibt", "Java", "Bali", "Lana", "Talu"})
"""Scripts that need U+200B to show where a line may end."""
_JOINED = frozenset(
    {"Arab", "Aran", "Deva", "Beng", "Mlym", "Sinh", "Khmr", "Mymr", "Telu", "Knda"}
)
_JOINING = re.compile(
    "[\u0600-\u08ff\u0900-\u0dff\u0f00-\u109f\u1780-\u18af\ufb50-\ufdff\ufe70-\ufefe"
    "\u00a9\u00ae\u2190-\u2bff\u3030\u303d\ufe0f\U00010d00-\U00010d3f\U0001e900-\U0001e95f"
    "\U0001f000-\U0001faff]"
)
"""What U+200C and U+200D join or part: letters of some scripts, and pictures."""
_TAGS = range(0xE0020, 0xE0080)
_BLACK_FLAG = "\U0001f3f4"


def characters(pair: Pair) -> Iterator[Finding]:
    """Characters that nobody can see, or that are none."""
    text = pair.msgstr
    if text.isascii() and text.isprintable():
        return
    for found in _HIDDEN.finditer(text):
        char = found.group()
        if char not in pair.msgid and not _has_use(pair, text, found.start()):
            yield _hidden(char, _place(text, found.start()))
            return
    for char in _unassigned(text):
        if char not in pair.msgid:
            yield Finding(
                f"{called(char)} {_place(text, text.index(char))} is no character that Unicode "
                "knows; delete it",
                "warning",
            )
            return


def _hidden(char: str, place: str) -> Finding:
    if char == "\ufffd":
        return Finding(f"{called(char)} {place} stands for a letter that was lost; write it again")
    if unicodedata.category(char) in _CERTAIN:
        return Finding(f"{called(char)} {place} is no letter or sign for readers; delete it")
    return Finding(f"{called(char)} {place} cannot be seen; delete it", "warning")


def _has_use(pair: Pair, text: str, index: int) -> bool:
    """Whether a hidden character does what it is there for."""
    char = text[index]
    before, after = text[index - 1 : index], text[index + 1 : index + 2]
    if char == "\u200b":
        return pair.language.script in _NO_SPACES
    if char in "\u200c\u200d":
        return pair.language.script in _JOINED or bool(
            _JOINING.match(before) or _JOINING.match(after)
        )
    if char == "\u034f":
        return pair.language.script == "Hebr"
    if "\ufe00" <= char <= "\ufe0f" or "\U000e0100" <= char <= "\U000e01ef":
        return bool(before) and (not before.isalpha() or unicodedata.category(before) == "Lo")
    if ord(char) in _TAGS:
        return _BLACK_FLAG in text[:index]
    return char == "\u180e" and pair.language.script == "Mong"


def _unassigned(text: str) -> Iterator[str]:
    """The characters that Unicode does not have, as far as Python knows.

    Pictures and Chinese characters are left out: Unicode adds some every year.
    """
    yield from _unassigned_in_plane_0().findall(text)
    for char in _HIGH.findall(text):
        if unicodedata.category(char) == "Cn":
            yield char


_HIGH = re.compile("[\U00010000-\U0001efff\U00040000-\U000dffff]")


@cache
def _unassigned_in_plane_0() -> re.Pattern[str]:
    codes = (code for code in range(0x370, 0x10000) if unicodedata.category(chr(code)) == "Cn")
    return re.compile(f"[{re.escape(''.join(map(chr, codes)))}]")


def _place(text: str, index: int) -> str:
    before = re.search(r"[\w']+\W*$", text[max(0, index - 30) : index])
    return f"after “{before.group().strip()}”" if before else "at the beginning"


def called(char: str) -> str:
    """A character by its number and its name: `U+200B ZERO WIDTH SPACE`."""
    name = unicodedata.name(char, "")
    return f"U+{ord(char):04X} {name}".rstrip()


_COMPOSED = frozenset({"Latn", "Cyrl", "Grek", "Kore", "Jpan", "Hrkt"})
"""Scripts whose letters keyboards type in one piece."""


def nfc(pair: Pair) -> Iterator[Finding]:
    """Letters whose accents are separate characters although there is one for the whole."""
    text = pair.msgstr
    if text.isascii() or pair.language.script not in _COMPOSED:
        return
    if _is_composed(text) or not _is_composed(pair.msgid):
        return
    odd = next((part for part in _CLUSTERS.findall(text) if not _is_composed(part)), "")
    letter = unicodedata.normalize("NFC", odd)
    if len(letter) < len(odd):
        yield Finding(
            f"“{letter}” is written as {len(odd)} characters, so a search does not find it; save "
            "the text with composed letters (NFC)",
            "warning",
        )


_CLUSTERS = re.compile("[^\u0300-\u036f\u3099\u309a][\u0300-\u036f\u3099\u309a\u1160-\u11ff]+")


def _is_composed(text: str) -> bool:
    return unicodedata.is_normalized("NFC", text)
