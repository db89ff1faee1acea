"""TRANSLATORS.md says of every rule what it means, and its examples are true."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from check_tools import said
from projects import ROOT

from outreach.checks.rules import IDS, RULES

TEXT = (ROOT / "TRANSLATORS.md").read_text("utf-8")
CHAPTER = TEXT[TEXT.index("## What `outreach check` says") :]
TABLE = re.compile(
    r"^\| English \| (?P<tag>[\w-]+), wrong \| (?P=tag), right \|\n\|---\|---\|---\|\n"
    r"(?P<rows>(?:\|.*\|\n)+)",
    re.MULTILINE,
)
CODE = re.compile(r"(`+)(.+?)\1(?!`)")
NAMED = re.compile(r"‹U\+([0-9A-F]{4,6})›")
"""How an example shows a character that cannot be seen."""
WITHOUT_EXAMPLE = {"size", "line-break"}
"""Rules on messages of which no example fits into a line."""


def sections() -> dict[str, str]:
    parts = re.split(r"^### `([\w-]+)`\n", CHAPTER, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def examples() -> Iterator[tuple[str, str, str, str, str]]:
    """Rule, language, English text, wrong and right translation."""
    for rule, text in sections().items():
        for table in TABLE.finditer(text):
            for row in table["rows"].splitlines():
                msgid, wrong, right = (unnamed(code) for _, code in CODE.findall(row))
                yield rule, table["tag"], msgid, wrong, right


def unnamed(example: str) -> str:
    return NAMED.sub(lambda name: chr(int(name[1], 16)), example)


@pytest.mark.parametrize("rule", IDS)
def test_every_rule_is_documented(rule: str) -> None:
    assert f"### `{rule}`" in CHAPTER or re.search(rf"^\| `{rule}`", CHAPTER, re.MULTILINE)


@pytest.mark.parametrize("rule", sections())
def test_every_section_is_about_a_rule_and_says_how_serious_it_is(rule: str) -> None:
    assert rule in IDS
    assert re.match(r"\n\*(?:Error|Warning)", sections()[rule])


@pytest.mark.parametrize(("rule", "tag", "msgid", "wrong", "right"), list(examples()))
def test_every_example_is_true(rule: str, tag: str, msgid: str, wrong: str, right: str) -> None:
    found = said(msgid, wrong, tag, kinds=(), rules=[rule])
    severities = {line.partition(" ")[0] for line in found}
    assert severities, "the wrong one is found"
    assert severities <= {word.lower() for word in re.findall(r"\*(\w+)[*.]", sections()[rule])}
    assert said(msgid, right, tag, kinds=(), rules=[item.id for item in RULES]) == []


def test_every_rule_on_messages_has_an_example() -> None:
    with_example = {rule for rule, *_ in examples()}
    assert {rule.id for rule in RULES} - with_example == WITHOUT_EXAMPLE


def test_the_list_at_the_beginning_has_every_rule_in_the_order_of_its_sections() -> None:
    listed = CHAPTER[CHAPTER.index("\n- **Links") : CHAPTER.index("\nIn the examples")]
    assert re.findall(r"`([\w-]+)`", listed) == list(sections())
