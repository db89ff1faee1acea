"""Markdown: the only package that knows markdown-it.

`parser` sets the dialect up, `msgid` turns a block's inline text into a msgid, `walk` finds every
text that a translator can reach, `extract` and `render` use that one walk, `shape` tells what
the markup of one text amounts to.
"""
