"""Problems as text, as JSON, and as the notes of a workflow on GitHub."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable

from outreach.model import Problem, without_controls


def ordered(problems: Iterable[Problem]) -> list[Problem]:
    """The problems by file and line, so in the order of a catalog, errors first, each once."""
    unique = dict.fromkeys(problems)
    return sorted(unique, key=lambda item: (item.location, item.severity, item.rule, item.text))


def lines(problems: Iterable[Problem]) -> list[str]:
    """One line a problem, by file and line, each once."""
    return [str(item) for item in ordered(problems)]


def as_json(problems: Iterable[Problem]) -> str:
    """All problems with their whole messages, and how many there are."""
    found = ordered(problems)
    count = Counter(problem.severity for problem in found)
    items = [
        {
            "path": item.location.path,
            "line": item.location.line,
            "severity": item.severity,
            "rule": item.rule,
            "text": item.text,
            "msgid": item.msgid,
            "msgstr": item.msgstr,
        }
        for item in found
    ]
    data = {"errors": count["error"], "warnings": count["warning"], "problems": items}
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def as_github(problems: Iterable[Problem]) -> str:
    """Workflow commands, one a line, that GitHub shows beside the lines of a change."""
    return "".join(f"{_command(problem)}\n" for problem in ordered(problems))


FORMATS = {"json": as_json, "github": as_github}
"""The formats for programs, by name."""


def counts(problems: Iterable[Problem]) -> str:
    """Such as `2 errors, 1 warning`; `no problems` when there are none."""
    found = Counter(problem.severity for problem in dict.fromkeys(problems))
    parts = [number_of(number, severity) for severity, number in sorted(found.items())]
    return ", ".join(parts) or "no problems"


def number_of(number: int, noun: str) -> str:
    """Such as `1 file` or `2 files`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def has_errors(problems: Iterable[Problem]) -> bool:
    """Whether any of them must be mended."""
    return any(problem.severity == "error" for problem in problems)


def _command(problem: Problem) -> str:
    """What GitHub reads; texts of strangers cannot end it and begin another command."""
    place = {"file": problem.location.path, "title": problem.rule or problem.severity}
    if problem.location.line:
        place["line"] = str(problem.location.line)
    properties = ",".join(f"{name}={_property(value)}" for name, value in place.items())
    return f"::{problem.severity} {properties}::{_data(problem.words() + problem.text)}"


def _data(text: str) -> str:
    return without_controls(text).replace("%", "%25")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
