"""CLDR's plural rules as gettext writes them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping

TWO_FORMS = "nplurals=2; plural=(n != 1);"
"""For a language of which no rule is known, too: a translator can write one text twice."""

_ORDER = ("zero", "one", "two", "few", "many", "other")
_RELATION = re.compile(r"([a-z])(?: mod (\d+))?( not)? in ([\d.,]+)")


def plural_forms(rules: Mapping[str, str], used: Collection[str]) -> str:
    """The value of a Plural-Forms header.

    `rules` holds CLDR's condition for each category but `other`, in the wording of Babel
    ("n mod 10 in 2..4 and n mod 100 not in 12..14"). `used` holds the categories that whole
    numbers reach: the others are for fractions, which gettext does not count, and left out.
    """
    forms = [category for category in _ORDER if category in used]
    if len(forms) == 1:
        return "nplurals=1; plural=0;"
    choices = "".join(
        f"{_alternatives(rules[category])} ? {index} : "
        for index, category in enumerate(forms[:-1])
    )
    return f"nplurals={len(forms)}; plural=({choices}{len(forms) - 1});"


def _alternatives(rule: str) -> str:
    """A whole rule as an expression of C."""
    parts = [_conditions(part) for part in rule.split(" or ")]
    return _joined(" || ", (part for part in parts if part != "0"), nothing="0")


def _conditions(rule: str) -> str:
    """A part of a rule without "or" as an expression of C; "0" where it never holds."""
    parts = [_relation(part) for part in rule.split(" and ")]
    if "0" in parts:
        return "0"
    return _joined(" && ", (part for part in parts if part != "1"), nothing="1")


def _relation(text: str) -> str:
    """One comparison as an expression of C; "0" or "1" where it is so for every whole number.

    Raises ValueError for a wording that Babel does not use today.
    """
    match = _RELATION.fullmatch(text)
    if match is None:
        raise ValueError(f"not a relation of a CLDR plural rule: {text}")
    operand, divisor, negated, ranges = match.groups()
    spans = [(span.split("..")[0], span.split("..")[-1]) for span in ranges.split(",")]
    if operand not in "ni":  # the others count decimals and exponents: 0 in a whole number
        holds = any(int(low) <= 0 <= int(high) for low, high in spans)
        return "1" if holds != bool(negated) else "0"
    value = f"n % {divisor}" if divisor else "n"
    if negated:
        return _joined(" && ", (_outside(value, *span) for span in spans))
    return _joined(" || ", (_inside(value, *span) for span in spans))


def _inside(value: str, low: str, high: str) -> str:
    if low == high:
        return f"{value} == {low}"
    return f"{value} <= {high}" if low == "0" else f"({value} >= {low} && {value} <= {high})"


def _outside(value: str, low: str, high: str) -> str:
    if low == high:
        return f"{value} != {low}"
    return f"{value} > {high}" if low == "0" else f"({value} < {low} || {value} > {high})"


def _joined(operator: str, parts: Iterable[str], nothing: str = "") -> str:
    found = list(parts)
    if len(found) < 2:
        return found[0] if found else nothing
    return f"({operator.join(found)})"
