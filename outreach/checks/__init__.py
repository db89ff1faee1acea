"""Checks of catalogs. Each rule yields what it finds; none of them prints or stops anything."""

from outreach.checks.consistency import inconsistent
from outreach.checks.file import check_charset, check_file, syntax_rule
from outreach.checks.pair import INTERFACE, Context
from outreach.checks.rules import RULES, check_message, refusal
from outreach.checks.targets import check_links

__all__ = [
    "INTERFACE",
    "RULES",
    "Context",
    "check_charset",
    "check_file",
    "check_links",
    "check_message",
    "inconsistent",
    "refusal",
    "syntax_rule",
]
