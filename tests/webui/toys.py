"""A crew of toys, run as a process of its own: what its front is answered is printed as JSON, a line for each address.

``python -m tests.webui.toys SECONDS ADDRESS...``
"""

from __future__ import annotations

import json
import os
import signal
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from socket import AF_UNIX, SOCK_STREAM, socket
from typing import Any

from search.errors import BaokuError
from webui.workers.crew import Crew
from webui.workers.errand import Errands
from webui.workers.worker import work


def toy(environ: dict[str, Any], start: Callable[..., object]) -> list[bytes]:
    """/slow never ends, /die takes the process with it, all else is told back."""
    match environ["PATH_INFO"]:
        case "/slow":
            while True:
                signal.pause()
        case "/die":
            os.kill(os.getpid(), signal.SIGKILL)
    start("200 OK", [("X-Toy", "1"), ("X-Toy", "2")])
    told = {name: value for name, value in environ.items() if isinstance(value, (str, bool))}
    return [json.dumps(told).encode()]


def front(place: str, seconds: float, addresses: list[str], lifeline: int) -> None:  # noqa: ARG001
    errands = Errands(place, seconds)
    for address in addresses:
        try:
            answer = errands.run({"PATH_INFO": address, "REQUEST_METHOD": "GET", "wsgi.input": None})
            told = json.loads(answer.get_data())
            print(json.dumps({"told": told, "toys": answer.headers.getlist("X-Toy")}), flush=True)
        except BaokuError as error:
            print(json.dumps({"error": type(error).__name__}), flush=True)
    os.kill(os.getppid(), signal.SIGTERM)
    signal.pause()


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, socket(AF_UNIX, SOCK_STREAM) as errands:
        place = str(Path(folder) / "errands")
        errands.bind(place)
        errands.listen()
        errands.setblocking(False)
        asks = partial(front, place, float(sys.argv[1]), sys.argv[2:])
        Crew((asks, partial(work, toy, errands)), lambda: None).run()


if __name__ == "__main__":
    main()
