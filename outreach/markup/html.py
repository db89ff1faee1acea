"""Raw HTML: find the texts in it that a translator can reach, and its tags.

Used where a project allows raw HTML. Text between block-level tags is one message, with the inline
tags in it; scripts, styles and preformatted text are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from html import escape, unescape
from typing import Literal

from outreach.markup.msgid import has_words

_ATTRIBUTE = re.compile(
    r"(\s++[^\s=>/<\"']++)(?:(\s*+=\s*+)(\"[^\"]*+\"|'[^']*+'|[^\s\"'=<>`]++))?", re.ASCII
)
_OPENING = re.compile(
    rf"(?P<begin><(?P<name>[A-Za-z][\w:.-]*+))(?P<attributes>(?:{_ATTRIBUTE.pattern})*+)\s*+/?>",
    re.ASCII,
)
_PIECE = re.compile(
    r"<!--.*?(?:-->|\Z)|<(script|style|pre|textarea)\b.*?(?:</\1\s*>|\Z)|<[?!].*?(?:>|\Z)"
    rf"|</?(?P<name>[A-Za-z][\w:.-]*+)(?:{_ATTRIBUTE.pattern})*+\s*+/?>",
    re.DOTALL | re.IGNORECASE | re.ASCII,
)
"""What is not closed goes on to the end, as in a browser."""
Address = Callable[[str, Literal["href", "src"]], str | None]
"""Rewrites a link target or an image source of the guide for the page; None takes it out."""

_INLINE = frozenset(
    (
        *("a", "abbr", "b", "bdi", "bdo", "br", "button", "cite", "code", "data", "del", "dfn"),
        *("em", "font", "i", "img", "input", "ins", "kbd", "label", "mark", "q", "s", "samp"),
        *("small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr"),
    )
)
"""Tags that stand inside a sentence; all others end it."""
_SPOKEN = frozenset(("alt", "title", "aria-label", "placeholder"))
_FREE = _SPOKEN | {"caption", "dir", "hreflang", "label", "lang"}
"""Attributes that a translation may change."""
_SPANS = frozenset(("colspan", "rowspan", "span"))
_NUMBER = re.compile(r"[\"']?\s*+\+?0*+(\d++)", re.ASCII)
"""At the beginning of a value, as browsers read it."""
_BUTTON = re.compile(r"<input\b[^>]*\stype\s*=\s*[\"']?(?:button|reset|submit)\b", re.IGNORECASE)
"""An element whose `value` is words, too."""
_ELEMENTS = frozenset(
    (
        *("a", "abbr", "acronym", "address", "applet", "area", "article", "aside", "audio", "b"),
        *("base", "basefont", "bdi", "bdo", "bgsound", "big", "blink", "blockquote", "body", "br"),
        *("button", "canvas", "caption", "center", "cite", "code", "col", "colgroup", "data"),
        *("datalist", "dd", "del", "details", "dfn", "dialog", "dir", "div", "dl", "dt", "em"),
        *("embed", "fencedframe", "fieldset", "figcaption", "figure", "font", "footer", "form"),
        *("frame", "frameset", "h1", "h2", "h3", "h4", "h5", "h6", "head", "header", "hgroup"),
        *("hr", "html", "i", "iframe", "image", "img", "input", "ins", "isindex", "kbd", "keygen"),
        *("label", "legend", "li", "link", "listing", "main", "map", "mark", "marquee", "math"),
        *("menu", "menuitem", "meta", "meter", "nav", "nobr", "noembed", "noframes", "noscript"),
        *("object", "ol", "optgroup", "option", "output", "p", "param", "picture", "plaintext"),
        *("portal", "pre", "progress", "q", "rb", "rp", "rt", "rtc", "ruby", "s", "samp"),
        *("script", "search", "section", "select", "slot", "small", "source", "span", "strike"),
        *("strong", "style", "sub", "summary", "sup", "svg", "table", "tbody", "td", "template"),
        *("textarea", "tfoot", "th", "thead", "time", "title", "tr", "track", "tt", "u", "ul"),
        *("var", "video", "wbr", "xmp"),
    )
)
"""What HTML has had, and browsers still heed."""
_PLAIN_COMMENT = re.compile(r"<!--(?!-?>)[^<>]*-->")
_COMMENT = re.compile(r"\s*+(?:<!--.*?-->\s*+)++", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of raw HTML: kept as it is, or a text for translators when `msgid` is set."""

    html: str
    msgid: str = ""


def is_comment(html: str) -> bool:
    """Whether there is nothing but comments."""
    return _COMMENT.fullmatch(html) is not None


def spans(html: str) -> Iterator[tuple[str, int]]:
    """The name and the number of each attribute that makes a cell span columns or rows.

    A number of more than nine digits counts as 999,999,999.
    """
    for piece in _PIECE.finditer(html):
        for name, _, value in _ATTRIBUTE.findall(piece.group()) if piece.group("name") else ():
            found = _NUMBER.match(value)
            if found and name.strip().lower() in _SPANS:
                digits = found.group(1)
                yield name.strip().lower(), int(digits) if len(digits) < 10 else 999_999_999


def runs(html: str) -> Iterator[Run]:
    """Cut raw HTML into runs; joined again, their `html` is the input."""
    start = 0
    for piece in _PIECE.finditer(html):
        name = piece.group("name")
        if name and name.lower() in _INLINE:
            continue
        yield from _text_run(html[start : piece.start()])
        yield _tag_run(piece.group())
        start = piece.end()
    yield from _text_run(html[start:])


def normal_tag(tag: str) -> str:
    """A tag without what a translator may change in it: words (alt, title …), language and side.

    Comments are all alike, unless browsers could read them in another way than Markdown does. Nor
    does the order of attributes count, or the slash of `<br/>`.
    """
    if _PLAIN_COMMENT.fullmatch(tag):
        return "<!-- -->"
    spoken = _BUTTON.match(tag) or _name(tag) not in _ELEMENTS
    names = _FREE | {"value"} if spoken else _FREE

    def silent(match: re.Match[str]) -> str:
        name, equals, value = match.groups()
        if value is None:
            return match.group()
        free = value[0] in "\"'" and name.strip().lower() in names
        return f"{name}{equals.strip()}{chr(34) * 2 if free else value}"

    return _in_order(re.sub(r"[ \t\r\n\f]+", " ", _ATTRIBUTE.sub(silent, tag)))


def _in_order(tag: str) -> str:
    whole = _OPENING.fullmatch(tag)
    if whole is None:
        return tag
    attributes = sorted(
        (part[0] for part in _ATTRIBUTE.finditer(whole["attributes"])),
        key=lambda part: part.split("=")[0].strip().lower(),  # of two alike the first one counts
    )
    return "".join((whole["begin"], *attributes, ">"))


def split_link(tag: str) -> tuple[str, str | None]:
    """The tag of a link without its address, and the address; None for any other tag."""
    whole = _PIECE.fullmatch(tag)
    if not whole or (whole["name"] or "").lower() != "a":
        return tag, None
    found = [part for part in _ATTRIBUTE.finditer(tag) if part[1].strip().lower() == "href"]
    if len(found) != 1 or not found[0][3]:
        return tag, None
    value = found[0][3]
    start, end = found[0].span(3)
    return f'{tag[:start]}""{tag[end:]}', unescape(value[1:-1] if value[0] in "\"'" else value)


def is_element(tag: str) -> bool:
    """Whether a browser would heed a tag, not only hide it, as it does with `<your name>`."""
    is_article = re.match(r"<a\s+[a-z]", tag, re.IGNORECASE) is not None  # <a name of yours>
    name = _name(tag)
    return not name or "=" in tag or (name in _ELEMENTS and not is_article)


def _name(tag: str) -> str:
    """The name of an element in small letters; empty for comments and the like."""
    found = re.match(r"</?([A-Za-z][\w:.-]*)", tag)
    return found[1].lower() if found else ""


def images(html: str) -> Iterator[tuple[int, str, str | None]]:
    """Yield where each image of raw HTML begins, its source, and what is said in its place.

    That is empty for decoration: `alt` has no words, or the image is hidden from screen readers. It
    is None where nothing says what the image is.
    """
    for tag in _PIECE.finditer(html):
        if (tag["name"] or "").lower() != "img" or tag.group().startswith("</"):
            continue
        values = {
            name.strip().lower(): unescape(value.strip("\"'"))
            for name, _, value in reversed(_ATTRIBUTE.findall(tag.group()))  # the first one counts
        }
        yield tag.start(), values.get("src", ""), _instead(values)


def _instead(values: Mapping[str, str]) -> str | None:
    """What is said instead of an image with these attributes."""
    words = values.get("alt", "").strip() or values.get("aria-label", "").strip()
    if words:
        return words
    hidden = values.get("aria-hidden") == "true" or values.get("role") in ("none", "presentation")
    return "" if hidden or "alt" in values else None


def rewrite_addresses(html: str, rewrite: Address) -> str:
    """Raw HTML with the addresses in its tags rewritten.

    `rewrite` is given an address and `href` or `src`; None takes the attribute out.
    """

    def address(match: re.Match[str]) -> str:
        name, equals, value = match.groups()
        kind = name.strip().lower()
        if kind not in ("href", "src") or value is None:
            return match.group()
        old = unescape(value[1:-1] if value[0] in "\"'" else value)
        new = rewrite(old, "href" if kind == "href" else "src")
        if new is None:
            return ""
        return match.group() if new == old else f'{name}{equals}"{escape(new)}"'

    def tag(match: re.Match[str]) -> str:
        return _ATTRIBUTE.sub(address, match.group()) if match.group("name") else match.group()

    return _PIECE.sub(tag, html)


def _tag_run(tag: str) -> Run:
    """A tag that stands outside of sentences; it can hold words all the same."""
    return Run(tag, " ".join(tag.split()) if any(map(has_words, _spoken(tag))) else "")


def _text_run(html: str) -> Iterator[Run]:
    text = html.strip()
    if not text or not _speaks(text):
        if html:
            yield Run(html)
        return
    start = html.index(text)
    yield Run(html[:start])
    yield Run(text, " ".join(text.split()))
    yield Run(html[start + len(text) :])


def _speaks(text: str) -> bool:
    """Whether readers see or hear words of this text, and it is HTML that we understand."""
    bare = _PIECE.sub("", text)
    if re.search(r"<[A-Za-z/!?]", bare):
        return False
    return has_words(bare) or any(has_words(words) for words in _spoken(text))


def _spoken(text: str) -> Iterator[str]:
    """The words in the tags of a text."""
    for tag in _PIECE.finditer(text):
        for name, _, value in _ATTRIBUTE.findall(tag.group()):
            if name.strip().lower() in _SPOKEN:
                yield value
