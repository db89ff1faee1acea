"""Rules on marks that have no effect, so that readers see them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from outreach.checks.pair import Finding, Pair, shown

_MARKS = "*_~＊＿～"
_RUN = re.compile(
    r"\\.|(`+)(?!`).*?(?<!`)\1(?!`)|<[^<>\s][^<>]*>|\]\([^()\s]*\)|(\*+|_+|~~+|＊+|＿+|～～+)",
    re.DOTALL,
)
_KINDS = str.maketrans("＊＿～", "*_~")
_MAX_RUNS = 40
_UNSPACED = frozenset(("Hans", "Hant", "Jpan", "Thai", "Khmr", "Laoo", "Mymr", "Tibt"))
"""Scripts that put no spaces between words."""


def emphasis_mark(pair: Pair) -> Iterator[Finding]:
    """Marks of emphasis that have no effect."""
    if not _has_stray(pair):
        return
    found = _mended(pair)
    if found:
        piece, better = found
        yield Finding(
            f"readers see the marks of `{shown(piece)}`, because they have no effect there; write "
            f"`{shown(better)}`",
            "warning",
        )
        return
    stray = re.search(rf"[{_MARKS}]+", pair.new.stray)
    place = stray.start() if stray else 0
    piece = pair.new.stray[max(0, place - 10) : place + 12]
    yield Finding(
        f"readers see the marks in `{shown(piece)}`, because they have no effect there; write them "
        "in pairs, directly beside the first and the last letter of the words",
        "warning",
    )


def code_mark(pair: Pair) -> Iterator[Finding]:
    """A backtick without its partner."""
    old, new = pair.old.stray, pair.new.stray
    if new.count("`") > old.count("`"):
        place = new.index("`")
        piece = new[max(0, place - 10) : place + 12]
        yield Finding(
            f"readers see a backtick (U+0060): {shown(piece)}; write one before and one after each "
            "piece of code",
            "warning",
        )


def _has_stray(pair: Pair) -> bool:
    """Whether readers see marks that the source has not, or that have an effect there."""
    old, new = pair.old, pair.new
    if new.stray.count("*") > old.stray.count("*") and (old.marked or "**" in new.stray):
        return True
    return new.marked < old.marked and any(
        new.stray.count(mark) > old.stray.count(mark) for mark in _MARKS
    )


def _mended(pair: Pair) -> tuple[str, str] | None:
    """A piece of the translation, and how to write it so that it has the effect of its marks."""
    text = pair.msgstr
    runs = [match for match in _RUN.finditer(text) if match[2]][:_MAX_RUNS]
    for first, last in _pairs(runs):
        piece = text[first.start() : last.end()]
        around = text[: first.start()][-1:], text[last.end() :][:1]
        for better in _rewritten(piece, first[2], last[2], around, pair):
            if better != piece and _helps(
                pair, text[: first.start()] + better + text[last.end() :]
            ):
                return piece, better.strip()
    return None


def _pairs(runs: Sequence[re.Match[str]]) -> Iterator[tuple[re.Match[str], re.Match[str]]]:
    """Runs of marks that may belong together, likely ones first."""
    alike: dict[str, list[re.Match[str]]] = {}
    for run in runs:
        alike.setdefault(run[2], []).append(run)
    for group in alike.values():
        yield from zip(group[::2], group[1::2], strict=False)
    for first, last in zip(runs, runs[1:], strict=False):
        if first[2].translate(_KINDS)[0] == last[2].translate(_KINDS)[0]:
            yield first, last


def _rewritten(
    piece: str, first: str, last: str, around: tuple[str, str], pair: Pair
) -> Iterator[str]:
    """Ways to write marked words that may have an effect where the piece has none."""
    inner = piece[len(first) : len(piece) - len(last)]
    core = inner.strip()
    if not core or len(core) > 1_000:
        return
    mark = "~~" if first.translate(_KINDS)[0] == "~" else "*" * min(3, max(len(first), len(last)))
    spaced = pair.language.script not in _UNSPACED
    before = " " if spaced and inner[0].isspace() and around[0].isalnum() else ""
    after = " " if spaced and inner[-1].isspace() and around[1].isalnum() else ""
    yield f"{before}{mark}{core}{mark}{after}"
    start, end = 0, len(core)
    while start < end and _is_outside(core[start]):
        start += 1
    while end > start and _is_outside(core[end - 1]):
        end -= 1
    if start < end:
        yield f"{core[:start]}{mark}{core[start:end]}{mark}{core[end:]}"
        yield f"{core[:start]}{mark}{core[start:]}{mark}"
        yield f"{mark}{core[:end]}{mark}{core[end:]}"
    yield f" {mark}{core}{mark} "


def _is_outside(char: str) -> bool:
    """Whether a sign may stand outside of the marks as well as inside."""
    return unicodedata.category(char)[0] in "PSZ" and char not in "`[]()<>\\&!*_~"


def _helps(pair: Pair, text: str) -> bool:
    """Whether readers of the text see fewer marks, and no less emphasis."""
    shape = pair.shape(text)
    return _seen(shape.stray) < _seen(pair.new.stray) and shape.marked > pair.new.marked


def _seen(text: str) -> int:
    return sum(text.count(mark) for mark in _MARKS)
