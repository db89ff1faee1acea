"""The records that flow through outreach, standard library only. Read this module first.

A guide is read into a `Guide`, walked into `Segment`s, collected into a template of `Message`s,
merged into catalogs, and rendered, with the translations, into `Block`s that make up a `Page`.
Every record is frozen: a stage never changes what an earlier stage made.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Severity = Literal["error", "warning"]
Direction = Literal["ltr", "rtl"]
Paper = Literal["letter", "a4"]
Variant = Literal["letter", "a4", "large-print", "bilingual", "columns"]
"""A form of a sheet: plain on a paper, in large print, with the source behind it or beside it."""

PageState = Literal["draft", "reviewed", "outdated"]
"""`outdated`: the last edition that was signed off, of a source that changed since."""
NoticeKind = Literal["unreviewed", "withdrawn", "outdated", "retired", "moved"]

_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A place in a file of the project."""

    path: str
    """Relative to the project's folder, with forward slashes."""
    line: int = 0
    """Counted from 1; 0 means the file as a whole."""

    def __str__(self) -> str:
        return f"{self.path}:{self.line}" if self.line else self.path


@dataclass(frozen=True, slots=True)
class Problem:
    """Something a writer or translator should mend. Functions yield them, the CLI prints them."""

    location: Location
    text: str
    """Plain words: what was expected, what was found, how to mend it."""
    severity: Severity = "error"
    rule: str = ""
    """A short id such as `link-count`; empty where no rule can be named."""
    msgid: str = ""
    """Where it was found in a message: its text, and the translation, for those who look it up."""
    msgstr: str = ""

    def __str__(self) -> str:
        rule = f" [{self.rule}]" if self.rule else ""
        line = f"{self.location}: {self.severity}: {self.words()}{self.text}{rule}"
        return without_controls(line)

    def words(self) -> str:
        """The first words of the message, to be searched for where lines mean nothing."""
        texts = [f"“{first_words(text)}”" for text in (self.msgid, self.msgstr) if text]
        return " → ".join(texts) + ": " if texts else ""


def without_controls(text: str) -> str:
    """A text on one line, with U+FFFD for what would command a terminal or turn the line around."""
    return _CONTROLS.sub("\ufffd", text.replace("\n", " "))


def first_words(text: str, length: int = 40) -> str:
    """The beginning of a text on one line, with `…` where it was cut, and without controls."""
    shown = without_controls(" ".join(text.split()))
    return shown if len(shown) <= length else shown[: length - 1] + "…"


class OutreachError(Exception):
    """Work on a file cannot go on; carries the one problem that says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


class UsageError(Exception):
    """The command was called wrongly (exit code 2); the text says how to call it."""


@dataclass(frozen=True, slots=True)
class Language:
    """What we know of a language: see `outreach.languages`."""

    tag: str
    """BCP 47, as on pages and in file names: `zh-Hans`."""
    own_name: str
    """As its readers write it, with a capital where the script has them: `Español`."""
    english_name: str
    """As staff read it: `Spanish`."""
    script: str
    """ISO 15924: `Latn`, `Arab`, `Hans`, `Ethi`."""
    direction: Direction = "ltr"
    plural_forms: str = "nplurals=2; plural=(n != 1);"
    """The value of a catalog's Plural-Forms header."""
    digits: str = "latn"
    """CLDR numbering system of page numbers and list markers."""
    fonts: tuple[str, ...] = ("Noto Sans",)
    """Font families for print, first choice first; the symbols font is always added."""
    line_height: float = 1.45
    confirmed: bool = True
    """False where the own name wants a native reader's confirmation."""

    @property
    def locale(self) -> str:
        """The gettext name, as in locale folders: `zh_Hans`."""
        return self.tag.replace("-", "_")


@dataclass(frozen=True, slots=True)
class Guide:
    """One source document."""

    name: str
    """Path below the content folder without `.md`, such as `sub/six-ways`."""
    path: str
    """The file, relative to the project's folder, with forward slashes."""
    text: str
    """Markdown without its front matter, with `\\n` line ends."""
    first_line: int = 1
    """The line of the file on which `text` begins."""
    front_matter: Mapping[str, object] = field(default_factory=dict)
    front_text: str = ""
    """The YAML that `front_matter` was read from; it begins on line 2 of the file."""
    former: tuple[str, ...] = ()
    """Files that it was before it moved: links to them, and its own from there, go on leading."""


@dataclass(frozen=True, slots=True)
class Segment:
    """One text that a translator can reach, at the place where it stands in a guide."""

    msgid: str
    kind: str
    """In plain words: `paragraph`, `list item`, `heading`, `table cell` …"""
    section: str
    """Plain text of the heading it stands under; empty before the first."""
    notes: tuple[str, ...]
    """What the writer tells the translator, from `<!-- note: … -->`."""
    location: Location
    domain: str = ""
    """Empty: the guide's own catalog. `links`: the catalog of link targets."""
    ignored: tuple[str, ...] = ()
    """Rules of the check that `<!-- outreach: ignore … -->` names for it, as written."""


@dataclass(frozen=True, slots=True)
class Message:
    """One entry of a catalog, in gettext's terms."""

    msgid: str
    msgstr: str = ""
    msgctxt: str | None = None
    msgid_plural: str | None = None
    msgstr_plural: tuple[str, ...] = ()
    comments: tuple[str, ...] = ()
    """Translator comments (`# …`), one line each."""
    extracted: tuple[str, ...] = ()
    """Extracted comments (`#. …`), one line each."""
    references: tuple[str, ...] = ()
    """What stands after `#:`, one item a line of the file."""
    flags: tuple[str, ...] = ()
    previous_msgid: str | None = None
    previous_msgctxt: str | None = None
    obsolete: bool = False
    line: int = 0
    """Line of `msgid` in its file, from 1; 0 when it was not read from one."""

    @property
    def fuzzy(self) -> bool:
        return "fuzzy" in self.flags

    @property
    def key(self) -> tuple[str | None, str]:
        """What makes two entries of a catalog the same message."""
        return (self.msgctxt, self.msgid)

    @property
    def translated(self) -> bool:
        """Whether readers may see the translation: there is one, live and not fuzzy."""
        texts = self.msgstr_plural or (self.msgstr,)
        return not (self.fuzzy or self.obsolete or any(map(is_blank, texts)))


def is_blank(text: str) -> bool:
    """Whether there is nothing to see in a text: it is empty, or white space and marks alone."""
    # Nearly every text begins with a letter, and then nothing else has to be looked at.
    return not text[:1].isalnum() and all(unicodedata.category(char)[0] in "ZC" for char in text)


@dataclass(frozen=True, slots=True)
class Heading:
    """An entry of a page's table of contents."""

    level: int
    id: str
    """The anchor, from the source heading: the same in every language."""
    text: str
    """Plain text in the page's language."""
    lang: str = ""
    """The tag of the language the text is in, when it is not the page's."""


@dataclass(frozen=True, slots=True)
class Block:
    """One top-level block of a guide, rendered."""

    id: str
    """Its heading's anchor, or empty."""
    location: Location
    html: str
    lang: str
    state: Literal["translated", "partly", "source"]
    parts: tuple[str, ...] = ()
    """HTML of the blocks in it, where it is a module."""


@dataclass(frozen=True, slots=True)
class Credit:
    """Somebody who worked on a translation and agreed to be named."""

    role: Literal["translator", "reviewer"]
    name: str
    credential: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """A guide in one language, rendered but without a template around it."""

    guide: str
    language: Language
    source: Language
    title: str
    """Plain text."""
    title_lang: str
    """Tag of the language the title is in: the source's while it is not translated."""
    source_title: str
    summary: str
    """Plain text, may be empty; the guide's one main message."""
    summary_lang: str
    blocks: tuple[Block, ...]
    headings: tuple[Heading, ...]
    has_title: bool
    """Whether the first heading in the blocks already shows the title."""
    translated: int
    total: int
    """Messages of the guide, and how many of them have a translation that is shown."""
    method: str = ""
    """From the catalog's header, such as `machine draft`; empty for the source language."""
    source_summary: str = ""
    document: str = ""
    """Its id on paper, such as `HE-G1`."""
    edition: str = ""
    """The date of its text in the source language, such as `2026-11-21`; may be empty."""
    assets: tuple[tuple[str, str], ...] = ()
    """Local files that the page shows: (path relative to the project, path below `assets/`)."""
    state: PageState = "draft"
    """How far it may be trusted; of no meaning in the source language."""
    reviewed: str = ""
    """The day on which the translation was signed off, as an ISO date; empty for a draft."""
    code: str = ""
    """The edition code that was signed off; empty for a draft, whose code is computed."""
    credits: tuple[Credit, ...] = ()
    changed: tuple[str, ...] = ()
    """Where it is an older version: the sections in which the source is another one now, by their
    headings in the source language. An empty one is what stands before the first heading."""
    retired: bool = False
    """Whether the language is not kept up any more."""

    @property
    def html(self) -> str:
        """The guide's body, ready to stand in the element with `id="guide"`."""
        return "".join(block.html for block in self.blocks)

    @property
    def is_source(self) -> bool:
        return self.language.tag == self.source.tag


@dataclass(frozen=True, slots=True)
class Notice:
    """What stands at the address of a guide that is not shown in a language."""

    kind: NoticeKind
    """`outdated`: the source changed, and an older version would do harm; `retired`: the guide, or
    the language, is not kept up any more."""
    guide: str
    language: Language
    source: Language
    title: str
    """In the source language: no word of a translation is shown that nobody signed off."""
    summary: str = ""
    """In the source language."""
    date: str = ""
    """The day on which it was withdrawn or retired, as an ISO date; may be empty."""
    reason: str = ""
    """In the words of those who withdrew it, in the source language."""
    codes: tuple[str, ...] = ()
    """Edition codes of the sheets that should not be handed out any more."""
    targets: tuple[str, ...] = ()
    """Names of the guides that took its place."""
