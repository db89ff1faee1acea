"""What silences a rule, and what cannot; the formats and exit codes of the check."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from check_tools import said
from projects import GUIDE, SPANISH, catalog, po, run, write

from outreach.checks.rules import IDS, RULES, UNREADABLE
from outreach.model import Location, Problem
from outreach.report import as_github, as_json, lines

GUARDS = [rule.id for rule in RULES if rule.guards]


def project(tmp_path: Path, msgstr: str, config: str = "", comment: str = "") -> Path:
    text = po({**SPANISH, "After work": msgstr}, "Language: es")
    text = text.replace('msgid "After work"', f'{comment}msgid "After work"')
    return write(
        tmp_path,
        {"content/en/a.md": GUIDE, catalog("a"): text, "outreach.toml": config},
    )


def test_a_comment_silences_rules_for_its_message() -> None:
    wrong = ("[a](/x) `b`", "a")
    rules = ["link-count", "code-count", "ignore"]
    assert len(said(*wrong, rules=rules)) == 2
    for comments in (
        ("outreach: ignore link-count, code-count",),
        ("outreach: ignore link-count code-count",),
        ("a comment", "outreach: ignore link-count", "Outreach: Ignore code-count"),
    ):
        assert said(*wrong, rules=rules, comments=comments) == []


def test_a_comment_that_silences_nothing_is_told() -> None:
    assert said("a", "b", comments=("outreach: ignore link-cuont",)) == [
        "warning ignore: there is no rule `link-cuont` to ignore; did you mean `link-count`?"
    ]
    (line,) = said("a", "b", comments=("outreach: ignore §",))
    assert line.startswith(
        "warning ignore: there is no rule `§` to ignore; there are: address, alt-text, "
    )
    for comment in ("outreach: ignored", "ignore link-count", "outreach: ignore"):
        assert said("a", "b", comments=(comment,)) == []


@pytest.mark.parametrize("rule", GUARDS)
def test_nothing_silences_what_protects_readers(rule: str, tmp_path: Path) -> None:
    found = said("a", "![b](/y)", comments=(f"outreach: ignore {rule}",))
    text = f"the rule `{rule}` protects readers, so nothing can silence it; mend the text"
    assert f"warning ignore: {text}" in found
    assert any(line.startswith("error image") for line in found)
    outcome = run(project(tmp_path, "x", f'ignore = ["{rule}"]\n'), "check")
    assert outcome.code == 1
    assert outcome.err == f"outreach.toml: error: `ignore`: {text}\n"


@pytest.mark.parametrize("rule", UNREADABLE)
def test_nothing_silences_a_file_that_cannot_be_read(rule: str, tmp_path: Path) -> None:
    outcome = run(project(tmp_path, "x", f'ignore = ["{rule}"]\n'), "check")
    assert outcome.err == (
        f"outreach.toml: error: `ignore`: `{rule}` means that a file cannot be read, so nothing "
        "can silence it; mend the file\n"
    )


@pytest.mark.parametrize("command", [("check",), ("build",), ("status",)])
def test_an_unknown_rule_in_the_configuration_is_named(
    command: tuple[str, ...], tmp_path: Path
) -> None:
    outcome = run(project(tmp_path, "x", 'ignore = ["emphasis-count", "cod-text"]\n'), *command)
    assert outcome.code == 1
    assert outcome.err == (
        "outreach.toml: error: `ignore`: there is no rule `cod-text` to ignore; did you mean "
        "`code-text`?\n"
    )


def test_the_configuration_silences_a_rule_everywhere(tmp_path: Path) -> None:
    wrong = project(tmp_path, "`x` **y**", 'ignore = ["emphasis-count", "code-count", "anchor"]\n')
    untranslated = po({"B": "", "[x](#nothing)": ""})
    write(wrong, {"content/en/b.md": "# B\n\n[x](#nothing)\n", catalog("b"): untranslated})
    outcome = run(wrong, "check", "es")
    assert (outcome.code, outcome.err) == (0, "")
    write(wrong, {"outreach.toml": ""})
    rules = [line.rpartition("[")[2] for line in run(wrong, "check", "es").err.splitlines()]
    assert rules == ["anchor]", "code-count]", "emphasis-count]"]


def test_headers_are_silenced_as_well(tmp_path: Path) -> None:
    wrong = project(tmp_path, "x", 'ignore = ["header"]\n')
    write(wrong, {catalog("a"): po(SPANISH, "Language: fr")})
    assert run(wrong, "check").err == ""


def test_only_the_rules_that_are_asked_for(tmp_path: Path) -> None:
    wrong = project(tmp_path, "`x` **y** ![i](/i)")
    outcome = run(wrong, "check", "--rule", "emphasis-count", "--rule", "code-count")
    assert outcome.code == 0, "no error is among them"
    assert outcome.out == "1 language checked: 2 warnings.\n"
    assert [line.rpartition("[")[2] for line in outcome.err.splitlines()] == [
        "code-count]",
        "emphasis-count]",
    ]
    assert run(wrong, "check", "--rule", "image").code == 1
    outcome = run(wrong, "check", "--rule", "imgae")
    assert outcome.code == 2
    assert "there is no rule imgae; did you mean `image`?" in outcome.err


@pytest.mark.parametrize("rule", IDS)
def test_every_rule_can_be_asked_for(rule: str, tmp_path: Path) -> None:
    assert run(project(tmp_path, "Después"), "check", "--rule", rule).code == 0


HOSTILE = "x\n::error::own\r%0A::stop-commands::t\x1b[31m\u202e<b>"


def test_json_has_everything(tmp_path: Path) -> None:
    outcome = run(project(tmp_path, "**y** ![i](/i)"), "check", "--format", "json")
    assert outcome.code == 1
    assert outcome.err == ""
    data = json.loads(outcome.out)
    assert (data["errors"], data["warnings"]) == (1, 1)
    assert data["problems"][0] == {
        "path": catalog("a"),
        "line": 15,
        "severity": "error",
        "rule": "image",
        "text": "a translation cannot add or replace an image: /i; take the file name in "
        "![words](file) from the source",
        "msgid": "After work",
        "msgstr": "**y** ![i](/i)",
    }
    good = run(project(tmp_path, "Después"), "check", "--format", "json")
    assert json.loads(good.out) == {"errors": 0, "warnings": 0, "problems": []}


def test_github_gets_a_note_for_each_problem(tmp_path: Path) -> None:
    outcome = run(project(tmp_path, "**y**"), "check", "--format", "github")
    assert outcome.code == 0
    text = (
        "number of strong pieces, such as `**words**`: 0 in the source, 1 here; mark only what is "
        "marked in the source"
    )
    assert outcome.out == (
        f"::warning file={catalog('a')},title=emphasis-count,line=15::“After work” → “**y**”: "
        f"{text}\n"
    )
    assert run(project(tmp_path, "Después"), "check", "--format", "github").out == ""


def test_no_text_of_a_stranger_commands_a_terminal_or_a_workflow() -> None:
    problem = Problem(Location(f"{HOSTILE}.po", 3), HOSTILE, "error", "x", HOSTILE, HOSTILE)
    (line,) = lines([problem])
    (note,) = as_github([problem]).splitlines()
    for text in (line, note):
        assert not set(text) & set("\n\r\x1b\u202e")
    assert note.count("::") - note.partition("::")[2].partition("::")[2].count("::") == 2
    assert note.startswith("::error file=x %3A%3Aerror%3A%3Aown")
    assert json.loads(as_json([problem]))["problems"][0]["msgid"] == HOSTILE


def test_a_hostile_catalog_is_told_on_as_many_lines_as_it_has_problems(tmp_path: Path) -> None:
    wrong = project(tmp_path, "x")
    write(wrong, {catalog("a"): po({"After work": HOSTILE}, "Language: es\x1b[31m")})
    for form in ("text", "github"):
        outcome = run(wrong, "check", "--format", form)
        told = (outcome.err + outcome.out).splitlines()
        assert not [line for line in told if "\x1b" in line or "\u202e" in line]
        assert not [line for line in told if line.startswith(("::error::", "::stop"))]
