"""Parts of a build for several machines: which jobs each of them does. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from outreach.model import UsageError
from outreach.outputs import Job
from outreach.site import Site
from outreach.workers import cost

_MOST = 1000


@dataclass(frozen=True, slots=True)
class Shard:
    """One of so many parts of a build."""

    number: int
    """From 1."""
    count: int


def parse_shard(text: str) -> Shard:
    """The part that a text such as `2/5` names. Raises UsageError for any other text."""
    found = re.fullmatch(r"([0-9]{1,4})/([0-9]{1,4})", text)
    shard = Shard(*map(int, found.groups())) if found else Shard(0, 0)
    if not 1 <= shard.number <= shard.count <= _MOST:
        raise UsageError(
            f"--shard should be a part and how many there are, such as 2/5, but is {text!r}"
        )
    return shard


def jobs_of(site: Site, jobs: Sequence[Job], shard: Shard) -> list[Job]:
    """The jobs of a part, in their order: every job is in one part, and all parts take as long.

    Depends on the jobs alone, so every machine gives them out in the same way.
    """
    costs = {number: cost(site, job) for number, job in enumerate(jobs)}
    taken = [0.0] * shard.count
    ours = []
    for number in sorted(costs, key=lambda number: (-costs[number], number)):
        part = taken.index(min(taken))
        taken[part] += costs[number]
        if part == shard.number - 1:
            ours.append(number)
    return [jobs[number] for number in sorted(ours)]
