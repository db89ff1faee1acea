"""A report as text, for a terminal or a mail. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from outreach.changes.text import Marks, marks_of, pair_lines
from outreach.changes.words import one_line
from outreach.staleness import wording
from outreach.staleness.records import Comparison, GuideReport, Part, Reading, Report, TextChange


def as_text(report: Report, *, colour: bool = False) -> str:
    """The whole report: what to do first, then each guide, then those that did not change.

    What changed in a text is in colour, or between `{-…-}` and `{+…+}`. Translations are shown
    where one language alone has a guide as it was.
    """
    marks = marks_of(colour=colour)
    label = report.source.english_name
    blocks = [one_line(f"{wording.title(report)}: {wording.summary(report)}")]
    overview = [one_line(line) for guide in report.changed for line in _overview(guide)]
    blocks += ["\n".join(overview)] if len(overview) > 1 else []
    for guide in report.changed:
        blocks += _guide(guide, label, marks)
    rest = [one_line(_unchanged(guide)) for guide in report.guides if not guide.changed]
    blocks += ["\n".join([*_heading("Not changed"), *rest])] if rest else []
    return "\n\n".join(blocks)


def _overview(guide: GuideReport) -> Iterator[str]:
    for comparison in guide.changed:
        critical = "critical; " if guide.critical else ""
        tags = wording.languages_of(comparison)
        what = f"{wording.name_of(guide)}: {critical}{wording.amount(comparison)}"
        yield f"{what}: {tags}" if tags else what


def _heading(text: str) -> list[str]:
    shown = one_line(text)
    return [shown, "=" * len(shown)]


def _guide(guide: GuideReport, label: str, marks: Marks) -> Iterator[str]:
    lines = [*_heading(wording.name_of(guide)), one_line(guide.path)]
    lines += [wording.critical(guide)] if guide.critical else []
    lines += [one_line(f"{wording.capital(line)}.") for line in wording.others(guide)]
    yield "\n".join(lines)
    for comparison in guide.changed:
        readings = [f"  {one_line(line)}" for line in wording.readings_of(comparison)]
        yield "\n".join([*map(one_line, _about(guide, comparison)), *readings])
        if comparison.kind == "changed":
            yield from _parts(guide, comparison, label, marks)


def _about(guide: GuideReport, comparison: Comparison) -> Iterator[str]:
    edition = wording.editions(guide, comparison)
    facts = filter(None, (edition, wording.amount(comparison)))
    yield " ".join(f"{wording.capital(fact)}." for fact in facts)
    if comparison.former:
        yield f"The guide was called {comparison.former}."


def _parts(guide: GuideReport, comparison: Comparison, label: str, marks: Marks) -> Iterator[str]:
    alone = comparison.readings[0] if len(comparison.readings) == 1 else None
    for part in comparison.parts:
        yield _part(guide, part)
        for text in part.texts:
            yield "\n".join(_text(guide, text, alone, label, marks))


def _part(guide: GuideReport, part: Part) -> str:
    heading = wording.heading_of(part)
    shown = one_line(f"{_place(guide, part.line)}: section “{heading}”: {wording.kind_of(part)}")
    return f"{shown}\n{'-' * len(shown)}"


def _text(
    guide: GuideReport, text: TextChange, alone: Reading | None, label: str, marks: Marks
) -> Iterator[str]:
    yield one_line(f"{_place(guide, text.line)}: {wording.kind_of_text(text)}")
    yield from pair_lines(wording.source_pair(text, label), marks)
    pair = wording.translation_of(text, alone) if alone else None
    if pair:
        yield from pair_lines(pair, marks)


def _place(guide: GuideReport, line: int) -> str:
    return f"{guide.path}:{line}" if line else guide.path


def _unchanged(guide: GuideReport) -> str:
    others = "; ".join(wording.others(guide))
    return f"{wording.name_of(guide)}: {others}" if others else wording.name_of(guide)
