"""What a handout costs: ours with all its checks, and others that draw the same page.

Run with `make bench`, or `make bench ARGS=--quick` for fewer rounds. Times are processor seconds of
one handout, user and system together; all ways take turns at each page, so a ratio holds when the
machine's speed drifts. Nothing here is asserted.

All draw the same HTML with the same style sheet and the same fonts. Two processes stay warm: ours,
which makes a sheet as a build does, from a guide and its translations to the file, and a bare one
that imports nothing but WeasyPrint. The others are a process for each page.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, partial
from operator import truediv
from pathlib import Path

from bench import ROOT, seconds, shown
from test_browser import BROWSER, FLAGS

from outreach.config import load_config
from outreach.languages import find
from outreach.outputs import Job, Maker, Pair
from outreach.reading import read_project
from outreach.sheet import stylesheet
from outreach.sheet.fonts import FontSet, prepare
from outreach.site import Site
from outreach.workers import settled

SPECIMENS = ROOT / "tests" / "data" / "specimens"
BARE = """
import logging, sys, time, weasyprint
from weasyprint.text.fonts import FontConfiguration
logging.getLogger("weasyprint").setLevel(logging.CRITICAL)
fonts = FontConfiguration()
style = weasyprint.CSS(sys.argv[1], font_config=fonts)
for line in sys.stdin:
    start = time.process_time()
    page = weasyprint.HTML(line.strip())
    page.write_pdf(sys.argv[2], stylesheets=[style], font_config=fonts, pdf_variant="pdf/ua-1")
    print(time.process_time() - start, flush=True)
"""
OURS, LOOP, COMMAND, CHROMIUM = "ours", "warm loop", "command", "Chromium"
GOALS = {LOOP: 1.15, COMMAND: 1 / 8}
"""The most that ours may take, as a part of what they take."""
WIDTH = 11


@dataclass(frozen=True, slots=True)
class Handout:
    """A sheet on Letter paper."""

    project: Path
    guide: str
    tag: str

    @property
    def name(self) -> str:
        return f"{self.guide} {self.tag}"

    @property
    def job(self) -> Job:
        return Job(self.guide, find(self.tag), html=False, variants=("letter",))

    def page(self, folder: Path) -> Path:
        """Where others find it as HTML."""
        return folder / f"{self.guide}.{self.tag}.html"


TAGS = ("en", "es", "ar", "zh-Hans", "hi", "km", "ur", "vi")
HANDOUTS = (
    *(Handout(SPECIMENS, "specimen", tag) for tag in TAGS),
    *(Handout(ROOT, "what-is-health-equity", tag) for tag in ("en", "es")),
)

Way = Callable[[Handout], float]
"""Makes a handout; returns its processor seconds."""


def main(arguments: Sequence[str]) -> None:
    """Print a table of ratios, and how each way was called."""
    rounds = 3 if "--quick" in arguments else 7
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with others(folder) as ways:
            print_table(measured(ways, rounds), rounds)
        print_commands(folder)


@contextmanager
def others(folder: Path) -> Iterator[dict[str, Way]]:
    """All ways to make a handout, on pages that are written into a folder."""
    for handout in HANDOUTS:
        html = Pair.of(site(handout.project), handout.job).front("letter")
        handout.page(folder).write_text(html, "utf-8")
    style(folder).write_text(stylesheet(), "utf-8")
    os.environ["FONTCONFIG_FILE"] = str(fonts().conf)
    with worker(ours(folder)) as our, worker(loop(folder)) as bare:
        ways: dict[str, Way] = {
            OURS: lambda handout: our(str(HANDOUTS.index(handout))),
            LOOP: lambda handout: bare(str(handout.page(folder))),
            COMMAND: lambda handout: seconds(command(folder, handout)),
        }
        if shutil.which(BROWSER):
            ways[CHROMIUM] = lambda handout: seconds(chromium(folder, handout))
        yield ways


def ours(folder: Path) -> list[str]:
    return [sys.executable, __file__, "--warm", str(folder / "ours")]


def loop(folder: Path) -> list[str]:
    return [sys.executable, "-c", BARE, str(style(folder)), str(folder / "out.pdf")]


def command(folder: Path, handout: Handout) -> list[str]:
    files = ["-s", str(style(folder)), str(handout.page(folder)), str(folder / "out.pdf")]
    return [sys.executable, "-m", "weasyprint", "--pdf-variant", "pdf/ua-1", *files]


def chromium(folder: Path, handout: Handout) -> list[str]:
    """The browser, on a page that has its style sheet inside."""
    page = handout.page(folder)
    styled = page.with_suffix(".styled.html")
    if not styled.exists():
        html = page.read_text("utf-8")
        styled.write_text(html.replace("</head>", f"<style>{stylesheet()}</style></head>"), "utf-8")
    files = [f"--user-data-dir={folder / 'profile'}", f"--print-to-pdf={folder / 'out.pdf'}"]
    flags = [flag for flag in FLAGS if not flag.startswith("--virtual-time")]
    return [BROWSER, *flags, "--no-pdf-header-footer", *files, str(styled)]


def style(folder: Path) -> Path:
    return folder / "sheet.css"


@cache
def site(project: Path) -> Site:
    return read_project(load_config(project)).site


@cache
def fonts() -> FontSet:
    """The fonts of both projects."""
    languages = (one for handout in HANDOUTS for one in site(handout.project).languages)
    return prepare(font for language in languages for font in language.fonts)


@contextmanager
def worker(arguments: Sequence[str]) -> Iterator[Callable[[str], float]]:
    """A process that stays: it is told a page, makes it, and says its processor seconds."""
    pipe = subprocess.PIPE
    with subprocess.Popen(arguments, stdin=pipe, stdout=pipe, text=True, bufsize=1) as process:
        if process.stdin is None or process.stdout is None:
            raise RuntimeError("a process without pipes")
        yield partial(asked, process.stdin.write, process.stdout.readline)


def asked(write: Callable[[str], int], read: Callable[[], str], word: str) -> float:
    write(f"{word}\n")
    return float(read())


def work(folder: Path) -> None:
    """Our own warm process: make the handouts whose numbers are read, as a build makes them."""
    makers = {
        project: Maker(site(project), folder, fonts())
        for project in dict.fromkeys(handout.project for handout in HANDOUTS)
    }
    with settled():
        for line in sys.stdin:
            handout = HANDOUTS[int(line)]
            start = time.process_time()
            done = makers[handout.project].make(handout.job)
            spent = time.process_time() - start
            if done.failed:
                raise RuntimeError(done.problems)
            print(spent, flush=True)


Times = Mapping[Handout, Mapping[str, Sequence[float]]]
"""Of each way, the seconds of each round."""


def measured(ways: Mapping[str, Way], rounds: int) -> Times:
    """All ways in turn at each handout, after one round that is not counted."""
    times: dict[Handout, dict[str, list[float]]] = {
        handout: {name: [] for name in ways} for handout in HANDOUTS
    }
    for number in range(rounds + 1):
        for handout in HANDOUTS:
            for name, way in ways.items():
                spent = way(handout)
                if number:
                    times[handout][name].append(spent)
    return times


def print_table(times: Times, rounds: int) -> None:
    every = list(times.values())
    names = list(every[0])
    print("ours / theirs, processor time of a handout, median of", rounds, "rounds")
    print(cells("", names[1:]))
    for handout, spent in times.items():
        print(cells(handout.name, ratios([spent])))
    print(cells("all", ratios(every)))
    print(cells("goal, at most", (shortened(GOALS.get(name)) for name in names[1:])))
    medians = {name: statistics.median(together(every, name)) / len(every) for name in names}
    print("  seconds a handout:", ", ".join(f"{name} {of:.2f}" for name, of in medians.items()))


def ratios(times: Iterable[Mapping[str, Sequence[float]]]) -> list[str]:
    """The median over the rounds of ours / theirs, for some handouts together."""
    chosen = list(times)
    totals = {name: together(chosen, name) for name in chosen[0]}
    return [
        shortened(statistics.median(map(truediv, totals[OURS], of)))
        for name, of in totals.items()
        if name != OURS
    ]


def together(times: Iterable[Mapping[str, Sequence[float]]], name: str) -> list[float]:
    """The seconds of each round for all handouts."""
    return [sum(of) for of in zip(*(one[name] for one in times), strict=True)]


def shortened(ratio: float | None) -> str:
    return "" if ratio is None else f"{ratio:.3f}"


def cells(first: str, others: Iterable[str]) -> str:
    return f"  {first:26}" + "".join(f"{text:>{WIDTH}}" for text in others)


def print_commands(folder: Path) -> None:
    handout = HANDOUTS[0]
    listed = {
        OURS: ours(folder),
        LOOP: loop(folder),
        COMMAND: command(folder, handout),
        CHROMIUM: chromium(folder, handout),
    }
    for name, words in listed.items():
        there = name != CHROMIUM or shutil.which(BROWSER)
        print(f"  {name:10}", shown(words, str(folder)) if there else "is not installed here")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--warm"]:
        work(Path(sys.argv[2]))
    else:
        main(sys.argv[1:])
