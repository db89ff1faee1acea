"""How translations stand: every edit that should end a sign-off does, and no other."""

from __future__ import annotations

import itertools
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from projects import GUIDE, SPANISH, catalog, po, run, write
from signing import REVIEWER, TRANSLATOR, signed, standings, state

from outreach.model import OutreachError
from outreach.review.record import (
    HUMAN,
    MACHINE,
    METHODS,
    Person,
    Record,
    SignOff,
    Withdrawal,
    read_record,
    record_text,
    same_name,
)
from outreach.review.sign import sealed

CONFIG = f'reviewers = ["{REVIEWER}"]\nsite-url = "https://example.org/g/"\ncontact = "211"\n'
RECORD = "locale/es/reviews/hands.toml"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with one guide, complete in Spanish, and signed."""
    files = {
        "outreach.toml": CONFIG,
        "content/en/hands.md": GUIDE,
        catalog("hands"): po(SPANISH),
    }
    write(tmp_path, files)
    signed(tmp_path, "es", "hands")
    return tmp_path


def change(root: Path, path: str, old: str, new: str) -> None:
    text = (root / path).read_text("utf-8")
    assert old in text
    (root / path).write_text(text.replace(old, new), encoding="utf-8")


def test_what_was_signed_is_reviewed(project: Path) -> None:
    standing = standings(project, "es")["hands"]
    assert (standing.state, standing.why, standing.method) == ("reviewed", "", HUMAN)


def test_an_edit_of_one_word_ends_it_and_putting_the_word_back_restores_it(project: Path) -> None:
    change(project, catalog("hands"), "limpias", "sucias")
    assert standings(project, "es")["hands"].edited == 1
    assert state(project, "es", "hands") == "translated"
    change(project, catalog("hands"), "sucias", "limpias")
    assert state(project, "es", "hands") == "reviewed"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('msgid "Clean hands"', '#, fuzzy\nmsgid "Clean hands"'),
        ('msgid "Clean hands"', 'msgctxt "title"\nmsgid "Clean hands"'),
        ("Manos limpias", ""),
        ("Manos limpias", "Manos  limpias"),
        ("Manos limpias", "manos limpias"),
        ("Manos limpias", "Manos limpias\u200b"),
        ("Manos limpias", "Manos li\u00admpias"),
    ],
)
def test_any_change_of_a_translation_or_its_context_ends_it(
    project: Path, old: str, new: str
) -> None:
    change(project, catalog("hands"), old, new)
    assert state(project, "es", "hands") not in ("reviewed", "outdated")


def test_another_order_and_other_lines_keep_it(project: Path) -> None:
    for order in itertools.islice(itertools.permutations(SPANISH), 0, 24, 5):
        text = po({msgid: SPANISH[msgid] for msgid in order})
        text = re.sub(r'^(msgstr) "(\w+) ', r'\1 ""\n"\2 "\n"', text, flags=re.MULTILINE)
        text = text.replace('"Manos "\n"limpias"', '"Man"\n"os limpias"')
        (project / catalog("hands")).write_text(f"# A comment.\n{text}", encoding="utf-8")
        assert state(project, "es", "hands") == "reviewed"


def test_comments_references_and_obsolete_entries_keep_it(project: Path) -> None:
    change(
        project,
        catalog("hands"),
        'msgid "Clean hands"',
        '# Nice.\n#. heading\n#: a.md\nmsgid "Clean hands"',
    )
    with (project / catalog("hands")).open("a", encoding="utf-8") as file:
        file.write('\n#~ msgid "Old"\n#~ msgstr "Viejo"\n')
    assert state(project, "es", "hands") == "reviewed"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (REVIEWER, "Somebody Else"),
        (TRANSLATOR, "Translator Three"),
        (f'translators = [\n    {{ name = "{TRANSLATOR}", consent = false }},\n]\n', ""),
        ('method = "human"\ntrans', 'method = "machine draft"\ntrans'),
        ("2026-11-25", "2026-11-26"),
        ("consent = false", "consent = true"),
        ('guide = "hands"', 'guide = "feet"'),
        ('language = "es"', 'language = "ar"'),
    ],
)
def test_a_record_that_was_edited_by_hand_signs_nothing(project: Path, old: str, new: str) -> None:
    change(project, RECORD, old, new)
    assert state(project, "es", "hands") in ("draft", "translated")
    told = run(project, "check")
    assert f"{RECORD}: error: the sign-off does not count" in told.err
    assert told.code == 1


def test_the_digests_of_another_text_do_not_help(project: Path) -> None:
    before = (project / RECORD).read_text("utf-8")
    change(project, catalog("hands"), "limpias", "sucias")
    signed(project, "es", "hands")
    digest = re.search(r'^texts = "(\w+)"', (project / RECORD).read_text("utf-8"), re.MULTILINE)
    assert digest
    forged = re.sub(r'^texts = "\w+"', digest.group(), before, flags=re.MULTILINE)
    (project / RECORD).write_text(forged, encoding="utf-8")
    assert state(project, "es", "hands") == "translated"


def test_a_record_of_another_guide_or_language_signs_nothing(project: Path) -> None:
    write(
        project,
        {
            "content/en/feet.md": GUIDE,
            catalog("feet"): po(SPANISH),
            catalog("hands", "pt_BR"): po(SPANISH, "Language: pt_BR"),
        },
    )
    for kind in (".toml", ".source.md", ".signed.json"):
        data = (project / f"locale/es/reviews/hands{kind}").read_bytes()
        write(
            project,
            {f"locale/es/reviews/feet{kind}": data, f"locale/pt_BR/reviews/hands{kind}": data},
        )
    assert state(project, "es", "feet") == "translated"
    assert state(project, "pt-BR", "hands") == "translated"


@pytest.mark.parametrize(
    "reviewer",
    [TRANSLATOR, TRANSLATOR.upper(), "Two, Translator", f"{TRANSLATOR} <a@example.org>"],
)
def test_nobody_reviews_their_own_translation(project: Path, reviewer: str) -> None:
    change(project, "outreach.toml", f'"{REVIEWER}"', f'"{REVIEWER}", "{reviewer}"')
    signed(project, "es", "hands", reviewer=Person(reviewer))
    assert "another person" in standings(project, "es")["hands"].why


def test_only_a_listed_reviewer_of_the_language_signs(project: Path) -> None:
    for listed in (
        "[]",
        f'[{{ name = "{REVIEWER}", languages = ["ar"] }}]',
        f'[{{ name = "{REVIEWER}", until = 2026-11-24 }}]',
    ):
        write(project, {"outreach.toml": f"reviewers = {listed}\n"})
        assert state(project, "es", "hands") == "translated"
    write(
        project,
        {"outreach.toml": f'reviewers = [{{ name = "{REVIEWER}", until = 2026-11-25 }}]\n'},
    )
    assert state(project, "es", "hands") == "reviewed"


def test_without_a_translator_there_is_no_second_person(project: Path) -> None:
    signed(project, "es", "hands", translators=(), method=MACHINE)
    assert "no translator" in standings(project, "es")["hands"].why


def test_a_changed_source_makes_it_outdated_and_undoing_the_change_restores_it(
    project: Path,
) -> None:
    change(project, "content/en/hands.md", "often", "very often")
    standing = standings(project, "es")["hands"]
    assert standing.state == "outdated"
    assert standing.kept is not None
    assert run(project, "update").code == 0
    assert state(project, "es", "hands") == "outdated"
    change(project, "content/en/hands.md", "very often", "often")
    assert run(project, "update").code == 0
    assert state(project, "es", "hands") == "reviewed"


def test_what_readers_do_not_see_in_a_source_changes_nothing(project: Path) -> None:
    text = "---\nedition: 2026-12-01\npages: 2\n---\n\n<!-- note: Be kind. -->\n\n" + GUIDE
    write(project, {"content/en/hands.md": text})
    assert state(project, "es", "hands") == "reviewed"


@pytest.mark.parametrize(
    ("old", "new"),
    [("- Before", "1. Before"), ("# Clean", "## Clean"), ("Wash", "![x](y.png)\n\nWash")],
)
def test_the_structure_of_the_source_is_signed_too(project: Path, old: str, new: str) -> None:
    change(project, "content/en/hands.md", old, new)
    assert state(project, "es", "hands") == "outdated"


def test_an_edit_of_a_text_that_was_signed_counts_also_when_the_source_changed(
    project: Path,
) -> None:
    change(project, "content/en/hands.md", "often", "very often")
    change(project, catalog("hands"), "limpias", "sucias")
    assert state(project, "es", "hands") == "draft"


def test_a_new_translation_of_a_changed_source_is_no_reviewed_one(project: Path) -> None:
    change(project, "content/en/hands.md", "often", "very often")
    change(project, catalog("hands"), "Wash them often.", "Wash them very often.")
    assert state(project, "es", "hands") == "outdated"


def test_an_outdated_critical_sheet_is_withdrawn(project: Path) -> None:
    change(project, "content/en/hands.md", "# Clean", "---\ncritical: true\n---\n# Clean")
    assert state(project, "es", "hands") == "reviewed"
    change(project, "content/en/hands.md", "often", "very often")
    standing = standings(project, "es")["hands"]
    assert (standing.state, standing.critical) == ("withdrawn", True)


def test_a_kept_edition_counts_only_as_it_was_signed(project: Path) -> None:
    change(project, "content/en/hands.md", "often", "very often")
    for kind, old in ((".source.md", "often"), (".signed.json", "menudo")):
        path = f"locale/es/reviews/hands{kind}"
        before = (project / path).read_bytes()
        change(project, path, old, "never")
        assert state(project, "es", "hands") == "draft"
        (project / path).write_bytes(before)
        assert state(project, "es", "hands") == "outdated"


def test_a_kept_edition_is_never_read_from_outside_the_project(
    project: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    outside = tmp_path_factory.mktemp("outside") / "a.md"
    path = project / "locale/es/reviews/hands.source.md"
    path.rename(outside)
    path.symlink_to(outside)
    change(project, "content/en/hands.md", "often", "very often")
    assert state(project, "es", "hands") == "draft"


def test_links_that_a_language_points_elsewhere_are_signed_too(project: Path) -> None:
    guide = GUIDE + "\nSee [more][more].\n\n[more]: https://example.org/en\n"
    spanish = {**SPANISH, "See [more][more].": "Vea [más][more]."}
    links = {"https://example.org/en": "https://example.org/es"}
    write(
        project,
        {
            "content/en/hands.md": guide,
            catalog("hands"): po(spanish),
            catalog("links"): po(links),
        },
    )
    signed(project, "es", "hands")
    assert state(project, "es", "hands") == "reviewed"
    change(project, catalog("links"), "org/es", "org/e")
    assert state(project, "es", "hands") == "translated"
    (project / catalog("links")).unlink()
    assert state(project, "es", "hands") == "translated"


def test_a_part_that_is_left_out_changes_nothing_and_one_that_comes_back_was_not_signed(
    project: Path,
) -> None:
    module = GUIDE + "\n::: module extra\n\nUse soap.\n\n:::\n"
    write(
        project,
        {
            "content/en/hands.md": module,
            catalog("hands"): po({**SPANISH, "Use soap.": "Use jabón."}),
        },
    )
    signed(project, "es", "hands")
    write(project, {"outreach.toml": CONFIG + 'leave-out = ["extra"]\n'})
    assert state(project, "es", "hands") == "reviewed"
    signed(project, "es", "hands")
    assert state(project, "es", "hands") == "reviewed"
    write(project, {"outreach.toml": CONFIG})
    assert state(project, "es", "hands") == "translated"


def test_a_missing_translation_is_missing_and_a_machine_s_is_a_draft(tmp_path: Path) -> None:
    machine = po(SPANISH, "Language: ar\\nX-Translation-Method: machine draft")
    write(
        tmp_path,
        {
            "content/en/hands.md": GUIDE,
            catalog("hands"): po({}),
            catalog("hands", "ar"): machine,
            catalog("hands", "fr"): po(SPANISH, "Language: fr"),
        },
    )
    assert state(tmp_path, "es", "hands") == "missing"
    assert (state(tmp_path, "ar", "hands"), standings(tmp_path, "ar")["hands"].method) == (
        "draft",
        MACHINE,
    )
    assert state(tmp_path, "fr", "hands") == "translated"


@pytest.mark.parametrize(
    "text",
    [
        "x = [",
        "guide = 1",
        'guide = "a"\nlanguage = "es"\nmethod = "magic"',
        'guide = "a"\nlanguage = "es"\ntranslators = ["A"]',
        'guide = "a"\nlanguage = "es"\nextra = 1',
        'guide = "a"\nlanguage = "es"\n[signed]\ndate = "yesterday"',
        "a = " + "[" * 5000,
    ],
)
def test_a_record_that_is_none_is_a_problem_with_its_file(project: Path, text: str) -> None:
    write(project, {RECORD: text})
    assert state(project, "es", "hands") == "translated"
    told = run(project, "check")
    assert f"{RECORD}" in told.err
    assert told.code == 1


def test_a_record_that_is_no_text_is_a_problem_with_its_file(project: Path) -> None:
    write(project, {RECORD: b"\xff\xfe\x00"})
    assert f"{RECORD}:1: error: is not UTF-8" in run(project, "check").err


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("José Pérez", "jose perez", True),
        ("Pérez, José", "José Pérez", True),
        ("José\u00a0Pérez", "José Pérez ", True),
        ("José\u200b Pérez", "José Pérez", True),
        ("Ana O’Neil", "Ana O'Neil", True),
        ("李小龙", "李小龙", True),
        ("José Pérez", "José Peres", False),
        ("Ana", "", False),
        ("", "", False),
    ],
)
def test_the_same_name_in_another_spelling_is_the_same_person(
    *, one: str, other: str, same: bool
) -> None:
    assert same_name(one, other) is same


TEXTS = st.text(max_size=20)
PEOPLE = st.builds(Person, TEXTS, st.booleans(), TEXTS)
DAYS = st.dates().map(lambda day: day.isoformat())
DIGESTS = st.frozensets(st.from_regex(r"[0-9a-f]{16}", fullmatch=True), max_size=3)


@settings(max_examples=200, deadline=None)
@given(
    st.builds(
        Record,
        TEXTS,
        TEXTS,
        st.sampled_from(("", *METHODS)),
        st.lists(PEOPLE, max_size=3).map(tuple),
        TEXTS,
        st.none() | st.builds(SignOff, PEOPLE, DAYS, TEXTS, TEXTS, TEXTS, TEXTS, TEXTS),
        st.lists(
            st.builds(Withdrawal, DAYS, TEXTS, st.lists(TEXTS, max_size=2).map(tuple), TEXTS),
            max_size=2,
        ).map(tuple),
        DIGESTS,
    )
)
def test_a_record_is_read_as_it_was_written(record: Record) -> None:
    record = sealed(record)
    try:
        text = record_text(record).encode()
    except UnicodeEncodeError:
        return
    try:
        again = read_record(text, "a.toml")
    except OutreachError as error:
        pytest.fail(str(error))
    # Line ends of texts are made one, which a record that we write has anyway.
    assert record_text(again) == record_text(record) or "\r" in record_text(record)
