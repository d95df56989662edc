from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.sources.decode import LONGEST_LINE, LONGEST_RECORD, decode, decode_lines
from indexer.sources.reject import Unusable

TEXT = "　　一大早，院子里的人就来了。\n他们说：“今年的树长得好！”（图一）\n电话 123\n"
ENCODINGS = ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"]
LETTERS = "一的是在了不和有人这中大为上个国我以要他，。“”　 0123456789abc"


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_every_encoding_is_known_by_its_bytes(encoding: str) -> None:
    assert decode(TEXT.encode(encoding)) == TEXT


@given(st.lists(st.text(LETTERS, max_size=40), min_size=2, max_size=20), st.sampled_from(ENCODINGS))
def test_text_comes_back_from_every_encoding(lines: list[str], encoding: str) -> None:
    text = "一人" + "\n".join(lines)
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n"])
def test_line_ends_become_line_feeds(end: str) -> None:
    assert decode(f"一人{end}来了{end}".encode()) == "一人\n来了\n"


def test_characters_beyond_the_basic_plane() -> None:
    assert decode(f"{TEXT}𠮷".encode("gb18030")).endswith("𠮷")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "空文件"),
        (b" \n", "空文件"),
        (bytes(99), "空文件"),
        ("\u3000\n".encode(), "只有空白"),
        (bytes(range(256)) * 4, "不是 UTF-8、GB18030 或 UTF-16 的中文文字"),
        (b"\x7fELF" + b"\x00\x01\x02" * 99, "不是 UTF-8、GB18030 或 UTF-16 的中文文字"),
        (b"\x89PNG\r\n\x1a\n" + bytes(99), "二进制文件（PNG 图片）"),
        (b"\xff\xd8\xff\xe0" + bytes(99), "二进制文件（JPEG 图片）"),
        (b"GIF89a" + bytes(99), "二进制文件（GIF 图片）"),
        (b"%PDF-1.4\n1 0 obj\n", "二进制文件（PDF 文件）"),
        (b"PK\x03\x04" + bytes(99), "二进制文件（ZIP"),
        (b"\x1f\x8b\x08" + bytes(99), "二进制文件（GZIP"),
        (b"\xef\xbb\xbf" + TEXT.encode("gb18030"), "编码"),
        (b"\xff\xfe" + "一人".encode("utf-16-le") + b"\x00", "UTF-16"),
        (b"\xff\xfe\x00\xd8" * 3, "UTF-16"),
        (TEXT.encode()[:-2] + b"\xff\xff", "不是 UTF-8、GB18030 或 UTF-16 的中文文字"),
        ("字".encode() * (LONGEST_LINE + 1), "个字符"),
    ],
    ids=[
        "empty",
        "blank",
        "zeros",
        "wide blank",
        "bytes",
        "program",
        "PNG",
        "JPEG",
        "GIF",
        "PDF",
        "ZIP",
        "GZIP",
        "wrong BOM",
        "odd UTF-16",
        "surrogates",
        "damaged",
        "long",
    ],
)
def test_what_is_no_page_is_refused_in_words(data: bytes, reason: str) -> None:
    with pytest.raises(Unusable, match=reason):
        decode(data)


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_lines_come_from_every_encoding(encoding: str) -> None:
    assert decode_lines(TEXT.encode(encoding)) == TEXT.split("\n")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("bad", [b"\xff\xff", b"a\xe4"])
def test_a_bad_line_costs_no_other(encoding: str, bad: bytes) -> None:
    one, two, *rest = decode_lines(bad + b"\r\n" + TEXT.encode(encoding.removesuffix("-sig")))
    assert isinstance(one, Unusable)
    assert [two, *rest] == TEXT.split("\n")


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_half_a_character_of_utf_16_costs_its_line_only(encoding: str) -> None:
    lines = decode_lines(f"{TEXT}坏\ud83d\n{TEXT}".encode(encoding, "surrogatepass") + b"\x00")
    assert [number for number, line in enumerate(lines) if isinstance(line, Unusable)] == [3]


def test_a_line_with_odd_characters_is_a_line_still() -> None:
    assert decode_lines("一人\ue000\ue001\ufffd\ufffd".encode()) == ["一人\ue000\ue001\ufffd\ufffd"]


def test_a_line_over_the_limit_of_records_costs_no_other() -> None:
    first, second = decode_lines(b"x" * (LONGEST_RECORD + 1) + "\n一人".encode())
    assert isinstance(first, Unusable)
    assert second == "一人"


@pytest.mark.parametrize("data", [b"", b" \n", b"\xff\xff\n\xff", b"\x89PNG\r\n\x1a\n" + bytes(99), bytes(99)])
def test_a_file_without_a_good_line_is_refused(data: bytes) -> None:
    with pytest.raises(Unusable):
        decode_lines(data)


@given(st.binary(max_size=300))
def test_any_bytes_are_lines_or_refused(data: bytes) -> None:
    lines: list[str | Unusable] = ["一"]
    with suppress(Unusable):
        lines = decode_lines(data)
    assert any(isinstance(line, str) and line.strip() for line in lines)


@given(st.binary(max_size=300))
def test_any_bytes_are_text_or_refused(data: bytes) -> None:
    text = "一"
    with suppress(Unusable):
        text = decode(data)
    assert text.strip()
