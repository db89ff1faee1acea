"""What an update will do, and doing it: every change is planned first, then written."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import EllipsisType

from outreach.catalog.collect import collect
from outreach.catalog.format import template_text
from outreach.config import Config
from outreach.files import below
from outreach.model import Location, Message, Problem, Segment
from outreach.project import (
    LINKS,
    Source,
    domains,
    is_ours,
    template_path,
)
from outreach.writing import Remove, Write, refusal, write_all

HELP = (
    "Write the translation of each msgid between the quotes of its msgstr.",
    "Keep *emphasis*, `code`, [words][label] and [words](address) as they are: translate the",
    "words, not the label or the address. A message marked fuzzy is not shown to readers until",
    "someone has checked it and taken the mark away.",
)
Domains = Mapping[str, tuple[Message, ...]]
"""The messages of each domain."""


@dataclass(frozen=True, slots=True)
class Gone:
    """A catalog or template that no guide has."""

    path: str
    kept: bool = False
    """Whether there is the guide, and its `languages` keep it to others."""
    before: bytes | EllipsisType = field(default=..., repr=False)
    """What is in it; `...` for a template, which can be made again."""

    @property
    def reason(self) -> str:
        if self.kept:
            return "belongs to a guide whose `languages` keep it to other languages"
        return "belongs to a guide that is gone"


@dataclass(frozen=True, slots=True)
class Update:
    """What an update will do."""

    writes: tuple[Write, ...] = ()
    problems: tuple[Problem, ...] = ()
    gone: tuple[Gone, ...] = ()
    held: tuple[Gone, ...] = ()
    """Such catalogs that have to stay, because what they hold may be nowhere else."""
    refused: tuple[Problem, ...] = ()
    """Why nothing at all may be written."""


def plan_templates(config: Config, domains: Domains, kept: Iterable[str] = ()) -> Update:
    """The templates, made from the guides alone; `domains` as of `template_messages`.

    `kept` are the guides that no language is to translate.
    """
    language = config.source_language.replace("-", "_")
    writes = []
    for domain, messages in domains.items():
        text = template_text(messages, config.name, HELP, language=language)
        writes.append(Write(template_path(config, domain), text.encode()))
    paths = {template_path(config, name) for name in kept}
    gone = _gone_templates(config, [write.path for write in writes])
    return Update(tuple(writes), gone=tuple(Gone(path, path in paths) for path in gone))


@dataclass(frozen=True, slots=True)
class Applied:
    """What an update did."""

    touched: tuple[str, ...]
    """The paths of files that were written or removed."""
    problems: tuple[Problem, ...] = ()
    """Why others were left as they are."""


def apply(config: Config, update: Update, *, prune: bool) -> Applied:
    """Write what changed, and remove what is gone when asked to.

    A file that somebody protected, or changed since it was read, is left alone; then nothing is
    removed, because what it was to take over may be nowhere else. Raises OutreachError when the
    system refuses a file; then nothing is written at all.
    """
    refusals = [(item, refusal(config.root, item)) for item in update.writes]
    writes = [item for item, problem in refusals if problem is None]
    problems = [problem for _, problem in refusals if problem]
    removes = [Remove(item.path, item.before) for item in update.gone] if prune else []
    if problems and removes:
        problems += [_waiting_problem(item) for item in update.gone]
        removes = []
    written = write_all(config.root, writes, removes)
    return Applied((*written, *(item.path for item in removes)), tuple(problems))


def messages_by_domain(config: Config, sources: Sequence[Source]) -> Domains:
    """The messages of each domain, that of the links last. A guide without messages has none."""
    found = {
        domain: collect(_segments(members, ""))
        for domain, members in domains(config, sources).items()
    }
    found[LINKS] = collect(_segments(sources, LINKS))
    return {domain: messages for domain, messages in found.items() if messages}


def template_messages(config: Config, sources: Sequence[Source]) -> Domains:
    """The messages of each template: those of the guides that some language is to translate."""
    own = config.source_language
    return messages_by_domain(config, [item for item in sources if item.is_translated(own)])


def _segments(sources: Sequence[Source], domain: str) -> Iterator[Segment]:
    for source in sources:
        for segment in source.extracted.segments:
            if segment.domain == domain:
                yield segment


def _gone_templates(config: Config, written: Sequence[str]) -> Iterator[str]:
    """Templates that lie where ours do and belong to no guide."""
    if not config.per_guide:
        return
    folder = posixpath.dirname(template_path(config, LINKS))
    for path in below(config.root / folder, folder, ".pot").files:
        shown = path.relative_to(config.root).as_posix()
        if shown not in written and is_ours(config, shown):
            yield shown


def gone_problem(item: Gone) -> Problem:
    """Tell of a file that no guide has."""
    text = f"{item.reason}; it is kept until `outreach update --prune`"
    return Problem(Location(item.path), text, "warning", "gone")


def _waiting_problem(item: Gone) -> Problem:
    text = f"{item.reason}; it is kept until the other files can be written"
    return Problem(Location(item.path), text, "warning", "gone")


def held_problem(item: Gone) -> Problem:
    """Tell the same of a file that `--prune` does not remove."""
    text = (
        f"{item.reason}; it is kept while a catalog of its language cannot be read, because what it"
        " holds may be nowhere else: mend the catalogs first"
    )
    return Problem(Location(item.path), text, "warning", "gone")


def joined(updates: Iterable[Update]) -> Update:
    """Several updates as one."""
    parts = list(updates)
    return Update(
        tuple(write for part in parts for write in part.writes),
        tuple(problem for part in parts for problem in part.problems),
        tuple(item for part in parts for item in part.gone),
        tuple(item for part in parts for item in part.held),
        tuple(problem for part in parts for problem in part.refused),
    )
