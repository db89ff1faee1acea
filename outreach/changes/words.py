"""Which words of a text changed and how much of it; signs that nobody would see made visible."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from outreach.catalog.match import edits, similarity

NEARLY = 0.9
"""How similar a translation must be to its former self to count as hardly changed, …"""
LESS = 0.5
"""… and it changed by at most this part of what its source did, if that is known.

In the histories of other projects (Tails, YunoHost) the former text of 81 translations that lost
their fuzzy mark is known, and 45 of them are as similar as that. Of 22 only white space of the
source had changed, and 20 had followed a small edit, as of an address. The other 3 are what a
reviewer should see: one still leads to the former address.
"""
MOST_WORDS = 4000
"""In longer texts no words are marked: comparing them would take long."""
LEAST_IN_COMMON = 0.3
"""Where less is the same, marks are noise: nearly every word would have one."""

_WITHOUT_SPACES = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003ffff]"
)
"""Thai, Lao, Burmese, Khmer, Kana and Han: a word of its own each letter, as none has spaces."""
_PARTS = re.compile(rf"{_WITHOUT_SPACES.pattern}|(?:(?!{_WITHOUT_SPACES.pattern})\S)+")
_JOINERS = "\u200c\u200d"
"""Persian and the scripts of India are written with them."""
_DELIMITERS = re.compile(r"[\s*_`~\\]+")
_QUOTES = str.maketrans(dict.fromkeys("‘’‚‛ʼ′", "'") | dict.fromkeys("“”„‟«»″", '"'))


@dataclass(frozen=True, slots=True)
class Span:
    """A part of a text."""

    text: str
    changed: bool = False


def marked(before: str, now: str) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """The two texts in parts: those that only one of them has are marked as changed."""
    old, new = _words(before), _words(now)
    if before == now or max(len(old), len(new)) > MOST_WORDS:
        return (Span(before),), (Span(now),)
    steps = edits(old, new)
    same = sum(len("".join(old[step[1] : step[2]]).strip()) for step in steps if not step[0])
    if same < LEAST_IN_COMMON * max(len(before), len(now)):
        return (Span(before),), (Span(now),)
    left = _spans((changed, "".join(old[i:j])) for changed, i, j, _, _ in steps)
    right = _spans((changed, "".join(new[i:j])) for changed, _, _, i, j in steps)
    return left, right


def hardly_changed(before: str, now: str, source: tuple[str, str] | None) -> bool:
    """Whether a translation is nearly what it was, although its source is not.

    Either no letter or digit of it changed, or it is `NEARLY` the same and changed much less than
    its source. `source` has the texts that it was made for and that it stands for now. It is None
    where the first is not known: then only a translation with other digits counts as changed.
    """
    if source and same_wording(*source):
        return False
    signs_alone = source is not None and _letters(source[0]) == _letters(source[1])
    if _letters(before) == _letters(now) and not signs_alone:
        return True
    change = _distance(before, now)
    if source is None:
        return change <= 1 - NEARLY and _digits(before) == _digits(now)
    return change <= 1 - NEARLY and change <= LESS * _distance(*source)


def same_wording(before: str, now: str) -> bool:
    """Whether two texts differ in white space, style of quotes and delimiters of markup at most."""
    return _wording(before) == _wording(now)


def visible(text: str) -> str:
    """A text with its signs that command, turn around or hide something as `‹U+202E›`.

    Line feeds and the joiners inside words stay.
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(_shown(char) for char in text)


def one_line(text: str) -> str:
    """The same on one line."""
    return visible(" ".join(text.split()))


def shown(span: Span) -> str:
    """A part as it can be seen: white space alone, when it changed, as `␣`."""
    blank = span.changed and not span.text.strip(" ")
    return "␣" * len(span.text) if blank else visible(span.text)


def _shown(char: str) -> str:
    hidden = unicodedata.category(char) in ("Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp")
    return f"‹U+{ord(char):04X}›" if hidden and char != "\n" and char not in _JOINERS else char


def _words(text: str) -> list[str]:
    """Words, runs of white space, and single signs; marks stay with their letter."""
    words: list[str] = []
    last = ""
    for char in text:
        kind = _kind(char)
        if kind == "mark" or (kind == last and kind in ("letter", "space")):
            words[-1:] = [words[-1] + char] if words else [char]
        else:
            words.append(char)
            last = kind
    return words


def _kind(char: str) -> str:
    if char.isspace():
        return "space"
    category = unicodedata.category(char)
    if category[0] == "M" or char in _JOINERS:
        return "mark"
    if category[0] in "LN":
        return "ideograph" if _WITHOUT_SPACES.match(char) else "letter"
    return "sign"


def _spans(parts: Iterator[tuple[bool, str]]) -> tuple[Span, ...]:
    """The parts joined; a space between two changed words counts as changed with them."""
    spans: list[Span] = []
    for changed, text in parts:
        if not text:
            continue
        if changed and len(spans) > 1 and spans[-2].changed and not spans[-1].text.strip():
            space = spans.pop().text
            spans[-1] = Span(spans[-1].text + space + text, changed=True)
        elif spans and spans[-1].changed == changed:
            spans[-1] = Span(spans[-1].text + text, changed=changed)
        else:
            spans.append(Span(text, changed))
    return tuple(spans)


def _distance(before: str, now: str) -> float:
    """How much changed, from 0 to 1, white space left out: in a script without spaces too."""
    return 1 - similarity(*("".join(text.split()) for text in (before, now)))


def _digits(text: str) -> str:
    return "".join(filter(str.isdigit, text))


def _letters(text: str) -> str:
    """Letters, digits and their marks alone."""
    normal = unicodedata.normalize("NFC", text)
    return "".join(char for char in normal if unicodedata.category(char)[0] in "LMN")


def _wording(text: str) -> str:
    return _DELIMITERS.sub("", text.translate(_QUOTES))


def changed_words(spans: Iterable[Span]) -> int:
    """How many words the changed parts have; addresses are one, and each letter without spaces."""
    parts = (part for span in spans if span.changed for part in _PARTS.findall(span.text))
    return sum(any(map(str.isalnum, part)) for part in parts)


def lines(spans: Sequence[Span]) -> list[tuple[Span, ...]]:
    """The same parts, line by line."""
    found: list[list[Span]] = [[]]
    for span in spans:
        first, *rest = span.text.split("\n")
        found[-1].append(Span(first, span.changed))
        found += [[Span(text, span.changed)] for text in rest]
    return [tuple(span for span in line if span.text) for line in found]
