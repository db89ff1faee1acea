"""A comparison as JSON, for other programs. Pure.

`version` grows when a field goes or changes its meaning; new fields may come at any time.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any

from outreach.changes.records import Change, Diff, Handout, Rest, SourceChange
from outreach.model import Problem

VERSION = 1

_COMMANDS = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")


def as_json(diff: Diff) -> str:
    """The whole comparison; every field is there, also where nothing changed."""
    return json_text(_diff(diff))


def json_text(data: object) -> str:
    """Data as JSON that people can read and that commands no terminal."""
    text = json.dumps(data, ensure_ascii=False, indent=2)
    # What would command a terminal is escaped, which in JSON means the same.
    return _COMMANDS.sub(lambda match: f"\\u{ord(match.group()):04x}", text)


def _diff(diff: Diff) -> dict[str, Any]:
    return {
        "version": VERSION,
        "base": diff.revision,
        "commit": diff.commit,
        "source_language": diff.source.tag,
        "languages": [language.tag for language in diff.languages],
        "guides": [_source(change) for change in diff.sources],
        "messages": [_change(change) for change in diff.changes],
        "catalogs": [_rest(rest) for rest in diff.rests],
        "handouts": [_handout(handout) for handout in diff.handouts],
        "problems": _problems(diff.problems),
        "warnings": _problems(diff.warnings),
    }


def _source(change: SourceChange) -> dict[str, Any]:
    return {
        "kind": change.kind,
        "guide": change.guide,
        "path": change.location.path,
        "line": change.location.line,
        "before": change.before,
        "now": change.now,
    }


def _change(change: Change) -> dict[str, Any]:
    before, now = change.before, change.now
    return {
        "kind": change.kind,
        "hardly_changed": change.hardly,
        "language": change.language.tag,
        "guides": list(change.guides),
        "path": change.location.path,
        "line": change.location.line,
        "msgctxt": change.msgctxt,
        "msgid_before": before.msgid if before else None,
        "msgid": now.msgid if now else None,
        "msgstr_before": before.msgstr if before else None,
        "msgstr": now.msgstr if now else None,
        "fuzzy_before": before.fuzzy if before else None,
        "fuzzy": now.fuzzy if now else None,
        "note": change.note,
        "problems": _problems(change.problems),
    }


def _rest(rest: Rest) -> dict[str, Any]:
    return {
        "path": rest.path,
        "comments": rest.comments,
        "obsolete": rest.obsolete,
        "header": [{"name": n, "before": b, "now": now} for n, b, now in rest.header],
    }


def _handout(handout: Handout) -> dict[str, Any]:
    return {
        "language": handout.language.tag,
        "guide": handout.guide,
        "state": handout.state,
        "percent": handout.percent,
        "files": list(handout.files),
    }


def _problems(problems: Iterable[Problem]) -> list[dict[str, Any]]:
    return [
        {
            "path": problem.location.path,
            "line": problem.location.line,
            "severity": problem.severity,
            "rule": problem.rule,
            "text": problem.text,
            "msgid": problem.msgid,
            "msgstr": problem.msgstr,
        }
        for problem in problems
    ]
