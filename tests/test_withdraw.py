"""Calling a signed sheet back."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from projects import GUIDE, SPANISH, build, catalog, files, po, run, write
from signing import REVIEWER, signed, standings, state

from outreach.config import load_config
from outreach.languages import find
from outreach.notices import notice_of
from outreach.reading import read_project
from outreach.review.record import read_record, record_text

RECORD = "locale/es/reviews/hands.toml"
CONFIG = f'site-url = "https://example.org/"\nreviewers = ["{REVIEWER}"]\n'
REASON = "The dose in the third line is wrong."


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A guide that is signed off in Spanish."""
    write(
        tmp_path,
        {
            "outreach.toml": CONFIG,
            "content/en/hands.md": GUIDE,
            catalog("hands"): po(SPANISH),
        },
    )
    signed(tmp_path, "es", "hands")
    return tmp_path


@pytest.fixture(autouse=True)
def _day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1798761600")  # 2027-01-01


def change(root: Path, path: str, old: str, new: str) -> None:
    text = (root / path).read_text("utf-8")
    assert old in text
    (root / path).write_text(text.replace(old, new), encoding="utf-8")


def code_of(root: Path) -> str:
    record = read_record((root / RECORD).read_bytes(), RECORD)
    assert record.signed
    return record.signed.code


def page(root: Path) -> str:
    return (root / "build/es/hands.html").read_text("utf-8")


def test_a_signed_sheet_is_called_back(project: Path) -> None:
    code = code_of(project)
    kept = files(project / "locale/es/reviews", "*.json")
    done = run(project, "withdraw", "es", "hands", "--reason", REASON, "--edition", "k7f 2qx")
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith(f"{RECORD}\n")
    assert f"{code}, K7F-2QX any more" in done.out
    record = read_record((project / RECORD).read_bytes(), RECORD)
    assert record.signed is None
    assert [(it.date, it.reason, it.codes) for it in record.withdrawn] == [
        ("2027-01-01", REASON, (code, "K7F-2QX"))
    ]
    assert state(project, "es", "hands") == "withdrawn"
    assert files(project / "locale/es/reviews", "*.json") == kept


@pytest.mark.parametrize("release", [(), ("--release",)])
def test_its_page_says_why_and_shows_nothing_of_it(project: Path, release: tuple[str, ...]) -> None:
    run(project, "withdraw", "es", "hands", "--reason", REASON)
    assert run(project, "build", *release).code == 0
    assert "Manos limpias" not in page(project)
    assert REASON in page(project)
    assert not any("es-Spanish" in path for path in files(project / "build"))
    notice = notice_of(read_project(load_config(project)).site, find("es"), "hands")
    assert (notice.kind, notice.date, notice.reason) == ("withdrawn", "2027-01-01", REASON)


def test_no_list_shows_a_word_of_it(project: Path) -> None:
    build(project)
    lists = ("build/es/index.html", "build/index.html")
    assert all("Manos" in (project / path).read_text("utf-8") for path in lists)
    run(project, "withdraw", "es", "hands", "--reason", REASON)
    build(project)
    assert not any("Manos" in (project / path).read_text("utf-8") for path in lists)
    assert 'href="../en/hands.html"' in (project / lists[0]).read_text("utf-8")


def test_a_draft_shows_once_the_text_is_edited_and_a_release_waits_for_a_signature(
    project: Path,
) -> None:
    run(project, "withdraw", "es", "hands", "--reason", REASON)
    change(project, catalog("hands"), "Lávelas a menudo.", "Lávelas muy a menudo.")
    build(project)
    assert "Lávelas muy a menudo." in page(project)
    assert run(project, "build", "--release").code == 0
    assert "Lávelas muy a menudo." not in page(project)
    signed(project, "es", "hands")
    assert state(project, "es", "hands") == "reviewed"
    assert run(project, "build", "--release").code == 0
    assert "Lávelas muy a menudo." in page(project)


def test_taking_the_withdrawal_out_by_hand_brings_nothing_back(project: Path) -> None:
    run(project, "withdraw", "es", "hands", "--reason", REASON)
    text = (project / RECORD).read_text("utf-8")
    (project / RECORD).write_text(text.split("[[withdrawn]]")[0], encoding="utf-8")
    assert state(project, "es", "hands") == "translated"
    run(project, "build", "--release")
    assert "Manos limpias" not in page(project)


def test_nothing_is_withdrawn_that_nobody_signed(project: Path) -> None:
    (project / RECORD).unlink()
    done = run(project, "withdraw", "es", "hands", "--reason", REASON)
    assert done.code == 1
    assert "nobody signed hands off in Spanish: there is nothing to withdraw" in done.err
    assert not (project / RECORD).exists()


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["es", "feet", "--reason", REASON], "there is no guide feet; there is: hands"),
        (["es", "../hands", "--reason", REASON], "there is no guide ../hands"),
        (["fr", "hands", "--reason", REASON], "the project has no language fr"),
        (["qqq", "hands", "--reason", REASON], "no language is known"),
        (["en", "hands", "--reason", REASON], "en is the language of the guides"),
        (["es", "hands"], "Missing option '--reason'"),
        (["es", "hands", "--reason", " \u200b"], "say in a few words"),
        (["es", "hands", "--reason", "a\x1b[2Jb"], "write the reason on one line"),
        (["es", "hands", "--reason", "a\u202eb"], "write the reason on one line"),
        (["es", "hands", "--reason", "a\nb"], "write the reason on one line"),
        (["es", "hands", "--reason", "a\udcffb"], "write the reason on one line"),
        (["es", "hands", "--reason", REASON, "--edition", "K7F"], "is no edition code"),
        (["es", "hands", "--reason", REASON, "--edition", "AAA-AAA"], "is no edition code"),
    ],
)
def test_wrong_usage_changes_nothing(project: Path, args: list[str], said: str) -> None:
    before = files(project)
    done = run(project, "withdraw", *args)
    assert done.code == 2
    assert said in " ".join(done.err.split())
    assert files(project) == before


def test_a_second_withdrawal_only_adds_printings(project: Path) -> None:
    code = code_of(project)
    run(project, "withdraw", "es", "hands", "--reason", REASON)
    done = run(project, "withdraw", "es", "hands", "--reason", "Again.")
    assert done.code == 1
    assert "is withdrawn already, since 2027-01-01" in done.err
    done = run(
        project, "withdraw", "es", "hands", "--reason", "Older ones.", "--edition", "222-333"
    )
    assert done.code == 0
    record = read_record((project / RECORD).read_bytes(), RECORD)
    assert [item.codes for item in record.withdrawn] == [(code,), (code, "222-333")]
    assert not standings(project, "es")["hands"].renewed


def test_a_sheet_whose_sign_off_is_void_is_withdrawn_and_the_draft_shows_as_before(
    project: Path,
) -> None:
    change(project, catalog("hands"), "Lávelas a menudo.", "Lávelas muy a menudo.")
    assert run(project, "withdraw", "es", "hands", "--reason", REASON).code == 0
    assert standings(project, "es")["hands"].renewed
    build(project)
    assert "Lávelas muy a menudo." in page(project)
    change(project, catalog("hands"), "Lávelas muy a menudo.", "Lávelas a menudo.")
    build(project)
    assert "Lávelas a menudo." not in page(project), "that is what was withdrawn"


def test_an_older_version_is_withdrawn(project: Path) -> None:
    change(project, "content/en/hands.md", "- After work", "- After work\n- After play")
    assert state(project, "es", "hands") == "outdated"
    assert run(project, "withdraw", "es", "hands", "--reason", REASON).code == 0
    build(project)
    assert "Manos limpias" not in page(project)
    change(project, catalog("hands"), "Lávelas a menudo.", "Lávelas muy a menudo.")
    build(project)
    assert "Lávelas muy a menudo." in page(project)


def test_a_sheet_with_a_broken_catalog_is_withdrawn(project: Path) -> None:
    text = (project / catalog("hands")).read_text("utf-8")
    write(project, {catalog("hands"): 'msgid "a\n'})
    assert run(project, "withdraw", "es", "hands", "--reason", REASON).code == 0
    run(project, "build", "--release")
    assert REASON in page(project)
    write(project, {catalog("hands"): text})
    assert not standings(project, "es")["hands"].renewed


def test_a_sign_off_that_does_not_count_is_withdrawn_too(project: Path) -> None:
    change(project, RECORD, 'method = "human"', 'method = "machine draft edited by a person"')
    assert state(project, "es", "hands") == "translated"
    assert run(project, "withdraw", "es", "hands", "--reason", REASON).code == 0
    assert state(project, "es", "hands") == "withdrawn"


def test_the_record_of_another_guide_is_left_alone(project: Path) -> None:
    change(project, RECORD, 'guide = "hands"', 'guide = "feet"')
    done = run(project, "withdraw", "es", "hands", "--reason", REASON)
    assert done.code == 1
    assert "this is the record of feet in es" in done.err


def test_a_record_that_cannot_be_read_is_told_of(project: Path) -> None:
    write(project, {RECORD: "guide = \n"})
    done = run(project, "withdraw", "es", "hands", "--reason", REASON)
    assert (done.code, done.out) == (1, "")
    assert f"{RECORD}:1: error: is no record as `outreach` writes it" in done.err


def test_the_sheet_of_a_guide_that_is_gone_is_withdrawn(project: Path) -> None:
    (project / "content/en/hands.md").rename(project / "content/en/feet.md")
    write(project, {"content/en/feet.md": "# Feet\n"})
    assert run(project, "withdraw", "es", "hands", "--reason", REASON).code == 0
    build(project)
    assert REASON in page(project)


def test_a_reason_is_shown_as_text(project: Path) -> None:
    run(project, "withdraw", "es", "hands", "--reason", '<script>alert("x")</script> & “so”')
    build(project)
    assert "<script>alert" not in page(project)
    record = read_record((project / RECORD).read_bytes(), RECORD)
    assert record.withdrawn[0].reason == '<script>alert("x")</script> & “so”'
    assert tomllib.loads(record_text(record))
