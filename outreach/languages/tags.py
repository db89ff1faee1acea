"""Language tags as text: both spellings in, BCP 47 out. Knows no languages, only shapes."""

from __future__ import annotations

import re
from dataclasses import dataclass

_TAG = re.compile(
    r"(?P<language>[a-z]{2,3})"
    r"(?:-(?P<script>[a-z]{4}))?"
    r"(?:-(?P<region>[a-z]{2}|\d{3}))?"
    r"(?P<variants>(?:-(?:[a-z\d]{5,8}|\d[a-z\d]{3}))*)",
    re.ASCII | re.IGNORECASE,
)

_SCRIPT_OF_MODIFIER = {
    "arabic": "Arab",
    "cyrillic": "Cyrl",
    "devanagari": "Deva",
    "hebrew": "Hebr",
    "latin": "Latn",
}

# gettext's customary names say the country where they mean the script. A reader in the United
# States may come from anywhere, so the tag names what is on the page: the script.
_SCRIPT_OF_CHINESE = {
    "CN": "Hans",
    "MY": "Hans",
    "SG": "Hans",
    "HK": "Hant",
    "MO": "Hant",
    "TW": "Hant",
}


@dataclass(frozen=True, slots=True)
class Tag:
    """The parts of a language tag in their customary case; empty where the tag has none."""

    language: str
    script: str = ""
    region: str = ""
    variants: tuple[str, ...] = ()

    def __str__(self) -> str:
        parts = (self.language, self.script, self.region, *self.variants)
        return "-".join(part for part in parts if part)


def parse(text: str) -> Tag | None:
    """The parts of a tag in BCP 47's or gettext's spelling; None if it has another shape."""
    name, _, modifier = text.replace("_", "-").partition("@")
    name = name.partition(".")[0]  # gettext allows an encoding here: pt_BR.UTF-8
    script = _SCRIPT_OF_MODIFIER.get(modifier.lower(), "")
    variant = f"-{modifier}" if modifier and not script else ""
    match = _TAG.fullmatch(name + variant)
    if match is None or (script and match["script"]) or not match["variants"].endswith(variant):
        return None
    return _with_chinese_script(
        Tag(
            match["language"].lower(),
            script or (match["script"] or "").title(),
            (match["region"] or "").upper(),
            tuple(match["variants"].lower().split("-")[1:]),
        )
    )


def _with_chinese_script(tag: Tag) -> Tag:
    if tag.language != "zh" or tag.script or tag.region not in _SCRIPT_OF_CHINESE:
        return tag
    return Tag("zh", _SCRIPT_OF_CHINESE[tag.region], "", tag.variants)
