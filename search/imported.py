"""A list that was exported once, row by row beside the archive as it is now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any, BinaryIO

from search.archive import Archive
from search.days import read_span
from search.export.columns import TEXT, cell, columns, reader
from search.export.csv_file import harmless
from search.export.reading import rows_of
from search.export.readrow import ReadRow
from search.export.workbook import held
from search.listed import Row
from search.message import Message
from search.receipt.record import Receipt
from search.receipt.written import is_receipt, read
from search.text import fold

KNOWN, CHANGED, UNKNOWN = "known", "changed", "unknown"
STATES: Mapping[str, str] = {KNOWN: Message("在库"), CHANGED: Message("有改动"), UNKNOWN: Message("库中没有")}
"""What a row can be, in words."""

UNREAD = Message("清单里没有正文，只对照了著录；文字有没有更正，要看检索凭证")
_ELSEWHERE = ("id", "link", "versions", "snippet", "duplicate_of", "completed_from")
"""What depends on the search, on the address of the server or on other articles."""
_COLUMNS = columns(text=True)
_VALUES = reader(text=True, link=str)
_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Item:
    """The ``number``-th row of a list, from 1.

    ``id`` is empty where the row does not tell it. ``headline`` is that of the archive, or what the list has instead.
    ``differs`` names what is another than in the archive: columns, or ``text`` for what only digests tell. ``read``
    says whether the text was compared, too: few formats have it.
    """

    number: int
    id: str
    state: str
    headline: str
    differs: tuple[str, ...] = ()
    read: bool = True


def items(archive: Archive, file: BinaryIO) -> Iterator[Item]:
    """What the archive has of each row of an exported list or a receipt, in its order; the file can be sought.

    Raises:
        ListUnreadable: it is neither.
        ReceiptInvalid: it is a receipt, but not as it was made.
    """
    if is_receipt(file):
        return receipted(archive, read(file.read()))
    return imported(archive, rows_of(file))


def in_a_line(item: Item) -> str:
    """An item as a person reads it."""
    differs = f"：{'、'.join(item.differs)}" if item.differs else ""
    headline = " ".join(item.headline.split())
    return f"{item.number:>4}  {STATES[item.state]}{differs}  {headline}  [{item.id}]"


def imported(archive: Archive, rows: Iterable[ReadRow]) -> Iterator[Item]:
    """What the archive has of each row of a list, in the order of the list."""
    for read_row in rows:
        number, identity, cells = read_row.number, read_row.id, read_row.cells
        row = archive.row(identity) if identity else None
        if row is None:
            yield Item(number, identity, UNKNOWN, _headline(cells))
            continue
        differs = tuple(_differences(cells, row))
        headline = row.record["title"] or row.article.headline
        yield Item(number, identity, CHANGED if differs else KNOWN, headline, differs, read=TEXT.key in cells)


def receipted(archive: Archive, receipt: Receipt) -> Iterator[Item]:
    """The same for the articles of a receipt."""
    headlines = [one.headline for one in receipt.named]
    return identified(archive, receipt.ids, receipt.digests, headlines)


def identified(
    archive: Archive, ids: Sequence[str], digests: Sequence[str] = (), headlines: Sequence[str] = ()
) -> Iterator[Item]:
    """The same for ids, of which the short digests and the headlines may be known, too."""
    standing = archive.standing(ids)
    for number, (one, digest, headline) in enumerate(zip_longest(ids, digests, headlines, fillvalue=""), 1):
        state = UNKNOWN if one not in standing else KNOWN if digest in ("", standing[one]) else CHANGED
        yield Item(number, one, state, headline, ("text",) if state == CHANGED else (), read=bool(digest))


def _headline(cells: Mapping[str, Any]) -> str:
    """What a row calls its article, whatever its format."""
    found = next((cells[key] for key in ("title", "TI", "text") if cells.get(key)), "")
    text = cell(found) if isinstance(found, (str, list)) else ""
    return text.partition("\n")[0][:_SHOWN]


def _differences(cells: Mapping[str, Any], row: Row) -> Iterator[str]:
    if isinstance(cells.get("source"), Mapping):
        return _of_record(cells, row.record)
    if "link" in cells:
        return _of_table(cells, row)
    return _of_reference(cells, row.record["title"])


def _of_record(cells: Mapping[str, Any], record: Mapping[str, Any]) -> Iterator[str]:
    """A record is compared key by key; keys that only one of the programs knows tell nothing."""
    return (key for key in record if key in cells and key not in _ELSEWHERE and cells[key] != record[key])


def _of_table(cells: Mapping[str, Any], row: Row) -> Iterator[str]:
    for column, value in zip(_COLUMNS, _VALUES(row), strict=True):
        found, printed = cells.get(column.key), cell(value)
        # Most cells are as they were, and lists are long.
        if found != printed and found is not None and column.key not in _ELSEWHERE and not _same(cell(found), printed):
            yield column.key


def _same(found: str, printed: str) -> bool:
    """Whether a cell says the same, though a spreadsheet may have written it its own way."""
    found, printed = _lines(found), _lines(printed)
    if found in (printed, harmless(printed), held(printed)) or found.casefold() == printed.casefold() in (
        "true",
        "false",
    ):
        return True
    try:
        return read_span(found) == read_span(printed)
    except ValueError:
        return False


def _of_reference(cells: Mapping[str, Any], title: str | None) -> Iterator[str]:
    """A reference has little of an article in common with it but the headline."""
    if title and _letters(title) not in "\n".join(map(_letters, _texts(cells))):
        yield "title"


def _texts(value: Any) -> Iterator[str]:
    """All texts in a value, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, (list, Mapping)):
        for part in value.values() if isinstance(value, Mapping) else value:
            yield from _texts(part)


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, fold(text)))


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
