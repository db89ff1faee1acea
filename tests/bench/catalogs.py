"""Catalogs: brought up to date after edits, with how many matches are right, and checked.

A match is right when the new text was made from the old one whose translation it was given; of
texts that were written anew every match is wrong.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from edits import Edits, made_edits, score, written_edits

from bench.measure import Bench, Way, emptied, outreach, program, race
from bench.pages import clean
from bench.peers import POFILTER, found
from bench.project import translated
from bench.table import Goal, Row, compared
from outreach.catalog.format import format_catalog, header_fields, header_message
from outreach.catalog.po import load_catalog
from outreach.config import load_config
from outreach.languages import find
from outreach.model import Message
from outreach.project import catalog_path

SPANISH = find("es")
CHECK = Goal(1 / 3)
PARTS = (2300, 1400, 902, 2526)
"""Texts of a catalog years later: kept, edited, gone and new."""


def update_rows(bench: Bench) -> Iterator[Row]:
    """Updates: by the command, and by the merge alone."""
    size = 10 if bench.quick else 1
    edits = made_edits(4750 // size, 250 // size, 0, 0)
    folder = emptied(bench.folder / "update")
    files = [folder / name for name in ("old.po", "new.pot", "out.po")]
    _write(files[0], edits.old, translate=True)
    _write(files[1], edits.new)
    project = _project(bench, edits.new)
    catalog = project / "locale" / "es" / "LC_MESSAGES" / "guide.po"

    def back() -> None:
        catalog.write_bytes(files[0].read_bytes())

    command = outreach("--project", project, "update")
    ours = Way("outreach update", command, back)
    others = _others(files)
    taken = race(bench, (ours, *others))
    what = f"update of {len(edits.old):,} messages, one in twenty edited"
    right = {ours.name: _found(catalog, edits)}
    right |= {way.name: _found(Path(way.command[-1]), edits) for way in others}
    for other in others[1:]:
        remark = _told(right[ours.name], right[other.name], edits)
        yield compared(what, taken, ours, other, remarks=remark)
        merging = f"{what}: the merge alone"
        yield compared(merging, taken, others[0], other, remarks=remark)
    yield from _quality_rows(bench)


def _others(files: Sequence[Path]) -> list[Way]:
    """Our merge alone, and those of others: from an old catalog and a template to a new one."""
    old, template, new = map(str, files)
    theirs = [f"{new}.{name}" for name in ("ours", "msgmerge", "babel")]
    return [
        Way("our merge", program("merge.py", old, template, theirs[0])),
        Way("msgmerge", ["msgmerge", "--quiet", old, template, "-o", theirs[1]]),
        Way("Babel's update", program("babel_update.py", old, template, theirs[2]), rounds=1),
    ]


def _quality_rows(bench: Bench) -> Iterator[Row]:
    """Matches of harder edits: those that people wrote, and of a catalog years later."""
    years = made_edits(*(part // (50 if bench.quick else 5) for part in PARTS))
    cases = {"edits that people wrote": written_edits(), "years later, much is new": years}
    for name, edits in cases.items():
        folder = emptied(bench.folder / "quality")
        files = [folder / file for file in ("old.po", "new.pot", "out.po")]
        _write(files[0], edits.old, translate=True)
        _write(files[1], edits.new)
        ours, *others = _others(files)
        taken = race(bench, (ours, *others))
        mine = _found(Path(ours.command[-1]), edits)
        for other in others:
            remark = _told(mine, _found(Path(other.command[-1]), edits), edits)
            what = f"merge of {len(edits.new):,} messages, {name}"
            yield compared(what, taken, ours, other, remarks=remark)


def check_rows(bench: Bench) -> Iterator[Row]:
    """The check of one large catalog."""
    texts = made_edits(500 if bench.quick else 5000, 0, 0, 0).old
    project = _project(bench, texts)
    catalog = project / "locale" / "es" / "LC_MESSAGES" / "guide.po"
    _write(catalog, texts, translate=True)
    command = outreach("--project", project, "check", "es")
    nothing = bench.folder / "none"
    ours = Way("outreach check", command, lambda: clean(bench, nothing), codes=(0, 1))
    again = Way("outreach check, again", command, codes=(0, 1))
    gettext = Way("msgfmt --check", ["msgfmt", "--check", "-o", "/dev/null", str(catalog)])
    report = bench.folder / "pofilter.po"
    try:
        tool = found(bench, POFILTER)
    except LookupError as error:
        reason, tool = str(error), POFILTER.program
    else:
        reason = ""
    words = [tool, "--progress=none", str(catalog), str(report)]
    pofilter = Way("pofilter", words, lambda: report.unlink(missing_ok=True))
    others = (gettext,) if reason else (gettext, pofilter)
    taken = race(bench, (ours, again, *others))
    if reason:
        taken[pofilter.name] = reason
    what = f"check of {len(texts):,} messages"
    yield compared(f"{what}, the first one", taken, ours, pofilter, CHECK)
    yield compared(f"{what}, when nothing changed", taken, again, pofilter, CHECK)
    yield compared(f"{what}, the first one", taken, ours, gettext, remarks="it looks at no text")


def _project(bench: Bench, texts: Sequence[str]) -> Path:
    """A project with one guide of these texts, and a catalog for it in Spanish."""
    project = emptied(bench.folder / "catalogs")
    guide = project / "content" / "en" / "guide.md"
    guide.parent.mkdir(parents=True)
    guide.write_text("# Guide\n\n" + "\n\n".join(texts) + "\n", "utf-8")
    catalog = project / catalog_path(load_config(project), SPANISH, "guide")
    catalog.parent.mkdir(parents=True)
    _write(catalog, ["Guide", *texts])
    return project


def _write(path: Path, texts: Sequence[str], *, translate: bool = False) -> None:
    """Write a catalog of these texts, with their translations if asked to."""
    fields = header_fields("Bench", team="Spanish", language="es")
    header = header_message([*fields, ("Plural-Forms", SPANISH.plural_forms)])
    messages = (Message(text, translated(text, SPANISH) if translate else "") for text in texts)
    path.write_text(format_catalog(header, messages), "utf-8")


def _found(path: Path, edits: Edits) -> tuple[int, int] | None:
    """How many matches of a catalog are right and wrong; None when it was not written."""
    catalog = load_catalog(path, path.name)
    if catalog is None:
        return None
    known = set(edits.old)
    olds = {translated(text, SPANISH): text for text in edits.old}
    matches = {
        message.msgid: olds.get(message.msgstr, "")
        for message in catalog.messages
        if message.msgid in edits.new and message.msgid not in known and message.msgstr
    }
    return score(edits, matches)


def _told(ours: tuple[int, int] | None, theirs: tuple[int, int] | None, edits: Edits) -> str:
    """The matches of two programs in words."""
    of = f"right matches of {len(edits.right)}: "
    parts = [f"{it[0]} ({it[1]} wrong)" if it else "none in time" for it in (ours, theirs)]
    return of + " / ".join(parts)
