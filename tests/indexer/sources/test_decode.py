from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.sources.decode import LONGEST_LINE, decode
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
        ("\u3000\n".encode(), "只有空白"),
        (bytes(range(256)) * 4, "编码|二进制"),
        (b"\x7fELF" + b"\x00\x01\x02" * 99, "二进制"),
        (b"\xef\xbb\xbf" + TEXT.encode("gb18030"), "编码"),
        (b"\xff\xfe" + "一人".encode("utf-16-le") + b"\x00", "UTF-16"),
        (b"\xff\xfe\x00\xd8" * 3, "UTF-16"),
        (TEXT.encode()[:-2] + b"\xff\xff", "编码"),
        ("字".encode() * (LONGEST_LINE + 1), "个字符"),
    ],
    ids=[
        "empty",
        "blank",
        "wide blank",
        "bytes",
        "program",
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


@given(st.binary(max_size=300))
def test_any_bytes_are_text_or_refused(data: bytes) -> None:
    text = "一"
    with suppress(Unusable):
        text = decode(data)
    assert text.strip()
