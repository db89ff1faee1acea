"""One job: outputs of one guide in one language, rendered and put into the staging folder."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from outreach.addresses import resolve
from outreach.around import around, said_of
from outreach.config_keys import PAPERS
from outreach.model import Language, Location, OutreachError, Page, Paper, Problem, Variant
from outreach.notices import notice_of
from outreach.pages import views
from outreach.publish import stage
from outreach.rendered import render_page
from outreach.sheet import start
from outreach.sheet.drawing import Drawing, Picture, draw
from outreach.sheet.fonts import FontSet
from outreach.sheet.inspect import LEAST
from outreach.sheet.report import Drawn
from outreach.sheet.rules import LARGE
from outreach.sheet.view import families, sheet_html
from outreach.site import Site, page_path, sheet_path


@dataclass(frozen=True, slots=True)
class Job:
    """A guide in a language, and what to make of it."""

    guide: str
    language: Language
    html: bool
    variants: tuple[Variant, ...]
    """Of its sheets."""

    @property
    def paths(self) -> tuple[str, ...]:
        """What it makes, below the build folder."""
        pages = (page_path(self.language, self.guide),) if self.html else ()
        return (*pages, *(sheet_path(self.language, self.guide, it) for it in self.variants))

    @property
    def parts(self) -> tuple[Job, ...]:
        """The same as jobs that make one thing each."""
        page = (replace(self, variants=()),) if self.html else ()
        return (*page, *(replace(self, html=False, variants=(it,)) for it in self.variants))


@dataclass(frozen=True, slots=True)
class Output:
    """A page or a sheet, made."""

    digest: str
    """Of its content."""
    drawn: Drawn | None = None
    """What was found in a sheet."""


@dataclass(frozen=True, slots=True)
class Done:
    """What a job made."""

    job: Job
    outputs: Mapping[str, Output]
    """By path below the build folder."""
    problems: tuple[Problem, ...] = ()
    failed: bool = False
    """Whether something could not be made, as the problems say."""


class Maker:
    """Makes outputs in one process; keeps what is slow to set up for all of them."""

    def __init__(self, site: Site, folder: Path, fonts: FontSet | None) -> None:
        self._site = site
        self._folder = folder
        self._engine = start(fonts) if fonts else None

    def make(self, job: Job) -> Done:
        """Render the page and the sheets of a job. A failure is a problem, never raised."""
        outputs: dict[str, Output] = {}
        try:
            outputs.update(self._outputs(job))
        except (OutreachError, OSError) as error:
            return Done(job, outputs, (problem_of(error, job.guide),), failed=True)
        return Done(job, outputs)

    def _outputs(self, job: Job) -> Iterator[tuple[str, Output]]:
        if job.html:
            path = page_path(job.language, job.guide)
            text = web_page(self._site, job.guide, job.language)
            yield path, Output(stage(self._folder, path, text.encode()))
        if self._engine is None or not job.variants:
            return
        for path, drawing in drawings(self._site, job):
            pdf = draw(self._engine, drawing)
            yield path, Output(stage(self._folder, path, pdf.data), pdf.drawn)


def problem_of(error: OutreachError | OSError, shown: str) -> Problem:
    """What is told of something that could not be made; `shown` is used where no file is named."""
    if isinstance(error, OutreachError):
        return error.problem
    reason = (error.strerror or str(error)).lower()
    return Problem(Location(str(error.filename or shown)), f"failed: {reason}")


def drawings(site: Site, job: Job) -> Iterator[tuple[str, Drawing]]:
    """Yield what each sheet of a job is drawn from, with its path. Raises OutreachError."""
    if not job.variants:
        return
    pair = Pair.of(site, job)
    files = picture_files(site, job.guide, job.language)
    pictures = {path: _picture(file) for path, file in files.items()}
    for variant in job.variants:
        yield (
            sheet_path(job.language, job.guide, variant),
            Drawing(
                pair.front(variant),
                families(pair.page),
                pictures,
                behind=pair.back(variant),
                least=LARGE if variant == "large-print" else LEAST,
                shown=site.sources[job.guide].guide.path,
            ),
        )


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
            site=said_of(self.site),
            paper=_paper(self.site, variant),
            large=variant == "large-print",
            beside=beside,
            front=front,
        )


def web_page(site: Site, guide: str, language: Language) -> str:
    """The HTML page of a guide in one language."""
    translate, place = site.labels[language.tag], views.Place(page_path(language, guide))
    if is_notice(site, language, guide):
        notice = notice_of(site, language, guide)
        links = around(site, guide, language, notice)
        return views.notice_page(
            notice,
            translate=translate,
            site=said_of(site),
            place=place,
            languages=links.languages,
            downloads=links.downloads,
            targets=links.targets,
        )
    links = around(site, guide, language)
    return views.guide_page(
        render_page(site, guide, language, medium="web"),
        translate=translate,
        site=said_of(site),
        place=place,
        languages=links.languages,
        downloads=links.downloads,
    )


def is_notice(site: Site, language: Language, guide: str) -> bool:
    """Whether the page of a guide has no text of it, but says why it is not there."""
    return site.shows(language, guide) == "notice"


def picture_files(site: Site, guide: str, language: Language) -> dict[str, Path]:
    """The file behind each picture of a sheet, by its path in the project."""
    content = site.content(language, guide)
    images = sorted(content.links.images)
    found = (resolve(site.config, content.guide, url, "src", ()) for url in images)
    paths = (address.path for address in found if address.kind == "file")
    return {path: site.config.root / path for path in (*paths, site.config.partner_logo) if path}


def _picture(file: Path) -> Picture:
    try:
        return Picture(file.read_bytes())
    except OSError:  # it is told of where it is missed
        return Picture(b"")


def _paper(site: Site, variant: Variant) -> Paper:
    """The paper that a variant names, or the project's first."""
    return next((paper for paper in PAPERS if paper == variant), site.config.paper[0])
