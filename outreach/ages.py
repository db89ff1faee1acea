"""Since when each text of a guide stands in it, by the history that git has of the file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from outreach.git import blame, is_shallow
from outreach.model import Guide, OutreachError, Segment
from outreach.project import Source

TOGETHER = 4
"""How many processes of git run at once; each waits for the disk now and then."""

_BETWEEN = re.compile(r"[ \t>]*(?:$|:::|<!--)")
"""Begins a line that belongs to no text."""


def read_ages(root: Path, sources: Iterable[Source]) -> dict[str, dict[str, str]]:
    """For each guide the day since when each of its texts stands there as it is, by msgid.

    Days are ISO dates, empty where the history does not reach back so far. Texts that are not
    committed are left out, and so is everything that is in no repository.
    """
    guides = list(sources)
    try:
        shallow = is_shallow(root)
    except OutreachError:
        return {}

    def ages_of(source: Source) -> dict[str, str]:
        try:
            lines = blame(root, source.guide.path, shallow=shallow)
        except OutreachError:
            return {}  # git does not have the file
        return ages(source.guide, source.extracted.segments, lines)

    with ThreadPoolExecutor(TOGETHER) as pool:
        found = pool.map(ages_of, guides)
        return {source.guide.name: days for source, days in zip(guides, found, strict=True)}


def ages(guide: Guide, segments: Iterable[Segment], lines: Mapping[int, str]) -> dict[str, str]:
    """Since when each text stands in a guide, from the days of its lines; a pure function.

    A text is as young as its youngest line, because that made it what translators now see. One that
    stands in several places came with the first of them.
    """
    days: dict[str, str] = {}
    for segment, span in _spans(guide, segments):
        found = [lines.get(line) for line in span]
        dates = [date for date in found if date is not None]
        if dates and len(dates) == len(found):
            day = max(dates)
            days[segment.msgid] = min(day, days.get(segment.msgid, day))
    return days


def _spans(guide: Guide, segments: Iterable[Segment]) -> Iterator[tuple[Segment, range]]:
    """The lines of the file on which each text stands."""
    own = [segment for segment in segments if not segment.domain]
    starts = sorted({segment.location.line for segment in own})
    following = dict(zip(starts, [*starts[1:], 0], strict=True))
    front = ["---", *guide.front_text.split("\n")] if guide.first_line > 1 else []
    texts = [*front, *guide.text.split("\n")]
    for segment in own:
        start = segment.location.line
        end = following[start] or len(texts) + 1
        if segment.kind == "preformatted text":
            end = start + segment.msgid.count("\n") + 1
        elif start < guide.first_line:
            end = next((n for n in range(start + 1, end) if not texts[n - 1][:1].isspace()), end)
        else:
            end = next((n for n in range(start + 1, end) if _BETWEEN.match(texts[n - 1])), end)
        yield segment, range(start, end)
