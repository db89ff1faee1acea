"""`outreach check`: say what should be mended, and where."""

from __future__ import annotations

from collections.abc import Iterable

import click

from outreach import report
from outreach.cli.common import chosen, config_of, finish, kept_up, show
from outreach.model import UsageError


@click.command()
@click.argument("languages", nargs=-1, metavar="[LANGUAGE]...")
@click.option("--rule", "rules", multiple=True, help="Only what this rule finds.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "github"]),
    default="text",
    show_default=True,
    help="For people, for programs, or as notes on a pull request.",
)
@click.option("--strict", is_flag=True, help="Fail if an update of templates or catalogs waits.")
@click.pass_context
def check(
    ctx: click.Context,
    *,
    languages: tuple[str, ...],
    rules: tuple[str, ...],
    form: str,
    strict: bool,
) -> None:
    """Read guides and catalogs, and say what should be mended, and where."""
    from outreach import project as projects
    from outreach.checks.source import check_source
    from outreach.dates import today
    from outreach.memory import English, Memory, english_parts
    from outreach.reading import read_project
    from outreach.review.consent import unasked_people
    from outreach.stale import stale_problems
    from outreach.store import Store, cache_folder
    from outreach.versions import code

    config = config_of(ctx)
    known_rules(rules)
    wanted = chosen(languages, projects.languages(config))
    memory = Memory(Store(cache_folder() / "outputs"), code())
    read = read_project(config, wanted, unused=True, memory=memory)
    found = (*read.problems, *unasked_people(read.site))
    if not report.has_errors(read.guide_problems):  # which `update` wants mended first
        found += stale_problems(read.site, "error" if strict else "warning")
    guides = [source.guide for source in read.site.sources.values()]
    day, source = today(), read.site.source
    english = memory.recall(
        English,
        lambda: english_parts(config, guides, (source, day.isoformat(), rules)),
        lambda: English(tuple(check_source(config, source, guides, day, rules))),
    )
    found += english.problems
    problems = [
        problem
        for problem in found
        if problem.rule not in config.ignore and (not rules or problem.rule in rules)
    ]
    if form == "text":
        show(problems)
        checked = report.number_of(len(kept_up(config, wanted)), "language")
        click.echo(f"{checked} checked: {report.counts(problems)}.")
    else:
        click.echo(report.FORMATS[form](problems), nl=False)
    finish(ctx, problems)


def known_rules(rules: Iterable[str]) -> None:
    """Raise UsageError for a rule that there is not."""
    from outreach.checks.rules import IDS, hint

    for rule in rules:
        if rule not in IDS:
            raise UsageError(f"there is no rule {rule}{hint(rule)}")
