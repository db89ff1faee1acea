"""Web pages: records in, HTML text out; the templates and Jinja stay behind this package."""
