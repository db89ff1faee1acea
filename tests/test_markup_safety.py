"""Links of strangers: what opens a page, a mail or a telephone, and nothing else."""

from __future__ import annotations

import pytest
from check_tools import said
from markup_tools import html, look

from outreach.checks.targets import check_links
from outreach.markup.safety import is_safe
from outreach.model import Message

REFERENCES = {"B": {"href": "/b", "title": ""}}

UNSAFE = (
    "javascript:x",
    "JaVaScRiPt:x",
    "java&Tab;script:x",
    "java&NewLine;script:x",
    "&#106;avascript:x",
    "&#x6A;avascript:x",
    "javascript&colon;x",
    "javascript\\:x",
    "%6aavascript:x",
    "javascript%3Ax",
    "java%0ascript:x",
    "jav\u200bascript:x",
    "\ufeffjavascript:x",
    "java\u00adscript:x",
    "\u202ejavascript:x",
    "data:text/html,x",
    "data:image/png;base64,x",
    "vbscript:x",
    "file:///etc/passwd",
    "intent:x",
    "blob:x",
    "ftp://x.example",
)


@pytest.mark.parametrize("url", UNSAFE)
@pytest.mark.parametrize("form", ["[a]({})", "[a](<{}>)", "[*a* `b`]({} 'title')", "^[[a]({})]"])
def test_unsafe_links(url: str, form: str) -> None:
    msgid = form.format("/x")
    msgstr = form.format(url)
    found = [line.split(":")[0] for line in said(msgid, msgstr)]
    assert "error unsafe-link" in found
    assert not [link for link in look(html(msgstr)).links if link.lower().startswith("javascript:")]


@pytest.mark.parametrize(
    ("msgid", "msgstr"),
    [
        ("<https://a.example>", "<javascript:x>"),
        ("[![a](/x)](/y)", "[![a](/x)](javascript:x)"),
        ("![a](/x)", "![a [b](javascript:y)](/x)"),
        ("![a](/x)", "![a ^[[b](javascript:y)]](/x)"),
        ("[b]", "[b] <javascript:x>"),
    ],
)
def test_unsafe_links_elsewhere(msgid: str, msgstr: str) -> None:
    found = said(msgid, msgstr, references=REFERENCES)
    assert "error unsafe-link: the link to javascript:" in found[0]


@pytest.mark.parametrize(
    "url",
    [
        "/x",
        "x y",
        "#part",
        "?a=b:c",
        "https://a.example",
        "HTTP://a",
        "mailto:a@b",
        "tel:1",
        "sms:1",
    ],
)
def test_safe_addresses(url: str) -> None:
    assert is_safe(url)


def test_an_unsafe_link_is_told_with_what_to_do() -> None:
    assert said("[a](/x)", "[a](data:x)") == [
        (
            "error unsafe-link: the link to data:x is not allowed in a translation; take the "
            "address "
            "of the source"
        )
    ]


@pytest.mark.parametrize("url", [url for url in UNSAFE if "&" not in url and "\\" not in url])
def test_an_unsafe_target_of_a_definition_is_not_used(url: str) -> None:
    targets, problems = check_links([Message("https://a.example", url)], "es/links.po")
    assert targets == {}
    assert [problem.rule for problem in problems] == ["unsafe-link"]
