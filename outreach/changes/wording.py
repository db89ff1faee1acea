"""The words of a comparison that its text and its Markdown share."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from outreach import report
from outreach.catalog.format import METHOD_FIELD
from outreach.changes.records import Change, Diff, Handout, SourceChange
from outreach.changes.words import Span, marked
from outreach.model import Problem, first_words

SUSPECTS = "Look at these first: nearly the old translation, for another text or no longer fuzzy"

FAULTY = "These have problems"
PROBLEMS = "Other problems"

_KINDS = {
    "new": ("new translation", "new suggestion, fuzzy, so not shown"),
    "changed": ("translation changed", "translation changed, still fuzzy"),
    "removed": ("translation removed", "translation removed"),
    "made-fuzzy": ("", "marked fuzzy, so no longer shown"),
    "fuzzy-removed": ("fuzzy mark removed, so shown from now on", ""),
    "edited": ("text edited, translation kept", "text edited again, still fuzzy"),
}
_SOURCES = {
    "new": "new text",
    "edited": "text edited",
    "removed": "text removed",
    "other": "changed, but none of its texts: structure, code, or notes to translators",
}
_STATES = {
    "changed": "changes",
    "new": "is new",
    "dropped": "is no longer made",
    "skipped": "is not made, as before",
}


@dataclass(frozen=True, slots=True)
class Pair:
    """What something was and is, in parts; None where there was or is nothing."""

    label: str
    before: tuple[Span, ...] | None
    now: tuple[Span, ...] | None
    same: bool = False


def revision_of(diff: Diff) -> str:
    """Such as `main (1a2b3c4d5e6f)`."""
    return f"{diff.revision} ({diff.commit[:12]})"


def summary(diff: Diff) -> str:
    """One sentence with numbers."""
    tags = {change.language.tag for change in diff.changes}
    languages = report.number_of(len(tags), "language")
    counted = [
        (len(diff.sources), "change", " in guides"),
        (len(diff.changes), "message", f" in {languages}"),
        (len(diff.handouts), "handout", ""),
    ]
    parts = [report.number_of(count, noun) + where for count, noun, where in counted if count]
    found = report.counts(diff.problems)
    first = f" Look at {len(diff.suspects)} of the messages first." if diff.suspects else ""
    return f"{', '.join(parts) or 'other changes'}; {found}.{first}"


def kind_of(change: Change) -> str:
    """What happened to a message."""
    text = change.now or change.before
    words = _KINDS[change.kind][bool(text and text.fuzzy)]
    return f"{words} ({change.note})" if change.note else words


def kind_of_source(change: SourceChange) -> str:
    """What happened to a text of a guide, or to the guide."""
    if change.kind == "renamed":
        return f"renamed, was {change.before}"
    return _SOURCES[change.kind]


def pairs_of(change: Change, diff: Diff) -> list[Pair]:
    """The source text and the translation of a message, then and now."""
    msgids = [side.msgid for side in (change.before, change.now) if side]
    msgstrs = [side.msgstr if side else "" for side in (change.before, change.now)]
    return [
        pair_of(diff.source.english_name, msgids[0], msgids[-1]),
        pair_of(change.language.english_name, msgstrs[0] or None, msgstrs[1] or None),
    ]


def pair_of_source(change: SourceChange, diff: Diff) -> Pair | None:
    """A text of a guide, then and now; None where a guide changed otherwise."""
    if change.kind in ("renamed", "other"):
        return None
    return pair_of(diff.source.english_name, change.before or None, change.now or None)


def state_of(handout: Handout) -> str:
    """What becomes of a handout."""
    state = _STATES[handout.state]
    if handout.percent is None or handout.state in ("changed", "new"):
        return state
    return f"{state}: {handout.percent} percent is translated"


def problem_of(problem: Problem) -> str:
    """A problem beside its message, which need not be named again."""
    rule = f" [{problem.rule}]" if problem.rule else ""
    return f"{problem.severity}: {problem.text}{rule}"


def rest_lines(diff: Diff) -> Iterator[str]:
    """A line that counts what is not shown, and one for each catalog made in another way now."""
    for rest in diff.rests:
        for name, before, now in rest.header:
            if name.lower() == METHOD_FIELD.lower():
                was, is_now = (f"“{first_words(t)}”" if t else "not there" for t in (before, now))
                yield f"{rest.path}: {name} in the header was {was} and is {is_now}."
    if diff.rests:
        counted = {
            "comment": sum(rest.comments for rest in diff.rests),
            "obsolete message": sum(rest.obsolete for rest in diff.rests),
            "header": sum(bool(rest.header) for rest in diff.rests),
        }
        parts = [report.number_of(number, noun) for noun, number in counted.items() if number]
        yield f"Changed too, but not shown: {', '.join(parts)}."


def warning_lines(diff: Diff) -> list[str]:
    """What could not be read as it was."""
    return [f"As it was then: {problem}. All in it counts as new." for problem in diff.warnings]


def pair_of(label: str, before: str | None, now: str | None) -> Pair:
    """What a text was and is, with its words that changed."""
    if before is not None and now is not None:
        return Pair(label, *marked(before, now), same=before == now)
    whole = [None if text is None else (Span(text),) for text in (before, now)]
    return Pair(label, whole[0], whole[1])
