"""From a page to the HTML of its sheet. Everything here is pure; `engine` draws the result."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal
from urllib.parse import quote

from outreach.model import Language, Page
from outreach.pages.environment import Translate, render
from outreach.pages.views import Site
from outreach.sheet.fonts import MONO, chain
from outreach.sheet.script import hold_references, print_addresses

Paper = Literal["letter", "a4"]

PAPERS: dict[str, tuple[float, float]] = {"letter": (215.9, 279.4), "a4": (210.0, 297.0)}
"""Width and height in millimetres."""

TEXT_WIDTH, TEXT_HEIGHT = 174.0, 250.0
"""All that is printed, in millimetres: the same for both papers, inside what they share."""
HEAD, HEAD_WITH_MARK, FOOT = 12.0, 23.5, 9.0

BODY = 12.5
"""Size of Latin text in points."""
SMALL = 0.76
"""Size of footnotes, of the text's."""

DIGITS = {
    "arab": "arabic-indic",
    "arabext": "persian",
    "beng": "bengali",
    "deva": "devanagari",
    "khmr": "khmer",
    "laoo": "lao",
    "mymr": "myanmar",
    "tamldec": "tamil",
    "telu": "telugu",
    "thai": "thai",
}
"""Counter styles of CSS by CLDR numbering system; other systems count in European digits."""

ITALIC_SCRIPTS = frozenset(("Latn", "Cyrl", "Grek"))
"""Scripts that slant for emphasis. The others use bold: slanted, their letters are hard to read."""

SIZE = {"Arab": 1.16, "Ethi": 0.96, "Hans": 0.94, "Hant": 0.94, "Jpan": 0.94, "Kore": 0.94}
"""How much larger or smaller a script is set than Latin to look the same size."""


@dataclass(frozen=True, slots=True)
class SheetView:
    """What the template needs to know of a sheet."""

    page: Page
    site: Site
    css: str
    """Rules that depend on the language and the paper; made from our own tables only."""
    heading: str
    """HTML of the title where the guide's own heading shows it; else the template sets it."""
    html: str
    """The guide's body, without that heading."""
    address: str
    """Where the guide stands on the web, or empty."""
    machine: bool
    """Whether the text is a machine's, or a person's draft."""

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


def sheet_view(page: Page, site: Site, paper: Paper = "letter") -> SheetView:
    """Return the view of a page, with its HTML made ready for print."""
    heading, html = _parts(page)
    return SheetView(
        page=page,
        site=site,
        css=_css(page, paper),
        heading=heading,
        html=hold_references(print_addresses(html)),
        address=_address(page, site.url),
        machine=page.method == "machine draft",
    )


def sheet_html(page: Page, *, translate: Translate, site: Site, paper: Paper = "letter") -> str:
    """Return the whole HTML document of a page's sheet.

    Raises `OutreachError` where the template cannot be used.
    """
    return render(
        "sheet.html",
        translate,
        mark_english=page.language.tag.split("-")[0] != "en",
        view=sheet_view(page, site, paper),
        english=lambda text: text,
    )


def _parts(page: Page) -> tuple[str, str]:
    """Split the heading that shows the title from the body, so that the main message fits between.

    Where the guide does not begin with that heading, all of it is body.
    """
    if page.has_title and page.blocks and page.blocks[0].html.startswith("<h"):
        return page.blocks[0].html, "".join(block.html for block in page.blocks[1:])
    return "", page.html


def _address(page: Page, site_url: str) -> str:
    if not site_url:
        return ""
    return f"{site_url.rstrip('/')}/{quote(page.language.tag)}/{quote(page.guide)}.html"


def _css(page: Page, paper: Paper) -> str:
    """Return the rules that the shared style sheet cannot hold."""
    language, source = page.language, page.source
    size = SIZE.get(language.script, 1.0)
    rules = [
        _page_rule(page, paper),
        f"html {{ font-size: {BODY * size:.2f}pt; {_setting(language)} }}",
        f"{_lang(source)}, .english, .address {{ {_setting(source)} }}",
        f"ol {{ list-style-type: {_digits(language)} }}",
        _emphasis("", language),
        _code("html", language),
    ]
    if source.tag != language.tag:
        rules += (_emphasis(_lang(source), source), *_sizes(language, source))
        rules.append(_code(f"html {_lang(source)}", source))
    return "\n".join(rules)


def _sizes(language: Language, source: Language) -> Iterator[str]:
    """Yield rules that keep blocks in the source language at its size, wherever they stand.

    Inside such a block there may be one that is translated.
    """
    blocks = ":is(p, div, ul, ol, li, dl, dt, dd, td, th, blockquote)"
    for place, share in (("#guide", 1.0), ("#guide .footnotes", SMALL)):
        for one in (source, language):
            size = BODY * SIZE.get(one.script, 1.0) * share
            yield f"{place} {blocks}{_lang(one)} {{ font-size: {size:.2f}pt }}"
    yield f".address {{ font-size: {1 / SIZE.get(language.script, 1.0):.3f}em }}"


def _page_rule(page: Page, paper: Paper) -> str:
    width, height = PAPERS[paper]
    across, edge = (width - TEXT_WIDTH) / 2, (height - TEXT_HEIGHT) / 2
    head = HEAD if page.is_source else HEAD_WITH_MARK
    start, end = ("left", "right") if page.language.direction == "ltr" else ("right", "left")
    number = _digits(page.language)
    return f"""@page {{
  size: {width}mm {height}mm; margin: {edge + head:.2f}mm {across:.2f}mm {edge + FOOT:.2f}mm;
  @top-center {{ padding-top: {edge:.2f}mm }}
  @bottom-{start} {{ content: element(foot-line); padding-bottom: {edge:.2f}mm }}
  @bottom-{end} {{
    content: counter(page, {number}) " / " counter(pages, {number});
    padding-bottom: {edge:.2f}mm; direction: {page.language.direction}; text-align: {end};
    font-family: {_quoted(page.language.fonts)};
  }}
}}"""


def _setting(language: Language) -> str:
    return f"font-family: {_quoted(language.fonts)}; line-height: {language.line_height}"


def _emphasis(scope: str, language: Language) -> str:
    slanted = language.script in ITALIC_SCRIPTS
    style = "italic; font-weight: inherit" if slanted else "normal; font-weight: bold"
    return f"{scope} :is(em, i, cite, dfn, var) {{ font-style: {style} }}"


def _code(scope: str, language: Language) -> str:
    """Return the rule for code, in which there may be letters of the language."""
    fonts = _quoted((MONO, *language.fonts))
    places = "code, kbd, samp, pre"
    return f"{scope} :is({places}), {scope}:is({places}) {{ font-family: {fonts} }}"


def _lang(language: Language) -> str:
    return f'[lang="{language.tag}"]'


def _digits(language: Language) -> str:
    return DIGITS.get(language.digits, "decimal")


def _quoted(fonts: tuple[str, ...]) -> str:
    return ", ".join(f"'{family}'" for family in chain(fonts))
