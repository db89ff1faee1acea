"""The rules that a PDF claims to follow: PDF/A-3a and PDF/UA-1, both in one file.

WeasyPrint writes the metadata of one of them; here the other one is added. PDF/A asks that names
which it does not know are declared (ISO 19005-3, 6.6.2.3), as those of PDF/UA are (ISO 14289-1, 5).
"""

from __future__ import annotations

from typing import Any

VARIANT = "pdf/a-3a"
"""What WeasyPrint is asked for."""

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
