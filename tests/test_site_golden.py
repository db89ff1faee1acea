"""A small project with some of everything, and each of its pages as it should be."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from golden import EXPECTED, pages
from projects import SITE, body, dead_links, files, look, once, run

ADVICE = "the page changed; if it should have, run `python tests/golden.py` and read the difference"
PAGES = sorted(files(EXPECTED, "*.html"))


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return once(tmp_path_factory, "small-site", pages)


def page(site: Path, path: str) -> str:
    return (site / path).read_text("utf-8")


def test_there_are_just_the_expected_pages(site: Path) -> None:
    assert sorted(files(site, "*.html")) == PAGES
    assert "zh-Hans/sub/clinic-visit.html" not in PAGES


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_as_expected(path: str, site: Path) -> None:
    assert page(site, path) == (EXPECTED / path).read_text("utf-8"), ADVICE


def test_every_address_leads_somewhere_in_the_folder(site: Path) -> None:
    assert dead_links(site) == []


def test_files_beside_the_guides_are_copied_once_for_all_languages(site: Path) -> None:
    copied = files(site / "assets" / "files")
    assert copied == {
        f"content/en/{path}": (SITE / "content" / "en" / path).read_bytes()
        for path in ("images/line.png", "images/soap.svg", "sub/list.txt")
    }


@pytest.mark.parametrize(
    ("path", "lang", "direction"),
    [
        ("en/index.html", "en", "ltr"),
        ("es/sub/clinic-visit.html", "es", "ltr"),
        ("ar/hand-washing.html", "ar", "rtl"),
        ("zh-Hans/hand-washing.html", "zh-Hans", "ltr"),
    ],
)
def test_a_page_says_its_language(path: str, lang: str, direction: str, site: Path) -> None:
    assert f'<html lang="{lang}" dir="{direction}">' in page(site, path)


def test_links_between_guides_stay_in_the_language_while_it_has_them(site: Path) -> None:
    assert 'href="sub/clinic-visit.html#bring-these"' in page(site, "es/hand-washing.html")
    assert 'href="../hand-washing.html#what-you-need"' in page(site, "ar/sub/clinic-visit.html")
    skipped = 'href="../en/sub/clinic-visit.html#bring-these"'
    assert skipped in page(site, "zh-Hans/hand-washing.html")


def test_a_skipped_guide_is_linked_in_english_from_the_language_s_list(site: Path) -> None:
    assert '<a href="../en/sub/clinic-visit.html" hreflang="en" lang="en"' in page(
        site, "zh-Hans/index.html"
    )
    switcher = page(site, "en/sub/clinic-visit.html")
    assert '<span lang="zh-Hans" dir="ltr">简体中文</span>' in switcher
    assert 'hreflang="zh-Hans" href=' not in switcher


def test_what_is_not_translated_is_in_the_source_language_and_counted(site: Path) -> None:
    chinese = page(site, "zh-Hans/hand-washing.html")
    assert '<h2 id="what-you-need" lang="en" dir="ltr">What you need</h2>' in chinese
    assert '<p class="callout-title" lang="en" dir="ltr">Hot water</p>' in chinese
    assert re.search(r"\b8\b.*\b32\b|\b32\b.*\b8\b", chinese)
    assert "离开之前" not in chinese  # fuzzy
    assert "纸巾" not in chinese  # obsolete


def test_a_complete_page_counts_nothing(site: Path) -> None:
    arabic = page(site, "ar/hand-washing.html")
    assert "notice missing" not in arabic
    left = [line for line in body(arabic).splitlines() if 'lang="en"' in line]
    assert left == ['<p lang="en" dir="ltr">Form HW-7</p>']  # no-translate


def test_anchors_are_the_same_in_every_language(site: Path) -> None:
    anchors = {
        tag: look(body(page(site, f"{tag}/hand-washing.html"))).ids
        for tag in ("en", "es", "ar", "zh-Hans")
    }
    assert set(map(frozenset, anchors.values())) == {frozenset(anchors["en"])}
    assert "before-you-leave" in anchors["en"]


def test_pages_tell_a_machine_s_draft_from_a_person_s(site: Path) -> None:
    machine = "Machine translation, not yet checked by a qualified person."
    person = "Draft translation, not yet checked by a qualified person."
    assert machine in page(site, "es/hand-washing.html")
    assert person in page(site, "ar/hand-washing.html")
    assert machine not in page(site, "ar/hand-washing.html")
    assert person not in page(site, "en/hand-washing.html")


def test_there_is_nothing_to_mend() -> None:
    outcome = run(SITE, "check")
    assert (outcome.code, outcome.err) == (0, "")


def test_the_catalogs_of_the_project_are_up_to_date(tmp_path: Path) -> None:
    for path, data in files(SITE).items():
        if not path.startswith("expected/"):
            (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / path).write_bytes(data)
    assert run(tmp_path, "update").out == "Everything is up to date.\n"
