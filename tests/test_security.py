"""SECURITY.md says what the code does."""

from __future__ import annotations

from projects import ROOT

from outreach import limits
from outreach.checks.rules import IDS, refusal
from outreach.guides import MAX_FRONT_MATTER
from outreach.limits import shown_size
from outreach.pictures import MOST_BYTES, dots, svg

TEXT = (ROOT / "SECURITY.md").read_text("utf-8")


def test_the_limits_are_those_of_the_code() -> None:
    table = TEXT.split("## Limits")[1]
    rows = dict(row.strip("| ").split(" | ") for row in table.splitlines() if row.startswith("| "))
    assert rows["elements, letters and uses that a picture in SVG draws"] == f"{svg.MOST:,}"
    assert rows["nesting in a picture in SVG"] == f"{svg.DEEPEST}"
    assert rows["dots of a picture"] == f"{dots.MOST:,}"
    sizes = f"{MOST_BYTES // 1_000_000} MB; {dots.MOST_NOTES // 1_000_000} MB"
    assert rows["a picture's file; notes in it, unpacked"] == sizes
    assert rows["front matter"] == f"{MAX_FRONT_MATTER:,} characters"
    assert rows["one text, of a guide or a translation"] == shown_size(limits.MOST_TEXT)
    assert rows["a guide, a configuration, a record"] == shown_size(limits.MOST_FILE)
    assert rows["a catalog"] == shown_size(limits.MOST_CATALOG)


def test_the_rules_that_guard_readers_cannot_be_silenced() -> None:
    table = TEXT.split("| attack |")[1].split("\n\n")[0]
    named = {name for name in IDS if f"`{name}`" in table}
    assert named == {
        *("raw-html", "unsafe-link", "link-added", "disguise", "bidi", "image", "size"),
    }
    # `bidi` can be, but for what turns letters around.
    assert all("protects readers" in refusal(name) for name in named - {"bidi"})
