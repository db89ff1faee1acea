"""Makes the templates of a project; says the processor seconds without those of the start."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from outreach.config import load_config
from outreach.project import read_sources
from outreach.update import apply, plan_templates, template_messages

if __name__ == "__main__":
    start = time.process_time()
    config = load_config(Path(sys.argv[1]))
    sources, _ = read_sources(config)
    apply(config, plan_templates(config, template_messages(config, sources)), prune=False)
    print(time.process_time() - start)
