"""Small sheets in many languages, drawn, and what readers of PDFs find in them."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pypdfium2
import pytest
from prose import PROSE
from pypdf import PdfReader

from outreach.bidi import isolate
from outreach.languages import find
from outreach.sheet import start
from outreach.sheet.fonts import chain, prepare

if TYPE_CHECKING:
    # Imported when fonts are ready, and only on machines with Pango.
    from outreach.sheet.engine import Engine, Pdf

FEW = ("es", "vi", "ar", "ur", "he", "hi", "km", "my")
"""The hardest languages; the others are slow only because they are many."""

LANGUAGES = [tag if tag in FEW else pytest.param(tag, marks=pytest.mark.slow) for tag in PROSE]


@contextmanager
def started(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """An engine with the fonts of all languages; test processes prepare these together."""
    base = tmp_path_factory.getbasetemp()
    cache = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "sheet-fonts"
    before = os.environ.get("FONTCONFIG_FILE")
    yield start(prepare([font for tag in PROSE for font in find(tag).fonts], cache))
    os.environ.pop("FONTCONFIG_FILE", None)
    if before is not None:
        os.environ["FONTCONFIG_FILE"] = before


def sheet(tag: str, body: str, *, style: str = "") -> str:
    language = find(tag)
    fonts = ", ".join(f"'{font}'" for font in chain(language.fonts))
    return (
        f'<html lang="{tag}" dir="{language.direction}"><head><title>Hands</title><style>'
        f"@page {{ size: 100mm 250mm; margin: 10mm }} {style}"
        f"html {{ font: 12pt/{language.line_height} {fonts} }}</style></head><body>{body}"
    )


def draw(engine: Engine, tag: str, body: str, *, style: str = "") -> Pdf:
    return engine.pdf(sheet(tag, body, style=style), chain(find(tag).fonts))


def by_poppler(pdf: Pdf, tmp_path: Path, *options: str) -> str:
    file = tmp_path / "sheet.pdf"
    file.write_bytes(pdf.data)
    command = ["pdftotext", *options, str(file), "-"]
    return subprocess.run(command, capture_output=True, check=True).stdout.decode()


def by_pdfium(pdf: Pdf) -> str:
    document = pypdfium2.PdfDocument(pdf.data)
    return "\n".join(page.get_textpage().get_text_range() for page in document)


def aloud(pdf: Pdf, tmp_path: Path) -> str:
    """Return the text in the order of its structure, as `pdfinfo` finds it."""
    file = tmp_path / "sheet.pdf"
    file.write_bytes(pdf.data)
    command = ["pdfinfo", "-struct-text", str(file)]
    told = subprocess.run(command, capture_output=True, check=True).stdout.decode()
    lines = (line.strip() for line in told.splitlines())
    return "".join(line[1:-1] if line[:1] == '"' else "\n" * (line[:2] == "P ") for line in lines)


def article(tag: str) -> str:
    """Return HTML with sentences as paragraphs, and again in a list, with markup inside."""
    items = []
    for sentence in PROSE[tag]:
        parts = sentence.split(" ")
        if len(parts) > 4:
            parts[2] = f"<strong>{parts[2]}</strong>"
            parts[4] = f'<a href="https://example.org/">{parts[4]}</a>'
        items.append(f"<li>{' '.join(parts)}</li>")
    paragraphs = "".join(f"<p>{sentence}</p>" for sentence in PROSE[tag])
    return isolate(f"{paragraphs}<ol>{''.join(items)}</ol>{paragraphs}")


def objects(pdf: Pdf) -> list[Any]:
    """Return all that a PDF is made of."""
    document = PdfReader(BytesIO(pdf.data))
    size: Any = document.trailer["/Size"]
    return [document.get_object(number) for number in range(1, size)]


def dictionaries(pdf: Pdf, name: str, value: str) -> list[Any]:
    return [item for item in objects(pdf) if isinstance(item, dict) and item.get(name) == value]


def catalog(pdf: Pdf) -> Any:  # noqa: ANN401
    root: Any = PdfReader(BytesIO(pdf.data)).trailer["/Root"]
    return root


def elements(pdf: Pdf) -> list[Any]:
    """Return the elements of the structure in the order in which they are read."""

    def below(element: Any) -> Iterator[Any]:  # noqa: ANN401
        yield element
        for kid in element["/K"]:
            found = kid.get_object()
            if isinstance(found, dict) and "/S" in found:
                yield from below(found)

    return list(below(catalog(pdf)["/StructTreeRoot"]["/K"][0].get_object()))
