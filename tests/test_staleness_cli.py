"""`outreach changes` on real projects, with sign-offs and repositories."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from projects import GUIDE, SPANISH, catalog, files, po, run, write
from repositories import begin, git
from signing import REVIEWER, TRANSLATOR, signed
from test_changes import HOSTILE

from outreach.cli import main
from outreach.review.record import Person

CONFIG = f'reviewers = ["{REVIEWER}"]\n'
HANDS, EAT = "content/en/hands.md", "content/en/eat.md"
ARABIC = {
    "Clean hands": "أيدٍ نظيفة",
    "Wash them often.": "اغسلها كثيرًا.",
    "Before you eat": "قبل الأكل",
    "After work": "بعد العمل",
}
OFTEN = ("Wash them often.", "Wash them very often.")


@pytest.fixture(autouse=True)
def _no_settings_of_the_user(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1796000000")  # 2026-11-29


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A guide that is signed in Spanish and Arabic, and begun in French."""
    root = write(
        tmp_path / "project",
        {
            "outreach.toml": CONFIG,
            HANDS: f"---\nid: HE-H1\nedition: 2026-01-10\n---\n{GUIDE}",
            catalog("hands"): po(SPANISH),
            catalog("hands", "ar"): po(ARABIC, "Language: ar"),
            catalog("hands", "fr"): po({}, "Language: fr"),
        },
    )
    signed(root, "es", "hands")
    signed(root, "ar", "hands")
    return root


def change(root: Path, *edits: tuple[str, str], path: str = HANDS) -> None:
    text = (root / path).read_text("utf-8")
    for old, new in edits:
        assert old in text
        text = text.replace(old, new)
    write(root, {path: text})


def report(root: Path, *args: str, code: int = 0) -> dict[str, Any]:
    """What the command says as JSON, without what belongs to the whole."""
    outcome = run(root, "changes", *args, "--format", "json")
    assert outcome.code == code, outcome.err
    found = json.loads(outcome.out)
    assert isinstance(found, dict)
    return found


def guide(root: Path, *args: str, name: str = "hands") -> dict[str, Any]:
    """What it says of a guide."""
    (found,) = [it for it in report(root, *args)["guides"] if it["guide"] == name]
    assert isinstance(found, dict)
    return found


def told(found: dict[str, Any]) -> list[tuple[Any, ...]]:
    """The texts of the first comparison."""
    sections = found["comparisons"][0]["sections"]
    return [(it["kind"], it["before"], it["now"]) for part in sections for it in part["texts"]]


def page(root: Path, *args: str) -> str:
    outcome = run(root, "changes", *args, "--format", "html")
    assert (outcome.code, outcome.err) == (0, "")
    return outcome.out


def refused(root: Path, *args: str) -> str:
    """The advice that a wrong call gets."""
    outcome = run(root, "changes", *args)
    assert (outcome.code, outcome.out) == (2, "")
    return outcome.err


# Since each review


def test_nothing_changed(project: Path) -> None:
    before = files(project)
    outcome = run(project, "changes")
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out == (
        "Changes in English since each translation was reviewed: Nothing changed in 1 guide.\n\n"
        "Not changed\n===========\nHE-H1 Clean hands: not changed for ar, es; never reviewed: fr\n"
    )
    assert files(project) == before
    assert "Nothing changed in 1 guide." in page(project)
    (comparison,) = guide(project)["comparisons"]
    assert (comparison["kind"], comparison["sections"]) == ("same", [])


def test_an_edit_is_told_once_for_all_languages_that_were_reviewed_with_it(project: Path) -> None:
    change(project, OFTEN, ("edition: 2026-01-10", "edition: 2026-03-02"))
    outcome = run(project, "changes")
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out == (
        "Changes in English since each translation was reviewed: 1 of 1 guide changed.\n\n"
        "HE-H1 Clean hands\n=================\ncontent/en/hands.md\nNever reviewed: fr.\n\n"
        "Edition 2026-03-02, was 2026-01-10. 1 section, 1 new word.\n"
        "  Arabic (ar): outdated, reviewed 2026-11-25, edition {}\n"
        "  Spanish (es): outdated, reviewed 2026-11-25, edition {}\n\n"
        "content/en/hands.md:5: section “Clean hands”: changed\n"
        "-----------------------------------------------------\n\n"
        "content/en/hands.md:7: paragraph: changed\n"
        "  English was: Wash them often.\n"
        "          now: Wash them {{+very +}}often.\n"
    ).format(*_codes(project))


def _codes(root: Path) -> list[str]:
    languages = guide(root)["comparisons"][0]["languages"]
    return [language["edition_code"] for language in languages]


def test_one_language_is_shown_with_what_it_has_and_had(project: Path) -> None:
    change(project, OFTEN)
    assert run(project, "update").code == 0
    outcome = run(project, "changes", "es")
    assert outcome.out.endswith(
        "  English was: Wash them often.\n"
        "          now: Wash them {+very +}often.\n"
        "  Spanish (fuzzy): Lávelas a menudo.\n"
    )
    change(project, ("Lávelas a menudo.", "Lávelas muy a menudo."), path=catalog("hands"))
    (text,) = guide(project, "es")["comparisons"][0]["sections"][0]["texts"]
    assert text["translations"] == {
        "es": {"before": "Lávelas a menudo.", "now": "Lávelas muy a menudo.", "fuzzy": True}
    }
    assert "not translated yet" not in page(project, "es")


def test_a_text_that_nobody_has_translated_yet(project: Path) -> None:
    change(project, ("- After work\n", "- After work\n\nVaccines are free of charge.\n"))
    assert told(guide(project)) == [("new", None, "Vaccines are free of charge.")]
    assert page(project).count(": not translated yet</p>") == 2


def test_languages_that_were_reviewed_with_other_texts_are_told_apart(project: Path) -> None:
    change(project, OFTEN)
    write(project, {catalog("hands"): po(SPANISH | {OFTEN[1]: "Lávelas muy a menudo."})})
    signed(project, "es", "hands")
    change(project, ("After work", "After your work"))
    found = guide(project)["comparisons"]
    assert {
        tuple(it["language"] for it in one["languages"]): one["new_words"] for one in found
    } == {
        ("ar",): 2,
        ("es",): 1,
    }


def test_what_changed_is_still_told_while_the_translation_is_being_edited(project: Path) -> None:
    change(project, OFTEN)
    change(project, ("Manos limpias", "Las manos limpias"), path=catalog("hands"))
    found = guide(project, "es")
    assert told(found) == [("changed", *OFTEN)]
    assert found["comparisons"][0]["languages"][0]["state"] == "draft"


def test_an_edit_that_readers_do_not_see_is_none(project: Path) -> None:
    change(project, ("Wash them", "<!-- note: Both. -->\n\nWash\nthem"))
    assert [it["kind"] for it in guide(project)["comparisons"]] == ["same"]


def test_a_list_that_became_numbered_changed_without_a_text(project: Path) -> None:
    change(project, ("- Before you eat\n- After work", "1. Before you eat\n2. After work"))
    (comparison,) = guide(project)["comparisons"]
    assert comparison["kind"] == "changed"
    assert [(it["kind"], it["texts"]) for it in comparison["sections"]] == [("changed", [])]
    assert "no text of it, but its order or layout" in run(project, "changes").out


def test_a_critical_guide_is_marked_and_comes_first(project: Path) -> None:
    write(
        project, {EAT: "# Eat\n\nEat well.\n", catalog("eat"): po({"Eat": "a", "Eat well.": "b"})}
    )
    signed(project, "es", "eat")
    change(project, ("Eat well.", "Eat well, and drink more water every day."), path=EAT)
    change(project, OFTEN, ("id:", "critical: true\nid:"))
    found = report(project)["guides"]
    assert [(it["guide"], it["critical"]) for it in found] == [("hands", True), ("eat", False)]
    for said in (run(project, "changes").out, page(project)):
        assert "Critical: older sheets are withdrawn until" in said
        assert said.index("HE-H1") < said.index("eat Eat")


def test_a_guide_that_was_critical_when_it_was_signed_is_so_still(project: Path) -> None:
    change(project, ("id:", "critical: true\nid:"))
    signed(project, "es", "hands")
    change(project, OFTEN, ("critical: true\n", ""))
    assert guide(project)["critical"] is True


def test_why_there_is_nothing_to_compare_with(project: Path) -> None:
    change(project, OFTEN)
    assert guide(project)["not_compared"] == [{"language": "fr", "why": "never reviewed"}]
    records = project / "locale/ar/reviews"
    (records / "hands.source.md").write_text("# Other\n", encoding="utf-8")
    assert {"language": "ar", "why": "the edition that was signed is not kept as it was"} in guide(
        project
    )["not_compared"]
    change(project, ("2026-11-25", "2026-11-26"), path="locale/es/reviews/hands.toml")
    outcome = run(project, "changes", "es")
    assert "The sign-off does not count: the record was changed since" in outcome.out.replace(
        "HE-H1 Clean hands: the", "The"
    )
    assert "the sign-off does not count" in outcome.err
    assert outcome.code == 1


def test_a_record_that_cannot_be_read_is_a_problem(project: Path) -> None:
    write(project, {"locale/es/reviews/hands.toml": "x ="})
    outcome = run(project, "changes")
    assert outcome.code == 1
    assert "locale/es/reviews/hands.toml: error" in outcome.err
    assert "its record cannot be read: es" in outcome.out


def test_a_language_that_is_not_kept_up_is_not_compared(project: Path) -> None:
    write(project, {"outreach.toml": f"{CONFIG}retired = {{ ar = 2026-02-01 }}\n"})
    change(project, OFTEN)
    found = guide(project)
    assert {"language": "ar", "why": "not kept up any more since 2026-02-01"} in found[
        "not_compared"
    ]
    assert [it["language"] for it in found["comparisons"][0]["languages"]] == ["es"]


def test_a_guide_that_a_language_does_not_want_is_not_asked_of_it(project: Path) -> None:
    change(project, ("id:", "languages: [en, es]\nid:"), OFTEN)
    found = guide(project)
    assert [it["language"] for it in found["comparisons"][0]["languages"]] == ["es"]
    assert found["not_compared"] == []


def test_only_the_languages_named_are_told(project: Path) -> None:
    change(project, OFTEN)
    assert [it["language"] for it in guide(project, "AR")["comparisons"][0]["languages"]] == ["ar"]
    assert "has no language vi" in refused(project, "vi")
    assert "no language is known as" in refused(project, "spanish")


def test_a_project_without_languages_has_nothing_to_say(tmp_path: Path) -> None:
    write(tmp_path, {HANDS: GUIDE})
    outcome = run(tmp_path, "changes")
    assert (outcome.code, outcome.err) == (0, "")
    assert "Nothing changed in 1 guide." in outcome.out


def test_a_catalog_that_cannot_be_read_is_a_problem_and_the_english_is_told(project: Path) -> None:
    change(project, OFTEN)
    write(project, {catalog("hands"): 'msgid "Clean hands"\nmsgstr "Manos\n'})
    outcome = run(project, "changes", "es")
    assert outcome.code == 1
    assert f"{catalog('hands')}:2: error" in outcome.err
    assert "its catalog cannot be read" in outcome.out
    assert "now: Wash them {+very +}often." in outcome.out


def test_a_guide_that_cannot_be_read_is_a_problem(project: Path) -> None:
    write(project, {EAT: b"\xff\xfe\x00"})
    outcome = run(project, "changes")
    assert outcome.code == 1
    assert f"{EAT}:1: error" in outcome.err
    assert "HE-H1 Clean hands: not changed for ar, es" in outcome.out


# People


def test_nobody_is_named_who_did_not_agree(project: Path) -> None:
    change(project, OFTEN)
    for form in ("text", "json", "html"):
        said = run(project, "changes", "--format", form).out
        assert REVIEWER not in said
        assert TRANSLATOR not in said


def test_a_reviewer_who_agreed_is_named(project: Path) -> None:
    signed(project, "es", "hands", reviewer=Person(REVIEWER, consent=True))
    change(project, OFTEN)
    assert f"reviewed 2026-11-25 by {REVIEWER}" in page(project, "es")


# Since a day or a revision


@pytest.fixture
def history(project: Path) -> Path:
    """The same in a repository: written in January 2026, edited on 1 March and later."""
    begin(project)
    change(project, OFTEN)
    _on("2026-03-01T09:00:00", project)
    change(project, ("After work", "After your work"))
    _on("2026-04-01T09:00:00", project)
    return project


def _on(day: str, root: Path) -> None:
    """Commit everything at a time of the user's own clock."""
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message", "Change")
    command = f'GIT_COMMITTER_DATE="{day}" git commit --amend --no-edit --quiet --date="{day}"'
    git(root, "-c", f"alias.at=!{command}", "at")


@pytest.mark.parametrize(
    ("since", "words"),
    [
        ("2026-03-01", 2),  # the day's own edits are among them
        ("2026-03-02", 1),
        ("2026-04-01", 1),
        ("2026-04-02", 0),
        ("HEAD~2", 2),
        ("HEAD~1", 1),
        ("main", 0),
    ],
)
def test_what_changed_since_then(history: Path, since: str, words: int) -> None:
    (comparison,) = guide(history, "--since", since)["comparisons"]
    assert comparison["new_words"] == words
    assert [it["language"] for it in comparison["languages"]] == ["ar", "es", "fr"]


def test_the_report_says_since_when(history: Path) -> None:
    found = report(history, "--since", "2026-03-15")
    first = git(history, "rev-parse", "HEAD~1")
    assert (found["since"], found["commit"]) == ("2026-03-15", first)
    said = run(history, "changes", "--since", "2026-03-15").out
    assert said.startswith(f"Changes in English since 2026-03-15 ({first[:12]}): 1 of 1 guide")


def test_the_translation_of_then_is_told(history: Path) -> None:
    write(history, {catalog("hands"): po(SPANISH | {OFTEN[1]: "Lávelas muy a menudo."})})
    shutil.rmtree(history / "locale/es/reviews")
    (text, _) = guide(history, "es", "--since", "HEAD~2")["comparisons"][0]["sections"][0]["texts"]
    assert text["translations"]["es"] == {
        "before": "Lávelas a menudo.",
        "now": "Lávelas muy a menudo.",
        "fuzzy": False,
    }


def test_files_that_are_not_committed_count_as_they_are(history: Path) -> None:
    change(history, ("Before you eat", "Before you eat lunch"))
    assert told(guide(history, "--since", "HEAD")) == [
        ("changed", "Before you eat", "Before you eat lunch")
    ]


def test_guides_that_came_and_went(history: Path) -> None:
    write(history, {EAT: "# Eat\n\nEat well every day.\n"})
    (history / HANDS).unlink()
    found = report(history, "--since", "HEAD")["guides"]
    kinds = {it["guide"]: [one["kind"] for one in it["comparisons"]] for it in found}
    assert kinds == {"eat": ["new"], "hands": ["gone"]}
    said = run(history, "changes", "--since", "HEAD").out
    assert "New guide: 1 section, 5 new words." in said
    assert "Not there any more." in said


def test_a_guide_that_was_renamed_is_compared_with_what_it_was(history: Path) -> None:
    (history / HANDS).rename(history / EAT)
    change(history, ("Before you eat", "Before you eat lunch"), path=EAT)
    (comparison,) = guide(history, "--since", "HEAD", name="eat")["comparisons"]
    assert (comparison["kind"], comparison["guide_before"]) == ("changed", "hands")
    assert comparison["new_words"] == 1
    assert "The guide was called hands." in run(history, "changes", "--since", "HEAD").out


def test_of_a_guide_that_was_split_no_text_is_new(history: Path) -> None:
    text = (history / HANDS).read_text("utf-8")
    top, _, end = text.partition("- Before")
    (history / HANDS).unlink()
    write(history, {"content/en/one.md": top, EAT: f"- Before{end}"})
    found = report(history, "--since", "HEAD")["guides"]
    words = [(one["new_words"], one["gone_words"]) for it in found for one in it["comparisons"]]
    assert set(words) == {(0, 0)}


def test_wrong_days_and_revisions(history: Path) -> None:
    assert "there is no such day as 2026-02-30" in refused(history, "--since", "2026-02-30")
    assert "2062-03-01 is still to come" in refused(history, "--since", "2062-03-01")
    assert "begins later than 2025-12-31" in refused(history, "--since", "2025-12-31")
    assert "begins later than 1900-01-01" in refused(history, "--since", "1900-01-01")
    assert "as in 2026-03-01, not 03/01/2026" in refused(history, "--since", "03/01/2026")
    assert "no revision `nowhere`" in refused(history, "--since", "nowhere")
    assert "wants a day" in refused(history, "--since", "")


def test_a_tag_that_looks_like_a_day_is_a_revision(history: Path) -> None:
    git(history, "tag", "2026.3.1", "HEAD~1")
    assert report(history, "--since", "2026.3.1")["commit"] == git(history, "rev-parse", "HEAD~1")


def test_what_was_merged_later_was_not_here_before(history: Path) -> None:
    git(history, "checkout", "--quiet", "-b", "side", "HEAD~2")
    write(history, {EAT: "# Eat\n"})
    _on("2026-03-20T09:00:00", history)
    git(history, "checkout", "--quiet", "main")
    git(history, "merge", "--quiet", "--no-commit", "--no-ff", "side")
    _on("2026-04-05T09:00:00", history)
    found = report(history, "--since", "2026-03-25")
    assert found["commit"] == git(history, "rev-parse", "HEAD~1~1")
    assert [it["comparisons"][0]["kind"] for it in found["guides"] if it["guide"] == "eat"] == [
        "new"
    ]


def test_a_shallow_clone_says_how_to_get_the_history(history: Path, tmp_path: Path) -> None:
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "--quiet", "--depth", "1", f"file://{history}", str(clone))
    assert "git fetch --unshallow" in refused(clone, "--since", "2026-03-01")
    assert run(clone, "changes").code == 0  # the kept editions lie beside the records
    assert told(guide(clone, "es"))[0] == ("changed", *OFTEN)


def test_without_a_repository_only_reviews_count(project: Path) -> None:
    assert run(project, "changes").code == 0
    for since in ("HEAD", "2026-03-01"):
        assert "changes are found with git, but not here" in refused(project, "--since", since)
    git(project, "init", "--quiet")
    assert "nothing is committed here yet" in refused(project, "--since", "2026-03-01")


# Output


@pytest.mark.parametrize(
    ("name", "args", "begin_with"),
    [
        ("r.html", (), "<!DOCTYPE html>"),
        ("r.HTM", (), "<!DOCTYPE html>"),
        ("r.json", (), "{\n"),
        ("r.txt", (), "Changes in English"),
        ("r.txt", ("--format", "html"), "<!DOCTYPE html>"),
    ],
)
def test_a_report_in_a_file(
    project: Path, tmp_path: Path, name: str, args: tuple[str, ...], begin_with: str
) -> None:
    outcome = run(project, "changes", "-o", str(tmp_path / "new" / name), *args)
    assert (outcome.code, outcome.out, outcome.err) == (0, "", "")
    assert (tmp_path / "new" / name).read_text("utf-8").startswith(begin_with)


def test_a_file_that_cannot_be_written(project: Path, tmp_path: Path) -> None:
    write(tmp_path, {"file": ""})
    outcome = run(project, "changes", "-o", str(tmp_path / "file/r.html"))
    assert outcome.code == 1
    assert "cannot be written" in outcome.err
    assert run(project, "changes", "-o", str(tmp_path)).code == 2


def test_a_terminal_that_knows_few_letters_gets_question_marks(project: Path) -> None:
    change(project, ("Before you eat", "Before you eat “lunch”"))
    runner = CliRunner(charset="ascii")
    result = runner.invoke(
        main, ["--project", str(project), "changes", "ar"], catch_exceptions=False
    )
    assert result.exit_code == 0
    assert "{+ ?lunch?+}" in result.stdout


def test_a_page_holds_the_words_of_an_edit_in_both_languages(project: Path) -> None:
    change(project, OFTEN)
    assert run(project, "update").code == 0
    said = page(project, "ar")
    assert '<p class="words" lang="en" dir="ltr">Wash them <ins>very </ins>often.</p>' in said
    assert '<p class="words" lang="ar" dir="rtl">اغسلها كثيرًا.</p>' in said
    assert "fuzzy: made for another text, so readers do not see it" in said


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_guide_and_catalog_do_no_harm(project: Path, text: str) -> None:
    line = " ".join(text.split())
    change(project, ("Wash them often.", f"Wash them often. {line}"))
    assert run(project, "update").code in (0, 1)
    said = page(project)
    assert "<script>" not in said
    assert "<img" not in said
    assert "\x1b" not in run(project, "changes").out


def test_a_guide_in_another_language_than_english(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "outreach.toml": f'{CONFIG}source-language = "es"\ncontent = "guias"\n',
            "guias/manos.md": "# Manos\n\nLávelas.\n",
            catalog("manos", "en"): po({"Manos": "Hands", "Lávelas.": "Wash."}, "Language: en"),
        },
    )
    signed(tmp_path, "en", "manos")
    change(tmp_path, ("Lávelas.", "Lávelas mucho."), path="guias/manos.md")
    assert run(tmp_path, "changes").out.startswith("Changes in Spanish since each translation")
    assert '<p class="words" lang="es" dir="ltr">Lávelas<ins> mucho</ins>.' in page(tmp_path)
