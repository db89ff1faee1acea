"""Pictures of lines: what one would run or load, and how much it draws.

A few lines of SVG can ask for millions of things, and a browser that opens the file itself runs the
scripts in it.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from xml.parsers import expat

from outreach.markup.safety import is_safe
from outreach.pictures.flaw import Flaw

MOST = 50_000
"""Units of work that a picture may take. A unit is a rectangle; a map of the world has fewer."""
DEEPEST = 100
"""How deep a picture may be nested. What programs save is seldom nested deeper than 20."""

_SVG = "http://www.w3.org/2000/svg"
_HTML = "http://www.w3.org/1999/xhtml"
_XLINK = "http://www.w3.org/1999/xlink"
_ADDRESSES = ("href", f"{_XLINK} href", "src")
_REFERENCE = re.compile(r"url\(\s*['\"]?#([^)'\"\s]+)", re.IGNORECASE)
_LOADS = re.compile(
    r"url\(\s*+(?:['\"]\s*+)?(?![#'\")\s]|data:(?:font/|application/(?:x-)?font|image/(?!svg)))"
    r"|@import|image-set\(",
    re.IGNORECASE,
)
_HIDDEN = re.compile(r"\\[0-9a-fA-F]")
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_PICTURE_IN_IT = re.compile(r"data:image/(?:png|jpe?g|gif|webp)[;,]", re.IGNORECASE)
_RUNS = frozenset(("script", "handler", "listener", "foreignObject", "iframe", "object", "embed"))
_CHANGES = frozenset(("animate", "set", "animateTransform", "animateMotion"))

_LETTERS = re.compile("[achlmqstvz]", re.IGNORECASE)
_PER_PATH, _PER_RUN = 40, 3e7
"""Signs of a path that take as long as a rectangle; and of numbers without a letter between them,
whose time grows with their square."""
_COSTS = {"text": 10, "use": 3, "style": 0, "defs": 0, "metadata": 0, "title": 0, "desc": 0}
_PER_SEARCH, _PER_MATCH = 500, 10_000
"""Elements that are looked through for an id, or compared with a selector, in that time."""
_USUAL = 10
"""How deep elements are nested, with which they are compared."""
_LOOKS_AROUND = re.compile(r"[~+]|:(?:nth|has|not|is|where|first|last|only)", re.IGNORECASE)

_TOO_MUCH = Flaw("it draws too much; make it simpler", "undrawn")
_START = re.compile(rb"\s*<(?:[?!A-Za-z_])")


@dataclass(slots=True, eq=False)
class Element:
    """An element of a picture. Two of them are never the same, however alike they are."""

    tag: str
    attributes: Mapping[str, str]
    line: int
    space: str = _SVG
    children: list[Element] = field(default_factory=list)
    text: list[str] = field(default_factory=list)


def is_xml(data: bytes) -> bool:
    """Whether a file begins as XML does, in an encoding that a picture may have."""
    start = data[:200].removeprefix(b"\xef\xbb\xbf")
    return bool(_START.match(start)) or start.startswith((b"\xff\xfe<\0", b"\xfe\xff\0<"))


def flaws(data: bytes) -> Iterator[Flaw]:
    """Yield what is wrong with a picture in XML."""
    reader = _Reader()
    wrong = reader.read(data)
    yield from reader.flaws
    elements = reader.elements
    if wrong:
        yield from [wrong] * (wrong.kind == "unsafe" or not reader.flaws)
    elif elements[0].tag != "svg":
        yield Flaw("it is no picture; save it as SVG", "damaged")
    elif len(elements) > MOST or reader.deepest > DEEPEST:
        yield _TOO_MUCH
    else:
        yield from _looked_through(elements)


class _Reader:
    """Reads the elements of a picture, and notes what should not be in one."""

    def __init__(self) -> None:
        self.elements: list[Element] = []
        """All of them in their order, but no more than is needed to tell that they are too many."""
        self.flaws: list[Flaw] = []
        self.deepest = 0
        self._open: list[Element] = []
        self._parser = parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        parser.CharacterDataHandler, parser.EntityDeclHandler = self._text, self._entity
        parser.ProcessingInstructionHandler = self._instruction

    def read(self, data: bytes) -> Flaw | None:
        """Read a file; returns why it cannot be read."""
        try:
            self._parser.Parse(data, True)  # noqa: FBT003  (it takes no names)
        except expat.ExpatError as error:
            if "amplification" in str(error):
                return Flaw("its entities grow without measure; save it again", "unsafe")
            text = f"it is no picture: {expat.ErrorString(error.code)}; save it again"
            return Flaw(text, "damaged", error.lineno)
        except (ValueError, LookupError) as error:  # of an encoding that there is not
            return Flaw(f"it is no picture: {error}; save it as UTF-8", "damaged")
        return None

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        space, _, tag = name.rpartition(" ")
        element = Element(tag, attributes, self._parser.CurrentLineNumber, space)
        self.flaws += _unsafe(element)
        if len(self.elements) <= MOST:
            self.elements.append(element)
            if self._open:
                self._open[-1].children.append(element)
        self._open.append(element)
        self.deepest = max(self.deepest, len(self._open))

    def _end(self, _name: str) -> None:
        element = self._open.pop()
        if element.tag == "style":
            self.flaws += _loading("".join(element.text), element.line)

    def _text(self, words: str) -> None:
        self._open[-1].text.append(words)

    def _entity(self, name: str, _is_parameter: int, value: str | None, *_more: str | None) -> None:
        if value is None:
            self._note(f"its entity `{name[:40]}` names another file; take it out")
        elif "&" in value:
            self._note(f"its entity `{name[:40]}` is made of others; save it without entities")

    def _instruction(self, target: str, _data: str) -> None:
        if target.lower() == "xml-stylesheet":
            self._note("it loads a style sheet; take `<?xml-stylesheet …?>` out")

    def _note(self, text: str) -> None:
        self.flaws.append(Flaw(text, "unsafe", self._parser.CurrentLineNumber))


def _looked_through(elements: Sequence[Element]) -> Iterator[Flaw]:
    """What is wrong with the elements of a picture, of which the first holds the others."""
    if not _has_size(elements[0]):
        yield Flaw("its width, height or viewBox is no number; save it again", "damaged")
    if any(element.attributes.get("spreadMethod", "pad") != "pad" for element in elements):
        # WeasyPrint would do that without end, if it is small.
        yield Flaw("it repeats a gradient; draw it without", "undrawn")
    yield from _other_files(elements)
    if cost(elements) > MOST:
        yield _TOO_MUCH


def _unsafe(element: Element) -> Iterator[Flaw]:
    """What an element would run or load."""
    line, attributes = element.line, element.attributes
    if element.tag in _RUNS or element.space == _HTML:
        what = "HTML" if element.space == _HTML else f"`<{element.tag}>`"
        yield Flaw(
            f"it holds {what}, which may run in readers' browsers; take it out", "unsafe", line
        )
    for name in attributes:
        if re.match(r"on[a-z]", name.rpartition(" ")[2], re.IGNORECASE):
            text = f"its attribute `{name[:40]}` would run in readers' browsers; take it out"
            yield Flaw(text, "unsafe", line)
    for address in _addresses(element):
        if not _is_inside(element, address):
            text = f"it leads to “{_short(address)}”; a picture needs nothing from elsewhere"
            yield Flaw(f"{text}, so take the address out", "unsafe", line)
    yield from _loading(" ".join(value for value in attributes.values() if "(" in value), line)


def _loading(style: str, line: int) -> Iterator[Flaw]:
    """Tell when a style loads something, or hides its letters behind numbers."""
    bare = _COMMENT.sub(" ", style)
    if _LOADS.search(bare) or (bare and _HIDDEN.search(bare)):
        yield Flaw("its style loads something; take `url(…)` and `@import` out", "unsafe", line)


def _addresses(element: Element) -> Iterator[str]:
    for name, value in element.attributes.items():
        changes = element.tag in _CHANGES and name in ("to", "from", "by", "values")
        changed = element.attributes.get("attributeName", "").rpartition(":")[2]
        if name in _ADDRESSES or (changes and changed in ("href", "src")):
            yield value.strip()


def _is_inside(element: Element, address: str) -> bool:
    """Whether an address leads to the picture itself, or is a link that a reader may follow."""
    if address.startswith("#") or not address or _PICTURE_IN_IT.match(address):
        return True
    if element.tag == "a":
        return is_safe(address)
    return not re.match(r"[^/?#]*:|[/\\]{2}", address)  # a file beside it, which nobody sees


def _other_files(elements: Sequence[Element]) -> Iterator[Flaw]:
    """Tell when a picture shows what is not drawn with it: it would be drawn in part."""
    for element in elements:
        if element.tag not in ("use", "image", "feImage", "textPath", "pattern", "tref"):
            continue
        for address in _addresses(element):
            if _PICTURE_IN_IT.match(address):
                text = "it holds a picture of dots; put that into the guide by itself"
                yield Flaw(text, "undrawn", element.line)
            elif address[:1] not in ("#", ""):
                text = f"it uses “{_short(address)}”, another file; put everything into one"
                yield Flaw(text, "undrawn", element.line)


def _short(address: str) -> str:
    return address if len(address) <= 60 else f"{address[:60]}…"


def _has_size(root: Element) -> bool:
    """Whether the numbers that say how large a picture is are numbers, as far as there are any."""
    sizes = [root.attributes.get(name, "1") for name in ("width", "height")]
    numbers = [re.sub(r"(?<=[\d.])\s*(?:%|[A-Za-z]{1,3})\s*$", "", size) for size in sizes]
    box = re.split(r"[\s,]+", root.attributes.get("viewBox", "0 0 1 1").strip())
    try:
        found = [float(number) for number in (*numbers, *box) if number != "auto"]
    except ValueError:
        return False
    return len(box) == 4 and all(map(math.isfinite, found))


def cost(elements: Sequence[Element]) -> float:
    """How much work a picture is, with what it uses as often as it uses it.

    Infinite for one that uses itself, or in which uses are nested too deep.
    """
    by_id = {name: item for item in reversed(elements) if (name := item.attributes.get("id"))}
    names = {name for item in elements for name in references(item.attributes)}
    try:
        drawn = _cost(elements[0], by_id, {}, 0)
    except RecursionError:
        return math.inf
    return drawn + len(names) * len(elements) / _PER_SEARCH + _matching(elements) / _PER_MATCH


def _cost(
    element: Element, by_id: Mapping[str, Element], known: dict[Element, float], level: int
) -> float:
    """Count what one draws; raises `RecursionError` where it uses itself."""
    if element not in known:
        if level > 2 * DEEPEST:
            raise RecursionError
        used = [by_id[name] for name in references(element.attributes) if name in by_id]
        parts = (_cost(item, by_id, known, level + 1) for item in (*element.children, *used))
        known[element] = weight(element.tag, element.attributes, element.text) + sum(parts)
    return known[element]


def weight(tag: str, attributes: Mapping[str, str], text: Iterable[str] = ()) -> float:
    """How much work an element is without those in it: letters are drawn one by one."""
    shape = attributes.get("d" if tag == "path" else "points", "")
    runs = sum(len(run) ** 2 for run in _LETTERS.split(shape) if len(run) > 1000)
    letters = sum(map(len, text)) if tag in ("text", "tspan", "textPath", "a") else 0
    return _COSTS.get(tag, 1) + len(shape) / _PER_PATH + runs / _PER_RUN + letters


def references(attributes: Mapping[str, str]) -> Iterator[str]:
    """Yield the ids that the attributes of an element name."""
    for name, value in attributes.items():
        if name in _ADDRESSES and value.startswith("#"):
            yield value[1:]
        elif "(" in value:
            yield from _REFERENCE.findall(value)


def _matching(elements: Sequence[Element]) -> float:
    """How often it is asked whether an element is one that a style is for."""
    style = "".join(words for item in elements if item.tag == "style" for words in item.text)
    rules = (part.rpartition("}")[2] for part in _COMMENT.sub(" ", style).split("{")[:-1])
    selectors = (selector.strip() for rule in rules for selector in rule.split(","))
    return sum(_asked(selector, len(elements)) for selector in selectors)


def _asked(selector: str, elements: int) -> float:
    above = len(re.findall(r"[\s>+~]+", selector))
    beside = elements if _LOOKS_AROUND.search(selector) else 1
    return elements * beside * float(_USUAL ** min(above, 50))
