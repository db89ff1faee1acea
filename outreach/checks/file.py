"""Rules on a catalog as a whole. That it can be read at all is the reader's duty."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from outreach.catalog.charset import UTF_8
from outreach.catalog.po import Catalog
from outreach.languages import UnknownLanguage, canonical
from outreach.model import Language, Location, Problem

_PLURALS = re.compile(r"nplurals\s*=\s*[1-9]\s*;\s*plural\s*=\s*[n\d\s%<>=!&|?:()]+;?")


def check_header(
    header: Sequence[tuple[str, str]], path: str, language: Language
) -> Iterator[Problem]:
    """Warn of a header that is missing, or names another language than the catalog's place."""
    fields = dict(header)
    if not fields:
        text = "the header is missing; `outreach update` writes it"
        yield Problem(Location(path), text, "warning", "header")
        return
    plurals = fields.get("Plural-Forms", "").strip()
    if plurals and not _PLURALS.fullmatch(plurals):
        text = f"Plural-Forms in the header is no rule; for {language.tag} it is: "
        yield Problem(Location(path), text + language.plural_forms, "warning", "header")
    declared = fields.get("Language", "").strip()
    if declared and not _same(declared, language):
        yield Problem(
            Location(path),
            f"the header says that the language is {declared}, but the file lies where "
            f"{language.tag} ({language.english_name}) belongs; move the file or mend the header",
            "warning",
            "header",
        )


def check_charset(catalog: Catalog) -> Iterator[Problem]:
    """Warn of a catalog that is not in UTF-8, or says that it is not."""
    if catalog.charset != UTF_8:
        name = catalog.charset.upper()
        yield Problem(
            Location(catalog.path),
            f"is read as {name}, not UTF-8; save it as UTF-8, with charset=UTF-8 in its header "
            "(`outreach update` does so with the first change that it writes)",
            "warning",
            "charset",
        )
    elif catalog.declared_charset not in ("", UTF_8):
        yield Problem(
            Location(catalog.path),
            f"says charset={catalog.declared_charset.upper()} in its header, but is in UTF-8 and "
            "is read so; write charset=UTF-8 there",
            "warning",
            "charset",
        )


def _same(declared: str, language: Language) -> bool:
    try:
        tag = canonical(declared)
    except UnknownLanguage:
        return False
    return tag.split("-")[0] == language.tag.split("-")[0] and (
        tag == language.tag or "-" not in tag or "-" not in language.tag
    )
