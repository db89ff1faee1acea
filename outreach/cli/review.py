"""`outreach review`: sign translations off, and list how each stands."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from outreach.cli.codes import PROBLEMS
from outreach.cli.common import chosen, config_of, finish, known_guides, show
from outreach.model import Language, Location, OutreachError, Problem, UsageError

if TYPE_CHECKING:
    from outreach.config import Config
    from outreach.review.people import Claim

_CODE = 6
"""Signs of an edition code."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """How the command was called, apart from what it says of people."""

    edition: str
    yes: bool
    again: bool


@click.command()
@click.argument("names", nargs=-1, metavar="LANGUAGE GUIDE")
@click.option("--reviewer", default="", metavar="NAME", help="Who reviewed it.")
@click.option(
    "--translator", "translators", multiple=True, metavar="NAME", help="Who translated it."
)
@click.option(
    "--method",
    default="",
    metavar="METHOD",
    help="How: human, machine-edited, or machine. Needed, as a translator is, the first time only.",
)
@click.option("--credential", default="", metavar="TEXT", help="What the reviewer is.")
@click.option("--consent", is_flag=True, help="The reviewer agreed to be named in public.")
@click.option(
    "--translator-consent",
    "consenting",
    multiple=True,
    metavar="NAME",
    help="This translator agreed to be named in public.",
)
@click.option(
    "--community-check", default="", metavar="TEXT", help="When and with whom it was tried."
)
@click.option(
    "--edition", default="", metavar="CODE", help="Sign just the edition with this code on paper."
)
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--again", is_flag=True, help="Sign texts that were withdrawn.")
@click.option(
    "--consent-of",
    "given",
    multiple=True,
    metavar="NAME",
    help="Sign nothing; write down that somebody agreed to be named.",
)
@click.option(
    "--no-consent-of",
    "taken",
    multiple=True,
    metavar="NAME",
    help="Sign nothing; write down that somebody does not want to be named.",
)
@click.option("--list", "listing", is_flag=True, help="List how each guide stands, and why.")
@click.option("--json", "as_json", is_flag=True, help="The list as JSON, for other programs.")
@click.pass_context
def review(  # noqa: PLR0913  one for each option
    ctx: click.Context,
    *,
    names: tuple[str, ...],
    reviewer: str,
    translators: tuple[str, ...],
    method: str,
    credential: str,
    consent: bool,
    consenting: tuple[str, ...],
    community_check: str,
    edition: str,
    yes: bool,
    again: bool,
    given: tuple[str, ...],
    taken: tuple[str, ...],
    listing: bool,
    as_json: bool,
) -> None:
    """Sign off the translation of GUIDE into LANGUAGE, after showing what is signed.

    The reviewer is another person than the translators, and stands among the `reviewers` of the
    configuration. With --list nothing is signed, and any number of languages can be named.
    """
    from outreach.review.people import Claim, checked

    config = config_of(ctx)
    claim = Claim(reviewer, translators, method, credential, consent, consenting, community_check)
    asked = _Asked(edition, yes, again)
    signing = claim != Claim("") or asked != _Asked("", yes=False, again=False)
    changing = bool(given or taken)
    if signing + changing + (listing or as_json) > 1:
        raise UsageError("signing, changing a consent and listing are asked for one at a time")
    if listing or as_json:
        _list(ctx, config, names, as_json=as_json)
        return
    language, guide = _named(config, names)
    if changing:
        _change_consent(config, language, guide, (given, taken))
    else:
        _review(ctx, (config, language, guide), checked(claim), asked)


def _named(config: Config, names: tuple[str, ...]) -> tuple[Language, str]:
    """The language and the guide on the command line."""
    from outreach import project as projects

    if len(names) != 2:
        raise UsageError("name one language and one guide, as in `outreach review es my-guide`")
    tag, guide = names
    [language] = chosen([tag], projects.languages(config))
    sources, _ = projects.read_sources(config)
    [known] = known_guides([guide], [source.guide.name for source in sources])
    return language, known


def _list(ctx: click.Context, config: Config, tags: tuple[str, ...], *, as_json: bool) -> None:
    from outreach import project as projects
    from outreach.reading import read_project
    from outreach.review import listing

    read = read_project(config, chosen(tags, projects.languages(config)))
    show(problem for problem in read.problems if problem.severity == "error")
    found = listing.listed(read.site)
    click.echo(listing.as_json(found).encode() if as_json else listing.as_text(found))
    finish(ctx, read.problems)


def _change_consent(
    config: Config, language: Language, guide: str, names: tuple[tuple[str, ...], tuple[str, ...]]
) -> None:
    from outreach.review.people import with_consent
    from outreach.review.plan import own_record, place_of
    from outreach.review.record import record_bytes, seal_of
    from outreach.review.sign import write_records

    place = place_of(config, language, guide)
    record = own_record(place)
    if record is None:
        raise _refused(place.record, "there is no such record, so nobody is named in it")
    if record.signed and record.signed.seal != seal_of(record):
        text = "was changed by hand since it was signed; take that back, or review it anew"
        raise _refused(place.record, text)
    changed = with_consent(record, place.record, *names)
    data = record_bytes(changed, place.record)
    written = write_records(config, {place.record: data}, {place.record: record})
    click.echo("\n".join(written) if written else "The record says so already.")


def _review(
    ctx: click.Context, about: tuple[Config, Language, str], claim: Claim, asked: _Asked
) -> None:
    from outreach.dates import today
    from outreach.reading import read_project
    from outreach.review import present
    from outreach.review.plan import plan
    from outreach.review.sign import write_records

    config, language, guide = about
    code = _code(asked.edition)
    if not (code or asked.yes or sys.stdin.isatty()):
        raise UsageError(
            "this is no terminal, so nobody can be asked: say --yes if the texts were read, or "
            "--edition with the code of the sheet that was read on paper"
        )
    read = read_project(config, [language])
    found = plan(read, language, guide, claim, today(), again=asked.again)
    show(found.warnings)
    show(found.problems)
    if found.problems:
        click.echo("Nothing was signed.", err=True)
        ctx.exit(PROBLEMS)
    if code and not present.same_code(code, found.signed.code):
        raise _refused(found.case.place.record, present.other_edition(found, asked.edition))
    if found.is_done:
        click.echo("Just this is signed already; nothing was written.")
        return
    colour = sys.stdout.isatty() and "NO_COLOR" not in os.environ
    if not code:
        click.echo(f"{present.texts(found, colour=colour)}\n")
    click.echo(present.facts(found))
    if not (code or asked.yes or click.confirm("Sign this?")):
        click.echo("Nothing was signed.", err=True)
        ctx.exit(PROBLEMS)
    case = found.case
    for path in write_records(config, found.files(), {case.place.record: case.former}):
        click.echo(path)
    click.echo(f"Signed. Commit these files: git add {found.case.place.folder} && git commit")


def _code(text: str) -> str:
    """An edition code without what makes no difference; empty where none was given.

    Raises UsageError for what is none.
    """
    from outreach.review.present import bare_code

    code = bare_code(text)
    if text and (len(code) != _CODE or not code.isascii()):
        raise UsageError(f"--edition: a code is such as K7F-2QX, but was given as “{text}”")
    return code


def _refused(path: str, text: str) -> OutreachError:
    return OutreachError(Problem(Location(path), text, rule="record"))
