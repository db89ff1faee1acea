"""What would be signed: everything is read and judged before anything is written."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from outreach.config import Config
from outreach.files import read_text
from outreach.guides import parse_guide
from outreach.model import Language, Location, Message, OutreachError, Page, Problem, UsageError
from outreach.project import LINKS, catalog_path, domain_of, folders
from outreach.reading import Read
from outreach.rendered import render_page
from outreach.review.digests import Pair, pairs_of, source_digest
from outreach.review.editions import Edition, load_edition, load_record, reviews_folder
from outreach.review.obstacles import Case, Place, cautions, obstacles
from outreach.review.people import Claim, claimed, reviewer_of
from outreach.review.record import Record, SignOff
from outreach.review.sign import files_of, refuse_links, sign
from outreach.review.standing import method_of, sign_off_problem
from outreach.sheet.edition import edition_code
from outreach.site import Site
from outreach.stored import catalog_at
from outreach.translations import by_msgid


@dataclass(frozen=True, slots=True)
class Plan:
    """A sign-off that was prepared, and what speaks against it."""

    case: Case
    page: Page
    """The guide as it is printed now."""
    signed: SignOff
    kept: Edition | None
    """The edition that was signed last, where it counts."""
    last: SignOff | None
    """The sign-off of that edition."""
    problems: tuple[Problem, ...]
    """Why it must not be signed; empty where it may be."""
    warnings: tuple[Problem, ...]
    """What whoever signs should know."""

    @property
    def pairs(self) -> list[Pair]:
        """What would be signed, in the order of the guide."""
        return pairs_of(self.case.source, self.case.texts)

    @property
    def is_done(self) -> bool:
        """Whether just this is signed already."""
        return self.case.record == self.case.former and self.kept is not None

    def files(self) -> dict[str, bytes]:
        """What signing writes, by path in the project, the record last.

        Raises OutreachError when the guide was edited since it was read.
        """
        case, guide = self.case, self.case.source.guide
        place = case.place
        text = read_text(place.config.root / guide.path, guide.path)
        if source_digest(parse_guide(text, guide.name, guide.path)) != self.signed.source:
            problem = Problem(Location(guide.path), "was edited meanwhile; review it as it is now")
            raise OutreachError(problem)
        return dict(files_of(place.folder, case.record, text, case.source, case.texts))


def place_of(config: Config, language: Language, guide: str) -> Place:
    """Where the record and the catalogs of a guide lie.

    Raises OutreachError where the record's place is a link, or behind one out of the project.
    """
    spelled = folders(config)
    domain = domain_of(config, guide)
    place = Place(
        config,
        language,
        guide,
        reviews_folder(config, language, spelled),
        domain,
        catalog_path(config, language, domain, spelled),
        catalog_path(config, language, LINKS, spelled),
    )
    refuse_links(config, [place.record])
    return place


def own_record(place: Place) -> Record | None:
    """Return the record of a guide; None where there is none.

    Raises OutreachError for one that cannot be read, or that was copied from elsewhere.
    """
    record = load_record(place.config, place.record)
    if record and (record.guide, record.language) != (place.guide, place.language.tag):
        text = (
            f"is the record of {record.guide} in {record.language}, not of {place.guide} in "
            f"{place.language.tag}; remove it, and review this one for itself"
        )
        raise OutreachError(Problem(Location(place.record), text, rule="record"))
    return record


def plan(
    read: Read, language: Language, guide: str, claim: Claim, day: date, *, again: bool = False
) -> Plan:
    """Prepare the sign-off of a guide in a language as it is; `read` has that language.

    `again` allows texts that were withdrawn. Raises UsageError where the claim lacks something, and
    OutreachError for a record that cannot be read.
    """
    config, source = read.site.config, read.site.sources[guide]
    if not source.wants(language):
        raise UsageError(f"{guide} is kept to other languages: see `languages` in the guide")
    place = place_of(config, language, guide)
    former = own_record(place)
    wrong = former is None or sign_off_problem(config, former, guide, language.tag)
    last = None if wrong or former is None else former.signed
    texts = read.site.translations(language, guide)
    record = claimed(former or Record(guide, language.tag), claim)
    reviewer = reviewer_of(config, claim, last.reviewer if last else None)
    method, untouched = method_of(record, texts)
    page = present_page(read.site, language, guide)
    record = sign(
        record, source, texts, reviewer=reviewer, day=day, code=edition_code(page), method=method
    )
    case = Case(place, source, texts, _messages(place), former, record, untouched)
    return Plan(
        case,
        page,
        _signed(record),
        load_edition(config, language, source.guide, place.folder, last) if last else None,
        last,
        tuple(obstacles(read, case, again=again)),
        tuple(cautions(read, case)),
    )


def present_page(site: Site, language: Language, guide: str) -> Page:
    """The guide as it is printed from the texts as they are, whatever was signed before."""
    return render_page(replace(site, standings={}, editions={}), guide, language, medium="print")


def _messages(place: Place) -> dict[str, Message]:
    """The live messages of the catalog; none where it cannot be read, of which its reader tells."""
    try:
        catalog = catalog_at(place.config, place.catalog)
    except OutreachError:
        return {}
    return by_msgid(catalog.messages) if catalog else {}


def _signed(record: Record) -> SignOff:
    if record.signed is None:
        raise ValueError("a record that was just signed has a sign-off")
    return record.signed
