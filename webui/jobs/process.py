"""Starting the process that writes an export, and understanding what it says."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

from webui import params
from webui.jobs.job import Job

WORKER = "webui.jobs.worker"


def start(job: Job) -> subprocess.Popen[str]:
    """The process for a job; everything that it writes, its temporary files too, is in the job's folder."""
    # Modules are found where this process finds them, and nowhere else (-P).
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", WORKER],
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path), "TMPDIR": str(job.folder)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        start_new_session=True,
    )
    assert process.stdin
    # What ends at once says why by its exit code.
    with suppress(BrokenPipeError), process.stdin:
        json.dump(_told(job), process.stdin)
    return process


def heard(line: str) -> dict[str, Any]:
    """A line of the process; nothing for one that is cut off because the process was killed."""
    try:
        said = json.loads(line)
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}


def _told(job: Job) -> dict[str, Any]:
    order = job.order
    return {
        "index": str(Path(order.index).absolute()),
        "search": params.query_string(order.request),
        "form": order.form,
        "text": order.text,
        "address": order.address,
        "path": str(job.path),
    }
