"""The command line: the only package that imports click."""

from outreach.cli.main import main

__all__ = ["main"]
