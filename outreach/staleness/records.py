"""The records of a report: what changed in which section of which guide, and for whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from outreach.changes.words import Span
from outreach.model import Language
from outreach.review.source import SectionKind

TextKind = Literal["changed", "moved", "new", "removed"]
"""`moved`: it stood elsewhere, too, so nothing about it is new for a translator."""

Kind = Literal["changed", "same", "new", "gone"]
"""`gone`: the guide is not there any more."""

Key = tuple[str, str]
"""The domain and the msgid of a text."""


@dataclass(frozen=True, slots=True)
class TextChange:
    """A text of a section that is not what it was."""

    kind: TextKind
    block: str
    """In plain words: `paragraph`, `list item`, `target of ‘rules’` …"""
    domain: str
    """Empty: the guide's catalog. `links`: that of link targets. `fixed`: it is not translated."""
    before: str
    """Empty where there was none."""
    now: str
    """Empty where there is none any more."""
    line: int
    """In the guide as it is now; 0 where it is gone."""
    before_parts: tuple[Span, ...] = ()
    now_parts: tuple[Span, ...] = ()
    new_words: int = 0
    gone_words: int = 0
    again: bool = False
    """Whether another section before has the same change, so that it is work only once."""
    same_words: bool = False
    """Whether only white space, quotation marks or signs of markup changed."""


@dataclass(frozen=True, slots=True)
class Part:
    """A section that is not what it was."""

    kind: SectionKind
    moved: bool
    heading: str
    """As it is now, or was where it is gone; empty for what stands before the first heading."""
    former: str
    """The heading as it was, where it is another one now; else empty."""
    line: int
    """In the guide as it is now; 0 where it is gone."""
    texts: tuple[TextChange, ...] = ()
    """None where it moved, or where its order or its layout changed, and no text did."""


@dataclass(frozen=True, slots=True)
class Translation:
    """What a catalog has for a text."""

    msgstr: str
    fuzzy: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """A language in which the old text is read."""

    language: Language
    state: str
    """How the guide stands in it: as in `review.standing`."""
    reviewed: str = ""
    """The day of the review as an ISO date; empty where there is none that counts."""
    code: str = ""
    """The edition code on the sheets that were reviewed."""
    reviewer: str = ""
    """Their name, if they agreed to be named."""
    readable: bool = True
    """Whether its catalogs can be read."""
    before: Mapping[Key, str] = field(default_factory=dict)
    """Translations of the texts as they were: as signed, else from the catalog of then."""
    now: Mapping[Key, Translation] = field(default_factory=dict)
    """What the catalog has for the changed texts."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """A guide beside what it was, for those languages that have it as it was."""

    kind: Kind
    former: str = ""
    """What the guide was called, where it has another name now."""
    edition: str = ""
    """The date of the old edition as its front matter has it; may be empty."""
    parts: tuple[Part, ...] = ()
    """None where the guide changed in no section, as in a way that only its layout shows."""
    readings: tuple[Reading, ...] = ()

    @property
    def new_words(self) -> int:
        return sum(text.new_words for part in self.parts for text in part.texts)

    @property
    def gone_words(self) -> int:
        return sum(text.gone_words for part in self.parts for text in part.texts)


@dataclass(frozen=True, slots=True)
class Uncompared:
    """A language for which there is nothing to compare with, and why."""

    language: Language
    why: str


@dataclass(frozen=True, slots=True)
class GuideReport:
    """All that is said of a guide."""

    name: str
    title: str
    document: str
    """Its id on paper, or its name."""
    path: str
    edition: str
    """The date of the edition as it is now; may be empty."""
    critical: bool
    """Whether an outdated sheet would do harm, so that it is withdrawn."""
    comparisons: tuple[Comparison, ...] = ()
    uncompared: tuple[Uncompared, ...] = ()

    @property
    def changed(self) -> tuple[Comparison, ...]:
        """The comparisons in which it is not the same, those with most new words first."""
        found = [item for item in self.comparisons if item.kind != "same"]
        return tuple(sorted(found, key=lambda item: -item.new_words))

    @property
    def new_words(self) -> int:
        """Those of the comparison that has most."""
        return max((item.new_words for item in self.comparisons), default=0)


@dataclass(frozen=True, slots=True)
class Report:
    """What changed in a project."""

    project: str
    source: Language
    """The language of the guides."""
    day: str
    """The day of the report as an ISO date."""
    guides: tuple[GuideReport, ...]
    """Those that changed first, and of these the critical ones, and those with most new words."""
    since: str = ""
    """The day or the revision that was asked for; empty: since each review."""
    commit: str = ""
    """The full name of the commit that it means."""

    @property
    def changed(self) -> tuple[GuideReport, ...]:
        return tuple(guide for guide in self.guides if guide.changed)
