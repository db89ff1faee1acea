"""Sentences of guides: where they begin and end, how many words they have, and the long ones."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from source_tools import project, told

from outreach.checks.source.sentences import Sentence, sentences, words_of
from outreach.checks.source.texts import read_guide
from outreach.guides import parse_guide

WORDS = "one two three four five six seven eight nine ten"


def split(text: str) -> list[str]:
    return [item.text for item in sentences(text)]


def in_guide(text: str) -> list[Sentence]:
    texts = read_guide(parse_guide(text, "g", "g.md")).texts
    return [item for part in texts for item in sentences(part.prose)]


@pytest.mark.parametrize(
    "text",
    [
        "The U.S. Department of Health says so.",
        "Dr. Lee and Mrs. Diaz work at St. Mary Hospital.",
        "Eat fruit, e.g. Asian pears, or vegetables, i.e. Greens.",
        "Ask J. Smith or A. B. Jones for help.",
        "The rate was 10.90 in 2022 and $421.5 billion in 2018.",
        "See Fig. 2, p. 4 and No. 5 of Vol. 3.",
        "It opens on Jan. 5 at 9 a.m. and closes at 5 p.m. on weekdays.",
        "Go to https://example.org/a.b?c=d. now or write to help.desk@example.org, please.",
        "“Did you eat?” she asked.",
        "Wait … then go on.",
        "Wait... then go on.",
        "He has (so he says!) no time.",
        "Vitamin B vs. Vitamin C is no choice.",
        "Read chapter 3.2.1 of the book.",
    ],
)
def test_a_mark_inside_of_a_sentence_does_not_end_it(text: str) -> None:
    assert split(text) == [text]


@pytest.mark.parametrize(
    ("text", "second"),
    [
        ("Wash your hands. Eat well.", "Eat well."),
        ("We live in the U.S. The rate is high.", "The rate is high."),
        ("It opens at 9 a.m. You can come then.", "You can come then."),
        ("He asked, “Did you eat?” Then he left.", "Then he left."),
        ("He asked, “Did you eat?” “Yes,” she said.", "“Yes,” she said."),
        ("Stop! Wait for help.", "Wait for help."),
        ("It costs $5. Bring cash.", "Bring cash."),
        ("It was so in 2022. In 2023 it was not.", "In 2023 it was not."),
        ("Wait... Then go.", "Then go."),
        ("(Take care.) Go home.", "Go home."),
        ("Take vitamin C. It helps.", "It helps."),
        ("I said no.\nHe left.", "He left."),
    ],
)
def test_a_mark_before_a_new_sentence_ends_the_old_one(text: str, second: str) -> None:
    assert split(text)[1:] == [second]


def test_items_cells_headings_and_hard_breaks_end_what_stands_in_them() -> None:
    text = """# Clean hands
Wash them\\
often\\
and well

- soap
- warm water

| When | How |
|---|---|
| before meals | with soap |

Term
: what it means
"""
    assert [item.text for item in in_guide(text)] == [
        *("Clean hands", "Wash them", "often", "and well", "soap", "warm water"),
        *("When", "How", "before meals", "with soap", "Term", "what it means"),
    ]


def test_markup_is_no_word_and_code_and_addresses_are_one() -> None:
    text = (
        '**Wash** your [*two* hands](https://example.org/a "a title"), ~~not~~ `a b c`'
        "[^1] &amp; see <https://example.org/x/y>.\n\n[^1]: A source."
    )
    first, *_ = in_guide(text)
    assert first.text == "Wash your two hands, not … & see …."
    assert len(first.words) == 8
    for address in ("a.b@example.org", "www.example.org/x", "example.org/a/b-c.", "http://x.y?a=b"):
        (sentence,) = in_guide(f"Go to {address} now")
        assert len(sentence.words) == 4


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("don’t can't well-known and/or", 5),
        ("$421 to 1,000.50 (10%)", 4),
        ("U.S. 24/7 9:30", 5),
        ("… – — • 🙂", 0),
    ],
)
def test_words_are_counted_as_people_count_them(text: str, number: int) -> None:
    assert len(words_of(text)) == number


def test_a_sentence_over_the_limit_is_told_at_its_own_line_with_its_beginning() -> None:
    text = f"---\ntitle: T\n---\n\nShort.\nIt *is* {WORDS}\n{WORDS} {WORDS}.\n\n- Fine\n"
    (line,) = told(text, "long-sentence")
    assert line == (
        "6: a sentence of 32 words, “It is one two three four five six seven eight nine ten one …”;"
        " write at most 25: make two sentences of it, or a list"
    )


def test_a_sentence_behind_a_hard_break_is_told_at_its_line() -> None:
    text = f"One\\\ntwo  \nThree {WORDS} {WORDS} {WORDS}."
    assert [line[:22] for line in told(text, "long-sentence")] == ["3: a sentence of 31 wo"]


@pytest.mark.parametrize("number", [25, 26])
def test_the_limit_itself_is_allowed(number: int) -> None:
    text = " ".join(["word"] * number) + "."
    assert len(told(text, "long-sentence")) == number - 25


def test_a_list_without_full_stops_is_no_sentence() -> None:
    text = "You need:\n\n" + "".join(f"- {WORDS}\n" for _ in range(9))
    assert told(text, "long-sentence") == []
    assert told(f"- {WORDS} {WORDS}\n  {WORDS}\n", "long-sentence") != []


def test_headings_footnotes_and_preformatted_text_are_no_sentences() -> None:
    long = f"{WORDS} {WORDS} {WORDS}"
    text = f"# {long}\n\nWell.[^1]\n\n```text translate\n{long}\n```\n\n```\n{long}\n```\n\n"
    assert told(f"{text}[^1]: {long}\n", "long-sentence") == []
    assert len(told(f"> {long}\n\n::: note\n{long}\n:::\n", "long-sentence")) == 2


def test_the_limit_can_be_set(tmp_path_factory: pytest.TempPathFactory) -> None:
    config = project(tmp_path_factory.mktemp("p"), ["sentence-words = 9"])
    assert len(told(f"{WORDS}.", "long-sentence", config=config)) == 1


@given(st.text("ab.!?…”\"')( \n\u2028\u2029A1-", max_size=60))
def test_sentences_hold_every_word_once_and_in_order(text: str) -> None:
    found = list(sentences(text))
    places = [item.place for item in found]
    assert places == sorted(set(places))
    assert all(item.words and not text[item.place].isspace() for item in found)
    assert [word for item in found for word in item.words] == words_of(text)
