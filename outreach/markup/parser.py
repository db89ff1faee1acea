"""The dialect of Markdown, and its two phases.

It is CommonMark with tables, strikethrough, task lists, alerts, footnotes, definition lists and
`:::` containers. `parse_blocks` finds the structure; each `inline` token then holds one block's
text with list markers, indents, quote marks and pipes already taken off, which is just what a
translator should see. `parse_inlines` turns those texts, translated or not, into markup, so that no
translation can ever change the structure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, MutableMapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, cast

from markdown_it import MarkdownIt
from markdown_it.common.utils import normalizeReference
from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.container import container_plugin
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.footnote.index import footnote_ref

from outreach.limits import is_over, over_words
from outreach.markup.containers import CLOSE, OPEN, container_name
from outreach.markup.signs import ask_by_sign, is_plain

_STRUCTURE = ("normalize", "block")

DEEPEST = 20
"""Blocks in one another, as markdown-it counts them; it leaves out what is deeper."""
_MAX_NOTES = 100
"""Inline footnotes in one text: how long nested ones take grows with the square of their number."""


_MAX_LABEL = 999
"""Characters of a footnote's label: as many as CommonMark allows to those of links."""
_NOTE = re.compile(rf"\[\^(?=([^ \n\]]{{1,{_MAX_LABEL}}})\])")


@dataclass(slots=True)
class Parsed:
    """A text after the first phase; lives only inside this package."""

    tokens: list[Token]
    env: dict[str, Any] = field(default_factory=dict)
    footnotes: frozenset[str] = frozenset()
    """The labels of the footnotes that are defined."""

    @property
    def references(self) -> dict[str, dict[str, Any]]:
        """The link reference definitions by normalized label."""
        found: dict[str, dict[str, Any]] = self.env.setdefault("references", {})
        return found


def normalize_label(label: str) -> str:
    """A reference label as markdown-it compares it: case and white space do not count."""
    return normalizeReference(label)


def safe_link(url: str) -> str:
    """A link target as it stands on a page; empty when markdown-it refuses it."""
    markdown = _structure()
    normal = markdown.normalizeLink(url.strip())
    return normal if markdown.validateLink(normal) else ""


def note_meta(parsed: Parsed, number: int) -> dict[str, Any]:
    """The `meta` of the text in which a footnote was first met."""
    meta: dict[str, Any] = _notes(parsed.env)[number].get("meta", {})
    return meta


def is_too_long(text: str) -> bool:
    """Whether an inline text is refused; it then counts as plain text."""
    return is_over(text) or text.count("^[") > _MAX_NOTES


def too_much(text: str) -> str:
    """Why an inline text is refused, in words that follow on its name; empty where it is not."""
    if is_over(text):
        return over_words(text)
    notes = text.count("^[")
    return f"has {notes:,} times `^[`, and at most {_MAX_NOTES} are read" * (notes > _MAX_NOTES)


def parse_blocks(text: str) -> Parsed:
    """Find the blocks of a text; inline texts are not parsed yet."""
    try:
        return _blocks_of(text)
    except IndexError:
        # The plugin for containers looks at the sign behind an empty last line; now there is one.
        return _blocks_of(f"{text}\n")


def _blocks_of(text: str) -> Parsed:
    markdown = _structure()
    env: dict[str, Any] = {}
    state = StateCore(text, markdown, env)
    for rule in markdown.core.ruler.getRules(""):
        rule(state)
    labels = env.get("footnotes", {}).get("refs", {})
    return Parsed(state.tokens, env, frozenset(label[1:] for label in labels))


def parse_inlines(parsed: Parsed, *, raw_html: bool) -> list[Token]:
    """Parse the inline texts of all blocks and move footnotes to the end; returns the tokens."""
    markdown = _inlines(raw_html=raw_html)
    state = StateCore("", markdown, parsed.env)
    state.tokens = _unnest_notes(parsed.tokens) if parsed.footnotes else parsed.tokens
    for rule in markdown.core.ruler.getRules(""):
        rule(state)
    return state.tokens


def parse_text(
    text: str, references: Mapping[str, Any], footnotes: frozenset[str], *, any_link: bool = False
) -> list[Token]:
    """The inline tokens of one text, raw HTML included; an inline footnote has its own as children.

    With `any_link`, targets that are refused on a page, such as `javascript:`, are links too, so
    that they can be found.
    """
    markdown = _any_link() if any_link else _inlines(raw_html=True)
    # Only those of this text: a guide may have thousands, and as many texts.
    refs = {f":{label}": -1 for label in _NOTE.findall(text) if label in footnotes}
    env = {"references": references, "footnotes": {"refs": refs, "list": {}}}
    tokens = _inline(markdown, text, env)
    _attach_notes(tokens, env)
    return tokens


def render_tokens(tokens: Sequence[Token], env: dict[str, Any]) -> str:
    """HTML of tokens that went through both phases."""
    markdown = _inlines(raw_html=True)
    html: str = markdown.renderer.render(tokens, markdown.options, env)
    return html


def _dialect() -> MarkdownIt:
    options = {
        "maxNesting": DEEPEST,
        "tasklists": True,
        "alerts": True,
        "store_labels": True,
        "html": True,
    }
    markdown = MarkdownIt("commonmark", {**options, "maxNesting": DEEPEST})
    markdown.enable(["table", "strikethrough"])
    markdown.use(footnote_plugin).use(deflist_plugin)
    markdown.inline.ruler.at("footnote_ref", _footnote_mark)
    # One rule for all names: the block parser asks every rule at every line.
    markdown.use(container_plugin, "part", validate=_is_container)
    renderer = cast("RendererHTML", markdown.renderer)
    for rule in (OPEN, CLOSE):
        del renderer.rules[rule]  # it would add a class
    ask_by_sign(markdown)
    return markdown


def _footnote_mark(state: StateInline, silent: bool) -> bool:  # noqa: FBT001  markdown-it calls it
    """The plugin's own rule, where a bracket closes: it looks for it sign by sign, to the end."""
    near = state.src.find("]", state.pos, state.pos + _MAX_LABEL + 3)
    return near >= 0 and footnote_ref(state, silent)


def _is_container(params: str, _markup: str) -> bool:
    return container_name(params) != ""


@cache
def _structure() -> MarkdownIt:
    markdown = _dialect()
    markdown.core.ruler.enableOnly(list(_STRUCTURE))
    return markdown


@cache
def _inlines(*, raw_html: bool) -> MarkdownIt:
    markdown = _dialect()
    markdown.core.ruler.disable(list(_STRUCTURE))
    markdown.core.ruler.at("inline", _parse_inline_tokens)
    markdown.options["html"] = raw_html
    return markdown


@cache
def _any_link() -> MarkdownIt:
    markdown = _dialect()
    markdown.validateLink = _accept  # type: ignore[method-assign]
    return markdown


def _accept(url: str) -> bool:  # noqa: ARG001  markdown-it gives the address by name
    return True


def _inline(markdown: MarkdownIt, text: str, env: MutableMapping[str, Any]) -> list[Token]:
    if is_too_long(text):
        return [Token("text", "", 0, content=text)]
    if text and is_plain(text):
        return [Token("text", "", 0, content=text)]
    tokens: list[Token] = []
    markdown.inline.parse(text, markdown, env, tokens)
    return tokens


def _attach_notes(tokens: Iterable[Token], env: Mapping[str, Any]) -> None:
    """markdown-it keeps the text of inline footnotes apart."""
    for token in tokens:
        if token.type == "footnote_ref":
            token.children = _notes(env)[token.meta["id"]].get("tokens")
        _attach_notes(token.children or (), env)


def _unnest_notes(tokens: Iterable[Token]) -> list[Token]:
    """Footnotes that were defined inside of others put before these.

    The plugin that moves footnotes to the end would tear both apart.
    """
    unnested: list[Token] = []
    stack: list[list[Token]] = []
    for token in tokens:
        if token.type == "footnote_reference_open":
            stack.append([])
        (stack[-1] if stack else unnested).append(token)
        if token.type == "footnote_reference_close":
            unnested += stack.pop()
    return unnested


def _parse_inline_tokens(state: StateCore) -> None:
    """markdown-it's own rule, apart from texts that are plain and what inline footnotes inherit."""
    for token in state.tokens:
        if token.type == "inline" and token.meta.get("plain"):
            token.children = [Token("text", "", 0, content=token.content)]
        elif token.type == "inline":
            known = len(_notes(state.env))
            token.children = _inline(state.md, token.content, state.env)
            notes = _notes(state.env)
            for number in range(known, len(notes)):
                notes[number]["meta"] = token.meta


def _notes(env: Mapping[str, Any]) -> dict[int, dict[str, Any]]:
    """The footnotes that were met so far, by number."""
    found: dict[int, dict[str, Any]] = env.get("footnotes", {}).get("list", {})
    return found
