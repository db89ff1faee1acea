"""`outreach status`: say how much of each guide is translated."""

from __future__ import annotations

import click

from outreach import project as projects
from outreach.cli.common import chosen, config_of, finish, show


@click.command()
@click.argument("languages", nargs=-1, metavar="[LANGUAGE]...")
@click.option("--json", "as_json", is_flag=True, help="As JSON, for other programs.")
@click.pass_context
def status(ctx: click.Context, *, languages: tuple[str, ...], as_json: bool) -> None:
    """Show how much of each guide is translated."""
    from outreach import status as statuses
    from outreach.build import read_project

    config = config_of(ctx)
    wanted = chosen(languages, projects.languages(config))
    read = read_project(config, wanted)
    rows = statuses.rows(read.site)
    show(problem for problem in read.problems if problem.severity == "error")
    click.echo(statuses.as_json(rows) if as_json else statuses.as_table(rows))
    finish(ctx, read.problems)
