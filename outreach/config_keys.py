"""What may stand in the configuration: each key, with what is expected of its value."""

from __future__ import annotations

import difflib
import posixpath
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from outreach.languages import UnknownLanguage, canonical
from outreach.model import Location, OutreachError, Paper, Problem, Variant

PAPERS: tuple[Paper, ...] = ("letter", "a4")
VARIANTS: tuple[Variant, ...] = (*PAPERS, "large-print", "bilingual", "columns")
LEVELS = ("error", "warn")


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
class Key:
    """A key of the configuration."""

    field: str
    expected: str
    convert: Callable[[object], object]
    """Returns the value, or raises ValueError when it is not as expected."""


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError
    return value


def as_path(value: object) -> str:
    """A path inside the project. Raises ValueError for any other value."""
    text = _text(value)
    if not text or text.startswith(("/", "~")) or ".." in text.split("/") or "\\" in text:
        raise ValueError
    return posixpath.normpath(text)


def _pattern(value: object) -> str:
    text = as_path(value)
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
KEYS = {
    "source-language": Key("source_language", 'a language tag such as "en"', _tag),
    "content": Key("content", _FOLDER.format("content/en"), as_path),
    "locale": Key("locale", _FOLDER.format("locale"), as_path),
    "build": Key("build", _FOLDER.format("build"), as_path),
    "languages": Key("languages", 'a list of language tags such as ["es", "zh-Hans"]', _tags),
    "catalogs": Key(
        "catalogs",
        'a pattern such as "po/{lang}.po", with {lang} and perhaps {locale} and {guide}',
        _pattern,
    ),
    "publisher": Key("publisher", "a text", _text),
    "contact": Key("contact", "a text", _text),
    "site-url": Key("site_url", 'an address such as "https://example.org/guides/"', _url),
    "license": Key("license", 'the name of a license, such as "CC BY 4.0"', _text),
    "license-url": Key("license_url", 'an address such as "https://example.org/terms"', _address),
    "disclaimer": Key("disclaimer", "a text", _text),
    "partner": Key("partner", "a text", _text),
    "partner-logo": Key("partner_logo", 'a file inside the project, such as "logo.svg"', as_path),
    "local-contacts": Key("local_contacts", 'a list of texts such as ["Help: 211"]', _words),
    "paper": Key("paper", '"letter", "a4" or ["letter", "a4"]', _papers),
    "variants": Key("variants", f"a list of some of {', '.join(VARIANTS)}", _variants),
    "threshold": Key("threshold", "a whole number from 0 to 100", _number(0, 100)),
    "raw-html": Key("raw_html", "true or false", _flag),
    "ignore": Key("ignore", 'a list of rules such as ["number"]', _words),
    "leave-out": Key("leave_out", 'a list of names of modules such as ["voting"]', _words),
    "reading-grade": Key("reading_grade", "a whole number from 1 to 20", _number(1, 20)),
    "sentence-words": Key("sentence_words", "a whole number from 5 to 100", _number(5, 100)),
    "plain-words": Key("plain_words", _LIST.format("content/plain-words.md"), as_path),
    "glossary": Key("glossary", _LIST.format("content/glossary.md"), as_path),
    "review-interval": Key(
        "review_interval",
        "a whole number of months from 0 (never) to 240, such as 24",
        _number(0, 240),
    ),
    "missing-files": Key("missing_files", '"error" or "warn"', _level),
    "reviewers": Key(
        "reviewers",
        'a list of names, or of tables such as { name = "…", languages = ["es"] }',
        _reviewers,
    ),
    "retired": Key("retired", "a table such as { mh = 2027-01-31 }, by language tag", _days),
    "fonts": Key("fonts", _FOLDER.format("fonts"), as_path),
    "language-fonts": Key(
        "language_fonts", 'a table such as { ur = ["My Nastaliq"] }, by language tag', _families
    ),
}


def known_key(file: str, key: str) -> Key:
    """What is known of a key. Raises OutreachError, with a near one, where there is none."""
    if key in KEYS:
        return KEYS[key]
    near = difflib.get_close_matches(key.replace("_", "-"), KEYS, n=1)
    hint = f"did you mean `{near[0]}`?" if near else f"known keys: {', '.join(KEYS)}"
    raise OutreachError(Problem(Location(file), f"unknown key `{key}`; {hint}"))


def value_of(file: str, key: str, value: object) -> object:
    """The value of a key, converted. Raises OutreachError where it is not as expected."""
    try:
        return KEYS[key].convert(value)
    except ValueError:
        text = f"`{key}` should be {KEYS[key].expected}, but is {_shown(value)}"
        raise OutreachError(Problem(Location(file), text)) from None


def _shown(value: object) -> str:
    try:
        text = str(value).lower() if isinstance(value, bool) else repr(value)
    except (ValueError, RecursionError):
        return "something else"  # a number of thousands of digits, say
    return text if len(text) <= 60 else text[:57] + "…"
