"""Builds: clean ones with one worker and two, with nothing to do, and of one changed word."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from bench.measure import PYTHON, Bench, Taken, Usage, Way, emptied, outreach, program, race, run
from bench.pages import clean
from bench.project import Size, write_project
from bench.sheets import worker, written
from bench.table import Goal, Row, compared, number
from outreach.config_keys import VARIANTS

TWO_WORKERS = Goal(1 / 1.8, "clock")
NOTHING, START, WORD = Goal(2.5), Goal(5), Goal(1.3)
GUIDE, TAG = "guide-002", "es"


def start_rows(bench: Bench) -> Iterator[Row]:
    """The least that a command takes."""
    bare = Way("python -c pass", [PYTHON, "-c", "pass"])
    ways = [Way(f"outreach {word}", outreach(word)) for word in ("--version", "--help")]
    taken = race(bench, (*ways, bare))
    for way in ways:
        yield compared(way.name, taken, way, bare, START)


def clean_rows(bench: Bench) -> Iterator[Row]:
    """A clean build of sheets, with one worker and with two."""
    size = Size(2, 2, 3) if bench.quick else Size(4, 8, 4)
    project, site = bench.folder / "clean", bench.folder / "site"
    write_project(project, size)
    words = ["--project", project, "build", "-o", site]
    warmed(bench, project)

    def fresh() -> None:
        clean(bench, site)

    two = Way("two workers", outreach(*words), fresh, processors=2)
    one = Way("one worker", two.command, fresh, processors=1)
    taken = race(bench, (two, one))
    sheets = size.outputs * 2
    what = f"clean build of {size.outputs} pages and {sheets} sheets, two workers"
    remark = "memory is that of the largest process"
    yield compared(what, taken, two, one, TWO_WORKERS, remark)


def again_rows(bench: Bench) -> Iterator[Row]:
    """A build with nothing to do, and one of one word, in a tree with all forms of sheets."""
    size = Size(2, 2, 3) if bench.quick else Size(9, 20, 4)
    project, site = bench.folder / "again", bench.folder / "site"
    write_project(project, size)
    with (project / "outreach.toml").open("a", encoding="utf-8") as file:
        file.write(f"variants = {list(VARIANTS)}\n".replace("'", '"'))
    clean(bench, site)
    build = outreach("--project", project, "build", "-o", site)
    # Clean, once: it takes minutes.
    first = run(_patient(bench), Way("first build", build))
    bench.say(f"a first build: {first}")
    what = f"{size.outputs} guides in all forms"
    version = Way("outreach --version", outreach("--version"))
    nothing = Way("outreach build", build)
    taken = race(_patient(bench), (nothing, version))
    yield compared(f"build of nothing, {what}", taken, nothing, version, NOTHING)
    yield _part_of_clean(f"build of nothing, {what}", taken[nothing.name], first, build)
    changes = itertools.count()
    word = Way("one word", build, lambda: _edit(project, next(changes)))
    changed = race(_patient(bench), (word,))[word.name]
    yield _one_word(bench, project, changed, word)
    yield _part_of_clean(f"build of one changed word, {what}", changed, first, build)


def warmed(bench: Bench, project: Path) -> None:
    """Make the fonts of a project ready in the bench's cache, so that no build has to."""
    folder = bench.folder / "warmed"
    words = ["write", str(project), "guide-001", "en", "letter", str(folder)]
    written(bench, *words)


def _patient(bench: Bench) -> Bench:
    """For the builds that have a large tree to make at first."""
    return replace(bench, patience=20)


def _part_of_clean(what: str, taken: Taken, first: Taken, command: list[str]) -> Row:
    """The row beside the clean build that came first."""
    beside = "a clean build of the same"
    if isinstance(taken, str):
        return Row(what, beside, remarks=taken, commands=(command,))
    if isinstance(first, str):
        return Row(what, beside, remarks=first, commands=(command,))
    ratios = tuple(a / b for a, b in zip(taken.parts, first.parts, strict=True))
    return Row(what, beside, ratios, commands=(command, command))


def _edit(project: Path, number: int) -> None:
    """Change a word in one translation."""
    path = project / "locale" / TAG / "LC_MESSAGES" / f"{GUIDE}.po"
    text = path.read_text("utf-8")
    before, paragraph, rest = text.partition("#. paragraph")
    changed = re.sub(r'^(msgstr ")\w+', rf"\1palabra{number}", rest, count=1, flags=re.MULTILINE)
    path.write_text(before + paragraph + changed, "utf-8")


def _one_word(bench: Bench, project: Path, changed: Taken, word: Way) -> Row:
    """The build of one word beside the bare rendering of its documents, and a start."""
    folder = emptied(bench.folder / "word")
    conf = written(bench, "write", str(project), GUIDE, TAG, *VARIANTS, str(folder))
    pages = sorted(map(str, folder.glob("*.html")))
    environment = {**bench.environment, "FONTCONFIG_FILE": conf}
    bare = program("bare.py", folder / "sheet.css", folder / "out.pdf")
    start = run(bench, Way("start", ["sh", "-c", '"$@" </dev/null', "sh", *bare]), environment)
    beside = "a start of WeasyPrint, and its warm rendering of the same documents"
    what = "build of one changed word, whole"
    if isinstance(changed, str) or isinstance(start, str):
        reason = changed if isinstance(changed, str) else str(start)
        return Row(what, beside, (), WORD, reason, (word.command, bare))
    with worker(bare, environment) as draw:
        each = [[draw(page) for page in pages] for _ in range(bench.rounds + 1)]
    rendered = sum(min(it.cpu for it in of) for of in zip(*each[1:], strict=True))
    peak = max(it.memory for it in each[-1])
    theirs = Usage(start.cpu + rendered, start.clock + rendered, peak)
    bench.say(f"{beside}: {theirs}")
    ratios = tuple(a / b for a, b in zip(changed.parts, theirs.parts, strict=True))
    shown = (number(ratios[0]), "", number(ratios[2]))
    remark = f"{len(pages)} documents; the start is {number(start.cpu / theirs.cpu)} of theirs"
    return Row(what, beside, ratios, WORD, remark, (word.command, bare), shown)
