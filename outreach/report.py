"""Problems as text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from outreach.model import Problem


def lines(problems: Iterable[Problem]) -> list[str]:
    """One line a problem, by file and line, each once."""
    unique = dict.fromkeys(problems)
    return [str(item) for item in sorted(unique, key=lambda item: (item.location, item.text))]


def counts(problems: Iterable[Problem]) -> str:
    """Such as `2 errors, 1 warning`; `no problems` when there are none."""
    found = Counter(problem.severity for problem in dict.fromkeys(problems))
    parts = [number_of(number, severity) for severity, number in sorted(found.items())]
    return ", ".join(parts) or "no problems"


def number_of(number: int, noun: str) -> str:
    """Such as `1 file` or `2 files`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def has_errors(problems: Iterable[Problem]) -> bool:
    """Whether any of them must be mended."""
    return any(problem.severity == "error" for problem in problems)
