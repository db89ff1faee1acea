"""What stands at the address of a guide that is not shown in a language. Pure."""

from __future__ import annotations

from outreach.guides import front_matter_text
from outreach.model import Language, Notice, NoticeKind
from outreach.site import Site, brief_page


def notice_of(site: Site, language: Language, guide: str) -> Notice:
    """Why a guide of the project has no page with its text in a language."""
    standing = site.standing(language, guide)
    withdrawal = standing.withdrawal
    kind: NoticeKind = "withdrawn" if withdrawal else "unreviewed"
    if language.tag in site.retired and not withdrawal:
        kind = "retired"
    elif standing.critical:
        kind = "outdated"
    return Notice(
        kind,
        guide,
        language,
        site.source,
        title=brief_page(site, guide, site.source).title,
        summary=front_matter_text(site.sources[guide].guide, "summary"),
        date=withdrawal.date if withdrawal else site.config.retired.get(language.tag, ""),
        reason=withdrawal.reason if withdrawal else "",
        codes=withdrawal.codes if withdrawal else standing.codes,
    )
