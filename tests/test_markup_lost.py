"""What Markdown leaves out without a word is told, with its line."""

from __future__ import annotations

from pathlib import Path

import pytest
from projects import GUIDE, build, run, write

from outreach.guides import parse_guide
from outreach.markup.extract import extract

DEEP = "what stands here is in too many quotations, lists or `:::` parts"
ROW = "this row has more cells than its table has headings, so “{}” would be left out"
TWICE = "the footnote [^a] is there twice, and only one would be shown"
UNNAMED = "nothing names the footnote [^a], so it is not shown"
UNCLOSED = "this code block is not closed, so all that follows is code, which nobody translates"
TABLE = "| a | b |\n|---|---|\n"
NESTED = "".join(":" * (40 - depth) + " note\n" for depth in range(30))
CLOSED = "".join(":" * (11 + depth) + "\n" for depth in range(30))


def said(text: str) -> list[str]:
    """Line, severity and the beginning of what is said of a guide under `lost`."""
    found = extract(parse_guide(f"# A\n\n{text}", "g", "g.md")).problems
    return [
        f"{item.location.line} {item.severity} {item.text.split(';')[0].split(', one in')[0]}"
        for item in found
        if item.rule == "lost"
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (">" * 21 + " deep", f"3 error {DEEP}"),
        ("a\n\n" + "> " * 30 + "deep\n\nb", f"5 error {DEEP}"),
        ("- " * 15 + "deep", f"3 error {DEEP}"),
        (f"{NESTED}deep\n{CLOSED}", f"22 error {DEEP}"),
        (f"{TABLE}| c | d | e |", f"5 error {ROW.format('e')}"),
        (f"{TABLE}| c | d\n| c | d | | e |", f"6 error {ROW.format('e')}"),
        ("> | a | b |\n> |---|---|\n> | c | d | e |", f"5 error {ROW.format('e')}"),
        (f"{TABLE}c | d | e", f"5 error {ROW.format('e')}"),
        ("x[^a]\n\n[^a]: one\n\n[^a]: two", f"7 error {TWICE}"),
        ("x\n\n[^a]: one", f"5 warning {UNNAMED}"),
        ("```\na", f"3 warning {UNCLOSED}"),
        ("~~~~one two~~~~\n\nThree.", f"3 warning {UNCLOSED}"),
        ("- ````\n  a\n  ```\n\nb", f"3 warning {UNCLOSED}"),
    ],
)
def test_what_would_be_left_out(text: str, expected: str) -> None:
    assert said(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        ">" * 19 + " deep",
        "- " * 9 + "deep",
        f"{TABLE}| c | d |\n| c |\n|| d\n| c | d | |\n| `c\\|c` | d \\| d |",
        "> - | a | b |\n>   |---|---|\n>   | c | d |",
        "x[^a] and [^b]\n\n[^a]: one\n\n[^b]: two",
        "```\na\n```\n\n~~~~ text\n~~~\n~~~~~ \n\n> ```\n> a\n> ```\n\n```\n```",
        "x^[one]",
    ],
)
def test_what_is_shown_whole(text: str) -> None:
    assert said(text) == []


def test_nothing_is_built_while_a_text_would_be_left_out(tmp_path: Path) -> None:
    write(tmp_path, {"content/en/a.md": f"{GUIDE}\n{'> ' * 25}Secret.\n"})
    for outcome in (run(tmp_path, "check"), run(tmp_path, "update"), build(tmp_path)):
        assert outcome.code == 1
        assert f"content/en/a.md:8: error: {DEEP}" in outcome.err
    assert not (tmp_path / "locale").exists()
