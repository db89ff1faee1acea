"""How a translation stands: computed from the record and the texts, never stored.

A sign-off holds while the source is the one that was signed and every text that readers are shown
is one of the pairs that were signed. So an edit of a translation ends it, and taking the edit back
restores it; an edit of the source makes the signed edition an older one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from typing import Literal

from outreach.config import Config
from outreach.guides import is_critical
from outreach.model import Guide, Language, Location, OutreachError, Problem
from outreach.project import Folders, Source
from outreach.report import number_of
from outreach.review.digests import (
    Pair,
    pairs_of,
    source_digest,
    text_digest,
    texts_digest,
)
from outreach.review.editions import (
    Edition,
    kept_guide,
    kept_source,
    kept_text,
    load_edition,
    load_record,
    record_path,
    reviews_folder,
    signed_pairs,
)
from outreach.review.record import (
    EDITED,
    HUMAN,
    MACHINE,
    Person,
    Record,
    SignOff,
    Withdrawal,
    seal_of,
)
from outreach.review.source import same_page
from outreach.translations import Translations

State = Literal["missing", "draft", "translated", "reviewed", "outdated", "withdrawn"]
STATES: tuple[State, ...] = (
    "missing",
    "draft",
    "translated",
    "reviewed",
    "outdated",
    "withdrawn",
)


@dataclass(frozen=True, slots=True)
class Kept:
    """Where the edition lies that was signed, and that is there as it was."""

    folder: str
    """Of the records of its language, relative to the project."""
    guide: Guide
    """As it is now."""
    signed: SignOff

    def load(self, config: Config, language: Language) -> Edition | None:
        """The edition; None where not all of it passes the checks of today, so nothing is shown."""
        found = load_edition(config, language, self.guide, self.folder, self.signed)
        complete = found and found.translations.translated == found.translations.total
        return found if complete else None


@dataclass(frozen=True, slots=True)
class Standing:
    """How one guide stands in one language."""

    state: State
    why: str = ""
    """In words, why it is not reviewed; empty where it is."""
    method: str = ""
    """How the translation was made, as far as it is known; empty: unknown."""
    untouched: int = 0
    """Texts that are still as a machine made them."""
    record: Record | None = None
    kept: Kept | None = None
    """The edition that was signed, where the present one is not it and it may be shown."""
    edited: int = 0
    """Texts that are not as they were signed."""
    critical: bool = False
    """Whether it is withdrawn because its source changed and an older sheet would do harm."""
    renewed: bool = False
    """Whether it was withdrawn, and its texts are not those of then any more."""

    @property
    def signed(self) -> SignOff | None:
        """The sign-off, where it counts."""
        if self.record is None or self.state not in ("reviewed", "outdated"):
            return None
        return self.record.signed

    @property
    def withdrawal(self) -> Withdrawal | None:
        """The withdrawal that holds, by somebody's hand."""
        return self.record.withdrawn[-1] if self.record and self.record.is_withdrawn else None

    @property
    def codes(self) -> tuple[str, ...]:
        """The edition code of a sheet that is outdated and must not be handed out any more."""
        signed = self.record.signed if self.record and self.critical else None
        return (signed.code,) if signed else ()


class Reader:
    """Reads how the guides stand in a language."""

    def __init__(self, config: Config, source: Language, spelled: Folders) -> None:
        self._config = config
        self._source = source
        self._spelled = spelled
        self._same: dict[tuple[str, str, str], bool] = {}
        self._digests: dict[str, str] = {}
        self._guides: dict[tuple[str, bytes], tuple[Guide | None, str]] = {}
        self.problems: dict[str, list[Problem]] = {}
        """By language: what is wrong with records."""

    def standings(
        self, language: Language, sources: Mapping[str, Source], texts: Mapping[str, Translations]
    ) -> dict[str, Standing]:
        """How each guide that the language has stands, by its name."""
        folder = reviews_folder(self._config, language, self._spelled)
        return {
            guide: self._standing(language, sources[guide], found, folder)
            for guide, found in texts.items()
        }

    def _standing(
        self, language: Language, source: Source, texts: Translations, folder: str
    ) -> Standing:
        path = record_path(folder, source.guide.name)
        try:
            record = load_record(self._config, path)
        except OutreachError as error:
            self.problems.setdefault(language.tag, []).append(error.problem)
            return _unsigned(None, texts, "its record cannot be read")
        if record is None:
            return _unsigned(None, texts, "it has no record")
        wrong = sign_off_problem(self._config, record, source.guide.name, language.tag)
        if record.is_withdrawn:
            now = texts_digest(pairs_of(source, texts))
            renewed = now != record.withdrawn[-1].texts
            draft = _unsigned(record, texts, "it was withdrawn")
            return replace(draft, state="withdrawn", renewed=renewed)
        if record.signed is None:
            return _unsigned(record, texts, "nobody has signed it off")
        if wrong:
            problem = Problem(
                Location(path), f"the sign-off does not count: {wrong}", rule="record"
            )
            self.problems.setdefault(language.tag, []).append(problem)
            return _unsigned(record, texts, wrong)
        return self._signed(source, texts, (folder, record, record.signed))

    def _signed(
        self,
        source: Source,
        texts: Translations,
        known: tuple[str, Record, SignOff],
    ) -> Standing:
        folder, record, signed = known
        pairs = pairs_of(source, texts)
        same = self._digest(source) == signed.source
        complete = texts.translated == texts.total and not texts.broken
        if same and complete and texts_digest(pairs) == signed.texts:
            return Standing("reviewed", method=signed.method, record=record)
        kept = Kept(folder, source.guide, signed)
        guide, before = (
            self._kept(kept),
            signed_pairs(self._config, source.guide.name, folder, signed),
        )
        if guide is None or before is None:
            return _unsigned(record, texts, "the edition that was signed is not kept as it was")
        same = same or self._is_same(guide, source, before)
        edited = 0 if texts.broken else _edited(before, source, pairs, everything=same)
        if edited:
            why = f"{number_of(edited, 'text')} not as they were signed"
            return replace(_unsigned(record, texts, why), edited=edited)
        if same:
            shown = kept if texts.broken else None
            return Standing("reviewed", method=signed.method, record=record, kept=shown)
        critical = is_critical(source.guide) or is_critical(guide)
        return Standing(
            "withdrawn" if critical else "outdated",
            "the source changed since it was reviewed",
            signed.method,
            record=record,
            kept=kept,
            critical=critical,
        )

    def _digest(self, source: Source) -> str:
        """The digest of a guide, made once for all languages."""
        name = source.guide.name
        if name not in self._digests:
            self._digests[name] = source_digest(source.guide)
        return self._digests[name]

    def _kept(self, kept: Kept) -> Guide | None:
        """The guide that was signed, if it is there as it was; read once for all languages."""
        data = kept_text(self._config, kept.guide.name, kept.folder)
        key = (kept.guide.name, data)
        if key not in self._guides:
            guide = kept_guide(data, kept.guide.name, kept.guide.path)
            self._guides[key] = (guide, source_digest(guide) if guide else "")
        guide, digest = self._guides[key]
        return guide if digest == kept.signed.source else None

    def _is_same(self, kept: Guide, source: Source, pairs: Iterable[Pair]) -> bool:
        """Whether readers see the same in both; asked once for all languages."""
        before = {msgid for domain, _, msgid, _ in pairs if not domain}
        now = {segment.msgid for segment in source.extracted.segments if not segment.domain}
        if before - now or now - source.extracted.hidden - before:
            return False  # which is far cheaper to see
        key = (kept.name, kept.front_text, kept.text)
        if key not in self._same:
            old = kept_source(self._config, kept)
            self._same[key] = same_page(old, source, self._source, self._config)
        return self._same[key]


def sign_off_problem(config: Config, record: Record, guide: str, language: str) -> str:
    """Why the sign-off of a record does not count, in words; empty where it does or is none."""
    signed = record.signed
    if signed is None:
        return ""
    if (record.guide, record.language) != (guide, language):
        return f"it is that of {record.guide} in {record.language}; sign this one for itself"
    if signed.seal != seal_of(record):
        return "the record was changed since; take it back, or review the sheet anew"
    return person_problem(config, record, signed.reviewer, signed.date)


def person_problem(config: Config, record: Record, reviewer: Person, day: str) -> str:
    """Why a person cannot sign a record on a day, in words; empty where they can."""
    if not record.translators:
        return "the record names no translator, so nobody knows that a second person reviewed it"
    if any(person.is_same(reviewer) for person in record.translators):
        return f"{reviewer.name} is also a translator; another person has to review"
    listed = [item for item in config.reviewers if item.name == reviewer.name]
    if not listed:
        return f"{reviewer.name} is not among the `reviewers` in {config.file}"
    if not any(item.may_sign(record.language, day) for item in listed):
        return f"{reviewer.name} is no reviewer of {record.language} in {config.file} on {day}"
    return ""


def method_of(record: Record | None, texts: Translations) -> tuple[str, int]:
    """How a translation was made, as far as it is known, and how many texts are a machine's.

    What is computed comes before what somebody said.
    """
    machine = record.machine if record else frozenset()
    said = record.method if record else ""
    if machine:
        untouched = sum(text_digest(text) in machine for text in texts.texts.values())
        if untouched == texts.translated:
            return MACHINE, untouched
        return (EDITED if untouched or said != HUMAN else HUMAN), untouched
    if texts.method == MACHINE and said != EDITED:
        return MACHINE, 0
    return said, 0


def _unsigned(record: Record | None, texts: Translations, why: str) -> Standing:
    method, untouched = method_of(record, texts)
    state: State = "draft"
    if not texts.translated and not texts.broken and texts.total:
        state = "missing"
    elif texts.translated == texts.total and method != MACHINE and not texts.broken:
        state = "translated"
    return Standing(state, why, method, untouched, record)


def _edited(
    kept: AbstractSet[Pair], source: Source, pairs: Sequence[Pair], *, everything: bool
) -> int:
    """How many texts of the signed edition have another translation now, or none.

    `everything` asks for all texts of the guide, else only for those that it had then.
    """
    signed = {(pair[0], pair[2]) for pair in kept}
    shown = {(pair[0], pair[2]) for pair in pairs}
    wanted = {(it.domain, it.msgid) for it in source.extracted.segments}
    hidden = {("", msgid) for msgid in source.extracted.hidden}
    lost = (signed & wanted) - hidden - shown
    if everything:
        lost |= {key for key in wanted - hidden - shown if not key[0]}
    other = {(pair[0], pair[2]) for pair in pairs if pair not in kept}
    return len(lost | (other if everything else {it for it in other if it in signed or it[0]}))
