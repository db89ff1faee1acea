"""Sheets as a build makes them, in a process that stays warm.

    sheets.py write PROJECT GUIDE TAG VARIANT… FOLDER    their documents and style sheet, for others
    sheets.py warm FOLDER                                makes what it reads: PROJECT GUIDE TAG

The second says for each line the processor seconds that it took, and its peak memory in bytes.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from bench.programs.bare import peak
from outreach.config import load_config
from outreach.config_keys import VARIANTS
from outreach.languages import find
from outreach.model import Variant
from outreach.outputs import Job, Maker, Pair
from outreach.reading import read_project
from outreach.sheet import stylesheet
from outreach.sheet.fonts import FontSet, prepare
from outreach.site import Site
from outreach.workers import settled


@cache
def site(project: str) -> Site:
    return read_project(load_config(Path(project))).site


def fonts(project: str) -> FontSet:
    """The fonts that a build of the project has."""
    return prepare(font for language in site(project).languages for font in language.fonts)


def write(project: str, guide: str, tag: str, names: Sequence[str], folder: Path) -> None:
    """Write the documents of sheets, and say the path of the configuration of fonts."""
    variants = tuple(variant for variant in VARIANTS if variant in names)
    pair = Pair.of(site(project), job(guide, tag, variants))
    folder.mkdir(parents=True, exist_ok=True)
    for variant in variants:
        for side, html in (("front", pair.front(variant)), ("back", pair.back(variant))):
            if html:
                (folder / f"{variant}.{side}.html").write_text(html, "utf-8")
    (folder / "sheet.css").write_text(stylesheet(), "utf-8")
    print(fonts(project).conf)


def warm(folder: Path) -> None:
    """Make the sheets whose names are read."""
    makers: dict[str, Maker] = {}
    with settled():
        for line in sys.stdin:
            project, guide, tag = line.rstrip("\n").split("\t")
            if project not in makers:
                makers[project] = Maker(site(project), folder, fonts(project))
            start = time.process_time()
            done = makers[project].make(job(guide, tag, ("letter",)))
            spent = time.process_time() - start
            if done.failed:
                raise RuntimeError(done.problems)
            print(spent, peak(), flush=True)


def job(guide: str, tag: str, variants: tuple[Variant, ...]) -> Job:
    return Job(guide, find(tag), html=False, variants=variants)


if __name__ == "__main__":
    if sys.argv[1] == "write":
        _, _, where, of, language, *forms, target = sys.argv
        write(where, of, language, forms, Path(target))
    else:
        warm(Path(sys.argv[2]))
