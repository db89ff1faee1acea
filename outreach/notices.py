"""What stands at the address of a guide that is not shown in a language. Pure."""

from __future__ import annotations

from dataclasses import replace

from outreach.answers import Answer
from outreach.guides import front_matter_text
from outreach.model import Language, Notice, NoticeKind
from outreach.rendered import brief_page
from outreach.review.record import Withdrawal
from outreach.site import Site


def notice_of(site: Site, language: Language, guide: str) -> Notice:
    """Why a guide has no page with its text in a language."""
    answer = site.answer(language, guide)
    if answer:
        return _answered(site, language, answer)
    standing = site.standing(language, guide)
    kind: NoticeKind = "unreviewed"
    if language.tag in site.retired:
        kind = "retired"
    elif standing.critical:
        kind = "outdated"
    since = site.config.retired.get(language.tag, "")
    notice = _notice(site, language, guide, kind, date=since, codes=standing.codes)
    return _withdrawn(notice, standing.withdrawal)


def _answered(site: Site, language: Language, answer: Answer) -> Notice:
    """Why a guide is gone, in a language or in all of them."""
    kind: NoticeKind = "moved" if answer.targets else "retired"
    notice = _notice(site, language, answer.guide, kind, date=answer.since)
    notice = replace(notice, targets=answer.targets)
    return _withdrawn(notice, answer.withdrawn.get(language.tag))


def _notice(
    site: Site,
    language: Language,
    guide: str,
    kind: NoticeKind,
    *,
    date: str,
    codes: tuple[str, ...] = (),
) -> Notice:
    title, summary = "", ""
    if guide in site.sources:
        title = brief_page(site, guide, site.source).title
        summary = front_matter_text(site.sources[guide].guide, "summary")
    elif answer := site.answer(language, guide):
        title = answer.title
    return Notice(
        kind, guide, language, site.source, title=title, summary=summary, date=date, codes=codes
    )


def _withdrawn(notice: Notice, withdrawal: Withdrawal | None) -> Notice:
    """The notice of what somebody withdrew by hand, where that is so: it comes before the rest."""
    if withdrawal is None:
        return notice
    return replace(
        notice,
        kind="withdrawn",
        date=withdrawal.date,
        reason=withdrawal.reason,
        codes=withdrawal.codes,
    )
