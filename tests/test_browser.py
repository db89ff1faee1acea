"""The pages in a real browser: no error, no sideways scrolling, right directions, clean print."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from golden import pages, released
from projects import ROOT, build, files, once

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or "google-chrome"
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--enable-logging=stderr",
    "--virtual-time-budget=20000",
)
NARROW, WIDE = 390, 1280

PROBE = """<script>
addEventListener("load", () => {
  const root = document.documentElement, edge = root.clientWidth;
  const out = [...document.querySelectorAll("body *")].filter((item) => {
    const box = item.getBoundingClientRect();
    if (!box.width || (box.left >= -1 && box.right <= edge + 1)) return false;
    for (let up = item; up; up = up.parentElement) {
      if (/auto|scroll|hidden|clip/.test(getComputedStyle(up).overflowX)) return false;
      if (up.matches(".skip")) return false;
    }
    return true;
  });
  parent.postMessage(JSON.stringify({
    path: "%s",
    width: innerWidth,
    scroll: root.scrollWidth,
    out: out.map((item) => item.outerHTML.slice(0, 80)),
    direction: getComputedStyle(document.body).direction,
    foreign: [...document.querySelectorAll("#guide [lang=en]")].map(
      (item) => getComputedStyle(item).direction),
    images: [...document.images].every((item) => item.complete && item.naturalWidth > 0),
    styled: getComputedStyle(root).getPropertyValue("--accent").trim() !== "",
    title: document.title,
  }), "*");
});
</script></body>"""

CONTROL = """<!DOCTYPE html><html lang="en"><title></title><body>
<div style="width: 2000px">too wide</div><img src="missing.png" alt="">
<script>missing()</script></body></html>"""
"""A page with faults, to see that they are found."""

HARNESS = """<!DOCTYPE html><meta charset="utf-8"><title>probe</title><pre></pre><script>
addEventListener("message", (event) => document.querySelector("pre").append(event.data + "\\n"));
</script>%s"""


@dataclass(frozen=True, slots=True)
class Visit:
    """What the browser says of some pages."""

    pages: dict[tuple[str, int], dict[str, Any]]
    """By path and width."""
    console: tuple[str, ...]


def browse(profile: Path, *args: str) -> subprocess.CompletedProcess[bytes]:
    command = [BROWSER, *FLAGS, f"--user-data-dir={profile}", *args]
    return subprocess.run(command, capture_output=True, check=True, timeout=120)


def make_sites(folder: Path) -> None:
    pages(folder / "small")
    assert build(ROOT, "-o", str(folder / "real")).code == 0
    (folder / "released").mkdir()
    released(folder / "released")


@pytest.fixture(scope="session")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return once(tmp_path_factory, "browser-sites", make_sites)


@pytest.fixture(scope="module")
def visit(sites: Path, tmp_path_factory: pytest.TempPathFactory) -> Visit:
    """Every page at two widths, each in a frame of its own that tells about itself."""
    work = tmp_path_factory.mktemp("browser")
    copy = work / "sites"
    shutil.copytree(sites, copy)
    (copy / "control.html").write_text(CONTROL, "utf-8")
    paths = list(files(copy, "*.html"))
    for path in paths:
        text = (copy / path).read_text("utf-8")
        (copy / path).write_text(text.replace("</body>", PROBE % path), "utf-8")
    frames = "".join(
        f'<iframe src="sites/{path}" width="{width}" height="800"></iframe>'
        for path in paths
        for width in (NARROW, WIDE)
    )
    (work / "harness.html").write_text(HARNESS % frames, "utf-8")
    done = browse(work / "profile", "--dump-dom", (work / "harness.html").as_uri())
    dump = done.stdout.decode().split("<pre>")[1].split("</pre>")[0]
    told = [json.loads(unescape(line)) for line in dump.splitlines()]
    console = [line for line in done.stderr.decode().splitlines() if "CONSOLE" in line]
    found = {(item["path"], item["width"]): item for item in told}
    assert found.keys() == {(path, width) for path in paths for width in (NARROW, WIDE)}
    # The faults were found, so that silence about the others means something.
    faults = {width: found.pop(("control.html", width)) for width in (NARROW, WIDE)}
    assert all(item["out"] and item["scroll"] > width for width, item in faults.items())
    assert not any(item["images"] or item["styled"] or item["title"] for item in faults.values())
    others = tuple(line for line in console if "control.html" not in line)
    assert len(console) > len(others)
    return Visit(found, others)


def test_pages_load_without_a_word_on_the_console(visit: Visit) -> None:
    assert visit.console == ()


def test_pages_have_their_style_and_images(visit: Visit) -> None:
    for key, page in visit.pages.items():
        assert page["styled"], key
        assert page["images"], key


@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_no_page_scrolls_sideways(width: int, visit: Visit) -> None:
    wide = {
        path: page["out"]
        for (path, at), page in visit.pages.items()
        if at == width and (page["scroll"] > width or page["out"])
    }
    assert wide == {}


def test_text_runs_in_the_direction_of_its_language(visit: Visit) -> None:
    for (path, _), page in visit.pages.items():
        arabic = "/ar/" in path
        assert page["direction"] == ("rtl" if arabic else "ltr"), path
        assert set(page["foreign"]) <= {"ltr"}, path
    partly = visit.pages["small/zh-Hans/hand-washing.html", NARROW]
    assert len(partly["foreign"]) > 3


def test_every_page_has_a_title(visit: Visit) -> None:
    assert all(page["title"] for page in visit.pages.values())


@pytest.fixture(scope="module")
def printed(sites: Path, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The text of each page of paper, of a page that is printed from the browser."""
    work = tmp_path_factory.mktemp("print")
    page = sites / "small" / "es" / "hand-washing.html"
    browse(work / "profile", f"--print-to-pdf={work / 'page.pdf'}", page.as_uri())
    command = ["pdftotext", "-layout", str(work / "page.pdf"), "-"]
    text = subprocess.run(command, capture_output=True, check=True).stdout.decode()
    return text.split("\f")[:-1]


def test_a_printed_page_leaves_out_what_only_a_screen_needs(printed: list[str]) -> None:
    text = re.sub(r"\s+", " ", " ".join(printed))
    for words in ("Cuándo lavarse", "Frótelas con jabón", "Lo que duran dos canciones"):
        assert text.count(words) == 1
    for words in ("简体中文", "Todas las guías", "Ir al texto principal", "En esta página"):
        assert words not in text


def test_a_printed_page_names_the_addresses_of_its_links(printed: list[str]) -> None:
    text = re.sub(r"\s+", "", "".join(printed))
    assert "(https://food.example/cook)" in text
    assert "clinic-visit.html" not in text


def test_every_printed_page_of_a_draft_says_so(printed: list[str]) -> None:
    assert len(printed) > 0
    mark = "Machine translation, not yet checked by a qualified person."
    assert all(mark in re.sub(r"\s+", " ", page) for page in printed)
