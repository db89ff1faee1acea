"""`outreach update --same-meaning`: edits that change nothing for readers, and those that might."""

from __future__ import annotations

from pathlib import Path

import polib
import pytest
from hypothesis import given
from hypothesis import strategies as st
from projects import catalog, files, run, write

from outreach.catalog.meaning import changes

A, B = "content/en/a.md", "content/en/sub/b.md"
ES, B_ES = catalog("a"), catalog("sub/b")
TEXT = "Do not eat for 8 hours before teh test, and read [the rules](/rules)."
OTHER = "Bring all your papers with you, and an interpreter if you want to."


def entry_of(path: Path, msgid: str) -> polib.POEntry:
    found = polib.pofile(str(path)).find(msgid)
    assert found is not None
    return found


def begun(root: Path) -> Path:
    write(root, {A: f"{TEXT}\n", B: f"{OTHER}\n"})
    assert run(root, "init", "es").code == 0
    for path in (ES, B_ES):
        entries = polib.pofile(str(root / path), wrapwidth=0)
        for entry in entries:
            entry.msgstr = f"ES {entry.msgid}"
        entries.save()
    assert run(root, "update").out == "Everything is up to date.\n"
    return root


@pytest.mark.parametrize("name", ["a", "a.md"])
def test_a_mended_typo_keeps_its_translation_and_is_recorded(name: str, tmp_path: Path) -> None:
    begun(tmp_path)
    new = TEXT.replace("teh", "the")
    write(tmp_path, {A: f"{new}\n", B: f"{OTHER.replace('papers', 'documents')}\n"})
    outcome = run(tmp_path, "update", "--same-meaning", name)
    assert (outcome.code, outcome.err) == (0, "")
    entry = entry_of(tmp_path / ES, new)
    assert (entry.msgstr, entry.fuzzy, entry.previous_msgid) == (f"ES {TEXT}", False, None)
    assert entry.tcomment.replace("\n", " ") == (
        f"Carried over from “{TEXT}”: a maintainer says that the edit changed no meaning."
    )
    # The other guide was not named.
    assert polib.pofile(str(tmp_path / B_ES)).fuzzy_entries()
    assert run(tmp_path, "update").out == "Everything is up to date.\n"


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("8 hours", "6 hours", "a number changed: “8” is now “6”"),
        ("Do not eat", "Do eat", "a negation was taken out: “not”"),
        ("(/rules)", "(/others)", "a link changed: “](/rules)” is now “](/others)”"),
    ],
)
def test_an_edit_that_changes_what_readers_learn_is_refused(
    old: str, new: str, words: str, tmp_path: Path
) -> None:
    begun(tmp_path)
    write(tmp_path, {A: f"\n{TEXT.replace(old, new)}\n", B: f"{OTHER}!\n"})
    before = files(tmp_path)
    outcome = run(tmp_path, "update", "--same-meaning", "a", "--same-meaning", "sub/b")
    assert outcome.code == 1
    line, last = outcome.err.splitlines()
    assert line.startswith(f"{A}:2: error: “")
    assert f"{words}; undo that edit, or update without --same-meaning" in line
    assert last == "Nothing was written: these edits change what readers learn."
    assert files(tmp_path) == before


def test_what_was_written_anew_is_fuzzy_with_a_warning(tmp_path: Path) -> None:
    begun(tmp_path)
    new = TEXT.replace("before teh test, and", "ahead of your next test, but do")
    new = new.replace("eat", "eat or drink")
    write(tmp_path, {A: f"{new}\n"})
    outcome = run(tmp_path, "update", "--same-meaning", "a")
    assert outcome.code == 0
    assert outcome.err.startswith(f"{A}:1: warning: “Do not eat or drink")
    assert "was changed too much to keep its translations; they become fuzzy" in outcome.err
    assert entry_of(tmp_path / ES, new).fuzzy


def test_a_guide_that_is_unknown_is_refused_with_near_names(tmp_path: Path) -> None:
    outcome = run(begun(tmp_path), "update", "--same-meaning", "sub/c")
    assert outcome.code == 2
    assert "there is no guide sub/c; there is: sub/b" in outcome.err


def test_templates_alone_have_no_meaning(tmp_path: Path) -> None:
    outcome = run(begun(tmp_path), "update", "--templates", "--same-meaning", "a")
    assert outcome.code == 2
    assert "--same-meaning" in outcome.err


def test_other_languages_stay_as_they_are_and_can_follow(tmp_path: Path) -> None:
    begun(tmp_path)
    write(tmp_path, {catalog("a", "ar"): (tmp_path / ES).read_text("utf-8")})
    new = TEXT.replace("teh", "the")
    write(tmp_path, {A: f"{new}\n"})
    for language in ("es", "ar"):
        assert run(tmp_path, "update", language, "--same-meaning", "a").code == 0
        assert not entry_of(tmp_path / catalog("a", language), new).fuzzy


def test_what_a_plain_update_made_fuzzy_stays_so(tmp_path: Path) -> None:
    begun(tmp_path)
    write(tmp_path, {A: f"{TEXT.replace('teh', 'the')}\n"})
    assert run(tmp_path, "update").code == 0
    outcome = run(tmp_path, "update", "--same-meaning", "a")
    assert outcome.out == "Everything is up to date.\n"
    assert polib.pofile(str(tmp_path / ES)).fuzzy_entries()


def test_one_catalog_for_all_guides_carries_over_the_named_guide_alone(tmp_path: Path) -> None:
    write(tmp_path, {"outreach.toml": 'catalogs = "po/{lang}.po"\n', A: TEXT, B: OTHER})
    assert run(tmp_path, "init", "es").code == 0
    entries = polib.pofile(str(tmp_path / "po/es.po"), wrapwidth=0)
    for entry in entries:
        entry.msgstr = f"ES {entry.msgid}"
    entries.save()
    write(tmp_path, {A: TEXT.replace("teh", "the"), B: OTHER.replace("want to", "wish")})
    assert run(tmp_path, "update", "--same-meaning", "a").code == 0
    found = polib.pofile(str(tmp_path / "po/es.po"))
    assert [entry.msgid for entry in found.fuzzy_entries()] == [OTHER.replace("want to", "wish")]


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("Take two pills.", "Take three pills.", "a number changed: “two” is now “three”"),
        ("Call 555-0100.", "Call 555-0101.", "a number changed: “0100” is now “0101”"),
        ("It costs $5.", "It costs €5.", "a number changed: “$5” is now “€5”"),
        ("Half of us", "All of us", "a number was taken out: “half”"),
        ("Come twice", "Come", "a number was taken out: “twice”"),
        ("You can", "You can’t", "a negation was put in: “can't”"),
        ("You cannot", "You can", "a negation was taken out: “cannot”"),
        ("With a card", "Without a card", "a negation was put in: “without”"),
        ("It is safe.", "It is unsafe.", "the meaning changed: “safe” is now “unsafe”"),
        ("It is useful.", "It is useless.", "the meaning changed: “useful” is now “useless”"),
        (
            "Do not eat, but drink.",
            "Do not drink, but eat.",
            "the meaning changed: “not eat” is now “not drink”",
        ),
        ("See [it][a].", "See [it][b].", "a link changed: “][a]” is now “][b]”"),
        ("See [it].", "See [them].", "a link changed: “[it]” is now “[them]”"),
        ("See https://a.org.", "See https://b.org.", "a link changed: “https://a.org” is now"),
        ("Mail a@b.org!", "Mail a@c.org!", "a link changed: “a@b.org” is now “a@c.org”"),
        ("See a.example.org", "See b.example.org", "a link changed: “a.example.org” is now"),
        ("Type `on`, then go.", "Type `off`, then go.", "code changed: “`on`” is now “`off`”"),
        ("Dear {name}", "Dear {nome}", "code changed: “{name}” is now “{nome}”"),
        ("Above 38 °C", "Above 38 °F", "a number changed: “38 °C” is now “38 °F”"),
        ("It is -5 outside", "It is 5 outside", "a number changed: “-5” is now “5”"),
        ("Take 5 mg", "Take 5 g", "a unit changed: “mg” is now “g”"),
        ("Take 5mg", "Take 5mcg", "a unit changed: “mg” is now “mcg”"),
        ("Stay 5 days", "Stay 5 weeks", "a unit changed: “days” is now “weeks”"),
        ("Open at 10 a.m.", "Open at 10 p.m.", "a unit changed: “a.m.” is now “p.m.”"),
        ("Open at 10am", "Open at 10pm", "a unit changed: “am” is now “pm”"),
        ("Come on Monday", "Come on Sunday", "a day or time changed: “monday” is now “sunday”"),
        ("Take it daily", "Take it weekly", "a day or time changed: “daily” is now “weekly”"),
        ("Eat before it", "Eat after it", "the meaning changed: “before” is now “after”"),
        ("Dont eat it", "Do eat it", "a negation was taken out: “dont”"),
        ("Note[^1]", "Note[^2]", "a link changed: “[^1]” is now “[^2]”"),
    ],
)
def test_changes_that_may_harm_are_named(old: str, new: str, found: str) -> None:
    assert any(text.startswith(found) for text in changes(old, new))
    assert changes(new, old)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Do not eat.", "Don't eat."),
        ("Dont eat.", "Don’t eat."),
        ("Open at 10 am", "Open at 10 a.m."),
        ("Stay 5 day", "Stay 5 days"),
        ("Stay 5-6 days.", "Stay 5–6 days."),
        ("I am ill, in may", "I am ill in may"),
        ("You cannot come", "You can not come"),
        ("Take 5 pills", "Take five pills"),
        ("1,000 people", "1000 people"),
        ("Read teh [rules](/r), now.", "Read the [rules](/r) now!"),
        ("See https://a.org/x.", "See https://a.org/x"),
        ("*Not* now", "**NOT** now"),
        ("We are carefull", "We are careful"),
    ],
)
def test_changes_of_spelling_are_no_changes(old: str, new: str) -> None:
    assert changes(old, new) == []


@pytest.mark.parametrize(
    ("language", "old", "new"),
    [
        ("es", "No coma antes.", "Coma antes."),
        ("es-MX", "Venga con tarjeta", "Venga sin tarjeta"),
        ("fr", "N’attendez pas", "Attendez"),
        ("pt", "Não coma", "Coma"),
        ("de", "Keine Pille", "Eine Pille"),
        ("ja", "5錠", "6錠"),
    ],
)
def test_other_source_languages_are_known_a_little(language: str, old: str, new: str) -> None:
    assert changes(old, new, language)


@given(st.text(max_size=40))
def test_a_text_is_no_change_of_itself(text: str) -> None:
    assert changes(text, text) == []
