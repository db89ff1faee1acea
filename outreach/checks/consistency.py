"""A rule on a language as a whole: one source text should have one translation."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from outreach.checks.pair import Finding
from outreach.checks.rules import ignored_by, problem_of
from outreach.model import Location, Message, Problem, first_words

_RULE = "inconsistent"


def inconsistent(
    catalogs: Iterable[tuple[str, Iterable[Message]]], ignored: Collection[str] = ()
) -> Iterator[Problem]:
    """Warn, once for each source text, of one that is translated in two ways.

    `catalogs` are the paths and messages of a language, in the order in which they are read; the
    first translation counts as the right one. A single word may need two translations, so that
    texts of one word are left out, as is a message with a context of its own. `ignored` are the
    rules that the project silences.
    """
    if _RULE in ignored:
        return
    first: dict[tuple[str | None, str], tuple[Message, str]] = {}
    told: set[str] = set()
    for path, messages in catalogs:
        for message in messages:
            if not message.translated or len(message.msgid.split()) < 2:
                continue
            known, where = first.setdefault(message.key, (message, path))
            if not _same(known, message) and message.msgid not in told:
                told.add(message.msgid)
                if _RULE not in (*ignored_by(message), *ignored_by(known)):
                    yield problem_of(message, _finding(known, where), _RULE, path)


def _same(one: Message, other: Message) -> bool:
    return one.msgstr.split() == other.msgstr.split()


def _finding(known: Message, path: str) -> Finding:
    return Finding(
        f"the same text is translated otherwise at {Location(path, known.line)}: "
        f"“{first_words(known.msgstr)}”; use one translation, unless the place needs another",
        "warning",
    )
