"""Web pages of all guides in all languages, checks included, beside a bare renderer."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

from bench.measure import Bench, Way, outreach, program, race
from bench.project import TAGS, Size, translated, write_project
from bench.table import Goal, Row, compared
from outreach.languages import find
from outreach.model import Language

GOAL = Goal(2.5)
_KEPT = re.compile(r"(:::(?: \w+)?|<!--|\[guide-\d+\]:|---|id:|edition:|\w+:(?= ))")
"""What begins a line and is no text."""


def rows(bench: Bench) -> Iterator[Row]:
    """Pages of a project."""
    size = Size(4, 4) if bench.quick else Size(20, 20)
    project, site = bench.folder / "pages", bench.folder / "site"
    texts, bare = bench.folder / "texts", bench.folder / "bare"
    write_project(project, size)
    write_texts(project, texts, size)
    words = ["--project", project, "build", "--format", "html", "-o", site]
    ours = Way("outreach build", outreach(*words), lambda: clean(bench, site))
    theirs = Way("markdown-it-py and Jinja2 alone", program("render.py", texts, bare))
    taken = race(bench, (ours, theirs))
    remark = "ours reads catalogs and checks them; the bare one is given translated Markdown"
    yield compared(f"HTML of {size.outputs} pages", taken, ours, theirs, GOAL, remark)


def clean(bench: Bench, site: Path) -> None:
    """Remove what a build made, here and in the cache, without the fonts."""
    shutil.rmtree(site, ignore_errors=True)
    for path in bench.cache.parent.glob("*/*"):
        if path.name != "fonts":
            shutil.rmtree(path) if path.is_dir() else path.unlink()


def write_texts(project: Path, texts: Path, size: Size) -> None:
    """The guides as Markdown in each language, and what all their pages share."""
    languages = [find(tag) for tag in ("en", *TAGS[: size.languages])]
    guides = sorted((project / "content" / "en").glob("*.md"))
    for language in languages:
        folder = texts / language.tag
        folder.mkdir(parents=True)
        for guide in guides:
            text = guide.read_text("utf-8")
            (folder / guide.name).write_text(in_language(text, language), "utf-8")
    template = (Path(__file__).parent / "programs" / "page.html").read_text("utf-8")
    labels = re.findall(r'_\("([^"]+)"\)', template)
    shared = {
        "publisher": "Example Health Network",
        "titles": {guide.stem: guide.read_text("utf-8").split("\n")[1][7:] for guide in guides},
        "languages": {
            language.tag: {
                "tag": language.tag,
                "direction": language.direction,
                "own_name": language.own_name,
                "english_name": language.english_name,
            }
            for language in languages
        },
        "labels": {
            language.tag: {label: _in(label, language) for label in labels}
            for language in languages
        },
    }
    (texts / "shared.json").write_text(json.dumps(shared), "utf-8")


def in_language(markdown: str, language: Language) -> str:
    """A guide of ours with every text in another language."""
    lines = []
    for line in markdown.split("\n"):
        kept = _KEPT.match(line)
        start = kept[0] if kept else ""
        whole = start.startswith(("<", "[", "id", "edition"))
        lines.append(line if whole else start + _in(line.removeprefix(start), language))
    return "\n".join(lines)


def _in(text: str, language: Language) -> str:
    return text if language.tag == "en" else translated(text, language)
