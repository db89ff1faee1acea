"""Today's date, read in one place, so that it can be set from outside."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime

from outreach.model import UsageError


def today() -> date:
    """The date in SOURCE_DATE_EPOCH (https://reproducible-builds.org/specs/source-date-epoch/).

    That variable holds seconds since 1970, in UTC. Without it, the date of this machine. Raises
    UsageError when it holds something else.
    """
    seconds = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not seconds:
        return datetime.now().astimezone().date()
    if seconds.isascii() and seconds.isdecimal():
        try:
            return datetime.fromtimestamp(int(seconds), UTC).date()
        except (ValueError, OverflowError, OSError):
            pass  # beyond the year 9999, or more digits than Python reads
    raise UsageError(
        f"the environment variable SOURCE_DATE_EPOCH should be a number of seconds since 1970, "
        f"such as 1767225600, but is {seconds[:30]!r}; set it right, or remove it"
    )
