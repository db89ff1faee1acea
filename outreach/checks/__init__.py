"""Checks of catalogs. Each rule yields what it finds; none of them prints or stops anything."""

from outreach.checks.consistency import inconsistent
from outreach.checks.file import check_header
from outreach.checks.links import check_links
from outreach.checks.pair import Context
from outreach.checks.rules import RULES, check_message

__all__ = ["RULES", "Context", "check_header", "check_links", "check_message", "inconsistent"]
