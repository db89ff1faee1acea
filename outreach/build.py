"""The build: read everything, check everything, render into a staging folder, then publish."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path

from outreach.addresses import ASSETS, by_path, links_of
from outreach.answers import dropped_problems, read_answers
from outreach.catalog.po import load_catalog
from outreach.checks import syntax_rule
from outreach.config import VARIANTS, Config
from outreach.dates import today
from outreach.interface import load
from outreach.ledger import Ledger, read_ledger, with_former
from outreach.model import Language, Location, OutreachError, Problem, Variant
from outreach.outputs import Done, Job, stage_indexes
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
from outreach.publish import (
    foreign,
    publish,
    read_manifest,
    remove_files,
    staging,
    write_manifest,
)
from outreach.release import left_out, older
from outreach.review.editions import Edition
from outreach.review.standing import Reader, Standing
from outreach.sheet.glyphs import Glyphs
from outreach.sheet.report import Sheet
from outreach.site import Label, Site, page_path, sheet_path
from outreach.translations import (
    LanguageTexts,
    Translations,
    check_interface,
    read_language,
    refuse_ignored,
)
from outreach.unprintable import Lettering, name_problems, read_lettering
from outreach.workers import run

HTML, PDF = "html", "pdf"
FORMATS = (HTML, PDF)
FEW = 3
"""Skipped guides of a language that are named one by one."""

_UNFIT = "the edition that was signed does not pass the checks of today"

Progress = Callable[[int, int], None]
"""Told how many of all jobs are done."""


@dataclass(frozen=True, slots=True)
class Selection:
    """What a build was asked for; empty means all."""

    languages: frozenset[str] = frozenset()
    guides: frozenset[str] = frozenset()
    formats: tuple[str, ...] = FORMATS
    variants: tuple[Variant, ...] = ()
    """Of sheets; empty: those of the configuration."""

    @property
    def everything(self) -> bool:
        narrowed = self.languages or self.guides or self.variants
        return not narrowed and set(self.formats) == set(FORMATS)


@dataclass(frozen=True, slots=True)
class Result:
    """What a build did."""

    files: int = 0
    sheets: tuple[Sheet, ...] = ()
    """All that were drawn, also those that may not be published."""
    problems: tuple[Problem, ...] = ()
    skipped: tuple[str, ...] = ()
    """Guides left out of a language, in words."""
    refused: tuple[Language, ...] = ()
    """Languages in which nothing was published."""
    older: tuple[str, ...] = ()
    """Guides of which an older version was published, in words."""

    @property
    def pages(self) -> int:
        """Of paper, published."""
        return sum(sheet.pages for sheet in self.sheets if sheet.language not in self.refused)


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
) -> Read:
    """Read a project in all its languages, or those wanted; `unused` checks more than is shown.

    Without `fonts` it is not asked whether print can draw every letter. Raises OutreachError when
    the project cannot be built at all.
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
    found = {"": tuple(_heeded(config, folder_problems(config)))}
    texts: dict[str, LanguageTexts] = {}
    labels: dict[str, Label] = {source.tag: load(source)}
    unprintable: set[str] = set()
    retired = config.retired_on(today())
    for language in languages(config) if wanted is None else wanted:
        if language.tag in retired:
            # Its catalogs are not looked at any more: what was signed is what there is.
            labels[language.tag] = _interface(config, language, spelled, None)[0]
            found[language.tag] = ()
            texts[language.tag] = _unread(language, sources)
            continue
        no_font = tuple(name_problems(config, language, lettering.glyphs))
        glyphs = None if no_font else lettering.glyphs
        read = read_language(config, language, sources, spelled, unused=unused, glyphs=glyphs)
        labels[language.tag], wrong, unreadable = _interface(config, language, spelled, glyphs)
        texts[language.tag] = replace(read, broken=read.broken or unreadable)
        unprintable.update([language.tag] if no_font else ())
        found[language.tag] = (*no_font, *read.problems, *wrong)
    paths = by_path(sources)
    links = {item.guide.name: links_of(config, item, paths) for item in sources}
    problems += wrong_ledger
    problems += [problem for item in links.values() for problem in item.problems]
    problems += [*module_problems(config, sources), *kept_problems(config, sources)]
    problems += logo_problems(config)
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
    broken = unprintable.union(tag for tag, read in texts.items() if read.broken)
    if release:
        # It has notices, and the last signed edition of what cannot be read, not files of before.
        site = replace(site, unprinted=_unprinted(site, unprintable))
        broken.clear()
    return Read(site, tuple(_heeded(config, problems)), found, frozenset(broken))


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


def build(read: Read, selection: Selection, folder: Path, progress: Progress) -> Result:
    """Build what was selected into a folder.

    A language with a broken catalog, or in which something could not be rendered, keeps the files
    it has. Raises OutreachError when the folder cannot be written or an own template is broken.
    """
    before = read_manifest(folder)
    chosen = _languages(read.site, read.broken, selection)
    jobs = list(_jobs(read.site, read.broken, selection))
    there = {path for path in before if (folder / path).is_file()}
    planned = {*_outputs(jobs, chosen), *_kept(read.site, there, read.broken, selection)}
    site = replace(read.site, files=frozenset(planned))
    with staging(folder, folder.name) as staged:
        done = run(site, jobs, staged, progress)
        problems = [problem for item in done for problem in item.problems]
        sheets = tuple(sheet for item in done for sheet in item.sheets)
        failed = frozenset(item.job.language.tag for item in done if item.failed)
        whole = {site.source.tag} if site.release else {job.language.tag for job in jobs}
        stuck = any(item.failed and _is_notice(site, item.job) for item in done)
        if failed and (failed >= whole or (site.release and stuck)):
            # As with a broken template, or a sheet in English without which nothing is released.
            none = tuple(_languages(read.site, frozenset(), selection))
            return Result(sheets=sheets, problems=tuple(problems), refused=none)
        if failed and site.release:
            return _without(read, selection, folder, progress, done)
        if failed:
            # The pages of the others link to what is missing now, so they are made again.
            rest = build(replace(read, broken=read.broken | failed), selection, folder, progress)
            return replace(rest, sheets=sheets, problems=(*problems, *rest.problems))
        files = {path: digest for item in done for path, digest in item.files.items()}
        if HTML in selection.formats:
            files |= stage_indexes(site, staged, chosen)
        strangers = foreign(folder, files, before)
        if strangers:
            return Result(problems=tuple(map(_stranger, strangers)))
        # Named before they are there: what a killed build leaves behind is ours all the same.
        both = {
            path: tuple(dict.fromkeys((*before.get(path, ()), digest)))
            for path, digest in files.items()
        }
        write_manifest(folder, {**before, **both})
        after = dict(before)
        for group in _groups(files):
            refused = list(publish(staged, folder, group))
            problems += refused
            after |= {path: both[path] if refused else (files[path],) for path in group}
    if selection.everything and not read.broken:
        gone = {path: digests for path, digests in after.items() if path not in files}
        left = dict(remove_files(folder, gone))
        problems += (_stray(problem, release=site.release) for problem in left.values())
        after = {path: after[path] for path in after if path in files or path in left}
    write_manifest(folder, after)
    skipped = tuple(
        left_out(site, chosen) if site.release else _skipped(site, read.broken, selection)
    )
    unmade = tuple(_refused(site, read.broken, selection))
    told = tuple(older(site, chosen))
    return Result(len(files), sheets, tuple(problems), tuple(skipped), unmade, told)


def _is_notice(site: Site, job: Job) -> bool:
    """Whether a job makes no text of a guide, but the page that stands in its place."""
    return site.shows(job.language, job.guide) == "notice"


def _without(
    read: Read, selection: Selection, folder: Path, progress: Progress, done: Sequence[Done]
) -> Result:
    """The same release with a notice in the place of each guide that could not be made."""
    failed = {
        (item.job.language.tag, item.job.guide): "its sheet cannot be printed"
        for item in done
        if item.failed
    }
    site = replace(read.site, unprinted={**read.site.unprinted, **failed})
    rest = build(replace(read, site=site), selection, folder, progress)
    problems = (problem for item in done for problem in item.problems)
    return replace(rest, problems=tuple(dict.fromkeys((*problems, *rest.problems))))


def _groups(files: Mapping[str, str]) -> Iterator[dict[str, str]]:
    """The files of each language, then those that all languages share."""
    tags = dict.fromkeys(path.split("/")[0] for path in files)
    for tag in sorted(tags, key=lambda tag: (tag in (ASSETS.split("/")[0], "index.html"), tag)):
        yield {path: files[path] for path in files if path.split("/")[0] == tag}


def _interface(
    config: Config, language: Language, spelled: Folders, glyphs: Glyphs | None
) -> tuple[Label, list[Problem], bool]:
    """The interface in a language, with what the project itself says before what we say.

    With what is wrong with the project's catalog, and whether it cannot be read.
    """
    path = catalog_path(config, language, INTERFACE, spelled)
    try:
        catalog = load_catalog(config.root / path, path)
    except OutreachError as error:
        problem = replace(error.problem, rule=syntax_rule(error.problem))
        return load(language), [problem], True
    problems = check_interface(config, language, catalog, glyphs) if catalog else []
    return load(language, catalog), problems, False


def _languages(site: Site, broken: frozenset[str], selection: Selection) -> list[Language]:
    return [
        language
        for language in site.languages
        if language.tag not in broken
        and (not selection.languages or language.tag in selection.languages)
    ]


def _refused(site: Site, broken: frozenset[str], selection: Selection) -> Iterator[Language]:
    """The languages that were asked for and cannot be read, printed or rendered."""
    for language in _languages(site, frozenset(), selection):
        if language.tag in broken:
            yield language


def _guides(site: Site, language: Language, selection: Selection) -> Iterator[str]:
    """The guides that have a page in a language, if only one that says why they are not there."""
    for guide in site.addresses:
        chosen = not selection.guides or guide in selection.guides
        if chosen and site.shows(language, guide) != "nothing":
            yield guide


def _jobs(site: Site, broken: frozenset[str], selection: Selection) -> Iterator[Job]:
    for language in _languages(site, broken, selection):
        variants = site.variants(language, selection.variants) if PDF in selection.formats else ()
        for guide in _guides(site, language, selection):
            sheets = variants if site.offers(language, guide) else ()
            yield Job(guide, language, HTML in selection.formats, sheets)


def _outputs(jobs: Sequence[Job], languages: Sequence[Language]) -> Iterator[str]:
    """The paths that a build will write."""
    for job in jobs:
        if job.html:
            yield page_path(job.language, job.guide)
        for variant in job.variants:
            yield sheet_path(job.language, job.guide, variant)
    for language in languages:
        yield f"{language.tag}/index.html"


def _kept(
    site: Site, written: Collection[str], broken: frozenset[str], selection: Selection
) -> Iterator[str]:
    """Files of an earlier build that stay and may be linked to."""
    for language in site.languages:
        if selection.everything and language.tag not in broken:
            continue
        candidates = [f"{language.tag}/index.html"]
        for guide in site.addresses:
            if language.tag in broken or site.shows(language, guide) != "nothing":
                candidates += [page_path(language, guide)]
                candidates += [sheet_path(language, guide, variant) for variant in VARIANTS]
        yield from (path for path in candidates if path in written)


def _skipped(site: Site, broken: frozenset[str], selection: Selection) -> Iterator[str]:
    """A line for each language with guides below the threshold."""
    for language in _languages(site, broken, selection):
        left = [
            f"{guide} ({site.translations(language, guide).percent} percent)"
            for guide in site.sources
            if site.wants(language, guide) and site.shows(language, guide) == "nothing"
        ]
        if left:
            more = f" and {len(left) - FEW} more" if len(left) > FEW else ""
            yield f"{language.english_name}: {', '.join(left[:FEW])}{more}"


def _stray(problem: Problem, *, release: bool) -> Problem:
    """A file that should be gone and is not: in a release it may be a draft."""
    return replace(problem, severity="error") if release else problem


def _stranger(path: str) -> Problem:
    text = "stands where a page belongs and was not written by outreach; move it away"
    return Problem(Location(path), text, rule="foreign-file")
