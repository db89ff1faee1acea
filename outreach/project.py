"""A project on disk: its guides, and where its catalogs and templates are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from outreach.config import Config
from outreach.files import read_text
from outreach.guides import find_guides, guide_problems, parse_guide
from outreach.languages import UnknownLanguage, canonical, find
from outreach.markup.extract import Extracted, extract
from outreach.model import Guide, Language, Location, OutreachError, Problem

LINKS = "links"
INTERFACE = "interface"
ONE_DOMAIN = "messages"
"""The template's name where one catalog serves all guides, as gettext has it."""

_OWN_CATALOGS = "{locale}/{lang}/LC_MESSAGES/{guide}.po"


@dataclass(frozen=True, slots=True)
class Source:
    """A guide with what was extracted from it."""

    guide: Guide
    extracted: Extracted

    @property
    def problems(self) -> tuple[Problem, ...]:
        return self.extracted.problems


def source_language(config: Config) -> Language:
    """The language the guides are written in. Raises OutreachError when it is unknown."""
    return _language(config, config.source_language)


def languages(config: Config) -> tuple[Language, ...]:
    """The languages to translate into, from the configuration or from the catalogs there are.

    Raises OutreachError for a tag in the configuration that is unknown.
    """
    tags = config.languages or sorted(folders(config))
    return tuple(_language(config, tag) for tag in tags if tag != config.source_language)


def read_sources(config: Config) -> tuple[list[Source], list[Problem]]:
    """Read every guide and extract its texts.

    Returns the guides that could be read and what is wrong with any of them. Raises OutreachError
    when there is no content folder.
    """
    sources: list[Source] = []
    problems: list[Problem] = []
    for name, path in find_guides(config.root / config.content, config.content):
        shown = path.relative_to(config.root).as_posix()
        try:
            text = read_text(path, shown)
        except OutreachError as error:
            problems.append(error.problem)
            continue
        guide = parse_guide(text, name, shown)
        source = Source(guide, extract(guide, raw_html=config.raw_html))
        problems += [*guide_problems(guide, text), *source.problems]
        sources.append(source)
    return sources, problems


def folders(config: Config) -> dict[str, str]:
    """How each language that has catalogs is spelled in their paths, by tag."""
    found: dict[str, str] = {}
    for pattern in dict.fromkeys((config.catalogs, _OWN_CATALOGS)):
        for spelled in _spelled(config, pattern):
            try:
                tag = canonical(spelled)
                find(tag)
            except UnknownLanguage:
                continue
            if tag not in found or spelled == tag.replace("-", "_"):
                found[tag] = spelled
    return found


def catalog_path(config: Config, language: Language, domain: str, spelled: str = "") -> str:
    """Where a domain's catalog lies, relative to the project.

    `links` and `interface` have catalogs of their own even where one serves all guides.
    """
    own = domain in (LINKS, INTERFACE) and not config.per_guide
    pattern = _OWN_CATALOGS if own else config.catalogs
    values = {"{locale}": config.locale, "{lang}": spelled or language.locale, "{guide}": domain}
    return re.sub(r"\{\w+\}", lambda match: values[match.group()], pattern)


def template_path(config: Config, domain: str) -> str:
    """Where a domain's template lies: above the folders of the languages."""
    own = domain in (LINKS, INTERFACE) and not config.per_guide
    pattern = (_OWN_CATALOGS if own else config.catalogs).replace("{locale}", config.locale)
    above = pattern.split("{lang}")[0].rpartition("/")[0].replace("{guide}", domain)
    name = domain if config.per_guide or own else ONE_DOMAIN
    return f"{above}/{name}.pot" if above else f"{name}.pot"


def domains(config: Config, sources: Sequence[Source]) -> dict[str, Sequence[Source]]:
    """The guides whose texts stand in each catalog, by domain."""
    if not config.per_guide:
        return {ONE_DOMAIN: sources}
    return {source.guide.name: [source] for source in sources}


def domain_of(config: Config, guide: str) -> str:
    """The domain of a guide."""
    return guide if config.per_guide else ONE_DOMAIN


def catalogs_on_disk(config: Config, language: Language, spelled: str) -> Iterator[tuple[str, str]]:
    """Every catalog of a language as (domain, path), also those of guides that are gone."""
    if not config.per_guide:
        return
    before, _, after = catalog_path(config, language, "\0", spelled).partition("\0")
    base = config.root / (before if before.endswith("/") else before.rpartition("/")[0])
    for path in sorted(base.rglob(f"*{after.rpartition('/')[2]}")):
        shown = path.relative_to(config.root).as_posix()
        if shown.startswith(before) and shown.endswith(after):
            yield shown[len(before) : -len(after)], shown


def _spelled(config: Config, pattern: str) -> Iterator[str]:
    """What stands in the place of `{lang}` in the files of a pattern."""
    pattern = pattern.replace("{locale}", config.locale)
    before, _, after = pattern.partition("{lang}")
    folder, _, prefix = before.rpartition("/")
    if "{guide}" in folder:
        folder, prefix = folder.split("{guide}")[0].rstrip("/"), ""
    name, slash, _rest = after.partition("/")
    base = config.root / folder
    if "{guide}" in before:
        yield from _spelled_in_files(config, pattern)
        return
    for path in sorted(base.glob("*")) if base.is_dir() else ():
        suffix = name.replace("{guide}", "")
        fits = path.name.startswith(prefix) and path.name.endswith(suffix)
        if fits and path.is_dir() == bool(slash) and not path.name.startswith("."):
            yield path.name[len(prefix) : len(path.name) - len(suffix)]


def _spelled_in_files(config: Config, pattern: str) -> Iterator[str]:
    parts = re.split(r"(\{\w+\})", pattern)
    names = {"{lang}": r"(?P<lang>[^/]+)", "{guide}": r".+"}
    regex = re.compile("".join(names.get(part, re.escape(part)) for part in parts))
    base = config.root / pattern.split("{", maxsplit=1)[0].rpartition("/")[0]
    for path in sorted(base.rglob("*.po")):
        match = regex.fullmatch(path.relative_to(config.root).as_posix())
        if match:
            yield match["lang"]


def _language(config: Config, tag: str) -> Language:
    try:
        return find(tag)
    except UnknownLanguage as error:
        raise OutreachError(Problem(Location(config.file), str(error))) from None
