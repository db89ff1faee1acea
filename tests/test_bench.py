"""The bench measures what it says, and says what it could not measure. Speed is never asserted."""

from __future__ import annotations

import os
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest
from bench import measure
from bench.__main__ import TOPICS
from bench.measure import PYTHON, Bench, Usage, Way, race
from bench.peers import Peer, found
from bench.project import TAGS, Size, scaled, translated, write_project
from bench.scale import Fit, fit
from bench.table import Goal, Row, compared, markdown
from projects import ROOT, build, dead_links, files, run

from outreach.languages import find

SMALL = Size(guides=2, languages=3, sections=3)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made")
    write_project(folder, SMALL)
    return folder


def silent(folder: Path, patience: float = 1) -> Bench:
    return Bench(folder, quick=True, say=str, patience=patience)


# The generator


def test_a_made_project_has_nothing_to_mend_and_nothing_to_update(project: Path) -> None:
    checked = run(project, "check", "--strict")
    assert (checked.code, checked.out) == (0, "3 languages checked: no problems.\n")
    assert run(project, "update").out == "Everything is up to date.\n"


def test_a_made_project_gives_a_page_for_every_guide_in_every_language(project: Path) -> None:
    assert build(project).code == 0
    pages = files(project / "build", "guide-*.html")
    assert len(pages) == SMALL.outputs
    assert dead_links(project / "build") == []


def test_the_same_seed_gives_the_same_project_and_another_one_another(
    project: Path, tmp_path: Path
) -> None:
    write_project(tmp_path / "same", SMALL)
    write_project(tmp_path / "other", SMALL, seed=2)
    guides = "guide-*"
    assert files(tmp_path / "same", guides) == {
        path: data for path, data in files(project, guides).items() if not path.startswith("build/")
    }
    same, other = (files(tmp_path / name / "content") for name in ("same", "other"))
    assert not same.items() & other.items()


def test_every_third_language_is_partial_and_the_others_are_complete(project: Path) -> None:
    catalogs = {path: data.decode() for path, data in files(project / "locale", "g*.po").items()}
    partial = {path.split("/")[0] for path, text in catalogs.items() if "#, fuzzy" in text}
    assert partial == {"zh_Hans"}
    empty = {path.split("/")[0] for path, text in catalogs.items() if 'msgstr ""\n\n' in text}
    assert empty <= {"zh_Hans"}


def test_a_translation_keeps_numbers_links_and_code_and_is_in_the_letters_of_its_language() -> None:
    source = "Call (206) 555-0142, see [the page](https://example.org/a) or `B-7`.[^1]"
    for tag in TAGS:
        text = translated(source, find(tag))
        for piece in ("(206) 555-0142", "](https://example.org/a)", "`B-7`", "[^1]"):
            assert piece in text
    assert "the" not in translated(source, find("ar"))


def test_the_scales_go_up_to_200_guides_in_60_languages() -> None:
    assert (scaled(1), scaled(10)) == (Size(20, 6), Size(200, 60))
    assert len(set(TAGS)) == 60


# The measurement


def test_memory_is_that_of_the_command_and_not_of_what_started_it(tmp_path: Path) -> None:
    ballast = b"x" * 150_000_000
    big = Way("big", [PYTHON, "-c", "x = b'x' * 80_000_000"])
    small = Way("small", [PYTHON, "-c", "pass"])
    taken = race(silent(tmp_path), (big, small))
    large, little = taken["big"], taken["small"]
    assert isinstance(large, Usage)
    assert isinstance(little, Usage)
    assert large.memory > 80_000_000 > little.memory
    assert ballast


def test_each_round_is_prepared_and_the_ways_take_turns(tmp_path: Path) -> None:
    order: list[str] = []
    ways = [Way(name, ["true"], partial(order.append, name)) for name in ("a", "b")]
    race(silent(tmp_path), ways)
    assert order == ["a", "b", "a", "b"]


def test_what_fails_is_missing_or_takes_too_long_says_so_in_the_table(tmp_path: Path) -> None:
    bench = silent(tmp_path, patience=1 / 30)
    ours = Way("ours", ["true"])
    others = (
        Way("fails", ["sh", "-c", "echo no such thing; exit 3"]),
        Way("missing", ["there-is-no-such-program"]),
        Way("late", ["sleep", "60"]),
    )
    taken = race(bench, (ours, *others))
    rows = [compared("work", taken, ours, other, Goal(2)) for other in others]
    text = "\n".join(markdown(rows, tmp_path))
    for reason in (
        "failed: no such thing",
        "there-is-no-such-program is not installed here",
        "was stopped after 1 s",
    ):
        assert reason in text
    assert not any(row.missed for row in rows)


def test_a_missed_goal_is_marked(tmp_path: Path) -> None:
    rows = [
        Row("slow", "other", (2.5, 0.1, 0.1), Goal(2)),
        Row("good", "other", (2.5, 0.1, 0.1), Goal(2, "clock")),
    ]
    *_, slow, good = markdown(rows, tmp_path)
    assert "**missed**" in slow
    assert "**missed**" not in good


@pytest.mark.parametrize("power", [0.5, 1, 2])
def test_a_fit_finds_the_power_of_a_growth(power: float) -> None:
    work = [10, 30, 70, 150]
    found = fit(work, [3 * size**power for size in work])
    assert found is not None
    assert found.exponent == pytest.approx(power)
    assert found.worse == (power > 1)


def test_a_growth_is_called_worse_only_when_the_error_allows_it() -> None:
    assert Fit(1.2, 0.05).worse
    assert not Fit(1.2, 0.15).worse


# Peers, and the command


def test_a_peer_that_cannot_be_installed_says_why_and_leaves_nothing(tmp_path: Path) -> None:
    place = tmp_path / "peers"
    peer = Peer("nowhere", "nowhere", (str(tmp_path / "no-such-package"),))
    with pytest.raises(LookupError, match=r"cannot be installed: .+"):
        found(Bench(tmp_path, peers=place, say=str), peer)
    assert not (place / "nowhere").exists()


def test_the_table_has_every_peer_also_those_that_are_not_installed(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "bench", "--quick", "--only", "extraction", "--only", "start"]
    path = os.pathsep.join([str(ROOT), str(ROOT / "tests")])
    environment = {**os.environ, "PYTHONPATH": path, "XDG_CACHE_HOME": str(tmp_path)}
    done = subprocess.run(
        command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True
    )
    lines = done.stdout.splitlines()
    assert "Machine: " in lines[0]
    cells = [[cell.strip() for cell in line.split(" | ")] for line in lines if line.startswith("|")]
    assert [row[1] for row in cells[2:]] == [
        "a bare parse",
        "the parse, inside",
        "po4a",
        "mdpo",
        "translate-toolkit's md2po",
        "Sphinx's gettext builder",
        "python -c pass",
        "python -c pass",
    ]
    missing = [row for row in cells if "`make bench-peers` installs it" in row[6]]
    assert {row[1] for row in missing} >= {"mdpo", "Sphinx's gettext builder"}
    assert all(row[7].startswith("`python -m outreach") for row in (cells[2], *cells[4:8]))
    assert lines[-1].startswith("Goals missed: ")


def test_every_topic_of_the_issue_is_there() -> None:
    wanted = ("extraction", "update", "check", "html", "pdf", "start", "clean", "again", "scale")
    assert set(TOPICS) >= set(wanted)
    assert measure.ROOT == ROOT
