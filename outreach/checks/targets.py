"""Rules on `links.po`, in which a language may point the links of a guide elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from outreach.checks.disguise import masked
from outreach.checks.pair import Finding
from outreach.checks.rules import problem_of
from outreach.markup.safety import host_of, is_safe, scheme_of
from outreach.model import Message, Problem


def check_links(messages: Iterable[Message], path: str) -> tuple[dict[str, str], list[Problem]]:
    """The targets of links that a language points elsewhere, without those that are unsafe."""
    targets: dict[str, str] = {}
    problems: list[Problem] = []
    for message in messages:
        if not message.translated:
            continue
        found = list(link_findings(message.msgid, message.msgstr))
        problems += [problem_of(message, finding, rule, path) for rule, finding in found]
        if all(finding.severity != "error" for _, finding in found):
            targets[message.msgid] = message.msgstr
    return targets, problems


def link_findings(msgid: str, msgstr: str) -> Iterator[tuple[str, Finding]]:
    """The rule and what it finds in the target of a link definition."""
    if msgid == msgstr:
        return
    if not is_safe(msgstr) or re.search(r"\s", msgstr.strip()):
        text = f"{msgstr} is no address of a web page, a mail or a telephone; "
        yield "unsafe-link", Finding(text + "write one address, without spaces")
    elif why := masked(msgstr):
        yield "disguise", Finding(f"the address of a link is not what it seems: {msgstr} {why}")
    elif not host_of(msgstr) and not scheme_of(msgstr):
        text = f"the link leads to {msgstr}, which works only if it is a guide of this project; "
        yield "link-target", Finding(text + "else write the whole address", "warning")
    elif host_of(msgid) != host_of(msgstr):
        text = f"the link leads to another site than in the source: {host_of(msgstr) or msgstr}; "
        yield "link-target", Finding(text + "if you want that, leave it", "warning")
