"""How long it takes to find out how every translation stands, beside reading the project."""

from __future__ import annotations

from collections.abc import Iterator

from bench.measure import Bench, Way, program, race, run
from bench.project import Size, write_project
from bench.table import Row, compared


def rows(bench: Bench) -> Iterator[Row]:
    """All signed, then one text edited in each."""
    size = Size(2, 4) if bench.quick else Size(8, 16)
    project = bench.folder / "reviews"
    config = write_project(project, size)
    with (config.root / "outreach.toml").open("a", encoding="utf-8") as file:
        file.write('reviewers = ["Reviewer One"]\n')
    signed = run(bench, Way("signing", program("standing.py", project, "sign")))
    if isinstance(signed, str):
        raise RuntimeError(signed)
    what = f"how {size.guides} guides stand in {size.languages} languages"
    for state in ("all reviewed", "one text edited in each"):
        stand = Way("standing", program("standing.py", project, "stand"), tells=True)
        read = Way("reading the project", program("standing.py", project, "read"), tells=True)
        yield compared(f"{what}, {state}", race(bench, (stand, read)), stand, read)
        for path in project.glob("locale/*/LC_MESSAGES/guide-*.po"):
            text = path.read_text("utf-8").rstrip()
            path.write_text(f'{text[:-1]} 7"\n', "utf-8")
