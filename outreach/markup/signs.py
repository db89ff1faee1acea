"""Which rules of the parser can match where a sign stands, so that only these are asked.

markdown-it asks every rule at every line, and at every sign of a text; nearly all of them look at
one character and say no. That took half of the time of a parse. A rule that is not named here, as
of a new plugin, is always asked.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.ruler import Rule, Ruler

_BLOCKS = {
    "container_part": ":",
    "fence": "`~",
    "blockquote": ">",
    "hr": "*-_",
    "list": "*+-0123456789",
    "footnote_def": "[",
    "reference": "[",
    "html_block": "<",
    "heading": "#",
}
"""The signs with which a line begins, behind white space, for each of these rules to match."""
_INLINES = {
    "newline": "\n",
    "escape": "\\",
    "backticks": "`",
    "strikethrough": "~",
    "emphasis": "*_",
    "link": "[",
    "image": "!",
    "footnote_inline": "^",
    "footnote_ref": "[",
    "autolink": "<",
    "html_inline": "<",
    "entity": "&",
}
"""The same for the rules inside of a text, but `text` itself."""
_SIGNS = re.compile(f"[{re.escape(''.join(_INLINES.values()))}]")

_Asked = Callable[..., bool]
"""A rule as markdown-it calls it; the last argument is whether it only tells if it would match."""
_Table = tuple[Mapping[str, tuple[_Asked, ...]], tuple[_Asked, ...]]


def ask_by_sign(markdown: MarkdownIt) -> None:
    """Let a parser ask by signs, once all of its rules are there."""
    markdown.block.ruler = _Rules(markdown.block.ruler, _BLOCKS, _at_line)
    markdown.inline.ruler = _Rules(markdown.inline.ruler, _INLINES, _at_sign)


def is_plain(text: str) -> bool:
    """Whether there is no sign in an inline text that could be markup."""
    return _SIGNS.search(text) is None


class _Rules(Ruler[Any]):
    """The rules of a parser, each chain of them as one that asks the others by signs."""

    def __init__(
        self, rules: Ruler[Any], signs: Mapping[str, str], ask: Callable[[_Table], _Asked]
    ) -> None:
        super().__init__()
        self.__rules__ = rules.__rules__
        self._signs, self._ask = signs, ask
        self._chains: dict[str, list[_Asked]] = {}

    def getRules(self, chainName: str = "") -> list[_Asked]:  # noqa: N802, N803  as the library has it
        if chainName not in self._chains:
            rules = [
                rule
                for rule in self.__rules__
                if rule.enabled and (not chainName or chainName in rule.alt)
            ]
            self._chains[chainName] = [self._ask(_by_sign(rules, self._signs))] if rules else []
        return self._chains[chainName]


def _by_sign(rules: Iterable[Rule[Any]], signs: Mapping[str, str]) -> _Table:
    """The rules to ask at each sign, and those to ask at any other, in their order."""
    rules = list(rules)
    table = {
        sign: tuple(rule.fn for rule in rules if sign in signs.get(rule.name, sign))
        for sign in set().union(*signs.values())
    }
    return table, tuple(rule.fn for rule in rules if rule.name not in signs)


def _at_line(rules: _Table) -> _Asked:
    table, others = rules

    def ask(state: Any, start: int, end: int, silent: bool) -> bool:  # noqa: ANN401, FBT001
        at = state.bMarks[start] + state.tShift[start]
        for rule in table.get(state.src[at : at + 1], others):
            if rule(state, start, end, silent):
                return True
        return False

    return ask


def _at_sign(rules: _Table) -> _Asked:
    table, others = rules

    def ask(state: Any, silent: bool) -> bool:  # noqa: ANN401, FBT001
        for rule in table.get(state.src[state.pos], others):  # noqa: SIM110  `any` takes longer
            if rule(state, silent):
                return True
        return False

    return ask
