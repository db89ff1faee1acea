"""What is wrong with a picture, as far as that can be told without drawing it.

Everything is a count or a fact of the file, so the answer is the same on every machine. No picture
is unpacked, nothing that it names is opened. Standard library only.
"""

from __future__ import annotations

from collections.abc import Iterator

from outreach.pictures import dots, svg
from outreach.pictures.flaw import Flaw

MOST_BYTES = 50_000_000
"""Of a file; a photo for a page of paper has a tenth of it."""

TOO_LARGE = Flaw(f"it has more than {MOST_BYTES // 1_000_000} MB; make it smaller", "unsafe")

_KINDS = {"jpg": "JPEG", "jpeg": "JPEG", "png": "PNG", "gif": "GIF", "webp": "WebP", "svg": "SVG"}


def flaws(data: bytes, name: str) -> Iterator[Flaw]:
    """Yield what is wrong with the picture in a file of this name.

    Of one that can do harm only that is told: what else there is may go with it.
    """
    found = list(dict.fromkeys(_flaws(data)))
    unsafe = [flaw for flaw in found if flaw.kind == "unsafe"]
    if unsafe:
        yield from unsafe
        return
    yield from found
    kind, named = kind_of(data), _KINDS.get(name.rpartition(".")[2].lower())
    if kind and named and kind != named:
        # Browsers look into pictures of dots, but take nothing for SVG that is not called so.
        text = f"it is {kind}, and its name says {named}; give it the right ending"
        yield Flaw(text, "damaged" if "SVG" in (kind, named) else "remark")


def refusal(data: bytes) -> str:
    """Return why a picture is not drawn on sheets; empty where nothing is against it."""
    return next((flaw.text for flaw in _flaws(data) if flaw.kind != "remark"), "")


def kind_of(data: bytes) -> str:
    """The kind of a picture by its first bytes: PNG, JPEG, GIF, WebP or SVG; else empty."""
    return dots.kind_of(data) or ("SVG" if svg.is_xml(data) else "")


def _flaws(data: bytes) -> Iterator[Flaw]:
    if len(data) > MOST_BYTES:
        yield TOO_LARGE
    elif dots.kind_of(data):
        yield from dots.flaws(data)
    elif svg.is_xml(data):
        yield from svg.flaws(data)
    elif data.startswith(b"\x1f\x8b"):
        yield Flaw("it is compressed; save it as plain SVG", "damaged")
    elif dots.is_another(data):
        yield Flaw("it is of a kind that is not printed; save it as PNG, JPEG or SVG", "undrawn")
    else:
        yield Flaw(
            "it is no picture, or damaged; save it as PNG, JPEG, GIF, WebP or SVG", "damaged"
        )
