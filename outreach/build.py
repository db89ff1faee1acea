"""The build of what was read: render into a staging folder, then publish."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from outreach.addresses import ASSETS
from outreach.cached import Cached, Digest
from outreach.config_keys import VARIANTS
from outreach.findings import Found, findings
from outreach.indexes import stage_indexes
from outreach.keys import Keys
from outreach.model import Language, Location, Problem, Variant
from outreach.outputs import Done, Job, Output
from outreach.publish import (
    Digests,
    foreign,
    publish,
    read_manifest,
    remove_files,
    staging,
    write_manifest,
)
from outreach.reading import Read
from outreach.release import left_out, older
from outreach.shards import Shard, jobs_of
from outreach.sheet.fonts import FontSet
from outreach.sheet.report import Sheet
from outreach.site import Site, page_path, sheet_path
from outreach.store import Store
from outreach.workers import Made, fonts_of, processors, run

HTML, PDF = "html", "pdf"
FORMATS = (HTML, PDF)
FEW = 3
"""Skipped guides of a language that are named one by one."""


@dataclass(frozen=True, slots=True)
class Selection:
    """What a build was asked for; empty means all."""

    languages: frozenset[str] = frozenset()
    guides: frozenset[str] = frozenset()
    formats: tuple[str, ...] = FORMATS
    variants: tuple[Variant, ...] = ()
    """Of sheets; empty: those of the configuration."""
    shard: Shard | None = None
    """The part of all that is made here; pages link to the other parts too."""

    @property
    def everything(self) -> bool:
        narrowed = self.languages or self.guides or self.variants or self.shard
        return not narrowed and set(self.formats) == set(FORMATS)


@dataclass(frozen=True, slots=True)
class Result:
    """What a build did."""

    sheets: tuple[Sheet, ...] = ()
    """All that were drawn, also those that may not be published."""
    problems: tuple[Problem, ...] = ()
    skipped: tuple[str, ...] = ()
    """Guides left out of a language, in words."""
    refused: tuple[Language, ...] = ()
    """Languages in which nothing was published."""
    older: tuple[str, ...] = ()
    """Guides of which an older version was published, in words."""
    published: Mapping[str, str] = field(default_factory=dict)
    """The digest of each file that is up to date in the build folder now, by path."""
    outputs: int = 0
    """Pages of guides and sheets among them."""
    made: int = 0
    """Those of the outputs that were rendered; the others were there."""
    memory: int = 0
    """The most MB that a worker had; 0 where none was needed, or the system does not say."""
    proved: bool = True
    """Whether another build of the same would do the same, and not more on a better machine."""

    @property
    def files(self) -> int:
        return len(self.published)

    @property
    def pages(self) -> int:
        """Of paper, published."""
        return sum(sheet.pages for sheet in self.sheets if sheet.language not in self.refused)


Run = Callable[
    [Site, Sequence[Job], Path, FontSet | None, Callable[[Done], None]],
    Made,
]


@dataclass(frozen=True, slots=True)
class Workshop:
    """Where a build is made, and with what."""

    folder: Path
    """The build folder."""
    store: Store
    code: str
    """Of our own files and all packages: see `versions.code`."""
    libraries: Callable[[], object]
    """Of print; asked where something is printed."""
    intact: Digest
    fresh: bool = False
    """Whether everything is to be made again."""
    progress: Callable[[int, int], None] = lambda _done, _total: None
    """Told how many of all pages and sheets are made."""
    run: Run = run
    """Makes what is to be made, on this machine or on others."""


def build(read: Read, selection: Selection, shop: Workshop) -> Result:
    """Build what was selected into a folder; what is up to date there or in the store stays.

    A language with a broken catalog, or in which something could not be rendered, keeps the files
    it has. Raises OutreachError when the folder cannot be written or an own template is broken.
    """
    folder = shop.folder
    before = read_manifest(folder)
    chosen = _languages(read.site, read.broken, selection)
    jobs = list(_jobs(read.site, read.broken, selection))
    there = {path for path in before if (folder / path).is_file()}
    planned = {*_outputs(jobs, chosen), *_kept(read.site, there, read.broken, selection)}
    site = replace(read.site, files=frozenset(planned))
    if selection.shard:
        jobs = jobs_of(site, jobs, selection.shard)
    with staging(folder, folder.name) as staged:
        made = _made(site, jobs, staged, shop, before)
        result = Result(
            made.sheets,
            made.problems,
            outputs=len(made.outputs),
            made=made.count,
            memory=made.memory,
            proved=not any(it.drawn and it.drawn.machine for it in made.outputs.values()),
        )
        if made.failed:
            return _again(read, site, selection, shop, jobs, made, result)
        files = {path: output.digest for path, output in made.outputs.items()}
        new = {path: files[path] for path in made.staged}
        if HTML in selection.formats:
            new |= stage_indexes(site, staged, chosen)
        files |= new
        strangers = foreign(folder, files, before)
        if strangers:
            return Result(problems=tuple(map(_stranger, strangers)))
        # Named before they are there: what a killed build leaves behind is ours all the same.
        both = {
            path: tuple(dict.fromkeys((*before.get(path, ()), digest)))
            for path, digest in files.items()
        }
        write_manifest(folder, {**before, **both})
        after = {**before, **{path: (digest,) for path, digest in files.items()}}
        problems = list(result.problems)
        for group in _groups(new):
            refused = list(publish(staged, folder, group))
            problems += refused
            after |= {path: both[path] for path in group if refused}
    if selection.everything and not read.broken:
        gone = {path: digests for path, digests in after.items() if path not in files}
        left = dict(remove_files(folder, gone))
        problems += (_stray(problem, release=site.release) for problem in left.values())
        after = {path: after[path] for path in after if path in files or path in left}
    write_manifest(folder, after)
    skipped = left_out(site, chosen) if site.release else _skipped(site, read.broken, selection)
    return replace(
        result,
        problems=tuple(problems),
        skipped=tuple(skipped),
        refused=tuple(_refused(site, read.broken, selection)),
        older=tuple(older(site, chosen)),
        published=files,
    )


@dataclass(frozen=True, slots=True)
class _Made:
    """What the jobs of a build came to."""

    outputs: Mapping[str, Output]
    staged: Sequence[str]
    """The outputs that are in the staging folder."""
    sheets: tuple[Sheet, ...]
    problems: tuple[Problem, ...]
    failed: frozenset[tuple[str, str]]
    """The tag and the guide of each job with something that must not be handed out, or was not
    made."""
    count: int
    """How many outputs were rendered."""
    memory: int
    """The most MB that a worker had."""


def _made(
    site: Site, jobs: Sequence[Job], staged: Path, shop: Workshop, ours: Mapping[str, Digests]
) -> _Made:
    """Find or make everything that the jobs ask for."""
    fonts = fonts_of(site) if any(job.variants for job in jobs) else None
    printing = (fonts.names, shop.libraries()) if fonts else None
    cached = Cached(shop.store, Keys(site, shop.code, printing), fresh=shop.fresh)
    known = cached.find(jobs, shop.folder, staged, ours, shop.intact)
    total, count = len(known.outputs) + sum(len(job.paths) for job in known.left), 0

    def finished(done: Done) -> None:
        nonlocal count
        cached.keep(done, staged)
        count += len(done.outputs)
        shop.progress(len(known.outputs) + count, total)

    # Of a few, each page and sheet is made by itself, so that no processor waits.
    few = len(known.left) < processors()
    left = [part for job in known.left for part in job.parts] if few else known.left
    ran = shop.run(site, left, staged, fonts, finished)
    new = {path: output for item in ran.done for path, output in item.outputs.items()}
    outputs = {**known.outputs, **new}
    broken: dict[tuple[str, str], dict[Problem, None]] = {}
    for item in ran.done:
        if item.failed:
            broken.setdefault(_name(item.job), {}).update(dict.fromkeys(item.problems))
    found = [
        Found(job, problems=tuple(broken[_name(job)]))
        if _name(job) in broken
        else findings(site, job, outputs)
        for job in jobs
    ]
    problems = [problem for it in ran.done if not it.failed for problem in it.problems]
    problems += (problem for it in found for problem in it.problems)
    failed = frozenset({_name(it.job) for it in found if it.failed} | broken.keys())
    sheets = tuple(sheet for it in found for sheet in it.sheets)
    return _Made(outputs, (*known.staged, *new), sheets, tuple(problems), failed, count, ran.memory)


def _again(
    read: Read,
    site: Site,
    selection: Selection,
    shop: Workshop,
    jobs: Sequence[Job],
    tried: _Made,
    result: Result,
) -> Result:
    """The build without what failed, if that is anything; the pages of the others link to it."""
    shop = replace(shop, fresh=False)  # what was made just now need not be made again
    failed = {tag for tag, _ in tried.failed}
    whole = {site.source.tag} if site.release else {job.language.tag for job in jobs}
    stuck = any(_is_notice(site, job) for job in jobs if _name(job) in tried.failed)
    if failed >= whole or (site.release and (stuck or selection.shard)):
        # As with a broken template, or a sheet in English without which nothing is released. In a
        # part of a release nobody could tell the other parts that a notice stands here.
        none = tuple(_languages(read.site, frozenset(), selection))
        return replace(result, refused=none)
    if site.release:
        # A notice stands in the place of each guide that could not be made.
        why = dict.fromkeys(tried.failed, "its sheet cannot be printed")
        site = replace(read.site, unprinted={**read.site.unprinted, **why})
        rest = build(replace(read, site=site), selection, shop)
        return replace(rest, problems=tuple(dict.fromkeys((*result.problems, *rest.problems))))
    rest = build(replace(read, broken=read.broken | failed), selection, shop)
    problems = (*result.problems, *rest.problems)
    made, memory = result.made + rest.made, max(result.memory, rest.memory)
    return replace(rest, sheets=result.sheets, problems=problems, made=made, memory=memory)


def _name(job: Job) -> tuple[str, str]:
    return job.language.tag, job.guide


def _is_notice(site: Site, job: Job) -> bool:
    """Whether a job makes no text of a guide, but the page that stands in its place."""
    return site.shows(job.language, job.guide) == "notice"


def _groups(files: Mapping[str, str]) -> Iterator[dict[str, str]]:
    """The files of each language, then those that all languages share."""
    tags = dict.fromkeys(path.split("/")[0] for path in files)
    for tag in sorted(tags, key=lambda tag: (tag in (ASSETS.split("/")[0], "index.html"), tag)):
        yield {path: files[path] for path in files if path.split("/")[0] == tag}


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
