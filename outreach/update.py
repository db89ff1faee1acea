"""Refresh templates and catalogs: plan every change first, then write."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from outreach.catalog.collect import collect
from outreach.catalog.format import template_text
from outreach.config import Config
from outreach.files import remove, write_bytes
from outreach.model import Language, Location, Message, OutreachError, Problem, Segment
from outreach.project import (
    INTERFACE,
    LINKS,
    Folders,
    Source,
    catalog_path,
    catalogs_on_disk,
    domains,
    folders,
    is_ours,
    template_path,
)

HELP = (
    "Write the translation of each msgid between the quotes of its msgstr.",
    "Keep *emphasis*, `code`, [words][label] and [words](address) as they are: translate the",
    "words, not the label or the address. A message marked fuzzy is not shown to readers until",
    "someone has checked it and taken the mark away.",
)


@dataclass(frozen=True, slots=True)
class Write:
    """A file to write."""

    path: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Update:
    """What an update will do."""

    writes: tuple[Write, ...] = ()
    problems: tuple[Problem, ...] = ()
    gone: tuple[str, ...] = ()
    """Catalogs and templates of guides that are gone."""


def plan_templates(config: Config, sources: Sequence[Source]) -> Update:
    """The templates, made from the guides alone."""
    language = config.source_language.replace("-", "_")
    writes = []
    for domain, messages in messages_by_domain(config, sources):
        text = template_text(messages, config.name, HELP, language=language)
        writes.append(Write(template_path(config, domain), text.encode()))
    gone = _gone_templates(config, [write.path for write in writes])
    return Update(tuple(writes), gone=tuple(gone))


def plan_catalogs(
    config: Config,
    sources: Sequence[Source],
    languages: Iterable[Language],
    interface: Callable[[Language], Sequence[Message]],
) -> Update:
    """The catalogs of some languages, merged with the templates; missing ones are begun.

    `interface` gives the messages of the interface that a project must translate itself, none
    where the package has them. A catalog that cannot be read is a problem and stays as it is.
    """
    wanted = dict(messages_by_domain(config, sources))
    writes: list[Write] = []
    problems: list[Problem] = []
    gone: list[str] = []
    spelled = folders(config)
    for language in languages:
        for domain, messages in _domains_of(config, language, spelled, wanted, interface(language)):
            path = catalog_path(config, language, domain, spelled)
            try:
                writes.append(_merged(config, language, path, messages))
            except OutreachError as error:
                problems.append(error.problem)
        known = {*(source.guide.name for source in sources), LINKS, INTERFACE}
        gone += [
            path
            for name, path in catalogs_on_disk(config, language, spelled)
            if name not in known and is_ours(config, path)
        ]
    return Update(tuple(writes), tuple(problems), tuple(gone))


def apply(config: Config, update: Update, *, prune: bool) -> list[str]:
    """Write what changed, and remove what is gone when asked to; returns the paths touched.

    Raises OutreachError when the system refuses a file.
    """
    touched = [
        write.path
        for write in update.writes
        if write_bytes(config.root / write.path, write.data, write.path)
    ]
    if prune:
        for path in update.gone:
            remove(config.root / path, path)
            touched.append(path)
    return touched


def messages_by_domain(
    config: Config, sources: Sequence[Source]
) -> Iterator[tuple[str, tuple[Message, ...]]]:
    """The messages of each domain, that of the links last. A guide without messages has none."""
    for domain, members in domains(config, sources).items():
        messages = collect(_segments(members, ""))
        if messages:
            yield domain, messages
    links = collect(_segments(sources, LINKS))
    if links:
        yield LINKS, links


def _segments(sources: Sequence[Source], domain: str) -> Iterator[Segment]:
    for source in sources:
        for segment in source.extracted.segments:
            if segment.domain == domain:
                yield segment


def _domains_of(
    config: Config,
    language: Language,
    spelled: Folders,
    wanted: dict[str, tuple[Message, ...]],
    interface: Sequence[Message],
) -> Iterator[tuple[str, Sequence[Message]]]:
    """What a language translates: links only where it has a catalog for them already."""
    for domain, messages in wanted.items():
        path = config.root / catalog_path(config, language, domain, spelled)
        if domain != LINKS or path.exists():
            yield domain, messages
    if interface:
        yield INTERFACE, interface


def _merged(config: Config, language: Language, path: str, messages: Sequence[Message]) -> Write:
    from outreach.catalog.merge import merge, new_catalog, with_header  # noqa: PLC0415  polib
    from outreach.catalog.po import format_catalog_bytes, load_catalog  # noqa: PLC0415

    catalog = load_catalog(config.root / path, path)
    if catalog is None:
        return Write(
            path,
            format_catalog_bytes(new_catalog(path, language, messages, config.name, HELP)),
        )
    merged = merge(with_header(catalog, language), messages)
    return Write(path, format_catalog_bytes(merged))


def _gone_templates(config: Config, written: Sequence[str]) -> Iterator[str]:
    """Templates that lie where ours do and belong to no guide."""
    if not config.per_guide:
        return
    folder = (config.root / template_path(config, LINKS)).parent
    for path in sorted(folder.rglob("*.pot")):
        shown = path.relative_to(config.root).as_posix()
        if shown not in written and is_ours(config, shown):
            yield shown


def gone_problem(path: str) -> Problem:
    """Tell that a file belongs to a guide that is gone."""
    text = "belongs to a guide that is gone; it is kept until `outreach update --prune`"
    return Problem(Location(path), text, "warning", "gone")


def joined(updates: Iterable[Update]) -> Update:
    """Several updates as one."""
    parts = list(updates)
    return Update(
        tuple(write for part in parts for write in part.writes),
        tuple(problem for part in parts for problem in part.problems),
        tuple(path for part in parts for path in part.gone),
    )
