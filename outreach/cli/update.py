"""`outreach init` and `outreach update`: write templates and catalogs."""

from __future__ import annotations

from collections.abc import Sequence

import click

from outreach import project as projects
from outreach import report, update
from outreach.cli.common import chosen, config_of, finish, known_tag, show
from outreach.languages import find
from outreach.model import Language, Message, UsageError


@click.command()
@click.argument("language")
@click.pass_context
def init(ctx: click.Context, *, language: str) -> None:
    """Start a LANGUAGE, such as es, zh-Hans or pt_BR: begin its catalogs."""
    config = config_of(ctx)
    tag = known_tag(language)
    if tag == config.source_language:
        raise UsageError(f"{tag} is the language of the guides; it needs no catalogs")
    if config.languages and tag not in config.languages:
        click.echo(f'Add "{tag}" to `languages` in {config.file}, so that it is built.', err=True)
    _update(ctx, [find(tag)])


@click.command(name="update")
@click.argument("languages", nargs=-1, metavar="[LANGUAGE]...")
@click.option("--templates", is_flag=True, help="Only extract: write the templates (.pot).")
@click.option("--prune", is_flag=True, help="Remove the catalogs of guides that are gone.")
@click.pass_context
def update_(
    ctx: click.Context, *, languages: tuple[str, ...], templates: bool, prune: bool
) -> None:
    """Bring templates and catalogs up to date with the guides."""
    if templates and languages:
        raise UsageError("--templates writes no catalogs, so it takes no languages")
    known = () if templates else chosen(languages, projects.languages(config_of(ctx)))
    _update(ctx, known, prune=prune)


def _update(ctx: click.Context, languages: Sequence[Language], *, prune: bool = False) -> None:
    config = config_of(ctx)
    sources, problems = projects.read_sources(config)
    if report.has_errors(problems):
        show(problems)
        click.echo("Nothing was written: mend the guides first.", err=True)
        finish(ctx, problems)
    plans = [update.plan_templates(config, sources)]
    if languages:
        plans.append(update.plan_catalogs(config, sources, languages, _interface))
    plan = update.joined(plans)
    touched = update.apply(config, plan, prune=prune)
    problems += plan.problems
    if not prune:
        problems += map(update.gone_problem, plan.gone)
    show(problems)
    for path in touched:
        click.echo(path)
    if touched or not report.has_errors(problems):
        written = f"{report.number_of(len(touched), 'file')} written."
        click.echo(written if touched else "Everything is up to date.")
    finish(ctx, problems)


def _interface(language: Language) -> tuple[Message, ...]:
    """The interface's messages, for a language in which the package does not have them."""
    from outreach.interface import packaged_template, ships

    return () if ships(language) else packaged_template()
