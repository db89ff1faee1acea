"""Guides rendered for tests, the texts they are tried on, and a look at what was made of them."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

import pytest
from markdown_it.utils import read_fixture_file

from outreach.guides import parse_guide
from outreach.markup.extract import extract
from outreach.markup.render import Rendered, render
from outreach.model import Language, Segment

ENGLISH = Language("en", "English", "English", "Latn")
RUSSIAN = Language("ru", "Русский", "Russian", "Cyrl")
ARABIC = Language("ar", "العربية", "Arabic", "Arab", "rtl")

Translate = Callable[[Segment], str | None]

_EXAMPLE = re.compile(r"^`{32} example\n(.*?)^\.\n.*?^`{32}$", re.DOTALL | re.MULTILINE)
_VOID = frozenset(("br", "hr", "img", "input"))
_CYRILLIC = str.maketrans(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "абцдефгхийклмнопярстужвхызАБЦДЕФГХИЙКЛМНОПЯРСТУЖВХЫЗ",
)
_PROTECTED = re.compile(r"<[A-Za-z/!?][^>]*>|\]\([ \n]*(?:<[^>]*>|[^) \n]*)|\[\^[^\]]*\]|&#?\w+;")


def untranslated(_segment: Segment) -> None:
    """Translate nothing."""


def same(segment: Segment) -> str:
    """Translate everything with itself."""
    return segment.msgid


def put_in(segment: Segment) -> str:
    """The same, but such that it is put in, and not taken for the source itself."""
    return f"{segment.msgid} " if segment.kind != "preformatted text" else segment.msgid


def cyrillic(segment: Segment) -> str | None:
    """Every letter in another script, labels of references too, as somebody would who sees words.

    Only what is plainly no word stays: tags, addresses, footnote marks and names of characters.
    """
    if segment.domain:
        return None
    parts, end = [], 0
    for match in _PROTECTED.finditer(segment.msgid):
        parts += [segment.msgid[end : match.start()].translate(_CYRILLIC), match.group()]
        end = match.end()
    return "".join((*parts, segment.msgid[end:].translate(_CYRILLIC)))


def rendered(
    text: str,
    translate: Translate = untranslated,
    language: Language = RUSSIAN,
    *,
    raw_html: bool = False,
) -> Rendered:
    """A guide in a language, with labels and addresses as they are."""
    return render(
        parse_guide(text, "guide", "guide.md"),
        language,
        ENGLISH,
        translate=translate,
        label=str,
        address=lambda url, _kind: url,
        raw_html=raw_html,
    )


def html(
    text: str,
    translate: Translate = untranslated,
    language: Language = RUSSIAN,
    *,
    raw_html: bool = False,
) -> str:
    """The body of a guide."""
    return "".join(
        block.html for block in rendered(text, translate, language, raw_html=raw_html).blocks
    )


def msgids(text: str) -> list[str]:
    """What is extracted from a guide."""
    return [item.msgid for item in extract(parse_guide(text, "guide", "guide.md")).segments]


def plain(markup: str) -> str:
    """HTML without what we may change: white space, ids, classes, languages, names of parts."""
    markup = re.sub(r'<p class="callout-title"[^>]*>.*?</p>', "", markup, flags=re.DOTALL)
    markup = re.sub(r'(?<=title=")\s+|(?<=[^=])\s+(?=")', "", markup)
    markup = re.sub(r' (id|class|lang|dir|data-module)="[^"]*"', "", markup)
    return re.sub(r"\s+", " ", re.sub(r">\s+<", "><", re.sub(r"\s+>", ">", markup))).strip()


@dataclass(slots=True)
class Look(HTMLParser):
    """What is in a piece of HTML; `unbalanced` tells where it is not well formed."""

    tags: list[str] = field(default_factory=list)
    attributes: set[tuple[str, str]] = field(default_factory=set)
    words: list[str] = field(default_factory=list)
    """What readers see or hear, code and addresses that stand for themselves left out."""
    links: list[str] = field(default_factory=list)
    images: list[str] = field(default_factory=list)
    unbalanced: str = ""
    parents: list[str] = field(default_factory=list)
    href: str = ""

    def __post_init__(self) -> None:
        HTMLParser.__init__(self)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes |= {(tag, name) for name, _ in attrs}
        values = {name: value or "" for name, value in attrs}
        self.words += [values[name] for name in ("alt", "title") if name in values]
        if tag == "a":
            self.href = values.get("href", "")
            self.links.append(self.href)
        elif tag == "img":
            self.images.append(values.get("src", ""))
        if tag not in _VOID:
            self.parents.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in _VOID:
            return
        if not self.parents or self.parents.pop() != tag:
            self.unbalanced = self.unbalanced or f"</{tag}> at {self.getpos()}"

    def handle_data(self, data: str) -> None:
        is_address = self.parents[-1:] == ["a"] and self.href.removeprefix("mailto:") == data
        if not is_address and not {"code", "pre", "script", "style"} & set(self.parents):
            self.words.append(data)


def look(markup: str) -> Look:
    found = Look()
    found.feed(markup)
    found.close()
    found.unbalanced = found.unbalanced or " ".join(found.parents)
    return found


def commonmark() -> list[str]:
    """The input of every example in CommonMark's specification."""
    examples = _EXAMPLE.findall(_archived("spec.md").read_text("utf-8"))
    return [example.replace("→", "\t") for example in examples]


def gfm() -> list[str]:
    """The input of markdown-it's own tests of tables and strikethrough."""
    return [
        guide
        for name in ("tables.md", "strikethrough.md")
        for _line, _title, guide, _html in read_fixture_file(_archived(name))
    ]


def _archived(name: str) -> Path:
    path = Path(sys.prefix) / "share" / "markdown-it-py" / name
    if not path.is_file():
        pytest.fail(f"{path} is missing; `make test` puts it there")
    return path
