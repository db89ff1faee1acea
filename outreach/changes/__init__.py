"""What changed in a project since a git revision, for those who review a pull request."""

from outreach.changes.compare import compare, languages
from outreach.changes.data import as_json
from outreach.changes.markdown import as_markdown
from outreach.changes.snapshot import project_at
from outreach.changes.text import as_text

__all__ = ["as_json", "as_markdown", "as_text", "compare", "languages", "project_at"]
