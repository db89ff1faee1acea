"""What a handout costs: ours with all its checks, and others that draw the same document.

All draw the same HTML with the same style sheet and the same fonts. Two processes stay warm: ours,
which makes a sheet as a build does, from a guide and its translations to the file, and one that
imports nothing but WeasyPrint. The others are a process for each document.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from test_browser import BROWSER, FLAGS

from bench.measure import PYTHON, ROOT, Bench, Usage, Way, emptied, program, run
from bench.table import Goal, Row, number

SPECIMENS = ROOT / "tests" / "data" / "specimens"
TAGS = ("en", "es", "ar", "zh-Hans", "hi", "km", "ur", "vi")
OURS, WARM, COMMAND, CHROMIUM = "ours", "WeasyPrint, warm", "WeasyPrint's command", "Chromium"
PAGE = "PAGE"
"""Stands in a command for the document."""
GOALS = {WARM: Goal(1.15), COMMAND: Goal(1 / 8)}


@dataclass(frozen=True, slots=True)
class Handout:
    """A sheet on Letter paper."""

    project: Path
    guide: str
    tag: str

    def page(self, folder: Path) -> Path:
        """Where others find it as HTML."""
        return folder / f"{self.guide}.{self.tag}" / "letter.front.html"


HANDOUTS = (
    *(Handout(SPECIMENS, "specimen", tag) for tag in TAGS),
    *(Handout(ROOT, "what-is-health-equity", tag) for tag in ("en", "es")),
)
Make = Callable[[Handout], Usage]
"""Makes a handout; tells what it took."""


def rows(bench: Bench) -> Iterator[Row]:
    """All ways in turn at each handout."""
    handouts = HANDOUTS[:3] if bench.quick else HANDOUTS
    folder = emptied(bench.folder / "sheets")
    confs = [_documents(bench, handout, folder) for handout in handouts]
    style = handouts[0].page(folder).with_name("sheet.css")
    commands = _commands(folder, style)
    environment = {**bench.environment, "FONTCONFIG_FILE": confs[0]}
    with (
        worker(commands[OURS], bench.environment) as ours,
        worker(commands[WARM], environment) as bare,
    ):
        ways: dict[str, Make] = {
            OURS: lambda it: ours(f"{it.project}\t{it.guide}\t{it.tag}"),
            WARM: lambda it: bare(str(it.page(folder))),
            COMMAND: lambda it: _alone(bench, commands[COMMAND], it.page(folder), environment),
        }
        if shutil.which(BROWSER):
            ways[CHROMIUM] = lambda it: _alone(bench, commands[CHROMIUM], _styled(it, folder))
        taken = measured(bench, ways, handouts)
    what = f"{len(handouts)} handouts in {len({it.tag for it in handouts})} languages"
    for name, command in commands.items():
        if name != OURS:
            yield _row(what, name, taken, (commands[OURS], command))


def _documents(bench: Bench, handout: Handout, folder: Path) -> str:
    """Write what others draw; returns the path of the configuration of fonts."""
    target = handout.page(folder).parent
    words = ["write", handout.project, handout.guide, handout.tag, "letter", target]
    return written(bench, *map(str, words))


def written(bench: Bench, *words: str) -> str:
    """Have documents written by `programs/sheets.py`; returns what it said last."""
    done = subprocess.run(
        program("sheets.py", *words),
        cwd=ROOT,
        env=bench.environment,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    return done.stdout.splitlines()[-1]


def _commands(folder: Path, style: Path) -> dict[str, list[str]]:
    out = str(folder / "out.pdf")
    browser = [BROWSER, *(flag for flag in FLAGS if not flag.startswith("--virtual-time"))]
    profile = [f"--user-data-dir={folder / 'profile'}", f"--print-to-pdf={out}"]
    return {
        OURS: program("sheets.py", "warm", folder / "ours"),
        WARM: program("bare.py", style, out),
        COMMAND: [
            PYTHON,
            "-m",
            "weasyprint",
            "--pdf-variant",
            "pdf/ua-1",
            "-s",
            str(style),
            PAGE,
            out,
        ],
        CHROMIUM: [*browser, "--no-pdf-header-footer", *profile, PAGE],
    }


def _alone(
    bench: Bench, command: Sequence[str], page: Path, environment: Mapping[str, str] | None = None
) -> Usage:
    """A process for one document."""
    way = Way(command[0], [str(page) if word == PAGE else word for word in command])
    taken = run(bench, way, environment)
    if isinstance(taken, str):
        raise RuntimeError(taken)
    return taken


def _styled(handout: Handout, folder: Path) -> Path:
    """The document with its style sheet inside, as browsers take it."""
    page = handout.page(folder)
    styled = page.with_name("styled.html")
    if not styled.exists():
        css = page.with_name("sheet.css").read_text("utf-8")
        html = page.read_text("utf-8").replace("</head>", f"<style>{css}</style></head>")
        styled.write_text(html, "utf-8")
    return styled


@contextmanager
def worker(
    command: Sequence[str], environment: Mapping[str, str]
) -> Iterator[Callable[[str], Usage]]:
    """A process that stays: it is told what to make, makes it, and says what it took."""
    pipe = subprocess.PIPE
    with subprocess.Popen(
        command, stdin=pipe, stdout=pipe, text=True, bufsize=1, cwd=ROOT, env=environment
    ) as process:
        told, said = process.stdin, process.stdout
        if told is None or said is None:
            raise RuntimeError("a process without pipes")

        def ask(word: str) -> Usage:
            told.write(f"{word}\n")
            cpu, memory = said.readline().split()
            return Usage(float(cpu), float(cpu), float(memory))

        yield ask


def measured(
    bench: Bench, ways: Mapping[str, Make], handouts: Sequence[Handout]
) -> dict[str, list[Usage]]:
    """What each way took at least for each handout, after one round that is not counted."""
    taken: dict[tuple[str, Handout], Usage] = {}
    for counted in range(bench.rounds + 1):
        for handout in handouts:
            for name, make in ways.items():
                now, before = make(handout), taken.get((name, handout))
                taken[name, handout] = now if before is None or counted == 1 else before.least(now)
    found = {name: [taken[name, handout] for handout in handouts] for name in ways}
    for name, each in found.items():
        bench.say(f"{name}: {_cpu(each) / len(handouts):.3f} s a handout")
    return found


def _row(
    what: str, name: str, taken: Mapping[str, list[Usage]], commands: tuple[Sequence[str], ...]
) -> Row:
    if name not in taken:
        return Row(what, name, (), GOALS.get(name), "is not installed here", commands)
    ours, theirs = taken[OURS], taken[name]
    each = [a.cpu / b.cpu for a, b in zip(ours, theirs, strict=True)]
    memory = max(it.memory for it in ours) / max(it.memory for it in theirs)
    cpu = _cpu(ours) / _cpu(theirs)
    shown = (number(cpu), "", number(memory))
    remark = f"from {number(min(each))} to {number(max(each))}; ours with all checks"
    return Row(what, name, (cpu, 0, memory), GOALS.get(name), remark, commands, shown)


def _cpu(taken: Sequence[Usage]) -> float:
    return sum(it.cpu for it in taken)
