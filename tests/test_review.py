"""`outreach review`: what is signed, what is refused, and what is written."""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from projects import GUIDE, ROOT, SPANISH, catalog, files, po, run, write
from reviews import (
    CONFIG,
    FIRST,
    KEPT,
    MACHINE,
    OTHER,
    RECORD,
    REVIEWER,
    TRANSLATOR,
    project,
    review,
    signed,
    state,
)

ES = catalog("a")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return project(tmp_path)


def record(root: Path, path: str = RECORD) -> dict[str, Any]:
    return tomllib.loads((root / path).read_text("utf-8"))


def listed(root: Path, *args: str) -> list[dict[str, Any]]:
    found = json.loads(run(root, "review", "--list", "--json", *args).out)
    assert isinstance(found, list)
    return found


def refused(root: Path, *args: str) -> str:
    """Why a review is refused because of content or record; nothing is written then."""
    before = files(root)
    outcome = review(root, *args)
    assert (outcome.code, "Traceback" in outcome.err) == (1, False)
    assert files(root) == before
    return outcome.err


def wrong(root: Path, *args: str) -> str:
    """What somebody is told who called the command wrongly; nothing is written then."""
    before = files(root)
    outcome = run(root, "review", *args)
    assert (outcome.code, outcome.out) == (2, "")
    assert files(root) == before
    return outcome.err


def terminal(
    root: Path, answer: str, *args: str, meanwhile: Callable[[], object] = lambda: None
) -> tuple[int, str]:
    """How the command ends on a terminal on which somebody answers, and what it shows.

    `meanwhile` happens after it asked and before the answer.
    """
    try:
        master, slave = pty.openpty()
    except OSError as error:  # as in a chroot without /dev/pts
        pytest.skip(f"needs a terminal: {error}")
    command = [sys.executable, "-m", "outreach", "--project", str(root), "review", *args]
    process = subprocess.Popen(
        command, cwd=ROOT, stdin=slave, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    assert process.stdout
    said = b""
    while not said.endswith(b"[y/N]: ") and (sign := process.stdout.read(1)):
        said += sign
    meanwhile()
    os.write(master, answer.encode())
    said += process.communicate()[0]
    os.close(slave)
    os.close(master)
    return process.returncode, said.decode()


# What is written


def test_a_sign_off_makes_a_guide_reviewed_and_an_edit_undoes_it(root: Path) -> None:
    assert state(root) == "translated"
    outcome = review(root, *FIRST)
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.splitlines()[-4:-1] == [*KEPT, RECORD]
    assert "git add locale/es/reviews" in outcome.out.splitlines()[-1]
    assert state(root) == "reviewed"
    write(root, {ES: po(SPANISH | {"After work": "Tras el trabajo"})})
    assert state(root) == "translated"
    write(root, {ES: po(SPANISH)})
    assert state(root) == "reviewed"


def test_everything_that_is_signed_is_shown_before(root: Path) -> None:
    write(root, {"content/en/a.md": "---\nid: HE-1\nedition: 2026-10-01\n---\n" + GUIDE})
    out = review(root, *FIRST, "--credential", "Placeholder", "--consent").out
    shown = [line.split(":", 1)[1].strip() for line in out.splitlines() if line.startswith("  ")]
    assert shown == [text for pair in SPANISH.items() for text in pair]
    code = re.search(r"Edition: +(\w{3}-\w{3})\n", out)
    assert code
    assert code[1] == record(root)["signed"]["edition"]
    for text in (
        "Clean hands (HE-1)",
        "Español · Spanish (es)",
        "2026-10-01",
        "human",
        f"{TRANSLATOR} (not to be named)",
        f"{REVIEWER} (Placeholder, to be named)",
    ):
        assert text in out


def test_the_kept_texts_stand_in_the_order_of_the_guide(tmp_path: Path) -> None:
    root = signed(tmp_path)
    kept = json.loads((root / KEPT[1]).read_text("utf-8"))
    assert [(msgid, msgstr) for _, _, msgid, msgstr in kept] == list(SPANISH.items())
    assert (root / KEPT[0]).read_text("utf-8") == GUIDE


def test_signing_twice_on_one_day_changes_nothing(tmp_path: Path) -> None:
    root = signed(tmp_path)
    before = files(root)
    for _ in range(2):
        outcome = review(root)
        assert (outcome.code, outcome.out) == (
            0,
            "Just this is signed already; nothing was written.\n",
        )
    assert files(root) == before


def test_a_second_review_shows_just_what_differs(tmp_path: Path) -> None:
    root = signed(tmp_path)
    edited = GUIDE.replace("Wash them often.", "Wash them very often.") + "\nUse soap.\n"
    texts = {key: value for key, value in SPANISH.items() if key != "Wash them often."}
    texts |= {
        "Wash them very often.": "Lávelas muy a menudo.",
        "After work": "Tras el trabajo",
        "Use soap.": "Use jabón.",
    }
    write(root, {"content/en/a.md": edited, ES: po(texts)})
    outcome = review(root)
    assert (outcome.code, outcome.err) == (0, "")
    shown = outcome.out.split("\nGuide:")[0].splitlines()
    assert [line for line in shown if line] == [
        "text edited",
        "  English was: Wash them often.",
        "          now: Wash them {+very +}often.",
        "  Spanish was: Lávelas a menudo.",
        "          now: Lávelas {+muy +}a menudo.",
        "translation changed",
        "  English: After work",
        "  Spanish was: {-Después del-} trabajo",
        "          now: {+Tras el+} trabajo",
        "  English: Use soap.",
        "  Spanish: Use jabón.",
    ]
    assert f"5; 3 texts not as {REVIEWER} signed on" in outcome.out
    assert state(root) == "reviewed"


def test_a_text_that_is_gone_is_shown_at_the_end(tmp_path: Path) -> None:
    root = signed(tmp_path)
    texts = {key: value for key, value in SPANISH.items() if key != "After work"}
    write(root, {"content/en/a.md": GUIDE.replace("- After work\n", ""), ES: po(texts)})
    out = review(root).out
    assert out.startswith("no longer in the guide\n  English was: After work\n")
    assert "3; 1 text not as" in out


def test_nothing_is_written_where_one_file_cannot_be(root: Path) -> None:
    (root / KEPT[1]).mkdir(parents=True)
    err = refused(root, *FIRST)
    assert f"{KEPT[1]}: error: cannot be" in err


def test_a_failure_leaves_the_last_edition_as_it_was(tmp_path: Path) -> None:
    root = signed(tmp_path)
    (root / KEPT[1]).unlink()
    write(root, {f"{KEPT[1]}/x": ""})  # what is written second cannot be
    write(root, {"content/en/a.md": GUIDE.replace("\n- After", "\n\n- After")})
    assert f"{KEPT[1]}: error: cannot be read: is a directory" in refused(root)


@pytest.mark.parametrize("linked", [RECORD, *KEPT, "locale/es/reviews"])
def test_nothing_is_written_through_a_link_out_of_the_project(
    linked: str, root: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    outside = tmp_path_factory.mktemp("outside")
    (root / linked).parent.mkdir(parents=True, exist_ok=True)
    (root / linked).symlink_to(outside if linked.endswith("reviews") else outside / "x")
    outcome = review(root, *FIRST)
    assert (outcome.code, list(outside.iterdir())) == (1, [])
    assert "remove the link" in outcome.err


@pytest.mark.parametrize(
    ("pattern", "path"),
    [("po/{lang}.po", "po/es.po"), ("{locale}/{lang}/{guide}.po", "locale/es/sub/b.po")],
)
def test_catalogs_in_other_places_and_guides_in_folders(
    pattern: str, path: str, tmp_path: Path
) -> None:
    root = write(
        tmp_path,
        {
            "outreach.toml": f'{CONFIG}catalogs = "{pattern}"\n',
            "content/en/sub/b.md": GUIDE,
            path: po(SPANISH),
        },
    )
    if "{guide}" not in pattern:  # the fuzzy text of another guide in the same catalog
        write(root, {"content/en/c.md": "Other.\n"})
        write(root, {path: po(SPANISH | {"Other.": "Otro."}, fuzzy="Other.")})
        assert "1 fuzzy message" in review(root, *FIRST, guide="c").err
    outcome = review(root, *FIRST, guide="content/en/sub/b.md".removeprefix("content/en/"))
    assert (outcome.code, outcome.err) == (0, "")
    assert record(root, "locale/es/reviews/sub/b.toml")["guide"] == "sub/b"
    assert state(root, "sub/b") == "reviewed"


def test_a_link_target_is_signed_too(root: Path) -> None:
    source = GUIDE + "\nSee [the rules][r].\n\n[r]: https://a.example/en\n"
    texts = SPANISH | {"See [the rules][r].": "Vea [las reglas][r]."}
    links = {"https://a.example/en": "https://a.example/es"}
    write(root, {"content/en/a.md": source, ES: po(texts), catalog("links"): po(links)})
    out = review(root, *FIRST).out
    assert "address of a link\n  English: https://a.example/en\n" in out
    assert state(root) == "reviewed"
    write(root, {catalog("links"): po({"https://a.example/en": "https://a.example/es2"})})
    assert state(root) == "translated"
    assert "translation changed\n  English: https://a.example/en\n" in review(root).out


# Who


def test_who_translated_and_how_is_asked_once(root: Path) -> None:
    assert "--translator NAME" in wrong(root, "es", "a", "--reviewer", REVIEWER, "--yes")
    assert "--method and one of human, machine-edited, machine" in wrong(
        root, "es", "a", "--reviewer", REVIEWER, "--translator", TRANSLATOR, "--yes"
    )
    assert review(root, *FIRST).code == 0
    write(root, {ES: po(SPANISH | {"After work": "Tras el trabajo"})})
    assert review(root).code == 0
    assert state(root) == "reviewed"


def test_a_translator_is_added_and_none_is_lost(tmp_path: Path) -> None:
    root = signed(tmp_path)
    again = ("--translator", "two  translator", "--translator", "Traductora Tres")
    assert review(root, *again, "--translator-consent", "TRADUCTORA TRES").code == 0
    assert record(root)["translators"] == [
        {"name": TRANSLATOR, "consent": False},
        {"name": "Traductora Tres", "consent": True},
    ]


def test_a_change_of_the_method_is_said(tmp_path: Path) -> None:
    root = signed(tmp_path)
    outcome = review(root, "--method", "Machine draft edited by a person")
    assert "the method was “human” and becomes “machine draft edited by a person”" in outcome.err
    assert record(root)["method"] == "machine draft edited by a person"


def test_the_consent_and_credential_of_a_reviewer_hold_on(root: Path) -> None:
    assert review(root, *FIRST, "--consent", "--credential", "Placeholder").code == 0
    write(root, {ES: po(SPANISH | {"After work": "Tras el trabajo"})})
    assert review(root).code == 0
    assert record(root)["signed"]["reviewer"] == {
        "name": REVIEWER,
        "consent": True,
        "credential": "Placeholder",
    }


def test_a_reviewer_is_written_as_in_the_configuration(root: Path) -> None:
    outcome = run(root, "review", "es", "a", "--reviewer", "one REVIEWER", *FIRST, "--yes")
    assert outcome.code == 0
    assert record(root)["signed"]["reviewer"]["name"] == REVIEWER


@pytest.mark.parametrize(
    "translator", [REVIEWER, "reviewer one", "One, Reviewer", "Révièwer Óne", "Reviewer\u00a0One"]
)
def test_nobody_reviews_their_own_work(translator: str, root: Path) -> None:
    err = refused(root, "--translator", translator, "--method", "human")
    assert f"{REVIEWER} is also a translator; another person has to review" in err


def test_a_translator_on_record_cannot_review_later(tmp_path: Path) -> None:
    root = signed(tmp_path)
    write(root, {"outreach.toml": CONFIG.replace(REVIEWER, TRANSLATOR)})
    outcome = run(root, "review", "es", "a", "--reviewer", TRANSLATOR, "--yes")
    assert outcome.code == 1
    assert "is also a translator" in outcome.err


@pytest.mark.parametrize(
    ("reviewers", "said"),
    [
        ("[]", "is not among the `reviewers` in outreach.toml"),
        (f'[{{ name = "{REVIEWER}", languages = ["ar"] }}]', "is no reviewer of es"),
        (f'[{{ name = "{REVIEWER}", until = 2020-01-01 }}]', "is no reviewer of es"),
    ],
)
def test_only_those_in_the_configuration_sign(reviewers: str, said: str, root: Path) -> None:
    write(root, {"outreach.toml": f'languages = ["es"]\nreviewers = {reviewers}\n'})
    assert said in refused(root, *FIRST)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("", "empty"),
        ("   ", "empty"),
        ("FULL NAME", "stands for a name"),
        ("Your name", "stands for a name"),
        ("12", "has letters"),
        ("x" * 101, "100 are the most"),
        ("Translator\nTwo", "line break"),
        ("Translator\u202eTwo", "U+202E"),
        ("Translator Two <two@a.example>", "e-mail address"),
        ("\ud800", "U+D800"),
    ],
)
def test_a_name_has_to_be_one(name: str, said: str, root: Path) -> None:
    err = wrong(
        root, "es", "a", "--reviewer", REVIEWER, "--translator", name, "--method", "human", "--yes"
    )
    assert "--translator" in err
    assert said in " ".join(err.split())


@pytest.mark.parametrize(
    "name", ["  Übersetzerin  Zwei ", "مترجم\u200cدو", "译者二", "O’Translator"]
)
def test_names_of_any_script_are_kept_as_they_are(name: str, root: Path) -> None:
    assert review(root, "--translator", name, "--method", "human").code == 0
    assert record(root)["translators"][0]["name"] == " ".join(name.split())
    assert state(root) == "reviewed"


def test_the_consent_of_somebody_else_is_refused(root: Path) -> None:
    err = wrong(
        root, "es", "a", "--reviewer", REVIEWER, *FIRST, "--translator-consent", OTHER, "--yes"
    )
    assert f"{OTHER} is no translator" in err


def test_an_address_in_the_list_of_reviewers_comes_into_no_record(root: Path) -> None:
    write(root, {"outreach.toml": CONFIG.replace(REVIEWER, f"{REVIEWER} <one@a.example>")})
    err = wrong(root, "es", "a", "--reviewer", REVIEWER, *FIRST, "--yes")
    assert "`reviewers` in outreach.toml: give the name alone" in " ".join(err.split())


# What is refused


def test_fuzzy_and_missing_texts_are_named_with_their_lines(root: Path) -> None:
    texts = {key: value for key, value in SPANISH.items() if key != "After work"}
    write(root, {ES: po(texts | {"Before you eat": ""}, fuzzy="Wash them often.")})
    err = refused(root, *FIRST)
    assert re.search(rf"{ES}:\d+: error: “Wash them often.”: is fuzzy", err)
    assert re.search(rf"{ES}:\d+: error: “Before you eat”: is not translated", err)
    assert re.search(rf"{ES}: error: “After work”: is not translated", err)
    assert "1 fuzzy message and 2 missing, of 4" in err


def test_of_many_missing_texts_the_first_are_named(root: Path) -> None:
    items = "".join(f"- Item {number}\n" for number in range(100))
    write(root, {"content/en/a.md": GUIDE + items})
    run(root, "update")
    err = refused(root, *FIRST)
    assert err.count("is not translated") == 5
    assert "100 missing, of 104" in err


def test_an_error_in_a_text_is_not_signed(root: Path) -> None:
    write(root, {ES: po(SPANISH | {"After work": "<script>x</script>"})})
    assert "[raw-html]" in refused(root, *FIRST)


def test_an_error_in_the_guide_is_not_signed(root: Path) -> None:
    write(root, {"content/en/a.md": f"---\npages: none\n---\n{GUIDE}"})
    assert "[front-matter]" in refused(root, *FIRST)


def test_an_error_in_another_guide_is_no_hindrance(root: Path) -> None:
    write(root, {"content/en/b.md": "Other.\n", catalog("b"): po({"Other.": "<b>x</b>"})})
    assert review(root, *FIRST).code == 0


def test_a_warning_is_shown_and_does_not_stop(root: Path) -> None:
    write(root, {ES: po(SPANISH | {"After work": "Después **del trabajo"})})
    outcome = review(root, *FIRST)
    assert (outcome.code, "warning" in outcome.err) == (0, True)


def test_a_catalog_that_cannot_be_read_is_not_signed(root: Path) -> None:
    write(root, {ES: 'msgid "x\n'})
    assert "[syntax]" in refused(root, *FIRST)


def test_a_catalog_that_waits_for_an_update_is_not_signed(root: Path) -> None:
    write(root, {ES: po(SPANISH | {"Gone.": "Ido."})})
    err = refused(root, *FIRST)
    assert "no longer in the guide" in err
    assert "outreach update" in err


def test_a_retired_language_is_not_signed(root: Path) -> None:
    write(root, {"outreach.toml": CONFIG + "retired = { es = 2020-01-01 }\n"})
    assert "es is not kept up since 2020-01-01" in refused(root, *FIRST)
    assert state(root) == "retired"


def test_a_machine_draft_is_no_work_of_a_person(root: Path) -> None:
    write(root, {ES: po(SPANISH, MACHINE)})
    assert "the method cannot be human" in refused(root, *FIRST)
    (root / ES).write_text(po(SPANISH), "utf-8")
    assert run(root, "machine", "es").code == 0
    write(root, {ES: po(SPANISH | {"After work": "Tras el trabajo"})})
    assert "3 texts as a machine made them" in refused(root, *FIRST)


def test_a_machine_draft_needs_two_people(root: Path) -> None:
    write(root, {ES: po(SPANISH, MACHINE)})
    err = wrong(root, "es", "a", "--reviewer", REVIEWER, "--method", "machine", "--yes")
    assert "the person who went through it" in err
    err = refused(root, "--translator", REVIEWER, "--method", "machine")
    assert "another person has to review" in err


@pytest.mark.parametrize("claim", ["machine", "machine-edited"])
def test_what_is_computed_counts_and_not_what_is_claimed(claim: str, root: Path) -> None:
    run(root, "machine", "es")
    outcome = review(root, "--translator", TRANSLATOR, "--method", claim)
    assert outcome.code == 0
    assert record(root)["signed"]["method"] == "machine draft"
    assert ("signed as a machine draft" in outcome.err) == (claim == "machine-edited")
    write(root, {ES: po(SPANISH | {"After work": "Tras el trabajo"})})
    assert review(root).code == 0
    assert record(root)["signed"]["method"] == "machine draft edited by a person"
    [item] = listed(root)
    assert (item["state"], item["untouched"]) == ("reviewed", 3)


def test_the_last_translator_may_not_be_the_reviewer_without_a_word(root: Path) -> None:
    header = f'Language: es\\n"\n"Last-Translator: {REVIEWER} <one@a.example>'
    write(root, {ES: po(SPANISH, header)})
    outcome = review(root, *FIRST)
    assert outcome.code == 0
    assert "the header says that the reviewer translated last" in outcome.err


# Records that somebody touched


def test_a_record_of_another_guide_is_not_signed(tmp_path: Path) -> None:
    root = signed(tmp_path)
    write(root, {"content/en/b.md": GUIDE, catalog("b"): po(SPANISH)})
    write(root, {"locale/es/reviews/b.toml": (root / RECORD).read_bytes()})
    outcome = review(root, guide="b")
    assert outcome.code == 1
    assert "is the record of a in es, not of b in es" in outcome.err


def test_a_record_that_was_edited_by_hand_is_shown_and_compared_with_nothing(
    tmp_path: Path,
) -> None:
    root = signed(tmp_path)
    text = (root / RECORD).read_text("utf-8")
    write(root, {RECORD: text.replace('method = "human"', 'method = "machine draft"', 1)})
    outcome = review(root, "--method", "human")
    assert outcome.code == 0
    assert "the sign-off so far does not count" in outcome.err
    assert "Spanish: Manos limpias" in outcome.out
    assert state(root) == "reviewed"


def test_a_record_that_cannot_be_read_is_told(root: Path) -> None:
    write(root, {RECORD: "x = [\n"})
    assert f"{RECORD}:" in refused(root, *FIRST)


def test_what_was_withdrawn_is_not_signed_again_by_mistake(tmp_path: Path) -> None:
    root = signed(tmp_path)
    signed_texts = record(root)["signed"]["texts"]
    head, _, _ = (root / RECORD).read_text("utf-8").partition("[signed]")
    withdrawn = (
        '[[withdrawn]]\ndate = "2026-01-02"\nreason = "a wrong number"\neditions = ["K7F-2QX"]\n'
        f'texts = "{signed_texts}"\n'
    )
    write(root, {RECORD: head + withdrawn})
    assert state(root) == "withdrawn"
    assert "withdrawn on 2026-01-02: a wrong number" in refused(root)
    assert "an edition with it was withdrawn on 2026-01-02" in refused(
        root, "--again", "--edition", "K7F-2QX"
    )
    write(root, {ES: po(SPANISH | {"After work": "Tras el trabajo"})})
    assert review(root).code == 0
    assert state(root) == "reviewed"
    write(root, {ES: po(SPANISH)})
    assert "withdrawn" in refused(root)
    assert review(root, "--again").code == 0
    assert state(root) == "reviewed"
    assert "already" in review(root).out


# By the code on paper


def code_of(root: Path) -> str:
    [item] = listed(root)
    return str(item["edition_code"])


def test_an_edition_read_on_paper_is_signed_by_its_code(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    code = code_of(signed(tmp_path_factory.mktemp("first")))
    root = project(tmp_path)
    typed = code.lower().replace("-", " ")
    outcome = run(
        root, "review", "es", "a", "--reviewer", REVIEWER, *FIRST, "--edition", f" {typed} "
    )
    assert (outcome.code, outcome.err) == (0, "")
    assert "Manos limpias" not in outcome.out
    assert code in outcome.out
    assert state(root) == "reviewed"


def test_the_code_of_other_texts_signs_nothing(tmp_path: Path) -> None:
    root = signed(tmp_path)
    code = code_of(root)
    write(root, {ES: po(SPANISH | {"After work": "Tras el trabajo"})})
    err = refused(root, "--edition", code)
    assert f"{code} is not the code of the texts as they are: that is " in err
    assert "it is that of the edition signed on" in err
    assert review(root).code == 0
    assert code_of(root) in err
    assert "signed on" not in refused(root, "--edition", "222-222")


def test_the_code_is_that_of_the_draft_also_where_an_older_edition_is_shown(
    tmp_path: Path,
) -> None:
    root = signed(tmp_path)
    write(root, {"content/en/a.md": GUIDE + "\nUse soap.\n"})
    write(root, {ES: po(SPANISH | {"Use soap.": "Use jabón."})})
    assert state(root) == "outdated"
    old = code_of(root)
    assert "it is that of the edition signed on" in refused(root, "--edition", old)
    assert review(root).code == 0
    assert code_of(root) != old


@pytest.mark.parametrize("code", ["K7F", "K7F-2QX-1", "ÄÖÜ-ÄÖÜ", "--"])
def test_what_is_no_code_is_told_so(code: str, root: Path) -> None:
    err = wrong(root, "es", "a", "--reviewer", REVIEWER, *FIRST, f"--edition={code}")
    assert "a code is such as" in " ".join(err.split())


def test_a_code_allows_nothing_that_is_refused_otherwise(root: Path) -> None:
    write(root, {ES: po(SPANISH, fuzzy="After work")})
    assert "1 fuzzy message" in refused(root, *FIRST, "--edition", "222-222")


# Being asked


@pytest.mark.parametrize(("answer", "code"), [("y\n", 0), ("n\n", 1), ("\n", 1), ("\x04", 1)])
def test_on_a_terminal_it_asks_first(answer: str, code: int, root: Path) -> None:
    ended, out = terminal(root, answer, "es", "a", "--reviewer", REVIEWER, *FIRST)
    assert (ended, (root / RECORD).exists()) == (code, code == 0)
    assert "Sign this? [y/N]" in out
    assert out.index("Manos limpias") < out.index("Edition:") < out.index("Sign this?")


def test_a_guide_that_is_edited_while_it_asks_is_not_signed(root: Path) -> None:
    ended, said = terminal(
        root,
        "y\n",
        *("es", "a", "--reviewer", REVIEWER, *FIRST),
        meanwhile=lambda: write(root, {"content/en/a.md": GUIDE + "\nNew.\n"}),
    )
    assert (ended, (root / RECORD).exists()) == (1, False)
    assert "was edited meanwhile" in said


def test_without_a_terminal_it_has_to_be_told(root: Path) -> None:
    assert "say --yes" in wrong(root, "es", "a", "--reviewer", REVIEWER, *FIRST)


@pytest.mark.parametrize(
    ("args", "said"),
    [
        ((), "name one language and one guide"),
        (("es",), "name one language and one guide"),
        (("es", "a"), "--reviewer"),
        (("es", "b", "--reviewer", REVIEWER), "there is no guide b"),
        (("fr", "a", "--reviewer", REVIEWER), "has no language fr"),
        (("en", "a", "--reviewer", REVIEWER), "has no language en"),
        (("es", "a", "--reviewer", REVIEWER, "--method", "magic"), "there is no method"),
        (("--list", "--yes"), "one at a time"),
        (("es", "a", "--consent-of", REVIEWER, "--reviewer", REVIEWER), "one at a time"),
    ],
)
def test_a_wrong_call_is_told_how_to_do_it(args: tuple[str, ...], said: str, root: Path) -> None:
    assert said in " ".join(wrong(root, *args).split())


def test_a_guide_that_is_kept_to_other_languages(root: Path) -> None:
    write(root, {"content/en/a.md": f"---\nlanguages: [ar]\n---\n{GUIDE}"})
    err = wrong(root, "es", "a", "--reviewer", REVIEWER, *FIRST, "--yes")
    assert "kept to other languages" in err


# Consent afterwards


def test_consent_is_given_and_taken_back_without_signing_anew(tmp_path: Path) -> None:
    root = signed(tmp_path)
    before = record(root)
    outcome = run(root, "review", "es", "a", "--consent-of", "TWO translator")
    assert (outcome.code, outcome.out) == (0, f"{RECORD}\n")
    assert record(root)["translators"] == [{"name": TRANSLATOR, "consent": True}]
    assert run(root, "review", "es", "a", "--consent-of", REVIEWER).code == 0
    assert listed(root)[0]["reviewer"] == REVIEWER
    assert state(root) == "reviewed"
    taken = ("--no-consent-of", REVIEWER, "--no-consent-of", TRANSLATOR)
    assert run(root, "review", "es", "a", *taken).code == 0
    assert record(root) == before
    assert run(root, "review", "es", "a", *taken).out == "The record says so already.\n"


def test_consent_seals_no_record_that_was_edited_by_hand(tmp_path: Path) -> None:
    root = signed(tmp_path)
    text = (root / RECORD).read_text("utf-8")
    write(root, {RECORD: text.replace('"Translator Two"', '"Translator Six"')})
    outcome = run(root, "review", "es", "a", "--consent-of", REVIEWER)
    assert (outcome.code, state(root)) == (1, "translated")
    assert "was changed by hand" in outcome.err


def test_consent_of_a_stranger_or_without_a_record(tmp_path: Path) -> None:
    root = project(tmp_path)
    assert "no such record" in run(root, "review", "es", "a", "--consent-of", OTHER).err
    review(root, *FIRST)
    outcome = run(root, "review", "es", "a", "--consent-of", OTHER)
    assert outcome.code == 1
    assert f"does not name {OTHER}; it names: {TRANSLATOR}, {REVIEWER}" in outcome.err
    assert "both" in wrong(root, "es", "a", "--consent-of", OTHER, "--no-consent-of", OTHER)


# The list


def test_the_list_says_how_each_guide_stands_and_why(tmp_path: Path) -> None:
    root = signed(tmp_path)
    write(
        root,
        {
            "outreach.toml": CONFIG.replace('["es"]', '["es", "ar"]', 1),
            "content/en/b.md": "Other.\n",
            "content/en/c.md": "More.\n",
            catalog("b"): po({"Other.": ""}),
            catalog("c"): po({"More.": "Más."}),
        },
    )
    run(root, "machine", "es", "c")
    found = {(item["language"], item["guide"]): item for item in listed(root)}
    assert list(found) == [(tag, name) for tag in ("ar", "es") for name in "abc"]
    assert found["es", "a"] == {
        "language": "es",
        "name": "Spanish",
        "guide": "a",
        "state": "reviewed",
        "why": None,
        "method": "human",
        "untouched": 0,
        "reviewed": record(root)["signed"]["date"],
        "edition_code": record(root)["signed"]["edition"],
        "reviewer": None,
    }
    assert (found["es", "b"]["state"], found["ar", "a"]["state"]) == ("missing", "missing")
    item = found["es", "c"]
    assert (item["state"], item["method"], item["untouched"]) == ("draft", "machine draft", 1)
    assert item["why"] == "nobody has signed it off"
    assert [item["language"] for item in listed(root, "ar")] == ["ar"] * 3
    lines = run(root, "review", "--list", "es").out.splitlines()
    assert lines[0] == "es Spanish"
    assert re.match(r"  reviewed  a: reviewed \S+; edition \S+; human$", lines[1])
    assert re.match(r"  draft +c: nobody .*; machine draft; 1 of 1 texts as a machine", lines[3])


def test_no_name_without_consent_leaves_the_record(tmp_path: Path) -> None:
    root = signed(tmp_path)
    said = [run(root, "review", "--list", *args).out for args in ((), ("--json",))]
    said += [run(root, "status", *args).out for args in ((), ("--json",))]
    assert not any(name in text for name in (REVIEWER, TRANSLATOR) for text in said)
    run(root, "build", "--format", "html")
    built = b"".join([*files(root / "build").values(), *(files(root)[path] for path in KEPT)])
    assert not any(name.encode() in built for name in (REVIEWER, TRANSLATOR))
