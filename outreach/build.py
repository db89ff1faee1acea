"""The build of what was read: render into a staging folder, then publish."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from outreach.addresses import ASSETS
from outreach.config import VARIANTS
from outreach.model import Language, Location, Problem, Variant
from outreach.outputs import Done, Job, stage_indexes
from outreach.publish import (
    foreign,
    publish,
    read_manifest,
    remove_files,
    staging,
    write_manifest,
)
from outreach.reading import Read
from outreach.release import left_out, older
from outreach.sheet.report import Sheet
from outreach.site import Site, page_path, sheet_path
from outreach.workers import run

HTML, PDF = "html", "pdf"
FORMATS = (HTML, PDF)
FEW = 3
"""Skipped guides of a language that are named one by one."""

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
    memory: int = 0
    """The most MB that a worker had; 0 where the system does not say."""

    @property
    def pages(self) -> int:
        """Of paper, published."""
        return sum(sheet.pages for sheet in self.sheets if sheet.language not in self.refused)


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
        made = run(site, jobs, staged, progress)
        done = made.done
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
    memory = made.memory
    return Result(len(files), sheets, tuple(problems), tuple(skipped), unmade, told, memory)


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
