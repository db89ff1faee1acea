"""Which changes of a text make no difference to readers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.markup.same import letters, same

ALIKE = [
    ("Wash  your\nhands.", "Wash your hands."),
    ("Wash your hands.\n", "Wash your hands."),
    (" *Wash* your hands.", "*Wash* your hands."),
    ("10\u00a0000 steps", "10 000 steps"),
    ("*Wash* your hands", "_Wash_ your hands"),
    ("**Wash** your hands", "__Wash__ your hands"),
    ("Take `a b`", "Take ``a b``"),
    ("Call now  \nor later", "Call now\\\nor later"),
    ("“Yes”, she said", '"Yes", she said'),
    ("„Yes“, she said", "«Yes», she said"),
    ("Don't", "Don’t"),
    ("“It was 2020”", '"It was 2020"'),
    ("The 1990's", "The 1990’s"),
    ("[The rules](/rules 'All of them')", '[The rules](/rules "All of them")'),
    ("[The rules](/rules)", "[The rules](</rules>)"),
    ("[*The* rules][rules]", "[_The_ rules][rules]"),
    ("Salt &amp; sugar", "Salt & sugar"),
    ("5 \\* 3", "5 * 3"),
    ("Note^[see *there*]", "Note^[see _there_]"),
    ("![A *map*](a.png)", "![A _map_](a.png)"),
    ("<b>“Now”</b>", '<b>"Now"</b>'),
]
DIFFERENT = [
    ("*Wash* your hands", "**Wash** your hands"),
    ("*Wash* your hands", "Wash your hands"),
    ("*Wash* your hands", "Wash *your* hands"),
    ("Call now\nor later", "Call now\\\nor later"),
    ("We are open — come in", "We are open - come in"),
    ("Wash your hands.", "Wash your hands!"),
    ("wash your hands", "Wash your hands"),
    ("Take 5 pills", "Take 6 pills"),
    ("Do eat", "Do not eat"),
    ("He is 5'", 'He is 5"'),
    ("He is 5’", "He is 5”"),
    ("This is “safe”", "This is safe"),
    ("“This” is safe", "This “is” safe"),
    ("any one", "anyone"),
    ("[Rules](/a)", "[Rules](/b)"),
    ("[Rules](/a 'One')", "[Rules](/a 'Two')"),
    ("[Rules][a]", "[Rules][b]"),
    ("[Rules][a]", "[Rules](a)"),
    ("Note[^1]", "Note[^2]"),
    ("`a  b`", "`a b`"),
    ("`“a”`", '`"a"`'),
    ("<b>Now</b>", "<i>Now</i>"),
    ("<b class='x'>Now</b>", '<b class="x">Now</b>'),
    ("![A map](a.png)", "![A map](b.png)"),
    ("~~gone~~", "gone"),
    ("~about 5~", "~~about 5~~"),
]


@pytest.mark.parametrize(("first", "second"), ALIKE)
def test_what_readers_cannot_see_makes_no_difference(first: str, second: str) -> None:
    assert same(first, second)
    assert same(second, first)
    assert letters(first) == letters(second)


@pytest.mark.parametrize(("first", "second"), DIFFERENT)
def test_what_readers_can_see_makes_a_difference(first: str, second: str) -> None:
    assert not same(first, second)
    assert not same(second, first)


PIECES = st.lists(
    st.sampled_from(
        [
            "a",
            "b",
            " ",
            "\n",
            "*",
            "_",
            "**",
            "`",
            "“",
            '"',
            "'",
            "5",
            "\\",
            "[x](y)",
            "&amp;",
            "<b>",
        ]
    ),
    max_size=8,
).map("".join)


@given(PIECES, PIECES)
def test_texts_that_are_the_same_have_the_same_letters(first: str, second: str) -> None:
    assert same(first, first)
    if same(first, second):
        assert letters(first) == letters(second)


@given(PIECES)
def test_more_white_space_between_words_makes_no_difference(text: str) -> None:
    assert same(f" {text} ", text)
    assert same(f"a {text.strip()} z".replace("\n", " "), f"a  {text.strip()} z".replace("\n", " "))
