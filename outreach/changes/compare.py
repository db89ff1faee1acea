"""The comparison of a project with its past: both sides read, then compared record by record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from itertools import chain

from outreach import project as projects
from outreach.catalog.po import Catalog
from outreach.changes.catalogs import Context, compare_catalogs, previous_texts, rest_of
from outreach.changes.guides import compare_guides, pairs, renamed
from outreach.changes.handouts import Side, touched
from outreach.changes.records import Change, Diff, Handout, ReviewChange, SourceChange
from outreach.changes.reviews import compare_records, compare_reviewers
from outreach.changes.snapshot import Past
from outreach.config import Config
from outreach.files import read_bytes
from outreach.interface import packaged_template
from outreach.model import Language, OutreachError, Problem, Segment
from outreach.project import INTERFACE, LINKS, ONE_DOMAIN, Folders, Source, catalog_path
from outreach.reading import Read, read_project
from outreach.stored import catalog_at


@dataclass(frozen=True, slots=True)
class _File:
    """A catalog that is not what it was; None where there is none, or none that can be read."""

    language: Language
    domain: str
    path: str
    old: Catalog | None
    new: Catalog | None
    readable: bool


def languages(config: Config, past: Past) -> list[Language]:
    """The languages that the project has, and those that had catalogs then."""
    then = projects.languages(replace(past.config, languages=()))
    both = (*projects.languages(config), *then)
    return sorted({item.tag: item for item in both}.values(), key=lambda item: item.tag)


def compare(config: Config, past: Past, wanted: Sequence[Language]) -> Diff:
    """What changed in a project since then, in its guides and in the languages wanted.

    Raises OutreachError when the project cannot be read at all, now or then.
    """
    before, now = _then(past, wanted), read_project(config, wanted, fonts=False)
    names = renamed(before.site.sources, now.site.sources)
    files = list(_files(config, past, wanted, _domains(config, before, now, names)))
    sources = _sources(before, now, names, files)
    texts = _texts(config, now, wanted)
    holders = _holders((before, now), names)
    found = tuple(_changes(config, files, texts, holders, pairs(sources)))
    rests = (rest_of(item.old, item.new, item.path) for item in files if item.readable)
    words = {item.path for item in files if item.domain == INTERFACE}
    interfaces = {change.language.tag for change in found if change.location.path in words}
    guide_paths = {change.location.path for change in sources}
    problems = _relevant(before, now, found, guide_paths, {item.path for item in files})
    return Diff(
        past.revision,
        past.commit,
        now.site.source,
        tuple(wanted),
        sources,
        tuple(_with_problems(found, problems)),
        tuple(rest for rest in rests if rest.comments or rest.obsolete or rest.header),
        tuple(_handouts((_side(past.config, before), _side(config, now)), past, now, interfaces)),
        problems,
        (*past.problems, *unreadable(before)),
        tuple(_reviews(config, past, wanted)),
    )


def _reviews(config: Config, past: Past, wanted: Sequence[Language]) -> Iterator[ReviewChange]:
    """What changed in the list of reviewers, and in records but those of unwanted languages."""
    yield from compare_reviewers(past.reviewers, config.reviewers, config.file)
    left_out = {language.tag for language in languages(config, past)}
    left_out -= {language.tag for language in wanted}
    yield from compare_records(past.config, config, left_out)


def _sources(
    before: Read, now: Read, names: Mapping[str, str], files: Iterable[_File]
) -> tuple[SourceChange, ...]:
    """What changed in the guides that can be read."""
    previous = {k: v for item in files for k, v in previous_texts(item.new).items()}
    unread = {problem.location.path for problem in unreadable(now)}
    found = compare_guides(before.site.sources, now.site.sources, names, previous)
    return tuple(change for change in found if change.location.path not in unread)


def _handouts(
    sides: tuple[Side, Side], past: Past, now: Read, interfaces: AbstractSet[str]
) -> Iterator[Handout]:
    """The handouts that change, without those that a broken file keeps as they are."""
    before, present = sides
    both = (*before.site.languages, *present.site.languages)
    shown = {language.tag: language for language in both if language.tag not in now.broken}
    unread = {problem.location.path for problem in unreadable(now)}
    for handout in touched(before, present, shown.values(), past.changed, interfaces):
        former = before.site.sources.get(handout.guide)
        if former is None or former.guide.path not in unread:
            yield handout


def _side(config: Config, read: Read) -> Side:
    tags = {language.tag for language in projects.languages(config)}
    return Side(read.site, frozenset({*tags, read.site.source.tag}))


def _domains(config: Config, before: Read, now: Read, names: Mapping[str, str]) -> dict[str, str]:
    """The domains to compare, each with what it was called then."""
    guides = sorted(before.site.sources.keys() | now.site.sources.keys())
    own = guides if config.per_guide else [ONE_DOMAIN]
    domains = {name: names.get(name, name) for name in own if name not in names.values()}
    return domains | {LINKS: LINKS, INTERFACE: INTERFACE}


def _files(
    config: Config, past: Past, wanted: Sequence[Language], domains: Mapping[str, str]
) -> Iterator[_File]:
    spelled, spelled_then = projects.folders(config), projects.folders(past.config)
    for language in wanted:
        for domain, former in domains.items():
            then = catalog_path(past.config, language, former, spelled_then)
            path = _path(config, language, (domain, former), spelled)
            old, new = _data(past.config, then), _data(config, path)
            if old != new:
                yield _file(language, domain, (past.config, then), (config, path))


def _path(config: Config, language: Language, names: tuple[str, str], spelled: Folders) -> str:
    """Where a catalog lies: under its former name while no update has made the new one."""
    new, former = (catalog_path(config, language, name, spelled) for name in names)
    here = (config.root / new).exists() or not (config.root / former).exists()
    return new if here else former


def _data(config: Config, path: str) -> bytes | None:
    """What a catalog holds, without regard to line ends; None where it is missing or refused."""
    try:
        return read_bytes(config.root / path, path).replace(b"\r\n", b"\n")
    except OutreachError:
        return None


def _file(
    language: Language, domain: str, then: tuple[Config, str], now: tuple[Config, str]
) -> _File:
    old, _ = _loaded(*then)
    new, readable = _loaded(*now)
    return _File(language, domain, now[1], old, new, readable)


def _loaded(config: Config, path: str) -> tuple[Catalog | None, bool]:
    """A catalog, and whether it could be read; what is wrong with it, the checks say."""
    try:
        return catalog_at(config, path), True
    except OutreachError:
        return None, False


def _changes(
    config: Config,
    files: Sequence[_File],
    texts: Mapping[str, Mapping[str, AbstractSet[str]]],
    holders: Mapping[tuple[bool, str], tuple[str, ...]],
    former: Mapping[str, str],
) -> Iterator[Change]:
    for item in files:
        if not item.readable:
            continue
        links, domain = item.domain == LINKS, item.domain

        def guides(msgid: str, *, links: bool = links, domain: str = domain) -> tuple[str, ...]:
            if domain == INTERFACE:
                return ()
            own = config.per_guide and not links
            return (domain,) if own else holders.get((links, msgid), ())

        present = texts[item.language.tag].get(domain, frozenset())
        context = Context(item.language, item.path, present, former, guides)
        yield from compare_catalogs(item.old, item.new, context)


def _texts(
    config: Config, read: Read, wanted: Sequence[Language]
) -> dict[str, dict[str, AbstractSet[str]]]:
    """The msgids that each language should have in each domain now, by tag."""
    interface = {message.msgid for message in packaged_template()}

    def texts(guides: Sequence[Source]) -> dict[str, AbstractSet[str]]:
        found: dict[str, AbstractSet[str]] = {
            domain: {segment.msgid for segment in _segments(sources) if not segment.domain}
            for domain, sources in projects.domains(config, guides).items()
        }
        found[LINKS] = {s.msgid for s in _segments(guides) if s.domain == LINKS}
        found[INTERFACE] = interface
        return found

    return projects.by_language(list(read.site.sources.values()), wanted, texts)


def _holders(
    reads: Sequence[Read], names: Mapping[str, str]
) -> dict[tuple[bool, str], tuple[str, ...]]:
    """The guides that hold each link target and each text, by their names now."""
    new_names = {old: new for new, old in names.items()}
    found: dict[tuple[bool, str], dict[str, None]] = {}
    for read in reads:
        for name, source in read.site.sources.items():
            for segment in source.extracted.segments:
                key = (segment.domain == LINKS, segment.msgid)
                found.setdefault(key, {})[new_names.get(name, name)] = None
    return {key: tuple(guides) for key, guides in found.items()}


def _segments(sources: Iterable[Source]) -> Iterator[Segment]:
    return chain.from_iterable(source.extracted.segments for source in sources)


def _relevant(
    before: Read,
    now: Read,
    changes: Iterable[Change],
    guides: AbstractSet[str],
    catalogs: AbstractSet[str],
) -> tuple[Problem, ...]:
    """The problems of what changed, those that are new, and what cannot be read, each once."""
    known = {_name(problem) for problem in before.problems}
    messages = {(change.location.path, change.msgid) for change in changes}
    unread = unreadable(now)

    def concerns(problem: Problem) -> bool:
        path = problem.location.path
        own = (path, problem.msgid) in messages if problem.msgid else path in catalogs
        return own or path in guides or _name(problem) not in known or problem in unread

    found = dict.fromkeys(problem for problem in now.problems if concerns(problem))
    return tuple(sorted(found, key=lambda problem: (problem.location, problem.text)))


def _with_problems(changes: Iterable[Change], problems: Iterable[Problem]) -> Iterator[Change]:
    """The changes, each with what is wrong with it."""
    by_message: dict[tuple[str, str], list[Problem]] = {}
    for problem in problems:
        by_message.setdefault((problem.location.path, problem.msgid), []).append(problem)
    for change in changes:
        own = by_message.get((change.location.path, change.msgid), []) if change.msgid else []
        yield replace(change, problems=tuple(own))


def _name(problem: Problem) -> Problem:
    """A problem wherever in its file it stands."""
    return replace(problem, location=replace(problem.location, line=0))


def unreadable(read: Read) -> list[Problem]:
    """Why guides and catalogs could not be read."""
    paths = {source.guide.path for source in read.site.sources.values()}
    guides = [p for p in read.guide_problems if p.location.path not in paths]
    catalogs = (p for tag in sorted(read.broken) for p in read.catalog_problems[tag])
    return [p for p in (*guides, *catalogs) if p.severity == "error" and not p.msgid]


def _then(past: Past, wanted: Sequence[Language]) -> Read:
    try:
        read = read_project(past.config, wanted, fonts=False)
    except OutreachError as error:
        text = f"as it was at `{past.revision}`: {error.problem.text}"
        raise OutreachError(replace(error.problem, text=text)) from None
    # Only the present guides have to have the modules that the present configuration leaves out.
    own = tuple(p for p in read.guide_problems if p.location.path != past.config.file)
    return replace(read, guide_problems=own)
