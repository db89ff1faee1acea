from __future__ import annotations

import pytest

from outreach.languages import find
from outreach.sheet.script import hold_references, number_lists, print_addresses, tight


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


def test_a_numbered_list_begins_at_its_number() -> None:
    nine = '<ol style="counter-reset: list-item 8" start="9" class="steps">'
    assert number_lists('<ol start="9" class="steps">') == nine
    assert number_lists('<ol start="0">') == '<ol style="counter-reset: list-item -1" start="0">'
    for html in ("<ol>", '<ol style="color: red" start="9">', '<li start="9">', "&lt;ol start=9"):
        assert number_lists(html) == html


@pytest.mark.parametrize("tag", ["en", "vi", "ar", "ur", "km", "my", "lo", "th", "zh-Hans", "ti"])
def test_tight_lines_are_never_looser_than_running_text(tag: str) -> None:
    assert 1.2 <= tight(find(tag)) <= find(tag).line_height


def test_writing_with_marks_above_and_below_needs_more_room_in_tight_places() -> None:
    assert tight(find("lo")) > tight(find("ti"))
    assert tight(find("vi")) > tight(find("en"))
    assert tight(find("ur")) > tight(find("ar"))
