"""How long things take, as ratios of whole processes run in turn on the same inputs.

Run with `make bench`, or `make bench ARGS=--quick` for fewer rounds. Times are processor seconds of
a process and its children; a ratio is the median over the rounds, so it holds when the machine's
speed drifts. Nothing here is asserted.
"""

from __future__ import annotations

import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
GUIDES = 200
MESSAGES = 5_000
PARSE = """
import pathlib, sys
from markdown_it import MarkdownIt
markdown = MarkdownIt("commonmark").enable(["table", "strikethrough"])
for path in sorted(pathlib.Path(sys.argv[1]).rglob("*.md")):
    getattr(markdown, sys.argv[2])(path.read_text("utf-8"))
"""


@dataclass(frozen=True, slots=True)
class Row:
    """One comparison."""

    what: str
    ours: Sequence[str]
    theirs: Sequence[str]
    prepare: Sequence[str] = ()
    """A command to run before each round of ours."""


def main(arguments: Sequence[str]) -> None:
    """Print a table of ratios."""
    rounds = 3 if "--quick" in arguments else 7
    print("ours / theirs, processor time of whole processes, median of", rounds, "rounds")
    with tempfile.TemporaryDirectory() as folder:
        for row in rows(Path(folder)):
            print(f"{ratio(row, rounds):6.2f}  {row.what}")
            print(f"        {shown(row.ours, folder)}\n        {shown(row.theirs, folder)}")


def rows(folder: Path) -> Iterator[Row]:
    """The comparisons, on inputs made in a folder."""
    project = many_guides(folder / "project")
    python, outreach = sys.executable, [sys.executable, "-m", "outreach", "--project"]
    extract = [*outreach, str(project), "update", "--templates"]
    bare = [python, "-c", PARSE, str(project / "content")]
    yield Row(f"extract {GUIDES} guides / parse them", extract, [*bare, "parse"])
    html = [*outreach, str(project), "build", "--format", "html"]
    what = f"check {GUIDES} guides and make pages / render them without templates"
    yield Row(what, html, [*bare, "render"])
    edited, template, catalog, merged = edited_catalog(folder / "catalog")
    restore = ["cp", str(catalog), str(catalog.with_suffix(".copy"))]
    back = ["cp", str(catalog.with_suffix(".copy")), str(catalog)]
    subprocess.run(restore, check=True)
    what = f"update {MESSAGES} messages, one in twenty edited / msgmerge"
    theirs = ["msgmerge", "--quiet", "-o", str(merged), str(catalog), str(template)]
    if shutil.which("msgmerge"):
        yield Row(what, [*outreach, str(edited), "update"], theirs, back)
    sheet = ["build", "--format", "pdf", "-l", "en", "-o", str(folder / "sheets")]
    one = [python, "-m", "weasyprint", str(page(folder, project)), str(folder / "one.pdf")]
    one_guide = [*outreach, str(ROOT), *sheet, "-g", "what-is-health-equity"]
    yield Row("two sheets with all checks / weasyprint on one web page", one_guide, one)


def many_guides(project: Path) -> Path:
    """A project with the guides of our own, many times over."""
    sources = sorted((ROOT / "content" / "en").glob("*.md"))
    content = project / "content" / "en"
    content.mkdir(parents=True)
    for number in range(GUIDES):
        source = sources[number % len(sources)]
        text = re.sub(r"^\[[\w-]+\]: being-.*$", "", source.read_text("utf-8"), flags=re.MULTILINE)
        (content / f"guide-{number}.md").write_text(text.replace(".md", ""), "utf-8")
    return project


def edited_catalog(project: Path) -> tuple[Path, Path, Path, Path]:
    """A translated project in which one text in twenty was edited since.

    Returns its folder, the new template, the old catalog, and where another tool may write.
    """
    content = project / "content" / "en"
    content.mkdir(parents=True)
    guide = content / "guide.md"
    catalog = project / "locale" / "es" / "LC_MESSAGES" / "guide.po"
    outreach = [sys.executable, "-m", "outreach", "--project", str(project)]
    texts = [
        f"Step {n}: ask {n * 7} people what they need, and write it down." for n in range(MESSAGES)
    ]
    guide.write_text("\n\n".join(texts), "utf-8")
    subprocess.run([*outreach, "init", "es"], check=True, capture_output=True)
    filled = re.sub(
        r'^msgid "(.+)"\nmsgstr ""',
        r'msgid "\1"\nmsgstr "ES \1"',
        catalog.read_text(),
        flags=re.MULTILINE,
    )
    catalog.write_text(filled)
    edited = [
        text.replace("write it", "note it") if n % 20 == 0 else text for n, text in enumerate(texts)
    ]
    guide.write_text("\n\n".join(edited), "utf-8")
    subprocess.run([*outreach, "update", "--templates"], check=True, capture_output=True)
    return project, project / "locale" / "guide.pot", catalog, project / "merged.po"


def page(folder: Path, project: Path) -> Path:
    """A web page of ours, to be drawn by others."""
    command = [sys.executable, "-m", "outreach", "--project", str(project), "build"]
    target = folder / "pages"
    options = ["-g", "guide-0", "--format", "html", "-o", str(target)]
    subprocess.run([*command, *options], check=True, capture_output=True)
    return target / "en" / "guide-0.html"


def ratio(row: Row, rounds: int) -> float:
    """The median of ours / theirs, each pair run in turn, after one pair that is not counted."""
    ratios = []
    for number in range(rounds + 1):
        if row.prepare:
            subprocess.run(row.prepare, check=True)
        ours, theirs = seconds(row.ours), seconds(row.theirs)
        if number:
            ratios.append(ours / theirs)
    return statistics.median(ratios)


def seconds(command: Sequence[str], limit: float | None = None) -> float:
    """Processor seconds of a process and all its children.

    Raises subprocess.TimeoutExpired when it takes longer than a limit by the clock.
    """
    before = os.times()
    subprocess.run(command, check=True, capture_output=True, timeout=limit)
    after = os.times()
    return (
        after.children_user + after.children_system - before.children_user - before.children_system
    )


def shown(command: Sequence[str], folder: str) -> str:
    """A command on one line, without what is different on each machine."""
    words = ("…" if "\n" in word else word for word in command)
    line = " ".join(words).replace(sys.executable, "python")
    return line.replace(f"{folder}/", "").replace(f"{ROOT}", ".")


if __name__ == "__main__":
    main(sys.argv[1:])
