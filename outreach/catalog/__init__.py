"""Catalogs of messages in gettext's PO format: collect, format, read, match and merge.

Nothing is imported here, so that `outreach.catalog.format` costs no third-party library.
"""
