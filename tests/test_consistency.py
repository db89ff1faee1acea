"""One source text that is translated in two ways."""

from __future__ import annotations

from pathlib import Path

from projects import catalog, po, run, write

from outreach.checks import inconsistent
from outreach.model import Message


def told(*catalogs: tuple[str, list[Message]], ignored: tuple[str, ...] = ()) -> list[str]:
    return [str(problem) for problem in inconsistent(catalogs, ignored)]


ONE = Message("Wash your hands.", "Lávese las manos.", line=4)
TWO = Message("Wash your hands.", "Lave sus manos.", line=9)


def test_two_translations_of_one_text_are_found_once() -> None:
    three = Message("Wash your hands.", "Manos limpias.", line=12)
    assert told(("a.po", [ONE]), ("b.po", [TWO]), ("c.po", [three])) == [
        (
            "b.po:9: warning: “Wash your hands.” → “Lave sus manos.”: the same text is translated "
            "otherwise at a.po:4: “Lávese las manos.”; use one translation, unless the place needs "
            "another [inconsistent]"
        )
    ]


def test_one_translation_with_other_spaces_passes() -> None:
    wrapped = Message("Wash your hands.", "Lávese las\nmanos.", line=9)
    assert told(("a.po", [ONE]), ("b.po", [wrapped])) == []


def test_a_single_word_may_have_two_translations() -> None:
    words = [Message("Other", "Otro"), Message("Other", "Otra")]
    assert told(("a.po", words[:1]), ("b.po", words[1:])) == []


def test_what_is_not_shown_does_not_count() -> None:
    fuzzy = Message("Wash your hands.", "Lave sus manos.", flags=("fuzzy",))
    empty = Message("Wash your hands.")
    assert told(("a.po", [ONE]), ("b.po", [fuzzy]), ("c.po", [empty])) == []


def test_a_message_with_a_context_stands_alone() -> None:
    button = Message("Wash your hands.", "Lave sus manos.", msgctxt="button")
    assert told(("a.po", [ONE]), ("b.po", [button])) == []


def test_a_comment_or_the_project_silences_it() -> None:
    meant = Message("Wash your hands.", "Lave.", comments=("outreach: ignore inconsistent",))
    assert told(("a.po", [ONE]), ("b.po", [meant])) == []
    assert told(("a.po", [ONE]), ("b.po", [TWO]), ignored=("inconsistent",)) == []


def test_check_compares_the_catalogs_of_a_language(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "content/en/a.md": "# Clean hands\n",
            "content/en/b.md": "# Clean hands\n",
            catalog("a"): po({"Clean hands": "Manos limpias"}),
            catalog("b"): po({"Clean hands": "Las manos limpias", "Gone now": "Ya no"}),
        },
    )
    outcome = run(tmp_path, "check", "es")
    assert outcome.code == 0
    assert [line for line in outcome.err.splitlines() if "inconsistent" in line] == [
        (
            "locale/es/LC_MESSAGES/b.po:6: warning: “Clean hands” → “Las manos limpias”: the same "
            "text is translated otherwise at locale/es/LC_MESSAGES/a.po:6: “Manos limpias”; use "
            "one translation, unless the place needs another [inconsistent]"
        )
    ]
