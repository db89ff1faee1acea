"""One sheet in thirty languages, and what has to be right on paper in each of them.

The pictures in `tests/data/specimens/pictures` were looked at by a person. `make golden` makes them
anew; look at each that differs.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import outloud
import pdfua
import pytest
from pictures import DPI, PICTURES, TOLERANCE, by_pdfium, by_poppler, elsewhere, keep, kept, pages
from PIL import Image, ImageDraw
from projects import once, run
from pypdf import PdfReader
from specimens import (
    FIRST,
    LANGUAGES,
    OTHERS,
    RIGHT_TO_LEFT,
    SPECIMENS,
    document,
    forms,
    found_again,
    lines_as_seen,
    lost,
    make,
    page,
    sheet,
    text_by_pdfium,
    text_by_poppler,
    text_of_source,
)

from outreach.config_keys import PAPERS
from outreach.languages import find
from outreach.model import Variant
from outreach.sheet import start
from outreach.sheet.fonts import prepare
from outreach.sheet.view import families

ADVICE = "look at it; if it is right, run `make golden`, and look at every picture that differs"
SHEETS = [(tag, variant) for tag in LANGUAGES for variant in OTHERS if variant in forms(tag)]
"""All but those of the first form."""
SHARED = (190.0, 250.0)
"""Width and height of what is printed on either paper, at most, in millimetres."""

LEAST = 99.0
"""The share of words, in percent, that a reader of PDFs has to find again in their order."""
TURNED = 98.0
"""The same by poppler, where lines run from right to left."""
TURNED_BY_PDFIUM = 90.0
"""What it can be brought to: it turns the words of a left-to-right phrase around one by one."""
TURNED_BESIDE_ENGLISH = 65.0
"""In two columns poppler takes each line for one that runs from left to right."""

TOGETHER = (
    *("|206|555-0142", "1-800-555-0199", "9-1-1", "988", "EC-7", "$5"),
    *("example.org/visit", "help@example.org", "ExampleCommunityClinic", "|example.org/report|"),
)
"""What stays in one piece and in its order on a page that runs from right to left."""
IN_ORDER = {
    "ar": ("٢٠–١٠", "٪٨٠", "٩:٠٠", "٥:٣٠"),
    "fa-AF": ("۱۰–۲۰", "٪۸۰", "۹:۰۰", "۵:۳۰"),
    "ps": ("۱۰–۲۰", "٪۸۰", "۹:۰۰", "۵:۳۰"),
    "ur": ("10–20", "80%", "9:00", "5:30"),
    "he": ("10–20", "80%", "9:00", "17:30", ".2026יאמב1,"),
}
"""A range, a percentage, times and a date, from left to right as the eye meets them."""
ZERO = {
    "arab": "٠",
    "arabext": "۰",
    "beng": "০",
    "deva": "०",
    "khmr": "០",
    "laoo": "໐",
    "latn": "0",
    "mymr": "၀",
    "thai": "๐",
}

every_language = pytest.mark.parametrize("tag", LANGUAGES)
every_other_sheet = pytest.mark.parametrize(("tag", "variant"), SHEETS)


@pytest.fixture(scope="session")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return once(tmp_path_factory, "specimens", lambda folder: make(FIRST, folder=folder))


@pytest.fixture(scope="session")
def others(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return once(tmp_path_factory, "all-specimens", lambda folder: make(*OTHERS, folder=folder))


def digits(tag: str, number: int) -> str:
    zero = ZERO[find(tag).digits]
    return "".join(chr(ord(zero) + int(digit)) for digit in str(number))


# The project


def test_there_is_nothing_to_mend_in_the_specimens() -> None:
    outcome = run(SPECIMENS, "check")
    assert (outcome.code, outcome.err) == (0, "")


def test_every_text_of_the_specimens_is_translated() -> None:
    rows = json.loads(run(SPECIMENS, "status", "--json").out)
    assert len(rows) == len(LANGUAGES) - 1
    assert {(row["percent"], row["fuzzy"]) for row in rows} == {(100, 0)}


def test_the_build_of_the_specimens_has_no_problem(first: Path) -> None:
    code, out, err = json.loads((first / "report.json").read_text("utf-8"))
    assert (code, err) == (0, "")
    assert out.splitlines()[-1].startswith(f"{len(LANGUAGES)} files")
    assert out.endswith("no problems.\n")


@pytest.mark.slow
def test_the_build_of_all_forms_has_no_problem(others: Path) -> None:
    code, out, err = json.loads((others / "report.json").read_text("utf-8"))
    assert (code, err) == (0, "")
    assert out.endswith("no problems.\n")


# The text layer


def found_by_poppler(source: str, file: Path) -> float:
    """Tables and columns count in either order: as they are laid out, or as the file has them."""
    return max(found_again(source, text_by_poppler(file, *how)) for how in ((), ("-raw",)))


@every_language
def test_the_words_of_a_sheet_come_back_by_poppler(tag: str, first: Path) -> None:
    source, file = text_of_source(tag), sheet(first, tag)
    least = TURNED if tag in RIGHT_TO_LEFT else LEAST
    assert found_by_poppler(source, file) >= least, lost(source, text_by_poppler(file))


@every_language
def test_the_words_of_a_sheet_come_back_by_pdfium(tag: str, first: Path) -> None:
    source, read = text_of_source(tag), text_by_pdfium(sheet(first, tag))
    least = TURNED_BY_PDFIUM if tag in RIGHT_TO_LEFT else LEAST
    assert found_again(source, read) >= least, lost(source, read)


@pytest.mark.slow
@every_other_sheet
def test_the_words_of_other_forms_come_back(tag: str, variant: Variant, others: Path) -> None:
    source, file = text_of_source(tag), sheet(others, tag, variant)
    read = text_by_pdfium(file)
    if tag not in RIGHT_TO_LEFT:
        assert found_by_poppler(source, file) >= LEAST, lost(source, text_by_poppler(file))
        assert found_again(source, read) >= LEAST, lost(source, read)
    else:
        least = TURNED_BESIDE_ENGLISH if variant == "columns" else TURNED
        assert found_by_poppler(source, file) >= least, lost(source, text_by_poppler(file))
        assert found_again(source, read) >= TURNED_BY_PDFIUM, lost(source, read)


def test_words_out_of_order_are_not_found_again() -> None:
    assert found_again("one two three four", "four three two one") == 25
    assert found_again("หายใจลำบาก", "หายใจ\u200bลำบาก") == 100
    assert found_again("หายใจลำบาก", "หาย ใจลำบาก") < 100
    assert found_again("胸痛", "胸 痛") == 100
    assert found_again("mag-text po", "magtext po") == 100
    assert found_again("10–20 minutes", "1020 minutes") < 50
    assert found_again("क्लिनिक में जाँच", "क्लि निक में जाँच") == pytest.approx(200 / 3)


# The picture


@every_language
def test_a_sheet_looks_like_the_picture_that_was_looked_at(tag: str, first: Path) -> None:
    differing = elsewhere(kept(PICTURES / f"{tag}.png"), by_pdfium(sheet(first, tag)))
    assert differing <= TOLERANCE, (
        f"{tag}: {differing:.1f} percent of the ink is elsewhere; {ADVICE}"
    )


@every_language
def test_two_programs_draw_the_same(tag: str, first: Path) -> None:
    file = sheet(first, tag)
    assert elsewhere(by_poppler(file), by_pdfium(file)) <= TOLERANCE


@pytest.mark.parametrize("tag", ["en", "ar", "ur", "ta", "km", "zh-Hans"])
def test_a_picture_may_have_moved_a_little(tag: str, first: Path) -> None:
    file = sheet(first, tag)
    for points in (0.25, 0.5):
        assert elsewhere(by_pdfium(file), by_pdfium(file, moved=points)) <= TOLERANCE
    assert elsewhere(by_pdfium(file), by_pdfium(file, moved=5)) > TOLERANCE


def test_there_is_a_picture_for_each_language_and_each_is_small() -> None:
    sizes = {path.stem: path.stat().st_size for path in PICTURES.glob("*.png")}
    assert set(sizes) == set(LANGUAGES)
    assert max(sizes.values()) <= 32_000


@pytest.mark.parametrize(
    ("tag", "other"), [("es", "pt-BR"), ("ru", "uk"), ("ar", "fa-AF"), ("zh-Hans", "zh-Hant")]
)
def test_the_page_of_another_language_is_found(tag: str, other: str, first: Path) -> None:
    assert elsewhere(by_pdfium(sheet(first, tag)), by_pdfium(sheet(first, other))) > 10


def in_font(own: str, other: str) -> Callable[[str], str]:
    return lambda html: html.replace(f"'{own}'", f"'{other}'")


def from_left_to_right(html: str) -> str:
    html = html.replace('dir="rtl"', 'dir="ltr"').replace("direction: rtl", "direction: ltr")
    return html.replace('<body class="rtl', '<body class="ltr')


def boxes_for(letters: str) -> Callable[[str], str]:
    return lambda html: re.sub(f"[{letters}](?=[^<>]*<)", "□", html)


WRONG: dict[str, tuple[str, Callable[[str], str]]] = {
    "another font": ("es", in_font("Noto Sans", "Noto Sans Mono")),
    "Japanese forms in Chinese": ("zh-Hans", in_font("Noto Sans SC", "Noto Sans JP")),
    "Arabic from left to right": ("ar", from_left_to_right),
    "Hebrew from left to right": ("he", from_left_to_right),
    "no breaks in Burmese": ("my", lambda html: html.replace("\u200b", "")),
    "a break inside a Korean word": ("ko", lambda html: html.replace("\u2060", "")),
    "one word that is not bold": ("en", lambda html: re.sub("</?strong>", "", html)),
    "a box for each of two letters": ("hi", boxes_for("कम")),
    "a paragraph too few": ("en", lambda html: re.sub(r"<p>A visit.*?</p>", "", html)),
    "a price too few": ("en", lambda html: html.replace("From $5 a month", "")),
    "lines that are too close": (
        "th",
        lambda html: re.sub(r"line-height: [\d.]+", "line-height: 1.2", html),
    ),
}


@pytest.fixture(scope="module")
def draw(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Image.Image]]:
    """Draws HTML with all fonts, also those that a language may not use."""
    fonts = {font for tag in (*LANGUAGES, "en") for font in find(tag).fonts}
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("FONTCONFIG_FILE", raising=False)  # put back, whatever the engine sets
        engine = start(prepare(fonts))
        file = tmp_path_factory.mktemp("drawn") / "sheet.pdf"

        def drawn(html: str) -> Image.Image:
            file.write_bytes(engine.pdf(html, fonts).data)
            return by_pdfium(file)

        yield drawn


@pytest.mark.parametrize("wrong", WRONG)
def test_what_is_wrong_is_found(wrong: str, draw: Callable[[str], Image.Image]) -> None:
    tag, spoil = WRONG[wrong]
    right = document(tag)
    spoilt = spoil(right)
    assert spoilt != right
    assert elsewhere(draw(right), draw(spoilt)) > TOLERANCE


@pytest.mark.parametrize("tag", ["vi", "th", "hi", "my"])
def test_clipped_marks_are_found(tag: str, first: Path) -> None:
    right = by_pdfium(sheet(first, tag))
    clipped = right.copy()
    dark = [
        min(right.crop((0, row, right.width, row + 1)).tobytes()) < 160
        for row in range(right.height)
    ]
    pen = ImageDraw.Draw(clipped)
    for row in range(1, right.height):
        if dark[row] and not dark[row - 1]:
            pen.rectangle((0, row, right.width, row + 1), "white")
    assert elsewhere(right, clipped) > 2 * TOLERANCE


def test_a_kept_picture_shows_the_same(first: Path, tmp_path: Path) -> None:
    picture = by_pdfium(sheet(first, "ta"))
    keep(picture, tmp_path / "ta.png")
    assert elsewhere(kept(tmp_path / "ta.png"), picture) <= TOLERANCE / 4


@pytest.mark.slow
@every_language
def test_a_sheet_is_legible_in_black_and_white(tag: str, first: Path) -> None:
    file = sheet(first, tag)
    dots = by_poppler(file, "-mono", dpi=288).reduce(4)
    assert elsewhere(by_poppler(file), dots) <= 1


# The page


def outside(file: Path) -> list[int]:
    """The pages of a sheet that have ink where not both papers reach."""
    return [number for number, page in enumerate(pages(file), 1) if _beyond(page)]


def _beyond(page: Image.Image) -> bool:
    wide, high = (size * DPI / 25.4 for size in SHARED)
    # The edge of a line may come to lie in the next pixel.
    left, top = int((page.width - wide) / 2), int((page.height - high) / 2)
    page.paste("white", (left, top, page.width - left, page.height - top))
    return min(page.tobytes()) < 250


@every_language
def test_nothing_is_printed_outside_of_what_both_papers_share(tag: str, first: Path) -> None:
    assert outside(sheet(first, tag)) == []


@pytest.mark.slow
@every_other_sheet
def test_no_form_prints_outside_of_what_both_papers_share(
    tag: str, variant: Variant, others: Path
) -> None:
    assert outside(sheet(others, tag, variant)) == []


@every_language
def test_a_sheet_has_the_fonts_of_its_language_and_no_others(tag: str, first: Path) -> None:
    used = families_in(sheet(first, tag))
    assert find(tag).fonts[0].replace(" ", "-") in used
    assert used <= {family.replace(" ", "-") for family in families(page(tag))}


def families_in(file: Path) -> set[str]:
    """The families in a sheet; Pango puts a comma behind a name that ends in a digit."""
    pages: list[Any] = list(PdfReader(file).pages)
    names = {font["/BaseFont"] for page in pages for font in page["/Resources"]["/Font"].values()}
    return {re.sub(r"^/\w+\+|(?:-Bold)?(?:-Italic)?,?$", "", name) for name in names}


@every_language
def test_lists_and_pages_are_counted_in_the_digits_of_the_language(tag: str, first: Path) -> None:
    file = sheet(first, tag)
    lines, rtl = lines_as_seen(file), tag in RIGHT_TO_LEFT
    for number in (1, 2, 3):
        digit = digits(tag, number)
        mark = rf"\W{digit}$" if rtl else rf"^{digit}\W"
        assert any(re.search(mark, line) for line in lines), number
    last = len(PdfReader(file).pages)
    for number in range(1, last + 1):
        count = f"{digits(tag, number)}/{digits(tag, last)}"
        assert any(line.startswith(count[::-1]) if rtl else line.endswith(count) for line in lines)


@pytest.mark.parametrize("tag", RIGHT_TO_LEFT)
@pytest.mark.parametrize("piece", TOGETHER)
def test_a_piece_keeps_together_from_right_to_left(tag: str, piece: str, first: Path) -> None:
    assert any(piece in line for line in lines_as_seen(sheet(first, tag)))


@pytest.mark.parametrize("tag", RIGHT_TO_LEFT)
def test_numbers_are_in_the_order_of_the_language(tag: str, first: Path) -> None:
    seen = "\n".join(lines_as_seen(sheet(first, tag)))
    assert [piece for piece in IN_ORDER[tag] if piece not in seen] == []


@pytest.mark.slow
def test_both_papers_hold_the_same_pages(first: Path, others: Path) -> None:
    for tag in LANGUAGES:
        files = sheet(first, tag), sheet(others, tag, "a4")
        assert len({len(PdfReader(file).pages) for file in files}) == 1


# The checkers


def complaints(file: Path) -> list[str]:
    heard = outloud.check(str(file))
    assert heard.error is None
    found = [
        f"outloud: {one.rule} {one.message}" for one in heard.findings if one.severity == "error"
    ]
    return found + [f"pdfua: {one}" for one in pdfua.validate(str(file)).findings]


@pytest.mark.slow
@every_language
def test_both_checkers_are_silent(tag: str, first: Path) -> None:
    assert complaints(sheet(first, tag)) == []


@pytest.mark.slow
@every_other_sheet
def test_both_checkers_are_silent_on_other_forms(tag: str, variant: Variant, others: Path) -> None:
    assert complaints(sheet(others, tag, variant)) == []


def test_all_forms_are_tried() -> None:
    assert set(PAPERS) <= {FIRST, *OTHERS}
    assert {variant for _tag, variant in SHEETS} == set(OTHERS)
