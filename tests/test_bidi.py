from __future__ import annotations

import re
from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.bidi import isolate, isolate_text

SPAN = re.compile('<span dir="ltr">(.*?)</span>|\u2066(.*?)\u2069')


def isolated(html: str, tag: str = "ar") -> list[str]:
    return [one or other for one, other in SPAN.findall(isolate(html, tag))]


def without(html: str) -> str:
    """Return HTML without what was put in; only for HTML that has no span of its own."""
    return re.sub('<span dir="ltr">|</span>|[\u2066\u2069]', "", html)


@pytest.mark.parametrize("tag", ["ar", "fa", "ur", "he"])
@pytest.mark.parametrize(
    "run",
    [
        *("(206) 555-0142", "+1 206 555 0142", "206-555-0142", "+1 (206) 555-0142 ext. 5"),
        *("9-1-1", "2-1-1", "2026-03-05", "#123", "65+", "1 1/2", "2½", "1 000 000"),
        *("health@example.org", "https://www.example.org/a-b/?c=1&amp;d=2", "www.example.org"),
        *("$421", "421 $", "€5.50", "US$ 5", "50%", "50 %", "5 mg/kg", "10–20 mg", "38 °C"),
        *("COVID-19", "C++", "AT&amp;T", "HIV/AIDS", "a.m.", "file-name.pdf", "Medicaid", "U.S."),
        *("U.S. Department of Health and Human Services (HHS)", "Dr. Smith", "a, b, c"),
        *("401 5th Ave, Suite 800, Seattle, WA 98104", "中文", "say “yes” or (no)", "7UP"),
    ],
)
def test_a_run_keeps_its_order(run: str, tag: str) -> None:
    word = "עכשיו" if tag == "he" else "نص"
    assert isolated(f"<p>{word} {run}، {word}.</p>", tag) == [run]
    assert isolated(f"<p>({run})، {word}</p>", tag) == [run]
    assert isolated(f"<p>{word} “{run}”: {word}</p>", tag) == [run]
    assert isolated(f"<td>{run}</td><td>{word}</td>", tag) == [run]


@pytest.mark.parametrize(
    "text",
    [
        *("من 421 إلى 451 مليار", "2018-2020", "في عام 2018", "1,234,567.89", "10-12", "10 – 20"),
        *("9:00–17:00", "١٠–٢٠", "٥٠٪", "24/7", "1/2", "3-5"),
    ],
)
def test_numbers_and_ranges_follow_an_arabic_sentence(text: str) -> None:
    assert isolated(f"<p>{text}</p>") == []


def test_a_number_after_a_comma_belongs_to_the_words_that_follow() -> None:
    date = "דוח של Clinic (example.org/a), 1 במאי 2026."
    assert isolated(date, "he") == ["Clinic (example.org/a)"]
    assert isolated("נוסחה Clinic, Room 5, Seattle", "he") == ["Clinic, Room 5, Seattle"]
    assert isolated("לפי Clinic, 98104 בעיר", "he") == ["Clinic"]


@pytest.mark.parametrize("tag", ["fa", "fa-AF", "ps", "ur", "he"])
@pytest.mark.parametrize("run", ["10–20", "5-7", "9:00–17:00", "2018–2022", "۱۰–۲۰", "$5–$10"])
def test_ranges_run_from_left_to_right_in_other_languages(run: str, tag: str) -> None:
    assert isolated(f"<p>نص {run} نص.</p>", tag) == [run]


@pytest.mark.parametrize("text", ["۵۰٪", "٥٠٪", "1,234,567.89", "في عام 2018", "5"])
def test_single_numbers_follow_the_sentence_in_every_language(text: str) -> None:
    assert isolated(f"<p>نص {text} نص.</p>", "fa") == []


@pytest.mark.parametrize(
    ("html", "result"),
    [
        ("<strong>Apple Health</strong> for Kids", "⟪<strong>Apple Health</strong> for Kids⟫"),
        ("see <b>CDC</b>", "⟪see <b>CDC</b>⟫"),
        ("<strong>5</strong> mg", "⟪<strong>5</strong> mg⟫"),
        ("<b>50</b>%", "⟪<b>50</b>%⟫"),
        ("<em>Dr. Smith</em>", "<em>⟪Dr. Smith⟫</em>"),
        ("<b>نص CDC</b> site", "<b>نص ⟪CDC⟫</b> ⟪site⟫"),
        ('<a href="x">CDC</a>', '⟪<a href="x">CDC</a>⟫'),
        ('<a href="x"><b>CDC</b> site</a>', '⟪<a href="x"><b>CDC</b> site</a>⟫'),
        ('<b><a href="x">CDC</a></b>', '<b>⟪<a href="x">CDC</a>⟫</b>'),
        ('<a href="x">عن CDC هنا</a>', '<a href="x">عن ‹CDC› هنا</a>'),
        ('CDC<sup class="footnote-ref"><a href="#f">1</a></sup>',
         '⟪CDC⟫<sup class="footnote-ref"><a href="#f">1</a></sup>'),
    ],
)  # fmt: skip
def test_markup_inside_a_run_comes_along(html: str, result: str) -> None:
    shown = isolate(f"<p>نص {html}. نص</p>")
    for mark, sign in {
        '<span dir="ltr">': "⟪",
        "</span>": "⟫",
        "\u2066": "‹",
        "\u2069": "›",
    }.items():
        shown = shown.replace(mark, sign)
    assert shown == f"<p>نص {result}. نص</p>"


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("Department (HHS وكالة)", ["Department", "HHS"]),
        ('"Medicaid" "CHIP"', ["Medicaid", "CHIP"]),
        ("Medicaid و CHIP", ["Medicaid", "CHIP"]),
        ("Medicaid، CHIP", ["Medicaid", "CHIP"]),
        ("في 2018 CDC", ["CDC"]),
        ("«Medicaid»", ["Medicaid"]),
        ("Medicaid (WA) (CHIP)", ["Medicaid (WA) (CHIP)"]),
        ("$10–$20", ["$10", "$20"]),
        ("ب50%", ["50%"]),
        ("10–20 CDC", ["10–20 CDC"]),
        ("2018–2022 CDC", ["CDC"]),
        ("\u206650%\u2069", ["50%"]),
    ],
)
def test_a_run_ends_where_the_sentence_goes_on(text: str, runs: list[str]) -> None:
    assert isolated(f"<p>نص {text} نص</p>") == runs


def test_a_paragraph_in_other_letters_is_one_run_with_its_full_stop() -> None:
    assert isolated("<p>نص</p><p> Call <b>911</b>. </p>") == ["Call <b>911</b>."]


def test_what_has_a_direction_of_its_own_is_left_alone() -> None:
    html = '<p lang="en" dir="ltr">Call 5 mg.</p><p>نص <span dir="ltr">(a) 5</span></p>'
    assert isolate(html) == html
    nested = '<li dir="ltr">Home<ul dir="rtl"><li>نص CDC</li></ul></li>'
    assert isolated(nested) == ["CDC"]


def test_only_text_is_touched() -> None:
    html = (
        '<p><a href="tel:206-555-0142" title="206-555-0142">اتصل</a> <!-- 206-555-0142 -->'
        "<code>206-555-0142</code></p><pre><code>206-555-0142</code></pre>"
    )
    assert isolate(html) == html


def test_a_plain_text_becomes_html() -> None:
    assert isolate_text("نص <Medicaid> & CHIP نص") == (
        'نص &lt;<span dir="ltr">Medicaid&gt; &amp; CHIP</span> نص'
    )


PIECES = st.sampled_from(
    [
        *("نص ", "هنا، ", "עברית ", "CDC", " Apple Health ", "(", ")", "“", "”", '"', ". ", ", "),
        *("50%", " $421 ", "10–20", "(206) 555-0142", " ", "&amp;", "&nbsp;", "a@b.org", "\u200f"),
        *("<b>", "</b>", '<a href="5 mg">', "</a>", "<code>", "</code>", "<br>", "<p>", "</p>"),
        *("<td>", "</td>", '<p dir="ltr">', "<!-- CDC -->", "<", ">", '<img alt="CDC 5 mg">'),
    ]
)
HTML = st.lists(PIECES, max_size=14).map("".join)


@given(HTML, st.sampled_from(["ar", "fa", "he"]))
def test_taking_the_marks_out_gives_the_html_back(html: str, tag: str) -> None:
    assert without(isolate(html, tag)) == html


@given(HTML, st.sampled_from(["ar", "fa", "he"]))
def test_doing_it_again_changes_nothing(html: str, tag: str) -> None:
    once = isolate(html, tag)
    assert isolate(once, tag) == once


@given(st.lists(st.sampled_from(["نص ", "CDC ", "<b>", "</b>", "5 mg", "(", ")"]), max_size=12))
def test_what_was_well_formed_stays_so(parts: list[str]) -> None:
    kept: list[str] = []
    depth = 0
    for part in parts:
        depth += {"<b>": 1, "</b>": -1}.get(part, 0)
        if depth >= 0:
            kept.append(part)
        depth = max(depth, 0)
    html = "".join(kept) + "</b>" * depth
    open_tags: list[str] = []
    for slash, name in re.findall(r"<(/?)(\w+)", isolate(html)):
        if slash:
            assert open_tags.pop() == name
        else:
            open_tags.append(name)
    assert open_tags == []


@given(st.text(alphabet="نص CDC5%<>&() ", max_size=30))
def test_plain_text_is_escaped(text: str) -> None:
    assert without(isolate_text(text)) == escape(text, quote=False)


def test_a_whole_document_may_be_given() -> None:
    html = (
        '<!DOCTYPE html>\n<html lang="fa" dir="rtl"><head><title>نص 50% CDC</title></head>'
        '<body><h1>نص CDC</h1><p>نص 10–20</p><div lang="en" dir="ltr"><p>Call 50%.</p></div>'
        '<p lang="ar">نص 10–20 هنا CDC</p></body></html>'
    )
    assert isolated(html) == ["CDC", "10–20", "CDC"]
    english = html.replace('lang="fa" dir="rtl"', 'lang="en" dir="ltr"')
    assert isolate(english) == english
