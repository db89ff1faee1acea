"""Checks of catalogs. Each rule yields problems; none of them prints or stops anything."""

from outreach.checks.file import check_charset, check_header
from outreach.checks.markup import Found, check_links, check_messages

__all__ = ["Found", "check_charset", "check_header", "check_links", "check_messages"]
