"""A made-up project of any size: guides in English and catalogs in up to 60 languages.

    PYTHONPATH=.:tests python -m bench.project FOLDER --guides 9 --languages 20

The same numbers give the same bytes. Guides have what guides have: headings, paragraphs, lists,
tables, links, notes to translators, footnotes, callouts. A translation has the markup, numbers and
links of its source, and other words: each English word stands for one of the language, of about
its length, from CLDR's names of countries, languages, months and days. So the letters and their
number are those of the language, and the sentences say nothing.
"""

from __future__ import annotations

import argparse
import random
import re
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from babel import Locale

from outreach.catalog.format import format_catalog, header_fields, header_message
from outreach.config import Config, load_config
from outreach.interface import packaged_template, ships
from outreach.languages import find
from outreach.model import Language, Message
from outreach.project import INTERFACE, LINKS, read_sources
from outreach.update import HELP, Domains, apply, messages_by_domain, plan_templates

_SPOKEN = (
    "es ar zh-Hans vi ru am hi ko fr so my km uk ht fa ps ur sw th ne bn ja zh-Hant tl pt-BR lo "
    "ti ta te he el de pl it mr ml gu pa fa-AF pt ckb ha ig yo fil id nl cs sk sl hr bs sr sr-Latn "
    "bg be lt lv ro hy"
)
TAGS = tuple(_SPOKEN.split())
"""Tags of our table, some scripts of each kind among the first."""
PARTIAL = 3
"""Every third language is not complete."""
EMPTY, FUZZY = 0.06, 0.04
"""In it, parts of the messages that have no translation, and one of an older text."""

_SENTENCES = (
    "{Who} can ask {who} about {thing}.",
    "Bring {thing} and {thing} when you go to {place}.",
    "If you {do} {thing}, tell {who} as soon as you can.",
    "{Who} will help you to {do} {thing} in your own language.",
    "You do not pay for {thing} at {place}.",
    "Please {do} {thing} before you visit {place}.",
    "Many people {do} {thing} with {who}, and that is fine.",
    "Keep {thing} in a cool and dry room, far from {thing}.",
    "{Who} may {do} {thing} again after some days.",
    "Write down {thing}, so that {who} can read it later.",
    "It is safe to {do} {thing} when {who} says so.",
    "At {place} there is always time for {thing}.",
    "**Good to know:** {who} and {who} share {thing}.",
    "The cost of {thing} is *the same* for {who} and for {who}.",
    "{Who} must {do} {thing} at least {number} times.",
    "About {number} people came to {place} for {thing}.",
    "Call (206) 555-01{digits} and ask for {thing}.",
    "Fill in the form `B-{number}` with {who}.",
    "Read [what {place} says about {thing}][{guide}] first.",
    "See [the page of {place}](https://example.org/{slug}) for {thing}.",
    "{Who} told us: “We {do} {thing}, and it helped.”",
    "Small steps count: {do} {thing}, rest well, and {do} {thing}.",
)
_PHRASES = (
    "{Thing} and {thing}",
    "{Do} {thing} with {who}",
    "**{Thing}** for {who}",
    "{Thing} from {place}",
    "A list of {thing}, with {number} parts",
    "{Thing}, {thing} and {thing}",
)
_SLOTS = {
    "who": "a nurse|your doctor|the interpreter|a neighbor|your family|older people|"
    "young parents|the school|a friend|the health worker|your teacher|a child|the driver|"
    "the staff|visitors|a volunteer|the pharmacist|women|men|people with little time",
    "do": "take|check|bring|share|read|clean|wash|cook|measure|write|use|prepare|choose|order|"
    "keep|collect|explain|plan|carry|compare|discuss|repeat",
    "thing": "clean water|fresh fruit|the medicine|warm clothes|a simple plan|your papers|"
    "the letter|good sleep|the vaccine|healthy food|the results|a short walk|"
    "the appointment|your questions|the blood test|a safe home|the bus ticket|"
    "clear words|a second opinion|hot tea|the baby bottle|fair treatment|"
    "the insurance card|soap and towels|green vegetables|the old bandage|calm music|"
    "the telephone number|your right to care|the new rules|a sunny garden|"
    "stairs and doors|the morning meal|early help|a written answer|strong shoes",
    "place": "the clinic|the library|the community center|the hospital|the market|the town hall|"
    "the food bank|the church kitchen|the garden|the pharmacy|the school gate|"
    "the bus station|the mobile office|the waiting room",
}
_CHOICES = {slot: tuple(text.split("|")) for slot, text in _SLOTS.items()}
_SLOT = re.compile(r"\{(\w+)\}")
_WORD = re.compile(
    r"(?P<kept>%\(\w+\)s|`[^`]*`|\]\([^)]*\)|\]\[[^\]]*\]|\[\^[^\]]*\]|<[^>]*>)|[A-Za-z]+(?:['’-][A-Za-z]+)*"
)
_LETTERS = re.compile(
    r"[^\W\d_]+(?:[\u0300-\u036f\u0900-\u0dff\u0e00-\u109f\u1780-\u17ff]+[^\W\d_]*)*"
)
_ARABIC_ONLY = re.compile("[\u0643\u064a]")
"""Letters that other languages of that script write otherwise, and CLDR not always does."""
_SPACELESS = ("Hans", "Hant", "Jpan", "Thai", "Laoo", "Khmr", "Mymr")


@dataclass(frozen=True, slots=True)
class Size:
    """How many guides, and in how many languages beside English."""

    guides: int
    languages: int
    sections: int = 8
    """Of each guide; one has about eleven messages."""

    @property
    def outputs(self) -> int:
        """Guides in languages, English too."""
        return self.guides * (self.languages + 1)


def scaled(scale: float) -> Size:
    """The size of a scale: 20 guides in 6 languages are 1, and 200 in 60 are 10."""
    return Size(max(2, round(20 * scale)), max(1, min(len(TAGS), round(6 * scale))))


def write_project(folder: Path, size: Size, seed: int = 1) -> Config:
    """Write a project into a folder; returns its configuration, and raises OSError when it cannot.

    Templates and catalogs are those that `outreach update` writes: it finds nothing to do.
    """
    content = folder / "content" / "en"
    content.mkdir(parents=True, exist_ok=True)
    (folder / "outreach.toml").write_text('publisher = "Example Health Network"\n', "utf-8")
    for number in range(size.guides):
        path = content / f"{_name(number)}.md"
        path.write_text(guide(number, size, seed), "utf-8")
    config = load_config(folder)
    sources, _ = read_sources(config)
    domains = messages_by_domain(config, sources)
    apply(config, plan_templates(config, domains), prune=False)
    guides = {domain: messages for domain, messages in domains.items() if domain != LINKS}
    for position, tag in enumerate(TAGS[: size.languages]):
        language = find(tag)
        interface = {} if ships(language) else {INTERFACE: packaged_template()}
        partial = position % PARTIAL == PARTIAL - 1
        _write_catalogs(config, language, {**guides, **interface}, partial=partial)
    return config


# English


def guide(number: int, size: Size, seed: int = 1) -> str:
    """The Markdown of one guide."""
    chance = random.Random(f"{seed} {number}")  # noqa: S311  words to fill pages with
    writer = _Writer(chance, size.guides, number)
    title, summary = writer.phrase(plain=True), writer.sentence(plain=True)
    head = f"title: {title}, part {number + 1}\nsummary: {summary}\nid: BN-{number + 1}"
    parts = [f"---\n{head}\nedition: 2026-01-15\n---", writer.paragraph()]
    for section in range(size.sections):
        parts += writer.section(section)
    parts += [f"[^{section}]: {writer.sentence()}" for section in range(0, size.sections, 2)]
    parts.append("\n".join(f"[{name}]: {name}.md" for name in sorted(writer.linked)))
    return "\n\n".join(filter(None, parts)) + "\n"


class _Writer:
    """Writes the parts of a guide, and remembers which others it links to."""

    def __init__(self, chance: random.Random, guides: int, number: int) -> None:
        self.chance, self.guides, self.number = chance, guides, number
        self.linked: set[str] = set()

    def section(self, number: int) -> Iterator[str]:
        """A heading and what stands below it."""
        mark = "###" if number % 3 == 2 else "##"
        yield f"{mark} {self.phrase(plain=True)}"
        if number % 4 == 1:
            yield f"<!-- note: {self.sentence(plain=True)} -->"
        footnote = f"[^{number}]" if number % 2 == 0 else ""
        yield self.paragraph() + footnote
        yield self.paragraph()
        kinds = (self.bullets, self.table, self.steps, self.callout, self.quote, self.terms)
        yield kinds[(number + self.number) % len(kinds)]()
        yield self.paragraph()

    def paragraph(self) -> str:
        return " ".join(self.sentence() for _ in range(self.chance.randint(1, 4)))

    def bullets(self) -> str:
        return "\n".join(f"- {self.phrase()}" for _ in range(self.chance.randint(3, 7)))

    def steps(self) -> str:
        count = self.chance.randint(3, 6)
        return "\n".join(f"{number + 1}. {self.sentence()}" for number in range(count))

    def table(self) -> str:
        rows = [f"| {self.phrase(plain=True)} | {self.phrase(plain=True)} |", "|---|---|"]
        rows += [f"| {self.phrase()} | {self.phrase()} |" for _ in range(self.chance.randint(2, 5))]
        return "\n".join(rows)

    def callout(self) -> str:
        kind = self.chance.choice(("example", "note", "warning"))
        return f"::: {kind} {self.phrase(plain=True)}\n{self.paragraph()}\n\n{self.bullets()}\n:::"

    def quote(self) -> str:
        return f"> {self.paragraph()}"

    def terms(self) -> str:
        count = self.chance.randint(2, 4)
        return "\n\n".join(f"{self.phrase()}\n: {self.sentence()}" for _ in range(count))

    def sentence(self, *, plain: bool = False) -> str:
        return self._filled(_SENTENCES[:12] if plain else _SENTENCES)

    def phrase(self, *, plain: bool = False) -> str:
        return self._filled(_PHRASES[:2] if plain else _PHRASES)

    def _filled(self, texts: Sequence[str]) -> str:
        return _SLOT.sub(self._slot, self.chance.choice(texts))

    def _slot(self, match: re.Match[str]) -> str:
        name = match[1]
        if name == "number":
            return str(self.chance.randint(3, 900))
        if name == "digits":
            return f"{self.chance.randint(0, 99):02}"
        if name == "slug":
            return f"page-{self.chance.randint(1, 40)}"
        if name == "guide":
            other = _name(self.chance.randrange(self.guides))
            self.linked.add(other)
            return other
        text = self.chance.choice(_CHOICES[name.lower()])
        return text[0].upper() + text[1:] if name[0].isupper() else text


def _name(number: int) -> str:
    return f"guide-{number + 1:03}"


# Translations


def translated(text: str, language: Language) -> str:
    """A text with the words of a language in the place of the English ones."""
    words, last = _words_of(language), ""
    others = _ordered_bank(language)

    def other(match: re.Match[str]) -> str:
        nonlocal last
        if match["kept"]:
            return match[0]
        plain = match[0].lower()
        # The interface has words that no guide has.
        word = words.get(plain) or others[zlib.crc32(plain.encode()) % len(others)]
        if word == last:  # a word that stands twice is a mistake that checks find
            word = words["telephone"]
        last = word
        return word[0].upper() + word[1:] if match[0][0].isupper() else word

    made = _WORD.sub(other, text)
    if language.script in _SPACELESS:
        made = re.sub(r"(?<=[^\W\d_a-zA-Z]) (?=[^\W\d_a-zA-Z])", "", made)
    return made


@cache
def _words_of(language: Language) -> dict[str, str]:
    """For every English word that guides use one of a language, the short ones for short ones."""
    english = sorted(_vocabulary(), key=lambda word: (len(word), word))
    theirs = _ordered_bank(language)
    step = len(theirs) / len(english)
    return {word: theirs[int(place * step)] for place, word in enumerate(english)}


@cache
def _ordered_bank(language: Language) -> tuple[str, ...]:
    return tuple(sorted(_bank(language), key=lambda word: (len(word), word)))


def _vocabulary() -> set[str]:
    texts = [*_SENTENCES, *_PHRASES, *_SLOTS.values(), "part"]
    return {
        match[0].lower()
        for text in texts
        for match in _WORD.finditer(re.sub(r"\{\w+\}", " 1 ", text))
        if not match["kept"]
    }


def _bank(language: Language) -> set[str]:
    """Words of a language, without those of other scripts."""
    locale = Locale.parse(language.tag, sep="-")
    names: list[str] = [*locale.territories.values(), *locale.languages.values()]
    names += [*locale.months["format"]["wide"].values(), *locale.days["format"]["wide"].values()]
    words = set(_own_words(names, latin=language.script == "Latn"))
    return words if language.tag == "ar" else {it for it in words if not _ARABIC_ONLY.search(it)}


def _own_words(texts: Iterable[str], *, latin: bool) -> Iterator[str]:
    for text in texts:
        for word in _LETTERS.findall(text.lower()):
            if latin or not re.search("[a-z]", word):
                yield word


def _write_catalogs(config: Config, language: Language, domains: Domains, *, partial: bool) -> None:
    fields = header_fields(config.name, team=language.english_name, language=language.locale)
    header = header_message([*fields, ("Plural-Forms", language.plural_forms)], HELP)
    folder = config.root / "locale" / language.locale / "LC_MESSAGES"
    folder.mkdir(parents=True, exist_ok=True)
    for domain, messages in domains.items():
        some = partial and domain != INTERFACE
        filled = (_filled(item, language, partial=some) for item in messages)
        (folder / f"{domain}.po").write_text(format_catalog(header, filled), "utf-8")


def _filled(message: Message, language: Language, *, partial: bool) -> Message:
    """A message with its translation; in a partial catalog a few have none, or an older one."""
    # By its digest, because a text of two guides has to have the same in both.
    part = zlib.crc32(f"{language.tag} {message.msgid}".encode()) / 2**32 if partial else 1.0
    if part < EMPTY:
        return message
    done = replace(message, msgstr=translated(message.msgid, language))
    if part < EMPTY + FUZZY:
        return replace(done, flags=("fuzzy",), previous_msgid=f"{message.msgid} Then rest.")
    return done


def main() -> None:
    """Write a project, and say what it holds."""
    parser = argparse.ArgumentParser(prog="bench.project", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--guides", type=int, default=9)
    parser.add_argument("--languages", type=int, default=20, help=f"up to {len(TAGS)}")
    parser.add_argument("--sections", type=int, default=8, help="of each guide")
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    if not 0 <= chosen.languages <= len(TAGS):
        parser.error(f"there are {len(TAGS)} languages")
    size = Size(chosen.guides, chosen.languages, chosen.sections)
    write_project(chosen.folder, size, chosen.seed)
    print(f"{size.guides} guides in English and {size.languages} languages: {chosen.folder}")


if __name__ == "__main__":
    main()
