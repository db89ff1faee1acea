"""How much an SVG picture draws: a few lines of it can ask for millions of things."""

from __future__ import annotations

import re
from collections.abc import Mapping
from xml.etree import ElementTree as ET

MOST = 50_000
"""Elements that a picture may draw, as often as they are used. A map of the world has fewer."""

_TOO_MUCH = "it draws too much"
_HREFS = ("href", "{http://www.w3.org/1999/xlink}href")
_REFERENCE = re.compile(r"url\(\s*['\"]?#([^)'\"\s]+)")


def refusal(data: bytes) -> str:
    """Return why a file cannot be drawn, if it is XML; empty where nothing is against it.

    It draws too much with more than `MOST` elements, counted as often as they are used, or when it
    uses itself, or is nested too deep.
    """
    try:
        root = ET.fromstring(data)  # noqa: S314  (Python's expat refuses entities that explode)
        if root.tag.rpartition("}")[2] != "svg":
            return "it is no picture"
        by_id = {name: element for element in root.iter() if (name := element.get("id"))}
        if any(element.get("spreadMethod", "pad") != "pad" for element in root.iter()):
            return "it repeats a gradient"  # WeasyPrint would do that without end, if it is small
        return _TOO_MUCH if _cost(root, by_id, {}) > MOST else _wants(root)
    except ET.ParseError:
        return ""  # a picture of dots, or one that WeasyPrint says what is wrong with
    except RecursionError:
        return _TOO_MUCH


def _wants(root: ET.Element) -> str:
    """Tell when a picture uses what is not in it, and so would be drawn in part."""
    uses = (element for element in root.iter() if element.tag.rpartition("}")[2] == "use")
    links = (element.get(name, "#").strip() for element in uses for name in _HREFS)
    return next((f"it uses “{link[:60]}”, another file" for link in links if link[:1] != "#"), "")


def _cost(
    element: ET.Element, by_id: Mapping[str, ET.Element], known: dict[ET.Element, int]
) -> int:
    """Count the elements that one draws; raises `RecursionError` where it uses itself."""
    if element not in known:
        used = [by_id[name] for name in _references(element) if name in by_id]
        known[element] = 1 + sum(_cost(item, by_id, known) for item in (*element, *used))
    return known[element]


def _references(element: ET.Element) -> list[str]:
    links = [element.get(name, "").strip() for name in _HREFS]
    return [
        *(link[1:] for link in links if link.startswith("#")),
        *(name for value in element.attrib.values() for name in _REFERENCE.findall(value)),
    ]
