"""A comparison as Markdown, for the summary of a CI job. Pure.

The texts are strangers': anybody may open a pull request. So each stands in HTML, inside `<code>`,
where it has no line end and no sign that means something in HTML. There no Markdown takes effect,
nothing becomes a link, and nobody is mentioned.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

from outreach.changes import wording
from outreach.changes.records import Change, Diff, Handout, SourceChange
from outreach.changes.wording import Pair
from outreach.changes.words import Span, lines, one_line, shown
from outreach.model import Problem
from outreach.report import number_of

MOST = 1_000_000
"""Bytes. GitHub refuses a summary of more than 1 MiB; what other steps write counts too."""

_COLUMNS = "<tr><th></th><th>Before</th><th>Now</th></tr>"


@dataclass(frozen=True, slots=True)
class _Section:
    """A heading with pieces of HTML below it, of which as many are written as there is room for."""

    heading: str
    pieces: Sequence[str]
    folded: bool = False
    """Whether a reader opens it first."""
    before: str = ""
    after: str = ""
    share: float = 1
    """Of the room that is left, how much it may take."""


def as_markdown(diff: Diff, most: int = MOST) -> str:
    """The whole comparison, or as much of it as takes no more than `most` bytes.

    A last line says how much was left out.
    """
    if diff.empty:
        return f"<p>Nothing changed since {_code(wording.revision_of(diff))}.</p>"
    title = f"<h2>Changes since {_code(wording.revision_of(diff))}</h2>"
    parts, left = [f"{title}\n<p>{escape(wording.summary(diff))}</p>"], 0
    room = most - len(f"{parts[0]}\n\n{_left_out(diff, 10**9)}".encode())
    for section in _sections(diff):
        text, missing = _fitting(section, int(room * section.share))
        left += missing
        if text:
            parts.append(text)
            room -= len(text.encode()) + 2
    return "\n\n".join([*parts, _left_out(diff, left)] if left else parts)


def _sections(diff: Diff) -> Iterator[_Section]:
    """What a reviewer should see first comes first: it is not left out."""
    warnings = [_item(line) for line in wording.warning_lines(diff)]
    yield _Section("Not readable as it was", warnings, before="<ul>", after="</ul>")
    reviews = [_item(wording.review_of(change)) for change in diff.reviews]
    yield _Section(wording.REVIEWS, reviews, before="<ul>", after="</ul>")
    yield _Section(wording.SUSPECTS, [_change(item, diff) for item in diff.suspects])
    yield _Section(wording.FAULTY, [_change(item, diff) for item in diff.faulty])
    problems = [_item(str(problem)) for problem in diff.other_problems]
    yield _Section(wording.PROBLEMS, problems, before="<ul>", after="</ul>")
    handouts = [_handout(item) for item in diff.handouts]
    yield _Section("Handouts", handouts, folded=True, before="<ul>", after="</ul>", share=0.25)
    guides = [_source(item, diff) for item in diff.sources]
    yield _Section("Guides", guides, folded=True, share=0.5)
    for language in diff.languages:
        own = [_change(item, diff) for item in diff.others(language)]
        yield _Section(f"{language.tag} {language.english_name}", own, folded=True)
    rests = [_item(line) for line in wording.rest_lines(diff)]
    yield _Section("The rest", rests, before="<ul>", after="</ul>")


def _fitting(section: _Section, room: int) -> tuple[str, int]:
    """A section with the first pieces that fit, and the number of those that do not."""
    number = len(section.pieces)
    heading = f"{escape(section.heading)} ({number})"
    if section.folded:
        start, end = f"<details><summary><b>{heading}</b></summary>", "</details>"
    else:
        start, end = f"<h3>{heading}</h3>", ""
    frame = [text for text in (start, section.before, section.after, end) if text]
    left = room - sum(len(text.encode()) + 1 for text in frame)
    taken: list[str] = []
    for piece in section.pieces:
        left -= len(piece.encode()) + 1
        if left < 0:
            break
        taken.append(piece)
    lines = (start, section.before, *taken, section.after, end)
    return "\n".join(filter(None, lines)) if taken else "", number - len(taken)


def _left_out(diff: Diff, number: int) -> str:
    command = f"outreach diff {diff.revision}"
    text = f"{number_of(number, 'item')} left out, because a summary cannot be longer."
    return f"<p><b>{text}</b> {_code(command)} shows all.</p>"


def _change(change: Change, diff: Diff) -> str:
    rows = "".join(map(_row, wording.pairs_of(change, diff)))
    problems = "".join(map(_problem, change.problems))
    return _table(f"{change.location}: {wording.kind_of(change)}", rows + problems)


def _source(change: SourceChange, diff: Diff) -> str:
    pair = wording.pair_of_source(change, diff)
    what = f"{change.location}: {wording.kind_of_source(change)}"
    return _table(what, _row(pair) if pair else "")


def _table(what: str, rows: str) -> str:
    head = f'<tr><th align="left" colspan="3">{_code(what)}</th></tr>'
    return f"<table>{head}{_COLUMNS if rows else ''}{rows}</table>"


def _row(pair: Pair) -> str:
    label = f"<td>{escape(pair.label)}</td>"
    if pair.same:
        return f'<tr>{label}<td colspan="2" dir="auto">{_text(pair.now, "")}</td></tr>'
    before, now = _text(pair.before, "del"), _text(pair.now, "ins")
    return f'<tr>{label}<td dir="auto">{before}</td><td dir="auto">{now}</td></tr>'


def _problem(problem: Problem) -> str:
    return f'<tr><td>check</td><td colspan="2">{_code(wording.problem_of(problem))}</td></tr>'


def _handout(handout: Handout) -> str:
    sheets = ", ".join(map(_code, handout.files[1:]))
    return f"<li>{sheets}: {escape(wording.state_of(handout))}</li>"


def _item(text: str) -> str:
    return f"<li>{_code(text)}</li>"


def _text(spans: Sequence[Span] | None, mark: str) -> str:
    """A text, each of its lines on its own, with the changed words in an element."""
    if spans is None:
        return ""
    return "<br>".join(
        f"<code>{''.join(_span(span, mark) for span in line)}</code>" for line in lines(spans)
    )


def _span(span: Span, mark: str) -> str:
    text = escape(shown(span))
    return f"<{mark}>{text}</{mark}>" if span.changed else text


def _code(text: str) -> str:
    return f"<code>{escape(one_line(text))}</code>"
