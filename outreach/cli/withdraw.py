"""`outreach withdraw`: call a signed sheet back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from outreach.cli.common import chosen, config_of, known_guides, known_tag
from outreach.model import Language, Location, OutreachError, Problem, UsageError

if TYPE_CHECKING:
    from outreach.config import Config
    from outreach.review.record import Record
    from outreach.site import Site


@click.command()
@click.argument("language")
@click.argument("guide")
@click.option("--reason", required=True, metavar="TEXT", help="Why, for readers and staff.")
@click.option(
    "--edition",
    "editions",
    multiple=True,
    metavar="CODE",
    help="The edition code of an earlier printing that is concerned, too.",
)
@click.pass_context
def withdraw(
    ctx: click.Context, *, language: str, guide: str, reason: str, editions: tuple[str, ...]
) -> None:
    """Call back the signed sheet of a GUIDE in a LANGUAGE.

    Its page says so, and why, from the next build on. The sign-off is taken out of the record, so
    the sheet comes back only when somebody signs it off anew.
    """
    from outreach.reading import read_project
    from outreach.review.record import record_bytes
    from outreach.review.sign import write_records
    from outreach.review.withdraw import unfit_reason

    config = config_of(ctx)
    known = _known_language(config, language)
    if unfit_reason(reason):
        raise UsageError(f"--reason: {unfit_reason(reason)}")
    codes = _codes(editions)
    site = read_project(config, [known], fonts=False).site
    path, record = _record(site, known, guide, more=bool(codes))
    new = _withdrawn(site, known, record, " ".join(reason.split()), codes)
    write_records(config, {path: record_bytes(new, path)}, {path: record})
    click.echo(path)
    click.echo(_said(known, new))


def _known_language(config: Config, tag: str) -> Language:
    """The language; raises UsageError where it is the source's or none of the project."""
    from outreach.project import languages

    if known_tag(tag) == config.source_language:
        raise UsageError(
            f"{config.source_language} is the language of the guides: nobody signs them off, so"
            " edit the guide, and build again"
        )
    return chosen([tag], languages(config))[0]


def _codes(editions: Sequence[str]) -> list[str]:
    from outreach.sheet.edition import as_code

    codes = []
    for text in editions:
        code = as_code(text)
        if not code:
            raise UsageError(f"--edition: “{text}” is no edition code such as K7F-2QX")
        codes.append(code)
    return codes


def _record(site: Site, language: Language, name: str, *, more: bool) -> tuple[str, Record]:
    """The record of a sheet that was signed, and where it lies.

    Raises UsageError where there is no such guide, and OutreachError where nothing was signed, or
    it is withdrawn and there is nothing `more` to say.
    """
    from outreach.project import folders
    from outreach.review.editions import load_record, record_path, reviews_folder

    guide = known_guides([name], site.addresses)[0]
    folder = reviews_folder(site.config, language, folders(site.config))
    path = record_path(folder, guide)
    record = load_record(site.config, path)
    if record is None or not (record.signed or record.withdrawn):
        answer = site.answer(language, guide)
        moved = (
            f"; it is called {' and '.join(answer.targets)} now"
            if answer and answer.targets
            else ""
        )
        text = f"nobody signed {guide} off in {language.english_name}: there is nothing to withdraw"
        raise OutreachError(Problem(Location(path), text + moved))
    if (record.guide, record.language) != (guide, language.tag):
        text = f"this is the record of {record.guide} in {record.language}; take it away from here"
        raise OutreachError(Problem(Location(path), text))
    if record.is_withdrawn and not more:
        text = f"is withdrawn already, since {record.withdrawn[-1].date}"
        text = f"{text}; add earlier printings with --edition, if that is what you want"
        raise OutreachError(Problem(Location(path), text))
    return path, record


def _withdrawn(
    site: Site, language: Language, record: Record, reason: str, codes: Sequence[str]
) -> Record:
    from outreach.dates import today
    from outreach.review.withdraw import texts_of, withdrawn
    from outreach.translations import Translations

    source, texts = site.sources.get(record.guide), Translations(broken=True)
    if source and site.wants(language, record.guide):
        texts = site.translations(language, record.guide)
    standing = site.standing(language, record.guide)
    return withdrawn(record, reason, codes, today(), texts_of(record, standing, source, texts))


def _said(language: Language, record: Record) -> str:
    """What to do with paper."""
    codes = record.withdrawn[-1].codes
    paper = f"Do not hand out paper with the edition code {', '.join(codes)} any more."
    return (
        f"{record.guide} is withdrawn in {language.english_name} from the next build on: its page"
        f" says so, and leads to the source. {paper if codes else 'Do not hand it out any more.'}"
    )
