"""Texts that would take a parser minutes, or break it: refused in words, or rendered."""

from __future__ import annotations

from pathlib import Path

import pytest
from check_tools import said
from markup_tools import html, look, untranslated
from projects import GUIDE, SPANISH, build, catalog, files, po, run, write

from outreach.guides import parse_guide
from outreach.markup.extract import extract
from outreach.markup.html import is_comment, rewrite_addresses, runs
from outreach.model import Location, OutreachError

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
    "a comment without an end": "a\n\n<!--" + " a" * 30_000,
    "code": "```\n" + "a" * 65_000 + "\n```\n",
    "marks of footnotes": "[^a]: b\n\n" + "x[^a]\n\n" * 5_000,
    "open marks of footnotes": "[^a]: b\n\n" + ("[^a" * 20_000 + "\n\n") * 3,
    "quotation marks": "> " * 200_000,
}
SPLIT = "; split it into several, with an empty line between them"
TEXT = f"this text is {{}} long, and at most 64 kB are read{SPLIT}"
NOTES = f"this text has 6,000 times `^[`, and at most 100 are read{SPLIT}"
REFUSED = {
    "a long line": ("a\n\n" + "word " * 200_000, 3, TEXT.format("976.6 kB")),
    "a long paragraph": ("word\n" * 20_000, 1, TEXT.format("97.7 kB")),
    "a long heading": ("# " + "word " * 20_000, 1, TEXT.format("97.7 kB")),
    "a long item": ("- a\n- " + "word " * 20_000, 2, TEXT.format("97.7 kB")),
    "a long cell": ("| a |\n|---|\n| " + "word " * 20_000 + "|\n", 3, TEXT.format("97.7 kB")),
    "letters of three bytes": ("健" * 22_000, 1, TEXT.format("64.5 kB")),
    "footnotes in footnotes": ("^[" * 6_000 + "a" + "]" * 6_000, 1, NOTES),
    "a footnote without an end": ("^[" * 6_000 + "a", 1, NOTES),
    "stars": ("*a" * 50_000, 1, TEXT.format("97.7 kB")),
    "code": (
        "```\n" + "a" * 70_000 + "\n```\n",
        1,
        f"this code block is 68.4 kB long, and at most 64 kB are read{SPLIT}",
    ),
    "indented code": (
        "a\n\n" + "    a\n" * 20_000 + "    " + "b" * 40_000,
        3,
        f"this code block is 78.2 kB long, and at most 64 kB are read{SPLIT}",
    ),
    "raw HTML": (
        "<div>\n" + "a" * 70_000,
        1,
        f"this piece of raw HTML is 68.4 kB long, and at most 64 kB are read{SPLIT}",
    ),
    "a title": (
        "::: note " + "a " * 40_000 + "\nb\n:::\n",
        1,
        "what stands behind `:::` is 78.2 kB long, and at most 64 kB are read; shorten it",
    ),
    "an address": (
        "a\n\n[b]: https://a.example/" + "a" * 70_000,
        3,
        "the address of this link is 68.4 kB long, and at most 64 kB are read; shorten it",
    ),
    "the title of an address": (
        "a\n\n[b]: /b '" + "a" * 70_000 + "'",
        3,
        "the title of this link is 68.4 kB long, and at most 64 kB are read; shorten it",
    ),
}
MEND = "and at most 25,000 are read; split it into several guides"
TOO_LARGE = {
    "lines": ("a\n" * 25_001, "g.md:25001", f"the guide has 25,001 lines, {MEND}"),
    "rows": ("|a|\n|-|\n" + "|b\n" * 100_000, "g.md:25001", f"the guide has 100,002 lines, {MEND}"),
    "columns": (
        "a\n\n|" + "a|" * 20_000 + "\n|" + "-|" * 20_000 + "\n",
        "g.md:4",
        f"the guide has 40,002 strokes (`|`), which part the cells of tables, {MEND}",
    ),
    "brackets": (
        "a\n\n" + ("![" * 30_000 + "\n\n") * 10,
        "g.md:9",
        f"the guide has 300,000 opening brackets, {MEND.replace('25', '100')}",
    ),
    "bytes": (
        "a" * 1_100_000,
        "g.md",
        "is too large: 1.1 MB, and at most 1 MB are read; split it up",
    ),
    "bytes of long letters": (
        "健" * 400_000,
        "g.md",
        "is too large: 1.2 MB, and at most 1 MB are read; split it up",
    ),
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


@pytest.mark.parametrize(("text", "line", "said"), REFUSED.values(), ids=REFUSED)
def test_refused(text: str, line: int, said: str) -> None:
    guide = parse_guide(text, "g", "g.md")
    found = [item for item in extract(guide, raw_html=True).problems if item.rule != "container"]
    assert [(item.severity, item.rule) for item in found] == [("error", "size")]
    assert (found[0].location, found[0].text) == (Location("g.md", line), said)
    assert not look(html(text)).unbalanced, "it is plain text all the same"
    extract(guide, addresses=True)


@pytest.mark.parametrize(("text", "place", "said"), TOO_LARGE.values(), ids=TOO_LARGE)
def test_a_guide_that_is_too_large(text: str, place: str, said: str) -> None:
    with pytest.raises(OutreachError) as error:
        parse_guide(text, "g", "g.md")
    assert str(error.value) == f"{place}: error: {said} [size]"


@pytest.mark.parametrize("command", ["check", "update", "build"])
@pytest.mark.parametrize(
    "text", ["# A\n\n" + "word " * 15_000, "# A\n" * 30_000, "a" * 1_100_000], ids=["a", "b", "c"]
)
def test_nothing_is_made_of_a_guide_that_is_refused(
    text: str, command: str, tmp_path: Path
) -> None:
    write(tmp_path, {"content/en/a.md": text, "content/en/b.md": GUIDE, catalog("a"): po(SPANISH)})
    before = files(tmp_path)
    outcome = run(tmp_path, command)
    assert outcome.code == 1
    assert "content/en/a.md" in outcome.err
    assert " are read; split it " in outcome.err
    assert {path for path in files(tmp_path) if not path.startswith("build/.")} == set(before)


def test_a_translation_that_is_too_long_is_withheld(tmp_path: Path) -> None:
    long = po({**SPANISH, "Clean hands": "a" * 65_537})
    write(tmp_path, {"content/en/a.md": GUIDE, catalog("a"): long})
    write(tmp_path, {"outreach.toml": "threshold = 0\n"})
    outcome = build(tmp_path)
    assert outcome.code == 1
    assert "a.po:6: error: " in outcome.err
    assert "the translation is 64.1 kB long, and at most 64 kB are read; shorten it" in outcome.err
    page = (tmp_path / "build/es/a.html").read_text("utf-8")
    assert "Lávelas a menudo." in page
    assert "aaaa" not in page


def test_a_translation_of_a_text_that_no_guide_can_have(tmp_path: Path) -> None:
    write(tmp_path, {"content/en/a.md": GUIDE, catalog("a"): po({**SPANISH, "a" * 65_537: "b"})})
    outcome = run(tmp_path, "check")
    assert outcome.code == 1
    assert "the source text is 64.1 kB long, and at most 64 kB are read; take this" in outcome.err


def test_a_catalog_that_is_too_large(tmp_path: Path) -> None:
    large = po(SPANISH).encode() + b"#" * (16 * 1024 * 1024)
    write(tmp_path, {"content/en/a.md": GUIDE, catalog("a"): large})
    for command in ("check", "update", "build"):
        outcome = run(tmp_path, command)
        assert outcome.code == 1
        said = f"{catalog('a')}: error: is too large: 16.1 MB, and at most 16 MB are read; split it"
        assert said in outcome.err
    assert (tmp_path / catalog("a")).read_bytes() == large


@pytest.mark.parametrize("name", ["outreach.toml", "locale/addresses.toml", "pyproject.toml"])
def test_a_configuration_that_is_too_large(name: str, tmp_path: Path) -> None:
    write(tmp_path, {"content/en/a.md": GUIDE, name: "#" * 1_100_000})
    outcome = run(tmp_path, "check")
    assert outcome.code == 1
    assert f"{name}: error: is too large: 1.1 MB, and at most 1 MB are read" in outcome.err


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="the system has no such device")
@pytest.mark.parametrize("name", ["outreach.toml", "locale/addresses.toml", catalog("a")])
def test_a_link_to_a_device_that_never_ends(name: str, tmp_path: Path) -> None:
    write(tmp_path, {"content/en/a.md": GUIDE})
    (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / name).symlink_to("/dev/zero")
    outcome = run(tmp_path, "check")
    assert outcome.code == 1
    assert f"{name}: error: is a link " in outcome.err
    assert "outside the project" in outcome.err or "leads out of the project" in outcome.err


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        ("<table><tr><td colspan=1001>a</td></tr></table>", "`colspan`"),
        ('<table>\n<tr>\n<td COLSPAN = " +0100000 ">a</td></tr></table>', "`colspan`"),
        ("<table><tr><th rowspan='99999999999999999999'>a</th></tr></table>", "`rowspan`"),
        ("<table><colgroup><col span=65535></colgroup></table>", "`span`"),
        ("<div>\n\na <b colspan=5000>b</b>", "`colspan`"),
    ],
)
def test_a_cell_of_raw_html_that_spans_too_much(html: str, shown: str) -> None:
    guide = parse_guide(f"a\n\n{html}\n", "g", "g.md")
    found = [str(item) for item in extract(guide, raw_html=True).problems]
    assert [text.partition("error: ")[2] for text in found] == [
        f"{shown} should be at most 1,000, but is larger; write what is needed [size]"
    ]


def test_a_cell_of_raw_html_that_spans_what_a_table_may_have() -> None:
    text = "<table><tr><td colspan=1000 rowspan='2' title='colspan=5000'>a</td></tr></table>\n"
    more = "\n`<td colspan=5000>` and <!-- <td colspan=5000> --> *b*\n"
    assert extract(parse_guide(text + more, "g", "g.md"), raw_html=True).problems == ()


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
