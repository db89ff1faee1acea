"""WeasyPrint alone, in a process that stays warm: STYLE OUT.

It reads paths of documents, draws each, and says the processor seconds and its peak memory in
bytes. With nothing to read it starts, and ends.
"""

from __future__ import annotations

import logging
import resource
import sys
import time
from pathlib import Path


def peak() -> int:
    """The peak memory of this process in bytes."""
    status = Path("/proc/self/status")
    if status.is_file():  # the other figure counts what started us, too
        (line,) = (it for it in status.read_text("utf-8").split("\n") if it.startswith("VmHWM"))
        return int(line.split()[1]) * 1024
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


def main(style: str, out: str) -> None:
    """Draw the documents whose paths are read."""
    import weasyprint  # noqa: PLC0415  as below
    from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415  others only want `peak`

    logging.getLogger("weasyprint").setLevel(logging.CRITICAL)
    fonts = FontConfiguration()
    css = weasyprint.CSS(style, font_config=fonts)
    for line in sys.stdin:
        start = time.process_time()
        page = weasyprint.HTML(line.rstrip("\n"))
        page.write_pdf(out, stylesheets=[css], font_config=fonts, pdf_variant="pdf/ua-1")
        print(time.process_time() - start, peak(), flush=True)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
