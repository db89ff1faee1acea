"""How all translations of a project stand: PROJECT sign, read or stand.

`sign` signs them all; the others say the processor seconds of reading the project, or
of finding out how its translations stand.
"""

from __future__ import annotations

import sys
import time
from datetime import date
from pathlib import Path

from outreach.config import load_config
from outreach.files import read_text, write_bytes
from outreach.project import folders
from outreach.reading import read_project
from outreach.review.digests import text_digest
from outreach.review.editions import reviews_folder
from outreach.review.record import EDITED, Person, Record
from outreach.review.sign import files_of, sign
from outreach.review.standing import Reader
from outreach.site import Site


def sign_all(site: Site) -> None:
    """Sign everything as it is, with every text known as a machine's."""
    config = site.config
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
            text = read_text(config.root / source.guide.path, source.guide.path)
            for path, data in files_of(folder, record, text, source, texts).items():
                write_bytes(config.root / path, data, path)


def main(project: Path, what: str) -> None:
    config = load_config(project)
    start = time.process_time()
    site = read_project(config, fonts=False).site
    if what == "sign":
        sign_all(site)
        return
    if what == "stand":
        start = time.process_time()
        reader = Reader(config, site.source, folders(config))
        for read in site.texts.values():
            reader.standings(read.language, site.sources, read.guides)
    print(time.process_time() - start)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
