"""Rules on marks that have no effect, so that readers see them."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterator, Sequence

from outreach.checks.pair import Finding, Pair, around, differing

_RUN = re.compile(
    r"\\.|(`+)(?!`).*?(?<!`)\1(?!`)|<[^<>\s][^<>]*>|\]\([^()\s]*\)|(\*+|_+|~~+|＊+|＿+|～～+)",
    re.DOTALL,
)
_INNER = r"(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])"
_STRAY = re.compile(rf"[*~＊＿～]|{_INNER}")
"""Marks that readers see, but not those of `snake_case`."""
_KINDS = str.maketrans("＊＿～", "*_~")
_MAX_RUNS = 40
_MAX_CUT = 5
_MAX_TEXT = 5_000
"""Signs of a text for which a better one is looked for."""
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
            f"readers see the marks of `{piece}`, because they have no effect there; write "
            f"`{better}`",
            "warning",
        )
        return
    stray = _STRAY.search(pair.new.stray)
    piece = around(pair.new.stray, stray.start() if stray else 0)
    yield Finding(
        f"readers see the marks in `{piece}`, because they have no effect there; write them "
        "in pairs, directly beside the first and the last letter of the words",
        "warning",
    )


def code_mark(pair: Pair) -> Iterator[Finding]:
    """A backtick without its partner."""
    old, new = pair.old.stray, pair.new.stray
    if new.count("`") > old.count("`"):
        yield Finding(
            f"readers see a backtick: {around(new, new.index('`'))}; write one before and one "
            "after each piece of code",
            "warning",
        )


def _has_stray(pair: Pair) -> bool:
    """Whether readers see marks that the source has not, or that have an effect there."""
    old, new = pair.old, pair.new
    if new.stray.count("*") > old.stray.count("*") and (old.marked or "**" in new.stray):
        return True
    return new.marked < old.marked and _seen(new.stray) > _seen(old.stray)


def _mended(pair: Pair) -> tuple[str, str] | None:
    """A piece of the translation, and how to write it so that it has the effect of its marks."""
    text = pair.msgstr
    if len(text) > _MAX_TEXT:
        return None
    runs = [run for run in _RUN.finditer(text) if run[2] and _STRAY.search(text, *_wide(run))]
    runs = runs[:_MAX_RUNS]
    for first, last in _pairs(runs):
        piece = text[first.start() : last.end()]
        beside = text[: first.start()][-1:], text[last.end() :][:1]
        for better in _rewritten(piece, first[2], last[2], beside, pair):
            if better != piece and _helps(
                pair, text[: first.start()] + better + text[last.end() :]
            ):
                return differing(piece, better.strip())
    return None


def _pairs(runs: Sequence[re.Match[str]]) -> Iterator[tuple[re.Match[str], re.Match[str]]]:
    """Runs of marks that may belong together, likely ones first."""
    alike: dict[str, list[re.Match[str]]] = {}
    for run in runs:
        alike.setdefault(run[2], []).append(run)
    for group in alike.values():
        yield from zip(group[::2], group[1::2], strict=False)
    for first, last in itertools.pairwise(runs):
        if first[2].translate(_KINDS)[0] == last[2].translate(_KINDS)[0]:
            yield first, last


def _rewritten(
    piece: str, first: str, last: str, beside: tuple[str, str], pair: Pair
) -> Iterator[str]:
    """Ways to write marked words that may have an effect where the piece has none."""
    inner = piece[len(first) : len(piece) - len(last)]
    core = inner.strip()
    if not core or len(core) > 1_000:
        return
    spaced = pair.language.script not in _UNSPACED
    before = " " if spaced and inner[0].isspace() and beside[0].isalnum() else ""
    after = " " if spaced and inner[-1].isspace() and beside[1].isalnum() else ""
    for mark in _marks(first, last, strong=pair.new.strong < pair.old.strong):
        yield f"{before}{mark}{core}{mark}{after}"
        for start, end in _cuts(core):
            yield f"{core[:start]}{mark}{core[start:end]}{mark}{core[end:]}"
        yield f" {mark}{core}{mark} "


def _marks(first: str, last: str, *, strong: bool) -> list[str]:
    """The marks that two runs may be meant to be, likely ones first."""
    if first.translate(_KINDS)[0] == "~":
        return ["~~"]
    lengths = {min(3, len(first)), min(3, len(last))}
    return ["*" * length for length in sorted(lengths, reverse=strong)]


def _cuts(core: str) -> list[tuple[int, int]]:
    """What the marks may stand around, so that punctuation stands outside; little of it first."""
    starts = itertools.takewhile(lambda at: _is_outside(core[:at]), range(_MAX_CUT))
    ends = itertools.takewhile(lambda at: _is_outside(core[len(core) - at :]), range(_MAX_CUT))
    cuts = [
        (start, len(core) - end)
        for start, end in itertools.product(starts, list(ends))
        if 0 < start + end < len(core)
    ]
    return sorted(cuts, key=lambda cut: (_is_torn(core[slice(*cut)]), cut[0] - cut[1]))


def _is_torn(text: str) -> bool:
    """Whether a text has one bracket or quotation mark of two."""
    categories = [unicodedata.category(char) for char in text]
    return categories.count("Ps") != categories.count("Pe") or categories.count(
        "Pi"
    ) != categories.count("Pf")


def _is_outside(text: str) -> bool:
    """Whether signs may stand outside of the marks as well as inside."""
    return all(
        unicodedata.category(char)[0] in "PSZ" and char not in "`[]()<>\\&!*_~" for char in text
    )


def _wide(run: re.Match[str]) -> tuple[int, int]:
    """A run with the signs beside it."""
    return max(0, run.start() - 1), run.end() + 1


def _helps(pair: Pair, text: str) -> bool:
    """Whether readers of the text see fewer marks, and no less emphasis."""
    shape = pair.shape(text)
    return _seen(shape.stray) < _seen(pair.new.stray) and shape.marked > pair.new.marked


def _seen(text: str) -> int:
    return len(_STRAY.findall(text))
