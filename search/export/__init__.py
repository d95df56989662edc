"""One module a format, one table of columns for all flat ones, and one seal by which each shows that it is whole."""

from __future__ import annotations

from collections.abc import Mapping

from search.export.bundle import READINGS, write_bundle
from search.export.csv_file import write_csv
from search.export.form import Format
from search.export.json_lines import write_json, write_jsonl
from search.export.numbered import write_apa, write_gbt7714_2015, write_gbt7714_2025, write_reading
from search.export.references import write_bibtex, write_csl, write_ris
from search.export.workbook import write_xlsx
from search.message import Message

EXPORTS: Mapping[str, Format] = {
    "csv": Format(Message("CSV 表格"), "csv", write_csv, takes_text=True),
    "xlsx": Format(Message("Excel 表格 (XLSX)"), "xlsx", write_xlsx, binary=True, takes_text=True),
    "jsonl": Format("JSON Lines", "jsonl", write_jsonl),
    "json": Format("JSON", "json", write_json),
    "ris": Format(Message("RIS（EndNote、Zotero、NoteExpress）"), "ris", write_ris),
    "bibtex": Format("BibTeX", "bib", write_bibtex),
    "csl": Format(Message("CSL-JSON（Zotero、Pandoc）"), "csl.json", write_csl),
    "gbt7714": Format(Message("参考文献表 GB/T 7714—2015"), "gbt7714-2015.txt", write_gbt7714_2015),
    "gbt7714-2025": Format(Message("参考文献表 GB/T 7714—2025"), "gbt7714-2025.txt", write_gbt7714_2025),
    "apa": Format(Message("参考文献表 APA 7"), "apa.txt", write_apa),
    "text": Format(Message("阅读清单（纯文字）"), "txt", write_reading),
    "bundle": Format(Message("全套资料包 (ZIP)"), "zip", write_bundle, binary=True, readings=READINGS),
}
"""The export formats by name."""
