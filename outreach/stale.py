"""Whether templates and catalogs belong to the guides as they are, or wait for an update."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from outreach.catalog.po import load_catalog
from outreach.config import Config
from outreach.files import read_bytes
from outreach.interface import packaged_template, ships
from outreach.model import Location, OutreachError, Problem, Severity
from outreach.project import INTERFACE, LINKS, Folders, catalog_path, folders, template_path
from outreach.report import number_of
from outreach.site import Site
from outreach.update import Domains, messages_by_domain, plan_templates

FEW = 3
"""Files of a guide that are named one by one; of more, the first is named and the rest counted."""

_MEND = "run `outreach update`"

Msgids = frozenset[str]
"""Live msgids, with one space for any white space."""


@dataclass(frozen=True, slots=True)
class _File:
    """A template or catalog that there is, or should be."""

    path: str
    msgids: Msgids | None
    """None where there is no such file."""


def stale_problems(site: Site, severity: Severity = "warning") -> tuple[Problem, ...]:
    """What `outreach update` would mend in the templates, and in the catalogs of the languages.

    Comments, references, the order of messages and white space in them do not count. A project
    without any template goes without. A catalog that cannot be read is left out, because its
    reader tells of it.
    """
    spelled = folders(site.config)
    found = [_not_begun(site.config, tag) for tag in site.texts if tag not in spelled.catalogs]
    domains = messages_by_domain(site.config, list(site.sources.values()))
    wanted = _wanted(domains)
    templates = _Templates(site.config, domains) if _has_templates(site.config, wanted) else None
    for domain, msgids in wanted.items():
        whole = _whole(site.config, domain)
        files = _files(site, spelled, domain, msgids, templates)
        texts = ((file.path, _difference(file, msgids, whole)) for file in files)
        found += _told([(path, text) for path, text in texts if text])
    return tuple(replace(problem, severity=severity) for problem in found)


class _Templates:
    """The templates on disk, beside what `outreach update` would write."""

    def __init__(self, config: Config, domains: Domains) -> None:
        self.config = config
        self.fresh = {write.path: write.data for write in plan_templates(config, domains).writes}

    def read(self, path: str, wanted: Msgids) -> _File:
        """A template; one that would be written just so need not be parsed."""
        fresh, file = self.fresh.get(path), self.config.root / path
        if fresh is not None and file.is_file() and read_bytes(file, path) == fresh:
            return _File(path, wanted)
        return _File(path, _on_disk(self.config, path))


def _wanted(domains: Domains) -> dict[str, Msgids]:
    """The texts that each domain should have, the interface's last."""
    shown = {**domains, INTERFACE: packaged_template()} if domains else domains
    return {
        domain: _plain(message.msgid for message in messages) for domain, messages in shown.items()
    }


def _has_templates(config: Config, domains: Mapping[str, object]) -> bool:
    return any((config.root / template_path(config, domain)).exists() for domain in domains)


def _files(
    site: Site, spelled: Folders, domain: str, wanted: Msgids, templates: _Templates | None
) -> Iterator[_File]:
    """The files of a domain that `outreach update` would write, apart from languages to begin."""
    config = site.config
    if templates and domain != INTERFACE:
        yield templates.read(template_path(config, domain), wanted)
    for tag, read in site.texts.items():
        path = catalog_path(config, read.language, domain, spelled)
        if tag not in spelled.catalogs:
            continue
        if domain == INTERFACE:
            if not (read.broken or ships(read.language)):
                yield _File(path, _on_disk(config, path))
        elif path in read.msgids:
            yield _File(path, _plain(read.msgids[path]))
        elif domain != LINKS and not os.path.lexists(config.root / path):
            yield _File(path, None)


def _on_disk(config: Config, path: str) -> Msgids | None:
    """What a file has that nobody else reads; nothing where it is broken, as it is written anew."""
    try:
        catalog = load_catalog(config.root / path, path)
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


def _difference(file: _File, wanted: Msgids, whole: str) -> str:
    """What tells a file from the guides, in words; empty where nothing does."""
    if file.msgids is None:
        return f"is missing, and {whole} has texts for it"
    lacking, left = len(wanted - file.msgids), len(file.msgids - wanted)
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
