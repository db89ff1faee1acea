"""A project, read and checked as a whole: what builds, checks and comparisons begin with."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import chain

from outreach.addresses import by_path, links_of
from outreach.answers import dropped_problems, read_answers
from outreach.checks import syntax_rule
from outreach.checks.files import file_problems
from outreach.checks.guides import guard_problems
from outreach.codec import digest
from outreach.config import Config
from outreach.dates import today
from outreach.interface import Label, load
from outreach.ledger import Ledger, read_ledger, with_former
from outreach.memory import Known, Memory, language_parts
from outreach.model import Language, OutreachError, Problem
from outreach.project import (
    INTERFACE,
    Folders,
    Source,
    catalog_path,
    folder_problems,
    folders,
    kept_problems,
    languages,
    logo_problems,
    module_problems,
    read_sources,
    source_language,
    wanted_in,
)
from outreach.review.editions import Edition
from outreach.review.standing import Reader, Standing
from outreach.sheet.glyphs import Glyphs
from outreach.site import Site
from outreach.stored import catalog_at
from outreach.translations import (
    LanguageTexts,
    Translations,
    check_interface,
    read_language,
    refuse_ignored,
)
from outreach.unprintable import Lettering, name_problems, read_lettering

_UNFIT = "the edition that was signed does not pass the checks of today"


@dataclass(frozen=True, slots=True)
class Read:
    """A project, read and checked."""

    site: Site
    guide_problems: tuple[Problem, ...]
    """What is wrong with guides; with an error among them nothing can be built."""
    catalog_problems: Mapping[str, tuple[Problem, ...]]
    """By language; under an empty tag those that belong to none."""
    broken: frozenset[str] = field(default=frozenset())
    """Tags of languages with a catalog that cannot be read, or without a font."""

    @property
    def problems(self) -> tuple[Problem, ...]:
        """All of them."""
        return self.problems_in(self.catalog_problems)

    def problems_in(self, tags: Collection[str]) -> tuple[Problem, ...]:
        """Those of the guides and of some languages."""
        found = (self.catalog_problems.get(tag, ()) for tag in tags)
        return (*self.guide_problems, *chain.from_iterable(found))


def read_project(
    config: Config,
    wanted: Sequence[Language] | None = None,
    *,
    unused: bool = False,
    fonts: bool = True,
    release: bool = False,
    editions: bool = False,
    memory: Memory | None = None,
) -> Read:
    """Read a project in all its languages, or those wanted; `unused` checks more than is shown.

    Without `fonts` it is not asked whether print can draw every letter. With a `memory` only that
    is read of languages which changed. Raises OutreachError when the project cannot be built at
    all.
    """
    refuse_ignored(config)
    sources, problems = read_sources(config, addresses=True)
    ledger, wrong_ledger = _ledger(config, sources)
    sources = with_former(config, sources, ledger)
    source = source_language(config)
    spelled = folders(config)
    guides = [item.guide for item in sources]
    lettering = read_lettering(config, source, guides) if fonts else Lettering()
    problems += lettering.problems
    unprintable: set[str] = set()
    retired = config.retired_on(today())
    asked = digest(guides, fonts, unused) if memory else ""
    reader = _Reader(config, sources, spelled, lettering, unused, memory, asked)
    texts: dict[str, LanguageTexts] = {}
    labels: dict[str, Label] = {source.tag: load(source)}
    found = {"": tuple(_heeded(config, folder_problems(config)))}
    for language in languages(config) if wanted is None else wanted:
        tag = language.tag
        known = reader.retired(language) if tag in retired else reader.read(language)
        texts[tag], labels[tag], found[tag] = known.texts, Label(known.label), known.problems
        unprintable.update([tag] if known.unprintable else ())
    paths = by_path(sources)
    links = {item.guide.name: links_of(config, item, paths) for item in sources}
    problems += (*wrong_ledger, *(problem for it in links.values() for problem in it.problems))
    problems += [*module_problems(config, sources), *kept_problems(config, sources)]
    problems += guard_problems(sources, source)
    problems += [*logo_problems(config), *file_problems(config, links.values(), everything=unused)]
    site = Site(
        config,
        source,
        (source, *(read.language for read in texts.values())),
        {item.guide.name: item for item in sources},
        texts,
        links,
        labels,
        fonts=lettering.sources,
    )
    standings, problems_of_records = _standings(config, site, spelled)
    for tag, items in problems_of_records.items():
        # Nobody keeps it up, so nothing in it stands in the way of the others.
        told = (replace(it, severity="warning") if tag in retired else it for it in items)
        found[tag] = (*found[tag], *told)
    everywhere = languages(config)
    answers, gone = read_answers(config, source, everywhere, spelled, site.sources, ledger)
    gone += dropped_problems(config, everywhere, "error" if release else "warning")
    found[""] = (*found[""], *_heeded(config, gone))
    site = replace(site, standings=standings, retired=retired, release=release, answers=answers)
    if editions:
        site = _with_editions(site)
        kept = file_problems(config, site.kept_links(), everything=unused)
        problems += (problem for problem in kept if problem not in problems)
    broken = unprintable.union(tag for tag, read in texts.items() if read.broken)
    if release:
        # It has notices, and the last signed edition of what cannot be read, not files of before.
        site = replace(site, unprinted=_unprinted(site, unprintable))
        broken.clear()
    return Read(site, tuple(_heeded(config, problems)), found, frozenset(broken))


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads and checks the catalogs of languages."""

    config: Config
    sources: Sequence[Source]
    spelled: Folders
    lettering: Lettering
    unused: bool
    memory: Memory | None
    asked: str
    """A digest of what all languages are read with."""

    def read(self, language: Language) -> Known:
        """What is known of a language, from the memory or from its catalogs."""
        if self.memory is None:
            return self._read(language)
        parts = partial(
            language_parts, self.config, language, self.sources, self.spelled, self.asked
        )
        return self.memory.recall(Known, parts, partial(self._read, language))

    def retired(self, language: Language) -> Known:
        """Of one that is not kept up: what was signed is what there is."""
        label, _, _ = _interface(self.config, language, self.spelled, None)
        return Known(_unread(language, self.sources), label.texts, (), unprintable=False)

    def _read(self, language: Language) -> Known:
        config, spelled = self.config, self.spelled
        no_font = tuple(name_problems(config, language, self.lettering.glyphs))
        glyphs = None if no_font else self.lettering.glyphs
        texts = read_language(
            config, language, self.sources, spelled, unused=self.unused, glyphs=glyphs
        )
        label, wrong, unreadable = _interface(config, language, spelled, glyphs)
        texts = replace(texts, broken=texts.broken or unreadable)
        return Known(texts, label.texts, (*no_font, *texts.problems, *wrong), bool(no_font))


def _unprinted(site: Site, tags: Collection[str]) -> dict[tuple[str, str], str]:
    """Why the guides of languages without a font cannot be released."""
    return {(tag, guide): "no font draws its name" for tag in tags for guide in site.sources}


def _ledger(config: Config, sources: Iterable[Source]) -> tuple[Ledger, list[Problem]]:
    """What became of guides that are gone, or why that cannot be read."""
    try:
        ledger = read_ledger(config)
    except OutreachError as error:
        return Ledger(), [error.problem]
    return ledger.without({source.guide.name for source in sources}), []


def _unread(language: Language, sources: Iterable[Source]) -> LanguageTexts:
    """A language whose catalogs were not read."""
    guides = wanted_in(language, sources)
    return LanguageTexts(
        language, {item.guide.name: Translations(total=1, broken=True) for item in guides}
    )


def _standings(
    config: Config, site: Site, spelled: Folders
) -> tuple[dict[str, dict[str, Standing]], Mapping[str, list[Problem]]]:
    """How each guide stands in each language, and what is wrong with records, by language."""
    reader = Reader(config, site.source, spelled)
    standings = {
        tag: reader.standings(read.language, site.sources, read.guides)
        for tag, read in site.texts.items()
    }
    return standings, reader.problems


def _with_editions(site: Site) -> Site:
    """The site with the signed editions that it shows; what cannot be shown is a draft."""
    editions: dict[tuple[str, str], Edition] = {}
    standings = {tag: dict(found) for tag, found in site.standings.items()}
    for language in site.languages:
        for guide in site.sources:
            kept = site.standing(language, guide).kept
            if kept is None or site.shows(language, guide) != "kept":
                continue
            edition = kept.load(site.config, language)
            if edition:
                editions[language.tag, guide] = edition
            else:
                standings[language.tag][guide] = Standing("draft", _UNFIT)
    return replace(site, standings=standings, editions=editions)


def _heeded(config: Config, problems: Iterable[Problem]) -> Iterator[Problem]:
    """The problems that the project did not silence."""
    return (problem for problem in problems if problem.rule not in config.ignore)


def _interface(
    config: Config, language: Language, spelled: Folders, glyphs: Glyphs | None
) -> tuple[Label, list[Problem], bool]:
    """The interface in a language, with what the project itself says before what we say.

    With what is wrong with the project's catalog, and whether it cannot be read.
    """
    path = catalog_path(config, language, INTERFACE, spelled)
    try:
        catalog = catalog_at(config, path)
    except OutreachError as error:
        problem = replace(error.problem, rule=syntax_rule(error.problem))
        return load(language), [problem], True
    problems = check_interface(config, language, catalog, glyphs) if catalog else []
    return load(language, catalog), problems, False
