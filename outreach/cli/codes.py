"""Exit codes, beside 0 for good and 2 for a wrong call."""

PROBLEMS = 1
"""The content has problems."""
INTERRUPTED = 130
"""As shells have it after Ctrl-C."""
