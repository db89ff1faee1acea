"""What a PDF says about itself: its structure, for screen readers, and its rules of printing.

WeasyPrint writes most of the structure. `install` wraps three of its functions, so that

- parts in another language say so (`/Lang`), links have their words as `/Contents`, heads of rows
  their `/Scope`, lists their kind of numbering;
- what stands in the margins of each page, the head of a table when it comes again, and pictures
  without words (`alt=""`) are artifacts.

`finish`, in WeasyPrint's own hook, mends the rest. Rules: ISO 14289-1 (PDF/UA-1), ISO 32000-1, 14.7
to 14.9 (structure) and 12.2 (viewer preferences), ISO 19005-3 (PDF/A-3).
"""

from __future__ import annotations

import contextlib
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

import pydyf
import weasyprint.draw
import weasyprint.pdf.stream
import weasyprint.pdf.tags
from weasyprint.formatting_structure.boxes import (
    MarginBox,
    ReplacedBox,
    TableCellBox,
    TableRowGroupBox,
)
from weasyprint.layout.absolute import AbsolutePlaceholder

_SCALE = 0.75
"""Points to a pixel of CSS."""
_NUMBERING = {
    "circle": "/Circle",
    "disc": "/Disc",
    "lower-alpha": "/LowerAlpha",
    "lower-latin": "/LowerAlpha",
    "lower-roman": "/LowerRoman",
    "none": "/None",
    "square": "/Square",
    "upper-alpha": "/UpperAlpha",
    "upper-latin": "/UpperAlpha",
    "upper-roman": "/UpperRoman",
}
"""Kinds of lists in PDF by style in CSS; what else there is counts."""
_BREAKABLE = frozenset(
    ("/Art", "/BlockQuote", "/Div", "/L", "/LBody", "/LI", "/NonStruct", "/P", "/Part", "/Sect")
) | {"/Table", "/TBody"}
"""Elements that can be broken between two pages; their content is in other elements."""
_REPEATED = "outreach_repeated"
"""What is set on boxes that say once more what was said on the page before."""
_CELLS = ("/TD", "/TH")

_build_box_tree = weasyprint.pdf.tags._build_box_tree  # noqa: SLF001
_draw_stacking_context = weasyprint.draw.draw_stacking_context
_marked = weasyprint.pdf.stream.Stream.marked
_margins: list[Any] = []
"""The boxes in the page's margin that are being drawn."""


def _describe(
    box: Any,  # noqa: ANN401
    parent: Any,  # noqa: ANN401
    pdf: Any,  # noqa: ANN401
    page_number: int,
    nums: Any,  # noqa: ANN401
    annotations: list[tuple[bytes, Any]],
    tags: Any,  # noqa: ANN401
) -> Iterator[Any]:
    """Yield the structure elements of a box, with what WeasyPrint does not know of them."""
    real = box._box if isinstance(box, AbsolutePlaceholder) else box  # noqa: SLF001
    if isinstance(real, MarginBox) or _is_decoration(real) or hasattr(real, _REPEATED):
        return
    if real.link_annotation and (words := _words(real.element)):
        real.link_annotation["Contents"] = pydyf.String(words)
    for element in _build_box_tree(box, parent, pdf, page_number, nums, annotations, tags):
        if hasattr(element, "source"):
            yield element
            continue
        element.source = real.element
        _add_language(element, real.style)
        _add_attributes(element, real)
        if real.link_annotation and element["S"] == "/Figure":
            yield _linked(pdf, element, parent, annotations)
        else:
            yield element


def _linked(
    pdf: Any,  # noqa: ANN401
    figure: Any,  # noqa: ANN401
    parent: Any,  # noqa: ANN401
    annotations: list[tuple[bytes, Any]],
) -> Any:  # noqa: ANN401
    """Return the element of a picture that is a link: the annotation belongs to the link."""
    annotation = figure["K"].pop(0)
    if parent["S"] == "/Link":
        parent["K"].append(annotation)
        annotations[-1] = parent.reference, annotations[-1][1]
        return figure
    link = _element(pdf, "/Link", figure["Pg"], parent, [annotation, figure.reference])
    link["Alt"] = figure["Alt"]
    figure["P"] = link.reference
    annotations[-1] = link.reference, annotations[-1][1]
    return link


def _element(pdf: Any, kind: str, page: bytes, parent: Any, kids: Iterable[bytes]) -> Any:  # noqa: ANN401
    element = pydyf.Dictionary(
        {
            "Type": "/StructElem",
            "S": kind,
            "K": pydyf.Array(kids),
            "Pg": page,
            "P": parent.reference,
        }
    )
    pdf.add_object(element)
    return element


def _is_decoration(box: Any) -> bool:  # noqa: ANN401
    """Whether a box is a picture that has nothing to say."""
    return (
        isinstance(box, ReplacedBox)
        and box.element is not None
        and box.element.tag == "img"
        and not box.element.get("alt")
    )


def _add_language(element: Any, style: Any) -> None:  # noqa: ANN401
    above = style.parent_style
    if style["lang"] and above is not None and style["lang"] != above["lang"]:
        element["Lang"] = pydyf.String(style["lang"])


def _add_attributes(element: Any, box: Any) -> None:  # noqa: ANN401
    if element["S"] == "/TH":
        row = box.element is not None and box.element.get("scope") == "row"
        element["A"]["Scope"] = "/Row" if row else "/Column"
    elif element["S"] == "/L" and box.element_tag in {"ol", "ul"}:
        kind = _NUMBERING.get(box.style["list_style_type"], "/Decimal")
        element["A"] = pydyf.Dictionary({"O": "/List", "ListNumbering": kind})
    elif element["S"] == "/Link" and not "".join(box.element.itertext()).strip():
        element["Alt"] = pydyf.String(_words(box.element))


def _words(element: Any) -> str:  # noqa: ANN401
    """Return the words of a link, or those of the pictures in it."""
    words = " ".join("".join(element.itertext()).split())
    return words or " ".join(image.get("alt", "") for image in element.iter("img")).strip()


def _draw_context(stream: Any, context: Any) -> None:  # noqa: ANN401
    margin = isinstance(context.box, MarginBox)
    if margin:
        _margins.append(context.box)
    try:
        _draw_stacking_context(stream, context)
    finally:
        if margin:
            _margins.pop()


@contextlib.contextmanager
def _mark(stream: Any, box: Any, tag: str) -> Iterator[None]:  # noqa: ANN401
    """Mark what is drawn meanwhile as a part of the document, or as none."""
    tagged = stream._tags is not None  # noqa: SLF001
    if not tagged or not (_margins or _is_decoration(box) or hasattr(box, _REPEATED)):
        with _marked(stream, box, tag):
            yield
        return
    stream.begin_marked_content("Artifact", _pagination() if _margins else None)
    yield
    stream.end_marked_content()


def _pagination() -> Any:  # noqa: ANN401
    place = "/Header" if _margins[-1].at_keyword.startswith("@top") else "/Footer"
    return pydyf.Dictionary({"Type": "/Pagination", "Subtype": place})


def repeat_no_heads(pages: Iterable[Any]) -> list[Any]:
    """Let the head of a table that is drawn again on the next page be no part of the document.

    Returns the cells of such heads, for `finish`.
    """
    seen: set[Any] = set()
    cells: list[Any] = []
    for page in pages:
        for box in page._page_box.descendants():  # noqa: SLF001
            if isinstance(box, TableRowGroupBox) and box.is_header and box.element is not None:
                if box.element in seen:
                    cells += _repeated(box)
                seen.add(box.element)
    return cells


def _repeated(group: Any) -> Iterator[Any]:  # noqa: ANN401
    for box in (group, *group.descendants()):
        setattr(box, _REPEATED, True)
        if isinstance(box, TableCellBox):
            # WeasyPrint notes here the name that cells below call their head by.
            box.mark = pydyf.Dictionary()
            yield box


def finish(
    pdf: Any,  # noqa: ANN401
    parts: Sequence[tuple[str, Collection[int]]],
    repeated: Iterable[Any] = (),
) -> None:
    """Complete the structure and the catalog of a PDF.

    `parts` are the documents in it, in the order to be read: language, and numbers of pages.
    `repeated` are the cells that `repeat_no_heads` found.
    """
    elements = [
        item
        for item in pdf.objects
        if isinstance(item, pydyf.Dictionary) and item.get("Type") == "/StructElem"
    ]
    for element in elements:
        if element["S"] == "/Figure":
            _place(pdf, element)
        elif element["S"] == "/LI":
            _give_body(pdf, element)
    _rename_heads(elements, repeated)
    _prune(pdf, elements)
    (root,) = (element for element in elements if element["S"] == "/Document")
    _order(pdf, root, parts)
    # No `/Direction`: with `/R2L`, PDFium reads every English line of an Arabic sheet backwards.
    pdf.catalog["ViewerPreferences"] = pydyf.Dictionary(
        {
            "DisplayDocTitle": "true",
            "PrintScaling": "/None",
            "Duplex": "/DuplexFlipLongEdge",
        }
    )


def _order(pdf: Any, root: Any, parts: Sequence[tuple[str, Collection[int]]]) -> None:  # noqa: ANN401
    """Put the pages of each part together, and what was broken between two pages."""
    kids = [_object(pdf, kid) for kid in root["K"]]
    pages = {
        pdf.page_references[page]: number for number, (_, of) in enumerate(parts) for page in of
    }
    together = []
    for number, (language, _) in enumerate(parts):
        own = [kid for kid in kids if pages.get(kid["Pg"]) == number]
        merged = [kid.reference for kid in _merged(pdf, own)]
        if len(parts) == 1:
            together = merged
        elif own:
            part = _element(pdf, "/Part", own[0]["Pg"], root, merged)
            part["Lang"] = pydyf.String(language)
            for kid in merged:
                _object(pdf, kid)["P"] = part.reference
            together.append(part.reference)
    root["K"] = pydyf.Array(together)


def _merged(pdf: Any, elements: Iterable[Any]) -> list[Any]:  # noqa: ANN401
    """Return elements, with those made one that come from one element of the HTML."""
    merged: list[Any] = []
    for element in elements:
        if merged and _is_rest(merged[-1], element):
            _append(pdf, merged[-1], element)
        else:
            merged.append(element)
    return merged


def _is_rest(first: Any, second: Any) -> bool:  # noqa: ANN401
    source = getattr(first, "source", None)
    same = source is not None and getattr(second, "source", None) is source
    return same and first["S"] == second["S"] and first["S"] in _BREAKABLE


def _append(pdf: Any, first: Any, second: Any) -> None:  # noqa: ANN401
    """Put the content of an element's second half into the first one."""
    kids = [_object(pdf, kid) for kid in second["K"]]
    for kid in kids:
        kid["P"] = first.reference
    if first["K"] and kids and _is_rest(_object(pdf, first["K"][-1]), kids[0]):
        _append(pdf, _object(pdf, first["K"][-1]), kids.pop(0))
    first["K"] += [kid.reference for kid in kids]


def _rename_heads(elements: Iterable[Any], repeated: Iterable[Any]) -> None:
    """Let cells on later pages name the heads on the first one."""
    heads = {element.source: element["ID"] for element in elements if "ID" in element}
    names = {
        cell.mark["ID"].string: heads[cell.element] for cell in repeated if cell.element in heads
    }
    for element in elements:
        if names and "Headers" in element.get("A", ()):
            headers = (names.get(head.string, head) for head in element["A"]["Headers"])
            element["A"]["Headers"] = pydyf.Array(headers)


def _place(pdf: Any, figure: Any) -> None:  # noqa: ANN401
    """Give the box of a figure in points from below, where WeasyPrint has pixels from above."""
    left, top, right, bottom = figure["A"]["BBox"]
    height = _object(pdf, figure["Pg"])["MediaBox"][3]
    box = left * _SCALE, height - bottom * _SCALE, right * _SCALE, height - top * _SCALE
    figure["A"]["BBox"] = pydyf.Array(box)


def _give_body(pdf: Any, item: Any) -> None:  # noqa: ANN401
    """Put what an item of a list has beside its number into a body."""
    kids = [_object(pdf, kid) for kid in item["K"]]
    others = [kid for kid in kids if kid["S"] not in {"/Lbl", "/LBody"}]
    if others and all(kid["S"] != "/LBody" for kid in kids):
        body = _element(pdf, "/LBody", item["Pg"], item, [kid.reference for kid in others])
        body.source = item.source
        for kid in others:
            kid["P"] = body.reference
        labels = (kid.reference for kid in kids if kid["S"] == "/Lbl")
        item["K"] = pydyf.Array((*labels, body.reference))


def _prune(pdf: Any, elements: list[Any]) -> None:  # noqa: ANN401
    """Take elements without content out of the structure, but for the cells of tables."""
    for element in reversed(elements):
        while not element["K"] and element["S"] not in (*_CELLS, "/Document"):
            above = _object(pdf, element["P"])
            if element.reference in above["K"]:
                above["K"].remove(element.reference)
            element = above  # noqa: PLW2901  (its last content may be gone)


def _object(pdf: Any, reference: bytes) -> Any:  # noqa: ANN401
    return pdf.objects[int(reference.split()[0])]


def install() -> None:
    """Let WeasyPrint describe its documents in this way, in this process."""
    weasyprint.pdf.tags._build_box_tree = _describe  # noqa: SLF001
    weasyprint.pdf.stream.Stream.marked = _mark
    weasyprint.draw.draw_stacking_context = _draw_context
