"""The rules of style that depend on the languages of a sheet and on its form.

`styles/sheet.css` has all others. They are made from our own tables only.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from outreach.model import Language, Paper
from outreach.sheet.counters import counter_rules, counter_style
from outreach.sheet.fonts import MONO, chain
from outreach.sheet.script import tight

PAPERS: dict[Paper, tuple[float, float]] = {"letter": (215.9, 279.4), "a4": (210.0, 297.0)}
"""Width and height in millimetres."""

TEXT_WIDTH, TEXT_HEIGHT = 174.0, 250.0
"""All that is printed, in millimetres: the same for both papers, inside what they share."""
FOOT = 9.0
"""Room for the line at the foot of each page, in millimetres."""

BODY = 12.5
"""Size of Latin text in points."""
BESIDE = 11.5
"""The same where two languages stand side by side."""
LARGE = 18.0
"""The least size of anything in large print, in points: of the American Council of the Blind."""
SMALL = 0.76
"""Size of footnotes, of the text's."""

ITALIC_SCRIPTS = frozenset(("Latn", "Cyrl", "Grek"))
"""Scripts that slant for emphasis. The others use bold: slanted, their letters are hard to read."""

SIZE = {"Arab": 1.16, "Ethi": 0.96, "Hans": 0.94, "Hant": 0.94, "Jpan": 0.94, "Kore": 0.94}
"""How much larger or smaller a script is set than Latin to look the same size."""


@dataclass(frozen=True, slots=True)
class Form:
    """How a sheet is laid out."""

    paper: Paper = "letter"
    large: bool = False
    """In large print: nothing is smaller than `LARGE`, nothing slanted, one column."""
    beside: bool = False
    """With the source language beside the text, block by block."""
    marked: bool = False
    """With a mark in the head of every page."""

    @property
    def head(self) -> float:
        """Room for the head of each page, in millimetres."""
        if self.large:
            return 42.0 if self.marked else 16.0
        return 23.5 if self.marked else 12.0

    def size(self, language: Language) -> float:
        """The size of running text in points."""
        if self.large:
            return LARGE * max(1.0, SIZE.get(language.script, 1.0))
        return (BESIDE if self.beside else BODY) * SIZE.get(language.script, 1.0)


def rules(language: Language, source: Language, form: Form) -> str:
    """Return the rules for a sheet in a language with texts in the source language in it."""
    parts = [
        *counter_rules((language, source)),
        _page_rule(language, form),
        f"html {{ font-size: {form.size(language):.2f}pt; {_setting(language)} }}",
        f"{_lang(source)}, .english, .address {{ {_setting(source)} }}",
        f"ol {{ list-style-type: {counter_style(language)} }}",
        f"ol.steps > li::before {{ content: counter(list-item, {counter_style(language)}) }}",
        _emphasis("", language, form),
        _code("html", language),
        *_tight(language),
    ]
    if source.tag != language.tag:
        parts += (_emphasis(_lang(source), source, form), *_sizes(language, source, form))
        parts.append(_code(f"html {_lang(source)}", source))
        if form.beside:
            parts.append(f"{_lang(source)} ol {{ list-style-type: {counter_style(source)} }}")
    return "\n".join(parts)


def _sizes(language: Language, source: Language, form: Form) -> Iterator[str]:
    """Yield rules that keep blocks in the source language at its size, wherever they stand.

    Inside such a block there may be one that is translated.
    """
    blocks = ":is(p, div, ul, ol, li, dl, dt, dd, td, th, blockquote)"
    small = 1.0 if form.large else SMALL
    for place, share in (("#guide", 1.0), ("#guide .footnotes", small)):
        for one in (source, language):
            yield f"{place} {blocks}{_lang(one)} {{ font-size: {form.size(one) * share:.2f}pt }}"
    if not form.large:
        yield f".address {{ font-size: {1 / SIZE.get(language.script, 1.0):.3f}em }}"


def _page_rule(language: Language, form: Form) -> str:
    width, height = PAPERS[form.paper]
    across, edge = (width - TEXT_WIDTH) / 2, (height - TEXT_HEIGHT) / 2
    start, end = ("left", "right") if language.direction == "ltr" else ("right", "left")
    number, size = counter_style(language), LARGE if form.large else 9
    return f"""@page {{
  size: {width}mm {height}mm; margin: {edge + form.head:.2f}mm {across:.2f}mm {edge + FOOT:.2f}mm;
  @top-center {{ padding-top: {edge:.2f}mm }}
  @bottom-{start} {{ content: element(foot-line); padding-bottom: {edge:.2f}mm }}
  @bottom-{end} {{
    content: counter(page, {number}) " / " counter(pages, {number});
    padding-bottom: {edge:.2f}mm; direction: {language.direction}; text-align: {end};
    font-family: {_quoted(language.fonts)}; font-size: {size}pt;
  }}
}}"""


def _setting(language: Language) -> str:
    return f"font-family: {_quoted(language.fonts)}; line-height: {language.line_height}"


def _emphasis(scope: str, language: Language, form: Form) -> str:
    slanted = language.script in ITALIC_SCRIPTS and not form.large
    style = "italic; font-weight: inherit" if slanted else "normal; font-weight: bold"
    words = ":is(em, i, cite, dfn, var)"
    return f"{scope} {words}, {words}{scope} {{ font-style: {style} }}"


def _tight(language: Language) -> Iterator[str]:
    """Yield the rules for writing whose lines would touch where others may be set tighter."""
    room, body = tight(language), f"body.{language.direction}.{language.script}"
    headings, others = "h1, h2, h3, h4, h5, h6", ".message, .foot, table"
    if room > 1.25:
        yield f"{body} :is(.title, #guide) :is({headings}) {{ line-height: {room:.2f} }}"
    if room > 1.36:
        yield f"{body} :is({others}) {{ line-height: {room:.2f} }}"


def _code(scope: str, language: Language) -> str:
    """Return the rule for code, in which there may be letters of the language."""
    fonts = _quoted((MONO, *language.fonts))
    places = "code, kbd, samp, pre"
    return f"{scope} :is({places}), {scope}:is({places}) {{ font-family: {fonts} }}"


def _lang(language: Language) -> str:
    return f'[lang="{language.tag}"]'


def _quoted(fonts: tuple[str, ...]) -> str:
    return ", ".join(f"'{family}'" for family in chain(fonts))
