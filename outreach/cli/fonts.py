"""`outreach fonts`: the fonts of sheets, where they come from, and their licences."""

from __future__ import annotations

import click

from outreach import report
from outreach.cli.common import config_of, finish, show


@click.command()
@click.option("--licenses", is_flag=True, help="Print the texts of the licences, too.")
@click.pass_context
def fonts(ctx: click.Context, *, licenses: bool) -> None:
    """List the fonts of printed sheets, where they come from, and their licences."""
    from outreach.sheet.listing import families
    from outreach.sheet.own import read_fonts

    own = read_fonts(config_of(ctx))
    show(own.problems)
    found = tuple(families(own.sources))
    for item in found:
        styles = ", ".join(item.styles)
        click.echo(f"{item.name} {item.version} ({styles}): {item.characters} characters")
        click.echo(
            f"  {item.package or 'a font of the project'}; licence: {item.license or 'none'}"
        )
    if licenses:
        for text in dict.fromkeys(
            item.license.read_text("utf-8", "replace") for item in found if item.license
        ):
            click.echo(f"\n{text.strip()}")
    click.echo(f"{report.number_of(len(found), 'font')}, {report.counts(own.problems)}.")
    finish(ctx, own.problems)
