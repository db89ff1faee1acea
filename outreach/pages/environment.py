"""Jinja, kept in one place: a template's name and a translator in, text out.

Translations come from strangers. A msgstr is only ever data here: it is looked up while a template
runs, never compiled; its HTML is escaped; and only the placeholders of its msgid are filled in.
"""

from __future__ import annotations

import re
import traceback
from collections.abc import Callable
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateError
from jinja2.exceptions import TemplateSyntaxError
from markupsafe import Markup, escape

from outreach.model import Location, OutreachError, Problem

Translate = Callable[[str], str]

TEMPLATES = Path(__file__).parent.parent / "templates"

_PLACEHOLDER = re.compile(r"%\((\w+)\)s|%%")


def render(
    template_name: str,
    translate: Translate,
    /,
    *,
    mark_english: bool = False,
    **context: object,
) -> str:
    """Return the text of a template, with its strings in the language of `translate`.

    In a template, `_("…")` and `{% trans %}` ask `translate`; a macro that uses them has to be
    imported `with context`. With `mark_english`, a string for which `translate` has nothing but
    the msgid stands in a `span` that says that it is English (use `|striptags` in attributes).
    Raises OutreachError naming the template and line where a template is wrong.
    """
    gettext = _gettext(translate, mark_english=mark_english)
    try:
        return _environment().get_template(template_name).render(context, gettext=gettext)
    except TemplateError as error:
        raise OutreachError(Problem(_location(template_name, error), _text(error))) from error


class _Environment(Environment):
    # Read by the i18n extension: variables of `{% trans %}` arrive as keyword arguments, so that
    # no `%` operator ever runs on a msgstr.
    newstyle_gettext = True


@cache
def _environment() -> Environment:
    environment = _Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        extensions=("jinja2.ext.i18n",),
    )
    environment.policies["ext.i18n.trimmed"] = True
    return environment


def _gettext(translate: Translate, *, mark_english: bool) -> Callable[..., Markup]:
    """Return the `gettext` that templates call; it belongs to one rendering, never to Jinja."""

    def gettext(msgid: str, /, **values: object) -> Markup:
        msgstr = translate(msgid)
        if not msgstr or not _fits(msgstr, msgid):
            msgstr = msgid
        text = _fill(msgstr, values)
        if mark_english and msgstr == msgid:
            return Markup('<span lang="en" dir="ltr">{}</span>').format(text)
        return text

    return gettext


def _names(text: str) -> set[str]:
    return {match[1] for match in _PLACEHOLDER.finditer(text) if match[1]}


def _fits(msgstr: str, msgid: str) -> bool:
    """Tell whether a msgstr has the placeholders of its msgid, whole, and no others."""
    return _names(msgstr) == _names(msgid) and "%(" not in _PLACEHOLDER.sub("", msgstr)


def _fill(text: str, values: dict[str, object]) -> Markup:
    """Return escaped text with its placeholders filled by escaped values, in a single pass."""
    filled, end = Markup(), 0
    for match in _PLACEHOLDER.finditer(text):
        name = match[1]
        if name is None:
            part: object = "%"
        else:
            part = values.get(name, match[0])
        filled += escape(text[end : match.start()]) + escape(part)
        end = match.end()
    return filled + escape(text[end:])


def _location(template_name: str, error: TemplateError) -> Location:
    """Return where the template is wrong; errors at run time tell it only by their traceback."""
    if isinstance(error, TemplateSyntaxError):
        return Location(f"templates/{error.name or template_name}", error.lineno)
    folder = str(TEMPLATES)
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        if frame.filename.startswith(folder):
            name = Path(frame.filename).relative_to(TEMPLATES).as_posix()
            return Location(f"templates/{name}", frame.lineno or 0)
    return Location(f"templates/{template_name}")


def _text(error: TemplateError) -> str:
    return f"the template cannot be used: {error.message or type(error).__name__}"
