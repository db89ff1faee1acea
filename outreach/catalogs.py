"""Plan the catalogs of a project: all of a language at once, because they share translations."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from outreach.catalog.collect import format_reference
from outreach.catalog.meaning import changes
from outreach.catalog.merge import new_catalog, rewritten, unique, with_header, with_method
from outreach.catalog.po import Catalog, bytes_to_write, format_catalog_bytes
from outreach.catalog.reuse import Edit, Take, Wanted, plan
from outreach.checks.file import check_charset
from outreach.config import Config
from outreach.model import Language, Location, Message, OutreachError, Problem, Severity
from outreach.project import (
    INTERFACE,
    LINKS,
    Folders,
    Source,
    by_language,
    catalog_path,
    catalogs_on_disk,
    folders,
    is_ours,
    wanted_in,
)
from outreach.report import has_errors
from outreach.stored import catalog_at
from outreach.update import HELP, Domains, Gone, Update, joined, messages_by_domain
from outreach.writing import Write

Interface = Callable[[Language], Sequence[Message]]


def plan_catalogs(
    config: Config,
    sources: Sequence[Source],
    languages: Sequence[Language],
    interface: Interface,
    same_meaning: Collection[str] = (),
) -> Update:
    """The catalogs of some languages, brought up to the messages; missing ones are begun.

    `interface` gives the messages of the interface that a project must translate itself, none
    where the package has them. `same_meaning` names guides whose edits change nothing for readers.
    A catalog that cannot be read is a problem and stays as it is.
    """
    spelled = folders(config)
    domains = by_language(sources, languages, partial(messages_by_domain, config))
    names = frozenset(source.guide.name for source in sources)
    edited = [source for source in sources if source.guide.name in same_meaning]
    return joined(
        _plan_language(
            _Place(config, language, spelled, names),
            frozenset(source.guide.name for source in wanted_in(language, sources)),
            {**domains[language.tag], INTERFACE: tuple(interface(language))},
            wanted_in(language, edited),
        )
        for language in languages
    )


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the catalogs of a language are."""

    config: Config
    language: Language
    spelled: Folders
    guides: frozenset[str]
    """The names of all guides, also of those that are kept to other languages."""

    def path(self, domain: str) -> str:
        return catalog_path(self.config, self.language, domain, self.spelled)

    def load(self, path: str) -> Catalog | None:
        return catalog_at(self.config, path)

    def gone(self, names: Collection[str]) -> list[Gone]:
        """The catalogs of other guides than those with these names."""
        return [
            Gone(path, kept=name in self.guides)
            for name, path in catalogs_on_disk(self.config, self.language, self.spelled)
            if name not in (*names, LINKS, INTERFACE)
            and (self.config.root / path).is_file()
            and is_ours(self.config, path)
        ]

    def silent(self, names: Iterable[str]) -> list[str]:
        """The catalogs of guides that lost their last text, which stay as they are."""
        return [self.path(name) for name in sorted(names)] if self.config.per_guide else []


@dataclass(frozen=True, slots=True)
class _Opened:
    """A catalog before its update."""

    wanted: Wanted
    read: Catalog | None
    """As it is on disk; None when it is begun."""
    markdown: bool


def _plan_language(
    place: _Place, names: frozenset[str], domains: Domains, edited: Sequence[Source]
) -> Update:
    opened, problems = _open_all(place, domains)
    gone = place.gone(names)
    paths = [item.path for item in gone]
    others, unread = _load_all(place, [*paths, *place.silent(names - domains.keys())])
    shared = [item for item in opened if item.markdown]
    references = {format_reference(source.guide.path) for source in edited}
    found = plan([item.wanted for item in shared], others, references)
    planned = [*zip(shared, found.takes, found.methods, strict=True), *_plan_alone(opened)]
    writes = []
    for item, takes, method in planned:
        try:
            catalog = rewritten(with_method(item.wanted.catalog, method), takes)
            if catalog is not item.read:
                before = format_catalog_bytes(item.read) if item.read else None
                writes.append(Write(catalog.path, bytes_to_write(catalog), before))
        except OutreachError as error:
            problems.append(error.problem)
    judged = list(_judged(place.config, edited, found.edits))
    refused = tuple(problem for problem in judged if problem.severity == "error")
    warnings = [problem for problem in judged if problem.severity != "error"]
    # A translation in a file that goes may have had no catalog to move to, or be unread itself.
    whole = not unread and not has_errors(problems)
    held = {catalog.path: format_catalog_bytes(catalog) for catalog in others} if whole else {}
    return Update(
        tuple(writes),
        (*problems, *unread, *warnings),
        gone=tuple(replace(it, before=held.get(it.path, ...)) for it in gone) if whole else (),
        held=() if whole else tuple(gone),
        refused=refused,
    )


def _plan_alone(opened: Iterable[_Opened]) -> Iterator[tuple[_Opened, tuple[Take, ...], str]]:
    """Yield the catalogs that share nothing, and what their messages take."""
    for item in opened:
        if not item.markdown:
            found = plan([item.wanted], markdown=False)
            yield item, found.takes[0], found.methods[0]


def _open_all(place: _Place, domains: Domains) -> tuple[list[_Opened], list[Problem]]:
    """Read or begin the catalogs of the domains; links have one only where it is there already."""
    opened: list[_Opened] = []
    problems: list[Problem] = []
    for domain in filter(domains.get, domains):
        path = place.path(domain)
        try:
            read = place.load(path)
        except OutreachError as error:
            problems.append(error.problem)
            continue
        if read is not None:
            problems += check_charset(read)
            catalog = with_header(read, place.language)
        elif domain == LINKS:
            continue
        else:
            catalog = new_catalog(path, place.language, (), place.config.name, HELP)
        wanted = Wanted(catalog, unique(domains[domain]), begun=read is None)
        opened.append(_Opened(wanted, read, markdown=domain not in (LINKS, INTERFACE)))
    return opened, problems


def _load_all(place: _Place, gone: Iterable[str]) -> tuple[list[Catalog], list[Problem]]:
    """Read the catalogs of guides that are gone: that one is broken only deserves a warning."""
    catalogs: list[Catalog] = []
    problems: list[Problem] = []
    for path in gone:
        try:
            catalog = place.load(path)
        except OutreachError as error:
            problems.append(replace(error.problem, severity="warning"))
        else:
            catalogs += [catalog] if catalog else []
    return catalogs, problems


def _judged(config: Config, edited: Sequence[Source], edits: Iterable[Edit]) -> Iterator[Problem]:
    """Yield why edits cannot be said to change nothing, and which are too large for it."""
    places: dict[str, Location] = {}
    for source in edited:
        for segment in source.extracted.segments:
            places.setdefault(segment.msgid, segment.location)
    for edit in edits:
        text, severity = _judgement(config, edit)
        if text:
            place = places[edit.new.msgid]
            yield Problem(place, text, severity, "same-meaning", edit.new.msgid)


def _judgement(config: Config, edit: Edit) -> tuple[str, Severity]:
    if edit.taken is None:
        return "was changed too much to keep its translations; they become fuzzy", "warning"
    found = "; ".join(changes(edit.old.msgid, edit.new.msgid, config.source_language))
    advice = "undo that edit, or update without --same-meaning, so that translators see it"
    return (f"{found}; {advice}" if found else ""), "error"
