"""The bundle: a ZIP to carry away, with the list in several forms, all texts, and what proves that it is whole.

``manifest-sha256.txt`` has a line a file as sha256sum writes them, so that ``sha256sum -c`` checks it without Baoku;
``ro-crate-metadata.json`` describes it for research data services (RO-Crate 1.1); ``index.html`` opens from disk.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from search.export.crate import crate
from search.export.csv_file import write_csv
from search.export.form import Wanted, Write, made
from search.export.json_lines import write_jsonl
from search.export.numbered import write_gbt7714_2015, write_gbt7714_2025
from search.export.page import write_page
from search.export.references import write_bibtex, write_csl, write_ris
from search.export.workbook import write_xlsx
from search.labels import date_words
from search.listed import Listed, Row

LISTED, MANIFEST, RECEIPT = "list.csv", "manifest-sha256.txt", "receipt.json"
_LISTS: dict[str, Write] = {
    LISTED: write_csv,
    "list.xlsx": write_xlsx,
    "list.jsonl": write_jsonl,
    "references.ris": write_ris,
    "references.bib": write_bibtex,
    "references.csl.json": write_csl,
    "references.gbt7714-2015.txt": write_gbt7714_2015,
    "references.gbt7714-2025.txt": write_gbt7714_2025,
}
READINGS = len(_LISTS) + 2
"""How often the rows are read: for each list, for the texts and for the page."""
_CHUNK = 1 << 16
_Stamp = tuple[int, int, int, int, int, int]


def write_bundle(listed: Listed, wanted: Wanted) -> Iterator[bytes]:
    """The ZIP, made in a temporary file, member by member; the rows are read once for each list."""
    with TemporaryDirectory(prefix="baoku-") as folder:
        path = Path(folder) / "bundle.zip"
        with ZipFile(path, "w", ZIP_DEFLATED) as packed:
            _fill(_Packer(packed, _stamp(made(wanted))), listed, wanted)
        with path.open("rb") as file:
            while piece := file.read(_CHUNK):
                yield piece


class _Packer:
    """Adds members; ``sizes`` are those of all but the texts, ``manifest`` has a line for each.

    Of the texts, a hundred thousand perhaps, no more is kept than their lines.
    """

    def __init__(self, packed: ZipFile, when: _Stamp) -> None:
        self._packed = packed
        self._when = when
        self.sizes: dict[str, int] = {}
        self.manifest = bytearray()

    def add(self, name: str, pieces: Iterable[bytes]) -> None:
        info = ZipInfo(name, self._when)
        info.compress_type = ZIP_DEFLATED
        digest, size = hashlib.sha256(), 0
        with self._packed.open(info, "w", force_zip64=True) as member:
            for piece in pieces:
                digest.update(piece)
                size += len(piece)
                member.write(piece)
        self.manifest += f"{digest.hexdigest()}  {name}\n".encode()
        if "/" not in name:
            self.sizes[name] = size


def _fill(packer: _Packer, listed: Listed, wanted: Wanted) -> None:
    for name, write in _LISTS.items():
        packer.add(name, write(listed, wanted))
    # Before the texts, so that its memory is free again for what a ZIP keeps of each of them.
    if wanted.receipt:
        packer.add(RECEIPT, [wanted.receipt()])
    for number, hit in enumerate(listed.rows(), 1):
        packer.add(text_name(number, hit.id), [_text(hit, wanted.link(hit.id)).encode()])
    packer.add("index.html", write_page(listed, wanted, text_name))
    described = crate(listed, wanted, packer.sizes)
    packer.add("ro-crate-metadata.json", [json.dumps(described, ensure_ascii=False, indent=2).encode()])
    lines = packer.manifest
    packer.add(MANIFEST, (bytes(lines[at : at + _CHUNK]) for at in range(0, len(lines), _CHUNK)))


def _stamp(when: datetime) -> _Stamp:
    return when.year, when.month, when.day, when.hour, when.minute, when.second


def text_name(number: int, identity: str) -> str:
    """Where the text of a row stands: a name that every system takes."""
    return f"texts/{number:05}-{re.sub('[^0-9A-Za-z_-]', '-', identity)[:60]}.txt"


def _text(hit: Row, address: str) -> str:
    article = hit.article
    where = " ".join(filter(None, (article.source.newspaper, date_words(article.date), article.source.page)))
    head = (article.kicker, article.headline, article.subtitle, article.byline, where, address)
    captions = "\n".join(article.captions)
    return "\n\n".join(filter(None, ("\n".join(filter(None, head)), article.body, captions))) + "\n"
