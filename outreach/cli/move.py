"""`outreach move`: rename a guide, split it, or give it up."""

from __future__ import annotations

import click

from outreach import report
from outreach.cli.common import config_of, show


@click.command()
@click.argument("old")
@click.argument("new", nargs=-1)
@click.option(
    "--only-address",
    is_flag=True,
    help="Only note where the address leads now: for a guide that was taken into others.",
)
@click.pass_context
def move(ctx: click.Context, *, old: str, new: tuple[str, ...], only_address: bool) -> None:
    """Rename the guide OLD to NEW, with its catalogs, sign-offs and kept editions.

    The file is moved, too, unless you did that yourself. With several NEW the guide was split:
    write them first; name OLD among them if a part of it stays. Without NEW it was given up. The
    old address goes on answering in every language, because it is printed on paper.
    """
    from outreach import moves
    from outreach import project as projects
    from outreach.dates import today
    from outreach.ledger import read_ledger, with_former

    config = config_of(ctx)
    sources, _ = projects.read_sources(config, addresses=True)
    names = {source.guide.name for source in sources}
    known = with_former(config, sources, read_ledger(config).without(names))
    guides = {source.guide.name: source for source in known}
    plan = moves.plan_move(config, guides, old, new, today(), only_address=only_address)
    written = moves.apply(config, plan)
    show(plan.notes)
    for path in written:
        click.echo(path)
    for item in plan.removes:
        click.echo(f"removed: {item.path}")
    click.echo(
        f"{report.number_of(len(written), 'file')} written, {len(plan.removes)} removed."
        " Now run `outreach update`."
    )
