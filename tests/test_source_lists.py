"""Lists of a project: expressions to avoid, and terms to write in one way."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from projects import ROOT, run, write
from source_tools import problems, project, told

from outreach.checks.source.glossary import COLUMNS as TERMS
from outreach.checks.source.glossary import glossary_of
from outreach.checks.source.tables import parse_table
from outreach.checks.source.words import COLUMNS, expressions
from outreach.config import Config

WORDS = """# Words

Do not write these.

| Avoid | Write |
|---|---|
| leverage | use |
| food desert | area with few stores |
| head start | an advantage |
| marathon, not a sprint | it takes years |
| **pro bono** | |
| facility | place |
| AIDS victim | person with AIDS |
"""
TERMS_FILE = """| Term | Meaning | Do not write | Note |
|---|:-:|---|---|
| health equity | A fair chance. | health equality, equity in health | |
| health disparity | A difference. | health gap | Neutral. |
| self-care | What you do. | | |
| community-led | Run by it. | | |
| burnout | Too much. | burn-out | |
| community of color | A group. | | |
| Medicaid | An insurance. | | Keep. |
| ally | A person. | | |
| equal opportunity | The same. | | |
| fair chance | A possibility. | opportunity | |
"""


@pytest.fixture(scope="module")
def config(tmp_path_factory: pytest.TempPathFactory) -> Config:
    return project(tmp_path_factory.mktemp("lists"), plain_words=WORDS, glossary=TERMS_FILE)


def words(text: str, config: Config) -> list[str]:
    """What is found, as it is written in the text."""
    return [line.split("“")[1].split("”")[0] for line in told(text, "plain-words", config=config)]


def terms(text: str, config: Config) -> list[str]:
    return [line.partition(" ")[2] for line in told(text, "glossary", config=config)]


@pytest.mark.parametrize(
    "text",
    [
        "We leverage it.",
        "Leveraging it helps.",
        "It was LEVERAGED.",
        "He leverages **it**.",
        "This is a food desert.",
        "These food-deserts grow.",
        "A *food* desert is near.",
        "A food\ndesert is near.",
        "They had head starts.",
        "It is a marathon, not a sprint.",
        "He works pro bono.",
        "Some facilities are near.",
        "AIDS victims are here.",
        "# Food Deserts",
        "![A food desert](a.png)",
        "| a | b |\n|---|---|\n| food desert | c |",
        "<!-- note: n -->\nText.[^1]\n\n[^1]: A food desert.",
        "The [food desert](https://example.org) is near.",
    ],
)
def test_an_expression_is_found_in_any_regular_form(text: str, config: Config) -> None:
    assert len(words(text, config)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "A lever ages.",
        "Food. Desert plants are dry.",
        "They deserted the food.",
        "The Head Start program is near.",
        "Go to Head Start.",
        "He is ahead. Started.",
        "`leverage` is code.",
        "```\nleverage\n```",
        "[Text](https://example.org/leverage)",
        "The word facilitator is fine.",
        "A Food Desert, she called it in her book of that name.",
        "<!-- leverage -->",
    ],
)
def test_names_code_and_other_words_are_not(text: str, config: Config) -> None:
    assert words(text, config) == []


def test_the_finding_says_where_and_what_to_write(config: Config) -> None:
    text = "---\ntitle: T\n---\nOne\ntwo *food\ndeserts*, and pro  bono.\n"
    assert told(text, "plain-words", config=config) == [
        "5: “food deserts” is hard to translate; write “area with few stores”, or the like",
        "6: “pro bono” is hard to translate; write what it means in plain words, or the like",
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Health equality is good.", "“Health equality” is called “health equity” in the glossary"),
        ("Some health gaps stay.", "“health gaps” is called “health disparity” in the glossary"),
        ("Self care helps.", "“Self care” stands in the glossary as “self-care”"),
        ("Good selfcare helps.", "“selfcare” stands in the glossary as “self-care”"),
        ("A health-equity plan.", "“health-equity” stands in the glossary as “health equity”"),
        ("Our healthequity plan.", "“healthequity” stands in the glossary as “health equity”"),
        ("Signs of burn-out.", "“burn-out” is called “burnout” in the glossary"),
        ("Ask for medicaid.", "“medicaid” has other capitals than “Medicaid” in the glossary"),
        ("We want Health Equity now.", "“Health Equity” has other capitals than “health equity”"),
        ("Health Equity is good.", "“Health Equity” has other capitals than “health equity”"),
        ("An opportunity.", "“opportunity” is called “fair chance” in the glossary"),
    ],
)
def test_another_name_or_spelling_of_a_term_is_told(text: str, said: str, config: Config) -> None:
    (line,) = terms(text, config)
    assert line.startswith(said)


@pytest.mark.parametrize(
    "text",
    [
        "Health equity is good. So is health\nequity.",
        "- [Health Equity](https://example.org)",
        "Ask the Office for the Health Equity of Maine.",
        "Read “Health Equity in Maine” first.",
        "What health equity’s aim is, and health disparities.",
        "Communities of color, and a community of color.",
        "Self-care helps, and self‑care too.",
        "The community led the march.",
        "People burn out.",
        "MEDICAID and HEALTH EQUITY",
        "The Office of Health Equity is here.",
        "The Health Equity Council and the Maine Health Equity group.",
        "# What Health Equity Is",
        "It is equal opportunity that we want.",
        "The Allies won.",
        "An ally-led group. An anti-burnout plan.",
        "Read the Health Gap Report.",
        "Good health. Equity is fair.",
        "**Health equity:** Each person gets what they need.",
        "`health-equity` and https://example.org/health-equity",
    ],
)
def test_a_term_as_it_is_in_the_glossary_is_fine(text: str, config: Config) -> None:
    assert terms(text, config) == []


def test_a_glossary_in_which_every_term_has_a_capital_says_nothing_of_them(tmp_path: Path) -> None:
    text = (
        "| Term | Meaning | Do not write |\n|---|---|---|\n| Health equity | x | |\n| Ally | y | |"
    )
    config = project(tmp_path, glossary=text)
    assert terms("An ally wants health equity.", config) == []
    assert len(terms("We want health Equity.", config)) == 1


def test_without_lists_nothing_is_found() -> None:
    assert told("Leverage health-equity.", "plain-words", "glossary") == []


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("| a | b | c |", "6: has 3 cells, and the table 2 columns"),
        ("| a |", "6: has 1 cells, and the table 2 columns"),
        ("| | b |", "6: the column `Avoid` is empty"),
        ("| Food-Desert | b |", "6: “Food-Desert” stands in line 5 already"),
    ],
)
def test_a_wrong_row_is_an_error_in_its_line(rows: str, said: str) -> None:
    text = f"# Words\n\n| Avoid | Write |\n|---|---|\n| food desert | x |\n{rows}\n"
    table = parse_table(text, "w.md", COLUMNS, "plain-words")
    found = [*table.problems, *expressions(table)[1]]
    assert [problem.severity for problem in found] == ["error"]
    assert f"{found[0].location.line}: {found[0].text}".startswith(said)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("- | x |", "5: the column `Term` is empty"),
        (" | x |", "5: the column `Term` is empty"),
        ("Self-Care | x |", "5: “Self-Care” stands in line 4 already"),
        ("x | y | a, self-care", "5: “self-care” stands in line 4 already"),
        ("x | y | my care", "5: “my care” stands in line 4 already"),
        ("my care | y |", "4: “my care” stands in line 5 already"),
    ],
)
def test_a_name_stands_in_one_row_of_the_glossary(row: str, said: str) -> None:
    head = "| Note | Term | Meaning | Do not write |\n|---|---|---|---|\n"
    text = f"\n{head}| n | self-care | x | my care |\n| n | {row} |\n"
    glossary, found = glossary_of(parse_table(text, "g.md", TERMS, "glossary"))
    assert [f"{problem.location.line}: {problem.text}".startswith(said) for problem in found] == [
        True
    ]
    assert glossary.names


def test_a_spelling_of_the_term_itself_may_be_listed(tmp_path: Path) -> None:
    rows = ["| community-led | x | community led, community-led |", "| self-care | x | self care |"]
    rows += ["| Medicaid | x | medicaid, – |", "| burnout | x | burn out |"]
    head = "| Term | Meaning | Do not write |\n|---|---|---|\n"
    config = project(tmp_path, glossary=head + "\n".join(rows))
    assert [line.partition(";")[0] for line in terms("It is community led.", config)] == [
        "“community led” is called “community-led” in the glossary"
    ]
    assert len(terms("Self care – for Medicaid. They burn out.", config)) == 2
    assert terms("Community-led self-care.", config) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "0: has no rows; expected a table that begins with `| Avoid | Write |`"),
        ("food desert = x\n", "0: has no rows"),
        ("| Avoid | Write |\n|---|---|\n", "0: has no rows"),
        ("\n| Word | Write |\n|---|---|\n| a | b |\n", "2: expected a table that begins with"),
    ],
)
def test_a_file_without_a_table_is_an_error(text: str, said: str) -> None:
    (problem,) = parse_table(text, "w.md", COLUMNS, "plain-words").problems
    assert f"{problem.location.line}: {problem.text}".startswith(said)


def test_a_table_may_have_bars_marks_and_other_columns() -> None:
    text = "| Note | **Avoid** | Write |\n|:--|--:|---|\n| n | `a\\|b` | *c* d_e |\n|x|y||\n"
    rows = parse_table(text, "w.md", COLUMNS, "plain-words").rows
    assert [(row.cells["avoid"], row.cells["write"]) for row in rows] == [
        ("a|b", "c d_e"),
        ("y", ""),
    ]
    assert [row.location.line for row in rows] == [3, 4]


@given(st.text("|ab -:\\\n`*_", max_size=60))
def test_any_text_is_read_as_a_list(text: str) -> None:
    table = parse_table(f"| Avoid | Write |\n{text}", "w.md", COLUMNS, "plain-words")
    listed, wrong = expressions(table)
    assert len(listed) + len(wrong) == len(table.rows)


@given(st.lists(st.text("ab -,'.(*+?[", max_size=12), max_size=5), st.text("ab -.'(*", max_size=40))
def test_any_words_can_stand_in_a_list(names: list[str], text: str) -> None:
    rows = "".join(f"| {name} | x | {name[::-1]} |\n" for name in names)
    head = "| Term | Meaning | Do not write | Avoid | Write |\n"
    table = parse_table(head + rows.replace(" |\n", " | q | z |\n"), "w.md", TERMS, "glossary")
    glossary, wrong = glossary_of(table)
    assert all(problem.location.line for problem in wrong)
    assert len({name.written.casefold() for name in glossary.names}) == len(glossary.names), text


def test_a_list_that_is_not_there_or_no_text_is_an_error(tmp_path: Path) -> None:
    config = project(tmp_path, ['plain-words = "w.md"'], glossary=TERMS_FILE)
    (problem,) = problems("Text.", "plain-words", config=config)
    assert problem.severity == "error"
    assert str(problem.location) == "w.md"
    assert "there is no file w.md, which the configuration names as `plain-words`" in problem.text
    write(tmp_path, {"w.md": b"| Avoid | Write |\n\xff"})
    (problem,) = problems("Text.", "plain-words", config=config)
    assert str(problem.location) == "w.md:2"
    (tmp_path / "w.md").unlink()
    (tmp_path / "w.md").mkdir()
    (problem,) = problems("Text.", "plain-words", config=config)
    assert problem.text.startswith("cannot be read: ")


def test_a_list_below_the_content_folder_is_no_guide(tmp_path: Path) -> None:
    settings = (
        'content = "guides"\nplain-words = "guides/words.md"\nglossary = "guides/t/terms.md"\n'
    )
    write(
        tmp_path,
        {
            "outreach.toml": settings,
            "guides/a.md": "# A\n\nWe leverage health-equity.\n",
            "guides/words.md": WORDS,
            "guides/t/terms.md": TERMS_FILE,
        },
    )
    assert run(tmp_path, "init", "es").code == 0
    names = {path.stem for path in (tmp_path / "locale").rglob("*.po*")}
    assert names & {"a", "words", "terms", "t"} == {"a"}
    outcome = run(tmp_path, "check", "--rule", "plain-words", "--rule", "glossary")
    assert outcome.out == "1 language checked: 2 warnings.\n"
    assert outcome.code == 0


def test_our_own_lists_are_right_and_our_guides_keep_to_them() -> None:
    outcome = run(ROOT, "check", "--rule", "plain-words", "--rule", "glossary")
    assert (outcome.err, outcome.code) == ("", 0)
