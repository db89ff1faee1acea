"""Names of people as they are given on the command line and stand in catalogs. Pure."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 100
"""Characters of a name. What is longer is no name, and has no place in the foot of a sheet."""
LONGEST_TEXT = 300

_UNSEEN = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
_JOINERS = "\u200c\u200d"
"""Names in Persian and in the scripts of India are written with them."""
_PLACEHOLDERS = re.compile(
    r"full name|first (?:last|author)|last translator|(?:(?:your|my|no) )?name|name surname|"
    r"author|translator|reviewer|some(?:body|one)|anonymous(?: user)?|none|nobody|unknown|n a|tbd|"
    r"test|user|admin|root|automatic(?:ally generated)?"
)
"""What templates, programs and those in a hurry write in the place of a name."""
_ROBOTS = re.compile(
    r"\[bot\]|\b(?:bot|robot|weblate|transifex|crowdin|pontoon|deepl|google|chatgpt|openai|"
    r"machine translation|translate)\b",
    re.IGNORECASE,
)
_TEAMS = re.compile(
    r"\b(?:team|teams|group|project|list|contributors|translators)\b", re.IGNORECASE
)


def person_name(text: str) -> str:
    """Return the name in a text, on one line and without white space around it.

    Raises ValueError, in words, for what is no name of a person.
    """
    name = plain_text(text, LONGEST)
    if "@" in name:
        raise ValueError("give the name alone: an e-mail address has no place in a public record")
    if not any(unicodedata.category(char)[0] == "L" for char in name):
        raise ValueError("a name has letters")
    if is_placeholder(name):
        raise ValueError(f"“{name}” stands for a name and is none; give the person's own name")
    return name


def plain_text(text: str, most: int = LONGEST_TEXT) -> str:
    """Return a text with one space for any white space.

    Raises ValueError, in words, for one that is empty, too long, or has line breaks or signs in it
    that nobody sees.
    """
    for char in text.strip():
        if unicodedata.category(char) in _UNSEEN and char not in _JOINERS:
            shown = f"U+{ord(char):04X}"
            raise ValueError(f"it has a line break or a sign that nobody sees in it: {shown}")
    plain = unicodedata.normalize("NFC", " ".join(text.split()))
    if not plain:
        raise ValueError("it is empty")
    if len(plain) > most:
        raise ValueError(f"it has {len(plain)} characters; {most} are the most")
    return plain


def is_placeholder(name: str) -> bool:
    """Whether a text only stands where a name belongs, such as `FULL NAME`."""
    words = re.sub(r"[\W_]+", " ", name.casefold()).strip()
    return _PLACEHOLDERS.fullmatch(words) is not None


def is_person(name: str) -> bool:
    """Whether a text in a catalog names a person, and not a program, a team or nobody."""
    letters = any(unicodedata.category(char)[0] == "L" for char in name)
    return letters and not (is_placeholder(name) or _ROBOTS.search(name) or _TEAMS.search(name))
