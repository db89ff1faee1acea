"""`outreach check`: say what should be mended, and where."""

from __future__ import annotations

import click

from outreach import project as projects
from outreach import report
from outreach.cli.common import chosen, config_of, finish, show


@click.command()
@click.argument("languages", nargs=-1, metavar="[LANGUAGE]...")
@click.pass_context
def check(ctx: click.Context, *, languages: tuple[str, ...]) -> None:
    """Read guides and catalogs, and say what should be mended, and where."""
    from outreach.build import read_project

    config = config_of(ctx)
    wanted = chosen(languages, projects.languages(config))
    problems = read_project(config, wanted).problems
    show(problems)
    checked = report.number_of(len(wanted), "language")
    click.echo(f"{checked} checked: {report.counts(problems)}.")
    finish(ctx, problems)
