"""Rules on the markup of translations."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from outreach.markup.compare import Finding, compare, link_findings, raw_findings
from outreach.model import Location, Message, Problem, is_blank
from outreach.project import Source

_PLAIN = frozenset({"title of the guide", "main message of the guide", "title of a link"})
"""Kinds of texts in which Markdown has no meaning."""
_BLANK = Finding(
    "blank", "the translation is nothing but white space; translate it or leave it empty", "warning"
)
_CODE = "preformatted text"
_RAW = "text in raw HTML"


@dataclass(frozen=True, slots=True)
class Found:
    """A problem with the message it was found in."""

    msgid: str
    problem: Problem


def check_messages(
    source: Source,
    messages: Iterable[Message],
    kinds: Mapping[str, Collection[str]],
    path: str,
) -> Iterator[Found]:
    """Compare the markup of live translations with their msgids, and name blank ones.

    `kinds` says, by msgid, what sorts of texts of the guide the message stands for.
    """
    known = source.extracted
    for message in messages:
        if not message.translated:
            if message.msgstr and is_blank(message.msgstr):
                yield Found(message.msgid, _problem(message, _BLANK, path))
            continue
        for finding in _findings(message, kinds[message.msgid], known.references, known.footnotes):
            yield Found(message.msgid, _problem(message, finding, path))


def check_links(messages: Iterable[Message], path: str) -> tuple[dict[str, str], list[Problem]]:
    """The targets of links that a language points elsewhere, without those that are unsafe."""
    targets: dict[str, str] = {}
    problems: list[Problem] = []
    for message in messages:
        if not message.translated:
            continue
        findings = list(link_findings(message.msgid, message.msgstr))
        problems += [_problem(message, finding, path) for finding in findings]
        if all(finding.severity != "error" for finding in findings):
            targets[message.msgid] = message.msgstr
    return targets, problems


def _findings(
    message: Message,
    kinds: Collection[str],
    references: Mapping[str, object],
    footnotes: frozenset[str],
) -> Iterator[Finding]:
    if _RAW in kinds:
        yield from raw_findings(message.msgid, message.msgstr)
    if set(kinds) - _PLAIN - {_CODE, _RAW}:
        yield from compare(message.msgid, message.msgstr, references, footnotes)


def _problem(message: Message, finding: Finding, path: str) -> Problem:
    location = Location(path, message.line)
    texts = (message.msgid, message.msgstr)
    return Problem(location, finding.text, finding.severity, finding.rule, *texts)
