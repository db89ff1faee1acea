"""A build that does only what changed makes the same files, and tells the same, as a whole one."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from projects import Outcome, catalog, files, po, run, write
from signing import signed

from outreach.addresses import by_path, links_of
from outreach.config import Config
from outreach.guides import parse_guide
from outreach.interface import Label
from outreach.languages import find
from outreach.markup.extract import extract
from outreach.project import Source
from outreach.rendered import brief_page, render_page
from outreach.site import Site
from outreach.store import cache_folder
from outreach.translations import LanguageTexts, Translations

HANDS = """---
title: Clean hands
summary: Wash them often.
---
# Clean hands

Wash them often. See [the visit](visit.md#before) and [the form](form.pdf).

![A tap](tap.svg)

::: module extra
Use warm water.
:::

- Before you eat
- [After work][works]

[works]: https://a.example/work
"""
VISIT = "# A visit\n\nBring your card.\n\n## Before\n\nCall [us](hands.md) first.\n"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h{}v9z"/></svg>'
SPANISH = {
    "Clean hands": "Manos limpias",
    "Wash them often.": "Lávelas a menudo.",
    "Use warm water.": "Use agua tibia.",
    "Before you eat": "Antes de comer",
    "A visit": "Una visita",
    "Bring your card.": "Traiga su tarjeta.",
    "Before": "Antes",
    "Call [us](hands.md) first.": "Primero [llámenos](hands.md).",
}
CONFIG = 'site-url = "https://a.example/"\nreviewers = ["Reviewer One"]\nthreshold = 20\n'


def project(root: Path, config: str = "") -> Path:
    """Two guides in three languages, with what guides can point to."""
    return write(
        root,
        {
            "outreach.toml": CONFIG + config,
            "content/en/hands.md": HANDS,
            "content/en/visit.md": VISIT,
            "content/en/tap.svg": SVG.format(9),
            "content/en/form.pdf": b"%PDF-1.4 form",
            **{catalog(name): po(SPANISH) for name in ("hands", "visit")},
            **{
                catalog(name, "vi"): po(SPANISH, "Language: vi", fuzzy="Before")
                for name in ("hands", "visit")
            },
        },
    )


STEPS, AT_ONCE = "made-by-steps", "made-at-once"

Edit = Callable[[Path, int], None]
"""Changes a project somehow; the number says in which of a few ways."""


def _text(path: str, *pairs: tuple[str, str]) -> Edit:
    """Turns one of the texts in a file into another, and back the next time."""

    def edit(root: Path, number: int) -> None:
        old, new = pairs[number % len(pairs)]
        file = root / path
        text = file.read_text("utf-8") if file.is_file() else ""
        write(root, {path: text.replace(old, new) if old in text else text.replace(new, old)})

    return edit


def _toggled(path: str, *contents: str | bytes) -> Edit:
    """Puts a file there, or takes it away."""

    def edit(root: Path, number: int) -> None:
        file = root / path
        wanted = contents[number % len(contents)]
        if file.is_file():
            kept = file.read_bytes()
            file.unlink()
            if kept == (wanted if isinstance(wanted, bytes) else wanted.encode()):
                return
        write(root, {path: wanted})

    return edit


def _config(*lines: str) -> Edit:
    """Adds a line to the configuration, or takes it away."""

    def edit(root: Path, number: int) -> None:
        file, line = root / "outreach.toml", f"{lines[number % len(lines)]}\n"
        text = file.read_text("utf-8")
        file.write_text(text.replace(line, "") if line in text else text + line, "utf-8")

    return edit


def _sign(root: Path, number: int) -> None:
    language, guide = ("es", "vi")[number % 2], ("hands", "visit")[number // 2 % 2]
    if (root / f"content/en/{guide}.md").is_file() and (root / catalog(guide, language)).is_file():
        signed(root, language, guide)


EDITS: Mapping[str, Edit] = {
    "a translation": _text(
        catalog("visit"), ("Una visita", "Una cita"), ("Traiga su tarjeta.", "Traiga la tarjeta.")
    ),
    "another translation": _text(
        catalog("hands", "vi"), ("Manos limpias", "Manos"), ("a menudo", "con frecuencia")
    ),
    "a fuzzy mark": _text(catalog("hands"), ('\nmsgid "Before', '\n#, fuzzy\nmsgid "Before')),
    "a header": _text(
        catalog("hands"), ("Language: es\\n", "Language: es\\nX-Translation-Method: human\\n")
    ),
    "a wrong translation": _text(
        catalog("visit"), ("[llámenos](hands.md)", "[llámenos](http://b.example/)")
    ),
    "a guide": _text(
        "content/en/hands.md",
        ("Wash them often. See", "Wash them. See"),
        ("title: Clean hands", "title: Hands"),
        ("- Before you eat\n", ""),
        ("#before", "#after"),
    ),
    "a heading that others point to": _text("content/en/visit.md", ("## Before", "## Early")),
    "a guide that may be there": _toggled("content/en/more.md", "# More\n", VISIT),
    "a guide for some": _toggled(
        "content/en/only.md",
        "---\nlanguages: [es]\n---\n# Only\n",
        "---\nlanguages: [vi]\n---\n# Only\n",
    ),
    "a catalog that may be there": _toggled(
        catalog("hands", "ar"), po(SPANISH, "Language: ar"), po({}, "Language: ar")
    ),
    "a broken catalog": _text(catalog("visit", "vi"), ('msgid "A visit"', 'msgid "A visit')),
    "a picture": _text("content/en/tap.svg", ("h9", "h8")),
    "a file that guides offer": _toggled("content/en/form.pdf", b"%PDF-1.4 form", b"%PDF-1.5"),
    "targets of links": _toggled(
        "locale/es/LC_MESSAGES/links.po",
        po({"https://a.example/work": "https://a.example/es"}),
        po({"https://a.example/work": "form.pdf"}),
    ),
    "words around guides": _toggled(
        "locale/vi/LC_MESSAGES/interface.po", po({"Contents": "Noi dung"}, "Language: vi")
    ),
    "what became of a guide": _toggled(
        "locale/addresses.toml", '[old]\nto = ["hands"]\nsince = 2026-01-02\ntitle = "Old"\n'
    ),
    "a sign-off": _sign,
    "the configuration": _config(
        'publisher = "Somebody"',
        'contact = "a@b.example"',
        'leave-out = ["extra"]',
        'missing-files = "warn"',
        "review-interval = 3",
        'ignore = ["number"]',
        "retired = { vi = 2020-01-01 }",
        'languages = ["vi", "es"]',
        'partner-logo = "content/en/tap.svg"',
    ),
    "the threshold": _text("outreach.toml", ("threshold = 20", "threshold = 90")),
}


@dataclass(frozen=True, slots=True)
class Twins:
    """A project built into two folders: one step after the other, and everything at each step."""

    root: Path
    cache: Path
    empty: Path

    def built(self, *args: str) -> tuple[Outcome, Outcome]:
        """Build both, with what each told, without what it says of time and work."""
        return (
            self._built(self.cache, STEPS, *args),
            self._built(None, AT_ONCE, "--force", *args),
        )

    def _built(self, cache: Path | None, folder: str, *args: str) -> Outcome:
        with pytest.MonkeyPatch.context() as patch:
            if cache is None:
                shutil.rmtree(self.empty, ignore_errors=True)
                self.empty.mkdir()
                (self.empty / "fonts").symlink_to(cache_folder() / "fonts")
            patch.setenv("OUTREACH_CACHE", str(cache or self.empty))
            outcome = run(self.root, "build", "-o", str(self.root / folder), *args)
        counted = outcome.out.splitlines()[-1].split(", ")[:2] if outcome.out else []
        told = "\n".join((*outcome.out.splitlines()[:-1], *counted)).replace(folder, "build")
        return Outcome(outcome.code, told, outcome.err.replace(folder, "build"))

    def trees(self) -> tuple[dict[str, bytes], dict[str, bytes]]:
        return files(self.root / STEPS), files(self.root / AT_ONCE)


def _steps(*, most: int) -> st.SearchStrategy[list[tuple[str, int]]]:
    return st.lists(
        st.tuples(st.sampled_from(sorted(EDITS)), st.integers(0, 11)), min_size=1, max_size=most
    )


def _same_after_each(steps: list[tuple[str, int]], folder: Path, *args: str) -> None:
    """Edit a project step by step, and compare what is built after each."""
    (folder / "cache").mkdir()
    (folder / "cache/fonts").symlink_to(cache_folder() / "fonts")
    twins = Twins(project(folder / "p", 'variants = ["letter"]\n'), folder / "cache", folder / "e")
    for name, number in (("", 0), *steps):
        if name:
            EDITS[name](twins.root, number)
        step, whole = twins.built(*args)
        assert step == whole, name
        assert twins.trees()[0] == twins.trees()[1], name
    shutil.rmtree(folder)


ANYTHING = tuple(HealthCheck)


@given(steps=_steps(most=5))
@settings(max_examples=8, deadline=None, suppress_health_check=ANYTHING)
def test_any_edits_give_the_pages_of_a_whole_build(
    steps: list[tuple[str, int]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    _same_after_each(steps, tmp_path_factory.mktemp("twins"), "--format", "html")


@pytest.mark.slow
@pytest.mark.parametrize("release", [False, True])
def test_any_edits_give_the_sheets_of_a_whole_build(
    *, release: bool, tmp_path_factory: pytest.TempPathFactory
) -> None:
    args = ("--release",) if release else ()

    @given(steps=_steps(most=4))
    @settings(max_examples=12, deadline=None, suppress_health_check=ANYTHING)
    def any_edits(steps: list[tuple[str, int]]) -> None:
        _same_after_each(steps, tmp_path_factory.mktemp("twins"), *args)

    any_edits()


HEADINGS = st.text(st.sampled_from("ab *_`[]#\\<&!é 1-"), max_size=12)


@given(first=HEADINGS, later=HEADINGS, translated=HEADINGS)
@settings(max_examples=150, deadline=None)
def test_a_list_names_guides_as_their_pages_do(first: str, later: str, translated: str) -> None:
    guide = parse_guide(f"# {first}\n\nText\n\n[a]: b.md\n\n# {later}\n", "a", "content/en/a.md")
    source = Source(guide, extract(guide))
    texts = {segment.msgid: translated for segment in source.extracted.segments[:1]}
    english, spanish = find("en"), find("es")
    read = LanguageTexts(spanish, {"a": Translations(texts, total=2)})
    config = Config(Path(), threshold=0)
    links = {"a": links_of(config, source, by_path([source]))}
    labels = {"es": Label({}), "en": Label({})}
    site = Site(config, english, (english, spanish), {"a": source}, {"es": read}, links, labels)
    page, brief = render_page(site, "a", spanish, medium="web"), brief_page(site, "a", spanish)
    assert (brief.title, brief.title_lang) == (page.title, page.title_lang)
