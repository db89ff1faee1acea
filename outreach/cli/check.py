"""`outreach check`: say what should be mended, and where."""

from __future__ import annotations

import click

from outreach import project as projects
from outreach import report
from outreach.cli.common import chosen, config_of, finish, show


@click.command()
@click.argument("languages", nargs=-1, metavar="[LANGUAGE]...")
@click.option("--strict", is_flag=True, help="Fail if an update of templates or catalogs waits.")
@click.pass_context
def check(ctx: click.Context, *, languages: tuple[str, ...], strict: bool) -> None:
    """Read guides and catalogs, and say what should be mended, and where."""
    from outreach.build import read_project
    from outreach.stale import stale_problems

    config = config_of(ctx)
    wanted = chosen(languages, projects.languages(config))
    read = read_project(config, wanted)
    problems = read.problems
    if not report.has_errors(read.guide_problems):  # which `update` wants mended first
        problems += stale_problems(read.site, "error" if strict else "warning")
    show(problems)
    checked = report.number_of(len(wanted), "language")
    click.echo(f"{checked} checked: {report.counts(problems)}.")
    finish(ctx, problems)
