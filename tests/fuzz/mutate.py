"""Seeds spoilt: as bytes, as text, and as what they are, with the checksums made right again."""

from __future__ import annotations

import hashlib
import io
import json
import random
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Sequence
from typing import Any

from search.engine.arrayfile import _TAIL
from search.receipt.written import _sha256
from tests.fuzz.texts import split

Mutate = Callable[[bytes, random.Random], bytes]
"""One more input, wholly determined by the one before and by chance."""

_ODD_BYTES = (b"\0", b"\xff", b"\xff\xff\xff\xff", b"\x80", b"\r", b"\n", b"\xef\xbb\xbf", b"\xff\xfe", b"\xed\xa0\x80")
_ODD_TEXTS = (
    *split("ﷺ ㍿ ① ９ İ ß 𠮷 🀄️ … — <b> %00 ../.. -1 0 1e999 nan １２３ 2022-02-30 0000-01-01 9999-12-31 999999999999"),
    *("", " ", "\0", "\n", "\r\n", "\u2028", "\ufeff", "\u200b", "\u202e", "\ud800", "\udfff", "\U0010ffff", "\ue000"),
    *("\u0301" * 5, "\u3000", "\x85", "\x1b[31m", "9" * 30, "9" * 5000),
)
_ODD_VALUES: tuple[Any, ...] = (
    *(None, True, False, 0, -1, 1, 2**31, 2**63, 2**64, -(2**70), 0.5, 1e308, float("inf"), float("nan")),
    *([], {}, [[]], {"": ""}, [None], [1, {"a": 2}], "", "\0", "\ud800", "9" * 30, "x" * 3000, "2022-02-30"),
)
_TOML_VALUES = (
    *split("[] {} [[]] 0 -1 inf nan 1e400 true 2022-02-30 2022-10-16 07:00:00 2022-10-16T07:00:00Z"),
    *('""', '"甲"', "[1, 'a']", "9" * 30, "[" * 2000, '["甲", "甲"]', "{ a = 1 }", "'''", '"\\uD800"'),
)
_DIGITS = re.compile(rb"[0-9]+")
_MOST = 1 << 20
"""Bytes of an input; larger ones tell little and take long."""


def spoil(*ways: Mutate) -> Mutate:
    """A few of the ways, one after the other; now and then none, so that seeds themselves are inputs, too."""

    def spoilt(data: bytes, chance: random.Random) -> bytes:
        for _ in range(chance.choice((0, 1, 1, 1, 2, 2, 3, 5, 8))):
            data = chance.choice(ways)(data, chance)[:_MOST]
        return data

    return spoilt


def as_bytes(data: bytes, chance: random.Random) -> bytes:
    """A byte changed, something put in, left out, repeated, moved or cut off."""
    start, end = _span(len(data), chance)
    match chance.randrange(7):
        case 0:
            return data[:start] + bytes([chance.randrange(256)]) + data[start + 1 :]
        case 1:
            return (
                data[:start]
                + bytes([data[start] ^ 1 << chance.randrange(8)] if data[start:] else b"")
                + data[start + 1 :]
            )
        case 2:
            return data[:start] + chance.choice(_ODD_BYTES) + data[start:]
        case 3:
            return data[:start] + data[end:]
        case 4:
            return data[:end] + data[start:end] * chance.choice((1, 2, 50)) + data[end:]
        case 5:
            return data[start:end] + data[:start] + data[end:]
    return data[:start]


def as_text(words: Sequence[str] = ()) -> Mutate:
    """Characters instead of bytes, with the words that mean something in this kind of text."""

    def mutated(data: bytes, chance: random.Random) -> bytes:
        text = data.decode("utf-8", "surrogateescape")
        start, end = _span(len(text), chance)
        match chance.randrange(8):
            case 0 | 1:
                text = text[:start] + chance.choice(words or _ODD_TEXTS) + text[start:]
            case 2:
                text = text[:start] + chance.choice(_ODD_TEXTS) + text[end:]
            case 3:
                text = text[:start] + chr(chance.choice((0x80, 0x3000, 0x9FFF, 0x10FFFF))) + text[start + 1 :]
            case 4:
                text = text[:start] + text[end:]
            case 5:
                text = text[:end] + text[start:end] * chance.choice((1, 2, 3, 100)) + text[end:]
            case 6:
                text = text[:start] + "".join(chance.sample(text[start:end], end - start)) + text[end:]
            case _:
                text = text[start:end] + text[:start] + text[end:]
        return _encoded(text[:_MOST])

    return mutated


def in_numbers(data: bytes, chance: random.Random) -> bytes:
    """One of the numbers in a text is another, of any size."""
    found = [*_DIGITS.finditer(data)]
    if not found:
        return as_bytes(data, chance)
    place = chance.choice(found)
    odd = (b"0", b"-1", b"1.5", b"1e999", b"9" * 12, b"9" * 30, b"9" * 5000, str(int(place[0][:20]) + 1).encode(), b"")
    return data[: place.start()] + chance.choice(odd) + data[place.end() :]


def in_lines(data: bytes, chance: random.Random) -> bytes:
    """Lines exchanged, repeated, left out, joined, or with other ends."""
    lines = data.split(b"\n")
    at, to = chance.randrange(len(lines)), chance.randrange(len(lines))
    match chance.randrange(5):
        case 0:
            lines[at], lines[to] = lines[to], lines[at]
        case 1:
            lines[at:at] = [lines[to]] * chance.choice((1, 2, 100))
        case 2:
            del lines[at]
        case 3:
            lines[at : at + 2] = [b"".join(lines[at : at + 2])]
        case _:
            return chance.choice((b"\r\n", b"\r", b"\n\n", b"\x85")).join(lines)
    return b"\n".join(lines)


def other_encoding(data: bytes, chance: random.Random) -> bytes:
    """The text in another encoding that a newspaper's computer may have written."""
    code = chance.choice(("gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be", "utf-8-sig", "latin-1", "utf-32"))
    return data.decode("utf-8", "replace").encode(code, "replace")


def as_json(data: bytes, chance: random.Random) -> bytes:
    """One value somewhere in a JSON document, or in one line of JSON Lines, is another or gone."""
    lines = data.split(b"\n") if data.count(b"\n{") else [data]
    at = chance.randrange(len(lines))
    try:
        lines[at] = _encoded(json.dumps(_changed(json.loads(lines[at]), chance), ensure_ascii=chance.random() < 0.5))
    except (ValueError, RecursionError):
        return as_bytes(data, chance)
    return b"\n".join(lines)


def as_toml(data: bytes, chance: random.Random) -> bytes:
    """The value of one key is another."""
    lines = data.split(b"\n")
    places = [number for number, line in enumerate(lines) if b"=" in line]
    if not places:
        return in_lines(data, chance)
    at = chance.choice(places)
    key = lines[at].partition(b"=")[0]
    lines[at] = key + b"= " + _encoded(chance.choice(_TOML_VALUES))
    return b"\n".join(lines)


def as_arrays(data: bytes, chance: random.Random) -> bytes:
    """An array file (search.engine.arrayfile) with other numbers in an array or in its directory, checksums right."""
    try:
        start, length, _, _ = _TAIL.unpack(data[-_TAIL.size :])
        directory = json.loads(data[start : start + length])
        body = bytearray(data[:start])
        if chance.random() < 0.25:
            directory = _changed(directory, chance)
        else:
            _spoil_array(body, directory["arrays"][chance.choice(sorted(directory["arrays"]))], chance)
        return _with_directory(bytes(body), directory)
    except (struct.error, ValueError, LookupError, TypeError, AttributeError, OverflowError):
        # It has been spoilt before.
        return as_bytes(data, chance)


def as_toc(data: bytes, chance: random.Random) -> bytes:
    """A table of contents (search.engine.toc) that says something else, its checksum right."""
    text = as_json(data.rpartition(b"\n")[0], chance)
    return text + b"\n" + f"{zlib.crc32(text):08x}".encode()


def as_receipt(data: bytes, chance: random.Random) -> bytes:
    """A receipt that says something else, its hash made right."""
    try:
        record = _changed(json.loads(data), chance)
        record["sha256"] = _sha256({key: value for key, value in record.items() if key != "sha256"})
        return _encoded(json.dumps(record))
    except (ValueError, TypeError, AttributeError, RecursionError):
        return as_bytes(data, chance)


def in_zip(*ways: Mutate) -> Mutate:
    """One member of a ZIP file spoilt in one of the ways, and packed again."""

    def mutated(data: bytes, chance: random.Random) -> bytes:
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as packed:
                members = {name: packed.read(name) for name in packed.namelist()}
            name = chance.choice(sorted(members))
        except Exception:
            # It has been spoilt as a whole before; zipfile lets through whatever it stumbles over.
            return as_bytes(data, chance)
        if chance.random() < 0.1:
            del members[name]
        else:
            members[name] = chance.choice(ways)(members[name], chance)
        kept = io.BytesIO()
        with zipfile.ZipFile(kept, "w", chance.choice((zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED))) as packed:
            for name, member in members.items():
                packed.writestr(zipfile.ZipInfo(name), member)
        return kept.getvalue()

    return mutated


def _spoil_array(body: bytearray, place: list[Any], chance: random.Random) -> None:
    """Changes some items of an array, and its checksum."""
    dtype, start, count, _ = place
    width = int(dtype[2:])
    for _ in range(chance.choice((1, 1, 2, 20))):
        at = start + width * chance.randrange(max(1, count))
        value = chance.choice(
            (0, 1, 2**7, 2 ** (8 * width) - 1, 2 ** (8 * width - 1), chance.randrange(2 ** (8 * width)))
        )
        body[at : at + width] = value.to_bytes(width, "little")
    end = start + count * width
    place[3] = zlib.crc32(body[start : end + -end % 64])


def _with_directory(body: bytes, directory: Any) -> bytes:
    text = json.dumps(directory, ensure_ascii=True).encode()
    return body + text + _TAIL.pack(len(body), len(text), zlib.crc32(text), b"BAOKUEND")


def _changed(value: Any, chance: random.Random, depth: int = 0) -> Any:
    """The value with one of its parts, at any depth, replaced, left out, repeated or wrapped."""
    if isinstance(value, (dict, list)) and value and (depth == 0 or chance.random() < 0.7):
        keys: list[Any] = list(value) if isinstance(value, dict) else list(range(len(value)))
        key = chance.choice(keys)
        match chance.randrange(8):
            case 0:
                del value[key]
            case 1 if isinstance(value, list):
                value[key:key] = [value[key]] * chance.choice((1, 2, 100))
            case 1:
                value[chance.choice(("", "x", "\ud800", *keys))] = value[key]
            case _:
                value[key] = _changed(value[key], chance, depth + 1)
        return value
    if isinstance(value, str) and chance.random() < 0.5:
        return as_text()(_encoded(value), chance).decode(
            "utf-8", "surrogatepass" if chance.random() < 0.5 else "replace"
        )
    if isinstance(value, int) and chance.random() < 0.5:
        return value + chance.choice((-1, 1, 2, 64, -64, 2**32))
    return chance.choice((*_ODD_VALUES, [value], {"x": value}))


def _span(size: int, chance: random.Random) -> tuple[int, int]:
    """Where something is done: mostly a small piece, sometimes a large one."""
    start = chance.randrange(size + 1)
    return start, min(size, start + chance.choice((1, 1, 2, 4, 16, 200)))


def _encoded(text: str) -> bytes:
    """The bytes of a text; what came from bytes that are no UTF-8 is those again."""
    try:
        return text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return text.encode("utf-8", "surrogatepass")


def sha(data: bytes) -> str:
    """A short name for an input."""
    return hashlib.sha256(data).hexdigest()[:12]
