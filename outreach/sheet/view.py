"""From a page to the HTML of its sheet. Everything here is pure; `engine` draws the result."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from urllib.parse import quote

from outreach.bidi import isolate
from outreach.languages.letters import codes_in
from outreach.languages.scripts import script
from outreach.model import Block, Language, Page, Paper
from outreach.pages.environment import Translate, render
from outreach.pages.trust import Said, Trust, is_english, mark, named, short_mark, version_of
from outreach.pages.views import Site
from outreach.sheet.breaks import break_lines
from outreach.sheet.code import qr_svg
from outreach.sheet.counters import number_references
from outreach.sheet.edition import edition_code
from outreach.sheet.fonts import chain
from outreach.sheet.rules import Form, rules
from outreach.sheet.script import hold_references, number_lists, print_addresses

FEW_SECTIONS = 3
"""Changed sections that the mark on an older version names; two in large print."""

_SHARED = {"Hani": ("Hans", "Hant", "Jpan", "Kore")}
"""Scripts of which a name alone does not say whose letters they are."""

_SHORT_LINE = 7
"""Words."""

_ID = re.compile(r'(<[^>]*?)\sid="[^"]*"')


@dataclass(frozen=True, slots=True)
class SheetView:
    """What the template needs to know of a sheet."""

    page: Page
    site: Site
    form: Form
    mark: Said
    """What the frame at the top of the first page says; that of the others is in the form."""
    version: Said
    """What the foot says of its date and of its review."""
    running_title: str
    """The beginning of the title, for the head of all pages but the first."""
    css: str
    """Rules that depend on the language and the form; made from our own tables only."""
    heading: str
    """HTML of the title where the guide's own heading shows it; else the template sets it."""
    html: str
    """The guide's body, without that heading; empty where it stands in pairs."""
    pairs: tuple[tuple[str, str], ...]
    """The blocks of the body, each with the same block in the source language."""
    address: str
    """Where the guide stands on the web, or empty."""
    code: str
    """The address as a QR code in SVG."""
    edition: str
    """The edition code."""

    @property
    def language(self) -> Language:
        return self.page.language

    @property
    def source(self) -> Language:
        return self.page.source

    @property
    def translated(self) -> bool:
        return not self.page.is_source

    @property
    def trust(self) -> Trust | None:
        """How far the translation may be trusted; None for the source language."""
        return Trust.of(self.page) if self.translated else None

    @property
    def incomplete(self) -> bool:
        return self.translated and self.page.translated < self.page.total

    @property
    def english_source(self) -> bool:
        return is_english(self.source)

    @property
    def current(self) -> str:
        """The web address of the text in the source language, where it is not this one any more."""
        outdated = self.translated and self.page.state == "outdated"
        return _address(replace(self.page, language=self.source), self.site.url) if outdated else ""

    @property
    def title_language(self) -> Language:
        return self.source if self.page.title_lang == self.source.tag else self.language

    @property
    def summary_language(self) -> Language:
        return self.source if self.page.summary_lang == self.source.tag else self.language


def families(page: Page) -> tuple[str, ...]:
    """Return all font families that may appear in a page's sheet.

    People's names are in letters of their own, whatever the language of the sheet.
    """
    names = " ".join(f"{credit.name} {credit.credential}" for credit in page.credits)
    codes = {part for code in codes_in(names) for part in _SHARED.get(code, (code,))}
    others = (family for code in sorted(codes) for family in script(code).fonts)
    return chain((*page.language.fonts, *page.source.fonts, *others))


def sheet_html(
    page: Page,
    *,
    translate: Translate,
    site: Site,
    paper: Paper = "letter",
    large: bool = False,
    beside: Page | None = None,
    front: Page | None = None,
) -> str:
    """Return the whole HTML document of a page's sheet.

    With `large` it is in large print. `beside` is the page in the source language, to be set beside
    the text, block by block. `front` is the page on whose back this one is printed: its mark stands
    here too. Raises `OutreachError` where the template cannot be used.
    """
    short, long = _marks(page, front, translate, large=large)
    form = Form(paper, large=large, beside=beside is not None, mark=short)
    document = render(
        "sheet.html",
        translate,
        mark_english=not is_english(page.language),
        view=_view(page, site, form, long, beside, version_of(page, translate)),
    )
    return break_lines(isolate(document, page.language.tag))


def _marks(
    page: Page, front: Page | None, translate: Translate, *, large: bool
) -> tuple[Said, Said]:
    """What the frames say at the top of all pages but the first, and of the first.

    On the back they speak of the text on the front.
    """
    about = front or page
    if about.is_source:
        return (), ()
    few = FEW_SECTIONS - 1 if large else FEW_SECTIONS
    short = short_mark(Trust.of(about), translate, page.language)
    long = mark(about, translate, most=few, paper=True, reader=page.language)
    if large and about.state == "draft":
        long = short  # the whole one would take a third of the page
    if front and front.state != "outdated":
        return named(short, front.language), named(long, front.language)
    return short, long


def _running_title(page: Page) -> str:
    """The first words of the title, so many that they stay one short line with the label.

    A longer line at the head of a page would be taken for a sentence that nobody reads aloud.
    """
    language = page.language
    label = {language.own_name, language.english_name}
    room = max(3, _SHORT_LINE - sum(len(name.split()) for name in label))
    words = page.title.split()
    return page.title if len(words) <= room else f"{' '.join(words[:room])}…"


def _view(
    page: Page, site: Site, form: Form, mark: Said, beside: Page | None, version: Said
) -> SheetView:
    heading, blocks = _parts(page)
    pairs = tuple(_pairs(page, blocks, _parts(beside)[1])) if beside else ()
    address = _address(page, site.url)
    return SheetView(
        page=page,
        site=site,
        form=form,
        mark=mark,
        version=version,
        running_title=_running_title(page),
        css=rules(page.language, page.source, form),
        heading=heading,
        html="" if pairs else "".join(_printed(block.html, page.language) for block in blocks),
        pairs=pairs,
        address=address,
        code=qr_svg(address, address) if address else "",
        edition=edition_code(page),
    )


def _parts(page: Page) -> tuple[str, tuple[Block, ...]]:
    """Split the heading that shows the title from the body, so that the main message fits between.

    Where the guide does not begin with that heading, all of it is body.
    """
    first = page.blocks[0].html if page.blocks else ""
    if page.has_title and first.startswith("<h"):
        return _printed(first, page.language), page.blocks[1:]
    return "", page.blocks


def _pairs(
    page: Page, blocks: Sequence[Block], source: Sequence[Block]
) -> Iterator[tuple[str, str]]:
    """Yield the HTML of each block with that of the same block in the source language.

    Links lead to the translation, so only that keeps its anchors. Modules fall into their blocks.
    """
    for one, other in zip(blocks, source, strict=True):
        both = zip(one.parts or (one.html,), other.parts or (other.html,), strict=True)
        for text, beside in both:
            plain = _ID.sub(r"\1", _printed(beside, page.source))
            yield _printed(text, page.language), plain


def _printed(html: str, language: Language) -> str:
    held = hold_references(print_addresses(html))
    return number_references(number_lists(held), language)


def _address(page: Page, site_url: str) -> str:
    if not site_url:
        return ""
    return f"{site_url.rstrip('/')}/{quote(page.language.tag)}/{quote(page.guide)}.html"
