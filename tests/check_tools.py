"""What the rules on messages say of a translation, in few words."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from outreach.checks import RULES, Context, check_message
from outreach.languages import find
from outreach.model import Message

MARKUP = tuple(
    rule.id
    for rule in RULES
    if rule.find.__module__.rpartition(".")[2] in ("links", "marks", "markup", "tags")
)
"""The rules on markup; the texts with which these are tried break others."""


def said(  # noqa: PLR0913  each says one thing of a message
    msgid: str,
    msgstr: str,
    tag: str = "es",
    *,
    rules: Collection[str] = (),
    kinds: Collection[str] = ("paragraph",),
    references: Mapping[str, Any] | None = None,
    footnotes: frozenset[str] = frozenset(),
    comments: tuple[str, ...] = (),
) -> list[str]:
    """Each problem as `severity rule: text`; with `rules`, of these rules alone."""
    context = Context(find(tag), find("en"), references or {}, footnotes)
    message = Message(msgid, msgstr, comments=comments, line=7)
    return [
        f"{problem.severity} {problem.rule}: {problem.text}"
        for problem in check_message(message, kinds, context, "g.po")
        if not rules or problem.rule in rules
    ]
