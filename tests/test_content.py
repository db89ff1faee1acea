"""The real guides, built once: complete where they say so, and ready to hand out."""

from __future__ import annotations

import json
import re
import subprocess
from itertools import repeat
from pathlib import Path
from typing import Any

import pytest
from projects import ROOT, body, dead_links, files, once, run
from pypdf import PdfReader
from tinyhtml5.parser import HTMLParser  # type: ignore[import-untyped]

from outreach.config import load_config
from outreach.languages import find
from outreach.project import languages, read_sources
from outreach.sheet.fonts import MONO, chain

CONFIG = load_config(ROOT)
GUIDES = tuple(source.guide.name for source in read_sources(CONFIG)[0])
LANGUAGES = ("en", *(language.tag for language in languages(CONFIG)))
CATALOGS = sorted(
    path.relative_to(ROOT).as_posix()
    for folder in ("locale", "outreach/locale")
    for path in (ROOT / folder).rglob("*.po")
)
PROMISED = {
    "what-is-health-equity": {"es", "ar", "zh-Hans", "am"},
    "being-an-ally": {"es"},
}
MARK = "Machine translation, not yet checked by a qualified person."
SHORT_MARK = "Machine translation, not checked"


def make(folder: Path) -> None:
    outcome = run(ROOT, "build", "-o", str(folder / "site"))
    (folder / "report.json").write_text(json.dumps([outcome.code, outcome.out, outcome.err]))


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return once(tmp_path_factory, "content", make)


@pytest.fixture(scope="session")
def site(made: Path) -> Path:
    return made / "site"


@pytest.fixture(scope="session")
def status() -> dict[tuple[str, str], dict[str, Any]]:
    rows = json.loads(run(ROOT, "status", "--json").out)
    return {(row["language"], row["guide"]): row for row in rows}


def sheets(site: Path, tag: str) -> list[Path]:
    return sorted((site / tag).rglob("*.pdf"))


def page_texts(sheet: Path) -> list[str]:
    text = subprocess.run(["pdftotext", sheet, "-"], capture_output=True, check=True).stdout
    return [" ".join(page.split()) for page in text.decode().split("\f")[:-1]]


def test_the_build_has_no_problem_at_all(made: Path) -> None:
    code, out, err = json.loads((made / "report.json").read_text("utf-8"))
    assert code == 0
    assert out.endswith("no problems.\n")
    assert all(line.startswith("skipped: ") for line in err.splitlines())


def test_there_is_nothing_to_mend() -> None:
    # A warning that an update waits lets a writer's change pass: the workflow `update` sees to it.
    assert run(ROOT, "check").code == 0


def test_the_guides_and_languages_that_were_promised_are_there(
    site: Path, status: dict[tuple[str, str], dict[str, Any]]
) -> None:
    assert set(GUIDES) >= PROMISED.keys()
    for guide, tags in PROMISED.items():
        for tag in tags:
            # Not 100: a guide may change before its translations do.
            assert status[tag, guide]["percent"] >= CONFIG.threshold, (tag, guide)
            assert (site / tag / f"{guide}.html").is_file()


@pytest.mark.parametrize("path", CATALOGS)
def test_gettext_accepts_every_catalog(path: str) -> None:
    done = subprocess.run(
        ["msgfmt", "--check", "-o", "/dev/null", ROOT / path], capture_output=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, b"")


def test_every_address_leads_somewhere(site: Path) -> None:
    assert dead_links(site) == []


def test_every_page_is_valid_html_in_its_language(site: Path) -> None:
    for path, data in files(site, "*.html").items():
        parser = HTMLParser(namespace_html_elements=False)
        tree = parser.parse(data.decode())
        assert parser.errors == [], path
        tag = path.split("/")[0] if "/" in path else "en"
        assert (tree.get("lang"), tree.get("dir")) == (tag, find(tag).direction)


def test_a_page_tells_what_is_not_translated(
    site: Path, status: dict[tuple[str, str], dict[str, Any]]
) -> None:
    for (tag, guide), row in status.items():
        file = site / tag / f"{guide}.html"
        assert file.exists() is (row["percent"] >= CONFIG.threshold), (tag, guide)
        if file.exists():
            page = file.read_text("utf-8")
            complete = row["percent"] == 100
            assert ("notice missing" not in page) is complete, (tag, guide)
            assert (' lang="en"' not in body(page)) is complete, (tag, guide)


def test_every_translated_page_and_list_says_that_it_is_a_draft(site: Path) -> None:
    for path, data in files(site, "*.html").items():
        if "/" in path and not path.startswith("en/") and not path.endswith("index.html"):
            assert MARK in data.decode(), path


@pytest.mark.parametrize("tag", LANGUAGES)
def test_every_page_has_its_sheets_on_each_paper(tag: str, site: Path) -> None:
    pages = [path for path in files(site / tag, "*.html") if path != "index.html"]
    name = find(tag).english_name.split()
    suffix = "-".join([tag, *name])
    wanted = {
        f"{page.removesuffix('.html')}.{suffix}.{paper}.pdf"
        for page in pages
        for paper in CONFIG.paper
    }
    assert {path.relative_to(site / tag).as_posix() for path in sheets(site, tag)} == wanted
    assert wanted


@pytest.mark.parametrize("tag", LANGUAGES)
def test_sheets_are_in_their_language_with_our_fonts(tag: str, site: Path) -> None:
    ours = {family.replace(" ", "-") for family in (*chain(find(tag).fonts), MONO)}
    for sheet in sheets(site, tag):
        reader = PdfReader(sheet)
        assert str(reader.root_object["/Lang"]) == tag
        assert reader.metadata is not None
        assert reader.metadata.title
        assert len(reader.outline) > 0
        assert {round(float(page.mediabox.width)) for page in reader.pages} == {
            595 if ".a4." in sheet.name else 612
        }
        listed = subprocess.run(["pdffonts", sheet], capture_output=True, check=True).stdout
        names = [line.split()[0].decode() for line in listed.splitlines()[2:]]
        assert names
        for name in names:
            assert re.fullmatch(r"[A-Z]{6}\+.*", name), "a font is embedded as a whole"
            family = re.sub(r"-(Bold-?)?(Italic|Oblique)?$", "", name[7:])
            assert family in ours, (sheet.name, name)


@pytest.mark.parametrize("tag", LANGUAGES)
def test_every_page_of_a_translated_sheet_is_marked(tag: str, site: Path) -> None:
    for sheet in sheets(site, tag):
        pages = page_texts(sheet)
        assert pages
        assert len(pages) == len(PdfReader(sheet).pages)
        for page, mark in zip(pages, (MARK, *repeat(SHORT_MARK, len(pages) - 1)), strict=True):
            assert len(page) > 100
            assert "�" not in page
            assert (mark in page) is (tag != "en")


def test_a_second_build_gives_the_same_files(site: Path, tmp_path: Path) -> None:
    assert run(ROOT, "build", "-l", "es", "-g", GUIDES[0], "-o", str(tmp_path)).code == 0
    for path, data in files(tmp_path, "*.pdf").items():
        assert (site / path).read_bytes() == data, path
