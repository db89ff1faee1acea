"""The same project gives the same sheets, byte for byte, whatever the machine is like."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from projects import ROOT, catalog, files, once, po, write

from outreach.languages import find
from outreach.sheet.fonts import prepare

GUIDE = """# Clean hands

Wash them often: **soap** helps. Call [us](tel:+12065550142) at (206) 555-0142.

1. Before you eat
2. After work

| When | How long |
|---|---|
| Always | 20 seconds |
"""
WORDS: Mapping[str, tuple[str, str]] = {
    "es": ("Manos limpias", "Antes de comer"),
    "ar": ("أيدٍ نظيفة", "قبل أن تأكل"),
    "km": ("ដៃស្អាត", "មុនពេលញ៉ាំអាហារ"),
}
NOBODY_HAS = "tr_TR.UTF-8"
WORKERS = {"one": "0", "two": "0,1"}


def make(root: Path) -> None:
    guides = {"content/en/hands.md": GUIDE, "content/en/sub/more.md": GUIDE.replace("Wash", "Dry")}
    texts = {
        catalog(name, tag): po(
            {"Clean hands": title, "Before you eat": item}, header=f"Language: {tag}"
        )
        for tag, (title, item) in WORDS.items()
        for name in ("hands", "sub/more")
    }
    write(root, {**guides, **texts, "outreach.toml": "threshold = 0\n"})
    folder = root / "cache"
    fonts = prepare([font for tag in WORDS for font in find(tag).fonts], folder)
    # A stranger that calls itself by the name of one of ours, among the fonts of the user.
    (amiri,) = (path for path in fonts.files if path.name == "Amiri-Regular.ttf")
    stranger = TTFont(amiri)
    for record in stranger["name"].names:
        if record.nameID in (1, 4, 16):
            record.string = "Noto Sans"
    (root / "home" / ".fonts").mkdir(parents=True)
    stranger.save(root / "home" / ".fonts" / "stranger.ttf")


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return once(tmp_path_factory, "same-bytes", make)


@pytest.fixture(scope="module")
def expected(project: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return sheets(project, tmp_path_factory.mktemp("expected"))


def sheets(
    project: Path,
    target: Path,
    *options: str,
    first: tuple[str, ...] = (),
    changed: Mapping[str, str] | None = None,
) -> dict[str, bytes]:
    """Build the sheets in a process of its own, with some variables of its environment changed."""
    command = [sys.executable, "-m", "outreach", "--project", str(project), "build"]
    command += ["--format", "pdf", "--variant", "letter", "-o", str(target), *options]
    environment = {**os.environ, "OUTREACH_CACHE": str(project / "cache"), **(changed or {})}
    done = subprocess.run(
        [*first, *command], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return files(target, "*.pdf")


def changes(project: Path) -> dict[str, dict[str, str]]:
    home = str(project / "home")
    return {
        "fonts": {"HOME": home, "XDG_DATA_HOME": f"{home}/.fonts", "XDG_CONFIG_HOME": home},
        "fontconfig": {"FONTCONFIG_FILE": "/nowhere/fonts.conf", "FONTCONFIG_PATH": "/nowhere"},
        "locale": {"LC_ALL": NOBODY_HAS, "LANG": "de_DE.UTF-8", "LANGUAGE": "de"},
        "no locale": {"LC_ALL": "C", "PYTHONUTF8": "0"},
        "time": {"TZ": "Pacific/Kiritimati", "SOURCE_DATE_EPOCH": "1"},
        "seed": {"PYTHONHASHSEED": "4242"},
    }


def pinned(processors: str) -> tuple[str, ...]:
    if not sys.platform.startswith("linux") or len(os.sched_getaffinity(0)) < len(WORKERS):
        pytest.skip("needs two processors and a way to choose one")
    return ("taskset", "-c", processors)


def test_another_machine_makes_the_same_bytes(
    project: Path, expected: dict[str, bytes], tmp_path: Path
) -> None:
    assert len(expected) == 2 * (1 + len(WORDS))
    every = {name: value for one in changes(project).values() for name, value in one.items()}
    assert sheets(project, tmp_path, changed=every) == expected


def test_a_sheet_made_alone_has_the_same_bytes(
    project: Path, expected: dict[str, bytes], tmp_path: Path
) -> None:
    alone = sheets(project, tmp_path, "-l", "km", "-g", "sub/more")
    assert len(alone) == 1
    assert alone.items() <= expected.items()


@pytest.mark.slow
@pytest.mark.parametrize("change", changes(Path()))
def test_each_difference_between_machines_is_without_effect(
    change: str, project: Path, expected: dict[str, bytes], tmp_path: Path
) -> None:
    assert sheets(project, tmp_path, changed=changes(project)[change]) == expected


@pytest.mark.slow
@pytest.mark.parametrize("workers", WORKERS)
def test_the_number_of_workers_is_without_effect(
    workers: str, project: Path, expected: dict[str, bytes], tmp_path: Path
) -> None:
    assert sheets(project, tmp_path, first=pinned(WORKERS[workers])) == expected


@pytest.mark.slow
def test_another_folder_makes_the_same_bytes(
    project: Path, expected: dict[str, bytes], tmp_path: Path
) -> None:
    make(tmp_path / "elsewhere")
    assert sheets(tmp_path / "elsewhere", tmp_path / "site") == expected
    assert project != tmp_path
