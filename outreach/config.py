"""The configuration of a project: `[tool.outreach]` in pyproject.toml, or outreach.toml.

Everything has a default, so a folder with `content/en/*.md` works without a configuration.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from outreach.config_keys import KEYS, PAPERS, Reviewer, as_path, known_key, value_of
from outreach.files import inside, leads_out, read_text
from outreach.model import Location, OutreachError, Paper, Problem, Variant

_LONG_NAME = re.compile(r"(?<![\w-])(?:(?:[\w-]++|\"[^\"\n]*+\"|'[^'\n]*+')[ \t]*+\.[ \t]*+){50}")
CONFIG_FILES = ("outreach.toml", "pyproject.toml")


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
    for key, item in KEYS.items():
        path = getattr(config, item.field) if item.convert is as_path else ""
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


def _config(root: Path, file: str, table: Mapping[str, object]) -> Config:
    if not isinstance(table, dict):
        raise OutreachError(Problem(Location(file), "`tool.outreach` should be a table"))
    config = Config(root, file)
    for key, value in table.items():
        changes: dict[str, Any] = {known_key(file, key).field: value_of(file, key, value)}
        config = replace(config, **changes)
    others = tuple(tag for tag in config.languages if tag != config.source_language)
    return replace(config, languages=others)
