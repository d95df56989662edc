"""Writing an export: a file appears only when it is whole."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from pathlib import Path

from search.errors import BaokuError

STANDARD_OUTPUT = Path("-")


def save(pieces: Iterable[bytes], output: Path) -> None:
    """Writes to standard output or a device as it comes, to a file under another name until it is on the disk.

    Raises:
        BaokuError: the file cannot be written; whatever was at its place is as it was.
        OSError: standard output cannot be written.
    """
    if output == STANDARD_OUTPUT:
        sys.stdout.buffer.writelines(pieces)
        sys.stdout.buffer.flush()
        return
    try:
        if output.exists() and not output.is_file():
            with output.open("wb") as device:
                device.writelines(pieces)
        else:
            _replace(pieces, output)
    except OSError as error:
        raise BaokuError(f"写不了 {output}：{error.strerror} (cannot be written)") from None


def _replace(pieces: Iterable[bytes], output: Path) -> None:
    part = output.with_name(output.name + ".part")
    try:
        with part.open("wb") as file:
            file.writelines(pieces)
            file.flush()
            os.fsync(file.fileno())
        part.replace(output)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
