"""Containers on the page: cards, lines to write on, steps, modules; and what writers are told."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markup_tools import ARABIC, ENGLISH, cyrillic, html, look, rendered, same

from outreach.guides import parse_guide
from outreach.markup.extract import Extracted, extract
from outreach.markup.render import render

CARD = "::: card {}\n\n{}\n\n:::\n"


def english(text: str, *leave_out: str) -> str:
    """The body of a guide in its own language."""
    made = render(
        parse_guide(text, "guide", "guide.md"),
        ENGLISH,
        ENGLISH,
        translate=lambda _: None,
        label=str,
        address=lambda url, _kind: url,
        raw_html=False,
        leave_out=leave_out,
    )
    return "".join(block.html for block in made.blocks)


def extracted(text: str, *leave_out: str) -> Extracted:
    return extract(parse_guide(text, "g", "g.md"), addresses=True, leave_out=leave_out)


def problems(text: str) -> list[tuple[int, str]]:
    found = extracted(text).problems
    assert {problem.rule for problem in found} <= {"container"}
    return [(problem.location.line, f"{problem.severity}: {problem.text}") for problem in found]


def test_cards_that_stand_together_share_one_element() -> None:
    text = CARD.format("", "One") + "\n" + CARD.format("*Two*", "- a") + "\nThree\n\n"
    assert english(text + CARD.format("", "Four")) == (
        '<div class="cards">\n'
        '<div class="card">\n<p>One</p>\n</div>\n'
        '<div class="card">\n<p class="card-title"><em>Two</em></p>\n'
        "<ul>\n<li>a</li>\n</ul>\n</div>\n</div>\n"
        "<p>Three</p>\n"
        '<div class="cards">\n<div class="card">\n<p>Four</p>\n</div>\n</div>\n'
    )


@pytest.mark.parametrize("raw_html", [False, True])
def test_a_comment_between_cards_does_not_part_them(*, raw_html: bool) -> None:
    text = CARD.format("", "One") + "<!-- note: x -->\n\n" + CARD.format("", "Two")
    assert html(text, raw_html=raw_html).count('class="cards"') == 1
    text = CARD.format("", "One") + "<hr>\n\n" + CARD.format("", "Two")
    assert html(text, raw_html=True).count('class="cards"') == 2


def test_cards_are_one_block_with_its_place_and_language() -> None:
    text = "Zero\n\n" + CARD.format("Title", "One") + "\n" + CARD.format("", "Two")
    (_, cards) = rendered(text, lambda s: "Раз" if s.msgid == "One" else None).blocks
    assert (cards.location.line, cards.state) == (3, "partly")
    assert '<p class="card-title" lang="en" dir="ltr">Title</p>' in cards.html
    assert "<p>Раз</p>" in cards.html


def test_the_title_of_a_card_is_translated_and_that_of_a_callout_too() -> None:
    made = html("::: card Mind *this*\nOne\n:::\n\n::: note Two\nx\n:::\n", cyrillic)
    assert '<p class="card-title">Минд <em>тхис</em></p>' in made
    assert '<p class="callout-title">Тво</p>' in made


def test_lines_to_write_on_follow_what_stands_in_them() -> None:
    assert english("::: lines 2\nQuestions\n:::\n") == (
        '<div class="lines">\n<p>Questions</p>\n'
        '<div class="ruled" aria-hidden="true">\n<div></div>\n<div></div>\n</div>\n</div>\n'
    )
    assert english("::: lines 40\n:::\n").count("<div></div>") == 40


@pytest.mark.parametrize(
    ("info", "found"),
    [
        ("lines", "none"),
        ("lines 0", "“0”"),
        ("lines -1", "“-1”"),
        ("lines 41", "“41”"),
        ("lines 1000", "“1000”"),
        ("lines " + "9" * 5000, "“9"),
        ("lines many", "“many”"),
        ("lines 3.5", "“3.5”"),
        ("lines ٣", "“٣”"),
        ("lines ²", "“²”"),
        ("lines 3 Questions", "“3 Questions”"),
    ],
)
def test_a_wrong_number_of_lines_is_an_error_and_no_word_is_lost(info: str, found: str) -> None:
    text = f"One\n\n::: {info}\nQuestions\n:::\n"
    ((line, said),) = problems(text)
    assert line == 3
    assert said.startswith("error: `::: lines` should have a whole number from 1 to 40")
    assert found in said
    assert "<p>Questions</p>" in english(text)
    assert "<div></div>" not in english(text)


def test_steps_are_a_numbered_list_that_keeps_its_start() -> None:
    text = "::: steps\n3. One\n\n   - a\n4. Two\n   1. b\n:::\n"
    made = english(text)
    assert made.startswith('<ol start="3" class="steps">\n<li>\n<p>One</p>')
    assert made.count("steps") == 1
    assert problems(text) == []


def test_steps_to_tick_are_steps_too() -> None:
    made = english("::: steps\n1. [x] One\n:::\n")
    assert made.startswith('<ol class="contains-task-list steps">\n<li class="task-list-item">')


def test_what_is_no_list_of_steps_is_shown_with_a_warning() -> None:
    text = "::: steps\n- One\n:::\n\n::: steps Do this\n1. Two\n:::\n\n::: steps\n> 1. Three\n:::\n"
    warnings = problems(text)
    assert [line for line, _ in warnings] == [1, 5, 9]
    assert "should hold a numbered list" in warnings[0][1]
    assert "“Do this” is not shown" in warnings[1][1]
    assert all(said.startswith("warning") for _, said in warnings)
    assert "<li>One</li>" in english(text)


def test_a_module_says_its_name() -> None:
    text = "::: module local-Help-2\nOne\n:::\n"
    assert english(text) == '<div class="module" data-module="local-Help-2">\n<p>One</p>\n</div>\n'
    assert extracted(text).modules == ("local-Help-2",)
    assert problems(text) == []


@pytest.mark.parametrize("name", ["a b", "-a", "a-", "a_b", "ä", "a{b", '"><script>', "{.x}"])
def test_a_wrong_name_of_a_module_is_an_error_and_is_not_shown(name: str) -> None:
    text = f"::: module {name}\nOne\n:::\n"
    ((_, said),) = problems(text)
    assert said.startswith("error: the name of a module should be letters")
    assert english(text) == '<div class="module">\n<p>One</p>\n</div>\n'
    assert extracted(text).modules == ()


def test_a_module_without_a_name_is_a_warning() -> None:
    ((_, said),) = problems("::: module\nOne\n:::\n")
    assert said.startswith("warning: `::: module` has no name")


def test_containers_stand_in_each_other_with_more_colons_outside() -> None:
    text = (
        "::::: module help\n\n:::: card Title\n\n::: lines 1\nQ\n:::\n\n::: steps\n1. A\n:::\n"
        "::::\n:::::\n"
    )
    assert problems(text) == []
    made = english(text)
    assert look(made).unbalanced == ""
    order = ("module", "cards", '"card"', "card-title", "lines", "ruled", "steps")
    places = [made.index(name) for name in order]
    assert places == sorted(places)


@pytest.mark.parametrize("name", ["card", "lines 2", "steps", "module x"])
@pytest.mark.parametrize(
    "text", ["::: {}\n1. One\n", "- ::: {}\n  1. One\n\nTwo\n", "::: {}\n1. One\n\n::::x\n"]
)
def test_a_container_that_is_not_closed_is_an_error(name: str, text: str) -> None:
    errors = [said for _, said in problems(text.format(name)) if said.startswith("error")]
    assert len(errors) == 1
    assert f"`::: {name.split(maxsplit=1)[0]}` is not closed" in errors[0]
    assert look(english(text.format(name))).unbalanced == ""


def test_a_callout_that_is_not_closed_is_a_warning() -> None:
    ((line, said),) = problems("\n::: note\nOne\n")
    assert (line, said[:30]) == (2, "warning: `::: note` is not clo")


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("::: card\n::: lines 1\n:::\n", 2, "error: `::: lines` is not closed"),
        ("::: card\nx\n:::\n\n:::\n", 5, "warning: `:::` closes nothing"),
        ("::: card\n:::: lines 1\n::::\nx\n\n:::\n", 2, "error: `::: lines` is not closed"),
    ],
)
def test_a_closing_line_closes_one_container(text: str, line: int, said: str) -> None:
    found = problems(text)
    assert found[0][0] == line
    assert found[0][1].startswith(said)


@pytest.mark.parametrize("text", ["> ::: card\n> One\n> :::\n", "- ::: card\n  One\n  :::\n"])
def test_a_container_in_a_quotation_or_list_is_closed_there(text: str) -> None:
    assert problems(text) == []


@pytest.mark.parametrize(
    ("line", "near"),
    [
        ("::: Card", "did you mean `card`?"),
        ("::: cards", "did you mean `card`?"),
        ("::: line 3", "did you mean `lines`?"),
        ("::: {.steps}", "did you mean `steps`?"),
        (":::modul x", "did you mean `module`?"),
        ("::: tip", "known: example, note, warning, card, lines, module, steps"),
        ("Text before\n::: kard", "did you mean `card`?"),
    ],
)
def test_an_unknown_name_is_text_with_a_warning(line: str, near: str) -> None:
    text = f"{line}\nOne\n:::\n"
    ((number, said),) = problems(text)
    assert number == line.count("\n") + 1
    assert near in said
    assert said.startswith("warning")
    assert "One" in english(text)
    assert problems(f"{line}\n\nOne\n\n:::\n") == [(number, said)]


def test_attributes_behind_a_name_are_shown_with_a_warning() -> None:
    for text in ("::: card {.red}\nOne\n:::\n", "::: note Two {#id .x}\nOne\n:::\n"):
        ((_, said),) = problems(text)
        assert said.startswith("warning: words in braces such as")
    assert problems("::: card Say {name}\nOne\n:::\n") == []


def test_left_to_right_lines_in_a_right_to_left_guide_need_nothing() -> None:
    made = html("::: lines 1\nQ\n:::\n", same, ARABIC)
    assert made == html("::: lines 1\nQ\n:::\n", same)


GUIDE = """# Help

One[^all] [a][shared] [b](#here)

::: module here
## Here

Two[^all] and[^own] [c][own] ![x](map.png)

[^own]: Own note[^deep]
[^deep]: Deep note

## Twice
:::

## Twice

Three[^within]

::: module here
[^within]: From within
:::

[^all]: For all

[shared]: https://example.org/shared "Shared"
[own]: https://example.org/own "Own"
"""


def test_what_only_a_module_uses_goes_with_it() -> None:
    made = english(GUIDE, "here")
    for word in ("Here", "Two", "Own note", "Deep note", "map.png", "example.org/own"):
        assert word in english(GUIDE)
        assert word not in made
    for word in ("For all", "From within", "example.org/shared", 'id="twice-1"'):
        assert word in made
    assert len(re.findall('class="footnote-item"', made)) == 2


def test_what_was_left_out_is_told_apart_from_the_rest() -> None:
    whole, found = extracted(GUIDE), extracted(GUIDE, "here")
    assert found.segments == whole.segments
    assert found.hidden == {
        *("Here", "Two[^all] and[^own] [c][own] ![x](map.png)"),
        *("Own note[^deep]", "Deep note", "Own"),
    }
    assert found.hidden_anchors == {"here", "twice"}
    assert [heading.id for heading in found.headings] == ["help", "twice-1"]
    assert whole.hidden == whole.hidden_anchors == frozenset()
    assert [target.url for target in found.targets] == ["https://example.org/shared", "#here"]


def test_a_text_that_also_stands_elsewhere_is_not_hidden() -> None:
    text = "Same\n\n::: module a\nSame\n\nOther\n:::\n"
    assert extracted(text, "a").hidden == {"Other"}


def test_a_module_in_another_is_left_out_with_it_or_alone() -> None:
    text = ":::: module out\nOne\n\n::: module in\nTwo\n:::\n\nThree\n::::\n"
    assert english(text, "out") == ""
    assert re.findall("One|Two|Three", english(text, "in")) == ["One", "Three"]


def test_modules_of_one_name_go_together() -> None:
    text = "::: module a\nOne\n:::\n\nTwo\n\n::: module a\nThree\n:::\n"
    assert english(text, "a") == "<p>Two</p>\n"


def test_cards_around_a_module_that_is_left_out_stand_together() -> None:
    text = CARD.format("", "1") + "\n::: module a\nx\n:::\n\n" + CARD.format("", "2")
    assert english(text, "a").count('class="cards"') == 1


def test_a_comment_on_a_module_says_nothing_of_what_follows_it() -> None:
    text = "<!-- no-translate -->\n::: module a\nOne\n:::\n\nTwo\n"
    assert [segment.msgid for segment in extracted(text, "a").segments] == ["Two"]
    assert extracted(text, "a").hidden == frozenset()


PIECES = st.sampled_from(
    [
        "Text[^n] and [link][l]\n",
        "# Head {}\n",
        "- item\n- [x] done\n",
        "::: card T{}\nA\n:::\n",
        "::: lines 2\nB[^m]\n:::\n",
        "::: steps\n2. C\n:::\n",
        "> quoted\n",
        "Text[^m]\n",
        "::: note\nD\n:::\n",
    ]
)
TAIL = "\n[^n]: Note\n\n[^m]: More[^n]\n\n[l]: https://example.org/\n"


@given(st.lists(st.tuples(st.sampled_from(["", "a", "b"]), PIECES), max_size=8))
def test_leaving_a_module_out_is_as_if_it_were_not_written(parts: list[tuple[str, str]]) -> None:
    blocks = [(name, piece.format(number)) for number, (name, piece) in enumerate(parts)]

    def guide(*, without: str = "") -> str:
        return "\n<!-- parts lists -->\n\n".join(
            f":::: module {name}\n{block}::::\n" if name else block
            for name, block in blocks
            if not without or name != without
        )

    text = guide() + TAIL
    assert english(text, "none") == english(text)
    assert extracted(text, "none") == extracted(text)
    assert extracted(text, "a").segments == extracted(text).segments
    # Of footnotes that nothing at all refers to, those that they refer to are shown all the same.
    rest = guide(without="a")
    if "[^m]" in rest or "[^m]" not in guide():
        assert english(text, "a") == english(rest + TAIL)


MARKS = st.sampled_from(
    [
        *("::: card A", "::: card", ":::", "::::", "::: lines 2", "::: steps", ":::: module a"),
        *("1. x", "- y[^n]", "  z", "> q", "", "", "[^n]: note", "# H", ":::card", "::: Note"),
    ]
)


@given(st.lists(MARKS, max_size=14))
def test_containers_in_any_order_lose_no_word_and_are_well_formed(lines: list[str]) -> None:
    text = "\n".join(lines)
    made = english(text)
    assert look(made).unbalanced == ""
    assert made.count(">A</p>") + made.count("::: card A") == lines.count("::: card A")
    assert html(text, lambda segment: f"{segment.msgid} ").count("x") == html(text).count("x")
    assert look(english(text, "a")).unbalanced == ""
    assert extracted(text, "a").segments == extracted(text).segments
