"""The specimen sheets: built by the command, and read again by two readers of PDFs."""

from __future__ import annotations

import ctypes
import difflib
import html
import itertools
import json
import re
import subprocess
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium
from icu4py.breakers import WordBreaker
from icu4py.locale import Locale
from projects import ROOT, run

from outreach.config import load_config
from outreach.config_keys import VARIANTS
from outreach.languages import find
from outreach.model import Page, Paper, Variant
from outreach.pages.views import Site
from outreach.reading import Read, read_project
from outreach.rendered import render_page
from outreach.sheet.view import sheet_html

SPECIMENS = ROOT / "tests" / "data" / "specimens"
GUIDE = "specimen"
CONFIG = load_config(SPECIMENS)
LANGUAGES = ("en", *CONFIG.languages)
RIGHT_TO_LEFT = tuple(tag for tag in LANGUAGES if find(tag).direction == "rtl")
FIRST: Variant = "letter"
OTHERS = tuple(variant for variant in VARIANTS if variant != FIRST)


def make(*variants: Variant, folder: Path) -> None:
    """Build the sheets of all languages into `site`, and keep what the command said."""
    chosen = [word for variant in variants for word in ("--variant", variant)]
    outcome = run(SPECIMENS, "build", "--format", "pdf", *chosen, "-o", str(folder / "site"))
    said = [outcome.code, outcome.out, outcome.err]
    (folder / "report.json").write_text(json.dumps(said), "utf-8")


def sheet(folder: Path, tag: str, variant: Variant = FIRST) -> Path:
    """The one sheet of a language in a form."""
    (found,) = (folder / "site" / tag).glob(f"{GUIDE}.*.{variant}.pdf")
    return found


def forms(tag: str) -> tuple[Variant, ...]:
    """The forms that a language has: English has none beside itself."""
    return _project().site.variants(find(tag), VARIANTS)


@cache
def _project() -> Read:
    return read_project(CONFIG)


def page(tag: str) -> Page:
    return render_page(_project().site, GUIDE, find(tag), medium="print")


def document(tag: str, paper: Paper = "letter", *, large: bool = False) -> str:
    """The HTML that is printed."""
    site = _project().site
    look = Site(site.source, CONFIG.publisher, CONFIG.contact, CONFIG.site_url)
    words = site.labels[tag]
    return sheet_html(page(tag), translate=words, site=look, paper=paper, large=large)


def text_of_source(tag: str) -> str:
    """What the sheet of a language says from its title to its last footnote, in reading order."""
    body = document(tag).split('<header class="title">', 1)[1].split("</main>", 1)[0]
    body = re.sub(r"<a [^>]*footnote-backref.*?</a>", "", body)
    body = re.sub(r"</(?:p|h\d|li|t[dh]|div)>|<br>", "\n", body)
    return html.unescape(re.sub(r"<[^>]+>", "", body))


def text_by_poppler(sheet: Path, *how: str) -> str:
    """What poppler reads, as the page is laid out; with `-raw` as the file has it."""
    command = ["pdftotext", *how, "-enc", "UTF-8", str(sheet), "-"]
    return subprocess.run(command, capture_output=True, check=True).stdout.decode()


def text_by_pdfium(sheet: Path) -> str:
    with pypdfium2.PdfDocument(sheet) as document:
        return "\f".join(page.get_textpage().get_text_range() for page in document)


# Words

_UNSEEN = re.compile("[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u0002\ufffe]")
_HYPHEN = re.compile(r"(?<=[^\W\d_])[-\u2010](?=[^\W\d_])")
_SPACELESS = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff]")
_DIGIT = re.compile("[\u0660-\u0669\u06f0-\u06f9]")
_HAN = re.compile("[\u3040-\u30ff\u31f0-\u31ff\u3400-\u9fff]")


def words(text: str) -> list[str]:
    """The words of a text in their order: runs of letters, marks and digits.

    Punctuation and what nobody sees are left out. A hyphen inside a word is too: where it ends a
    line, readers of PDFs take it for a division of the word. Han characters and kana are words by
    themselves, since a line may end after each. Thai, Lao, Khmer and Burmese are divided by ICU,
    between the spaces that there are: a space too many inside a word loses the word. A word also
    ends where the direction changes, since poppler drops spaces there.
    """
    plain = _HYPHEN.sub("", _UNSEEN.sub("", text))
    found: list[str] = []
    for kind, letters in itertools.groupby(unicodedata.normalize("NFC", plain), _kind):
        if kind == "spaceless":
            found += WordBreaker("".join(letters), Locale("en"))
        elif kind == "han":
            found += letters
        elif kind:
            found.append("".join(letters))
    return found


def _kind(char: str) -> str:
    if unicodedata.category(char)[0] not in "LMN":
        return ""
    if _SPACELESS.match(char):
        return "spaceless"
    if _HAN.match(char):
        return "han"
    turned = _RIGHT_TO_LEFT.match(char) and not _DIGIT.match(char)
    return "turned" if turned else "word"


def found_again(source: str, read: str) -> float:
    """The percentage of the words of a text that come back in their order."""
    wanted = words(source)
    blocks = _matcher(wanted, words(read)).get_matching_blocks()
    return 100 * sum(block.size for block in blocks) / len(wanted)


def lost(source: str, read: str) -> list[tuple[str, str]]:
    """Words that did not come back, each with what stands in their place."""
    wanted, got = words(source), words(read)
    return [
        (" ".join(wanted[start:end]), " ".join(got[first:last]))
        for kind, start, end, first, last in _matcher(wanted, got).get_opcodes()
        if kind in ("replace", "delete")
    ]


def _matcher(wanted: list[str], got: list[str]) -> difflib.SequenceMatcher[str]:
    return difflib.SequenceMatcher(None, wanted, got, autojunk=False)


# Places


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character where it is drawn, in points from the lower left corner of its page."""

    char: str
    left: float
    baseline: float


def lines_as_seen(sheet: Path) -> list[str]:
    """Each line from left to right as the eye meets it, without spaces, whatever its direction.

    Which bracket a character is counts for nothing: in right-to-left text each looks like the
    other. Both come as `|`.
    """
    with pypdfium2.PdfDocument(sheet) as document:
        return [line for page in document for line in _lines(_glyphs(page.get_textpage()))]


def _glyphs(text: pypdfium2.PdfTextPage) -> Iterator[Glyph]:
    across, up = ctypes.c_double(), ctypes.c_double()
    for index in range(text.count_chars()):
        char = chr(pdfium.FPDFText_GetUnicode(text, index))
        if not char.isspace() and not _UNSEEN.match(char):
            pdfium.FPDFText_GetCharOrigin(text, index, across, up)
            yield Glyph("|" if char in "()[]" else char, across.value, up.value)


def _lines(glyphs: Iterable[Glyph]) -> Iterator[str]:
    line: list[Glyph] = []
    for glyph in sorted(glyphs, key=lambda one: -one.baseline):
        if line and line[0].baseline - glyph.baseline > 1:
            yield _in_order(line)
            line = []
        line.append(glyph)
    yield _in_order(line)


def _in_order(line: Iterable[Glyph]) -> str:
    return "".join(one.char for one in sorted(line, key=lambda one: one.left))
