"""Files that a reader sends to have them looked at: read, answered, and not kept."""

from __future__ import annotations

import zipfile
from typing import BinaryIO, cast

from flask import request

from search.errors import BaokuError
from search.message import Message

UPLOAD_BYTES = 32 << 20
"""A larger body is answered with 413."""
UNPACKED_BYTES = 256 << 20
"""What a ZIP or XLSX may hold; zipfile reads no more of a member than its directory says."""


class UploadRefused(BaokuError):
    """A form without a file, or a file that would take too much to look at."""


def uploaded() -> BinaryIO:
    """The file of the form that was sent, which can be sought.

    Raises:
        UploadRefused: there is none, or what it holds is too large.
        RequestEntityTooLarge: the form is larger than UPLOAD_BYTES.
    """
    file = uploaded_as("file")
    if file is None:
        raise UploadRefused(Message("没有选文件 (no file)"))
    return file


def uploaded_as(name: str) -> BinaryIO | None:
    """The file in a field of the form, which can be sought; None where none was chosen.

    Raises:
        UploadRefused: what it holds is too large.
        RequestEntityTooLarge: the form is larger than UPLOAD_BYTES.
    """
    request.max_content_length = UPLOAD_BYTES
    sent = request.files.get(name)
    if sent is None or not sent.filename:
        return None
    # Werkzeug keeps it in memory or in a temporary file, both of which can be sought.
    file = cast(BinaryIO, sent.stream)
    _check_packed(file)
    return file


def _check_packed(file: BinaryIO) -> None:
    if zipfile.is_zipfile(file):
        try:
            size = sum(member.file_size for member in zipfile.ZipFile(file).infolist())
        except (zipfile.BadZipFile, NotImplementedError, ValueError):
            size = 0
        if size > UNPACKED_BYTES:
            raise UploadRefused(
                Message("压缩文件展开后超过 {most} 兆，请用 baoku verify (too large)", most=UNPACKED_BYTES >> 20)
            )
    file.seek(0)
