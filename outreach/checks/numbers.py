"""Numbers of a text, read as people of any country may have written them.

`1.000` is a thousand in Spanish and one in English, and who writes which is not kept to. So a
number has several readings, and two numbers are the same if they share one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

_NUMBER = re.compile(
    r"(?<![\d.,])\d{1,3}(?:[ \u00a0\u2009\u202f]\d{3})+(?![\d])(?:[.,٫]\d+)?"
    r"|\d+(?:[.,'’٬٫·]\d+)*|(?<![\w.,٫])[.,٫]\d+"
)
_SPACES = re.compile("[ \u00a0\u2009\u202f]")
_GROUPS = re.compile(
    r"\d{1,3}(?P<mark>[.,'’٬·]|(?<=\d)[ \u00a0\u2009\u202f])\d{3}(?:(?P=mark)\d{3})*"
)
_INDIAN = re.compile(r"\d{1,2}(?:,\d{2})*,\d{3}")
_MYRIADS = re.compile(r"\d{1,4}(?:,\d{4})+")
_DECIMAL_MARKS = ".,٫·'’"
_LIST = re.compile(r"[,.]")
_UNIT = re.compile(
    r"\s?(?:[%٪％°℃℉‰]|(?:mg|mcg|[µμ]g|kg|g|ml|dl|l|cm|mm|km|m|kcal|IU)\b)", re.IGNORECASE
)
_COMPACT = re.compile(r"(?<!\d)((?:19|20)\d\d)([01]\d)([0-3]\d)(?!\d)")

_SCALES: Mapping[str, int] = {
    **dict.fromkeys(("thousand", "k", "mil", "mila", "mille", "tausend", "tsd", "tys", "tis"), 3),
    **dict.fromkeys(
        ("тыс", "тис", "хил", "хиляд", "nghìn", "ngàn", "ribu", "rb", "libo", "bin"), 3
    ),
    **dict.fromkeys(
        ("elfu", "kun", "hezar", "mijë", "mii", "ezer", "tusen", "tusind", "duizend"), 3
    ),
    **dict.fromkeys(
        ("ألف", "آلاف", "ألفا", "ألفًا", "هزار", "زره", "ہزار", "हज़ार", "हजार", "হাজার"), 3
    ),
    **dict.fromkeys(("ஆயிரம்", "ሺህ", "ሺ", "ሽሕ", "천", "千", "พัน", "ពាន់", "ພັນ", "ထောင်", "χιλ"), 3),
    **dict.fromkeys(("万", "萬", "만", "หมื่น", "ម៉ឺន", "ໝື່ນ", "သောင်း"), 4),
    **dict.fromkeys(("lakh", "लाख", "লাখ", "لاکھ", "แสน", "សែន", "ແສນ", "သိန်း", "laki"), 5),
    **dict.fromkeys(("million", "m", "mio", "mln", "mill", "milli", "millon", "milh", "triệu"), 6),
    **dict.fromkeys(("juta", "milyon", "milyun", "miljo", "miljó", "млн", "мільйон", "миллион"), 6),
    **dict.fromkeys(("milió", "milion", "مليون", "ملايين", "میلیون", "ملین", "मिलियन", "ሚሊዮን"), 6),
    **dict.fromkeys(
        ("백만", "百万", "百萬", "ล้าน", "លាន", "ລ້ານ", "εκατ", "מיליון", "millón", "crore"), 6
    ),
    **dict.fromkeys(("億", "亿", "억"), 8),
    **dict.fromkeys(
        ("billion", "bn", "mrd", "miliard", "milliard", "млрд", "мільярд", "tỷ", "tỉ"), 9
    ),
    **dict.fromkeys(
        (
            "mil millones",
            "mil milh",
            "bilh",
            "مليار",
            "میلیارد",
            "十亿",
            "十億",
            "milyar",
            "миллиард",
        ),
        9,
    ),
}
_SCALE = re.compile(
    r"[ \u00a0\u202f-]?(?P<word>"
    + "|".join(map(re.escape, sorted(_SCALES, key=len, reverse=True)))
    + r")",
    re.IGNORECASE,
)
_SHORT = re.compile(r"[ \u00a0]?(?:k|m|bn|mil|bin|kun|rb|mill|laki|tis|tys|mii)\b", re.IGNORECASE)
_PLAIN = frozenset({"k", "m", "bn", "mil", "bin", "kun", "rb", "mill", "laki", "tis", "tys", "mii"})
"""Short words for a scale, which must not be the beginning of another word."""

_HAN_DIGITS = {char: value for value, char in enumerate("〇一二三四五六七八九")} | {
    "零": 0,
    "两": 2,
    "兩": 2,
}
_HAN_UNITS = {"十": 10, "百": 100, "千": 1000}
_HAN_MYRIADS = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}
_HAN = re.compile(f"[{''.join((*_HAN_DIGITS, *_HAN_UNITS, *_HAN_MYRIADS))}]{{1,12}}")

_ROMAN = re.compile(r"(?<![A-Za-z])[IVX]{1,6}(?![A-Za-z])")
_FRACTIONS = re.compile("[¼-¾⅐-⅞]")
_SIGNS = re.compile("[①-⑳⓪㉑-㉟㊱-㊿]")


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a text."""

    written: str
    readings: frozenset[str]
    """Each value that it can have, in plain digits: `1000.5`."""
    named: bool = False
    """Whether a letter stands right before it, as in `B12` or `IPv6`."""
    measured: bool = False
    """Whether a unit or a sign of money stands beside it."""


def numbers_of(text: str) -> list[Number]:
    """The numbers that are written in figures of any script."""
    plain = in_ascii(text)
    numbers: list[Number] = []
    following, scale = len(plain), 0
    for found in reversed([*_NUMBER.finditer(plain)]):
        # In “400 to 500 million” the word belongs to both.
        near = following - found.end() <= _RANGE
        scale = _scale(plain[found.end() : found.end() + 12]) or (scale if near else 0)
        numbers.append(_number(found, plain, scale))
        following = found.start()
    return numbers[::-1]


_RANGE = 8
"""Characters between the two numbers of a range, at most: ` to US$`."""


def _number(found: re.Match[str], text: str, scale: int) -> Number:
    start, end = found.span()
    before, after = text[max(0, start - 1) : start], text[end : end + 12]
    plain = _plain_readings(found.group())
    return Number(
        found.group(),
        plain | {scaled(value, scale) for value in plain} if scale else plain,
        named=before.isalpha(),
        measured=bool(_UNIT.match(after)) or (before != "" and before in "$€£¥₱₹"),
    )


def apart(text: str) -> str:
    """The text with dates such as 20260305 as three numbers."""
    return _COMPACT.sub(r"\1 \2 \3", text)


def parts_of(number: Number) -> list[frozenset[str]]:
    """The readings of each part, if a number may be a list or a date: `3,4`, `5.3.2026`."""
    mark = "," if "," in number.written else "."
    parts = number.written.split(mark)
    if "" in parts or (len(parts) < 3 and mark == "."):
        return [number.readings]
    return [_plain_readings(part) for part in parts]


def in_ascii(text: str) -> str:
    """The text with its digits as 0 to 9, and signs such as ½ and ① in digits."""
    if not text.isascii():
        text = _FRACTIONS.sub(lambda found: f" {_decomposed(found.group())}", text)
        text = _SIGNS.sub(lambda found: f" {_decomposed(found.group())} ", text)
    return text if text.isascii() else text.translate(_digits())


def _decomposed(sign: str) -> str:
    return unicodedata.normalize("NFKC", sign).replace("\u2044", "/")


@cache
def _digits() -> dict[int, str]:
    every = (chr(code) for code in range(0x80, 0x20000))
    return {ord(char): str(unicodedata.digit(char)) for char in every if char.isdecimal()}


@lru_cache(maxsize=4096)
def _plain_readings(written: str) -> frozenset[str]:
    written = f"0{written}" if written[0] in _DECIMAL_MARKS else written
    marks = [char for char in written if not char.isdigit()]
    if not marks:
        return frozenset({_value(written)})
    found = {written}
    for pattern in (_GROUPS, _INDIAN, _MYRIADS):
        if pattern.fullmatch(written):
            found.add(_value(_bare(written)))
    head, tail = written[: written.rindex(marks[-1])], written[written.rindex(marks[-1]) + 1 :]
    if marks[-1] in _DECIMAL_MARKS:
        if len(marks) == 1 or any(p.fullmatch(head) for p in (_GROUPS, _INDIAN)):
            found.add(_value(_bare(head), tail))
        if len(marks) > 1:
            found.add(".".join(re.split(r"\D", written)))
    return frozenset(found)


def _scale(after: str) -> int:
    """The zeros that the word after a number adds to it: 6 for a million, 0 for no such word."""
    found = _SCALE.match(after)
    if not found:
        return 0
    word = found["word"].lower()
    return 0 if word in _PLAIN and not _SHORT.match(after) else _SCALES[word]


def scaled(value: str, zeros: int) -> str:
    """A value times a power of ten; itself if it is no decimal number."""
    whole, _, part = value.partition(".")
    if not (whole.isdigit() and (part.isdigit() or not part)):
        return value
    part = part.ljust(zeros, "0")
    return _value(whole + part[:zeros], part[zeros:])


def _bare(written: str) -> str:
    return re.sub(r"\D", "", written)


def _value(whole: str, part: str = "") -> str:
    whole, part = whole.lstrip("0") or "0", part.rstrip("0")
    return f"{whole}.{part}" if part else whole


def other_numbers(text: str) -> set[str]:
    """Values that a text has in Chinese or Roman numerals."""
    values = (
        {str(_han_value(found)) for found in _HAN.findall(text)} if not text.isascii() else set()
    )
    if not text.islower():
        values |= {str(_roman_value(found)) for found in _ROMAN.findall(text)}
    return values


def _han_value(text: str) -> int:
    if not any(char in _HAN_UNITS or char in _HAN_MYRIADS for char in text):
        return int("".join(str(_HAN_DIGITS[char]) for char in text))
    total = section = digit = 0
    for char in text:
        if char in _HAN_DIGITS:
            digit = _HAN_DIGITS[char]
        elif char in _HAN_UNITS:
            section += (digit or 1) * _HAN_UNITS[char]
            digit = 0
        else:
            total += (section + digit or 1) * _HAN_MYRIADS[char]
            section = digit = 0
    return total + section + digit


def _roman_value(text: str) -> int:
    values = [{"I": 1, "V": 5, "X": 10}[char] for char in text]
    pairs = zip(values, (*values[1:], 0), strict=True)
    return sum(-value if value < after else value for value, after in pairs)


_ENGLISH_UNITS = """
zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
sixteen seventeen eighteen nineteen
"""
_ENGLISH_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_ENGLISH_ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth"
)
_ENGLISH_MONTHS = (
    "january february march april may june july august september october november december"
)
_UNITS, _TENS = _ENGLISH_UNITS.split(), _ENGLISH_TENS.split()
_POWERS = {"hundred": 2, "thousand": 3, "million": 6}
_SAID = {
    **dict.fromkeys(("a", "an", "once", "single", "only", "daily", "hourly"), "1"),
    **dict.fromkeys(("twice", "double", "both", "pair", "couple"), "2"),
    **dict.fromkeys(("no", "none"), "0"),
    "triple": "3",
    "dozen": "12",
    "noon": "12",
    "midnight": "0 12 24",
    "half": "1 2 30 50 0.5",
    "quarter": "1 3 4 15 25",
    "week": "1 7",
    "weeks": "7",
    "fortnight": "2 14",
    "decade": "10",
    "day": "1 24",
    "year": "1 12",
    "century": "100",
    "all": "100",
    "sept": "9",
}
_WORDS: Mapping[str, tuple[str, ...]] = {
    **{word: tuple(values.split()) for word, values in _SAID.items()},
    **{word: (str(value),) for value, word in enumerate(_UNITS)},
    **{word: (str(10 * value),) for value, word in enumerate(_TENS, 2)},
    **{word: (str(value),) for value, word in enumerate(_ENGLISH_ORDINALS.split(), 1)},
    **{word: (str(value),) for value, word in enumerate(_ENGLISH_MONTHS.split(), 1)},
    **{word[:3]: (str(value),) for value, word in enumerate(_ENGLISH_MONTHS.split(), 1)},
    **{word: (scaled("1", zeros),) for word, zeros in _POWERS.items()},
}
"""What a word of an English text may become in figures."""
_WORD = re.compile(r"[a-z]+")


def word_numbers(text: str) -> set[str]:
    """Values that an English text has in words, which a translation may write in figures."""
    words = _WORD.findall(text.lower())
    values = {value for word in words if word in _WORDS for value in _WORDS[word]}
    for word, after in pairwise(words):
        if word in _TENS and after in _UNITS[1:10]:
            values.add(str(10 * (_TENS.index(word) + 2) + _UNITS.index(after)))
        elif word in _UNITS and after in _POWERS:
            values.add(scaled(str(_UNITS.index(word)), _POWERS[after]))
    return values


def unmatched(old: Iterable[Number], new: Sequence[Number]) -> tuple[list[Number], list[Number]]:
    """The numbers of each text that the other one does not have, by their readings."""
    places: dict[str, list[int]] = {}
    for index in reversed(range(len(new))):
        for reading in new[index].readings:
            places.setdefault(reading, []).append(index)
    taken: set[int] = set()
    lost = [number for number in old if not _take(number, places, taken)]
    return lost, [number for index, number in enumerate(new) if index not in taken]


def _take(number: Number, places: Mapping[str, list[int]], taken: set[int]) -> bool:
    """Take the first number that is the same and was not taken; whether there was one."""
    for reading in sorted(number.readings):
        rest = places.get(reading, [])
        while rest:
            index = rest.pop()
            if index not in taken:
                taken.add(index)
                return True
    return False


def whole_values(number: Number) -> list[int]:
    """The whole numbers among the readings of a number; those of an endless row of digits not."""
    return [int(it) for it in number.readings if it.isdigit() and len(it) <= _LONGEST]


_LONGEST = 12


def without_joins(numbers: Iterable[Number], known: set[str]) -> Iterator[Number]:
    """Numbers; one with spaces as its parts, unless as a whole it is known: `2 500` may be two."""
    for number in numbers:
        parts = _SPACES.split(number.written)
        if len(parts) == 1 or "000" in parts or number.readings & known:
            yield number
        else:
            yield from (Number(part, _plain_readings(part)) for part in parts)
