"""What a release publishes, and what it keeps out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from projects import GUIDE, SPANISH, catalog, files, po, run, write
from signing import REVIEWER, TRANSLATOR, signed

from outreach.review.record import Person

CONFIG = f"""\
publisher = "Placeholder Clinic"
contact = "help@example.org"
site-url = "https://example.org/g/"
paper = "letter"
reviewers = ["{REVIEWER}"]
languages = ["es", "ar"]
"""
ARABIC = {
    "Clean hands": "أيدٍ نظيفة",
    "Wash them often.": "اغسلها كثيرًا.",
    "Before you eat": "قبل الأكل",
    "After work": "بعد العمل",
}
FEET = "# Dry feet\n\nDry them.\n"
FEET_ES = {"Dry feet": "Pies secos", "Dry them.": "Séquelos."}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Two guides: both signed in Spanish, none in Arabic."""
    write(
        tmp_path,
        {
            "outreach.toml": CONFIG,
            "content/en/hands.md": GUIDE,
            "content/en/feet.md": FEET,
            catalog("hands"): po(SPANISH),
            catalog("feet"): po(FEET_ES),
            catalog("hands", "ar"): po(ARABIC, "Language: ar"),
        },
    )
    people = (Person(TRANSLATOR, consent=True),)
    signed(tmp_path, "es", "hands", translators=people)
    signed(tmp_path, "es", "feet")
    return tmp_path


def change(root: Path, path: str, old: str, new: str) -> None:
    text = (root / path).read_text("utf-8")
    assert old in text
    (root / path).write_text(text.replace(old, new), encoding="utf-8")


def made(root: Path) -> set[str]:
    return {path for path in files(root / "build") if path.count("/") == 1 and path[2] == "/"}


def page(root: Path, path: str) -> str:
    return (root / "build" / path).read_text("utf-8")


def test_a_release_has_what_was_reviewed_and_notices_in_the_place_of_the_rest(
    project: Path,
) -> None:
    done = run(project, "build", "--release")
    assert done.code == 0, done.err
    assert "left out: Arabic (ar): hands (translated: it has no record)" in done.err
    assert "left out: Arabic (ar): feet (missing: it has no record)" in done.err
    assert {path for path in made(project) if path.endswith(".pdf")} == {
        "en/feet.en-English.letter.pdf",
        "en/hands.en-English.letter.pdf",
        "es/feet.es-Spanish.letter.pdf",
        "es/hands.es-Spanish.letter.pdf",
    }
    assert "Manos limpias" in page(project, "es/hands.html")
    notice = page(project, "ar/hands.html")
    assert ARABIC["Clean hands"] not in notice
    assert "../en/hands.html" in notice
    assert "../en/hands.en-English.letter.pdf" in notice
    assert "help@example.org" in notice


def test_drafts_of_an_earlier_build_do_not_stay_in_a_release(project: Path) -> None:
    assert run(project, "build").code == 0
    assert "ar/hands.ar-Arabic.letter.pdf" in made(project)
    assert run(project, "build", "--release").code == 0
    assert "ar/hands.ar-Arabic.letter.pdf" not in made(project)
    assert ARABIC["Clean hands"] not in page(project, "ar/hands.html")


def test_a_sheet_that_somebody_changed_by_hand_keeps_a_release_from_being_good(
    project: Path,
) -> None:
    assert run(project, "build").code == 0
    with (project / "build/ar/hands.ar-Arabic.letter.pdf").open("ab") as file:
        file.write(b"%")
    done = run(project, "build", "--release")
    assert done.code == 1
    assert "ar/hands.ar-Arabic.letter.pdf: error: is not part of the site any more" in done.err


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        (catalog("hands"), "limpias", "sucias"),
        (catalog("hands"), 'msgid "Clean hands"', '#, fuzzy\nmsgid "Clean hands"'),
        (catalog("hands"), 'msgid "Clean hands"', 'msgctxt "x"\nmsgid "Clean hands"'),
        ("locale/es/reviews/hands.toml", TRANSLATOR, REVIEWER),
        ("outreach.toml", REVIEWER, "Reviewer Three"),
    ],
)
def test_a_sign_off_that_does_not_count_is_left_out(
    project: Path, path: str, old: str, new: str
) -> None:
    change(project, path, old, new)
    done = run(project, "build", "--release")
    assert "left out: Spanish (es): hands" in done.err
    assert not [item for item in made(project) if item.startswith("es/hands.es-")]
    assert "Lávelas" not in page(project, "es/hands.html")


def test_an_older_version_is_released_and_named(project: Path) -> None:
    change(project, "content/en/hands.md", "often", "very often")
    assert run(project, "update").code == 0
    done = run(project, "build", "--release")
    assert "older version: Spanish (es): hands, as it was reviewed on 2026-11-25" in done.err
    assert "Lávelas a menudo." in page(project, "es/hands.html")
    assert "very often" in page(project, "en/hands.html")
    assert "es/hands.es-Spanish.letter.pdf" in made(project)
    assert done.code == 0


def test_an_older_version_of_a_critical_guide_is_not(project: Path) -> None:
    change(project, "content/en/hands.md", "# Clean", "---\ncritical: true\n---\n# Clean")
    change(project, "content/en/hands.md", "often", "very often")
    done = run(project, "build", "--release")
    assert "left out: Spanish (es): hands (withdrawn: the source changed" in done.err
    assert "Lávelas" not in page(project, "es/hands.html")


def test_a_broken_catalog_falls_back_to_what_was_signed_and_the_rest_is_released(
    project: Path,
) -> None:
    write(project, {catalog("hands"): 'msgid "Clean hands\nmsgstr'})
    done = run(project, "build", "--release")
    assert done.code == 0, done.err
    assert f"{catalog('hands')}:1: warning" in done.err
    assert "Lávelas a menudo." in page(project, "es/hands.html")
    assert "Séquelos." in page(project, "es/feet.html")
    write(project, {"outreach.toml": CONFIG.replace(REVIEWER, "Reviewer Three")})
    assert run(project, "build", "--release").code == 0
    assert "Lávelas" not in page(project, "es/hands.html")


def test_a_release_without_an_address_fails_and_changes_nothing(project: Path) -> None:
    write(project, {"outreach.toml": CONFIG.replace("site-url", "#")})
    done = run(project, "build", "--release")
    assert done.code == 1
    assert "outreach.toml: error: a release needs `site-url`" in done.err
    assert not (project / "build").exists()


def test_a_release_fails_when_a_language_is_not_ready_that_has_to_be(project: Path) -> None:
    done = run(project, "build", "--release", "--require", "es, ar")
    assert done.code == 1
    assert "Arabic (ar) has to be ready for this release, but hands is not" in done.err
    assert "Spanish" not in done.err
    assert not (project / "build").exists()
    assert run(project, "build", "--release", "--require", "es").code == 0


def test_readers_of_notices_should_be_told_whom_to_ask(project: Path) -> None:
    write(project, {"outreach.toml": CONFIG.replace("contact", "#")})
    done = run(project, "build", "--release")
    assert "outreach.toml: warning: set `contact`" in done.err
    assert done.code == 0


@pytest.mark.parametrize(
    "args",
    [("--release", "-l", "es"), ("--release", "--format", "pdf"), ("--require", "es")],
)
def test_a_release_is_always_whole(project: Path, args: tuple[str, ...]) -> None:
    assert run(project, "build", *args).code == 2
    assert not (project / "build").exists()


def test_a_language_that_is_required_and_unknown_is_wrong_usage(project: Path) -> None:
    assert run(project, "build", "--release", "--require", "fr").code == 2


def test_a_sheet_that_cannot_be_printed_is_left_out_alone(project: Path) -> None:
    names = [f"c{number}" for number in range(9)]
    row = f"| {' | '.join(names)} |\n"
    change(project, "content/en/feet.md", "Dry them.", f"{row}|{'---|' * 9}\n{row}")
    long = {name: f"{name}{'palabralarga' * 2}" for name in names}
    write(project, {catalog("feet"): po({**FEET_ES, **long})})
    signed(project, "es", "feet")
    done = run(project, "build", "--release")
    assert "left out: Spanish (es): feet (its sheet cannot be printed)" in done.err
    assert "es/feet.es-Spanish.letter.pdf" not in made(project)
    assert "palabralarga" not in page(project, "es/feet.html")
    assert "es/hands.es-Spanish.letter.pdf" in made(project)
    assert done.code == 0


def test_nothing_is_released_without_the_sheets_in_english(project: Path) -> None:
    row = f"| {' | '.join(f'column{number}' for number in range(40))} |\n"
    change(project, "content/en/feet.md", "Dry them.", f"{row}|{'---|' * 40}\n{row}")
    done = run(project, "build", "--release")
    assert done.code == 1
    assert "wider than its column" in done.err
    assert made(project) == set()


def test_a_second_release_writes_the_same(project: Path) -> None:
    assert run(project, "build", "--release").code == 0
    before = files(project / "build")
    assert run(project, "build", "--release").code == 0
    assert files(project / "build") == before
    manifest = json.loads(before[".outreach.json"])
    assert set(manifest["files"]) == before.keys() - {".outreach.json"}
