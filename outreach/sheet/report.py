"""What those who do not read a language can trust of its sheets: a line for each language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from outreach.model import Language, Variant
from outreach.report import number_of

_NAMED = 6
"""Families that are named; a sheet that shows many languages has more."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Drawn:
    """What was found in a sheet when it was drawn. What is wrong with it is told in plain words."""

    pages: int
    letters: tuple[str, ...] = ()
    """Letters that nobody can read: without a font, or in one of another language."""
    overflow: tuple[str, ...] = ()
    """What is outside of its place, cut off, or covers other text."""
    small: tuple[str, ...] = ()
    """What is printed too small."""
    warnings: tuple[str, ...] = ()
    """What is missing and does not change the text: pictures, styles, ends of links; lonely lines,
    coarse pictures."""
    fonts: tuple[str, ...] = ()
    """The families that were used."""
    smallest: float = 0.0
    """The least size of letters and digits in points."""
    machine: tuple[str, ...] = ()
    """What is wrong with the machine it was drawn on, whatever is drawn."""

    @property
    def errors(self) -> tuple[str, ...]:
        """Why the sheet must not be handed out."""
        return (*self.letters, *self.overflow, *self.small)

    @property
    def problems(self) -> tuple[str, ...]:
        """Everything; empty for a sheet that may be handed out."""
        return (*self.errors, *self.warnings)


@dataclass(frozen=True, slots=True)
class Sheet:
    """What was found when a sheet was drawn."""

    language: Language
    variant: Variant
    pages: int
    fonts: tuple[str, ...]
    """Families that were used."""
    smallest: float
    """The least size of letters and digits in points; 0 when there are none."""
    letters: int = 0
    """How often letters have no font, or one of another language."""
    overflow: int = 0
    """Texts and pictures that are outside of their place, cut off, or cover others."""
    small: int = 0
    """Texts that are too small."""
    long: bool = False
    """Whether it has more pages than the guide promises."""


def sheet_lines(sheets: Iterable[Sheet], refused: Iterable[Language] = ()) -> Iterator[str]:
    """Yield a line for each language with sheets, in their order, then for those without.

    `refused` are the languages in which nothing was published, whether sheets were drawn or not.
    """
    refused = list(refused)
    unpublished = {language.tag for language in refused}
    by_language: dict[str, list[Sheet]] = {}
    for sheet in sheets:
        by_language.setdefault(sheet.language.tag, []).append(sheet)
    for tag, ours in by_language.items():
        findings = _findings(ours, published=tag not in unpublished)
        yield f"{_name(ours[0].language)}: {_counted(ours)}; {findings}"
    for language in refused:
        if language.tag not in by_language:
            yield f"{_name(language)}: no new sheets, because of the errors above"


def _name(language: Language) -> str:
    return f"{language.english_name} ({language.tag})"


def _counted(sheets: Sequence[Sheet]) -> str:
    pages = sum(sheet.pages for sheet in sheets)
    families = sorted({family for sheet in sheets for family in sheet.fonts})
    more = [f"{len(families) - _NAMED} more"] if len(families) > _NAMED else []
    names = ", ".join((*families[:_NAMED], *more)) or "none"
    return f"{number_of(len(sheets), 'sheet')}, {number_of(pages, 'page')}; fonts {names}"


def _findings(sheets: Sequence[Sheet], *, published: bool) -> str:
    kinds = {
        "letters without a font of the language": _having(sheets, "letters"),
        "something outside of its place": _having(sheets, "overflow"),
        "letters too small": _having(sheets, "small"),
        "more pages than promised": _having(sheets, "long"),
    }
    told = [f"{kind} in {number_of(count, 'sheet')}" for kind, count in kinds.items() if count]
    told.append("every letter drawn, nothing overflows" if published else "none was published")
    return "; ".join((", ".join(told), *_sizes(sheets)))


def _having(sheets: Iterable[Sheet], kind: str) -> int:
    return sum(bool(getattr(sheet, kind)) for sheet in sheets)


def _sizes(sheets: Iterable[Sheet]) -> Iterator[str]:
    """Yield the smallest sizes, those of large print by themselves."""
    sizes: dict[bool, list[float]] = {}
    for sheet in sheets:
        if sheet.smallest:
            sizes.setdefault(sheet.variant == "large-print", []).append(sheet.smallest)
    told = [
        f"{_points(min(found))} pt{' in large print' if large else ''}"
        for large, found in sorted(sizes.items())
    ]
    if told:
        yield f"smallest text {', '.join(told)}"


def _points(size: float) -> str:
    return f"{size:.1f}".removesuffix(".0")
