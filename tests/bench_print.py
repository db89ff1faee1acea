"""How much processor time a printed sheet takes, as ratios, on the same pages in one run.

Run with `make bench`, or `make bench ARGS=--quick` for fewer rounds and pages. Four ways take
turns: ours, with all checks; WeasyPrint alone, warm, with fonts and styles shared; its command,
once for each page; and Chromium, where it is installed. A ratio is the median over the rounds, so
it holds when the machine's speed drifts. Nothing here is asserted.
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from bench import seconds
from specimens import document, page

from outreach.languages import find
from outreach.sheet import start, stylesheet
from outreach.sheet.fonts import FontSet, prepare
from outreach.sheet.view import families

LANGUAGES = ("en", "es", "ar", "zh-Hans", "hi", "km")
OURS = "outreach: engine, all checks"
ALONE = "weasyprint alone, warm"
COMMAND = "weasyprint in.html out.pdf"
CHROMIUM = "chromium --headless --print-to-pdf"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
Page = tuple[str, str, tuple[str, ...]]
"""Language, HTML, and the fonts that may appear."""


def main(arguments: Sequence[str]) -> None:
    """Print a table; with a way and a folder as arguments, be the process that draws that way."""
    if len(arguments) == 2 and arguments[0] in (OURS, ALONE):
        serve(arguments[0], Path(arguments[1]))
        return
    quick = "--quick" in arguments
    rounds, tags = (2, LANGUAGES[:3]) if quick else (5, LANGUAGES)
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        root = Path(folder)
        fonts = prepare(font for tag in tags for font in find(tag).fonts)
        pages = [(tag, document(tag), families(page(tag))) for tag in tags]
        (root / "pages.json").write_text(json.dumps([str(fonts.conf), pages]), "utf-8")
        ways = {way: stack.enter_context(served(way, root)) for way in (OURS, ALONE)}
        ways |= commands(root, fonts, pages)
        rows = [{way: draw() for way, draw in ways.items()} for _ in range(rounds)]
    shown = f"{len(tags)} sheets ({', '.join(tags)}), median of {rounds} rounds"
    print(f"processor time per sheet: {shown}")
    print("  ours = 1  alone = 1    best")
    for way in ways:
        by_ours, by_alone = (
            statistics.median(row[way] / row[unit] for row in rows) for unit in (OURS, ALONE)
        )
        best = min(row[way] for row in rows) / len(tags)
        print(f"{by_ours:10.2f}{by_alone:11.2f}{best:7.2f}s  {way}")
    if CHROMIUM not in ways:
        print("        chromium is not installed")


@contextmanager
def served(way: str, folder: Path) -> Iterator[Callable[[], float]]:
    """A process that stays; each call has it draw all pages, and returns its processor seconds."""
    command = [sys.executable, __file__, way, str(folder)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        source, target = process.stdout, process.stdin
        source.readline()

        def draw() -> float:
            target.write("draw\n")
            target.flush()
            return float(source.readline())

        yield draw
        target.close()


def serve(way: str, folder: Path) -> None:
    """Draw all pages whenever a line is read, and print how long it took."""
    conf, pages = json.loads((folder / "pages.json").read_text("utf-8"))
    draw = ours(Path(conf)) if way == OURS else alone(conf)
    for _, html, fonts in pages:
        draw(html, tuple(fonts))
    print("ready", flush=True)
    for _ in sys.stdin:
        before = time.process_time()
        for _, html, fonts in pages:
            draw(html, tuple(fonts))
        print(time.process_time() - before, flush=True)


def ours(conf: Path) -> Callable[[str, tuple[str, ...]], object]:
    engine = start(FontSet((), conf, ()))
    return engine.pdf


def alone(conf: str) -> Callable[[str, tuple[str, ...]], object]:
    """WeasyPrint as it is, with all that its authors let one share."""
    os.environ["FONTCONFIG_FILE"] = conf
    import weasyprint  # noqa: PLC0415  (reads the variable)
    from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415

    fonts = FontConfiguration()
    style = weasyprint.CSS(string=stylesheet(), font_config=fonts)

    def draw(html: str, _fonts: tuple[str, ...]) -> object:
        source = weasyprint.HTML(string=html)
        rendered = source.render(font_config=fonts, stylesheets=[style], pdf_variant="pdf/ua-1")
        return rendered.write_pdf(pdf_variant="pdf/ua-1")

    return draw


def commands(
    folder: Path, fonts: FontSet, pages: Sequence[Page]
) -> Mapping[str, Callable[[], float]]:
    """The ways that start a process for each page."""
    os.environ["FONTCONFIG_FILE"] = str(fonts.conf)
    (folder / "sheet.css").write_text(stylesheet(), "utf-8")
    printing, browsing = [], []
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    options = ["--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder}/profile"]
    for tag, html, _ in pages:
        file, pdf = folder / f"{tag}.html", folder / f"{tag}.pdf"
        file.write_text(html.replace("</head>", f"<style>{stylesheet()}</style></head>"), "utf-8")
        printing.append([sys.executable, "-m", "weasyprint", str(file), str(pdf)])
        if browser:
            browsing.append([browser, *options, f"--print-to-pdf={pdf}", file.as_uri()])
    ways = {COMMAND: lambda: sum(map(seconds, printing))}
    if browser:
        ways[CHROMIUM] = lambda: sum(map(seconds, browsing))
    return ways


if __name__ == "__main__":
    main(sys.argv[1:])
