"""Texts that would take a parser minutes, or break it: refused in words, or rendered."""

from __future__ import annotations

import pytest
from check_tools import said
from markup_tools import html, look, untranslated

from outreach.guides import parse_guide
from outreach.markup.extract import extract
from outreach.markup.html import is_comment, rewrite_addresses, runs

MILLION = 1_000_000
REFERENCES = {"B": {"href": "/b", "title": ""}}
FOOTNOTES = frozenset("b")

RENDERED = {
    "quotes in quotes": ">" * 10_000 + " a",
    "lists in lists": "- " * 5_000 + "a",
    "lists in lists, one a line": "".join("  " * depth + "- a\n" for depth in range(400)),
    "quotes on many lines": ("> " * 50 + "a\n") * 500,
    "callouts in callouts": "".join(":" * (200 - depth) + " note\n" for depth in range(190))
    + "a\n",
    "footnotes in footnotes": "[^a]: " * 3_000 + "a",
    "a wide table": "|" + "a|" * 3_000 + "\n|" + "-|" * 3_000 + "\n" + "|a\n" * 300,
    "a long table": "|a|\n|-|\n" + "|b|\n" * 5_000,
    "footnotes": "".join(f"x[^{n}]\n\n[^{n}]: y\n\n" for n in range(2_000)),
    "definitions": "".join(f"[a{n}]: /x\n" for n in range(5_000)) + "\n[a1]\n",
    "headings": "# a\n" * 5_000,
    "zeros": "a\0b\n" * 1_000,
    "other control characters": "".join(map(chr, range(1, 160))) * 20,
    "blank": " " * MILLION,
    "tabs": "\t" * MILLION,
    "dashes": "-" * MILLION,
    "a comment without an end": "a\n\n<!--" + " a" * 100_000,
    "code": "```\n" + "a" * MILLION + "\n```\n",
    "quotation marks": "> " * 200_000,
}
REFUSED = {
    "a long line": "word " * 200_000,
    "a long paragraph": "word\n" * 100_000,
    "a long heading": "# " + "word " * 20_000,
    "a long cell": "| a |\n|---|\n| " + "word " * 20_000 + "|\n",
    "footnotes in footnotes": "^[" * 6_000 + "a" + "]" * 6_000,
    "a footnote without an end": "^[" * 6_000 + "a",
    "stars": "*a" * 50_000,
}
ODD = {
    "brackets": "[" * 60_000,
    "brackets and links": "[" * 20_000 + "](" * 20_000,
    "brackets in brackets": "[" * 30_000 + "]" * 30_000,
    "links": "[b](/x)" * 9_000,
    "labels": "[b]" * 20_000,
    "unknown labels": "[be]" * 15_000,
    "images": "![" * 30_000,
    "images in images": "![" * 6_000 + "a" + "](u)" * 6_000,
    "links in links": "[" * 6_000 + "a" + "](u)" * 6_000,
    "footnotes in footnotes": "^[" * 99 + "a" + "]" * 99,
    "emphasis": "*a **b " * 8_000,
    "stars": "a**b" * 16_000,
    "ticks": "".join("`" * length + " " for length in range(1, 340)),
    "backslashes": "\\" * 60_000 + "a\nb",
    "spaces": "a" + " " * 60_000 + "b\nc",
    "tags": "<a " * 20_000,
    "comments": "<!--" * 15_000,
    "characters": "&#" * 30_000,
    "addresses": "<a:" * 20_000,
    "parentheses": "[b]" + "(" * 60_000,
    "titles": '[b](x "' * 9_000,
}
HTML = {
    "comments": "<!--" * 200_000,
    "declarations": "<?" * 300_000,
    "tags": "<a " * 200_000,
    "attributes": '<a b="' * 100_000,
    "attributes of two sorts": "<a b=\"<a b='" * 50_000,
    "many attributes": "<a " + "b " * 300_000,
    "equals signs": "<a" + " =" * 200_000,
    "scripts": "<script>" * 100_000,
    "paragraphs": "<p>a" * 50_000,
    "signs": "<" * MILLION,
    "a note with spaces": "<!-- note: a" + " " * 200_000 + "b -->",
}


@pytest.mark.parametrize("text", RENDERED.values(), ids=RENDERED)
def test_rendered(text: str) -> None:
    guide = parse_guide(text, "g", "g.md")
    assert [item for item in extract(guide, raw_html=True).problems if item.rule == "size"] == []
    assert not look(html(text)).unbalanced
    extract(guide, addresses=True)


@pytest.mark.parametrize("text", REFUSED.values(), ids=REFUSED)
def test_refused(text: str) -> None:
    guide = parse_guide(text, "g", "g.md")
    found = extract(guide).problems
    assert [(item.severity, item.rule) for item in found] == [("error", "size")]
    assert found[0].text == ("a text of over 64,000 characters, or with too many `^[`; split it up")
    assert not look(html(text)).unbalanced, "it is plain text all the same"
    extract(guide, addresses=True)


@pytest.mark.parametrize("text", ODD.values(), ids=ODD)
def test_in_a_guide_and_in_a_translation(text: str) -> None:
    guide = f"{text}\n\n[b]: /b\n\n[^b]: c\n"
    extract(parse_guide(guide, "g", "g.md"))
    assert not look(html(guide, untranslated)).unbalanced
    for msgid in ("See [b].[^b]", f"{text} x"):
        for line in said(msgid, text, "zh-Hans", references=REFERENCES, footnotes=FOOTNOTES):
            assert line


def test_a_container_that_ends_with_an_empty_line_of_a_quotation() -> None:
    assert extract(parse_guide(">::: note\n>", "g", "g.md")).segments == ()


@pytest.mark.parametrize("text", HTML.values(), ids=HTML)
def test_raw_html(text: str) -> None:
    assert "".join(run.html for run in runs(text)) == text
    assert rewrite_addresses(text, lambda url, _kind: url) == text
    assert is_comment(text) == text.endswith("-->")
    assert said("a <b>b</b>", text, kinds=["text in raw HTML"])
    extract(parse_guide(f"<div>\n{text}\n", "g", "g.md"), raw_html=True)
    extract(parse_guide(text, "g", "g.md"))
