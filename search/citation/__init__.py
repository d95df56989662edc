"""How an article is cited: one reference made of its record, one module a form of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from search.citation.apa import apa
from search.citation.bibtex import bibtex
from search.citation.csl import csl_json
from search.citation.gbt7714 import gbt7714_2015, gbt7714_2025
from search.citation.reference import Reference
from search.citation.ris import ris

Writer = Callable[[Reference], str]

STYLES: Mapping[str, Writer] = {
    "GB/T 7714—2025": gbt7714_2025,
    "GB/T 7714—2015": gbt7714_2015,
    "APA 7": apa,
}
"""References for a reader's list, by the name of the style."""


@dataclass(frozen=True, slots=True)
class Form:
    """A form for programs: its name, what writes it."""

    name: str
    write: Writer


FORMS: Mapping[str, Form] = {
    "ris": Form("RIS", ris),
    "bib": Form("BibTeX", bibtex),
    "csl.json": Form("CSL-JSON", csl_json),
}
"""Forms for reference managers, by the ending of their files."""
