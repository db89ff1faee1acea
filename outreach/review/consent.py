"""Whom catalogs name although nobody recorded that they agreed."""

from __future__ import annotations

from collections.abc import Iterator

from outreach.checks.people import Named, named_people, person_problems
from outreach.model import Language, OutreachError, Problem
from outreach.project import INTERFACE, Folders, catalog_path, folders
from outreach.site import Site
from outreach.stored import catalog_at


def unasked_people(site: Site) -> Iterator[Problem]:
    """Warn of people and addresses in the catalogs of each language that is kept up."""
    spelled = folders(site.config)
    for tag, read in site.texts.items():
        if tag in site.retired:
            continue
        standings = site.standings.get(tag, {}).values()
        records = (standing.record for standing in standings)
        agreed = [person for record in records if record for person in record.consenting]
        named = (*read.named, *_of_interface(site, read.language, spelled))
        yield from person_problems(named, agreed, tag)


def _of_interface(site: Site, language: Language, spelled: Folders) -> Iterator[Named]:
    path = catalog_path(site.config, language, INTERFACE, spelled)
    try:
        catalog = catalog_at(site.config, path)
    except OutreachError:
        return  # of which the check tells
    if catalog:
        yield from named_people(catalog)
