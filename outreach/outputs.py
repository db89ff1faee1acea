"""One job: everything that is made of one guide in one language, put into the staging folder."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from outreach.config import PAPERS
from outreach.files import read_bytes
from outreach.model import Language, Location, OutreachError, Paper, Problem, Severity
from outreach.pages import views
from outreach.publish import stage
from outreach.sheet import start
from outreach.sheet.fonts import FontSet
from outreach.sheet.view import families, sheet_html
from outreach.site import Site, brief_page, page_path, render_page, sheet_path

STYLES = Path(__file__).parent / "styles"


@dataclass(frozen=True, slots=True)
class Job:
    """A guide in a language, and what to make of it."""

    guide: str
    language: Language
    html: bool
    papers: tuple[Paper, ...]


@dataclass(frozen=True, slots=True)
class Done:
    """What a job made."""

    job: Job
    files: Mapping[str, str] = field(default_factory=dict)
    """Digest by path below the build folder."""
    pages: int = 0
    """Of paper."""
    problems: tuple[Problem, ...] = ()
    failed: bool = False


class Maker:
    """Makes outputs in one process; keeps what is slow to set up for all of them."""

    def __init__(self, site: Site, folder: Path, fonts: FontSet | None) -> None:
        self._site = site
        self._folder = folder
        self._engine = start(fonts) if fonts else None

    def make(self, job: Job) -> Done:
        """Render the page and the sheets of a job. A failure is a problem, never raised."""
        files: dict[str, str] = {}
        try:
            if job.html:
                path = page_path(job.language, job.guide)
                text = web_page(self._site, job.guide, job.language)
                files[path] = stage(self._folder, path, text.encode())
            pages, problems = self._sheets(job, files)
        except OutreachError as error:
            return Done(job, problems=(error.problem,), failed=True)
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            problem = Problem(Location(str(error.filename or job.guide)), f"failed: {reason}")
            return Done(job, problems=(problem,), failed=True)
        return Done(job, files, pages, tuple(dict.fromkeys(problems)))

    def _sheets(self, job: Job, files: dict[str, str]) -> tuple[int, list[Problem]]:
        if self._engine is None or not job.papers:
            return 0, []
        site, pages = self._site, 0
        machine = Location(site.config.build)  # the same for all jobs, so it is told once
        problems = [Problem(machine, text, "warning", "sheet") for text in self._engine.problems]
        page = render_page(site, job.guide, job.language, medium="print")
        root = site.config.root
        images = {path: root / path for path in site.links[job.guide].files}
        for paper in job.papers:
            path = sheet_path(job.language, job.guide, paper)
            html = sheet_html(
                page, translate=site.labels[job.language.tag], site=_views_site(site), paper=paper
            )
            pdf = self._engine.pdf(html, families(page), images)
            files[path] = stage(self._folder, path, pdf.data)
            pages += pdf.pages
            problems += [_sheet_problem(site, job, text, "error") for text in pdf.errors]
            problems += [_sheet_problem(site, job, text, "warning") for text in pdf.warnings]
        return pages, problems


def web_page(site: Site, guide: str, language: Language) -> str:
    """The HTML page of a guide in one language."""
    page = render_page(site, guide, language, medium="web")
    path = page_path(language, guide)
    switcher = tuple(
        views.LanguageLink(
            other,
            _href(site, path, page_path(other, guide)),
            current=other.tag == language.tag,
        )
        for other in site.languages
    )
    return views.guide_page(
        page,
        translate=site.labels[language.tag],
        site=_views_site(site),
        place=views.Place(path),
        languages=switcher,
        downloads=_downloads(site, path, guide, language),
    )


def stage_indexes(site: Site, folder: Path, languages: Sequence[Language]) -> dict[str, str]:
    """Stage the pages that list guides, and the files that pages share; returns the digests."""
    files = {path: stage(folder, path, text.encode()) for path, text in _indexes(site, languages)}
    style = read_bytes(STYLES / "screen.css", "screen.css")
    files[views.STYLESHEET] = stage(folder, views.STYLESHEET, style)
    for links in site.links.values():
        for source, target in links.files.items():
            data = read_bytes(site.config.root / source, source)
            files[target] = stage(folder, target, data)
    return files


def _indexes(site: Site, languages: Sequence[Language]) -> Iterable[tuple[str, str]]:
    entries = []
    for language in site.languages:
        path = f"{language.tag}/index.html"
        guides = tuple(_guide_links(site, language, path))
        if language in languages:
            yield path, _language_page(site, language, path, guides)
        if language in languages or path in site.files:
            # What a catalog that cannot be read calls its guides is not known.
            broken = language.tag in site.texts and site.texts[language.tag].broken
            top = () if broken else tuple(_guide_links(site, language, "index.html"))
            entries.append(views.LanguageEntry(language, views.link("index.html", path), top))
    yield (
        "index.html",
        views.index_page(
            tuple(entries), translate=site.labels[site.source.tag], site=_views_site(site)
        ),
    )


def _language_page(
    site: Site, language: Language, path: str, guides: tuple[views.GuideLink, ...]
) -> str:
    switcher = tuple(
        views.LanguageLink(
            other,
            _href(site, path, f"{other.tag}/index.html"),
            current=other.tag == language.tag,
        )
        for other in site.languages
    )
    return views.language_page(
        language,
        guides,
        translate=site.labels[language.tag],
        site=_views_site(site),
        place=views.Place(path),
        languages=switcher,
    )


def _guide_links(site: Site, language: Language, path: str) -> Iterable[views.GuideLink]:
    """Every guide as a list shows it; in the source language where this one does not have it."""
    for guide in site.sources:
        shown = language
        if page_path(language, guide) not in site.files:
            shown = site.source
        target = page_path(shown, guide)
        if target in site.files:
            page = brief_page(site, guide, shown)
            downloads = _downloads(site, path, guide, shown)
            yield views.guide_link(page, views.link(path, target), downloads)


def _href(site: Site, path: str, target: str) -> str | None:
    return views.link(path, target) if target in site.files else None


def _downloads(site: Site, path: str, guide: str, language: Language) -> tuple[views.Download, ...]:
    papers = ((paper, sheet_path(language, guide, paper)) for paper in PAPERS)
    return tuple(
        views.Download(views.link(path, target), paper)
        for paper, target in papers
        if target in site.files
    )


def _views_site(site: Site) -> views.Site:
    config = site.config
    return views.Site(site.source, config.publisher, config.contact, config.site_url)


def _sheet_problem(site: Site, job: Job, text: str, severity: Severity) -> Problem:
    source = site.sources[job.guide].guide
    where = f"in the sheet in {job.language.english_name}: {text}"
    return Problem(Location(source.path), where, severity, "sheet")
