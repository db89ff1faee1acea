"""The rules that a PDF claims to follow: PDF/A-3a and PDF/UA-1, both in one file.

WeasyPrint writes the metadata of one of them; here the other one is added. PDF/A asks that names
which it does not know are declared (ISO 19005-3, 6.6.2.3), as those of PDF/UA are (ISO 14289-1, 5).
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

import pydyf
import weasyprint.pdf

_VARIANT, _COLORS = "pdf/a-3a", "srgb"

OPTIONS = {"pdf_variant": _VARIANT, "output_intent": "as laid out"}
"""What `write_pdf` is asked for."""


@dataclass(slots=True)
class _Profile:
    """What a color is, in bytes of the International Color Consortium's format.

    As WeasyPrint's own class is; that one leaves its file open, and does not always write the same.
    """

    name: str
    components: tuple[str, ...]
    content: bytes
    pdf_reference: bytes | None = None


def layout_options() -> dict[str, Any]:
    """Return what `render` is asked for: colors are those of sRGB, whose profile is in the file."""
    profile = _Profile("sRGB2014", ("r", "g", "b"), _srgb())
    return {
        "pdf_variant": _VARIANT,
        "output_intent": _COLORS,
        "color_profiles": {_COLORS: profile},
    }


@functools.cache
def _srgb() -> bytes:
    return (files(weasyprint.pdf) / "sRGB2014.icc").read_bytes()


_UA = b"""
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<pdfuaid:part>1</pdfuaid:part>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>The part of ISO 14289 that is followed</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
"""
_END = b"</rdf:RDF>"


def claim(metadata: Any) -> None:  # noqa: ANN401
    """Let the metadata of a document say that it follows both."""
    write = metadata.generate_rdf_metadata

    def with_both(*arguments: object) -> bytes:
        before, end, after = bytes(write(*arguments)).rpartition(_END)
        return before + _UA + end + after

    metadata.generate_rdf_metadata = with_both


class _Written(pydyf.Object):  # type: ignore[misc]
    """An object in the bytes that are written; others make them whenever they are asked."""

    data = b""
    compressible = False

    def __init__(self, item: Any) -> None:  # noqa: ANN401
        super().__init__()
        self.number, self.generation, self.free = item.number, item.generation, item.free
        self.data, self.compressible = item.data, item.compressible


def write_once(pdf: Any) -> None:  # noqa: ANN401
    """Let each object of a complete PDF be compressed and written in bytes once.

    Else all are twice: for the file, and for the identifier that PDF/A asks for, which is made of
    all the bytes.
    """
    for place, item in enumerate(pdf.objects):
        if item.free != "f":
            pdf.objects[place] = _Written(item)
