"""What can be wrong with a picture."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Flaw:
    """One thing that is wrong with a picture."""

    text: str
    """In plain words that begin with `it`, with how to mend it."""
    kind: Literal["unsafe", "damaged", "undrawn", "remark"]
    """`unsafe`: it can do harm to readers, `damaged`: nobody sees it, `undrawn`: browsers show it,
    but sheets cannot, `remark`: it is shown."""
    line: int = 0
    """In the file, where it has lines."""
