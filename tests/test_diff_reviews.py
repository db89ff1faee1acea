"""`outreach diff` on who may sign and what was signed, and the file that guards both."""

from __future__ import annotations

import json
import re
import shutil
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import pytest
from projects import GUIDE, ROOT, SPANISH, catalog, po, run, write
from repositories import begin, commit, without_settings
from reviews import (
    CONFIG,
    FIRST,
    KEPT,
    OTHER,
    RECORD,
    REVIEWER,
    TRANSLATOR,
    project,
    review,
    signed,
)

from outreach.config import load_config
from outreach.project import folders, languages
from outreach.review.editions import record_path, reviews_folder

ES = catalog("a")


@pytest.fixture(autouse=True)
def _no_settings_of_the_user(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    without_settings(monkeypatch, tmp_path.parent)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project that was signed off, committed."""
    return begin(signed(tmp_path))


def data(root: Path, *args: str) -> dict[str, Any]:
    found = json.loads(run(root, "diff", "HEAD", *args, "--format", "json").out)
    assert isinstance(found, dict)
    return found


def told(root: Path, *args: str) -> list[tuple[str, str]]:
    """What it says of reviews: kinds and texts."""
    return [(item["kind"], item["text"]) for item in data(root, *args)["reviews"]]


def edit(root: Path, path: str, old: str, new: str) -> None:
    text = (root / path).read_text("utf-8")
    assert old in text
    write(root, {path: text.replace(old, new)})


def test_a_first_sign_off_is_told_with_all_that_it_says(tmp_path: Path) -> None:
    root = begin(project(tmp_path))
    assert review(root, *FIRST, "--community-check", "Read with placeholders").code == 0
    found = data(root)
    assert [item["kind"] for item in found["reviews"]] == [
        "signed",
        "people",
        "method",
        "community-check",
    ]
    [first, people, *_] = found["reviews"]
    assert (first["path"], first["language"], first["guide"]) == (RECORD, "es", "a")
    assert re.fullmatch(
        rf"signed off by {REVIEWER} \(did not agree to be named\) on \S+, edition \S+, human",
        first["text"],
    )
    assert people["text"] == f"translator added: {TRANSLATOR} (did not agree to be named)"
    assert [(it["language"], it["guide"], it["state"]) for it in found["handouts"]] == [
        ("es", "a", "changed")
    ]


def test_nothing_is_told_where_nothing_changed(root: Path) -> None:
    assert told(root) == []
    assert "Nothing changed" in run(root, "diff", "HEAD").out


def test_a_new_sign_off_names_the_one_before(root: Path) -> None:
    write(root, {ES: po(SPANISH | {"After work": "Tras el trabajo"})})
    assert told(root) == []
    review(root)
    [(kind, text)] = told(root)
    assert kind == "signed"
    assert f"; before by {REVIEWER} on " in text


def test_a_sign_off_or_record_that_is_gone_is_told(root: Path) -> None:
    text = (root / RECORD).read_text("utf-8")
    write(root, {RECORD: text.partition("[signed]")[0]})
    [(kind, said)] = told(root)
    assert (kind, said.startswith(f"the sign-off by {REVIEWER} of ")) == ("unsigned", True)
    (root / RECORD).unlink()
    [(kind, said)] = told(root)
    assert kind == "removed"
    assert f"with the sign-off by {REVIEWER}" in said
    shutil.rmtree(root / "locale")
    assert "removed" in dict(told(root))


@pytest.mark.parametrize(
    ("old", "new", "kinds"),
    [
        (f'"{TRANSLATOR}"', '"Translator Six"', ["void", "people", "people"]),
        (f'name = "{REVIEWER}"', f'name = "{OTHER}"', ["void", "signed"]),
        ("consent = false },", "consent = true },", ["void", "consent"]),
        ('method = "human"', 'method = "machine draft"', ["void", "signed", "method"]),
        ('language = "es"', 'language = "ar"', ["void"]),
        ('guide = "a"', 'guide = ["a"]', ["void"]),
    ],
)
def test_a_record_that_was_edited_by_hand_is_told(
    old: str, new: str, kinds: list[str], root: Path
) -> None:
    edit(root, RECORD, old, new)
    assert [kind for kind, _ in told(root)] == kinds
    assert ("void", "does not count" if "[" not in new else "no record") in [
        (kind, next((it for it in ("does not count", "no record") if it in text), ""))
        for kind, text in told(root)
    ]


def test_consent_is_told_and_changes_the_handout(root: Path) -> None:
    run(root, "review", "es", "a", "--consent-of", TRANSLATOR, "--consent-of", REVIEWER)
    assert told(root) == [
        ("consent", f"{TRANSLATOR} agreed to be named"),
        ("consent", f"{REVIEWER} (reviewer) agreed to be named"),
    ]
    assert len(data(root)["handouts"]) == 1
    commit(root)
    run(root, "review", "es", "a", "--no-consent-of", TRANSLATOR)
    assert told(root) == [("consent", f"{TRANSLATOR} does not agree any more to be named")]


def test_machine_texts_are_counted(root: Path) -> None:
    run(root, "machine", "es")
    assert told(root) == [("machine", "4 texts recorded as made by a machine")]
    commit(root)
    write(root, {RECORD: (root / RECORD).read_text("utf-8").partition("\n# Translations")[0]})
    assert told(root) == [("machine", "4 texts no longer recorded as made by a machine")]


def test_a_withdrawal_is_told_and_so_is_one_that_is_taken_out(root: Path) -> None:
    head, _, _ = (root / RECORD).read_text("utf-8").partition("[signed]")
    item = '[[withdrawn]]\ndate = "2026-01-02"\nreason = "a wrong dose"\neditions = ["K7F-2QX"]\n'
    write(root, {RECORD: f'{head}{item}texts = ""\n'})
    assert [kind for kind, _ in told(root)] == ["unsigned", "withdrawn"]
    assert told(root)[1][1] == "withdrawn on 2026-01-02: a wrong dose (editions K7F-2QX)"
    commit(root)
    write(root, {RECORD: head})
    assert told(root) == [("withdrawn", "the withdrawal of 2026-01-02 was taken out: a wrong dose")]


@pytest.mark.parametrize("kept", KEPT)
def test_a_copy_of_what_was_signed_does_not_change_unseen(kept: str, root: Path) -> None:
    write(root, {kept: (root / kept).read_bytes() + b"\n# x\n"})
    assert told(root) == [
        ("kept", "the copy of the signed edition changed, and the sign-off did not")
    ]


def test_each_change_of_the_reviewers_is_told(root: Path) -> None:
    write(
        root,
        {
            "outreach.toml": 'languages = ["es"]\nreviewers = [\n  "Reviewer Three",\n'
            f'  {{ name = "{OTHER}", languages = ["ar", "es"], until = 2027-01-01 }},\n]\n'
        },
    )
    assert told(root)[:3] == [
        ("reviewer-added", "Reviewer Three may sign every language from now on"),
        (
            "reviewer-changed",
            f"{OTHER} may sign ar, es until 2027-01-01; before: {OTHER} may sign ar",
        ),
        ("reviewer-removed", f"{REVIEWER} is no longer a reviewer"),
    ]
    assert [item["path"] for item in data(root)["reviews"]] == ["outreach.toml"] * 3 + [RECORD]


def test_what_a_former_reviewer_signed_is_told_to_be_void(root: Path) -> None:
    write(root, {"outreach.toml": CONFIG.replace(REVIEWER, "Reviewer Three")})
    assert told(root)[-1] == (
        "void",
        f"the sign-off does not count: {REVIEWER} is not among the `reviewers` in outreach.toml",
    )
    assert [it["state"] for it in data(root)["handouts"]] == ["changed"]


def test_reviewers_that_moved_to_another_file_are_the_same(root: Path) -> None:
    (root / "outreach.toml").unlink()
    write(root, {"pyproject.toml": f"[tool.outreach]\n{CONFIG}"})
    assert told(root) == []


def test_a_configuration_that_could_not_be_read_is_told(root: Path) -> None:
    good = (root / "outreach.toml").read_text("utf-8")
    write(root, {"outreach.toml": "reviewers = 1\n"})
    commit(root)
    write(root, {"outreach.toml": good})
    found = data(root)
    assert [item["kind"] for item in found["reviews"]] == ["reviewer-added"] * 2
    assert "`reviewers` should be" in found["warnings"][0]["text"]


def test_what_is_for_an_owner_comes_first_in_each_format(root: Path) -> None:
    write(root, {"content/en/a.md": GUIDE + "\nNew.\n"})
    edit(root, RECORD, TRANSLATOR, "<b>Six</b>\\u202e")
    text = run(root, "diff", "HEAD").out
    heading = "Who may sign, and what was signed: for the eyes of an owner"
    assert text.index(heading) < text.index("Guides\n")
    assert "\u202e" not in text
    assert "2 changes in reviews" not in text.splitlines()[1]
    assert "3 changes in reviews" in text.splitlines()[0]
    markdown = run(root, "diff", "HEAD", "--format", "markdown").out
    assert markdown.index(f"<h3>{heading}") < markdown.index("<b>Guides")
    assert "&lt;b&gt;Six" in markdown
    assert "<b>Six" not in markdown


def test_only_records_of_the_languages_named(root: Path) -> None:
    write(root, {catalog("a", "ar"): po({}, "Language: ar")})
    commit(root)
    (root / RECORD).unlink()
    assert told(root, "ar") == []
    assert [kind for kind, _ in told(root, "es")] == ["removed"]


def test_a_text_that_only_an_older_edition_shows_changes_no_handout_twice(root: Path) -> None:
    write(root, {"content/en/a.md": GUIDE + "\nNew.\n"})
    commit(root)
    write(root, {ES: po(SPANISH | {"New.": "Nuevo."})})
    assert data(root)["handouts"] == []


# The file that guards


def owners(path: str) -> list[str]:
    """Whom the last fitting line of CODEOWNERS names, as GitHub reads it, for these patterns."""
    found: list[str] = []
    for line in (ROOT / ".github/CODEOWNERS").read_text("utf-8").splitlines():
        pattern, *names = line.split("#")[0].split() or [""]
        fits = pattern.strip("/") + ("/*" if pattern.endswith("/") else "")
        if pattern and fnmatchcase(path, fits.replace("**", "*")):
            found = names
    return found


def test_the_list_and_every_record_have_owners() -> None:
    config = load_config(ROOT)
    spelled = folders(config)
    paths = [config.file, "outreach.toml", ".github/CODEOWNERS"]
    for language in languages(config):
        folder = reviews_folder(config, language, spelled)
        paths += [record_path(folder, guide) for guide in ("a", "sub/folder/b")]
        paths += [f"{folder}/a.source.md", f"{folder}/a.signed.json"]
    assert {path: owners(path) for path in paths} == {path: ["@OWNER/reviewers"] for path in paths}
    assert owners("content/en/a.md") == owners(catalog("a")) == []
