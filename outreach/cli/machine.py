"""`outreach machine`: record which translations a machine made."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import click

from outreach import report
from outreach.cli.common import chosen, config_of, known_guides, show
from outreach.model import Language, OutreachError

if TYPE_CHECKING:
    from outreach.config import Config

_NOTHING = "There are no translations that were not there before."


@click.command()
@click.argument("language")
@click.argument("guides", nargs=-1, metavar="[GUIDE]...")
@click.option(
    "--since",
    default="",
    metavar="REVISION",
    help="Only translations that were in no catalog of the language at this revision of git.",
)
@click.pass_context
def machine(ctx: click.Context, *, language: str, guides: tuple[str, ...], since: str) -> None:
    """Record that a machine made the translations that LANGUAGE has now.

    Do so right after a machine wrote them, before people edit them: while a text is as it is now,
    it counts as a machine's. Fuzzy ones are recorded too. A sign-off holds on.
    """
    from outreach import project as projects
    from outreach.review.machine import marked_records
    from outreach.review.record import record_bytes
    from outreach.review.sign import write_records

    config = config_of(ctx)
    [known] = chosen([language], projects.languages(config))
    sources, problems = projects.read_sources(config)
    show(problem for problem in problems if problem.severity == "error")
    wanted = {source.guide.name: source for source in projects.wanted_in(known, sources)}
    names = known_guides(guides, wanted) or list(wanted)
    former = _former(config, known, since) if since else ()
    found = list(marked_records(config, known, [wanted[name] for name in names], former))
    files = {item.path: record_bytes(item.record, item.path) for item in found}
    written = write_records(config, files, {item.path: item.former for item in found})
    for item in found:
        number = report.number_of(item.texts, "text")
        click.echo(f"{item.path}: {number} made by a machine, {item.new} of them new to the record")
    done = f"{report.number_of(len(written), 'record')} written."
    click.echo(done if written else "Everything is recorded." if found else _NOTHING)


def _former(config: Config, language: Language, revision: str) -> set[str]:
    """The translations that the catalogs of a language had at a revision."""
    from outreach.changes import project_at
    from outreach.review.machine import all_texts

    with project_at(config, revision) as past:
        try:
            return all_texts(past.config, language)
        except OutreachError as error:
            text = f"as it was at `{revision}`: {error.problem.text}"
            raise OutreachError(replace(error.problem, text=text)) from None
