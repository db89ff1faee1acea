"""Renders translated Markdown with markdown-it-py and Jinja2 alone: TEXTS OUT.

What a page needs at the least: parse, render, fill a template about as large as ours, write. There
are no catalogs, no checks, no anchors of the source, no marks for untranslated parts.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

import jinja2
from markdown_it import MarkdownIt

from bench.programs.parse import dialect

HEAD = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)


def page(template: jinja2.Template, markdown: MarkdownIt, path: Path, shared: Any) -> str:  # noqa: ANN401  as JSON has it
    """The page of one guide in one language."""
    text = path.read_text("utf-8")
    head = HEAD.match(text)
    fields = dict(line.split(": ", 1) for line in head[1].split("\n")) if head else {}
    tokens = markdown.parse(text, {})
    contents = []
    for place, token in enumerate(tokens):
        if token.type == "heading_open":
            token.attrSet("id", f"part-{place}")
            contents.append({"id": f"part-{place}", "text": tokens[place + 1].content})
    html = markdown.renderer.render(tokens, markdown.options, {})
    language = shared["languages"][path.parent.name]
    return template.render(
        html=html,
        contents=contents,
        name=path.stem,
        language=language,
        languages=shared["languages"].values(),
        publisher=shared["publisher"],
        source_title=shared["titles"][path.stem],
        _=lambda words: shared["labels"][path.parent.name].get(words, words),
        **fields,
    )


def main(texts: Path, out: Path) -> None:
    """Write a page for each text."""
    shared = json.loads((texts / "shared.json").read_text("utf-8"))
    loader = jinja2.FileSystemLoader(Path(__file__).parent)
    environment = jinja2.Environment(loader=loader, autoescape=True, trim_blocks=True)
    template, markdown = environment.get_template("page.html"), dialect()
    for path in sorted(texts.rglob("*.md")):
        target = out / path.parent.name / f"{path.stem}.html"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(page(template, markdown, path, shared), "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
