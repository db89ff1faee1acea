"""The rules of style that depend on the languages of a sheet and on its form.

`styles/sheet.css` has all others. They are made from our own tables only.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from outreach.model import Language, Paper
from outreach.sheet.counters import counter_rules, counter_style
from outreach.sheet.fonts import MONO, chain
from outreach.sheet.script import is_steep, tight

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

MARK = 8.4
"""Size of the mark in the head of a draft's pages, in points."""
MILLIMETRE = 72 / 25.4
"""In points."""

_TIGHT_PLACES = (
    (".mark p", 1.22),
    (".title h1, .title h2, .title h3", 1.18),
    (".running, .label, .label b, .label span, h1, h2, h3, h4, h5, h6, .card-title", 1.25),
    (".message p", 1.36),
    (".foot p, .foot span, .foot b, table, td, th", 1.35),
)
"""Places where lines stand closer than in running text, and how close where a script allows it."""

_WIDTH = {"Latn": 0.53, "Cyrl": 0.6, "Grek": 0.56, "Arab": 0.45, "Hebr": 0.55, "Ethi": 0.75}
"""How wide a bold letter is on average, in ems; where it is not known, a whole em is reckoned."""

SIZE = {"Arab": 1.16, "Ethi": 0.96, "Hans": 0.94, "Hant": 0.94, "Jpan": 0.94, "Kore": 0.94}
"""How much larger or smaller a script is set than Latin to look the same size."""


Mark = tuple[tuple[str, Language], ...]
"""Texts, each in a language of its own."""


def share(language: Language) -> float:
    """How much larger or smaller a language is set than Latin to look the same size.

    Nastaliq is large as it is.
    """
    return 1.0 if is_steep(language) else SIZE.get(language.script, 1.0)


@dataclass(frozen=True, slots=True)
class Form:
    """How a sheet is laid out."""

    paper: Paper = "letter"
    large: bool = False
    """In large print: nothing is smaller than `LARGE`, nothing slanted, one column."""
    beside: bool = False
    """With the source language beside the text, block by block."""
    mark: Mark = ()
    """What the frame in the head of all pages but the first says."""

    def mark_size(self, language: Language) -> float:
        """The size of a text in the mark, in points."""
        return (LARGE if self.large else MARK) * max(1.0, share(language))

    def head(self, language: Language) -> float:
        """Room for the head of all pages but the first, in mm: the mark, two lines, and white."""
        row = 2 * (LARGE if self.large else 9.0) * tight(language) / MILLIMETRE
        frame = 5.2 if self.mark else 0.0
        for text, one in self.mark:
            size = self.mark_size(one)
            frame += _lines(text, one, size) * size * tight(one) / MILLIMETRE
        return frame + row + 3.6

    def size(self, language: Language) -> float:
        """The size of running text in points."""
        if self.large:
            return LARGE * max(1.0, share(language))
        return (BESIDE if self.beside else BODY) * share(language)


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
        *_tight("", language, form),
    ]
    if source.tag != language.tag:
        parts += (_emphasis(_lang(source), source, form), *_sizes(language, source, form))
        parts.append(_code(f"html {_lang(source)}", source))
        parts += _tight(_lang(source), source, form)
        if form.beside:
            parts.append(f"{_lang(source)} ol {{ list-style-type: {counter_style(source)} }}")
    return "\n".join(parts)


def _sizes(language: Language, source: Language, form: Form) -> Iterator[str]:
    """Yield rules that keep blocks in the source language at its size, wherever they stand.

    Inside such a block there may be one that is translated.
    """
    blocks = ":is(p, div, ul, ol, li, dl, dt, dd, td, th, blockquote)"
    small = 1.0 if form.large else SMALL
    for place, part in (("#guide", 1.0), ("#guide .footnotes", small)):
        for one in (source, language):
            yield f"{place} {blocks}{_lang(one)} {{ font-size: {form.size(one) * part:.2f}pt }}"
    if not form.large:
        yield f".address {{ font-size: {1 / share(language):.3f}em }}"
        yield f"{_lang(source)} .address {{ font-size: 1em }}"


def _page_rule(language: Language, form: Form) -> str:
    width, height = PAPERS[form.paper]
    across, edge = (width - TEXT_WIDTH) / 2, (height - TEXT_HEIGHT) / 2
    start, end = ("left", "right") if language.direction == "ltr" else ("right", "left")
    number, size = counter_style(language), LARGE if form.large else 9
    above, below = edge + form.head(language), edge + FOOT
    return f"""@page {{
  size: {width}mm {height}mm; margin: {above:.2f}mm {across:.2f}mm {below:.2f}mm;
  @top-center {{ content: element(next-head); padding-top: {edge:.2f}mm }}
  @bottom-{start} {{ content: element(foot-line); padding-bottom: {edge:.2f}mm }}
  @bottom-{end} {{
    content: counter(page, {number}) " / " counter(pages, {number});
    padding-bottom: {edge:.2f}mm; direction: {language.direction}; text-align: {end};
    font-family: {_quoted(language.fonts)}; font-size: {size}pt;
  }}
}}
@page :first {{ margin-top: {edge:.2f}mm; @top-center {{ content: none }} }}"""


def _setting(language: Language) -> str:
    return f"font-family: {_quoted(language.fonts)}; line-height: {language.line_height}"


def _emphasis(scope: str, language: Language, form: Form) -> str:
    slanted = language.script in ITALIC_SCRIPTS and not form.large
    style = "italic; font-weight: inherit" if slanted else "normal; font-weight: bold"
    words = ":is(em, i, cite, dfn, var)"
    return f"{scope} {words}, {words}{scope} {{ font-style: {style} }}"


def _tight(scope: str, language: Language, form: Form) -> Iterator[str]:
    """Yield rules for places where lines stand close, but not so close that letters touch."""
    least = tight(language)
    for places, wanted in _TIGHT_PLACES:
        yield f"{_scoped(scope, places)} {{ line-height: {max(wanted, least):.2f} }}"
    if is_steep(language):
        yield f"{_scoped(scope, '#guide h2')} {{ padding-top: 0.7em }}"
    yield f"{_scoped(scope, '.mark p')} {{ font-size: {form.mark_size(language):.2f}pt }}"


def _scoped(scope: str, places: str) -> str:
    """Return a selector of places that are in a language, or stand in a block that is."""
    return f"{scope} :is({places}), :is({places}){scope}" if scope else f":is({places})"


def _lines(text: str, language: Language, size: float) -> int:
    """How many lines a text in bold letters takes across a sheet, rather too many than too few."""
    letters = sum(unicodedata.category(char) not in ("Mn", "Me", "Cf") for char in text)
    width = letters * _WIDTH.get(language.script, 1.0) * size
    return math.ceil(width / ((TEXT_WIDTH - 6) * MILLIMETRE)) or 1


def _code(scope: str, language: Language) -> str:
    """Return the rule for code, in which there may be letters of the language."""
    fonts = _quoted((MONO, *language.fonts))
    places = "code, kbd, samp, pre"
    return f"{scope} :is({places}), {scope}:is({places}) {{ font-family: {fonts} }}"


def _lang(language: Language) -> str:
    return f'[lang="{language.tag}"]'


def _quoted(fonts: tuple[str, ...]) -> str:
    return ", ".join(f"'{family}'" for family in chain(fonts))
