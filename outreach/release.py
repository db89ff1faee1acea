"""What may be released: which sheets are left out, and why. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from outreach.model import Language, Location, Problem
from outreach.site import Site


def release_problems(site: Site, required: Collection[str]) -> Iterator[Problem]:
    """Yield what keeps a project from being released at all.

    `required` are the tags of languages in which every guide has to be ready: reviewed, or an
    older version that may be handed out.
    """
    config = Location(site.config.file)
    if not site.config.site_url:
        text = "a release needs `site-url`, the address of its pages: sheets show it, and a code"
        yield Problem(config, f"{text} that leads there", rule="release")
    for language in site.languages:
        if language.tag in required:
            missing = [guide for guide in site.sources if _lacks(site, language, guide)]
            for guide in missing:
                text = f"{_name(language)} has to be ready for this release, but {guide} is not"
                yield Problem(config, f"{text}: {reason(site, language, guide)}", rule="release")


def contact_problems(site: Site) -> Iterator[Problem]:
    """Warn where readers of a notice are not told whom to ask."""
    lacking = any(
        _lacks(site, language, guide) for language in site.languages for guide in site.sources
    )
    if lacking and not site.config.contact:
        text = "set `contact`: pages of sheets that are left out tell readers whom to ask"
        yield Problem(Location(site.config.file), text, "warning", "release")


def as_warning(problem: Problem) -> Problem:
    """A problem that keeps one sheet out of a release and leaves the others as they are.

    What is wrong with guides is asked before, and a file that cannot be written stays an error.
    """
    stays = (
        problem.severity == "warning"
        or problem.rule in ("foreign-file", "address")
        or not problem.rule
    )
    return problem if stays else replace(problem, severity="warning")


def left_out(site: Site, languages: Iterable[Language]) -> Iterator[str]:
    """Yield a line, in words, for each guide that a language should have and that is left out."""
    for language in languages:
        for guide in site.sources:
            if _lacks(site, language, guide):
                yield f"{_name(language)}: {guide} ({reason(site, language, guide)})"


def older(site: Site, languages: Iterable[Language]) -> Iterator[str]:
    """Yield a line for each guide of which an older version is released."""
    for language in languages:
        for guide in site.sources:
            if site.shows(language, guide) == "kept":
                standing = site.standing(language, guide)
                day = standing.signed.date if standing.signed else ""
                yield f"{_name(language)}: {guide}, as it was reviewed on {day}"


def reason(site: Site, language: Language, guide: str) -> str:
    """Why a guide is not released in a language, in words."""
    unprinted = site.unprinted.get((language.tag, guide))
    standing = site.standing(language, guide)
    return unprinted or f"{standing.state}: {standing.why}"


def _lacks(site: Site, language: Language, guide: str) -> bool:
    return site.wants(language, guide) and not site.offers(language, guide)


def _name(language: Language) -> str:
    return f"{language.english_name} ({language.tag})"
