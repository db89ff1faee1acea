"""The records of a comparison: what changed, what is wrong with it, and who will see it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from outreach.model import Language, Location, Problem

Kind = Literal["new", "changed", "removed", "made-fuzzy", "fuzzy-removed", "edited"]
"""`edited`: the English is another one, and the translation and its mark are the same."""

SourceKind = Literal["new", "edited", "removed", "renamed", "other"]
"""`renamed` is said of a guide; `other`: it changed, but none of its texts did."""

State = Literal["changed", "new", "dropped", "skipped"]
"""`dropped`: it was made before and is no longer; `skipped`: too little is translated, then too."""

ReviewKind = Literal[
    "reviewer-added",
    "reviewer-changed",
    "reviewer-removed",
    "signed",
    "unsigned",
    "void",
    "removed",
    "withdrawn",
    "people",
    "consent",
    "method",
    "community-check",
    "machine",
    "kept",
]
"""`void`: a record cannot be read, or its sign-off does not count, as after an edit by hand;
`unsigned`: the sign-off is gone; `removed`: the record is; `kept`: the copy of what was signed is
another one; the rest are what a record says."""


@dataclass(frozen=True, slots=True)
class Text:
    """One side of a changed message."""

    msgid: str
    """The text that the translation was made for, as far as it is known."""
    msgstr: str
    """Plural forms, where there are any, stand on lines of their own."""
    fuzzy: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """A message of a catalog that is not what it was."""

    kind: Kind
    language: Language
    location: Location
    """In the catalog as it is now; line 0 when the message is not in it."""
    guides: tuple[str, ...]
    """Names of the guides that hold the text, before or now."""
    before: Text | None
    now: Text | None
    msgctxt: str | None = None
    hardly: bool = False
    """Whether the translation is nearly what it was although something says that it should not be:
    its fuzzy mark vanished, or the wording of its source is another one."""
    note: str = ""
    problems: tuple[Problem, ...] = ()
    """What is wrong with it now."""

    @property
    def msgid(self) -> str:
        """What the message is called in the catalog."""
        text = self.now or self.before
        return text.msgid if text else ""


@dataclass(frozen=True, slots=True)
class SourceChange:
    """A text of a guide that is not what it was."""

    kind: SourceKind
    guide: str
    location: Location
    """In the guide as it is now; line 0 when the text is not in it."""
    before: str = ""
    now: str = ""
    """The texts; for a renamed guide its paths."""


@dataclass(frozen=True, slots=True)
class Rest:
    """What changed in a catalog without changing what readers could see of a message."""

    path: str
    comments: int = 0
    """Live messages with other comments, references, flags or previous texts."""
    obsolete: int = 0
    """Obsolete messages that came, went or changed."""
    header: tuple[tuple[str, str, str], ...] = ()
    """Fields of the header: name, value before, value now; empty where there is none."""


@dataclass(frozen=True, slots=True)
class Handout:
    """A guide in a language whose page and sheets will not be what they were."""

    guide: str
    language: Language
    state: State
    percent: int | None
    """How much of it is translated now; None where the guide or the language is gone."""
    files: tuple[str, ...]
    """Below the build folder: the page, then the sheets."""


@dataclass(frozen=True, slots=True)
class ReviewChange:
    """Something else that is said of who may sign, or of a translation."""

    kind: ReviewKind
    location: Location
    """The configuration, or a record."""
    text: str
    """What changed, in words, with names as they stand there."""
    language: str = ""
    """The tag; empty for the configuration."""
    guide: str = ""


@dataclass(frozen=True, slots=True)
class Diff:
    """What changed in a project since a revision."""

    revision: str
    """As it was asked for."""
    commit: str
    """Its full name."""
    source: Language
    """The language of the guides."""
    languages: tuple[Language, ...]
    """Those that were compared."""
    sources: tuple[SourceChange, ...] = ()
    changes: tuple[Change, ...] = ()
    rests: tuple[Rest, ...] = ()
    handouts: tuple[Handout, ...] = ()
    problems: tuple[Problem, ...] = ()
    """Of what changed, and those that were not there before, as things are now."""
    warnings: tuple[Problem, ...] = ()
    """What could not be read as it was then, so that all in it counts as new."""
    reviews: tuple[ReviewChange, ...] = ()
    """In the list of reviewers and in records."""

    @property
    def empty(self) -> bool:
        """Whether nothing changed, and nothing is to be said."""
        found = (self.reviews, self.sources, self.changes, self.rests, self.handouts)
        return not any((*found, self.problems, self.warnings))

    @property
    def suspects(self) -> tuple[Change, ...]:
        """The changes to look at first."""
        return tuple(change for change in self.changes if change.hardly)

    @property
    def faulty(self) -> tuple[Change, ...]:
        """Those of the others with problems."""
        return tuple(change for change in self.changes if change.problems and not change.hardly)

    def others(self, language: Language) -> tuple[Change, ...]:
        """The rest of them in a language."""
        own = (change for change in self.changes if change.language == language)
        return tuple(change for change in own if not (change.hardly or change.problems))

    @property
    def other_problems(self) -> tuple[Problem, ...]:
        """Those of no changed message."""
        own = {problem for change in self.changes for problem in change.problems}
        return tuple(problem for problem in self.problems if problem not in own)
