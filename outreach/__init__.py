"""Write health guides once, translate them with gettext, publish pages and printable sheets."""
