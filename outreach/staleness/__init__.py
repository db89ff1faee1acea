"""What changed in the guides since each translation was reviewed, or since a day or a revision.

For a coordinator who orders work, and for the translators who do it.
"""

from outreach.staleness.data import as_json
from outreach.staleness.page import as_html
from outreach.staleness.past import revision_of
from outreach.staleness.read import since_review, since_revision
from outreach.staleness.text import as_text

__all__ = ["as_html", "as_json", "as_text", "revision_of", "since_review", "since_revision"]
