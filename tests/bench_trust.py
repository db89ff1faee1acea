"""How long it takes to find out how every translation stands: 8 guides in 16 languages.

Processor time in this process, the best of some rounds, without reading guides and catalogs, which
a build does anyway. Nothing here is asserted.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from projects import catalog, po, write

from outreach.config import load_config
from outreach.files import read_text, write_bytes
from outreach.project import folders
from outreach.reading import read_project
from outreach.review.digests import text_digest
from outreach.review.editions import reviews_folder
from outreach.review.record import EDITED, Person, Record
from outreach.review.sign import files_of, sign
from outreach.review.standing import Reader

GUIDES, PARAGRAPHS, WORDS = 8, 150, 15
SPOKEN = "es ar am vi ko ru ht fr so sw uk ps ur hi bn km"
TAGS = SPOKEN.split()
CONFIG = 'reviewers = ["Reviewer One"]\n'


def main(arguments: Sequence[str]) -> None:
    """Print the times."""
    rounds = 3 if "--quick" in arguments else 15
    print(f"how {GUIDES} guides of {PARAGRAPHS} texts stand in {len(TAGS)} languages, in CPU ms")
    with tempfile.TemporaryDirectory() as folder:
        root = project(Path(folder))
        sign_all(root)
        print(f"{measured(root, rounds):6.0f}  all reviewed")
        for path in root.glob("locale/*/LC_MESSAGES/*.po"):
            text = path.read_text("utf-8")
            path.write_text(f'{text.rstrip()[:-1]} X"\n', encoding="utf-8")
        print(f"{measured(root, rounds):6.0f}  one text edited in each")
        sign_all(root)
        for path in root.glob("content/en/*.md"):
            path.write_text(f"{path.read_text('utf-8')}\nOne more.\n", encoding="utf-8")
        print(f"{measured(root, rounds):6.0f}  all outdated")


def project(root: Path) -> Path:
    """A project with guides of made-up text, complete in all languages."""
    make = random.Random(1)  # noqa: S311  only words to fill pages with
    words = [f"word{number}" for number in range(500)]
    files: dict[str, str | bytes] = {"outreach.toml": CONFIG}
    for number in range(GUIDES):
        texts = [" ".join(make.choices(words, k=WORDS)) for _ in range(PARAGRAPHS)]
        files[f"content/en/g{number}.md"] = "\n\n".join(["# Title", *texts]) + "\n"
        for tag in TAGS:
            pairs = {text: text.upper() for text in ("Title", *texts)}
            files[catalog(f"g{number}", tag)] = po(pairs, f"Language: {tag}")
    return write(root, files)


def sign_all(root: Path) -> None:
    """Sign everything as it is, with every text known as a machine's."""
    config = load_config(root)
    site = read_project(config, fonts=False).site
    for language in site.languages[1:]:
        folder = reviews_folder(config, language, folders(config))
        for name, source in site.sources.items():
            texts = site.translations(language, name)
            machine = frozenset(map(text_digest, texts.texts.values()))
            people = (Person("Translator Two"),)
            record = sign(
                Record(name, language.tag, EDITED, people, machine=machine),
                source,
                texts,
                reviewer=Person("Reviewer One"),
                day=date(2026, 11, 25),
                code="222-222",
                method=EDITED,
            )
            text = read_text(root / source.guide.path, source.guide.path)
            for path, data in files_of(folder, record, text, source, texts).items():
                write_bytes(root / path, data, path)


def measured(root: Path, rounds: int) -> float:
    """The least time of some rounds, in milliseconds."""
    config = load_config(root)
    site, spelled = read_project(config, fonts=False).site, folders(config)

    def once() -> None:
        reader = Reader(config, site.source, spelled)
        for read in site.texts.values():
            reader.standings(read.language, site.sources, read.guides)

    return min(timed(once) for _ in range(rounds)) * 1000


def timed(work: Callable[[], None]) -> float:
    """Processor seconds of one call."""
    begin = time.process_time()
    work()
    return time.process_time() - begin


if __name__ == "__main__":
    main(sys.argv[1:])
