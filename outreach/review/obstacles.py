"""Why a translation must not be signed off, and what whoever signs it should know. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from outreach.config import Config
from outreach.model import Language, Location, Message, Problem, Severity
from outreach.project import Source, template_path
from outreach.reading import Read
from outreach.report import number_of
from outreach.review.digests import pairs_of, texts_digest
from outreach.review.editions import record_path
from outreach.review.record import HUMAN, MACHINE, Record, same_name
from outreach.review.standing import person_problem, sign_off_problem
from outreach.stale import stale_problems
from outreach.translations import Translations

FEW = 5
"""Messages without a translation that are named one by one."""


@dataclass(frozen=True, slots=True)
class Place:
    """A guide in a language, and where lies what belongs to it, relative to the project."""

    config: Config
    language: Language
    guide: str
    folder: str
    """Of the language's records."""
    domain: str
    catalog: str
    """The catalog with its texts."""
    links: str
    """The catalog of link targets."""

    @property
    def record(self) -> str:
        """The path of its record."""
        return record_path(self.folder, self.guide)


@dataclass(frozen=True, slots=True)
class Case:
    """What is to be signed."""

    place: Place
    source: Source
    texts: Translations
    messages: dict[str, Message]
    """The live messages of the catalog, by msgid."""
    former: Record | None
    """The record as it is."""
    record: Record
    """The record with the sign-off in question."""
    untouched: int
    """Texts that are as a machine made them."""


def obstacles(read: Read, case: Case, *, again: bool) -> Iterator[Problem]:
    """Yield why a case must not be signed; `again` allows what was withdrawn."""
    place = case.place
    since = place.config.retired.get(place.language.tag, "")
    if place.language.tag in read.site.retired:
        text = f"{place.language.tag} is not kept up since {since}: nothing in it is signed"
        yield Problem(Location(place.config.file), text)
        return
    yield from _errors(read, case)
    yield from _untranslated(case)
    yield from (replace(it, severity="error") for it in _stale(read, place))
    yield from _of_people(case)
    yield from _of_method(case)
    if not again:
        yield from _withdrawn(case)


def cautions(read: Read, case: Case) -> Iterator[Problem]:
    """Yield what speaks against a case, and does not forbid it."""
    place, record, former = case.place, case.record, case.former
    yield from (it for it in _found(read, case) if it.severity == "warning")
    signed = record.signed
    reviewer = signed.reviewer.name if signed else ""
    if same_name(case.texts.translator, reviewer):
        text = "the header says that the reviewer translated last: was it another person's work?"
        yield Problem(Location(place.catalog), text, "warning", "record")
    if former and (wrong := _wrong(place, former)):
        text = f"the sign-off so far does not count: {wrong}. Look at the people below"
        yield _of_record(place, text, "warning")
    if former and former.method not in ("", record.method):
        text = f"the method was “{former.method}” and becomes “{record.method}”"
        yield _of_record(place, text, "warning")
    if signed and signed.method == MACHINE != record.method:
        text = "no text differs from what the machine made, so it is signed as a machine draft"
        yield _of_record(place, text, "warning")


def _errors(read: Read, case: Case) -> Iterator[Problem]:
    """What is wrong with the guide, and with its texts in the language."""
    ours = (case.source.guide.path, case.place.config.file)
    found = (*(it for it in read.guide_problems if it.location.path in ours), *_found(read, case))
    yield from (problem for problem in found if problem.severity == "error")


def _found(read: Read, case: Case) -> Iterator[Problem]:
    """What the check found in the language that concerns the guide."""
    place, segments = case.place, case.source.extracted.segments
    texts = {(place.links if it.domain else place.catalog, it.msgid) for it in segments}
    files = (place.catalog, place.links, place.config.file)
    for problem in read.catalog_problems.get(place.language.tag, ()):
        path = problem.location.path
        if (path, problem.msgid) in texts if problem.msgid else path in files:
            yield problem


def _untranslated(case: Case) -> Iterator[Problem]:
    """The first of the texts that are fuzzy or missing, and how many there are."""
    if case.texts.broken:
        return  # its reader says why
    total = case.texts.total
    if not total:
        yield Problem(Location(case.source.guide.path), "has no texts, so there is nothing to sign")
    hidden = case.source.extracted.hidden
    msgids = dict.fromkeys(it.msgid for it in case.source.extracted.segments if not it.domain)
    fuzzy: list[str] = []
    missing: list[str] = []
    for msgid in msgids:
        message = case.messages.get(msgid)
        if msgid in hidden or msgid in case.texts.texts or (message and message.translated):
            continue  # it is shown, or is withheld because of an error, which was told
        (fuzzy if message and message.fuzzy else missing).append(msgid)
    found = [(it, "is fuzzy; read it, mend it, and take the mark away") for it in fuzzy]
    found += [(it, "is not translated") for it in missing]
    path = case.place.catalog
    for msgid, text in found[:FEW]:
        line = case.messages[msgid].line if msgid in case.messages else 0
        yield Problem(Location(path, line), text, msgid=msgid)
    if found:
        counted = f"{number_of(len(fuzzy), 'fuzzy message')} and {len(missing)} missing, of {total}"
        yield Problem(Location(path), f"{counted}; only a complete translation is signed")


def _stale(read: Read, place: Place) -> Iterator[Problem]:
    """What `outreach update` would mend in the files of the guide."""
    files = (template_path(place.config, place.domain), place.catalog, place.links)
    yield from (it for it in stale_problems(read.site) if it.location.path in files)


def _of_people(case: Case) -> Iterator[Problem]:
    signed = case.record.signed
    if signed:
        text = person_problem(case.place.config, case.record, signed.reviewer, signed.date)
        if text:
            yield _of_record(case.place, text)


def _of_method(case: Case) -> Iterator[Problem]:
    """Where it is called a person's work, and is not."""
    if case.record.method != HUMAN:
        return
    mend = "say --method machine-edited"
    if case.untouched:
        machine = f"{number_of(case.untouched, 'text')} as a machine made them"
        yield _of_record(case.place, f"the method cannot be human: there are {machine}; {mend}")
    elif case.texts.method == MACHINE:
        text = f"the header says `{MACHINE}`, so the method cannot be human; {mend}, or mend it"
        yield Problem(Location(case.place.catalog), text, rule="record")


def _withdrawn(case: Case) -> Iterator[Problem]:
    """Whether just these texts were called back, and not signed since."""
    now = texts_digest(pairs_of(case.source, case.texts))
    former = case.former
    if former is None or (former.signed and former.signed.texts == now):
        return
    for item in former.withdrawn:
        if item.texts == now:
            text = f"just these texts were withdrawn on {item.date}: {item.reason}"
            yield _of_record(case.place, f"{text}. Mend them, or say --again if they are right")
            return


def _wrong(place: Place, record: Record) -> str:
    return sign_off_problem(place.config, record, place.guide, place.language.tag)


def _of_record(place: Place, text: str, severity: Severity = "error") -> Problem:
    return Problem(Location(place.record), text, severity, "record")
