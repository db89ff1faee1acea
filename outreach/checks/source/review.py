"""The rule on guides that nobody has read for long."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from datetime import MAXYEAR, date

from outreach.checks.source.texts import SourceGuide
from outreach.guides import edition, front_matter_line
from outreach.model import Location, Problem

REVIEW = "review-date"


def review_date(guide: SourceGuide, months: int, today: date) -> Iterator[Problem]:
    """Warn where the edition of a guide is older than the interval; 0 months mean no interval."""
    day = edition(guide.guide)
    if not (day and months):
        return
    due = later(date.fromisoformat(day), months)
    if due <= today:
        text = (
            f"this edition is of {day}, and guides should be reviewed every {months} months, so it "
            f"was due on {due}; read it again, mend what is no longer true, and set `edition` to "
            "the day of the review"
        )
        place = Location(guide.guide.path, front_matter_line(guide.guide, "edition"))
        yield Problem(place, text, "warning", REVIEW)


def later(day: date, months: int) -> date:
    """The same day some months later, or the last of a month that has no such day."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    if year > MAXYEAR:
        return date.max
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))
