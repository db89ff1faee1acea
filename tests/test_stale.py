"""`check` tells of templates and catalogs that do not belong to the guides as they are."""

from __future__ import annotations

from pathlib import Path

import pytest
from projects import GUIDE, SPANISH, catalog, files, po, run, write

A = "content/en/a.md"
ES = catalog("a")
LINKED = "# Links\n\nRead [this][x].\n\n[x]: https://a.example/en\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Two guides, up to date in Spanish and Arabic."""
    write(tmp_path, {A: GUIDE, "content/en/sub/b.md": LINKED})
    for language in ("es", "ar"):
        assert run(tmp_path, "init", language).code == 0
    assert stale(tmp_path) == []
    return tmp_path


def edit(root: Path, old: str, new: str) -> None:
    text = (root / A).read_text("utf-8")
    assert old in text
    write(root, {A: text.replace(old, new)})


def stale(root: Path, *args: str) -> list[str]:
    """What `check` says of files that are not up to date, without its mark."""
    lines = run(root, "check", *args).err.splitlines()
    return [line.removesuffix(" [stale]") for line in lines if line.endswith(" [stale]")]


def after_update(root: Path, *args: str) -> list[str]:
    assert run(root, "update", *args).code == 0
    return stale(root)


def test_a_changed_guide_makes_its_template_and_catalogs_stale(project: Path) -> None:
    edit(project, "Wash them often.", "Wash them.\n\nOften.")
    told = "2 texts of the guide are not in it, 1 text in it is no longer in the guide"
    assert stale(project) == [
        f"{path}: warning: {told}; run `outreach update`"
        for path in ("locale/a.pot", catalog("a", "ar"), ES)
    ]
    assert stale(project, "es") == [
        f"{path}: warning: {told}; run `outreach update`" for path in ("locale/a.pot", ES)
    ]
    before = files(project)
    assert run(project, "check").code == 0
    assert files(project) == before
    assert after_update(project) == []


def test_a_writer_s_check_passes_and_a_strict_one_fails(project: Path) -> None:
    assert run(project, "check", "--strict").code == 0
    edit(project, "- After work\n", "")
    relaxed, strict = run(project, "check"), run(project, "check", "--strict")
    assert (relaxed.code, strict.code) == (0, 1)
    assert relaxed.out == "2 languages checked: 3 warnings.\n"
    assert strict.out == "2 languages checked: 3 errors.\n"
    assert strict.err == relaxed.err.replace(": warning: ", ": error: ")
    assert strict.err.startswith(
        "locale/a.pot: error: 1 text in it is no longer in the guide; run `outreach update` [stale]"
    )
    run(project, "update")
    assert run(project, "check", "--strict").code == 0


def test_nineteen_catalogs_of_a_guide_are_one_line(project: Path) -> None:
    for language in ("am", "fr", "ht", "ko", "ru", "so", "uk", "vi"):
        assert run(project, "init", language).code == 0
    edit(project, "Wash them often.", "Wash them.")
    (line,) = stale(project)
    told = "1 text of the guide is not in it, 1 text in it is no longer in the guide"
    more = "10 other files of these texts must be mended too"
    assert line == f"locale/a.pot: warning: {told}; {more}; run `outreach update`"


def test_catalogs_alone_can_be_stale(project: Path) -> None:
    edit(project, "Wash them often.", "Wash them.")
    assert run(project, "update", "--templates").code == 0
    assert [line.split(":")[0] for line in stale(project)] == [catalog("a", "ar"), ES]
    assert run(project, "update", "ar").code == 0
    assert [line.split(":")[0] for line in stale(project)] == [ES]


def test_what_is_missing_is_told(project: Path) -> None:
    write(project, {"content/en/new.md": "# New\n"})
    assert stale(project) == [
        f"{path}: warning: is missing, and the guide has texts for it; run `outreach update`"
        for path in (catalog("new", "ar"), catalog("new"), "locale/new.pot")
    ]
    assert after_update(project) == []


def test_a_language_of_the_configuration_without_catalogs_is_one_line(project: Path) -> None:
    write(project, {"outreach.toml": 'languages = ["es", "ar", "ht"]\n'})
    assert stale(project) == [
        "outreach.toml: warning: `languages` names ht, which has no catalogs; run `outreach update`"
    ]
    assert after_update(project) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Wash them often.", "Wash them\noften."),
        ("# Clean hands", "Clean hands\n==========="),
        ("- Before you eat\n- After work\n", "- After work\n- Before you eat\n"),
        ("Wash them often.", "<!-- note: Who? -->\nWash them often.\n\nWash them often."),
        ("Wash them often.", "—\n\nWash them often."),
    ],
)
def test_order_comments_and_lines_do_not_count(old: str, new: str, project: Path) -> None:
    edit(project, old, new)
    assert stale(project) == []


def test_msgids_that_differ_in_white_space_alone_do_not_count(project: Path) -> None:
    # Other tools end a msgid in a newline, or keep the lines of the source.
    text = (project / ES).read_text("utf-8")
    assert 'msgid "Wash them often."' in text
    text = text.replace('msgid "Wash them often."', 'msgid ""\n"Wash them\\n"\n"often.\\n"')
    write(project, {ES: text})
    assert stale(project) == []


def test_projects_without_templates_do_without(tmp_path: Path) -> None:
    write(tmp_path, {A: GUIDE, "outreach.toml": 'catalogs = "po/{lang}.po"\n'})
    write(
        tmp_path, {"po/es.po": po(SPANISH), "po/ar.po": po(SPANISH | {"Gone": ""}, "Language: ar")}
    )
    assert stale(tmp_path) == [
        "po/ar.po: warning: 1 text in it is no longer in the guides; run `outreach update`"
    ]
    write(tmp_path, {"po/messages.pot": po({})})
    assert stale(tmp_path)[1].startswith("po/messages.pot: warning: 4 texts of the guides are not")
    assert after_update(tmp_path) == []


def test_an_entry_with_plural_forms_that_update_keeps_is_not_stale(project: Path) -> None:
    plural = 'msgid "After work"\nmsgid_plural "After works"\nmsgstr[0] "a"\nmsgstr[1] "b"\n'
    write(project, {ES: po({}) + "\n" + plural})
    assert after_update(project) == []
    assert plural in (project / ES).read_text("utf-8")
    assert stale(project, "--strict") == []


def test_obsolete_messages_do_not_count(project: Path) -> None:
    text = (project / ES).read_text("utf-8")
    write(project, {ES: text + '\n#~ msgid "Gone"\n#~ msgstr "Ido"\n'})
    assert stale(project) == []


def test_links_count_only_where_a_language_has_them(project: Path) -> None:
    links = catalog("links")
    write(project, {links: po({"https://a.example/en": "https://a.example/es"})})
    assert stale(project) == []
    write(project, {"content/en/sub/b.md": LINKED.replace("/en", "/new")})
    assert [line.split(":")[0] for line in stale(project)] == [links, "locale/links.pot"]
    assert "1 text of the links in the guides is not in it" in stale(project)[0]
    assert after_update(project) == []


def test_an_interface_of_the_project_s_own_counts(project: Path) -> None:
    assert run(project, "init", "so").code == 0
    own = catalog("interface", "so")
    assert stale(project) == []
    write(project, {own: po({"Gone": ""}, "Language: so")})
    [line] = stale(project)
    assert line.startswith(f"{own}: warning: ")
    assert "of the interface are not in it, 1 text in it is no longer in the interface" in line
    (project / own).unlink()
    assert stale(project) == [
        f"{own}: warning: is missing, and the interface has texts for it; run `outreach update`"
    ]
    # Where the package has the interface, a catalog of the project holds what it likes.
    write(project, {catalog("interface"): po({"Languages": "Idiomas"})})
    assert len(stale(project)) == 1
    assert after_update(project) == []


def test_a_catalog_that_cannot_be_read_is_told_once(project: Path) -> None:
    write(project, {ES: b'msgid "x\n'})
    outcome = run(project, "check")
    assert outcome.code == 1
    assert [line.split(" ")[1] for line in outcome.err.splitlines()] == ["error:"]


def test_a_broken_template_is_stale(project: Path) -> None:
    write(project, {"locale/a.pot": b'msgid "x\n'})
    assert stale(project) == [
        "locale/a.pot: warning: 4 texts of the guide are not in it; run `outreach update`"
    ]
    assert after_update(project) == []


def test_a_guide_with_errors_comes_first(project: Path) -> None:
    edit(project, "Wash them often.", "Wash <b>them</b>.")
    outcome = run(project, "check", "--strict")
    assert outcome.code == 1
    assert "[raw-html]" in outcome.err
    assert stale(project) == []
