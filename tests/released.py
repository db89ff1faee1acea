"""The small project after some months: what was signed, changed and withdrawn, and its release."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from projects import SITE, Outcome, files, run, write
from signing import REVIEWER, TRANSLATOR, signed

from outreach.config import load_config
from outreach.languages import find
from outreach.project import folders
from outreach.reading import read_project
from outreach.review.digests import pairs_of, texts_digest
from outreach.review.editions import record_path, reviews_folder
from outreach.review.record import EDITED, Person, Withdrawal, record_text

HANDS, VISIT = "hand-washing", "sub/clinic-visit"
REASON = "Step 2 said “bleach” & <not> “soap”."
CONFIG = f"""
site-url = "https://clinic.example/guides"
reviewers = ["{REVIEWER}"]
variants = ["letter", "large-print", "bilingual", "columns"]
"""


def change(root: Path, guide: str, *changes: tuple[str, str]) -> None:
    """Change words of a guide that are there."""
    path = root / "content" / "en" / f"{guide}.md"
    text = path.read_text("utf-8")
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    path.write_text(text, "utf-8")


def project(root: Path) -> Path:
    """In Spanish one guide is reviewed and one withdrawn; in Arabic both are older versions, and
    one of them would do harm; in Chinese nothing was signed.
    """
    write(root, {k: v for k, v in files(SITE).items() if not k.startswith(("expected/", "build/"))})
    config = (SITE / "outreach.toml").read_text("utf-8")
    write(root, {"outreach.toml": config + CONFIG})
    change(root, HANDS, ("summary:", "id: HE-H1\nedition: 2026-11-20\nsummary:"))
    visit = (root / "content" / "en" / f"{VISIT}.md").read_text("utf-8")
    write(root, {f"content/en/{VISIT}.md": f"---\nid: HE-V1\ncritical: true\n---\n{visit}"})
    translator = Person(TRANSLATOR, consent=True)
    reviewer = Person(REVIEWER, consent=True, credential="Certified placeholder")
    signed(root, "ar", HANDS, translators=(translator,), method=EDITED)
    signed(root, "ar", VISIT, method=EDITED)
    change(
        root,
        HANDS,
        ("edition: 2026-11-20", "edition: 2026-11-24"),
        ("- After you cough\n", ""),
        ("> Clean care is safer care.\n", ""),
    )
    change(root, VISIT, ("- Your questions\n", ""))
    signed(root, "es", HANDS, translators=(translator,), reviewer=reviewer, method=EDITED)
    withdraw(root, "es", VISIT)
    return root


def withdraw(root: Path, tag: str, guide: str) -> None:
    """Sign a sheet, and call it back."""
    record = signed(root, tag, guide, method=EDITED)
    assert record.signed
    config, language = load_config(root), find(tag)
    site = read_project(config, fonts=False).site
    texts = texts_digest(pairs_of(site.sources[guide], site.translations(language, guide)))
    item = Withdrawal("2026-11-25", REASON, (record.signed.code,), texts)
    path = record_path(reviews_folder(config, language, folders(config)), guide)
    write(root, {path: record_text(replace(record, signed=None, withdrawn=(item,)))})


def release(root: Path) -> Outcome:
    """Release a project, all sheets included."""
    return run(root, "build", "--release")
