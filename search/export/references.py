"""Lists for reference managers: RIS, BibTeX and CSL-JSON, each record with its place and its seal.

The seal stands where no reference is printed from: in RIS as ``C8`` (custom 8), in BibTeX as a field that no style
knows, in CSL-JSON under ``custom``, which the schema leaves to programs.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from search.citation.bibtex import bibtex
from search.citation.csl import csl_item
from search.citation.reference import Reference, reference
from search.citation.ris import ris
from search.export.form import Wanted
from search.export.seal import PLACE, SEAL, Sealer, of_object, of_text
from search.listed import Listed

RIS_SEAL = "C8  - "
EMPTY_RIS = "\r\n"
EMPTY_BIBTEX = "@comment{报库：没有结果 0 of 0}\n"
"""What empty lists are, so that they can be told from files to which nothing was written."""
_RIS_END = "ER  - \r\n"


def write_ris(listed: Listed, wanted: Wanted) -> Iterator[bytes]:
    """One record a hit."""
    if not listed.total:
        yield EMPTY_RIS.encode()
    sealer = Sealer(listed.total)
    for cited in references(listed, wanted):
        text = ris(cited).removesuffix(_RIS_END)
        yield f"{text}{RIS_SEAL}{' '.join(sealer.next(of_text(text)))}\r\n{_RIS_END}".encode()


def write_bibtex(listed: Listed, wanted: Wanted) -> Iterator[bytes]:
    """One entry a hit."""
    if not listed.total:
        yield EMPTY_BIBTEX.encode()
    sealer = Sealer(listed.total)
    for cited in references(listed, wanted):
        text = bibtex(cited).removesuffix("}\n")
        place, seal = sealer.next(of_text(text))
        # A blank line behind the last entry could be lost unseen.
        before = "\n" if sealer.count > 1 else ""
        yield f"{before}{text}  {PLACE} = {{{place}}},\n  {SEAL} = {{{seal}}},\n}}\n".encode()


def write_csl(listed: Listed, wanted: Wanted) -> Iterator[bytes]:
    """One array with an item a hit, each on a line of its own."""
    sealer = Sealer(listed.total)
    for cited in references(listed, wanted):
        item = csl_item(cited)
        place, seal = sealer.next(of_object(item))
        line = json.dumps(item | {"custom": {PLACE: place, SEAL: seal}}, ensure_ascii=False)
        yield f"{'[' if sealer.count == 1 else ','}\n{line}".encode()
    yield b"\n]\n" if listed.total else b"[]\n"


def references(listed: Listed, wanted: Wanted) -> Iterator[Reference]:
    """The reference to each hit."""
    return (reference(hit.article, wanted.link(hit.id)) for hit in listed.rows())
