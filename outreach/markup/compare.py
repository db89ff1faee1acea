"""Does a translation keep the markup of its source? Both are parsed; no characters are counted."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sized
from dataclasses import dataclass, field
from typing import Any, Literal
from urllib.parse import unquote

from markdown_it.token import Token

from outreach.markup.html import normal_tag
from outreach.markup.parser import MAX_TEXT, is_too_long, parse_text
from outreach.markup.references import repair

SAFE_SCHEMES = frozenset({"http", "https", "mailto", "tel", "sms"})

_MARKUP = re.compile(r"[`\[\]<>!&^\\:]")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.\-]*):")
_UNSEEN = re.compile(r"[\x00-\x20\x7f-\xa0\xad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
_ACTIVE = frozenset({"javascript", "vbscript", "data", "file"})
_NO_SPACE = "take out the space between `]` and `(` or `[`"
_VOID = frozenset(("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "wbr"))


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong with the markup of a translation."""

    rule: str
    text: str
    severity: Literal["error", "warning"] = "error"


_TOO_LONG = Finding("size", f"longer than {MAX_TEXT:,} characters, or with too many `^[`")


@dataclass(slots=True)
class _Shape:
    links: list[str] = field(default_factory=list)
    images: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    code: int = 0

    def add(self, inner: _Shape) -> None:
        self.links += inner.links
        self.images += inner.images
        self.tags += inner.tags
        self.notes += inner.notes
        self.code += inner.code


def compare(
    msgid: str, msgstr: str, references: Mapping[str, Any], footnotes: frozenset[str]
) -> Iterator[Finding]:
    """Yield what differs between the markup of two inline texts.

    `references` and `footnotes` are what the guide defines. An error means that the translation
    must not be shown.
    """
    if is_too_long(msgstr):
        yield _TOO_LONG
        return
    if msgid == msgstr or not (_MARKUP.search(msgid) or _MARKUP.search(msgstr)):
        return
    repaired = repair(msgid, msgstr, references, footnotes)
    if repaired.taken:
        yield _repaired(repaired.taken)
    source = _shape(parse_text(msgid, references, footnotes, any_link=True))
    target = _shape(parse_text(repaired.text, references, footnotes, any_link=True))
    yield from _links(source, target, msgid, msgstr)
    yield from _images(source, target)
    yield from _tags(source, target)
    yield from _notes(source, target)
    yield from _code(source, target)


def raw_findings(msgid: str, msgstr: str) -> Iterator[Finding]:
    """The same for a text in raw HTML, where Markdown has no meaning: tags and unsafe addresses."""
    if msgid == msgstr:
        return
    if is_too_long(msgstr):
        yield _TOO_LONG
        return
    source, target = _html_shape(msgid), _html_shape(msgstr)
    yield from _tags(source, target)
    stray = re.sub(r"<[^<>]*>", "", msgstr)
    if "<" in stray or ">" in stray:
        yield Finding("raw-html", "a `<` or `>` stands alone; write &lt; or &gt;")


def is_safe(url: str) -> bool:
    """Whether following an address can only open a page, write a mail or dial a number.

    An address that would be unsafe without characters that nobody sees is unsafe too: it is no
    honest one, and programs differ in what they take out.
    """
    scheme, hidden = _scheme(url), _scheme(unquote(url))
    return (not scheme or scheme in SAFE_SCHEMES) and hidden not in _ACTIVE


def _scheme(url: str) -> str:
    found = _SCHEME.match(_UNSEEN.sub("", url))
    return found.group(1).lower() if found else ""


def link_findings(msgid: str, msgstr: str) -> Iterator[Finding]:
    """The same for the target of a link definition, which a language may point elsewhere."""
    if msgid == msgstr:
        return
    if not is_safe(msgstr) or re.search(r"\s", msgstr.strip()):
        yield Finding("unsafe-link", f"{msgstr} is no address of a web page, a mail or a telephone")
    elif not _host(msgstr) and not _scheme(msgstr):
        text = f"the link leads to {msgstr}, which works only if it is a guide of this project"
        yield Finding("link-target", text, "warning")
    elif _host(msgid) != _host(msgstr):
        text = f"the link leads to another site than in the source: {_host(msgstr) or msgstr}"
        yield Finding("link-target", text, "warning")


def _repaired(taken: Iterable[tuple[str, str]]) -> Finding:
    found = ", ".join(f"[{written}] was taken for [{meant}]" for written, meant in taken)
    return Finding(
        "reference",
        f"{found}, because the guide has no such label; keep the labels of the source as they are "
        "and write [words][label]",
        "warning",
    )


def _host(url: str) -> str:
    found = re.match(r"(?:[a-z]+:)?//([^/?#]*)", url, re.IGNORECASE)
    return found.group(1).lower() if found else ""


def _shape(tokens: Iterable[Token]) -> _Shape:
    shape = _Shape()
    for token in tokens:
        if token.type == "link_open":
            shape.links.append(str(token.attrs["href"]))
        elif token.type == "image":
            shape.images.append(str(token.attrs["src"]))
        elif token.type == "html_inline":
            shape.tags.append(normal_tag(token.content))
        elif token.type == "footnote_ref":
            label = token.meta.get("label")
            shape.notes.append(f"[^{label}]" if label else "^[…]")
        elif token.type == "code_inline":
            shape.code += 1
        if token.children:  # of an image or an inline footnote
            shape.add(_shape(token.children))
    return shape


def _html_shape(text: str) -> _Shape:
    return _Shape(tags=[normal_tag(tag) for tag in re.findall(r"<[^<>]*>", text)])


def _links(source: _Shape, target: _Shape, msgid: str, msgstr: str) -> Iterator[Finding]:
    added = Counter(target.links) - Counter(source.links)
    unsafe = [url for url in added if not is_safe(url)]
    if unsafe:
        yield Finding("unsafe-link", f"the link to {unsafe[0]} is not allowed in a translation")
    elif len(source.links) != len(target.links):
        yield Finding("link-count", _link_count(source, target, msgstr))
    elif msgstr.count("][") < msgid.count("][") and _spaces(msgstr) > _spaces(msgid):
        yield Finding("link-count", f"a link has lost its words; {_NO_SPACE}")
    elif added:
        lost = Counter(source.links) - Counter(target.links)
        yield Finding(
            "link-target",
            f"a link leads to {next(iter(added))}, in the source it leads to {next(iter(lost))}",
            "warning",
        )


def _link_count(source: _Shape, target: _Shape, msgstr: str) -> str:
    count = f"the source has {_count(source.links, 'link')}, the translation {len(target.links)}"
    fewer = len(target.links) < len(source.links)
    if fewer and _spaces(msgstr):
        return f"{count}; {_NO_SPACE}"
    if fewer and re.search("[【】［］（）〔〕]", msgstr):
        return f"{count}; use the plain brackets [ ] ( ), not wide ones"
    return f"{count}; keep each [words](address) and [words][label] of the source"


def _spaces(text: str) -> int:
    return len(re.findall(r"\]\s+[\[(]", text))


def _count(items: Sized, noun: str) -> str:
    return f"1 {noun}" if len(items) == 1 else f"{len(items)} {noun}s"


def _images(source: _Shape, target: _Shape) -> Iterator[Finding]:
    added = Counter(target.images) - Counter(source.images)
    lost = Counter(source.images) - Counter(target.images)
    if added:
        yield Finding("image", f"a translation cannot add or replace an image: {next(iter(added))}")
    elif lost:
        yield Finding("image", f"the image {next(iter(lost))} of the source is missing")


def _tags(source: _Shape, target: _Shape) -> Iterator[Finding]:
    added = Counter(target.tags) - Counter(source.tags)
    lost = Counter(source.tags) - Counter(target.tags)
    if added:
        yield Finding("raw-html", f"a translation cannot add raw HTML: {next(iter(added))}")
    elif lost:
        yield Finding("raw-html", f"the tag {next(iter(lost))} of the source is missing")
    elif source.tags != target.tags and _nested(source.tags) and not _nested(target.tags):
        yield Finding("raw-html", f"the tags are not in pairs any more: {' '.join(target.tags)}")


def _nested(tags: Iterable[str]) -> bool:
    stack: list[str] = []
    for tag in tags:
        found = re.match(r"<(/?)([A-Za-z][\w-]*)", tag)
        if not found or found.group(2).lower() in _VOID or tag.endswith("/>"):
            continue
        name = found.group(2).lower()
        if not found.group(1):
            stack.append(name)
        elif not stack or stack.pop() != name:
            return False
    return not stack


def _notes(source: _Shape, target: _Shape) -> Iterator[Finding]:
    if Counter(source.notes) != Counter(target.notes):
        lost = list((Counter(source.notes) - Counter(target.notes)).elements())
        added = list((Counter(target.notes) - Counter(source.notes)).elements())
        if lost:
            yield Finding("footnote", f"the footnote {lost[0]} of the source is missing")
        else:
            yield Finding("footnote", f"the footnote {added[0]} is not in the source")


def _code(source: _Shape, target: _Shape) -> Iterator[Finding]:
    if source.code != target.code:
        yield Finding(
            "code",
            f"number of pieces of `code`: {source.code} in the source, {target.code} here",
            "warning",
        )
