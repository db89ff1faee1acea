"""Whether templates and catalogs belong to the guides as they are, or wait for an update."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from outreach.config import Config
from outreach.files import read_bytes
from outreach.interface import packaged_template, ships
from outreach.model import Location, OutreachError, Problem, Severity
from outreach.project import (
    INTERFACE,
    LINKS,
    Folders,
    Source,
    by_language,
    catalog_path,
    folders,
    template_path,
)
from outreach.report import number_of
from outreach.site import Site
from outreach.stored import catalog_at
from outreach.update import Domains, messages_by_domain, plan_templates, template_messages

FEW = 3
"""Files of a guide that are named one by one; of more, the first is named and the rest counted."""

_MEND = "run `outreach update`"

Msgids = frozenset[str]
"""Live msgids, with one space for any white space."""
Wanted = Mapping[str, Msgids]
"""The texts that each domain should have, the interface's last."""


@dataclass(frozen=True, slots=True)
class _File:
    """A template or catalog that there is, or should be."""

    path: str
    msgids: Msgids | None
    """None where there is no such file."""
    wanted: Msgids
    """What it should have."""


def stale_problems(site: Site, severity: Severity = "warning") -> tuple[Problem, ...]:
    """What `outreach update` would mend in the templates, and in the catalogs of the languages.

    Comments, references, the order of messages and white space in them do not count. A project
    without any template goes without. A catalog that cannot be read is left out, because its
    reader tells of it.
    """
    config, spelled, sources = site.config, folders(site.config), list(site.sources.values())

    def wanted(guides: Sequence[Source]) -> Wanted:
        return _wanted(messages_by_domain(config, guides))

    catalogs = by_language(sources, (read.language for read in site.kept_up.values()), wanted)
    found = [_not_begun(config, tag) for tag in catalogs if _waits(tag, spelled, catalogs)]
    templates = _Templates(config, template_messages(config, sources))
    for domain in dict.fromkeys(chain(templates.wanted, *catalogs.values())):
        whole = _whole(config, domain)
        files = (*templates.files(domain), *_catalogs(site, spelled, domain, catalogs))
        texts = ((file.path, _difference(file, whole)) for file in files)
        found += _told([(path, text) for path, text in texts if text])
    return tuple(replace(problem, severity=severity) for problem in found)


def _waits(tag: str, spelled: Folders, wanted: Mapping[str, Wanted]) -> bool:
    """Whether a language has no catalogs and an update would begin some."""
    return tag not in spelled.catalogs and bool(wanted[tag])


class _Templates:
    """The templates on disk, beside what `outreach update` would write."""

    def __init__(self, config: Config, domains: Domains) -> None:
        self.config = config
        self.wanted = _wanted(domains)
        self.used = any((config.root / template_path(config, item)).exists() for item in domains)
        self.fresh = {write.path: write.data for write in plan_templates(config, domains).writes}

    def files(self, domain: str) -> Iterator[_File]:
        """The template of a domain; one that would be written just so need not be parsed."""
        if not self.used or domain == INTERFACE or domain not in self.wanted:
            return
        path, wanted = template_path(self.config, domain), self.wanted[domain]
        fresh, file = self.fresh.get(path), self.config.root / path
        same = fresh is not None and file.is_file() and read_bytes(file, path) == fresh
        yield _File(path, wanted if same else _on_disk(self.config, path), wanted)


def _wanted(domains: Domains) -> Wanted:
    shown = {**domains, INTERFACE: packaged_template()} if domains else domains
    return {
        domain: _plain(message.msgid for message in messages) for domain, messages in shown.items()
    }


def _catalogs(
    site: Site, spelled: Folders, domain: str, wanted: Mapping[str, Wanted]
) -> Iterator[_File]:
    """The catalogs of a domain that `outreach update` would write, apart from languages to begin.

    `wanted` has the texts of each language, by tag.
    """
    for tag, read in site.kept_up.items():
        msgids = wanted[tag].get(domain)
        if tag not in spelled.catalogs or msgids is None:
            continue
        path = catalog_path(site.config, read.language, domain, spelled)
        if domain == INTERFACE:
            if not (read.broken or ships(read.language)):
                yield _File(path, _on_disk(site.config, path), msgids)
        elif path in read.msgids:
            yield _File(path, _plain(read.msgids[path]), msgids)
        elif domain != LINKS and not os.path.lexists(site.config.root / path):
            yield _File(path, None, msgids)


def _on_disk(config: Config, path: str) -> Msgids | None:
    """What a file has that nobody else reads; nothing where it is broken, as it is written anew."""
    try:
        catalog = catalog_at(config, path)
    except OutreachError:
        return frozenset()
    if catalog is None:
        return None
    return _plain(message.msgid for message in catalog.messages if not message.obsolete)


def _plain(msgids: Iterable[str]) -> Msgids:
    return frozenset(" ".join(msgid.split()) for msgid in msgids)


def _whole(config: Config, domain: str) -> str:
    """What the texts of a domain belong to."""
    named = {LINKS: "the links in the guides", INTERFACE: "the interface"}
    return named.get(domain, "the guide" if config.per_guide else "the guides")


def _difference(file: _File, whole: str) -> str:
    """What tells a file from the guides, in words; empty where nothing does."""
    if file.msgids is None:
        return f"is missing, and {whole} has texts for it"
    lacking, left = len(file.wanted - file.msgids), len(file.msgids - file.wanted)
    parts = []
    if lacking:
        parts.append(f"{number_of(lacking, 'text')} of {whole} {_are(lacking)} not in it")
    if left:
        parts.append(f"{number_of(left, 'text')} in it {_are(left)} no longer in {whole}")
    return ", ".join(parts)


def _are(number: int) -> str:
    return "is" if number == 1 else "are"


def _told(found: Sequence[tuple[str, str]]) -> list[Problem]:
    """The problems of one domain, from paths and texts, not too many to read."""
    if len(found) <= FEW:
        return [_problem(path, text) for path, text in found]
    path, text = found[0]
    more = number_of(len(found) - 1, "other file")
    return [_problem(path, f"{text}; {more} of these texts must be mended too")]


def _problem(path: str, text: str) -> Problem:
    return Problem(Location(path), f"{text}; {_MEND}", "warning", "stale")


def _not_begun(config: Config, tag: str) -> Problem:
    return _problem(config.file, f"`languages` names {tag}, which has no catalogs")
