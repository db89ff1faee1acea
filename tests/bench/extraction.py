"""Guides to templates."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

from bench.measure import PROGRAMS, Bench, Way, emptied, outreach, program, race
from bench.peers import MDPO, PO4A, SPHINX, TOOLKIT, Peer, found
from bench.project import Size, write_project
from bench.table import Goal, Row, compared, peer_remark

GOAL = Goal(1.5)
FEW = 2
"""Rounds of those that take many times longer: noise is small beside that."""
SPHINX_CONFIG = """
extensions = ["myst_parser"]
myst_enable_extensions = ["colon_fence", "deflist", "fieldlist"]
suppress_warnings = ["myst.*", "toc.*"]
root_doc = "guide-001"
"""


def rows(bench: Bench) -> Iterator[Row]:
    """Extraction of many guides."""
    guides = 20 if bench.quick else 200
    project = bench.folder / "extraction"
    write_project(project, Size(guides, 0))
    content, out = project / "content", bench.folder / "extracted"
    what = f"extraction of {guides} guides"

    def fresh() -> None:
        shutil.rmtree(project / "locale", ignore_errors=True)
        emptied(out)

    ours = Way("outreach", outreach("--project", project, "update", "--templates"), fresh)
    bare = Way("a bare parse", program("parse.py", content))
    inside = Way("outreach, inside", program("extract.py", project), fresh, tells=True)
    parse = Way("the parse, inside", bare.command, tells=True)
    peers = dict(_peers(bench, content, out))
    there = [way for way in peers.values() if isinstance(way, Way)]
    taken = race(bench, (ours, bare, inside, parse, *there))
    yield compared(f"{what}, whole processes", taken, ours, bare, GOAL)
    remark = "processor time without start-up"
    yield compared(f"{what}, in the process", taken, inside, parse, GOAL, remark)
    for name, way in peers.items():
        if isinstance(way, Way):
            yield compared(what, taken, ours, way, remarks=peer_remark(taken, way, bare))
        else:
            yield Row(what, name, remarks=way, commands=(ours.command,))


def _peers(bench: Bench, content: Path, out: Path) -> Iterator[tuple[str, Way | str]]:
    """Every peer with its way, or with the reason why there is none."""
    files = sorted(map(str, content.rglob("*.md")))
    masters = [word for file in files for word in ("-m", file)]
    settings = emptied(bench.folder / "sphinx")
    (settings / "conf.py").write_text(SPHINX_CONFIG, "utf-8")
    arguments: dict[Peer, list[str]] = {
        PO4A: ["-f", "text", "-o", "markdown", "-M", "utf-8", *masters, "-p", f"{out}/po4a.pot"],
        MDPO: [str(PROGRAMS / "mdpo_extract.py"), str(content), str(out)],
        TOOLKIT: ["--progress=none", "-P", str(content), f"{out}/toolkit"],
        SPHINX: [
            "-Q",
            "-E",
            "-b",
            "gettext",
            "-c",
            str(settings),
            f"{content}/en",
            f"{out}/sphinx",
        ],
    }
    titles = {TOOLKIT: "translate-toolkit's md2po", SPHINX: "Sphinx's gettext builder"}
    for peer, words in arguments.items():
        name = titles.get(peer, peer.name)
        try:
            command = [found(bench, peer), *words]
        except LookupError as error:
            yield name, str(error)
        else:
            yield name, Way(name, command, lambda: emptied(out), rounds=FEW)
