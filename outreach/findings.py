"""What the sheets of a guide in a language are like, and what is wrong with them. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from outreach.config_keys import PAPERS
from outreach.guides import front_matter_line, promised_pages
from outreach.model import Language, Location, Problem, Severity, Variant
from outreach.outputs import Job, Output
from outreach.sheet.report import Drawn, Sheet
from outreach.site import Site, sheet_path


@dataclass(frozen=True, slots=True)
class Found:
    """What was found in the sheets of a job."""

    job: Job
    sheets: tuple[Sheet, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def failed(self) -> bool:
        """Whether a sheet must not be handed out."""
        return any(item.severity == "error" and item.rule == "sheet" for item in self.problems)


def findings(site: Site, job: Job, outputs: Mapping[str, Output]) -> Found:
    """What was found in the sheets of a job, all of which are among the outputs."""
    paths = ((variant, sheet_path(job.language, job.guide, variant)) for variant in job.variants)
    drawn = {variant: found for variant, path in paths if (found := outputs[path].drawn)}
    if not drawn:
        return Found(job)
    older = _is_older(site, job.language, job.guide)
    promised = 0 if older else promised_pages(site.sources[job.guide].guide) or 0
    sheets = tuple(_sheet(job, variant, found, promised) for variant, found in drawn.items())
    problems = (*_machine_problems(site, drawn), *_problems(site, job, drawn, promised))
    return Found(job, sheets, tuple(dict.fromkeys(problems)))


def _is_older(site: Site, language: Language, guide: str) -> bool:
    """Whether nobody can shorten a text any more: it is as it was signed off."""
    standing = site.standing(language, guide)
    outdated = standing.signed is not None and standing.state == "outdated"
    return outdated or language.tag in site.retired


def _sheet(job: Job, variant: Variant, drawn: Drawn, promised: int) -> Sheet:
    """What the report says of a sheet."""
    return Sheet(
        job.language,
        variant,
        drawn.pages,
        drawn.fonts,
        drawn.smallest,
        len(drawn.letters),
        len(drawn.overflow),
        len(drawn.small),
        _too_long(variant, drawn, promised),
    )


def _too_long(variant: Variant, drawn: Drawn, promised: int) -> bool:
    return variant in PAPERS and drawn.pages > promised > 0


def _machine_problems(site: Site, drawn: Mapping[Variant, Drawn]) -> Iterator[Problem]:
    machine = Location(site.config.build)  # the same for all jobs, so it is told once
    for found in drawn.values():
        yield from (Problem(machine, text, "warning", "sheet") for text in found.machine)


def _problems(
    site: Site, job: Job, drawn: Mapping[Variant, Drawn], promised: int
) -> Iterator[Problem]:
    """What is wrong with the sheets of a job, told once for all variants that have it."""
    guide = site.sources[job.guide].guide
    found: dict[tuple[Severity, str, str], list[str]] = {}
    for variant, sheet in drawn.items():
        for text in sheet.errors:
            found.setdefault(("error", "sheet", text), []).append(variant)
        for text in sheet.warnings:
            found.setdefault(("warning", "sheet", text), []).append(variant)
        if _too_long(variant, sheet, promised):
            text = f"takes {sheet.pages} pages, and `pages` promises {promised}; shorten the text"
            found.setdefault(("error", "pages", text), []).append(variant)
    for (severity, rule, text), variants in found.items():
        line = front_matter_line(guide, "pages") if rule == "pages" else 0
        where = f"in the sheet in {job.language.english_name} ({', '.join(variants)}): {text}"
        yield Problem(Location(guide.path, line), where, severity, rule)
