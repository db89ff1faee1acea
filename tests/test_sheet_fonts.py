from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from outreach.languages import known
from outreach.model import OutreachError
from outreach.sheet import fonts

ETHIOPIC = "Noto Sans Ethiopic"


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("fonts")


@pytest.fixture(scope="module")
def ready(cache: Path) -> fonts.FontSet:
    return fonts.prepare([ETHIOPIC, "Amiri"], cache)


def times(folder: Path) -> dict[Path, int]:
    return {path: path.stat().st_mtime_ns for path in folder.rglob("*.ttf")}


def test_only_what_is_asked_for_is_made_and_shown(ready: fonts.FontSet, cache: Path) -> None:
    assert ready.families == ("Amiri", "Noto Sans", ETHIOPIC, "Noto Sans Mono", fonts.SYMBOLS)
    assert set(ready.files) == set(cache.rglob("*.ttf"))
    conf = ready.conf.read_text("utf-8")
    assert ready.conf.is_absolute()
    assert "<reset-dirs/>" in conf
    assert "<include" not in conf
    shown = {line.strip()[5:-6] for line in conf.splitlines() if "<dir>" in line}
    assert shown == {str(path.parent) for path in ready.files}


def test_fontconfig_finds_every_style_by_its_name(ready: fonts.FontSet) -> None:
    found = set()
    for path in ready.files:
        font = TTFont(path)
        assert "fvar" not in font
        style = font["name"].getDebugName(2)
        selection, weight = font["OS/2"].fsSelection, font["OS/2"].usWeightClass
        assert bool(selection & 32) == bool(font["head"].macStyle & 1) == ("Bold" in style)
        assert bool(selection & 1) == bool(font["head"].macStyle & 2) == ("Italic" in style)
        assert weight == (700 if "Bold" in style else 400)
        found.add((font["name"].getDebugName(1), style))
    assert {style for family, style in found if family == "Noto Sans"} == {
        "Regular", "Bold", "Italic", "Bold Italic",
    }  # fmt: skip
    assert {style for family, style in found if family == ETHIOPIC} == {"Regular", "Bold"}


def test_bold_is_bolder(ready: fonts.FontSet) -> None:
    files = {path.name: path for path in ready.files}
    regular, bold = (
        TTFont(files[f"Noto-Sans-{style}.ttf"])["hmtx"]["H"][0] for style in ("Regular", "Bold")
    )
    assert bold > regular


def test_fonts_are_made_once(ready: fonts.FontSet, cache: Path) -> None:
    before = times(cache)
    assert fonts.prepare(["Amiri", ETHIOPIC], cache) == ready
    assert times(cache) == before


def test_two_runs_at_the_same_moment_do_not_disturb_each_other(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from outreach.sheet.fonts import prepare; "
        f"print(prepare([{ETHIOPIC!r}], Path(sys.argv[1])).conf)"
    )
    command = [sys.executable, "-c", code, str(tmp_path)]
    runs = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in "ab"]
    outputs = [run.communicate() for run in runs]
    assert [run.returncode for run in runs] == [0, 0], outputs
    assert outputs[0] == outputs[1]
    made = fonts.prepare([ETHIOPIC], tmp_path)
    assert outputs[0][0].decode().strip() == str(made.conf)
    assert {path.parent for path in made.files} | {made.conf} == set((tmp_path / "fonts").iterdir())


def test_the_same_fonts_are_made_everywhere(ready: fonts.FontSet, tmp_path: Path) -> None:
    again = fonts.prepare([ETHIOPIC, "Amiri"], tmp_path)
    assert [path.read_bytes() for path in again.files] == [
        path.read_bytes() for path in ready.files
    ]


def test_a_font_that_we_do_not_have_is_named(tmp_path: Path) -> None:
    with pytest.raises(OutreachError, match="no package has the font “Comic Sans”"):
        fonts.prepare(["Comic Sans"], tmp_path)


def test_a_cache_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "fonts").write_text("a file, where the folder should be")
    with pytest.raises(OutreachError, match="OUTREACH_CACHE"):
        fonts.prepare([], tmp_path)


def test_the_languages_that_cannot_be_printed_yet_are_known() -> None:
    """Armenian, Georgian, Gujarati, Malayalam and Punjabi: no package we pin has their fonts."""
    unprintable = {
        language.tag
        for language in known()
        if fonts.missing_characters(language.own_name, language.fonts)
    }
    assert unprintable == {"gu", "hy", "ka", "ml", "pa"}


def test_characters_that_no_font_has_are_named() -> None:
    text = "Aራ☐✓✂ \u200f\u200b\ufe0f\u2066ሀ\u2069\n健e\u0301ứ健ᚠ"
    assert fonts.missing_characters(text, [ETHIOPIC]) == ["健", "ᚠ"]
    assert fonts.missing_characters(text, [ETHIOPIC, "Noto Sans SC"]) == ["ᚠ"]
    assert fonts.character_name("ᚠ") == "U+16A0 RUNIC LETTER FEHU FEOH FE F"
    assert fonts.character_name("\ue000") == "U+E000 UNNAMED"


def test_every_font_comes_with_its_license() -> None:
    listed = list(fonts.licenses())
    assert {family for family, _package, _path in listed} == set(fonts.SOURCES)
    for _family, _package, path in listed:
        assert "SIL OPEN FONT LICENSE" in path.read_text("utf-8").upper()


def test_the_cache_folder_can_be_chosen(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("OUTREACH_CACHE", str(tmp_path))
    assert fonts.cache_folder() == tmp_path
