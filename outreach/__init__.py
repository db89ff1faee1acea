"""Write health guides once, translate them with gettext, publish pages and printable sheets."""

__version__ = "0.1.0"
"""Of this code. The package is built with it: what is installed cannot say anything else."""
