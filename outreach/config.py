"""The configuration of a project: `[tool.outreach]` in pyproject.toml, or outreach.toml.

Everything has a default, so a folder with `content/en/*.md` works without a configuration.
"""

from __future__ import annotations

import difflib
import os
import posixpath
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from outreach.files import inside, leads_out, read_text
from outreach.languages import UnknownLanguage, canonical
from outreach.model import Location, OutreachError, Paper, Problem, Variant

PAPERS: tuple[Paper, ...] = ("letter", "a4")
VARIANTS: tuple[Variant, ...] = (*PAPERS, "large-print", "bilingual", "columns")
LEVELS = ("error", "warn")
_LONG_NAME = re.compile(r"(?<![\w-])(?:(?:[\w-]++|\"[^\"\n]*+\"|'[^'\n]*+')[ \t]*+\.[ \t]*+){50}")
CONFIG_FILES = ("outreach.toml", "pyproject.toml")


@dataclass(frozen=True, slots=True)
class Reviewer:
    """Somebody who may sign translations off."""

    name: str
    languages: tuple[str, ...] = ()
    """Tags; empty: every language."""
    until: str = ""
    """The last day on which they could sign, as an ISO date; empty while they can."""

    def may_sign(self, language: str, day: str) -> bool:
        """Whether they may sign a language on a day."""
        known = not self.languages or language in self.languages
        return known and (not self.until or day <= self.until)


@dataclass(frozen=True, slots=True)
class Config:
    """What a project says of itself, with paths relative to its folder."""

    root: Path
    file: str = "outreach.toml"
    """The file it was read from, for messages."""
    source_language: str = "en"
    content: str = "content/en"
    locale: str = "locale"
    build: str = "build"
    languages: tuple[str, ...] = ()
    """Tags, the source language left out; empty: those that have catalogs."""
    catalogs: str = "{locale}/{lang}/LC_MESSAGES/{guide}.po"
    publisher: str = ""
    contact: str = ""
    site_url: str = ""
    license: str = ""
    """What the guides may be used under, such as `CC BY 4.0`; empty: sheets do not speak of it."""
    license_url: str = ""
    disclaimer: str = ""
    """The publisher's, in the source language; it stands in the foot of sheets."""
    partner: str = ""
    """Who hands the sheets out."""
    partner_logo: str = ""
    """A picture for the head of the first page."""
    local_contacts: tuple[str, ...] = ()
    """Lines for the foot; without them there is an empty box to write in."""
    paper: tuple[Paper, ...] = PAPERS
    """Papers of the plain sheets; the first is that of the other variants."""
    variants: tuple[Variant, ...] = ()
    """The sheets that are made; empty: the plain ones."""
    threshold: int = 80
    """Percent of a guide's messages that a language needs, else the guide is skipped there."""
    raw_html: bool = False
    missing_files: str = "error"
    fonts: str = ""
    """The folder with the project's own fonts; empty when it has none."""
    language_fonts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Families that come before ours in a language, by its tag."""
    ignore: tuple[str, ...] = ()
    """Rules of the check that the project silences."""
    leave_out: tuple[str, ...] = ()
    """Names of the modules of guides that are not shown."""
    reading_grade: int = 8
    """The highest reading grade of an English guide, and of each section: a school year."""
    sentence_words: int = 25
    """The most words of a sentence in an English guide."""
    plain_words: str = ""
    """The file with expressions to avoid in English guides; empty when there is none."""
    glossary: str = ""
    """The file with terms that English guides should use in one way; empty when there is none."""
    review_interval: int = 24
    """Months after which the edition of an English guide is due for review; 0: never."""

    reviewers: tuple[Reviewer, ...] = ()
    """Who may sign translations off."""
    retired: Mapping[str, str] = field(default_factory=dict)
    """The day from which on a language is not kept up any more, by its tag."""

    @property
    def name(self) -> str:
        """What catalogs call the project."""
        return self.publisher or self.root.resolve().name

    @property
    def sheets(self) -> tuple[Variant, ...]:
        """The variants of sheets that a build makes."""
        return self.variants or self.paper

    def retired_on(self, day: date) -> frozenset[str]:
        """Tags of the languages that are not kept up any more on a day."""
        return frozenset(
            tag
            for tag, since in self.retired.items()
            if since <= day.isoformat() and tag != self.source_language
        )

    @property
    def per_guide(self) -> bool:
        """Whether every guide has catalogs of its own."""
        return "{guide}" in self.catalogs


def load_config(root: Path) -> Config:
    """Read the configuration of the project in a folder.

    Raises OutreachError, naming file and key, for anything that is not as it should be.
    """
    if not root.is_dir():
        raise OutreachError(Problem(Location(str(root)), "there is no such folder"))
    found = _found(root)
    config = _config(root, *found) if found else Config(root)
    _refuse_links(config)
    return config


def _refuse_links(config: Config) -> None:
    """Raise OutreachError where a folder or file of the project is a link that leads out of it.

    Whoever put it there would have files read, or written over, that are none of the project's.
    """
    for key, item in _KEYS.items():
        path = getattr(config, item.field) if item.convert is _path else ""
        if path and not inside(config.root / path, config.root):
            text = f"is a link that leads out of the project; put what `{key}` names into it"
            raise OutreachError(Problem(Location(path), text))


def load_reviewers(root: Path) -> tuple[Reviewer, ...]:
    """Read who may sign from the configuration in a folder, and nothing else of it.

    Raises OutreachError, naming the file, where it cannot be read.
    """
    found = _found(root)
    if found is None:
        return ()
    file, table = found
    named = table.get("reviewers", []) if isinstance(table, dict) else []
    return _config(root, file, {"reviewers": named}).reviewers


def _found(root: Path) -> tuple[str, Mapping[str, object]] | None:
    """The file with the configuration and what it says; None where there is none."""
    own, project = root / "outreach.toml", root / "pyproject.toml"
    # What is there and is no file is told of: without a configuration another site would be made.
    table = _tool_table(project) if os.path.lexists(project) else None
    if os.path.lexists(own):
        if table is not None:
            text = "the project is configured here and in pyproject.toml; keep one of the two"
            raise OutreachError(Problem(Location("outreach.toml"), text))
        return "outreach.toml", read_toml(own, own.name)
    return None if table is None else ("pyproject.toml", table)


def read_toml(path: Path, shown: str) -> dict[str, object]:
    """The table in a file. Raises OutreachError with the line where it is no TOML."""
    if leads_out(path, shown):
        text = "is a link to a file outside the project, which is not read; put the file here"
        raise OutreachError(Problem(Location(shown), text))
    try:
        return parse_toml(read_text(path, shown))
    except (ValueError, RecursionError) as error:  # a number or a nesting beyond all measure, too
        found = re.search(r"at line (\d+)", str(error))
        location = Location(shown, int(found.group(1)) if found else 0)
        raise OutreachError(Problem(location, f"is not valid TOML: {error}")) from None


def parse_toml(text: str) -> dict[str, Any]:
    """The table in a text. Raises ValueError or RecursionError for what is none that we can read.

    A name of thousands of parts takes gigabytes, since each beginning of it is noted down.
    """
    if long := _LONG_NAME.search(text):
        line = text.count("\n", 0, long.start()) + 1
        raise ValueError(f"a name of more than 50 parts with dots between them (at line {line})")
    return tomllib.loads(text)


def _tool_table(path: Path) -> Mapping[str, object] | None:
    tool = read_toml(path, path.name).get("tool", {})
    if not isinstance(tool, dict):
        raise OutreachError(Problem(Location(path.name), "`tool` should be a table"))
    return tool.get("outreach")


@dataclass(frozen=True, slots=True)
class _Key:
    field: str
    expected: str
    convert: Callable[[object], object]
    """Returns the value, or raises ValueError when it is not as expected."""


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError
    return value


def _path(value: object) -> str:
    text = _text(value)
    if not text or text.startswith(("/", "~")) or ".." in text.split("/") or "\\" in text:
        raise ValueError
    return posixpath.normpath(text)


def _pattern(value: object) -> str:
    text = _path(value)
    names = set(re.findall(r"\{(.*?)\}", text))
    if "lang" not in names or not names <= {"locale", "lang", "guide"} or not text.endswith(".po"):
        raise ValueError
    return text


def _tag(value: object) -> str:
    try:
        return canonical(_text(value))
    except UnknownLanguage:
        raise ValueError from None


def _tags(value: object) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise ValueError
    return tuple(dict.fromkeys(_tag(item) for item in value))


def _papers(value: object) -> tuple[str, ...]:
    values = value if isinstance(value, list) else [value]
    papers = tuple(dict.fromkeys(_text(item).lower() for item in values))
    if not papers or not set(papers) <= set(PAPERS):
        raise ValueError
    return papers


def _variants(value: object) -> tuple[str, ...]:
    variants = _words(value)
    if not variants or not set(variants) <= set(VARIANTS):
        raise ValueError
    return variants


def _number(low: int, high: int) -> Callable[[object], int]:
    def number(value: object) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            raise ValueError
        return value

    return number


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise ValueError
    return value


def _level(value: object) -> str:
    if value not in LEVELS:
        raise ValueError
    return str(value)


def _url(value: object) -> str:
    text = _text(value)
    if text and not re.fullmatch(r"https?://[^\s\"'<>?#]+", text):
        raise ValueError
    return text.rstrip("/") + "/" if text else ""


def _address(value: object) -> str:
    text = _text(value)
    if text and not re.fullmatch(r"https?://[^\s\"'<>]+", text):
        raise ValueError
    return text


def _words(value: object) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise ValueError
    return tuple(dict.fromkeys(_text(item) for item in value))


def _families(value: object) -> Mapping[str, tuple[str, ...]]:
    if not isinstance(value, dict) or not all(value.values()):
        raise ValueError
    return {_tag(tag): _words(names) for tag, names in value.items()}


def _day(value: object) -> str:
    """An ISO date, written as a text or as TOML's own date."""
    return date.fromisoformat(str(value) if isinstance(value, date) else _text(value)).isoformat()


def _reviewers(value: object) -> tuple[Reviewer, ...]:
    if not isinstance(value, list):
        raise ValueError
    return tuple(map(_reviewer, value))


def _reviewer(value: object) -> Reviewer:
    table = value if isinstance(value, dict) else {"name": value}
    name = " ".join(_text(table.get("name")).split())
    if not name or not table.keys() <= {"name", "languages", "until"}:
        raise ValueError
    until = _day(table["until"]) if "until" in table else ""
    return Reviewer(name, _tags(table.get("languages", [])), until)


def _days(value: object) -> Mapping[str, str]:
    if not isinstance(value, dict):
        raise ValueError
    return {_tag(tag): _day(day) for tag, day in value.items()}


_LIST = 'a file inside the project, such as "{}"'
_FOLDER = 'a folder inside the project, such as "{}"'
_KEYS = {
    "source-language": _Key("source_language", 'a language tag such as "en"', _tag),
    "content": _Key("content", _FOLDER.format("content/en"), _path),
    "locale": _Key("locale", _FOLDER.format("locale"), _path),
    "build": _Key("build", _FOLDER.format("build"), _path),
    "languages": _Key("languages", 'a list of language tags such as ["es", "zh-Hans"]', _tags),
    "catalogs": _Key(
        "catalogs",
        'a pattern such as "po/{lang}.po", with {lang} and perhaps {locale} and {guide}',
        _pattern,
    ),
    "publisher": _Key("publisher", "a text", _text),
    "contact": _Key("contact", "a text", _text),
    "site-url": _Key("site_url", 'an address such as "https://example.org/guides/"', _url),
    "license": _Key("license", 'the name of a license, such as "CC BY 4.0"', _text),
    "license-url": _Key("license_url", 'an address such as "https://example.org/terms"', _address),
    "disclaimer": _Key("disclaimer", "a text", _text),
    "partner": _Key("partner", "a text", _text),
    "partner-logo": _Key("partner_logo", 'a file inside the project, such as "logo.svg"', _path),
    "local-contacts": _Key("local_contacts", 'a list of texts such as ["Help: 211"]', _words),
    "paper": _Key("paper", '"letter", "a4" or ["letter", "a4"]', _papers),
    "variants": _Key("variants", f"a list of some of {', '.join(VARIANTS)}", _variants),
    "threshold": _Key("threshold", "a whole number from 0 to 100", _number(0, 100)),
    "raw-html": _Key("raw_html", "true or false", _flag),
    "ignore": _Key("ignore", 'a list of rules such as ["number"]', _words),
    "leave-out": _Key("leave_out", 'a list of names of modules such as ["voting"]', _words),
    "reading-grade": _Key("reading_grade", "a whole number from 1 to 20", _number(1, 20)),
    "sentence-words": _Key("sentence_words", "a whole number from 5 to 100", _number(5, 100)),
    "plain-words": _Key("plain_words", _LIST.format("content/plain-words.md"), _path),
    "glossary": _Key("glossary", _LIST.format("content/glossary.md"), _path),
    "review-interval": _Key(
        "review_interval",
        "a whole number of months from 0 (never) to 240, such as 24",
        _number(0, 240),
    ),
    "missing-files": _Key("missing_files", '"error" or "warn"', _level),
    "reviewers": _Key(
        "reviewers",
        'a list of names, or of tables such as { name = "…", languages = ["es"] }',
        _reviewers,
    ),
    "retired": _Key("retired", "a table such as { mh = 2027-01-31 }, by language tag", _days),
    "fonts": _Key("fonts", _FOLDER.format("fonts"), _path),
    "language-fonts": _Key(
        "language_fonts", 'a table such as { ur = ["My Nastaliq"] }, by language tag', _families
    ),
}


def _config(root: Path, file: str, table: Mapping[str, object]) -> Config:
    if not isinstance(table, dict):
        raise OutreachError(Problem(Location(file), "`tool.outreach` should be a table"))
    config = Config(root, file)
    for key, value in table.items():
        changes: dict[str, Any] = {_known(file, key).field: _value(file, key, value)}
        config = replace(config, **changes)
    others = tuple(tag for tag in config.languages if tag != config.source_language)
    return replace(config, languages=others)


def _known(file: str, key: str) -> _Key:
    if key in _KEYS:
        return _KEYS[key]
    near = difflib.get_close_matches(key.replace("_", "-"), _KEYS, n=1)
    hint = f"did you mean `{near[0]}`?" if near else f"known keys: {', '.join(_KEYS)}"
    raise OutreachError(Problem(Location(file), f"unknown key `{key}`; {hint}"))


def _value(file: str, key: str, value: object) -> object:
    try:
        return _KEYS[key].convert(value)
    except ValueError:
        text = f"`{key}` should be {_KEYS[key].expected}, but is {_shown(value)}"
        raise OutreachError(Problem(Location(file), text)) from None


def _shown(value: object) -> str:
    try:
        text = str(value).lower() if isinstance(value, bool) else repr(value)
    except (ValueError, RecursionError):
        return "something else"  # a number of thousands of digits, say
    return text if len(text) <= 60 else text[:57] + "…"
