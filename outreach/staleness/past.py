"""The revision that a coordinator means by `--since`."""

from __future__ import annotations

import re
from datetime import date

from outreach.config import Config
from outreach.dates import today
from outreach.git import commit_before, commit_of
from outreach.model import UsageError, first_words

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_LIKE_A_DAY = re.compile(r"[0-9]{1,4}[-./ ][0-9]{1,2}[-./ ][0-9]{1,4}")


def revision_of(config: Config, since: str) -> str:
    """The revision for git: what was asked for, or for a day the last commit before it began.

    Raises UsageError for a day that is none, that is to come, or from which nothing is known, and
    for a revision that there is not.
    """
    if not since.strip():
        raise UsageError("`--since` wants a day, such as 2026-03-01, or a revision of git")
    if not _DAY.fullmatch(since):
        return _revision(config, since)
    try:
        day = date.fromisoformat(since)
    except ValueError:
        raise UsageError(f"there is no such day as {first_words(since)}") from None
    if day > today():
        raise UsageError(f"{since} is still to come")
    return commit_before(config.root, day)


def _revision(config: Config, since: str) -> str:
    try:
        return commit_of(config.root, since)
    except UsageError as error:
        if _LIKE_A_DAY.fullmatch(since):
            text = f"write a day as year, month and day, as in 2026-03-01, not {since}"
            raise UsageError(text) from None
        raise error from None
