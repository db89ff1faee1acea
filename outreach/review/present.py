"""What is being signed, as text for a terminal: the facts, then the texts. Pure.

Of a translation that was signed before, only what differs from then: see `outreach.changes`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from outreach.changes.guides import pair as closest_pairs
from outreach.changes.text import Marks, marks_of, pair_lines
from outreach.changes.wording import pair_of
from outreach.changes.words import one_line
from outreach.guides import document_id
from outreach.model import Language
from outreach.report import number_of
from outreach.review.digests import Pair
from outreach.review.plan import Plan
from outreach.review.record import Person

Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Difference:
    """A text of the guide that is not as it was signed last."""

    before: Pair | None
    now: Pair | None
    """None where it is gone."""


def facts(plan: Plan) -> str:
    """What is signed and by whom, a line each."""
    case, signed, page = plan.case, plan.signed, plan.page
    language = page.language
    record = case.record
    lines = {
        "Guide": f"{page.source_title} ({document_id(case.source.guide)})",
        "Language": f"{language.own_name} · {language.english_name} ({language.tag})",
        "English of": signed.english or "no date: the guide has no `edition`",
        "Edition": signed.code,
        "Method": _method(plan),
        "Translated by": ", ".join(map(_person, record.translators)),
        "Reviewed by": _person(signed.reviewer),
        "Tried with readers": record.community_check,
        "Messages": _count(plan),
    }
    width = max(map(len, lines)) + 2
    return "\n".join(
        f"{label + ':':<{width}}{one_line(text)}" for label, text in lines.items() if text
    )


def texts(plan: Plan, *, colour: bool = False) -> str:
    """The texts that are signed: those that differ from the last signed edition, or all."""
    marks = marks_of(colour=colour)
    source, language = plan.page.source, plan.page.language
    if plan.kept is None:
        found = [Difference(None, item) for item in plan.pairs]
    else:
        found = differences(list(plan.kept.pairs), plan.pairs)
    return "\n\n".join("\n".join(_lines(item, source, language, marks)) for item in found)


def differences(old: list[Pair], new: list[Pair]) -> list[Difference]:
    """What differs in the order of the new pairs; then what is gone.

    A translation of an edited text is beside that of the text it was made from.
    """
    known = set(old)
    before = {item[:3]: item for item in old}
    now = {item[:3] for item in new}
    gone = {key: item for key, item in before.items() if key not in now}
    made = _made_from([item for item in new if item[:3] not in before], gone)
    changed = [
        Difference(before.get(item[:3]) or made.get(item[:3]), item)
        for item in new
        if item not in known
    ]
    used = {item[:3] for item in made.values()}
    left = sorted(item for key, item in gone.items() if key not in used)
    return [*changed, *(Difference(item, None) for item in left)]


def _made_from(added: list[Pair], gone: Mapping[Key, Pair]) -> dict[Key, Pair]:
    """For new texts the signed pair that each was made from."""
    texts = {msgid: item for (domain, _, msgid), item in gone.items() if not domain}
    new = [msgid for domain, _, msgid, _ in added if not domain]
    made = closest_pairs(new, list(texts), {})
    return {item[:3]: texts[made[item[2]]] for item in added if not item[0] and item[2] in made}


def _lines(found: Difference, source: Language, language: Language, marks: Marks) -> Iterator[str]:
    before, now = found.before, found.now
    what = _what(before, now)
    if what:
        yield what
    for label, index in ((source, 2), (language, 3)):
        was = before[index] if before else now[index] if now else None
        yield from pair_lines(pair_of(label.english_name, was, now[index] if now else None), marks)


def _what(before: Pair | None, now: Pair | None) -> str:
    """What happened to a text since it was signed; of a new one, what it is."""
    if now is None:
        return "no longer in the guide"
    if before is None:
        return "address of a link" if now[0] else ""
    if before[2] != now[2]:
        return "text edited"
    return "translation changed" if before[3] != now[3] else "context changed"


def _method(plan: Plan) -> str:
    untouched, total = plan.case.untouched, plan.case.texts.total
    rest = f"; {untouched} of {number_of(total, 'text')} are as a machine made them"
    return plan.signed.method + (rest if untouched else "")


def _person(person: Person) -> str:
    named = "to be named" if person.consent else "not to be named"
    return f"{person.name} ({', '.join(filter(None, (person.credential, named)))})"


def _count(plan: Plan) -> str:
    total = plan.case.texts.total
    if plan.kept is None or plan.last is None:
        return str(total)
    found = differences(list(plan.kept.pairs), plan.pairs)
    number = number_of(len(found), "text") if found else "none"
    return f"{total}; {number} not as {plan.last.reviewer.name} signed on {plan.last.date}"


def other_edition(plan: Plan, code: str) -> str:
    """Why a code that stands on a paper is not that of the texts, in words."""
    text = f"{code} is not the code of the texts as they are: that is {plan.signed.code}"
    former = plan.case.former
    if former and former.signed and same_code(former.signed.code, code):
        text += f"; it is that of the edition signed on {former.signed.date}"
    for item in former.withdrawn if former else ():
        if any(same_code(other, code) for other in item.codes):
            text += f"; an edition with it was withdrawn on {item.date}"
    return f"{text}. Print the sheet anew, and have that one read"


def same_code(one: str, other: str) -> bool:
    """Whether two edition codes are the same, apart from case, spaces and hyphens."""
    return bare_code(one) == bare_code(other)


def bare_code(text: str) -> str:
    """An edition code without what makes no difference."""
    return "".join(char for char in text.upper() if char.isalnum())
