from __future__ import annotations

from outreach.sheet.script import hold_references, print_addresses


def test_only_links_in_footnotes_are_spelled_out() -> None:
    link = '<a href="https://www.example.org/a/">here</a>'
    bare = '<a href="https://example.org/b">https://example.org/b</a>'
    html = f'<p>{link}</p><section class="footnotes"><p>{link} {bare}</p></section>'
    address = ' <span class="address" dir="ltr">(example.org/a)</span>'
    assert print_addresses(html) == (
        f'<p>{link}</p><section class="footnotes"><p>{link}{address} {bare}</p></section>'
    )


def test_a_footnote_number_does_not_begin_a_line() -> None:
    assert (
        hold_references('病。<sup class="footnote-ref">') == '病。\u2060<sup class="footnote-ref">'
    )
