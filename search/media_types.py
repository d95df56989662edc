"""The media types of the files that are made here, by their endings (IANA, or as the programs that read them ask)."""

from __future__ import annotations

from collections.abc import Mapping

_TYPES: Mapping[str, str] = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "jsonl": "application/jsonl",
    "json": "application/json",
    "ris": "application/x-research-info-systems",
    "bib": "application/x-bibtex",
    "csl.json": "application/vnd.citationstyles.csl+json",
    "html": "text/html",
    "txt": "text/plain",
    "zip": "application/zip",
}


def media_type(suffix: str) -> str:
    """The type of a file, by its name or by the ending of it.

    Raises:
        KeyError: no such file is made here.
    """
    return _TYPES[suffix if suffix in _TYPES else suffix.rpartition(".")[2]]
