"""Two documents in one PDF, for both sides of the paper."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import outloud
import pdfua
import pypdfium2
import pytest
from prose import PROSE
from pypdf import PdfReader
from sheet_tools import catalog, dictionaries, draw, elements, sheet, started

from outreach.languages import find
from outreach.sheet.fonts import chain, prepare

if TYPE_CHECKING:
    # Imported when fonts are ready, and only on machines with Pango.
    from outreach.sheet.engine import Engine, Pdf

COUNT = "@page { @bottom-right { content: counter(page) ' / ' counter(pages) } }"


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    with started(tmp_path_factory) as engine:
        yield engine


def document(tag: str, pages: int) -> str:
    text = f"<h1>{PROSE[tag][0]}</h1>" + "".join(
        f'<h2 id="h{page}">{PROSE[tag][1]}</h2><p>{PROSE[tag][0]} <a href="#h0">{tag}</a></p>'
        '<p style="break-after: page"></p>'
        for page in range(pages - 1)
    )
    return sheet(tag, f"{text}<p>{PROSE[tag][1]}</p>", style=COUNT)


def bound(engine: Engine, front: int, back: int) -> Pdf:
    fonts = chain((*find("ar").fonts, *find("en").fonts))
    pdf = engine.pdf(document("ar", front), fonts, behind=document("en", back))
    assert pdf.problems == ()
    return pdf


def feet(pdf: Pdf) -> list[str]:
    """Return the language and the number at the foot of each page."""
    found = []
    for page in pypdfium2.PdfDocument(pdf.data):
        text = page.get_textpage().get_text_range().replace("\u200f", "")
        numbers = text.replace("\r\n", "\n").strip().split("\n")[-1].replace(" ", "")
        tag = "ar" if any("\u0600" < char < "\u06ff" for char in text) else "en"
        found.append(f"{tag} {numbers}" if text.strip() else "")
    return found


def test_pages_alternate_when_there_are_as_many(engine: Engine) -> None:
    assert feet(bound(engine, 2, 2)) == ["ar 1/2", "en 1/2", "ar 2/2", "en 2/2"]


@pytest.mark.parametrize(
    ("front", "back", "pages"),
    [
        (2, 1, ["ar 1/2", "ar 2/2", "en 1/1"]),
        (1, 2, ["ar 1/1", "", "en 1/2", "en 2/2"]),
        (3, 1, ["ar 1/3", "ar 2/3", "ar 3/3", "", "en 1/1"]),
    ],
)
def test_the_second_document_begins_on_a_new_sheet(
    front: int, back: int, pages: list[str], engine: Engine
) -> None:
    pdf = bound(engine, front, back)
    assert feet(pdf) == pages
    sizes = {tuple(page.mediabox) for page in PdfReader(BytesIO(pdf.data)).pages}
    assert len(sizes) == 1


@pytest.mark.parametrize(("front", "back"), [(2, 2), (3, 1)])
def test_one_language_is_read_whole_before_the_other(front: int, back: int, engine: Engine) -> None:
    pdf = bound(engine, front, back)
    assert catalog(pdf)["/Lang"] == "ar"
    root = elements(pdf)[0]
    parts = [kid.get_object() for kid in root["/K"]]
    assert [(part["/S"], part["/Lang"]) for part in parts] == [("/Part", "ar"), ("/Part", "en")]
    kinds = [item["/S"] for item in elements(pdf) if item["/S"] in {"/H1", "/Part"}]
    assert kinds == ["/Part", "/H1", "/Part", "/H1"]


@pytest.mark.parametrize(("front", "back"), [(2, 2), (3, 1), (1, 2)])
def test_two_checkers_find_no_error(front: int, back: int, engine: Engine, tmp_path: Path) -> None:
    file = tmp_path / "sheet.pdf"
    file.write_bytes(bound(engine, front, back).data)
    result = outloud.check(str(file))
    assert result.error is None
    assert [finding for finding in result.findings if finding.severity == "error"] == []
    assert list(pdfua.validate(str(file)).findings) == []


def test_links_and_bookmarks_lead_to_places_in_their_own_document(engine: Engine) -> None:
    pdf = bound(engine, 2, 2)
    reader = PdfReader(BytesIO(pdf.data))
    names: Any = reader.named_destinations
    for number, page in enumerate(reader.pages):
        for annotation in page.get("/Annots", ()):
            target = names[annotation.get_object()["/Dest"]]
            assert reader.get_destination_page_number(target) == number % 2
    assert len(dictionaries(pdf, "/Subtype", "/Link")) == 2
    tops = [item for item in reader.outline if not isinstance(item, list)]
    assert [reader.get_destination_page_number(item) for item in tops] == [0, 1]


def test_what_was_drawn_before_leaves_no_trace(engine: Engine) -> None:
    tags = ("hi", "ar", "km", "vi", "es")

    def digests(order: tuple[str, ...]) -> dict[str, str]:
        made = {tag: draw(engine, tag, "<p>".join(PROSE[tag])).data for tag in order}
        return {tag: sha256(data).hexdigest() for tag, data in made.items()}

    first = digests(tags)
    joined = sha256(bound(engine, 2, 2).data).hexdigest()
    assert digests(tags[::-1]) == first
    assert sha256(bound(engine, 2, 2).data).hexdigest() == joined


def test_the_same_bytes_come_out_in_every_process(
    engine: Engine, tmp_path_factory: pytest.TempPathFactory
) -> None:
    code = (
        "import hashlib, json, sys; from pathlib import Path\n"
        "from outreach.sheet import start; from outreach.sheet.fonts import prepare\n"
        "front, back, allowed, cache = json.load(sys.stdin)\n"
        "pdf = start(prepare(allowed, Path(cache))).pdf(front, allowed, behind=back)\n"
        "print(hashlib.sha256(pdf.data).hexdigest())"
    )
    fonts = chain((*find("ar").fonts, *find("en").fonts))
    cache = tmp_path_factory.mktemp("fonts")
    prepare(fonts, cache)
    given = json.dumps([document("ar", 2), document("en", 2), fonts, str(cache)])
    told = {
        subprocess.run(
            [sys.executable, "-c", code],
            input=given.encode(),
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": locale},
            capture_output=True,
            check=True,
        ).stdout
        for seed, zone, locale in (("1", "UTC", "C"), ("2", "Asia/Kabul", "C.UTF-8"))
    }
    assert told == {f"{sha256(bound(engine, 2, 2).data).hexdigest()}\n".encode()}
