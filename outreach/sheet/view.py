"""From a page to the HTML of its sheet. Everything here is pure; `engine` draws the result."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from outreach.bidi import isolate
from outreach.languages import find
from outreach.model import Block, Language, Page, Paper
from outreach.pages.environment import Translate, render
from outreach.pages.views import Site
from outreach.sheet.breaks import break_lines
from outreach.sheet.code import qr_svg
from outreach.sheet.counters import number_references
from outreach.sheet.edition import edition_code
from outreach.sheet.fonts import chain
from outreach.sheet.rules import Form, Mark, rules
from outreach.sheet.script import hold_references, number_lists, print_addresses

_UNCHECKED = (
    "Draft translation, not yet checked by a qualified person.",
    "Machine translation, not yet checked by a qualified person.",
)
_UNCHECKED_IN_SHORT = ("Draft translation, not checked", "Machine translation, not checked")
_COMPARE = "Compare it with the English sheet."
"""Words of the interface: templates/labels.html has them for translators."""

_SHORT_LINE = 7
"""Words."""

_ID = re.compile(r'(<[^>]*?)\sid="[^"]*"')


@dataclass(frozen=True, slots=True)
class SheetView:
    """What the template needs to know of a sheet."""

    page: Page
    site: Site
    form: Form
    mark: Mark
    """What the frame at the top of the first page says; that of the others is in the form."""
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
    unchecked: str
    """What the foot says of a draft, in English, as translators know it."""
    edition: str
    """The edition code."""

    @property
    def language(self) -> Language:
        return self.page.language

    @property
    def source(self) -> Language:
        return self.page.source

    @property
    def draft(self) -> bool:
        return not self.page.is_source

    @property
    def incomplete(self) -> bool:
        return self.draft and self.page.translated < self.page.total

    @property
    def english_source(self) -> bool:
        return self.source.tag.split("-")[0] == "en"

    @property
    def title_language(self) -> Language:
        return self.source if self.page.title_lang == self.source.tag else self.language

    @property
    def summary_language(self) -> Language:
        return self.source if self.page.summary_lang == self.source.tag else self.language


def families(page: Page) -> tuple[str, ...]:
    """Return all font families that may appear in a page's sheet."""
    return chain((*page.language.fonts, *page.source.fonts))


def sheet_html(
    page: Page,
    *,
    translate: Translate,
    site: Site,
    paper: Paper = "letter",
    large: bool = False,
    beside: Page | None = None,
) -> str:
    """Return the whole HTML document of a page's sheet.

    With `large` it is in large print. `beside` is the page in the source language, to be set beside
    the text, block by block. Raises `OutreachError` where the template cannot be used.
    """
    short = () if page.is_source else tuple(_mark(page, translate, short=True))
    form = Form(paper, large=large, beside=beside is not None, mark=short)
    mark = short if large or page.is_source else tuple(_mark(page, translate, short=False))
    document = render(
        "sheet.html",
        translate,
        mark_english=page.language.tag.split("-")[0] != "en",
        view=_view(page, site, form, mark, beside),
    )
    return break_lines(isolate(document, page.language.tag))


def _is_machine(page: Page) -> bool:
    return page.method == "machine draft"


def _mark(page: Page, translate: Translate, *, short: bool) -> Iterator[tuple[str, Language]]:
    """Yield what the frame says, in the language of the sheet and in English."""
    english = find("en")
    msgids = [(_UNCHECKED_IN_SHORT if short else _UNCHECKED)[_is_machine(page)]]
    if not short and page.source.tag.split("-")[0] == "en":
        msgids.append(_COMPARE)
    own = [translate(msgid) or msgid for msgid in msgids]
    if own[0] != msgids[0]:
        yield (
            " ".join(text for text, msgid in zip(own, msgids, strict=True) if text != msgid),
            (page.language),
        )
    yield " ".join(msgids), english


def _running_title(page: Page) -> str:
    """The first words of the title, so many that they stay one short line with the label.

    A longer line at the head of a page would be taken for a sentence that nobody reads aloud.
    """
    language = page.language
    label = {language.own_name, language.english_name}
    room = max(3, _SHORT_LINE - sum(len(name.split()) for name in label))
    words = page.title.split()
    return page.title if len(words) <= room else f"{' '.join(words[:room])}…"


def _view(page: Page, site: Site, form: Form, mark: Mark, beside: Page | None) -> SheetView:
    heading, blocks = _parts(page)
    pairs = tuple(_pairs(page, blocks, _parts(beside)[1])) if beside else ()
    address = _address(page, site.url)
    return SheetView(
        page=page,
        site=site,
        form=form,
        mark=mark,
        running_title=_running_title(page),
        css=rules(page.language, page.source, form),
        heading=heading,
        html="" if pairs else "".join(_printed(block.html, page.language) for block in blocks),
        pairs=pairs,
        address=address,
        code=qr_svg(address, address) if address else "",
        unchecked=_UNCHECKED[_is_machine(page)],
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
