"""What `outreach build` was asked for, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from outreach.proof import Told

FORMATS = ("html", "pdf")
UP_TO_DATE = "all up to date"


@dataclass(frozen=True, slots=True)
class Asked:
    """The options of a build, as they were given."""

    languages: tuple[str, ...] = ()
    guides: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()
    variants: tuple[str, ...] = ()
    output: Path | None = None
    release: bool = False
    required: tuple[str, ...] = ()
    force: bool = False
    shard: str = ""
    scheduler: str = ""
    """Where a cluster is that draws; it makes no difference to what is made."""

    @property
    def name(self) -> str:
        """What tells apart builds that were asked for different things."""
        parts = (self.languages, self.guides, self.formats, self.variants, self.release)
        return repr((*parts, self.required, self.shard))

    @property
    def printed(self) -> bool:
        """Whether sheets to print are among it."""
        return not self.formats or "pdf" in self.formats


@dataclass(frozen=True, slots=True)
class Built:
    """What a build came to."""

    told: Told
    made: str = UP_TO_DATE
    """How much was made, in words; empty where it was all."""
    memory: int = 0
    """The most MB that a worker had."""
    failed: bool = False
    """Whether there are errors."""
