"""Rules on a catalog as a whole. That it can be read at all is the reader's duty."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from outreach.languages import UnknownLanguage, canonical
from outreach.model import Language, Location, Problem


def check_header(
    header: Sequence[tuple[str, str]], path: str, language: Language
) -> Iterator[Problem]:
    """Warn of a header that is missing, or names another language than the catalog's place."""
    fields = dict(header)
    if not fields:
        text = "the header is missing; `outreach update` writes it"
        yield Problem(Location(path), text, "warning", "header")
        return
    declared = fields.get("Language", "").strip()
    if declared and not _same(declared, language):
        yield Problem(
            Location(path),
            f"the header says that the language is {declared}, but the file lies where "
            f"{language.tag} ({language.english_name}) belongs; move the file or mend the header",
            "warning",
            "header",
        )


def _same(declared: str, language: Language) -> bool:
    try:
        tag = canonical(declared)
    except UnknownLanguage:
        return False
    return tag.split("-")[0] == language.tag.split("-")[0] and (
        tag == language.tag or "-" not in tag or "-" not in language.tag
    )
