"""The msgid format: every version of it stays as it was, and a new one can be told from the old.

`tests/data/msgid/<version>/` holds guides, and beside each the msgids that it gives: one a line, as
JSON, with the domain before those that are not of the guide's own. No program writes these files
anew, because catalogs that lie with translators have these msgids.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from outreach.guides import read_guide
from outreach.markup.extract import extract, renames
from outreach.markup.msgid import CURRENT, FORMATS, VERSION, Format, Same
from outreach.markup.parser import parse_blocks
from outreach.markup.walk import walk
from outreach.model import Guide

FOLDER = Path(__file__).parent / "data" / "msgid"
FILES = sorted(FOLDER.glob("*/*.md"))
ADVICE = """the msgid format {version} gives other msgids than those that catalogs have, so every
translation of these texts would be lost. If nobody meant that, mend the change. If the format is
meant to change: leave the folder tests/data/msgid/{version} as it is, add the new format to FORMATS
in outreach/markup/msgid.py under a new VERSION, add a folder with what that gives, and let `update`
rename what is in catalogs, as CONTRIBUTING.md says."""


def guide_in(path: Path) -> Guide:
    return read_guide(path, path.stem, path.name)


def msgids(guide: Guide, form: Format) -> list[str]:
    return [slot.segment.msgid for slot in walk(guide, parse_blocks(guide.text), form)]


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_format_gives_the_msgids_that_catalogs_have(path: Path) -> None:
    version, guide = int(path.parent.name), guide_in(path)
    given = [
        f"{slot.segment.domain} {json.dumps(slot.segment.msgid, ensure_ascii=False)}".strip()
        for slot in walk(guide, parse_blocks(guide.text), FORMATS[version])
    ]
    known = path.with_suffix(".msgids").read_text("utf-8").removesuffix("\n").split("\n")
    assert given == known, ADVICE.format(version=version)


def test_every_format_is_held_by_a_folder() -> None:
    assert {int(path.parent.name) for path in FILES} == set(FORMATS)
    assert max(FORMATS) == VERSION
    assert CURRENT is FORMATS[VERSION]


def test_what_is_extracted_is_in_the_newest_format() -> None:
    for path in FILES:
        guide = guide_in(path)
        found = [segment.msgid for segment in extract(guide, raw_html=True).segments]
        assert found == msgids(guide, CURRENT)


def lines_kept(content: str, _same: Same) -> str:
    """A made-up format, in which the lines of the source stay as they are."""
    return content


def without_emphasis(content: str, same: Same) -> str:
    """One in which texts look alike that are told apart now."""
    return CURRENT(content, same).replace("*", "")


def renamed(texts: Mapping[str, str], names: Mapping[str, str]) -> dict[str, str]:
    return {names.get(msgid, msgid): text for msgid, text in texts.items()}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_new_format_finds_all_translations_of_an_old_one(path: Path) -> None:
    guide = guide_in(path)
    for old, new in ((lines_kept, CURRENT), (CURRENT, lines_kept), (CURRENT, without_emphasis)):
        texts = {msgid: msgid.upper() for msgid in msgids(guide, old)}
        assert renamed(texts, renames(guide, old, new)).keys() >= set(msgids(guide, new))
        assert renames(guide, new, new) == {}


def test_only_texts_that_change_have_a_new_name(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_text("# One\n\nTwo\nlines\n\n*Two*\n\nTwo\n\n*One **two***\n\n*One* two\n", "utf-8")
    guide = guide_in(file)
    assert renames(guide, lines_kept) == {"Two\nlines": "Two lines"}
    # `Two` is there in both; of the two that were `One two`, the first has its translation.
    assert renames(guide, without_emphasis) == {"One two": "*One **two***"}
