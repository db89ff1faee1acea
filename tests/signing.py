"""Sign-offs for tests, by people who do not exist."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from outreach.config import load_config
from outreach.files import read_text, write_bytes
from outreach.languages import find
from outreach.project import folders
from outreach.reading import read_project
from outreach.rendered import render_page
from outreach.review.editions import load_record, record_path, reviews_folder
from outreach.review.record import HUMAN, Person, Record
from outreach.review.sign import files_of, sign
from outreach.review.standing import Standing
from outreach.sheet.edition import edition_code

REVIEWER, TRANSLATOR = "Reviewer One", "Translator Two"
_REVIEWER, _TRANSLATOR = Person(REVIEWER), Person(TRANSLATOR)
DAY = date(2026, 11, 25)


def signed(
    root: Path,
    language: str,
    guide: str,
    *,
    reviewer: Person = _REVIEWER,
    translators: tuple[Person, ...] = (_TRANSLATOR,),
    method: str = HUMAN,
    day: date = DAY,
) -> Record:
    """Sign a translation off as it is, whoever may; returns the record that was written."""
    config = load_config(root)
    site = read_project(config, fonts=False).site
    known, source = find(language), site.sources[guide]
    texts = site.translations(known, guide)
    page = render_page(site, guide, known, medium="print")
    folder = reviews_folder(config, known, folders(config))
    record = load_record(config, record_path(folder, guide)) or Record(guide, language, method)
    new = sign(
        Record(guide, language, method, translators, machine=record.machine),
        source,
        texts,
        reviewer=reviewer,
        day=day,
        code=edition_code(page),
        method=method,
    )
    text = read_text(root / source.guide.path, source.guide.path)
    for path, data in files_of(folder, new, text, source, texts).items():
        write_bytes(root / path, data, path)
    return new


def standings(root: Path, language: str) -> Mapping[str, Standing]:
    """How each guide stands in a language, by name."""
    return read_project(load_config(root), fonts=False).site.standings[language]


def state(root: Path, language: str, guide: str) -> str:
    """How a guide stands in a language."""
    return standings(root, language)[guide].state
