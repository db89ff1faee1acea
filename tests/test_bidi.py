from __future__ import annotations

import re

import pytest

from outreach.bidi import isolate


def isolated(html: str) -> list[str]:
    return re.findall("\u2066(.*?)\u2069", isolate(html))


@pytest.mark.parametrize(
    "run",
    [
        "(206) 555-0142",
        "+1 206 555 0142",
        "206-555-0142",
        "9-1-1",
        "2026-03-05",
        "health@example.org",
        "https://www.example.org/a-b/?c=1&amp;d=2",
        "www.example.org",
    ],
)
def test_numbers_and_addresses_keep_their_order(run: str) -> None:
    assert isolated(f"<p>اتصل بالرقم {run}.</p>") == [run]
    assert isolated(f"<p>({run})، ثم</p>") == [run]


@pytest.mark.parametrize(
    "text",
    ["من 421 إلى 451 مليار", "2018-2020", "في عام 2018", "1,234,567.89", "10-12", "COVID-19"],
)
def test_amounts_and_years_follow_the_sentence(text: str) -> None:
    assert isolated(f"<p>{text}</p>") == []


def test_only_text_is_touched() -> None:
    html = (
        '<p><a href="tel:206-555-0142" title="206-555-0142">اتصل</a> <!-- 206-555-0142 -->'
        "<code>206-555-0142</code></p><pre><code>206-555-0142</code></pre>"
    )
    assert isolate(html) == html
    assert isolate('اتصل <a href="tel:2065550142">206-555-0142</a>') == (
        'اتصل <a href="tel:2065550142">\u2066206-555-0142\u2069</a>'
    )


def test_taking_the_isolates_out_gives_the_text_back() -> None:
    html = '<p title="a > b">هاتف <b>206-555-0142</b> أو a@b.org < 5</p>'
    assert re.sub("[\u2066\u2069]", "", isolate(html)) == html


def test_text_without_a_right_to_left_letter_is_left_alone() -> None:
    assert isolate("<p>Call 206-555-0142.</p>") == "<p>Call 206-555-0142.</p>"
