from __future__ import annotations

from datetime import date

import pytest

from outreach.dates import today
from outreach.model import UsageError


@pytest.mark.parametrize(
    ("seconds", "day"),
    [
        ("0", date(1970, 1, 1)),
        ("1767225599", date(2025, 12, 31)),
        ("1767225600", date(2026, 1, 1)),
    ],
)
def test_the_date_can_be_set_in_seconds_of_utc(
    monkeypatch: pytest.MonkeyPatch, seconds: str, day: date
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", seconds)
    monkeypatch.setenv("TZ", "Pacific/Auckland")
    assert today() == day


def test_without_the_variable_it_is_the_date_of_this_machine(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    before = date.today()  # noqa: DTZ011
    assert before <= today() <= date.today()  # noqa: DTZ011
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "")
    assert before <= today() <= date.today()  # noqa: DTZ011


@pytest.mark.parametrize(
    "seconds", ["tomorrow", "-1", "1.5", "2026-01-01", "9" * 18, "9" * 5000, "²"]
)
def test_something_else_is_wrong_usage(monkeypatch: pytest.MonkeyPatch, seconds: str) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", seconds)
    with pytest.raises(UsageError, match="SOURCE_DATE_EPOCH should be a number of seconds"):
        today()
