"""One job: everything that is made of one guide in one language, put into the staging folder."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from outreach.config import PAPERS, VARIANTS
from outreach.files import read_bytes
from outreach.guides import front_matter_line, promised_pages
from outreach.model import (
    Language,
    Location,
    Notice,
    OutreachError,
    Page,
    Paper,
    Problem,
    Severity,
    Variant,
)
from outreach.notices import notice_of
from outreach.pages import views
from outreach.publish import stage
from outreach.sheet import start
from outreach.sheet.fonts import FontSet
from outreach.sheet.inspect import LEAST
from outreach.sheet.report import Sheet
from outreach.sheet.rules import LARGE
from outreach.sheet.view import families, sheet_html
from outreach.site import Site, brief_page, page_path, render_page, sheet_path

if TYPE_CHECKING:
    from outreach.sheet.engine import Pdf  # loads WeasyPrint

STYLES = Path(__file__).parent / "styles"


@dataclass(frozen=True, slots=True)
class Job:
    """A guide in a language, and what to make of it."""

    guide: str
    language: Language
    html: bool
    variants: tuple[Variant, ...]
    """Of its sheets."""


@dataclass(frozen=True, slots=True)
class Done:
    """What a job made."""

    job: Job
    files: Mapping[str, str] = field(default_factory=dict)
    """Digest by path below the build folder."""
    sheets: tuple[Sheet, ...] = ()
    """What was found in its sheets."""
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
            sheets, problems = self._sheets(job, files)
        except OutreachError as error:
            return Done(job, problems=(error.problem,), failed=True)
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            problem = Problem(Location(str(error.filename or job.guide)), f"failed: {reason}")
            return Done(job, problems=(problem,), failed=True)
        failed = any(item.severity == "error" and item.rule == "sheet" for item in problems)
        return Done(job, files, sheets, tuple(dict.fromkeys(problems)), failed)

    def _sheets(self, job: Job, files: dict[str, str]) -> tuple[tuple[Sheet, ...], list[Problem]]:
        if self._engine is None or not job.variants:
            return (), []
        site = self._site
        machine = Location(site.config.build)  # the same for all jobs, so it is told once
        problems = [Problem(machine, text, "warning", "sheet") for text in self._engine.problems]
        pair = Pair.of(site, job)
        drawn: dict[Variant, Pdf] = {}
        for variant in job.variants:
            pdf = self._engine.pdf(
                pair.front(variant),
                families(pair.page),
                _images(site, job.guide, job.language),
                behind=pair.back(variant),
                least=LARGE if variant == "large-print" else LEAST,
                shown=site.sources[job.guide].guide.path,
            )
            path = sheet_path(job.language, job.guide, variant)
            files[path] = stage(self._folder, path, pdf.data)
            drawn[variant] = pdf
        promised = 0 if _is_older(pair.page) else promised_pages(site.sources[job.guide].guide) or 0
        sheets = tuple(_sheet(job, variant, pdf, promised) for variant, pdf in drawn.items())
        return sheets, [*problems, *_sheet_problems(site, job, drawn, promised)]


@dataclass(frozen=True, slots=True)
class Pair:
    """A guide in a language, and in the source language where a sheet shows both."""

    site: Site
    page: Page
    source: Page | None

    @classmethod
    def of(cls, site: Site, job: Job) -> Pair:
        page = render_page(site, job.guide, job.language, medium="print")
        both = set(job.variants) & {"bilingual", "columns"}
        source = None
        if both:
            source = render_page(site, job.guide, site.source, medium="print", beside=job.language)
        return cls(site, page, source)

    def front(self, variant: Variant) -> str:
        """The document of a sheet."""
        beside = self.source if variant == "columns" else None
        return self._document(self.page, variant, beside)

    def back(self, variant: Variant) -> str | None:
        """The document for the back of the paper, if there is to be one."""
        if variant != "bilingual" or self.source is None:
            return None
        return self._document(self.source, variant, front=self.page)

    def _document(
        self,
        page: Page,
        variant: Variant,
        beside: Page | None = None,
        front: Page | None = None,
    ) -> str:
        return sheet_html(
            page,
            translate=self.site.labels[page.language.tag],
            site=_views_site(self.site),
            paper=_paper(self.site, variant),
            large=variant == "large-print",
            beside=beside,
            front=front,
        )


def _images(site: Site, guide: str, language: Language) -> dict[str, Path]:
    """The file behind each image of a sheet, by its path in the project."""
    links = site.content(language, guide).links
    paths = [*links.files, *filter(None, (site.config.partner_logo,))]
    return {path: site.config.root / path for path in paths}


def _paper(site: Site, variant: Variant) -> Paper:
    """The paper that a variant names, or the project's first."""
    return next((paper for paper in PAPERS if paper == variant), site.config.paper[0])


def web_page(site: Site, guide: str, language: Language) -> str:
    """The HTML page of a guide in one language."""
    path = page_path(language, guide)
    switcher = tuple(
        views.LanguageLink(
            other,
            _switch(site, path, other, guide),
            current=other.tag == language.tag,
            notice=site.shows(other, guide) == "notice",
        )
        for other in site.languages
    )
    if site.shows(language, guide) == "notice":
        notice = notice_of(site, language, guide)
        return views.notice_page(
            notice,
            translate=site.labels[language.tag],
            site=_views_site(site),
            place=views.Place(path),
            languages=switcher,
            downloads=_downloads(site, path, guide, site.source),
            targets=tuple(_targets(site, language, path, notice)),
        )
    return views.guide_page(
        render_page(site, guide, language, medium="web"),
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
    for links in (*site.links.values(), *site.kept_links()):
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
            unread = language.tag in site.texts and site.texts[language.tag].broken
            broken = unread and not site.release
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
    """Every guide as a list shows it; in the source language where this one does not have it.

    A guide that is kept to other languages is not among them.
    """
    wanted = (guide for guide in site.sources if site.wants(language, guide))
    yield from filter(None, (_guide_link(site, language, path, guide) for guide in wanted))


def _guide_link(site: Site, language: Language, path: str, guide: str) -> views.GuideLink | None:
    """A guide as lists in a language show it; None where it has no page at all.

    Where the language has but a notice, that is linked beside the text in the source language.
    """
    own = page_path(language, guide)
    has_notice = site.shows(language, guide) == "notice"
    shown = language if own in site.files and not has_notice else site.source
    target = page_path(shown, guide)
    if target not in site.files:
        return None
    page, downloads = brief_page(site, guide, shown), _downloads(site, path, guide, shown)
    found = views.guide_link(page, views.link(path, target), downloads)
    if not has_notice or own not in site.files:
        return found
    kind = notice_of(site, language, guide).kind
    return replace(found, notice=kind, notice_href=views.link(path, own))


def _targets(
    site: Site, language: Language, path: str, notice: Notice
) -> Iterator[views.GuideLink]:
    """The guides that took the place of one, in a language if they are there."""
    found = (_guide_link(site, language, path, guide) for guide in notice.targets)
    return filter(None, found)


def _switch(site: Site, path: str, language: Language, guide: str) -> str | None:
    """The address of a guide in another language.

    The source's page of a guide that is gone says no more than this one, so none is promised.
    """
    if guide not in site.sources and language.tag == site.source.tag:
        return None
    return _href(site, path, page_path(language, guide))


def _href(site: Site, path: str, target: str) -> str | None:
    return views.link(path, target) if target in site.files else None


def _downloads(site: Site, path: str, guide: str, language: Language) -> tuple[views.Download, ...]:
    sheets = ((variant, sheet_path(language, guide, variant)) for variant in VARIANTS)
    return tuple(
        views.Download(views.link(path, target), variant)
        for variant, target in sheets
        if target in site.files
    )


def _views_site(site: Site) -> views.Site:
    config = site.config
    return views.Site(
        site.source,
        config.publisher,
        config.contact,
        config.site_url,
        config.license,
        config.license_url,
        config.disclaimer,
        config.partner,
        config.partner_logo,
        config.local_contacts,
    )


def _sheet(job: Job, variant: Variant, pdf: Pdf, promised: int) -> Sheet:
    """What the report says of a sheet."""
    return Sheet(
        job.language,
        variant,
        pdf.pages,
        pdf.fonts,
        pdf.smallest,
        len(pdf.letters),
        len(pdf.overflow),
        len(pdf.small),
        _too_long(variant, pdf, promised),
    )


def _too_long(variant: Variant, pdf: Pdf, promised: int) -> bool:
    return variant in PAPERS and pdf.pages > promised > 0


def _is_older(page: Page) -> bool:
    """Whether nobody can shorten a page any more: it is as it was signed off."""
    return not page.is_source and (page.state == "outdated" or page.retired)


def _sheet_problems(
    site: Site, job: Job, drawn: Mapping[Variant, Pdf], promised: int
) -> Iterator[Problem]:
    """What is wrong with the sheets of a job, told once for all variants that have it."""
    guide = site.sources[job.guide].guide
    found: dict[tuple[Severity, str, str], list[str]] = {}
    for variant, pdf in drawn.items():
        for text in pdf.errors:
            found.setdefault(("error", "sheet", text), []).append(variant)
        for text in pdf.warnings:
            found.setdefault(("warning", "sheet", text), []).append(variant)
        if _too_long(variant, pdf, promised):
            text = f"takes {pdf.pages} pages, and `pages` promises {promised}; shorten the text"
            found.setdefault(("error", "pages", text), []).append(variant)
    for (severity, rule, text), variants in found.items():
        line = front_matter_line(guide, "pages") if rule == "pages" else 0
        where = f"in the sheet in {job.language.english_name} ({', '.join(variants)}): {text}"
        yield Problem(Location(guide.path, line), where, severity, rule)
