"""Rules on the numbers and dates of translations."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice

from outreach.checks.facts import without_addresses
from outreach.checks.numbers import (
    Number,
    apart,
    in_ascii,
    numbers_of,
    other_numbers,
    parts_of,
    unmatched,
    whole_values,
    without_joins,
    word_numbers,
)
from outreach.checks.pair import Finding, Pair
from outreach.languages import month_names


def number(pair: Pair) -> Iterator[Finding]:
    """Numbers that are not those of the source."""
    old, new = pair.old.text, pair.new.text
    if sorted(_FIGURES.findall(old)) == sorted(_FIGURES.findall(new)):
        return
    lost, added = _changed(pair, _bare(old), _bare(new))
    if lost and added:
        yield Finding(
            f"the source has {_listed(lost)}, the translation {_listed(added)}; take the numbers "
            "of the source",
            "warning",
        )
        return
    if lost := [it for it in lost if _is_telling(it)]:
        one = len({number.written for number in lost}) == 1
        words = ("number", "is", "it") if one else ("numbers", "are", "them")
        text = f"the {words[0]} {_listed(lost)} of the source {words[1]} missing; put {words[2]} in"
        yield Finding(text, "warning")
    elif added := [it for it in added if _is_telling(it) and not _YEAR.fullmatch(it.written)]:
        yield Finding(
            f"{_listed(added)} is not in the source; take the numbers of the source", "warning"
        )


_YEAR = re.compile(r"(?:19|20)\d\d")
_FIGURES = re.compile(r"\d+(?:[.,]\d+)*")
_ROUND = frozenset({"100", "1000", "10000", "1000000", "360", "50", "0.5"})
"""Numbers that are as often written as a word: “hundred percent”, “half”."""


def _is_telling(number: Number) -> bool:
    """Whether a number is one that translations keep in figures."""
    if number.measured:
        return not number.readings & {"0", "1"}
    whole = whole_values(number)
    spoken = any(value <= 20 or (value < 100 and value % 10 == 0) for value in whole)
    return not (number.named or spoken or number.readings & _ROUND)


def _bare(text: str) -> str:
    return apart(without_addresses(text))


def _changed(pair: Pair, old: str, new: str) -> tuple[list[Number], list[Number]]:
    """The numbers that only the source has, and those that only the translation has."""
    numbers, others = numbers_of(old), numbers_of(new)
    before = [*without_joins(numbers, _values(others))]
    if _CLOCK.search(old):
        before = [_at_any_clock(number, pair) for number in before]
    after = [*without_joins(others, _values(numbers))]
    once_lost, added = unmatched(before, after)
    lost = _unknown(once_lost, other_numbers(new) | _all_values(pair.msgstr)) if once_lost else []
    if added:
        added = _unknown(added, word_numbers(old) | other_numbers(old) | _all_values(pair.msgid))
        dated = bool(_DATE.search(old))  # then `date` reads them
        added = [n for n in added if set(n.written) != {"0"} and not (dated and _is_date(n))]
    if added and not lost and len(before) == len(after):
        lost = once_lost  # one of several that are the same
    distances = _OTHER_YEARS.get(pair.language.tag.split("-")[0])
    return _without_years(lost, added, distances) if lost and added and distances else (lost, added)


def _unknown(numbers: Iterable[Number], known: set[str]) -> list[Number]:
    """The numbers of which some part is not among the known values."""
    return [n for n in numbers if not all(part & known for part in parts_of(n))]


def _all_values(text: str) -> set[str]:
    """What a text has as numbers anywhere, in its code and addresses too."""
    numbers = numbers_of(apart(text))
    return _values(numbers) | {value for n in numbers for part in parts_of(n) for value in part}


def _values(numbers: Iterable[Number]) -> set[str]:
    return {value for number in numbers for value in number.readings}


_CLOCK = re.compile(r"\d\s*[ap]\.?\s?m\b|o’clock|o'clock|\d:\d\d", re.IGNORECASE)
_FROM_DAWN = frozenset({"am", "ti", "sw", "om", "so", "lg", "rw", "rn"})
"""Languages in which the hours are counted from six in the morning."""


def _at_any_clock(number: Number, pair: Pair) -> Number:
    """An hour also as the 24-hour clock has it, and the clock that begins at dawn."""
    whole = [value for value in whole_values(number) if value <= 24]
    hours = {(hour + 12) % 24 for hour in whole} | {24 for hour in whole if hour == 12}
    if pair.language.tag.split("-")[0] in _FROM_DAWN:
        hours |= {(hour + 6) % 12 or 12 for hour in whole}
    return replace(number, readings=number.readings | {str(hour) for hour in hours})


_OTHER_YEARS = {
    **dict.fromkeys(("am", "ti"), (-7, -8)),
    **dict.fromkeys(("fa", "ps", "ckb"), (-621, -622)),
    **dict.fromkeys(("ne",), (56, 57)),
    **dict.fromkeys(("th", "km", "lo"), (543,)),
    **dict.fromkeys(("zh",), (-1911,)),
    **dict.fromkeys(("ja",), (-2018, -1988)),
    **dict.fromkeys(("ar", "ur"), (-578, -579, -580)),
}
"""By language: how far the years of its other calendar are from ours."""


def _without_years(
    lost: list[Number], added: list[Number], distances: tuple[int, ...]
) -> tuple[list[Number], list[Number]]:
    """The numbers without those of dates, if a year is that of the other calendar."""
    years = {year for number in lost for year in whole_values(number) if 1800 < year < 2200}
    others = {year for number in added for year in whole_values(number)}
    if not any(year + distance in others for year in years for distance in distances):
        return lost, added
    return [n for n in lost if not _in_date(n)], [n for n in added if not _in_date(n)]


def _in_date(number: Number) -> bool:
    return any(value <= 31 or 1300 < value < 2700 for value in whole_values(number))


def _is_date(number: Number) -> bool:
    return bool(_NUMERIC_DATE.fullmatch(number.written))


def _listed(numbers: Iterable[Number]) -> str:
    written = [*dict.fromkeys(number.written[:_FIGURES_SHOWN] for number in numbers)]
    return ", ".join((*written[:_NUMBERS_SHOWN], *("…" for _ in written[_NUMBERS_SHOWN:][:1])))


_FIGURES_SHOWN, _NUMBERS_SHOWN = 30, 6


_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec"
_MONTH = (
    r"(?P<{}>Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?"
    r"|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_DIGIT = re.compile(r"\d")
_MONTH_WORD = re.compile(
    r"[JFMASOND][aepuco][nbrylgptvc][a-z.]{0,7} \d|\d(?:[dhnrst]{2})? (?:of )?[JFMASOND][aepuco]"
)
_DATE = re.compile(
    rf"(?<!\w)(?:{_MONTH.format('month')} "
    r"(?:[0-3]?\d(?:st|nd|rd|th)?(?:,? \d{4})?|\d{4})(?!\d|[.:]\d)"
    rf"|[0-3]?\d(?:st|nd|rd|th)? (?:of )?{_MONTH.format('after')}(?:,? \d{{4}})?(?![\w]))"
)
_NUMERIC_DATE = re.compile(r"(?<![\d./-])(\d{1,4})([./-])(\d{1,2})\2(\d{1,4})(?![\d/-])")


_MOST = 20
"""Dates of one text that are compared."""


def date(pair: Pair) -> Iterator[Finding]:
    """A date whose month is another one."""
    old = pair.old.text
    is_english = pair.context.source.tag.startswith("en")
    if not (is_english and _DIGIT.search(old) and _MONTH_WORD.search(old)):
        return
    for found in islice(_DATE.finditer(old), _MOST):
        month = _MONTHS.split().index((found["month"] or found["after"])[:3])
        wrong = _other_month(in_ascii(pair.new.text).lower(), month, pair)
        if wrong:
            shown = found.group().rstrip(".")
            text = f"the source has {shown}, the translation {wrong}; take the date of the source"
            yield Finding(text, "warning")
            return


def _other_month(text: str, month: int, pair: Pair) -> str:
    """The month that a text has instead of this one (from 0); empty when that cannot be said."""
    names = month_names(pair.language)
    right = (name[:3] if name.isalpha() else name for name in names[month])
    if any(re.search(_month_of(name), text) for name in right):
        return ""
    others = (name for forms in names for name in sorted(forms) if name in text)
    here = next((name for name in others if re.search(_dated(name), text)), "")
    if here:
        return here
    dates = [found.group() for found in _NUMERIC_DATE.finditer(text)]
    wanted = str(month + 1)
    return dates[0] if dates and not any(wanted in _parts(it) for it in dates) else ""


def _month_of(name: str) -> str:
    """A pattern for the name of a month: `3月` and `tháng 3` are not in `13月` and `tháng 31`."""
    before = r"(?<!\d)" if name[0].isdigit() else "(?<![a-z])"
    return before + re.escape(name) + (r"(?!\d)" if name[-1].isdigit() else "")


def _dated(name: str) -> str:
    """A pattern for a name that surely is a month: `mayo` is one after `5 de`."""
    word = _month_of(name)
    return rf"\d\W*(?:\w{{1,4}}\W+)?{word}|{word}\w*\W*\d" if name.isalpha() else word


def _parts(date: str) -> list[str]:
    return [part.lstrip("0") for part in re.split(r"\D", date)]
