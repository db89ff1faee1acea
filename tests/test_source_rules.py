"""Main message, images, dates, what silences a rule, and the command line."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from projects import ROOT, build, catalog, po, run, write
from source_tools import TODAY, problems, told

from outreach.checks.rules import SOURCE_RULES
from outreach.checks.source import RULES, check_source
from outreach.checks.source.review import later, review_date
from outreach.checks.source.texts import read_guide
from outreach.config import Config
from outreach.guides import parse_guide
from outreach.languages import find

LONG = " ".join(["word"] * 26) + "."
FOUR = "One. Two it is. Three it is. Four it is."


def test_the_table_has_every_rule() -> None:
    assert tuple(RULES) == SOURCE_RULES


@pytest.mark.parametrize(
    "text",
    [
        "# Clean hands\n\nWash them often. Use soap. Do it now.\n\nMore.\n\nMore.",
        "---\ntitle: T\n---\nWash them often.",
        "---\ntitle: T\n---\n# T\n\n> Wash them often.",
        "Wash them often.",
        "::: note Look\nWash them often.\n:::\n",
        "---\nsummary: Wash them. Use soap.\n---\n\n## Soap\n\n- Soap",
        "![Hands](a.png)\n\nWash them often.",
        "<!-- note: n -->\n\nWash them often.",
        "",
        "# Clean hands",
        "---\ntitle: T\n---\n",
    ],
)
def test_one_short_message_at_the_top_is_fine(text: str) -> None:
    assert told(text, "main-message") == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("# T\n\n## Part\n\nText.", "3: begins with a heading; say the main message first"),
        ("# T\n\n- one\n- two", "3: begins with a list item; say"),
        ("| a | b |\n|---|---|\n| c | d |", "1: begins with a table heading; say"),
        (f"# T\n\n{FOUR}", "3: the first text should be the one main message, in at most 3 "),
        (f"---\nid: a\nsummary: {FOUR}\n---\nText.", "3: the summary should be the one main "),
        ("---\nsummary: [One, two]\n---\nText.", "2: `summary` should be the main message in one"),
        ("---\nsummary:\n---\nText.", "2: `summary` should be the main message in one"),
        ("## Part\n\nText.", "1: begins with a heading"),
    ],
)
def test_another_beginning_is_told(text: str, said: str) -> None:
    (line,) = told(text, "main-message")
    assert line.startswith(said)


@pytest.mark.parametrize(
    "text",
    [
        "![Hands under water](a.png)",
        "[![Hands](a.png)](b.md)",
        '<img src="a.png" alt="Hands">',
        '<img src="a.png" alt="">',
        "<img src=a.png alt>",
        '<img src="a.png" role="presentation">',
        "<IMG SRC=\"a.png\" ALT='x'>",
        '<img src="a.png" aria-label="Hands">',
        "<!-- <img src=a.png> -->",
        "`![](a.png)` and \\![](a.png)",
        "```\n![](a.png)\n```",
        "<!-- outreach: ignore alt-text -->\n\n![](line.svg)",
        "- Text\n\n  <!-- Outreach: Ignore alt-text -->\n  ![](line.svg)",
        "<!-- outreach: ignore alt-text -->\n## Part\n\n![](line.svg)\n\n### More\n\n![](b.svg)",
        "---\nignore: [alt-text]\n---\n![](line.svg)",
        "<!-- outreach: ignore alt-text -->\n<img src=a.png>",
    ],
)
def test_an_image_with_words_or_said_to_be_decoration_is_fine(text: str) -> None:
    assert told(text, "alt-text") == []


@pytest.mark.parametrize(
    ("text", "line", "source"),
    [
        ("![](a.png)", 1, "a.png"),
        ("Text\nand ![ ](a.png) more", 2, "a.png"),
        ("Text\n\n[![](a.png)](b.md)", 3, "a.png"),
        ("![][one]\n\n[one]: b.png", 1, "b.png"),
        ("- a\n\n  ![](a.png)", 3, "a.png"),
        ("<p>\n<img src='c.png'>\n</p>", 2, "c.png"),
        ("Text <img src=d.png class=x>", 1, "d.png"),
        ("Text.[^1]\n\n[^1]: ![](a.png)", 3, "a.png"),
        ("Text^[A note ![](a.png)]", 1, "a.png"),
        ("<!-- no-translate -->\n\n![](a.png)", 3, "a.png"),
        ("<!-- outreach: ignore alt-text -->\n\nText\n\n![](a.png)", 5, "a.png"),
        ("<!-- outreach: ignore alt-text -->\n## A\n\n## B\n\n![](a.png)", 6, "a.png"),
    ],
)
def test_an_image_without_words_is_told_where_it_stands(text: str, line: int, source: str) -> None:
    (found,) = told(text, "alt-text")
    assert found.startswith(f"{line}: the image {source} has no alternative text")


def test_the_name_of_a_file_is_no_alternative_text() -> None:
    (line,) = told("![IMG_0001.JPG](a/IMG_0001.JPG)", "alt-text")
    assert line.startswith("1: the alternative text of the image a/IMG_0001.JPG is the name of a")


@pytest.mark.parametrize(
    ("day", "months", "due"),
    [
        ("2024-11-25", 24, True),
        ("2024-11-26", 24, False),
        ("2024-02-29", 12, True),
        ("2026-11-25", 1, False),
        ("1999-01-01", 0, False),
        ("9999-12-31", 240, False),
        ("2024-13-01", 24, False),
        ("soon", 24, False),
    ],
)
def test_an_edition_older_than_the_interval_is_due(day: str, months: int, due: bool) -> None:  # noqa: FBT001
    guide = read_guide(parse_guide(f"---\ntitle: T\nedition: {day}\n---\n", "g", "g.md"))
    found = [str(problem) for problem in review_date(guide, months, TODAY)]
    assert len(found) == due
    if due:
        assert found[0].startswith(f"g.md:3: warning: this edition is of {day}, and guides should")


def test_months_end_on_a_day_that_there_is() -> None:
    assert later(date(2024, 1, 31), 1) == date(2024, 2, 29)
    assert later(date(2023, 12, 31), 2) == date(2024, 2, 29)
    assert later(date(2024, 2, 29), 12) == date(2025, 2, 28)
    assert later(date(2024, 12, 1), 12) == date(2025, 12, 1)


@pytest.mark.parametrize(
    "text",
    [
        f"---\nignore: [long-sentence]\n---\n{LONG}",
        f"---\nignore: long-sentence, alt-text\n---\n{LONG}",
        f"<!-- outreach: ignore long-sentence -->\n\n{LONG}",
        f"<!-- outreach: ignore alt-text,long-sentence -->\n> {LONG}\n>\n> {LONG}",
        f"<!-- note: n -->\n<!-- outreach: ignore long-sentence -->\n\n- {LONG}\n- {LONG}",
        f"<!-- outreach: ignore long-sentence -->\n::: note\n{LONG}\n:::\n",
        f"<!-- outreach: ignore long-sentence -->\n\n## Law\n\n{LONG}\n\n### Part\n\n{LONG}",
    ],
)
def test_a_rule_can_be_silenced_for_a_guide_a_block_or_a_section(text: str) -> None:
    assert told(text, "long-sentence", "ignore") == []


@pytest.mark.parametrize(
    "text",
    [
        f"<!-- outreach: ignore long-sentence -->\n\nText.\n\n{LONG}",
        f"<!-- outreach: ignore reading-grade -->\n\n{LONG}",
        f"<!-- outreach: ignore long-sentence -->\n\n## Law\n\nText.\n\n## Other\n\n{LONG}",
        f"- <!-- outreach: ignore long-sentence -->\n  Text.\n- {LONG}",
    ],
)
def test_it_is_silenced_only_there(text: str) -> None:
    assert len(told(text, "long-sentence")) == 1


def test_a_hard_text_that_must_be_quoted_does_not_count_for_the_grade() -> None:
    easy, hard = "The cat sat on it and was warm. " * 20, f"> {LONG.replace('word', 'ability')}\n"
    assert told(easy + f"\n\n{hard}" * 9, "reading-grade") != []
    quoted = f"\n\n<!-- outreach: ignore reading-grade -->\n\n{hard}" * 9
    assert told(easy + quoted, "reading-grade") == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "---\nignore: [alt-txt]\n---\nA.",
            "2: `ignore`: there is no rule `alt-txt` to ignore; did",
        ),
        ("<!-- outreach: ignore alt-txt -->\n\nA.", "3: `ignore`: there is no rule `alt-txt` to"),
        ("<!-- outreach: ignore number -->\n\nA.", "3: `ignore`: nothing in a guide silences the"),
        ("<!-- outreach: ignore size -->\n\nA.", "3: `ignore`: the rule `size` protects readers"),
    ],
)
def test_a_name_that_silences_nothing_is_told(text: str, said: str) -> None:
    (line,) = told(text, "ignore")
    assert line.startswith(said)


def test_a_wrong_value_of_ignore_is_told() -> None:
    (problem,) = problems("---\nignore: {a: b}\n---\nText.", "front-matter")
    assert problem.text.startswith("`ignore` should be a list of rules")


@pytest.mark.parametrize(("tag", "looked"), [("en", 1), ("en-GB", 1), ("es", 0), ("enm", 0)])
def test_only_english_is_looked_at(tag: str, looked: int) -> None:
    english = find("en")
    language = type(english)(tag, tag, tag, "Latn")
    guide = parse_guide(LONG, "g", "g.md")
    found = list(check_source(Config(Path()), language, [guide], TODAY, ["long-sentence"]))
    assert len(found) == looked


PIECES = st.sampled_from(
    [
        *("# ", "## ", "- ", "1. ", "> ", "| a | b |\n|---|---|\n", "\n", "\n\n", "  \n", "\\\n"),
        *("::: note\n", ":::\n", "```\n", "<!-- outreach: ignore alt-text -->\n", "[^1]", "[^1]: "),
        *("![](a.png)", "<img src=a>", "`code`", "**", "https://a.b/c", "food desert", "Health"),
        *(
            "-equity",
            " Equity",
            "self care",
            ". ",
            "? ",
            "… ",
            "U.S. ",
            "\ufffc",
            "\u2028",
            "&amp;",
        ),
        *(
            "---\nsummary: x\n---\n",
            "term\n: text\n",
            "<b",
            "^[note]",
            f"{LONG} ",
            "ünïts ",
            "漢字",
        ),
    ]
)


@given(st.one_of(st.lists(PIECES, max_size=40).map("".join), st.text(max_size=80)))
def test_no_guide_is_too_odd(text: str) -> None:
    config = Config(ROOT, plain_words="content/plain-words.md", glossary="content/glossary.md")
    lines = len(re.split("\r\n?|\n", text))
    for problem in problems(text, config=config):
        assert problem.severity == "warning"
        assert 1 <= problem.location.line <= lines
        assert "\n" not in str(problem)


def test_a_warning_is_no_failure_and_withholds_nothing(tmp_path: Path) -> None:
    guide = f"---\nedition: 2001-01-01\n---\n# Hands\n\n{LONG}\n\n![](a.svg)\n"
    svg = '<svg xmlns="http://www.w3.org/2000/svg"/>'
    write(tmp_path, {"content/en/a.md": guide, "content/en/a.svg": svg})
    write(tmp_path, {catalog("a"): po({"Hands": "Manos", LONG: LONG.replace("word", "palabra")})})
    outcome = run(tmp_path, "check")
    assert outcome.code == 0
    assert [line.rpartition("[")[2] for line in outcome.err.splitlines()] == [
        *("review-date]", "long-sentence]", "alt-text]")
    ]
    assert outcome.err.startswith("content/en/a.md:2: warning: this edition is of 2001-01-01")
    built = build(tmp_path)
    assert (built.code, built.err) == (0, "")
    assert "Manos" in (tmp_path / "build/es/a.html").read_text("utf-8")


def test_rules_can_be_asked_for_silenced_and_read_by_programs(tmp_path: Path) -> None:
    write(tmp_path, {"content/en/a.md": f"# Hands\n\n{LONG}\n\n- ![](https://e.org/a.svg)\n"})
    write(tmp_path, {catalog("a"): po({})})
    outcome = run(tmp_path, "check", "--rule", "long-sentence", "--format", "json")
    (item,) = json.loads(outcome.out)["problems"]
    assert (item["path"], item["line"], item["rule"]) == ("content/en/a.md", 3, "long-sentence")
    outcome = run(tmp_path, "check", "--rule", "alt-text", "--format", "github")
    assert outcome.out.startswith("::warning file=content/en/a.md,title=alt-text,line=5::the image")
    write(tmp_path, {"outreach.toml": 'ignore = ["long-sentence"]'})
    assert "long-sentence" not in run(tmp_path, "check").err
    assert "alt-text" in run(tmp_path, "check").err


def test_the_date_of_a_check_can_be_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, {"content/en/a.md": "---\nedition: 2020-01-31\n---\n# Hands\n\nText.\n"})
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1643500800")  # 30 January 2022
    assert run(tmp_path, "check", "--rule", "review-date").err == ""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1643587200")
    assert "it was due on 2022-01-31" in run(tmp_path, "check", "--rule", "review-date").err
    write(tmp_path, {"outreach.toml": "review-interval = 36"})
    assert run(tmp_path, "check", "--rule", "review-date").err == ""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "soon")
    assert run(tmp_path, "check").code == 2


def test_a_source_in_another_language_is_left_alone(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "outreach.toml": 'source-language = "es"\ncontent = "content/es"',
            "content/es/a.md": f"- {LONG}\n\n<!-- outreach: ignore x -->\n\nA.\n",
        },
    )
    assert run(tmp_path, "check").err == ""


def test_comments_to_the_check_are_seen_by_nobody_else(tmp_path: Path) -> None:
    plain = "# Hands\n\nWash them.\n\n- One\n"
    silent = plain.replace("Wash", "<!-- outreach: ignore long-sentence -->\n\nWash")
    seen = []
    for text in (plain, silent):
        write(tmp_path, {"content/en/a.md": text})
        assert run(tmp_path, "init", "es").code in (0, 2)
        assert run(tmp_path, "update").code == 0
        assert build(tmp_path).code == 0
        page = (tmp_path / "build/en/a.html").read_text("utf-8").split("</main>")[0]
        seen.append((page, (tmp_path / "locale/a.pot").read_text("utf-8")))
    assert seen[0] == seen[1]


def test_our_own_guides_are_plain() -> None:
    rules = [argument for rule in SOURCE_RULES for argument in ("--rule", rule)]
    found = run(ROOT, "check", *rules).err
    assert [line for line in found.splitlines() if "[review-date]" not in line] == []
