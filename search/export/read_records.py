"""Lists of records and references read back: JSON, JSON Lines, CSL-JSON, RIS, BibTeX, numbered lists."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, BinaryIO

from search.citation.bibtex import unescaped
from search.export.numbered import COUNTED, RULE, of_entry
from search.export.readrow import End, ListUnreadable, ReadRow, ends_line, id_of
from search.export.references import EMPTY_BIBTEX, RIS_SEAL
from search.export.seal import PLACE, SEAL, of_object, of_text, place_of
from search.message import Message

_COUNT = "[0-9]{1,12}"
_DECODER = json.JSONDecoder()
_BLANKS = re.compile(r"[\s,]*")
_HITS = re.compile(r'"hits"\s*:\s*\[')
_TAG = re.compile(r"([A-Z][A-Z0-9]) {1,2}- ?(.*)")
_FIELD = re.compile(r"\s*([\w-]+)\s*=\s*[{\"](.*)[}\"],?\s*")
_NUMBERED = re.compile(rf"\[({_COUNT})\] ?(.*)", re.DOTALL)
_TAIL = f"{RULE}\n{COUNTED.partition('{')[0]}"
_COUNTED = re.compile(COUNTED.format(f"({_COUNT})", "([0-9a-f]{64})"))
_SEALED = re.compile(rf"({_COUNT}) (.+) (s[0-9a-f]{{16}})")


def read_jsonl(file: BinaryIO) -> Iterator[ReadRow | End]:
    """One object a line; a line that is none is a row without anything."""
    whole = ends_line(file)
    number = 0
    for line in file:
        if text := line.decode("utf-8-sig" if not number else "utf-8", "replace").strip():
            number += 1
            yield _row(number, _object(text))
    # An empty file may be an empty list or a list of which nothing was written.
    yield End(torn=not whole or not number)


def read_json(file: BinaryIO) -> Iterator[ReadRow | End]:
    """An object with ``hits``, or an array of records or of CSL-JSON items, however they are indented.

    Raises:
        ListUnreadable: it is JSON, but no list.
    """
    whole = ends_line(file)
    text = file.read().decode("utf-8-sig", "replace")
    try:
        read = json.loads(text)
    except (ValueError, RecursionError):
        yield from (_row(number, record) for number, record in enumerate(_those_that_are_there(text), 1))
        yield End(torn=True)
        return
    records, said = (read.get("hits"), read) if isinstance(read, dict) else (read, {})
    if not isinstance(records, list) or not all(isinstance(record, dict) for record in records):
        raise ListUnreadable(Message("这个 JSON 文件里没有报库的结果 (no list of hits)"))
    yield from (_row(number, record) for number, record in enumerate(records, 1))
    rows = said.get("rows", None if records else 0)
    yield End(not whole, rows=rows if isinstance(rows, int) else None, sha256=str(said.get("sha256") or ""))


def read_ris(file: BinaryIO) -> Iterator[ReadRow | End]:
    """Records from ``TY`` to ``ER``."""
    whole = ends_line(file)
    lines: list[str] = []
    number = 0
    for line in _lines(file):
        lines.append(line)
        if line.startswith("ER"):
            number += 1
            yield _ris_row(number, lines)
            lines = []
    if any(map(str.strip, lines)):
        yield _ris_row(number + 1, lines, torn=True)
    yield End(torn=not whole or any(map(str.strip, lines)), rows=None if number else 0)


def read_bibtex(file: BinaryIO) -> Iterator[ReadRow | End]:
    """Entries from a line with ``@`` to one with a closing brace."""
    whole = ends_line(file)
    lines: list[str] = []
    number = 0
    empty = False
    for line in _lines(file):
        empty = empty or line.strip() == EMPTY_BIBTEX.strip()
        if line.startswith("@article") or lines:
            lines.append(line)
        if lines and line.strip() == "}":
            number += 1
            yield _bibtex_row(number, lines)
            lines = []
    if lines:
        yield _bibtex_row(number + 1, lines, torn=True)
    yield End(torn=not whole or bool(lines) or not (number or empty), rows=0 if empty and not number else None)


def read_numbered(file: BinaryIO) -> Iterator[ReadRow | End]:
    """Entries from ``[1]`` to the line of dashes, behind which their ids and seals stand."""
    whole = ends_line(file)
    text = file.read().decode("utf-8-sig", "replace").replace("\r\n", "\n")
    end = text.rfind(_TAIL)
    body, lines = (text[:end], text[end:].splitlines()[1:]) if end >= 0 else (text, [])
    counted = _COUNTED.fullmatch(lines[0].strip()) if lines else None
    found = [match for line in lines[1:] if (match := _SEALED.fullmatch(line.strip()))]
    seals = {int(match[1]): (match[2], match[3]) for match in found}
    total = int(counted[1]) if counted else None
    lost = total is None or len(found) < total
    for number, (own, text) in enumerate(_entries(body), 1):
        identity, seal = seals.get(own, (_linked(text), ""))
        # With some of the seals gone, the others prove nothing.
        place = None if total is None or lost else (own, total)
        yield ReadRow(number, identity, place, seal, of_entry(text, identity), {"text": text})
    yield End(not whole or lost, rows=total, sha256=counted[2] if counted else "")


def _row(number: int, record: Mapping[str, Any]) -> ReadRow:
    """The row of a record, or of a CSL-JSON item, whose seal stands under ``custom``."""
    custom = record.get("custom")
    told = custom if isinstance(custom, Mapping) else record
    own = {key: value for key, value in record.items() if key not in (PLACE, SEAL, "custom")}
    place, seal, identity = (
        value if isinstance(value, str) else "" for value in (*map(told.get, (PLACE, SEAL)), own.get("id"))
    )
    return ReadRow(number, identity, place_of(place), seal, of_object(own), own, torn=not record)


def _object(text: str) -> dict[str, Any]:
    try:
        read = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return read if isinstance(read, dict) else {}


def _those_that_are_there(text: str) -> Iterator[dict[str, Any]]:
    """The objects of an array whose end is missing."""
    start = _HITS.search(text)
    at = start.end() if start else text.find("[") + 1
    while at:
        try:
            record, at = _DECODER.raw_decode(text, _end(_BLANKS, text, at))
        except (ValueError, RecursionError):
            return
        if not isinstance(record, dict):
            return
        yield record


def _end(pattern: re.Pattern[str], text: str, at: int) -> int:
    found = pattern.match(text, at)
    return found.end() if found else at


def _lines(file: BinaryIO) -> Iterator[str]:
    for line in file:
        yield line.decode("utf-8", "replace").removeprefix("\ufeff").rstrip("\r\n")


def _ris_row(number: int, lines: Iterable[str], torn: bool = False) -> ReadRow:
    tags: dict[str, list[str]] = {}
    own, sealed = [], ""
    for line in lines:
        if line.startswith(RIS_SEAL.rstrip()):
            sealed = line.removeprefix(RIS_SEAL)
        elif found := _TAG.fullmatch(line.rstrip()):
            tags.setdefault(found[1], []).append(found[2])
            own += [line] if found[1] != "ER" else []
    place, _, seal = sealed.rpartition(" ")
    identity = next(iter(tags.get("AN", ())), "") or id_of(next(iter(tags.get("UR", ())), ""))
    return ReadRow(number, identity, place_of(place), seal, of_text("\n".join(own)), tags, torn)


def _bibtex_row(number: int, lines: Iterable[str], torn: bool = False) -> ReadRow:
    fields: dict[str, str] = {}
    own = []
    for line in lines:
        found = _FIELD.fullmatch(line)
        if found:
            fields[found[1].lower()] = unescaped(found[2])
        if line.strip() != "}" and not (found and found[1] in (PLACE, SEAL)):
            own.append(line)
    identity = id_of(fields.get("url", ""))
    place, seal = place_of(fields.get(PLACE, "")), fields.get(SEAL, "")
    return ReadRow(number, identity, place, seal, of_text("\n".join(own)), fields, torn)


def _entries(body: str) -> Iterator[tuple[int, str]]:
    """The number that each entry bears, and its text."""
    entry: list[str] = []
    for line in [*body.splitlines(), "[0] "]:
        if line.startswith("[") and entry and (found := _NUMBERED.fullmatch("\n".join(entry))):
            yield int(found[1]), found[2]
        entry = [line] if line.startswith("[") else [*entry, line]


def _linked(text: str) -> str:
    return next(filter(None, (id_of(line.strip()) for line in text.splitlines())), "")
