"""What numbers and addresses look like in running text, whatever the language: patterns only."""

from __future__ import annotations

_REST = r"[^\s<>\u200b،؛。，]*[^\s<>\u200b.,;:!?)\]»”’'\"،؛؟。，]"
LINK = rf"(?:https?://|www\.){_REST}"
MAIL = r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+"
BARE_LINK = rf"(?<![\w.-])(?:[\w-]{{1,63}}\.)+[A-Za-z]{{2,}}/{_REST}"
"""An address as it is printed, such as `example.org/a`."""
ISO_DATE = r"\d{4}-\d\d-\d\d"
SHORT_CODE = r"\d(?:-\d){2}"
"""9-1-1, as it is read out."""
YEARS = r"(?:1[89]|20)\d\d[-–](?:1[89]|20)\d\d"
PHONE = (
    r"(?=\+?\(?\+?\d(?:[ \u00a0().–/-]{0,2}\d){5})(?>\+?(?:\(\+?\d{1,4}\)[ \u00a0]?)?\d"
    r"(?:[ \u00a0./–-]?(?:\d|\(\d{1,4}\))){0,40})(?!\w)"
)
"""At least six digits; other numbers look like this too."""
MOST_PHONE_DIGITS = 15
"""ITU-T E.164, section 6.1."""

NUMBER = r"\d+(?:[.,:/٫٬’']\d+)*[¼½¾⅐-⅞]?"
MIXED = rf"(?:\d+[ \u00a0]\d+[/⁄]\d+|\d{{1,3}}(?:[ \u00a0\u202f]\d{{3}})+(?:[.,]\d+)?|{NUMBER})"
"""A number, a number and a fraction, or thousands set apart by spaces."""
CURRENCY = r"(?:[A-Z]{0,3}[$€£¥₩₪₹₫฿៛₱₽﷼؋]|USD|EUR|CAD|Rs\.?)"
UNIT = (
    r"(?:[%٪％‰]|[$€£¥₩₪₹₫฿៛₱₽﷼؋](?!\d)|°[CF]?|℃|℉"
    r"|(?:[mkcdμµn]?[gLl]|mc?g|[kcm]?m|[mk]?cal|oz|lbs?|ft|IU|mmHg|mmol|mEq|cc|USD|EUR|CAD|MB|GB"
    r"|[ap]\.?m\.?|AM|PM|мг|г|кг|мл|л|см|мм|км|м|percent|per cent)"
    r"(?:/(?:[mkcd]?[gLl]|day|d|h|min|кг|л))?(?!\w))"
)
"""Signs and short names of units, which mean nothing without their number."""
DASH = r"[ \u00a0]?[-–—−~〜～][ \u00a0]?"
AMOUNT = (
    rf"(?:{CURRENCY}[ \u00a0]?)?{MIXED}(?:[ \u00a0]?{UNIT})?"
    rf"(?:{DASH}(?:{CURRENCY}[ \u00a0]?)?{MIXED}(?:[ \u00a0]?{UNIT})?)?"
)
"""A number or a range, with its currency or unit."""
