"""A comparison as text, for a terminal or a log. Pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from outreach.changes import wording
from outreach.changes.records import Change, Diff, Handout, SourceChange
from outreach.changes.wording import Pair
from outreach.changes.words import Span, lines, one_line, shown

_MARKS = {"was": ("{-", "-}"), "now": ("{+", "+}")}
"""Not the `[-` and `-]` of `git diff --word-diff`: links in Markdown are full of brackets."""
_COLOURS = {"was": ("\x1b[31m", "\x1b[0m"), "now": ("\x1b[32m", "\x1b[0m")}
_FIRST_STRONG_ISOLATE, _POP_DIRECTIONAL_ISOLATE = "\u2068", "\u2069"


def as_text(diff: Diff, *, colour: bool = False) -> str:
    """The whole comparison; what changed in a text is in colour, or between `{-…-}` and `{+…+}`.

    Each line of right-to-left text is isolated, so that the words around it stay where they are.
    """
    if diff.empty:
        return one_line(f"Nothing changed since {wording.revision_of(diff)}.")
    marks = marks_of(colour=colour)
    parts = [one_line(f"Changes since {wording.revision_of(diff)}: {wording.summary(diff)}")]
    parts += map(one_line, wording.warning_lines(diff))
    parts += _section(wording.SUSPECTS, (_change(item, diff, marks) for item in diff.suspects))
    parts += _section(wording.FAULTY, (_change(item, diff, marks) for item in diff.faulty))
    parts += _section(wording.PROBLEMS, ["\n".join(_lines(diff.other_problems))])
    parts += _section("Guides", (_source(item, diff, marks) for item in diff.sources))
    for language in diff.languages:
        name = f"{language.tag} {language.english_name}"
        parts += _section(name, (_change(item, diff, marks) for item in diff.others(language)))
    parts += _section("Handouts", ["\n".join(map(_handout, diff.handouts))])
    parts += ["\n".join(_lines(wording.rest_lines(diff)))] if diff.rests else []
    return "\n\n".join(parts)


Marks = dict[str, tuple[str, str]]
"""What stands around a word that changed, in what was and in what is now."""


def marks_of(*, colour: bool) -> Marks:
    """The marks of words that changed: colours, or `{-…-}` and `{+…+}`."""
    return _COLOURS if colour else _MARKS


def _lines(items: Iterable[object]) -> Iterator[str]:
    """Each on one line, whatever it holds."""
    return (one_line(str(item)) for item in items)


def _section(heading: str, items: Iterable[str]) -> list[str]:
    """A heading and what stands below it; nothing where that is nothing."""
    found = [item for item in items if item]
    return [f"{heading}\n{'=' * len(heading)}", *found] if found else []


def _change(change: Change, diff: Diff, marks: Marks) -> str:
    pairs = [line for pair in wording.pairs_of(change, diff) for line in pair_lines(pair, marks)]
    problems = [f"  {one_line(wording.problem_of(item))}" for item in change.problems]
    where = one_line(f"{change.location}: {wording.kind_of(change)}")
    return "\n".join([where, *pairs, *problems])


def _source(change: SourceChange, diff: Diff, marks: Marks) -> str:
    pair = wording.pair_of_source(change, diff)
    where = one_line(f"{change.location}: {wording.kind_of_source(change)}")
    return "\n".join([where, *(pair_lines(pair, marks) if pair else ())])


def _handout(handout: Handout) -> str:
    sheets = ", ".join(handout.files[1:])
    return one_line(f"{sheets}: {wording.state_of(handout)}")


def pair_lines(pair: Pair, marks: Marks) -> Iterator[str]:
    """One line for what did not change, else one for what was and one for what is."""
    if pair.same:
        yield from _side(f"  {pair.label}: ", pair.now or (), ("", ""))
        return
    label = f"  {pair.label} "
    if pair.before is not None:
        yield from _side(f"{label}was: ", pair.before, marks["was"])
        label = " " * len(label)
    if pair.now is not None:
        yield from _side(f"{label}now: ", pair.now, marks["now"])


def _side(label: str, spans: Sequence[Span], marks: tuple[str, str]) -> Iterator[str]:
    for number, line in enumerate(lines(spans)):
        # The bar keeps a line from being a command to a CI service, such as `::error::`.
        start = f"{'|':>{len(label) - 1}} " if number else label
        yield f"{start}{_isolated(line, marks)}".rstrip(" ")


def _isolated(line: Iterable[Span], marks: tuple[str, str]) -> str:
    left, right = marks
    parts = ((shown(span), span.changed) for span in line)
    text = "".join(f"{left}{part}{right}" if changed else part for part, changed in parts)
    if any(unicodedata.bidirectional(char) in ("R", "AL") for char in text):
        return f"{_FIRST_STRONG_ISOLATE}{text}{_POP_DIRECTIONAL_ISOLATE}"
    return text
