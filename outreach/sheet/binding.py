"""Two documents in one PDF, to be printed on both sides of the paper."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import weasyprint

Parts = Sequence[tuple[str, Sequence[int]]]
"""For each document, its language and the numbers of its pages in the whole, from 0."""


def bind(front: Any, back: Any) -> tuple[Any, Parts]:  # noqa: ANN401
    """Return a document with the pages of both, and where the pages of each are.

    With as many pages, they alternate; else the second follows, on a new sheet of paper.
    """
    _rename_anchors(back.pages)
    pages, parts = _sequence(front.pages, back.pages, front.font_config)
    whole = front.copy(pages)
    whole.make_bookmark_tree = lambda *arguments, **options: [
        bookmark
        for document, numbers in zip((front, back), parts, strict=True)
        for bookmark in _moved(document.make_bookmark_tree(*arguments, **options), numbers)
    ]
    languages = (document.metadata.lang or "" for document in (front, back))
    return whole, tuple(zip(languages, parts, strict=True))


def _sequence(
    front: Sequence[Any],
    back: Sequence[Any],
    fonts: Any,  # noqa: ANN401
) -> tuple[list[Any], tuple[Sequence[int], Sequence[int]]]:
    if len(front) == len(back):
        pages = [page for both in zip(front, back, strict=True) for page in both]
        return pages, (range(0, len(pages), 2), range(1, len(pages), 2))
    blank = [_blank(front[0], fonts)] if len(front) % 2 else []
    start = len(front) + len(blank)
    return [*front, *blank, *back], (range(len(front)), range(start, start + len(back)))


def _blank(like: Any, fonts: Any) -> Any:  # noqa: ANN401
    """Return an empty page of the same size."""
    style = f"@page {{ margin: 0; size: {like.width}px {like.height}px }}"
    html = f'<html lang="en"><style>{style}</style><body></body></html>'
    (page,) = weasyprint.HTML(string=html).render(font_config=fonts).pages
    return page


def _rename_anchors(pages: Iterable[Any]) -> None:
    """Let links lead to places in their own document, when both have places of the same name."""
    for page in pages:
        page.anchors = {f"{name} 2": place for name, place in page.anchors.items()}
        page.links = [
            (kind, f"{target} 2" if kind == "internal" else target, *others)
            for kind, target, *others in page.links
        ]


def _moved(bookmarks: Iterable[Any], numbers: Sequence[int]) -> Iterator[Any]:
    """Yield a tree of bookmarks that lead to pages by their numbers in the whole."""
    for label, (page, x, y), children, state in bookmarks:
        yield label, (numbers[page], x, y), list(_moved(children, numbers)), state
