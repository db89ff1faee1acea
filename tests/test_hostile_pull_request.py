"""What a stranger may put into a pull request: each attack by name, what is said, what is built.

A page that is built holds nothing of an attack: it is parsed, and looked at in a real browser; the
sheets are read with pypdf.
"""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Mapping
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from projects import GUIDE, SPANISH, Outcome, body, build, catalog, files, po, run, write
from pypdf import PdfReader
from test_browser import browse
from test_print_hostile import SVG, listening, png

A, ES = "content/en/a.md", catalog("a")
TEXT = "See [the rules](https://rules.example/a) now."
CALL = "Call [211](tel:211) or [write](mailto:help@rules.example)."
HTML = "Read <a href='https://rules.example/a'>the rules</a> <b>now</b>."
FULL = f"# A\n\n{TEXT}\n\n{CALL}\n\n![A map](m.png)\n"
PICTURE = "![A map](m.png)"
RLO, PDF, RLI = "\u202e", "\u202c", "\u2067"
SAFE = ("http", "https", "mailto", "tel", "sms", "")
EVIL = "evil.example"


class Page(HTMLParser):
    """Everything in a page that could run, load or lead somewhere."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.handlers: list[str] = []
        self.loaded: list[str] = []
        self.links: list[str] = []
        self.styles: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        for name, value in attrs:
            if name.startswith("on") or name in ("srcdoc", "formaction", "action", "http-equiv"):
                self.handlers.append(f"{tag} {name}")
            elif name in ("src", "srcset", "poster", "data", "background"):
                self.loaded.append(value or "")
            elif name == "href":
                (self.loaded if tag == "link" else self.links).append(value or "")
            elif name == "style":
                self.styles.append(value or "")

    @property
    def schemes(self) -> set[str]:
        plain = (re.sub(r"[\x00-\x20]", "", link) for link in self.links)
        return {match[1].lower() for link in plain if (match := re.match(r"([^/?#:]*):", link))}


def holds_nothing(root: Path) -> None:
    """Nothing in the pages of a project runs, or loads anything from elsewhere."""
    pages = files(root / "build", "*.html")
    assert pages
    for data in pages.values():
        page = Page(data.decode())
        assert not {"script", "iframe", "object", "embed", "form", "base", "svg", "style"} & {
            *page.tags
        }
        assert page.handlers == page.styles == []
        assert not [url for url in page.loaded if re.match(r"[a-z]+:(?!,)|//|\\", url.lower())]
        assert page.schemes <= set(SAFE)


def project(root: Path, *, settings: str = "", guide: str = FULL, **texts: str) -> Path:
    write(root, {A: guide, "content/en/m.png": png(9, 9)})
    return write(root, {"outreach.toml": f"threshold = 0\n{settings}", **texts})


def translated(root: Path, msgid: str, msgstr: str, *, raw: bool, guide: str = FULL) -> Outcome:
    """A build with one translation that a stranger wrote, with and without raw HTML in guides."""
    project(root, settings=f"raw-html = {str(raw).lower()}\n", guide=guide)
    write(root, {ES: po({msgid: msgstr})})
    return build(root)


LINKS: Mapping[str, tuple[str, str]] = {
    "javascript": ("[x](javascript:alert(1))", "unsafe-link"),
    "javascript in mixed letters": ("[x](JaVaScRiPt:alert(1))", "unsafe-link"),
    "javascript by entities": ("[x](&#106;ava&#x73;cript&colon;alert(1))", "unsafe-link"),
    "javascript with a line end by entity": ("[x](java&NewLine;script:alert(1))", "unsafe-link"),
    "javascript with a tab by entity": ("[x](java&Tab;script:alert(1))", "unsafe-link"),
    "javascript with a control character": ("[x](<\x01javascript:alert(1)>)", "unsafe-link"),
    "javascript behind a space that nobody sees": ("[x](java\u200bscript:alert(1))", "unsafe-link"),
    "javascript percent-encoded": ("[x](%6Aavascript%3Aalert(1))", "unsafe-link"),
    "javascript with a tab": ("[x](java\tscript:alert(1))", "link-broken"),
    "javascript between angle brackets": ("<javascript:alert(1)> [x](https://rules.example/a)", ""),
    "vbscript": ("[x](vbscript:msgbox)", "unsafe-link"),
    "data": ("[x](data:text/html;base64,PHNjcmlwdD4=)", "unsafe-link"),
    "data in mixed letters": ("[x](dAtA:text/html,x)", "unsafe-link"),
    "file": ("[x](file:///etc/passwd)", "unsafe-link"),
    "an app": ("[x](intent://scan/#Intent;end)", "unsafe-link"),
    "a script": (f"{TEXT} <script>alert(1)</script>", "raw-html"),
    "an event handler": (
        "<b onmouseover='alert(1)'>x</b> [x](https://rules.example/a)",
        "raw-html",
    ),
    "a handler without quotes": (f"{TEXT} <svg/onload=alert(1)>", ""),
    "a style sheet": (f"{TEXT} <style>@import 'https://{EVIL}'</style>", "raw-html"),
    "a link to a style sheet": (f"{TEXT} <link rel=stylesheet href=https://{EVIL}>", "raw-html"),
    "a style": (f"{TEXT} <b style='background:url(//{EVIL})'>x</b>", "raw-html"),
    "a frame": (f"{TEXT} <iframe src=https://{EVIL}></iframe>", "raw-html"),
    "a form": (f"{TEXT} <form action=https://{EVIL}><input name=x></form>", "raw-html"),
    "another base": (f"{TEXT} <base href=https://{EVIL}>", "raw-html"),
    "a refresh": (f"{TEXT} <meta http-equiv=refresh content='0;url=//{EVIL}'>", "raw-html"),
    "a picture from elsewhere": (f"{TEXT} ![x](https://{EVIL}/track.png)", "image"),
    "a picture from the machine": (f"{TEXT} ![x](file:///etc/passwd)", "image"),
    "a picture in its address": (f"{TEXT} ![x](data:image/svg+xml,%3Csvg%3E)", "image"),
    "a picture from above": (f"{TEXT} ![x](../../../../etc/passwd)", "image"),
    "one link more": (f"{TEXT} [x](https://{EVIL})", "link-added"),
    "an address in print": (f"{TEXT} Vaya a https://{EVIL}/pago", "link-added"),
    "words that name another site": (f"[rules.example](https://{EVIL}/a)", "disguise"),
    "words that are another address": (f"[https://rules.example/a](https://{EVIL}/a)", "disguise"),
    "words that name a site behind signs": (f"[rules\u200b.example](https://{EVIL}/a)", "disguise"),
    "a site before an at sign": (f"[x](https://rules.example@{EVIL}/a)", "disguise"),
    "a backslash for a slash": (f"[x](https:\\\\\\\\{EVIL}/a)", "disguise"),
    "letters of another script": ("[x](https://rul\u0435s.example/a)", "disguise"),
    "a sign in a site that nobody sees": ("[x](https://rules\u00ad.example/a)", ""),
    "an isolate in a site": (f"[x](https://{RLI}rules.example/a)", "disguise"),
    "letters turned around": (f"[{RLO}elpmaxe.selur{PDF}](https://rules.example/a)", "disguise"),
    "letters turned around by entity": ("[&#x202e;x](https://rules.example/a)", "disguise"),
    "letters turned around to the end": (f"[{RLO}x](https://rules.example/a)", "bidi"),
    "an address turned around": (f"[x](https://rules.example/{RLO}a)", "bidi"),
}
"""Translations of a text with one link, and the rule that withholds each from readers."""


@pytest.mark.parametrize("raw", [False, True])
@pytest.mark.parametrize("name", LINKS)
def test_a_translation_with(name: str, raw: bool, tmp_path: Path) -> None:  # noqa: FBT001
    msgstr, rule = LINKS[name]
    outcome = translated(tmp_path, TEXT, msgstr, raw=raw)
    assert (tmp_path / "build/es/a.html").exists()
    holds_nothing(tmp_path)
    page = Page((tmp_path / "build/es/a.html").read_text("utf-8"))
    assert not any(EVIL in url for url in (*page.links, *page.loaded))
    if rule:
        assert outcome.code == 1
        assert re.search(rf"^{ES}:6: error: .*\[{rule}\]$", outcome.err, re.MULTILINE), outcome.err
        assert "https://rules.example/a" in page.links
        assert "See " in body((tmp_path / "build/es/a.html").read_text("utf-8"))


@pytest.mark.parametrize(
    ("msgid", "msgstr", "rule"),
    [
        (CALL, "Llame al [211](tel:900123) o [x](mailto:help@rules.example).", "disguise"),
        (CALL, f"[211](tel:211) [help@rules.example](mailto:x@{EVIL}).", "disguise"),
        (CALL, "[211](javascript:1) o [x](mailto:help@rules.example).", "unsafe-link"),
        (PICTURE, f"![A map](https://{EVIL}/m.png)", "image"),
        (PICTURE, "![A map](../../outreach.toml)", "image"),
        (PICTURE, "![A map](javascript:alert(1))", "image"),
    ],
)
def test_a_number_a_mail_or_a_picture_that_leads_elsewhere(
    msgid: str, msgstr: str, rule: str, tmp_path: Path
) -> None:
    outcome = translated(tmp_path, msgid, msgstr, raw=False)
    assert outcome.code == 1
    assert re.search(rf"^{ES}:6: error: .*\[{rule}\]$", outcome.err, re.MULTILINE), outcome.err
    holds_nothing(tmp_path)
    assert not any(EVIL in data.decode() for data in files(tmp_path / "build", "*.html").values())


@pytest.mark.parametrize(
    "msgstr",
    [
        "Lea <a href='javascript:alert(1)'>x</a> <b>ya</b>.",
        "Lea <a href='https://rules.example/a' onclick='x()'>x</a> <b>ya</b>.",
        "Lea <a href='https://rules.example/a'>x</a> <b style='position:fixed'>ya</b>.",
        f"Lea <a href='https://rules.example@{EVIL}'>x</a> <b>ya</b>.",
        f"Lea <a href='/\\{EVIL}'>x</a> <b>ya</b>.",
        f"Lea <a href='https://{EVIL}/a'>https://rules.example/a</a> <b>ya</b>.",
    ],
)
def test_a_translation_of_raw_html_does_no_more_than_its_source(
    msgstr: str, tmp_path: Path
) -> None:
    guide = f"# A\n\n{HTML}\n\n<div>{HTML}</div>\n"
    outcome = translated(tmp_path, HTML, msgstr, raw=True, guide=guide)
    assert outcome.code == 1
    assert f"{ES}:6: error: " in outcome.err
    holds_nothing(tmp_path)
    assert not any(EVIL in data.decode() for data in files(tmp_path / "build", "*.html").values())


def test_what_guards_readers_cannot_be_silenced_by_a_comment(tmp_path: Path) -> None:
    project(tmp_path)
    for msgstr, rule in LINKS.values():
        if rule and rule != "link-broken":
            text = po({TEXT: msgstr}).replace("msgid ", f"# outreach: ignore {rule}\nmsgid ")
            write(tmp_path, {ES: text})
            told = {"bidi": "disguise"}.get(rule, rule)
            assert re.search(rf":\d+: error: .*\[{told}\]$", build(tmp_path).err, re.MULTILINE)


@pytest.mark.parametrize("rule", ["disguise", "unsafe-file", "unsafe-link", "image"])
def test_what_guards_readers_cannot_be_silenced_by_the_configuration(
    rule: str, tmp_path: Path
) -> None:
    project(tmp_path, settings=f'ignore = ["{rule}"]\n')
    outcome = build(tmp_path)
    assert outcome.code == 1
    assert f"`ignore`: the rule `{rule}` protects readers" in outcome.err


TEMPLATES = ("{{ 7*7 }}", "{% include 'base.html' %}", "{{ config.__class__ }}", "%(x)s", "${7*7}")


@pytest.mark.parametrize("text", TEMPLATES)
def test_template_syntax_in_a_msgstr_is_text(text: str, tmp_path: Path) -> None:
    project(tmp_path, guide=f'---\ntitle: "A {text}"\n---\n\n{GUIDE}')
    write(tmp_path, {ES: po(SPANISH | {"Clean hands": text, f"A {text}": f"B {text}"})})
    interface = {"All guides": f"Todas {text}", "Published by %(publisher)s.": f"Por {text}"}
    write(tmp_path, {catalog("interface"): po(interface)})
    outcome = build(tmp_path)
    assert "Traceback" not in outcome.err
    page = unescape((tmp_path / "build/es/a.html").read_text("utf-8"))
    assert ("49" in page) is False
    assert f"B {text}" in page or "%(x)s" in outcome.err
    holds_nothing(tmp_path)


GUIDES: Mapping[str, tuple[str, str]] = {
    "javascript": ("[x](javascript:alert(1))", "unsafe-link"),
    "javascript in mixed letters": ("[x](JaVaScRiPt:alert(1))", "unsafe-link"),
    "javascript by entities": ("[x](&#106;avascript:alert(1))", "unsafe-link"),
    "javascript by reference": ("[x][r]\n\n[r]: javascript:alert(1)", "unsafe-link"),
    "javascript between angle brackets": ("<javascript:alert(1)>", "unsafe-link"),
    "data": ("[x](data:text/html,x)", "unsafe-link"),
    "file": ("[x](file:///etc/passwd)", "unsafe-link"),
    "a picture from the machine": ("![x](file:///etc/passwd)", "unsafe-link"),
    "a script": ("<script>alert(1)</script>", "raw-html"),
    "an event handler": ("<b onclick='alert(1)'>x</b>", "raw-html"),
    "a style sheet": (f"<style>@import 'https://{EVIL}'</style>", "raw-html"),
    "a link to a style sheet": (f"<link rel=stylesheet href=https://{EVIL}>", "raw-html"),
    "a style": (f"x <b style='background:url(//{EVIL})'>x</b>", "raw-html"),
    "a picture from above": ("![x](../../../../../etc/passwd)", "missing-file"),
    "a picture from above, encoded": ("![x](..%2f..%2f..%2f..%2fetc/passwd)", "missing-file"),
    "a page that runs": ("[x](run.html)", "unsafe-file"),
    "a page in XML that runs": ("[x](run.xml)", "unsafe-file"),
    "a site before an at sign": (f"[x](https://rules.example@{EVIL}/)", "disguise"),
    "words that name another site": (f"[rules.example](https://{EVIL}/)", "disguise"),
    "letters of another script": ("[x](https://rul\u0435s.example/)", "disguise"),
    "letters turned around": (f"[{RLO}elpmaxe.selur{PDF}](https://{EVIL}/)", "disguise"),
    "letters turned around to the end": (f"x {RLO}y", "disguise"),
}
"""Guides that are refused, and by which rule."""


@pytest.mark.parametrize("name", GUIDES)
def test_a_guide_with(name: str, tmp_path: Path) -> None:
    text, rule = GUIDES[name]
    project(tmp_path, guide=f"# A\n\n{text}\n")
    write(tmp_path, {"content/en/run.html": "<script>", "content/en/run.xml": "<script/>"})
    for command in (("check",), ("build", "--format", "html")):
        outcome = run(tmp_path, *command)
        assert outcome.code == 1
        assert re.search(rf"^{A}:[35]: error: .*\[{rule}\]$", outcome.err, re.MULTILINE)
    assert not (tmp_path / "build/en").exists()


def test_a_picture_from_elsewhere_is_not_on_the_page_of_a_guide(tmp_path: Path) -> None:
    with listening() as (server, came):
        project(tmp_path, guide=f"# A\n\n![A map]({server}/m.png) ![B](//{EVIL}/b.png)\n")
        outcome = run(tmp_path, "build")
    assert came == []
    assert f"{A}:3: warning: the image {server}/m.png is no file of the project" in outcome.err
    holds_nothing(tmp_path)
    assert "A map" in (tmp_path / "build/en/a.html").read_text("utf-8")


@pytest.mark.parametrize("key", ["content", "locale", "build", "plain-words", "glossary", "fonts"])
def test_a_configuration_reaches_nothing_outside_of_the_project(key: str, tmp_path: Path) -> None:
    outside = write(tmp_path / "elsewhere", {"x.md": "# SECRET\n"})
    before = files(outside)
    root = project(tmp_path / "project")
    for value in (
        "../elsewhere",
        "/etc",
        "~",
        "a/../../elsewhere",
        str(outside),
        "..\\\\elsewhere",
    ):
        write(root, {"outreach.toml": f'{key} = "{value}"\n'})
        for command in ("check", "build", "update"):
            outcome = run(root, command)
            assert outcome.code == 1
            assert re.match(
                rf"outreach.toml: error: `{key}` should be a .* inside the", outcome.err
            )
    (root / "link").symlink_to(outside)
    write(root, {"outreach.toml": f'{key} = "link"\n'})
    for command in ("check", "build", "update"):
        outcome = run(root, command)
        assert outcome.code == 1
        assert outcome.err.startswith("link: error: is a link that leads out of the project; ")
    assert files(outside) == before


@pytest.mark.parametrize("key", ["catalogs", "languages", "site-url", "license-url"])
def test_a_configuration_holds_no_attack(key: str, tmp_path: Path) -> None:
    values = {
        "catalogs": '"../{lang}.po"',
        "languages": '["../../x"]',
        "site-url": '"javascript:alert(1)"',
        "license-url": "\"https://a.example/'onclick='x\"",
    }
    project(tmp_path)
    write(tmp_path, {"outreach.toml": f"{key} = {values[key]}\n"})
    outcome = build(tmp_path)
    assert outcome.code == 1
    assert outcome.err.startswith(f"outreach.toml: error: `{key}` should be ")


@pytest.mark.parametrize("link", [ES, "locale/es/LC_MESSAGES", "locale/es", "locale"])
def test_a_catalog_behind_a_link_is_neither_read_nor_written(link: str, tmp_path: Path) -> None:
    texts = po({"Clean hands": "SECRET"})
    outside = write(tmp_path / "elsewhere", {"es/LC_MESSAGES/a.po": texts})
    before = files(outside)
    root = write(tmp_path / "project", {A: GUIDE, "outreach.toml": 'languages = ["es"]\n'})
    (root / link).parent.mkdir(parents=True, exist_ok=True)
    (root / link).symlink_to(outside / ("es/LC_MESSAGES/a.po"[: 20 * link.endswith(".po")]))
    if link in ("locale/es/LC_MESSAGES", "locale/es"):
        (root / link).unlink()
        (root / link).symlink_to(outside / ("es/LC_MESSAGES" if "LC" in link else "es"))
    for command in ("check", "build", "update"):
        outcome = run(root, command)
        assert outcome.code == 1
        assert re.match(r"locale\S*: error: is a link ", outcome.err)
    assert files(outside) == before
    assert not any(b"SECRET" in data for data in files(root / "build").values())


@pytest.mark.parametrize("file", ["outreach.toml", "locale/addresses.toml"])
def test_a_table_behind_a_link_is_not_read(file: str, tmp_path: Path) -> None:
    outside = write(tmp_path / "elsewhere", {"x.toml": 'publisher = "SECRET"\n'})
    root = write(tmp_path / "project", {A: GUIDE, "locale/README": ""})
    (root / file).symlink_to(outside / "x.toml")
    outcome = build(root)
    assert outcome.code == 1
    assert outcome.err.startswith(f"{file}: error: is a link to a file outside the project")
    assert not any(b"SECRET" in data for data in files(root / "build").values())


def test_front_matter_names_nothing_but_itself(tmp_path: Path) -> None:
    front = '---\nid: "../../x"\nlanguages: ["../../etc"]\npages: "$(id)"\nedition: "<b>"\n---\n'
    project(tmp_path, guide=front + GUIDE)
    outcome = build(tmp_path)
    assert outcome.code == 1
    assert f"{A}:2: warning: `id` should be letters from a to z" in outcome.err
    assert f"{A}:3: error: `languages`: no language is known as" in outcome.err
    assert f"{A}:4: error: `pages` should be a whole number" in outcome.err
    assert f"{A}:5: warning: `edition` should be a day" in outcome.err


@pytest.mark.parametrize(
    "value",
    ["!!python/object/apply:os.system [touch x]", "!!python/name:os.system", "!!binary x", "!x y"],
)
def test_yaml_tags_make_nothing(value: str, tmp_path: Path) -> None:
    project(tmp_path, guide=f"---\ntitle: {value}\n---\n\n{GUIDE}")
    assert build(tmp_path).code == 0
    holds_nothing(tmp_path)
    assert not Path("x").exists()


def test_yaml_that_grows_is_no_front_matter(tmp_path: Path) -> None:
    lines = ["a0: &a0 [x, x]", *(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 300))]
    project(tmp_path, guide="---\n" + "\n".join(lines) + f"\n---\n\n{GUIDE}")
    outcome = run(tmp_path, "check")
    assert outcome.code in (0, 1)
    assert "Traceback" not in outcome.err


@pytest.mark.parametrize(
    "name", ["<img src=x onerror=alert(1)>", '"><script>', "{{ 7*7 }}", "%2e%2e%2fx", f"{RLO}fdp"]
)
def test_the_name_of_a_guide_is_a_name(name: str, tmp_path: Path) -> None:
    file = name.replace("/", "-")
    write(tmp_path, {f"content/en/{file}.md": "Text.\n", A: GUIDE})
    assert build(tmp_path).code == 0
    holds_nothing(tmp_path)
    assert {path.parts[0] for path in map(Path, files(tmp_path / "build"))} <= {
        *("en", "assets", "index.html", ".outreach.json")
    }


@pytest.mark.parametrize(
    "target",
    [
        *("javascript:alert(1)", "java\\tscript:alert(1)", "data:text/html,x", "file:///etc/x"),
        *(
            f"https://rules.example@{EVIL}/",
            f"https:\\\\\\\\{EVIL}/",
            "https://rul\u0435s.example/",
        ),
    ],
)
def test_a_catalog_of_links_leads_to_honest_places(target: str, tmp_path: Path) -> None:
    project(tmp_path, guide="# A\n\nSee [x][r].\n\n[r]: https://rules.example/\n")
    write(tmp_path, {ES: po({"See [x][r].": "Ver [x][r]."})})
    text = po({"https://rules.example/": "X"}).replace('"X"', f'"{target}"')
    write(tmp_path, {catalog("links"): text})
    outcome = build(tmp_path)
    assert outcome.code == 1
    assert f"{catalog('links')}:6: error: " in outcome.err
    holds_nothing(tmp_path)
    page = Page((tmp_path / "build/es/a.html").read_text("utf-8"))
    assert "https://rules.example/" in page.links


@pytest.mark.parametrize(
    ("file", "content"),
    [
        ("locale/addresses.toml", '[["../../x"]]\nx = "javascript:alert(1)"\n'),
        ("locale/es/reviews/a.toml", "format = 1\n[[sign-offs]]\nreviewer = '<script>'\n"),
        ("locale/es/reviews/a.toml", "x = " + "[" * 9000),
        ("locale/es/reviews/../../../x.toml", "x"),
    ],
)
def test_records_of_strangers_sign_and_redirect_nothing(
    file: str, content: str, tmp_path: Path
) -> None:
    project(tmp_path, guide=GUIDE)
    write(tmp_path, {ES: po(SPANISH), file: content})
    outcome = build(tmp_path)
    assert "Traceback" not in outcome.err
    if (tmp_path / "build/en").exists():
        holds_nothing(tmp_path)
        page = (tmp_path / "build/es/a.html").read_text("utf-8")
        assert "not yet checked" in page


@pytest.mark.parametrize(
    "data", [b"", b"\0" * 5000, b"OTTO" + b"\xff" * 5000, b"wOF2" + b"\xff" * 99]
)
@pytest.mark.parametrize("name", ["a.ttf", "a.otf", "a.woff2", "a.ttc"])
def test_a_font_that_is_none_stops_a_build_with_its_name(
    name: str, data: bytes, tmp_path: Path
) -> None:
    project(tmp_path, settings='fonts = "fonts"\n', guide=GUIDE)
    write(tmp_path, {f"fonts/{name}": data})
    outcome = run(tmp_path, "check")
    assert "Traceback" not in outcome.err
    assert f"fonts/{name}: " in outcome.err


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with one guide for each attack on translations, built with sheets."""
    root = tmp_path_factory.mktemp("attacked")
    write(root, {"outreach.toml": "threshold = 0\n"})
    attacks = ["javascript", "data", "file", "a script", "an event handler", "a style sheet"]
    attacks += ["a handler without quotes", "words that name another site", "a frame"]
    for number, name in enumerate(attacks):
        write(root, {f"content/en/g{number}.md": f"# G{number}\n\n{TEXT}\n"})
        write(root, {catalog(f"g{number}"): po({TEXT: LINKS[name][0]})})
    assert run(root, "build", "--variant", "letter").code == 1
    return root


def test_sheets_hold_nothing_that_runs_or_is_attached(attacked: Path) -> None:
    sheets = list((attacked / "build/es").glob("*.pdf"))
    assert len(sheets) == 9
    for path in sheets:
        document: Any = PdfReader(path)
        assert "/OpenAction" not in document.trailer["/Root"]
        assert "/AA" not in document.trailer["/Root"]
        assert not document.attachments
        found = [document.get_object(n) for n in range(1, document.trailer["/Size"])]
        actions = [item for item in found if isinstance(item, dict)]
        kinds = {
            action["/A"]["/S"] for action in actions if "/A" in action and "/S" in action["/A"]
        }
        assert kinds <= {"/URI"}
        uris = [action["/A"]["/URI"] for action in actions if "/A" in action]
        assert uris
        assert {uri.split(":")[0] for uri in uris} <= {"https"}
        assert not any(EVIL in uri for uri in uris)


def test_a_browser_runs_nothing_of_it(attacked: Path, tmp_path: Path) -> None:
    probe = (
        "<script>window.alert=()=>document.title='RAN';addEventListener('load',()=>{"
        "for(const item of document.querySelectorAll('*'))"
        "item.dispatchEvent(new MouseEvent('mouseover',{bubbles:true}));"
        "const pre=document.createElement('pre');pre.id='told';pre.textContent=JSON.stringify({"
        "title:document.title,links:[...document.links].map(a=>a.protocol+a.host),"
        "loaded:performance.getEntriesByType('resource').map(e=>e.name)});"
        "document.body.append(pre)})</script>"
    )
    for page in sorted((attacked / "build/es").glob("g*.html")):
        copy = tmp_path / "build/es" / page.name
        write(tmp_path, {f"build/es/{page.name}": page.read_text("utf-8")})
        text = copy.read_text("utf-8").replace("<head>", f"<head>{probe}", 1)
        assert probe in text
        copy.write_text(text, "utf-8")
        try:
            done = browse(tmp_path / "profile", "--dump-dom", copy.as_uri())
        except FileNotFoundError:
            pytest.skip("there is no browser")
        found = re.search(r'<pre id="told">(.*?)</pre>', done.stdout.decode())
        assert found
        told = json.loads(unescape(found[1]))
        assert told["title"] != "RAN"
        assert {link.split(":")[0] for link in told["links"]} <= {"https", "file"}
        assert not any(EVIL in link for link in (*told["links"], *told["loaded"]))
        assert all(name.startswith("file:") for name in told["loaded"])


def test_a_svg_of_a_stranger_is_not_offered_for_download_either(tmp_path: Path) -> None:
    project(tmp_path, guide="# A\n\n[the picture](p.svg)\n")
    write(tmp_path, {"content/en/p.svg": f"{SVG}<script>alert(1)</script></svg>"})
    outcome = build(tmp_path)
    assert outcome.code == 1
    assert outcome.err.startswith("content/en/p.svg:1: error: the picture is not safe for readers")


def test_owners_of_code_are_not_read(tmp_path: Path) -> None:
    project(tmp_path, guide=GUIDE)
    write(tmp_path, {".github/CODEOWNERS": "* @evil\n"})
    before = files(tmp_path / ".github")
    for command in ("check", "update", "build"):
        run(tmp_path, command)
    assert files(tmp_path / ".github") == before


def test_a_message_of_a_check_commands_no_terminal(tmp_path: Path) -> None:
    write(tmp_path, {A: GUIDE, ES: po(SPANISH | {"Clean hands": f"\x1b[2J{RLO}x\x07"})})
    outcome = build(tmp_path)
    assert outcome.code == 1
    assert not set("\x1b\x07\u202e") & set(outcome.err + outcome.out)


def test_the_browser_of_these_tests_would_run_it(tmp_path: Path) -> None:
    """So that silence of the others means something."""
    page = "<title>a</title><script>document.title='RAN'</script>"
    write(tmp_path, {"a.html": page})
    try:
        done = browse(tmp_path / "profile", "--dump-dom", (tmp_path / "a.html").as_uri())
    except (FileNotFoundError, subprocess.SubprocessError):
        pytest.skip("there is no browser")
    assert b"<title>RAN</title>" in done.stdout


@pytest.mark.parametrize("mark", [RLO, "\u202d"])
def test_letters_are_not_turned_around_where_a_rule_is_silenced(mark: str, tmp_path: Path) -> None:
    project(tmp_path, settings='ignore = ["bidi"]\n')
    text = po({TEXT: f"[{mark}x](https://rules.example/a)"})
    write(tmp_path, {ES: text.replace("msgid ", "# outreach: ignore bidi\nmsgid ")})
    outcome = build(tmp_path)
    assert outcome.code == 1
    assert re.search(rf"^{ES}:\d+: error: .* turns the rest of the text", outcome.err, re.MULTILINE)
    assert mark not in (tmp_path / "build/es/a.html").read_text("utf-8")
