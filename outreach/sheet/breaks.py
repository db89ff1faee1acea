"""Where lines may end, for print: marks that no reader sees, put between the letters.

The print engine breaks lines by Pango, which knows no words of Khmer, Lao and Burmese, and breaks
Korean inside its words and numbers from their units. So U+200B stands where a line may end, and
U+2060 where it may not. Taking both out gives the HTML back.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from itertools import accumulate, pairwise
from unicodedata import category

from icu4py.breakers import LineBreaker

from outreach.figures import AMOUNT, BARE_LINK, LINK, MAIL, MOST_PHONE_DIGITS, PHONE, UNIT
from outreach.paragraphs import Paragraph, paragraphs, put

BREAK, HOLD = "\u200b", "\u2060"

_WORDS = "\u0e80-\u0eff\u1000-\u109f\u1780-\u17ff\u19e0-\u19ff\ua9e0-\ua9ff\uaa60-\uaa7f"
"""Lao, Khmer and the letters of Burmese, Karen, Mon and Shan: no spaces between words."""
_RUN = re.compile(f"[{_WORDS}]{{2,}}")
_RUN_WITH_THAI = re.compile(f"[\u0e00-\u0e7f{_WORDS}]{{2,}}")
_OWN_WORD = 12
"""A piece of so many letters next to a translator's own mark is taken for one word."""
_NEVER_BEFORE = frozenset("។៕៖ៗ៘៙៚៛ໆຯๆฯ๚๛၊။")
"""Ends of sentences, and signs of repetition and abbreviation."""
_STACKING = frozenset("\u1039\u17d2")
"""What binds the letter after it below the one before."""
_ENDS_SYLLABLE = re.compile("\\w[\u103b-\u103e]?[\u1039\u103a]")
"""A letter without a vowel of its own: ICU does not know such words of Mon and Shan."""

_HANGUL = "\u1100-\u11ff\u3130-\u318f\ua960-\ua97f\uac00-\ud7ff"
_KOREAN = re.compile(
    f"(?<=[{_HANGUL}])(?=[{_HANGUL}\u4e00-\u9fff0-9A-Za-z])"
    f"|(?<=[\u4e00-\u9fff0-9A-Za-z%°)\\]}}”’」』》〉])(?=[{_HANGUL}])"
)
_LONGEST_KOREAN = 16
"""So many syllables fit even a narrow column; after them a word may break."""

_HAN = "々\u3041-\u3096\u30a1-\u30fa\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_COUNTED = re.compile(f"(?<=[0-9％%])(?=[{_HAN}])")
_QUOTED = re.compile(f"(?<=[{_HAN}])(?=[“‘])|(?<=[”’])(?=[{_HAN}])")
"""Pango keeps a Western quotation mark with both of its neighbours."""

_ADDRESS = re.compile(f"{LINK}|{MAIL}|{BARE_LINK}")
_SHORT_ADDRESS = 24
_AFTER_IN_ADDRESS = re.compile(r"(?<=[/?&=._#])(?![/?&=._#])")
_HYPHEN = re.compile("-(?!-)")
_FIGURE = re.compile(
    rf"(?<![\w.,–-])(?:(?P<phone>{PHONE}(?![ \u00a0]?{UNIT}))|(?P<amount>{AMOUNT}))"
)
_CUT = re.compile(r"(?<= )(?! )|(?<=[–—−~〜～])(?![ \u00a0])|(?<=/)(?=\w)")
"""Where Pango could cut a figure."""

_LONG_WORD = re.compile(r"[^\W_]{21,}")
_LONGEST, _LONGEST_IN_CELL = 45, 20
"""Longer words break where they are, since no line may hold them. A column is as wide as the
longest piece in it."""
_STEP = 10


def break_lines(html: str, *, thai: bool = False) -> str:
    """Return HTML with U+200B where lines may end, and U+2060 where they may not.

    Code is left alone, and a translator's own marks stay. `thai` says whether Thai is broken here
    too: let it be so where Pango was built without libthai. Where it has libthai that is better: in
    1,820 messages both agree on four of five breaks, most of those that only ICU has are inside
    foreign words, and most of those that only libthai has are between words.
    """
    marks: list[tuple[int, str]] = []
    for paragraph in paragraphs(html):
        marks += _marks(paragraph, _RUN_WITH_THAI if thai else _RUN)
    return put(html, marks)


def _marks(paragraph: Paragraph, run: re.Pattern[str]) -> Iterator[tuple[int, str]]:
    text = paragraph.text.replace(BREAK, "").replace(HOLD, "")
    places: Sequence[int] = range(len(text))
    if text != paragraph.text:
        places = [at for at, char in enumerate(paragraph.text) if char not in (BREAK, HOLD)]
    own = {at for at, (one, other) in enumerate(pairwise(places), 1) if other - one > 1}
    wanted = _wanted(text, run, own, cell=paragraph.cell)
    for at in sorted(wanted.keys() - own):
        if category(text[at])[0] == "M":
            continue  # no line begins with a mark, whatever it stands on
        yield paragraph.after(places[at - 1] + 1), wanted[at]


def _wanted(
    text: str, run: re.Pattern[str], own: AbstractSet[int], *, cell: bool
) -> dict[int, str]:
    """Return the marks by their places in a text; `own` has those of the translator's."""
    wanted = dict.fromkeys((*_korean(text), *_figures(text), *_spots(_COUNTED, text)), HOLD)
    wanted |= dict.fromkeys((*_words(text, run, own), *_spots(_QUOTED, text)), BREAK)
    addresses = [match.span() for match in _ADDRESS.finditer(text)]
    for at in (at for start, end in addresses for at in range(start + 1, end)):
        wanted.pop(at, None)
    for start, end in addresses:
        wanted |= dict.fromkeys(_in_address(text, start, end), BREAK)
        # A hyphen at the end of a line is lost when an address is copied.
        hyphens = _HYPHEN.finditer(text, start, end)
        wanted |= dict.fromkeys((it.end() for it in hyphens if it.end() < end), HOLD)
    return dict.fromkeys(_in_long_words(text, cell=cell), BREAK) | wanted


def _spots(pattern: re.Pattern[str], text: str) -> Iterator[int]:
    return (match.start() for match in pattern.finditer(text) if 0 < match.start() < len(text))


def _words(text: str, run: re.Pattern[str], own: AbstractSet[int]) -> Iterator[int]:
    """Yield where words end inside text without spaces."""
    for match in run.finditer(text):
        start, end = match.span()
        edges = [start, *(at for at in range(start + 1, end) if at in own), end]
        for begin, stop in pairwise(edges):
            if not (own & {begin, stop}) or _is_long(text[begin:stop]):
                yield from _cuts(text, begin, stop)


def _is_long(piece: str) -> bool:
    return sum(category(char)[0] == "L" for char in piece) > _OWN_WORD


def _cuts(text: str, start: int, end: int) -> Iterator[int]:
    """Yield where words end; a long word is looked at again by itself, until nothing is found."""
    lengths = map(len, LineBreaker(text[start:end], "en"))
    cuts = [start + at for at in accumulate(lengths) if _may_end(text, start + at, end)]
    if not cuts:
        return
    yield from cuts
    for begin, stop in pairwise([start, *cuts, end]):
        if _is_long(text[begin:stop]):
            yield from _cuts(text, begin, stop)


def _may_end(text: str, at: int, end: int) -> bool:
    return at < end and not (
        category(text[at])[0] == "M"
        or text[at] in _NEVER_BEFORE
        or text[at - 1] in _STACKING
        or _ENDS_SYLLABLE.match(text, at)
    )


def _korean(text: str) -> Iterator[int]:
    """Yield the places inside Korean words, at which Pango would break them."""
    held, last = 0, 0
    for at in _spots(_KOREAN, text):
        held = held + 1 if at == last + 1 else 0
        last = at
        if held < _LONGEST_KOREAN:
            yield at
        else:
            held = 0


def _figures(text: str) -> Iterator[int]:
    """Yield where telephone numbers, and numbers with their units, could be cut."""
    for match in _FIGURE.finditer(text):
        if match["amount"] or sum(map(str.isdigit, match.group())) <= MOST_PHONE_DIGITS:
            spots = _CUT.finditer(text, match.start() + 1, match.end())
            yield from (spot.start() for spot in spots if spot.start() < match.end())


def _in_address(text: str, start: int, end: int) -> Iterator[int]:
    if end - start > _SHORT_ADDRESS:
        spots = _AFTER_IN_ADDRESS.finditer(text, start + 1, end)
        yield from (spot.start() for spot in spots if spot.start() < end)


def _in_long_words(text: str, *, cell: bool) -> Iterator[int]:
    longest = _LONGEST_IN_CELL if cell else _LONGEST
    for match in _LONG_WORD.finditer(text):
        if match.end() - match.start() > longest:
            yield from range(match.start() + _STEP, match.end() - 2, _STEP)
