"""From HTML to PDF: the only place that uses WeasyPrint.

Importing this module loads WeasyPrint and the native libraries behind it, which takes half a second
and reads the fonts that `FONTCONFIG_FILE` names. Come here by way of `outreach.sheet.start`.
"""

from __future__ import annotations

import contextlib
import ctypes.util
import functools
import io
import logging
import mimetypes
import os
import re
import struct
import sys
import warnings
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, Protocol
from urllib.parse import quote, unquote

from outreach.model import Location, OutreachError, Problem
from outreach.pictures import kind_of, refusal
from outreach.sheet.fonts import FontSet, character_name
from outreach.sheet.inspect import LEAST, inspect
from outreach.sheet.limit import limited
from outreach.sheet.report import Drawn

_HELP = (
    "PDFs need the library Pango, which is not installed. Install it with one command: "
    "on Debian or Ubuntu “sudo apt-get install libpango-1.0-0 libpangoft2-1.0-0 "
    "libharfbuzz-subset0”; on Fedora “sudo dnf install pango harfbuzz”; on macOS “brew install "
    "pango”; on Windows “pacman -S mingw-w64-ucrt-x86_64-pango” in MSYS2"
)
_SLOW = "the library harfbuzz-subset is not installed: PDFs are right, but take many times longer"


def _found_nowhere(name: str) -> None:  # noqa: ARG001  (as the standard library calls it)
    return None


@contextlib.contextmanager
def _sonames_only() -> Iterator[None]:
    """Keep the import from asking gcc and ldconfig for names that do not exist on Linux.

    The loader finds the libraries there by the names that WeasyPrint tries next.
    """
    find = ctypes.util.find_library
    if sys.platform == "linux":
        ctypes.util.find_library = _found_nowhere
    try:
        yield
    finally:
        ctypes.util.find_library = find


try:
    # WeasyPrint prints its own advice when a library is missing; ours is shorter.
    with (
        _sonames_only(),
        contextlib.redirect_stdout(io.StringIO()),
        warnings.catch_warnings(record=True),
    ):
        import weasyprint
        from weasyprint.images import Image, ImageFile
        from weasyprint.text.ffi import harfbuzz_subset
        from weasyprint.text.fonts import FontConfiguration
        from weasyprint.urls import URLFetcher, URLFetcherResponse, URLFetchingError

        from outreach.sheet import archive, binding, codes, drawings, markers, tags, textlayer
except OSError as error:
    raise OutreachError(Problem(Location("pdf"), _HELP)) from error


for _changed in (drawings, markers, tags, textlayer):
    _changed.install()
ImageFile.LOAD_TRUNCATED_IMAGES = False  # WeasyPrint would fill up with grey, without a word


_BEYOND_MEASURE = (
    *(ArithmeticError, AssertionError, LookupError, MemoryError, RecursionError, TypeError),
    *(ValueError, URLFetchingError),
)
"""What WeasyPrint raises for styles and a nesting that no page can have; raw HTML can."""


class Readable(Protocol):
    """A file, as a path or as its content."""

    def read_bytes(self) -> bytes: ...


PATIENCE, _PER_SIGN = 60.0, 0.003
"""Seconds of the processor for a sheet, and more for each sign of its documents: a hundred times
what sheets take."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Pdf(Drawn):
    """A sheet, drawn."""

    data: bytes

    @property
    def drawn(self) -> Drawn:
        """What was found in it, without the file."""
        return Drawn(**{item.name: getattr(self, item.name) for item in fields(Drawn)})


class Engine:
    """Draws sheets; keeps the fonts and the style sheet for all of them.

    Make one in each process, after the fork: newer Pango starts a thread for a font map.
    """

    def __init__(self, fonts: FontSet, stylesheet: str) -> None:
        os.environ["FONTCONFIG_FILE"] = str(fonts.conf)
        self._fonts = FontConfiguration()
        with _listening() as heard:
            self._style = weasyprint.CSS(
                string=stylesheet, font_config=self._fonts, url_fetcher=_Fetcher({})
            )
        self.problems = (*heard, *(() if harfbuzz_subset else (_SLOW,)))
        """What is wrong with the style sheet or the machine, whatever is drawn."""

    def pdf(
        self,
        html: str,
        families: Collection[str],
        images: Mapping[str, Readable] | None = None,
        *,
        behind: str | None = None,
        least: float = LEAST,
        shown: str = "sheet",
        patience: float = PATIENCE,
    ) -> Pdf:
        """Return the PDF of a whole HTML document; the same bytes for the same input.

        `families` are the fonts that may appear in it. `images` says which file stands behind an
        image's address, as written; no other file is read, and nothing is fetched.

        `behind` is a second document for the backs of the paper, such as the same sheet in English.
        If both have as many pages, each sheet of paper has a page of the first one in front and its
        counterpart behind; else the second document begins on a new sheet of paper. A reader of
        the structure comes to the whole first document, then to the second.

        It is an error when letters are smaller than `least`, in points. Raises `OutreachError`,
        which names the sheet as `shown`, when it cannot be laid out, or takes more seconds of the
        processor than `patience` and some for each sign.
        """
        texts = [text for text in (html, behind) if text is not None]
        seconds = patience + _PER_SIGN * sum(map(len, texts))
        with _listening() as heard, _measured(shown), limited(seconds):
            drawn = [self._layout(text, images or {}) for text in texts]
            document, parts = _bound([one.document for one in drawn])
            seen = inspect(document.pages, [max(numbers) for _, numbers in parts], least=least)
            repeated = tags.repeat_no_heads(document.pages)
            archive.claim(document.metadata)

            def finish(document: object, pdf: object) -> None:
                codes.finish(document, pdf)
                tags.finish(pdf, parts, repeated)
                archive.write_once(pdf)

            data = document.write_pdf(finisher=finish, **archive.OPTIONS)
        refused = (problem for one in drawn for problem in one.refused)
        fonts = document.fonts.values()
        return Pdf(
            data=data,
            pages=len(document.pages),
            letters=tuple(dict.fromkeys(_font_problems(fonts, families))),
            overflow=seen.overflow,
            small=seen.small,
            warnings=tuple(dict.fromkeys((*refused, *heard, *seen.warnings))),
            fonts=tuple(sorted({font.family for font in fonts})),
            smallest=seen.smallest,
            machine=self.problems,
        )

    def _layout(self, html: str, images: Mapping[str, Readable]) -> _Layout:
        source = weasyprint.HTML(string=html, url_fetcher=_Fetcher(images))
        refused = tuple(_local_images(source.etree_element, images))
        document = source.render(
            font_config=self._fonts, stylesheets=[self._style], **archive.layout_options()
        )
        return _Layout(document, refused)


@dataclass(frozen=True, slots=True)
class _Layout:
    """A document whose pages are laid out, but not drawn."""

    document: Any
    refused: tuple[str, ...]


def _bound(documents: Sequence[Any]) -> tuple[Any, binding.Parts]:
    """Return one document with the pages of all, and which of them are whose."""
    if len(documents) == 1:
        (document,) = documents
        return document, ((document.metadata.lang or "", range(len(document.pages))),)
    return binding.bind(*documents)


class _Fetcher(URLFetcher):  # type: ignore[misc]
    """Opens the files it was given and nothing else: no network, no other files."""

    def __init__(self, images: Mapping[str, Readable]) -> None:
        super().__init__(allowed_protocols=("file",), allow_redirects=False)
        self._files = {_uri(path): file for path, file in images.items()}

    def fetch(self, url: str, _headers: object = None) -> URLFetcherResponse:
        if url not in self._files:
            raise ValueError("it is not one of the guide's own files")
        kind = mimetypes.guess_type(url)[0] or "application/octet-stream"
        data, why = _printable(self._files[url].read_bytes())
        if why:
            raise ValueError(why)
        return URLFetcherResponse(url, data, {"Content-Type": kind})


_MAY_BE_CLEAR = ("PNG", "GIF", "WebP")
_DOTS = ("PNG", "JPEG", "GIF", "WEBP")
"""What Pillow calls the kinds of pictures that it is let near."""


@functools.lru_cache(maxsize=4)
def _printable(data: bytes) -> tuple[bytes, str]:
    """Return a picture as it is printed, or why it is not.

    A picture of dots is unpacked once: it must be whole. It is put on white paper, because old
    printers draw no half transparent ones.
    """
    why, kind = refusal(data), kind_of(data)
    if why or kind == "SVG":
        return data, why
    try:
        with Image.open(io.BytesIO(data), formats=_DOTS) as image:
            image.load()
            clear = image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info
            return (_opaque(image) if clear and kind in _MAY_BE_CLEAR else data), ""
    except (OSError, SyntaxError, ValueError, EOFError, ArithmeticError, LookupError, struct.error):
        return data, "it is damaged; save it again"


_STRIP = 512
"""Rows that are put on paper at a time, as each copy of a large picture takes 200 MB."""


def _opaque(image: Image.Image) -> bytes:
    whole = Image.new("RGB", image.size)
    for top in range(0, image.height, _STRIP):
        strip = image.crop((0, top, image.width, min(top + _STRIP, image.height)))
        paper = Image.new("RGBA", strip.size, "white")
        paper = Image.alpha_composite(paper, strip.convert("RGBA"))
        whole.paste(paper.convert("RGB"), (0, top))
    made = io.BytesIO()
    whole.save(made, "PNG")
    return made.getvalue()


def _uri(path: str) -> str:
    """What WeasyPrint calls an image; it gets into the PDF, unlike the place of the project."""
    return f"file:///{quote(path)}"


def _local_images(root: Any, images: Mapping[str, Readable]) -> Iterator[str]:  # noqa: ANN401
    """Point images to their files; leave of the others their words, and yield what is wrong."""
    for image in root.iter("img"):
        address = image.attrib.pop("src", "")
        path = address if address in images else unquote(address)
        if path in images:
            image.set("src", _uri(path))
        else:
            shown = address if len(address) <= 80 else f"{address[:80]}…"
            yield f"the image “{shown}” is not in the sheet; its description stands in its place"


def _font_problems(fonts: Iterable[Any], families: Collection[str]) -> Iterator[str]:
    for font in sorted(fonts, key=lambda font: str(font.hash)):
        for codepoint in sorted(font.missing):
            char = chr(codepoint)
            yield f"no font of this language has “{char}” ({character_name(char)})"
        if font.family not in families:
            drawn = list(dict.fromkeys("".join(codes.texts(font))))[:5]
            names = ", ".join(f"“{char}” ({character_name(char)})" for char in drawn)
            yield f"the font of another language, {font.family}, was used for {names}"


class _Ear(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.heard: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if (text := _plain(record)) is not None:
            self.heard.append(text)


_TOLD_OTHERWISE = (".notdef glyph", 'Image "%s" has no required alt')
"""Beginnings of messages that we report in our own way, or that are right for a decoration."""


def _plain(record: logging.LogRecord) -> str | None:
    if record.msg.startswith(_TOLD_OTHERWISE):
        return None
    if record.msg.startswith("No anchor #%s"):
        anchor = record.getMessage().split("#", 1)[1].split(" ", 1)[0]
        return f"a link leads to “#{anchor}”, which is not in the sheet"
    if record.msg.startswith("Failed to load image"):
        return _undrawn_image(*map(str, record.args or ()))
    message = re.sub(r"file:\S*/", "", record.getMessage()).strip().rstrip(":")
    return f"while drawing: {message}"


def _undrawn_image(address: str, reason: str) -> str:
    name = address[:80] if address.startswith("data:") else re.sub(r"^file:.*/", "", address)
    why = reason.removeprefix("ValueError: ") or "it is damaged, or of a kind that is not known"
    return f"the picture “{unquote(name)}” is not drawn: {why}"


@contextlib.contextmanager
def _measured(shown: str) -> Iterator[None]:
    """Tell in plain words of a document that cannot be laid out."""
    try:
        yield
    except TimeoutError as error:
        text = "takes too long to draw; is there raw HTML with a size or a number without measure?"
        raise OutreachError(Problem(Location(shown), text, rule="sheet")) from error
    except _BEYOND_MEASURE as error:
        reason = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
        text = (
            f"cannot be drawn; is there raw HTML with a size or a nesting without measure? {reason}"
        )
        raise OutreachError(Problem(Location(shown), text, rule="sheet")) from error
    finally:
        markers.forget()


@contextlib.contextmanager
def _listening() -> Iterator[list[str]]:
    """Give what WeasyPrint logs meanwhile, in plain words, and keep it from everybody else."""
    logger = logging.getLogger("weasyprint")
    ear, propagate = _Ear(), logger.propagate
    logger.addHandler(ear)
    logger.propagate = False
    try:
        yield ear.heard
    finally:
        logger.removeHandler(ear)
        logger.propagate = propagate
