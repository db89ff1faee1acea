"""Catalogs where they lie in a project: what is in the way of reading them is told."""

from __future__ import annotations

import os

from outreach.catalog.po import Catalog, load_catalog
from outreach.config import Config
from outreach.model import Location, OutreachError, Problem
from outreach.names import composed, spellings
from outreach.writing import refuse_outside


def catalog_at(config: Config, path: str) -> Catalog | None:
    """The catalog at a path of the project; None where there is no such file.

    Raises OutreachError as `load_catalog` does, for a link that leads out of the project, and where
    the catalog lies under a name that looks the same and is another one for the system.
    """
    refuse_outside(config.root, path)
    found = load_catalog(config.root / path, path)
    if found is None:
        _refuse_other_spelling(config, path)
    return found


def _refuse_other_spelling(config: Config, path: str) -> None:
    for other in spellings(path)[1:]:
        if os.path.lexists(config.root / other):
            which = "this file" if path == composed(path) else "the guide"
            text = (
                "stores the accents in its name otherwise than the guide does, so the system does"
                f" not find it there; write the name of {which} anew, letter by letter"
            )
            raise OutreachError(Problem(Location(other), text))
