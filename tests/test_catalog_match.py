"""A new text takes the old one that it was made from, and none if there is none."""

from __future__ import annotations

import pytest
from edits import made_edits, score, written_edits
from hypothesis import given
from hypothesis import strategies as st

from outreach.catalog.match import closest

WRITTEN = written_edits()
UNFOUND = {
    "Rinse the spoon with hot water afterwards.",
    "Families who want to grow vegetables can get a free plot in the community garden.",
}
WRONG = {
    "Walk to your school": "Talk to your doctor",
    "What to pack when the water rises": "What to do when the power goes out",
    "This list is for teachers of toddlers.": "This guide is for parents of newborns.",
    "Signs of spring": "Signs of a stroke",
}
TEXTS = st.lists(
    st.one_of(
        st.sampled_from([*WRITTEN.old, *WRITTEN.new]),
        st.text(alphabet="ab \n.药", max_size=12),
        st.text(max_size=60),
    ),
    max_size=12,
)


def pairs(new: list[str], old: list[str], kept: list[str] | None = None) -> dict[str, str]:
    texts = [*old, *(kept or [])]
    return {new[i]: texts[j] for i, j in closest(new, old, kept or []).items()}


FOUND = pairs(list(WRITTEN.new), list(WRITTEN.old))


@pytest.mark.parametrize("kind", sorted(set(WRITTEN.kinds.values())))
def test_each_kind_of_edit_is_matched_as_it_was_made(kind: str) -> None:
    texts = [text for text, its_kind in WRITTEN.kinds.items() if its_kind == kind]
    expected = {
        text: WRITTEN.right[text] for text in texts if text in WRITTEN.right and text not in UNFOUND
    }
    expected |= {text: WRONG[text] for text in texts if text in WRONG}
    assert {text: FOUND[text] for text in texts if text in FOUND} == expected


def test_nearly_all_made_edits_are_found_and_none_is_wrong() -> None:
    edits = made_edits(kept=0, edited=300, gone=100, fresh=100)
    right, wrong = score(edits, pairs(list(edits.new), list(edits.old)))
    assert right >= 0.97 * len(edits.right)
    assert wrong == 0


@pytest.mark.parametrize(
    ("new", "old"),
    [
        ("Yet", "Yes"),
        ("Now", "No"),
        ("Cant", "Can"),
        ("Dose 2", "Dose 1"),
        ("Female", "Male"),
        ("", "Yes"),
        ("药", "水"),
    ],
)
def test_a_short_cell_with_another_word_is_no_match(new: str, old: str) -> None:
    assert closest([new], [old]) == {}


@pytest.mark.parametrize(
    ("new", "old"), [("Yes.", "Yes"), ("NEVER", "Never"), ("**Dose**", "Dose")]
)
def test_a_short_cell_with_the_same_words_is_a_match(new: str, old: str) -> None:
    assert closest([new], [old]) == {0: 0}


def test_of_many_alike_the_one_with_the_same_number_wins() -> None:
    old = [f"Step {n}: ask {n * 7} people what they need, and write it down." for n in range(900)]
    new = [text.replace("write", "note") for text in old]
    assert closest(new, old) == {n: n for n in range(900)}


def test_the_mended_word_is_found_where_no_word_is_the_same() -> None:
    assert pairs(["Introductions", "Vaccination"], ["Introduction", "Vacination"]) == {
        "Introductions": "Introduction",
        "Vaccination": "Vacination",
    }


def test_a_text_of_many_pages_is_matched() -> None:
    page = " ".join(f"word{n}" for n in range(3000))
    assert closest([f"{page} more"], ["Something else entirely", page]) == {0: 1}


def test_a_text_that_is_still_in_use_serves_where_nothing_else_does() -> None:
    kept = "Interpreter for Arabic: call Samira on weekdays before noon."
    new = "Interpreter for Dari: call Samira on weekdays before noon."
    assert closest([new], [], [kept]) == {0: 0}
    assert closest([new], [new.replace("Samira", "Farid")], [kept]) == {0: 0}
    assert closest([new], ["Soak the lentils."], [kept]) == {0: 1}


def test_a_near_copy_of_a_given_text_is_better_than_a_worse_one_that_is_free() -> None:
    given_text = "Bring your insurance card and a list of your medicines to the first visit."
    first = given_text.replace("the first visit", "your first visit")
    copy = given_text.replace("first", "second")
    worse = "Bring your own cup and a list of your questions to the parents' evening."
    assert pairs([first, copy], [given_text, worse]) == {first: given_text, copy: given_text}


@given(TEXTS, TEXTS, TEXTS)
def test_the_order_of_the_texts_does_not_matter(
    new: list[str], old: list[str], kept: list[str]
) -> None:
    before = pairs(new, old, kept)
    assert pairs(new, old, kept) == before
    assert pairs(new[::-1], sorted(old), sorted(kept, reverse=True)) == before


@given(TEXTS, TEXTS, TEXTS)
def test_every_index_is_one_of_those_given(new: list[str], old: list[str], kept: list[str]) -> None:
    found = closest(new, old, kept)
    assert set(found) <= set(range(len(new)))
    assert set(found.values()) <= set(range(len(old) + len(kept)))


@given(TEXTS)
def test_without_old_texts_nothing_is_found(new: list[str]) -> None:
    assert closest(new, []) == {}
