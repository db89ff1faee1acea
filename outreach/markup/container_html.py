"""Containers as elements: callouts, cards to cut out, lines to write on, steps, modules."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from markdown_it.token import Token

from outreach.markup.containers import (
    CALLOUTS,
    CLOSE,
    OPEN,
    container_name,
    line_count,
    module_name,
)
from outreach.markup.html import is_comment

_CARDS_CLOSE = "cards_close"

Label = Callable[[str], str]


def dressed(tokens: Sequence[Token], label: Label) -> list[Token]:
    """The tokens of blocks with what containers add to them.

    Titles of callouts are the writer's, or the label of their kind. Cards that stand together share
    one element, so that they share their cut lines. `steps` is no element, but a class of the lists
    in it.
    """
    made: list[Token] = []
    stack: list[Token] = []
    for number, token in enumerate(tokens):
        if token.type == OPEN:
            stack.append(token)
            _open(made, token, label)
        elif token.type == CLOSE:
            made += _closing(stack.pop(), token)
        else:
            if token.type == "alert_title_open":
                title = tokens[number + 1]
                title.content, title.meta = label(title.content), {"plain": True}
            elif token.type == "ordered_list_open" and _is_child_of_steps(token, stack):
                token.attrJoin("class", "steps")
            made.append(token)
    return made


def _is_child_of_steps(token: Token, stack: Sequence[Token]) -> bool:
    parent = stack[-1] if stack else None
    if parent is None or container_name(parent.info) != "steps":
        return False
    return token.level == parent.level + 1


def _open(made: list[Token], token: Token, label: Label) -> None:
    """Add what a container begins with."""
    name = container_name(token.info)
    if name == "steps":
        return
    if name == "card" and not _joins(made):
        made.append(_element("cards_open", "div", 1, "cards"))
    token.attrSet("class", f"callout {name}" if name in CALLOUTS else name)
    if name == "module" and module_name(token.info):
        token.attrSet("data-module", module_name(token.info))
    made.append(token)
    if name in CALLOUTS:
        made += _title(token, "callout-title", label(name.capitalize()))
    elif token.meta.get("title"):
        made += _title(token, "card-title", "")


def _joins(made: list[Token]) -> bool:
    """Whether nothing that readers see stands between a card and one before; then take it in."""
    for number in reversed(range(len(made))):
        if made[number].type == _CARDS_CLOSE:
            del made[number]
            return True
        if made[number].type != "html_block" or not is_comment(made[number].content):
            return False
    return False


def _closing(opening: Token, token: Token) -> Iterator[Token]:
    """Yield what a container ends with."""
    name = container_name(opening.info)
    if name == "lines":
        yield from _ruled(line_count(opening.info))
    if name != "steps":
        yield token
    if name == "card":
        yield _element(_CARDS_CLOSE, "div", -1)


def _ruled(count: int) -> Iterator[Token]:
    """Lines to write on, which say nothing to those who listen."""
    opening = _element("ruled_open", "div", 1, "ruled")
    opening.attrSet("aria-hidden", "true")
    yield opening
    for _ in range(count):
        yield _element("rule_open", "div", 1)
        yield _element("rule_close", "div", -1)
    yield _element("ruled_close", "div", -1)


def _title(token: Token, name: str, label: str) -> Iterator[Token]:
    opening = _element("paragraph_open", "p", 1, name)
    own = token.meta.get("title")
    if own and token.meta.get("translated") is False:
        opening.meta = {"kept": True}
    yield opening
    yield Token(
        "inline",
        "",
        0,
        content=own or label,
        meta={"plain": not own},
        children=[],
        level=token.level + 2,
        block=True,
    )
    yield _element("paragraph_close", "p", -1)


def _element(kind: str, tag: str, nesting: int, name: str = "") -> Token:
    attrs: dict[str, str | int | float] = {"class": name} if name else {}
    return Token(kind, tag, nesting, attrs=attrs, block=True)  # type: ignore[arg-type]
