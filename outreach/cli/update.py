"""`outreach init` and `outreach update`: write templates and catalogs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from outreach import report
from outreach.cli.common import (
    chosen,
    config_of,
    finish,
    kept_up,
    known_guides,
    known_tag,
    show,
)
from outreach.model import Language, Message, UsageError

if TYPE_CHECKING:
    from outreach.config import Config
    from outreach.project import Source
    from outreach.update import Update


@click.command()
@click.argument("language")
@click.pass_context
def init(ctx: click.Context, *, language: str) -> None:
    """Start a LANGUAGE, such as es, zh-Hans or pt_BR: begin its catalogs."""
    from outreach.dates import today
    from outreach.languages import find

    config = config_of(ctx)
    tag = known_tag(language)
    if tag == config.source_language:
        raise UsageError(f"{tag} is the language of the guides; it needs no catalogs")
    if tag in config.retired_on(today()):
        text = f"{tag} is retired since {config.retired[tag]}; take it out of `retired` in"
        raise UsageError(f"{text} {config.file} first")
    if config.languages and tag not in config.languages:
        click.echo(f'Add "{tag}" to `languages` in {config.file}, so that it is built.', err=True)
    _update(ctx, [find(tag)])


@click.command()
@click.argument("languages", nargs=-1, metavar="[LANGUAGE]...")
@click.option("--templates", is_flag=True, help="Only extract: write the templates (.pot).")
@click.option("--prune", is_flag=True, help="Remove the catalogs of guides that are gone.")
@click.option(
    "--same-meaning",
    "guides",
    multiple=True,
    metavar="GUIDE",
    help="Say that the edits of this guide change nothing for readers, such as a comma or a typo: "
    "its translations are carried over and nothing becomes fuzzy. Use it instead of a plain "
    "update, not after one. Refused where a number, a negation or a link changed.",
)
@click.pass_context
def update(
    ctx: click.Context,
    *,
    languages: tuple[str, ...],
    templates: bool,
    prune: bool,
    guides: tuple[str, ...],
) -> None:
    """Bring templates and catalogs up to date with the guides."""
    from outreach.project import languages as languages_of

    if templates and languages:
        raise UsageError("--templates writes no catalogs, so it takes no languages")
    if templates and guides:
        raise UsageError("--templates writes no catalogs, so --same-meaning has no place there")
    config = config_of(ctx)
    wanted = () if templates else chosen(languages, languages_of(config))
    known = kept_up(config, wanted)
    _update(ctx, known, prune=prune, same_meaning=guides)


def _update(
    ctx: click.Context,
    languages: Sequence[Language],
    *,
    prune: bool = False,
    same_meaning: Sequence[str] = (),
) -> None:
    from outreach import update as updates
    from outreach.project import read_sources

    config = config_of(ctx)
    sources, problems = read_sources(config)
    if report.has_errors(problems):
        show(problems)
        click.echo("Nothing was written: mend the guides first.", err=True)
        finish(ctx, problems)
    guides = known_guides(same_meaning, [source.guide.name for source in sources])
    plan = _plan(config, sources, languages, guides)
    if plan.refused:
        show(plan.refused)
        click.echo("Nothing was written: these edits change what readers learn.", err=True)
        finish(ctx, plan.refused)
    applied = updates.apply(config, plan, prune=prune)
    touched = applied.touched
    problems += [*plan.problems, *applied.problems]
    if not prune:
        problems += map(updates.gone_problem, plan.gone)
    problems += map(updates.held_problem, plan.held)
    show(problems)
    for path in touched:
        click.echo(path)
    if touched or not report.has_errors(problems):
        written = f"{report.number_of(len(touched), 'file')} written."
        click.echo(written if touched else "Everything is up to date.")
    finish(ctx, problems)


def _plan(
    config: Config,
    sources: Sequence[Source],
    languages: Sequence[Language],
    same_meaning: Sequence[str],
) -> Update:
    from outreach import update as updates

    own = config.source_language
    kept = [item.guide.name for item in sources if not item.is_translated(own)]
    templates = updates.plan_templates(config, updates.template_messages(config, sources), kept)
    if not languages:
        return templates
    from outreach.catalogs import plan_catalogs

    plans = plan_catalogs(config, sources, languages, _interface, same_meaning)
    return updates.joined([templates, plans])


def _interface(language: Language) -> tuple[Message, ...]:
    """The interface's messages, for a language in which the package does not have them."""
    from outreach.interface import packaged_template, ships

    return () if ships(language) else packaged_template()
