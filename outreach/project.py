"""A project on disk: its guides, and where its catalogs and templates are."""

from __future__ import annotations

import difflib
import posixpath
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

from outreach.config import Config
from outreach.dates import today
from outreach.files import below, inside, read_bytes, read_text
from outreach.guides import (
    find_guides,
    front_matter_line,
    guide_files,
    guide_problems,
    kept_to,
    parse_guide,
    unread_problems,
)
from outreach.languages import UnknownLanguage, find
from outreach.markup.extract import Extracted, extract
from outreach.model import Guide, Language, Location, OutreachError, Problem
from outreach.names import name_problems

LINKS = "links"
LOGOS = (".svg", ".png", ".jpg", ".jpeg", ".gif", ".webp")
"""How the names of pictures end that can be printed."""

INTERFACE = "interface"
ONE_DOMAIN = "messages"
"""The template's name where one catalog serves all guides, as gettext has it."""

T = TypeVar("T")

_OWN_CATALOGS = "{locale}/{lang}/LC_MESSAGES/{guide}.po"


@dataclass(frozen=True, slots=True)
class Folders:
    """How the languages that have catalogs are spelled in paths, by tag."""

    catalogs: Mapping[str, str] = field(default_factory=dict)
    """In the place of `{lang}` in the pattern of the configuration."""
    own: Mapping[str, str] = field(default_factory=dict)
    """In our own pattern, for links and interface; the same where each guide has catalogs."""


@dataclass(frozen=True, slots=True)
class Source:
    """A guide with what was extracted from it."""

    guide: Guide
    extracted: Extracted

    @property
    def problems(self) -> tuple[Problem, ...]:
        return self.extracted.problems

    def wants(self, language: Language) -> bool:
        """Whether the guide is meant to be translated into a language."""
        kept = kept_to(self.guide)
        return kept is None or language.tag in kept

    def is_translated(self, source_language: str) -> bool:
        """Whether it is meant to be translated into any language."""
        kept = kept_to(self.guide)
        return kept is None or bool(kept - {source_language})


def source_language(config: Config) -> Language:
    """The language the guides are written in. Raises OutreachError when it is unknown."""
    return _language(config, config.source_language, "source-language")


def languages(config: Config) -> tuple[Language, ...]:
    """The languages to translate into, from the configuration or from the catalogs there are.

    Those that are retired, or will be, are among them. Raises OutreachError for a tag in the
    configuration that is unknown.
    """
    found = folders(config)
    named = config.languages or sorted({*found.catalogs, *found.own, *config.retired})
    # A language that is retired needs no other mention, and no catalogs.
    tags = dict.fromkeys((*named, *config.retired))
    others = (tag for tag in tags if tag != config.source_language)
    return tuple(
        _language(config, tag, "retired" if tag in config.retired else "languages")
        for tag in others
    )


def read_sources(config: Config, *, addresses: bool = False) -> tuple[list[Source], list[Problem]]:
    """Read every guide and extract its texts, with all its addresses and sections if asked to.

    Returns the guides that could be read and what is wrong with any of them. Raises OutreachError
    when there is no content folder.
    """
    sources: list[Source] = []
    problems: list[Problem] = []
    guides = _find_guides(config)
    problems += name_problems([_shown(config, path) for _, path in guides])
    problems += unread_problems(config.root / config.content, config.content, config.root)
    # Asked once a folder, because following links takes long.
    parents = {path.parent for _, path in guides}
    strange = {folder for folder in parents if not inside(folder, config.root)}
    for name, path in guides:
        shown = _shown(config, path)
        if path.parent in strange or (path.is_symlink() and not inside(path, config.root)):
            text = "is a link to a file outside the project, which is not published"
            problems.append(Problem(Location(shown), text))
            continue
        try:
            text = read_text(path, shown)
            guide = parse_guide(text, name, shown)
        except OutreachError as error:
            problems.append(error.problem)
            continue
        extracted = extract(
            guide,
            raw_html=config.raw_html,
            addresses=addresses,
            in_sections=addresses,
            leave_out=config.leave_out,
        )
        source = Source(guide, extracted)
        problems += [*guide_problems(guide, text), *source.problems]
        sources.append(source)
    return sources, problems


def _shown(config: Config, path: Path) -> str:
    return path.relative_to(config.root).as_posix()


def guide_paths(config: Config, name: str) -> tuple[str, ...]:
    """The files of the project that give a guide of this name: one, seldom two."""
    return tuple(posixpath.normpath(f"{config.content}/{file}") for file in guide_files(name))


def wanted_in(language: Language, sources: Iterable[Source]) -> list[Source]:
    """The guides that are meant to be translated into a language."""
    return [source for source in sources if source.wants(language)]


def by_language(
    sources: Sequence[Source], languages: Iterable[Language], make: Callable[[Sequence[Source]], T]
) -> dict[str, T]:
    """What `make` makes of the guides that each language wants, by tag.

    It is made once for all languages that want the same guides.
    """
    made: dict[tuple[str, ...], T] = {}
    found: dict[str, T] = {}
    for language in languages:
        wanted = wanted_in(language, sources)
        names = tuple(source.guide.name for source in wanted)
        if names not in made:
            made[names] = make(wanted)
        found[language.tag] = made[names]
    return found


def module_problems(config: Config, sources: Iterable[Source]) -> Iterator[Problem]:
    """Yield an error for each module that the configuration leaves out and no guide has.

    With a wrong name readers would be shown what they should not see.
    """
    modules = sorted({name for source in sources for name in source.extracted.modules})
    for name in config.leave_out:
        if name not in modules:
            yield Problem(Location(config.file), _no_module(name, modules))


def kept_problems(config: Config, sources: Iterable[Source]) -> Iterator[Problem]:
    """Warn of languages that a guide is kept to, and that the project does not have yet."""
    kept = [(source.guide, tags) for source in sources if (tags := kept_to(source.guide))]
    if not kept:
        return
    known = {config.source_language, *(language.tag for language in languages(config))}
    for guide, tags in kept:
        place = Location(guide.path, front_matter_line(guide, "languages"))
        for tag in sorted(tags - known):
            text = f"`languages` names {tag}, which the project does not have yet"
            text = f"{text}; start it with `outreach init {tag}`"
            yield Problem(place, text, "warning", "front-matter")


def _no_module(name: str, modules: Sequence[str]) -> str:
    near = difflib.get_close_matches(name, modules, n=3) or modules[:10]
    have = f"there is: {', '.join(near)}" if near else "no guide has a module"
    return f"`leave-out` names the module `{name}`, which no guide has; {have}"


def _find_guides(config: Config) -> list[tuple[str, Path]]:
    folder = config.root / config.content
    if not folder.is_dir():
        text = f"there is no folder `{config.content}`; write guides there, or set `content`"
        raise OutreachError(Problem(Location(config.file), text))
    others = {config.root / config.build, config.root / config.locale}
    others |= {config.root / file for file in (config.plain_words, config.glossary) if file}
    found = find_guides(folder, config.content)
    return [(name, path) for name, path in found if not others & {path, *path.parents}]


def folders(config: Config) -> Folders:
    """Find the languages that have catalogs. gettext's spelling wins where there are two."""
    return Folders(_by_tag(config, config.catalogs), _by_tag(config, _OWN_CATALOGS))


def logo_problems(config: Config) -> Iterator[Problem]:
    """An error where `partner-logo` names no picture in the project's folder."""
    if not config.partner_logo:
        return
    file = config.root / config.partner_logo
    if not (file.is_file() and inside(file, config.root)):
        text = f"`partner-logo`: there is no file {config.partner_logo} in the project"
        yield Problem(Location(config.file), text)
    elif file.suffix.lower() not in LOGOS:
        text = f"`partner-logo` should be a picture ({', '.join(LOGOS)})"
        yield Problem(Location(config.file), f"{text}, but is {config.partner_logo}")


def folder_problems(config: Config) -> Iterator[Problem]:
    """Warn of catalogs that nobody reads: under an unknown language, or a second spelling."""
    used, retired = folders(config), config.retired_on(today())
    for spelled, path in _spelled(config, config.catalogs):
        tag = tag_of(spelled)
        if not tag:
            text = f"`{spelled}` is no language that we know, so nothing in it is used"
            yield Problem(Location(path), text, "warning", "language")
        elif used.catalogs[tag] != spelled and tag not in retired:
            text = f"is not used, because there is `{used.catalogs[tag]}` for {tag} too; join them"
            yield Problem(Location(path), text, "warning", "language")


def catalog_path(
    config: Config, language: Language, domain: str, spelled: Folders | None = None
) -> str:
    """Where a domain's catalog lies, relative to the project.

    `links` and `interface` have catalogs of their own even where one serves all guides.
    """
    own = domain in (LINKS, INTERFACE) and not config.per_guide
    pattern = _OWN_CATALOGS if own else config.catalogs
    found = (spelled.own if own else spelled.catalogs) if spelled else {}
    lang = found.get(language.tag, language.locale)
    return _filled(config, pattern, lang, domain)


def catalog_paths(config: Config, domain: str) -> list[str]:
    """Where the catalogs of a domain are or would be, in every spelling of a language in use."""
    return [
        _filled(config, config.catalogs, lang, domain)
        for lang, _ in _spelled(config, config.catalogs)
    ]


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


def catalogs_on_disk(
    config: Config, language: Language, spelled: Folders
) -> Iterator[tuple[str, str]]:
    """Every catalog of a language as (domain, path), also those of guides that are gone."""
    if not config.per_guide:
        return
    before, _, after = catalog_path(config, language, "\0", spelled).partition("\0")
    base = config.root / before.rpartition("/")[0]
    for path in below(base, before.rpartition("/")[0], after.rpartition("/")[2]).files:
        shown = _shown(config, path)
        if shown.startswith(before) and shown.endswith(after):
            yield shown[len(before) : -len(after)], shown


def is_ours(config: Config, path: str) -> bool:
    """Whether a catalog or template holds texts of guides, and not those of another program.

    Raises OutreachError when the system refuses the file.
    """
    text = read_bytes(config.root / path, path)
    content = re.escape(f"{config.content}/".encode())
    return re.search(rb"^#:.*?\b" + content + rb".*\.md", text, re.MULTILINE) is not None


def is_of_program(config: Config, path: str) -> bool:
    """Whether a catalog names the files that its texts come from, and none of them is Markdown."""
    try:
        text = read_bytes(config.root / path, path)
    except OutreachError:
        return False  # whoever reads it says why
    references = re.findall(rb"^#:(.*)", text, re.MULTILINE)
    markdown = re.compile(rb"\.(?:md|mdwn|markdown|mkd)\b")
    return bool(references) and not any(map(markdown.search, references))


def _filled(config: Config, pattern: str, lang: str, domain: str) -> str:
    values = {"{locale}": config.locale, "{lang}": lang, "{guide}": domain}
    return re.sub(r"\{\w+\}", lambda match: values[match.group()], pattern)


def _by_tag(config: Config, pattern: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for spelled, _path in _spelled(config, pattern):
        tag = tag_of(spelled)
        if tag and (tag not in found or spelled == tag.replace("-", "_")):
            found[tag] = spelled
    return found


def tag_of(spelled: str) -> str:
    """The tag of a known language from its spelling in a path, else empty."""
    try:
        return find(spelled).tag
    except UnknownLanguage:
        return ""


def _spelled(config: Config, pattern: str) -> list[tuple[str, str]]:
    """What stands in the place of `{lang}` in the catalogs of a pattern, each with one path."""
    parts = re.split(r"(\{\w+\})", pattern.replace("{locale}", config.locale))
    names = iter(("(?P<lang>[^/]+?)", *["(?P=lang)"] * len(parts)))
    regex = "".join(
        next(names) if part == "{lang}" else ".+" if part == "{guide}" else re.escape(part)
        for part in parts
    )
    # In `{lang}-{guide}` the shortest language that is one is meant, else the longest text.
    regexes = (regex, regex.replace("[^/]+?", "[^/]+", 1))
    base = config.root / parts[0].rpartition("/")[0]
    found: dict[str, str] = {}
    there = below(base, parts[0].rpartition("/")[0], ".po")
    # A folder in the place of a catalog is told of by who reads it.
    for path in sorted((*there.files, *there.folders)):
        shown = _shown(config, path)
        matches = [match["lang"] for regex in regexes if (match := re.fullmatch(regex, shown))]
        if matches and not matches[0].startswith("."):
            found.setdefault(next(filter(tag_of, matches), matches[0]), shown)
    return list(found.items())


def _language(config: Config, tag: str, key: str) -> Language:
    """A language of the project, with its own fonts for it before ours."""
    try:
        language = find(tag)
    except UnknownLanguage as error:
        raise OutreachError(Problem(Location(config.file), f"`{key}`: {error}")) from None
    own = config.language_fonts.get(language.tag, ())
    return replace(language, fonts=tuple(dict.fromkeys((*own, *language.fonts))))
