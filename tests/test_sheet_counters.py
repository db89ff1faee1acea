from __future__ import annotations

import pytest

from outreach.languages import find
from outreach.sheet.counters import (
    counter_rules,
    counter_style,
    number_references,
    own_digits,
)

MARK = '<sup class="footnote-ref"><a href="#fn12" id="fnref12">[12]</a></sup>'


@pytest.mark.parametrize(
    ("tag", "number"),
    [
        *(("en", "1290"), ("he", "1290"), ("ja", "1290"), ("ar", "١٢٩٠"), ("fa-AF", "۱۲۹۰")),
        *(("bn", "১২৯০"), ("ne", "१२९०"), ("my", "၁၂၉၀")),
    ],
)
def test_numbers_are_written_in_the_languages_digits(tag: str, number: str) -> None:
    assert own_digits("1290", find(tag)) == number


@pytest.mark.parametrize(("tag", "number"), [("en", "12"), ("ar", "١٢"), ("bn", "১২")])
def test_footnote_marks_have_the_digits_of_their_list(tag: str, number: str) -> None:
    shown = number_references(f"<p>5{MARK}</p>", find(tag))
    assert shown == f"<p>5{MARK.replace('[12]', f'[{number}]')}</p>"


def test_each_counter_style_that_is_named_is_defined_once() -> None:
    arabic, dari, nepali = find("ar"), find("fa-AF"), find("ne")
    rules = counter_rules((arabic, dari, nepali, arabic, find("en")))
    assert len(rules) == 3
    for language in (arabic, dari, nepali):
        style = f"@counter-style {counter_style(language)} "
        assert sum(rule.startswith(style) for rule in rules) == 1
    assert counter_style(find("en")) == "decimal"


def test_a_dot_does_not_follow_digits_whose_zero_is_a_dot() -> None:
    assert ['suffix: "- "' in rule for rule in counter_rules((find("ar"), find("bn")))] == [
        True,
        False,
    ]
