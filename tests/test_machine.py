"""`outreach machine`: which translations are recorded as made by a machine."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from projects import GUIDE, ROOT, SPANISH, catalog, files, po, run, write
from repositories import begin, commit, without_settings
from reviews import FIRST, RECORD, project, review, signed, state

from outreach.review.digests import text_digest
from outreach.review.machine import marked
from outreach.review.record import MACHINE, Record, read_record, record_text

ES = catalog("a")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return project(tmp_path)


@pytest.fixture(autouse=True)
def _no_settings_of_the_user(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    without_settings(monkeypatch, tmp_path.parent)


def item(root: Path, guide: str = "a") -> dict[str, Any]:
    found = json.loads(run(root, "review", "--list", "--json", "es").out)
    return next(dict(item) for item in found if item["guide"] == guide)


def digests(root: Path, path: str = RECORD) -> frozenset[str]:
    return read_record((root / path).read_bytes(), path).machine


def test_each_text_is_a_machine_s_until_somebody_edits_it(root: Path) -> None:
    outcome = run(root, "machine", "es")
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.splitlines() == [
        f"{RECORD}: 4 texts made by a machine, 4 of them new to the record",
        "1 record written.",
    ]
    assert [item(root)[key] for key in ("state", "method", "untouched")] == ["draft", MACHINE, 4]
    write(root, {ES: po(SPANISH | {"After work": "Tras el trabajo"})})
    edited = "machine draft edited by a person"
    assert [item(root)[key] for key in ("state", "method", "untouched")] == [
        "translated",
        edited,
        3,
    ]
    write(root, {ES: po(SPANISH)})
    assert item(root)["untouched"] == 4


def test_a_second_time_changes_nothing(root: Path) -> None:
    run(root, "machine", "es")
    before = files(root)
    assert run(root, "machine", "es").out.splitlines()[-1] == "Everything is recorded."
    assert files(root) == before


def test_fuzzy_texts_are_recorded_and_empty_ones_are_not(root: Path) -> None:
    write(root, {ES: po(SPANISH | {"Before you eat": " "}, fuzzy="After work")})
    assert "3 texts made by a machine" in run(root, "machine", "es").out
    assert text_digest(SPANISH["After work"]) in digests(root)


def test_a_sign_off_holds_on(tmp_path: Path) -> None:
    root = signed(tmp_path)
    assert run(root, "machine", "es").code == 0
    assert (state(root), item(root)["method"], item(root)["untouched"]) == ("reviewed", "human", 4)


def test_only_the_guides_named(root: Path) -> None:
    write(root, {"content/en/sub/b.md": GUIDE, catalog("sub/b"): po(SPANISH)})
    assert run(root, "machine", "es", "sub/b.md").code == 0
    assert not (root / RECORD).exists()
    assert item(root, "sub/b")["untouched"] == 4
    assert run(root, "machine", "es", "c").code == 2
    assert run(root, "machine", "fr").code == 2


def test_only_what_came_since_a_revision(root: Path) -> None:
    write(root, {ES: po(SPANISH | {"After work": "", "Before you eat": "Antes"})})
    begin(root)
    write(root, {ES: po(SPANISH)})
    assert "There are no" not in run(root, "machine", "es", "--since", "HEAD").out
    assert digests(root) == {text_digest(SPANISH[it]) for it in ("After work", "Before you eat")}
    assert [item(root)[key] for key in ("state", "untouched")] == ["translated", 2]
    commit(root)
    before = files(root / "locale")
    assert run(root, "machine", "es", "--since", "HEAD").code == 0
    assert files(root / "locale") == before
    assert run(root, "machine", "es", "--since", "nowhere").code == 2


def test_what_another_guide_had_is_not_new(root: Path) -> None:
    begin(root)
    write(root, {"content/en/b.md": GUIDE, catalog("b"): po(SPANISH)})
    assert run(root, "machine", "es", "b", "--since", "HEAD").out.startswith("There are no")
    assert not (root / "locale/es/reviews").exists()


@pytest.mark.parametrize("since", [(), ("--since", "HEAD")])
def test_one_catalog_for_all_guides(since: tuple[str, ...], root: Path) -> None:
    text = (root / "outreach.toml").read_text("utf-8") + 'catalogs = "po/{lang}.po"\n'
    write(root, {"outreach.toml": text, "po/es.po": po({}), "content/en/b.md": "Other.\n"})
    begin(root)
    write(root, {"po/es.po": po(SPANISH | {"Other.": "Otro."})})
    assert run(root, "machine", "es", "b", *since).code == 0
    assert digests(root, "locale/es/reviews/b.toml") == {text_digest("Otro.")}
    assert not (root / RECORD).exists()


def test_nothing_is_written_where_one_record_cannot_be_read(root: Path) -> None:
    write(root, {"content/en/b.md": GUIDE, catalog("b"): po(SPANISH)})
    write(root, {"locale/es/reviews/b.toml": "x = [\n"})
    before = files(root)
    assert run(root, "machine", "es").code == 1
    assert files(root) == before
    write(root, {catalog("b"): 'msgid "x\n'})
    assert run(root, "machine", "es").code == 1


def test_nobody_calls_it_human_afterwards(root: Path) -> None:
    run(root, "machine", "es")
    assert "the method cannot be human" in review(root, *FIRST).err


def test_our_own_drafts_are_recorded_and_nothing_is_signed() -> None:
    found = json.loads(run(ROOT, "review", "--list", "--json").out)
    drafts = [item for item in found if item["state"] != "missing"]
    assert {item["method"] for item in drafts} == {MACHINE}
    records = sorted((ROOT / "locale").glob("*/reviews/*.toml"))
    assert len(records) == len(drafts) > 0
    for path in records:
        record = read_record(path.read_bytes(), path.name)
        assert (record.signed, record.translators, record.method) == (None, (), MACHINE)


@given(st.lists(st.text(min_size=1)), st.lists(st.text(min_size=1)))
def test_a_mark_stays_and_former_texts_get_none(texts: list[str], former: list[str]) -> None:
    first = marked(Record("a", "es"), texts, former)
    assert first.machine == {text_digest(text) for text in texts if text not in former}
    assert marked(first, texts, former) == first
    assert marked(first, former).machine >= first.machine
    assert read_record(record_text(first).encode(), "a.toml") == first
