"""Bytes -> text: the encodings that Chinese newspaper files come in, and the reasons to refuse one."""

from __future__ import annotations

import codecs
import re
from itertools import islice
from math import ceil

from indexer.sources.reject import Unusable

LONGEST_LINE = 1_000_000
"""Characters; a longer line is not a page of print but a damaged or foreign file."""
LONGEST_RECORD = 10_000_000
"""Characters; a longer line of a ``.jsonl`` file is no article."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MAGIC = {
    b"\x89PNG\r\n": "PNG 图片",
    b"\xff\xd8\xff": "JPEG 图片",
    b"GIF87a": "GIF 图片",
    b"GIF89a": "GIF 图片",
    b"%PDF-": "PDF 文件",
    b"PK\x03\x04": "ZIP 压缩包或 Office 文档",
    b"\x1f\x8b": "GZIP 压缩包",
}
_FOREIGN = "编码错乱，不是 UTF-8、GB18030 或 UTF-16 的中文文字 (not Chinese text in a known encoding)"
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ufffd\ue000-\uf8ff]")
_SAMPLE = 50_000
_LATIN_1 = re.compile(r"[\x80-\xff]")
_HAN = re.compile(r"[\u3400-\u9fff]+")
# The three hundred most frequent characters make up about half of any Chinese text, and hardly any of mojibake.
_COMMON = frozenset(
    "的一是在了不和有人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本"
    "去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总"
    "次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处队南给色光门即保治北造百规热领七海口东导器压志世金增争济阶油思术极交受联什认六共权"
)


def decode(data: bytes) -> str:
    """The text of a file, its line ends turned into LF.

    UTF-8 with or without BOM, UTF-16 with or without BOM, and GB18030 are told apart by the bytes.

    Raises:
        Unusable: the file is empty, binary, in no known encoding, or has a line over LONGEST_LINE.
    """
    _refuse_other_files(data)
    text = re.sub(r"\r\n?", "\n", _text(data)).replace("\ufeff", "")
    _refuse_what_no_one_reads(text)
    longest = max(map(len, text.split("\n")))
    if longest > LONGEST_LINE:
        raise Unusable(f"有一行长达 {longest:,} 个字符，不是版面文字 (a line of {longest:,} characters)")
    return text


def decode_lines(data: bytes) -> list[str | Unusable]:
    """The lines of a file one by one, each its text or the reason why it cannot be used.

    The encoding is the one in which most lines can be read.

    Raises:
        Unusable: the file is empty, binary, or no line of it can be read.
    """
    _refuse_other_files(data)
    raw = re.split(rb"\r\n?|\n", _utf8(data))
    lines = min(([_line(line, code) for line in raw] for code in ("utf-8", "gb18030")), key=_count_unusable)
    text = "\n".join(line for line in lines if isinstance(line, str))
    if not text.strip() and _count_unusable(lines):
        raise next(line for line in lines if isinstance(line, Unusable))
    _refuse_what_no_one_reads(text)
    return lines


def _refuse_other_files(data: bytes) -> None:
    if not data.strip(b" \t\r\n\0"):
        raise Unusable("空文件 (the file is empty)")
    for magic, kind in _MAGIC.items():
        if data.startswith(magic):
            raise Unusable(f"二进制文件（{kind}），不是文字 (a binary file, not text)")


def _refuse_what_no_one_reads(text: str) -> None:
    if not text.strip():
        raise Unusable("只有空白 (nothing but white space)")
    if _is_mojibake(text):
        raise Unusable("编码错乱，读出来不是中文 (wrongly encoded: it does not read as Chinese)")


def _utf8(data: bytes) -> bytes:
    """UTF-16 turned into UTF-8, damaged places into bytes that are not UTF-8; other data without its BOM."""
    marked = next((encoding for bom, encoding in _BOMS[1:] if data.startswith(bom)), None)
    encoding = marked or _utf16_without_bom(data)
    if encoding is None:
        return data.removeprefix(codecs.BOM_UTF8)
    whole = data[: len(data) // 2 * 2].decode(encoding, "surrogatepass")
    return whole.encode("utf-8", "surrogatepass")


def _line(data: bytes, encoding: str) -> str | Unusable:
    try:
        text = data.decode(encoding).replace("\ufeff", "")
    except UnicodeDecodeError:
        return Unusable(_FOREIGN)
    if len(text) > LONGEST_RECORD:
        return Unusable(f"这一行长达 {len(text):,} 个字符，不是文章 (a line of {len(text):,} characters)")
    return text


def _count_unusable(lines: list[str | Unusable]) -> int:
    return sum(isinstance(line, Unusable) for line in lines)


def _text(data: bytes) -> str:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _plausible(data, encoding)
    if guess := _utf16_without_bom(data):
        return _plausible(data, guess)
    try:
        return _plausible(data, "utf-8")
    except UnicodeDecodeError:
        return _gb18030(data)


def _gb18030(data: bytes) -> str:
    try:
        return _plausible(data, "gb18030")
    except UnicodeDecodeError:
        raise Unusable(_FOREIGN) from None


def _is_mojibake(text: str) -> bool:
    """Whether Chinese was once read in a wrong encoding, as Latin-1 or as rare Chinese characters, by how it begins."""
    sample = text[:_SAMPLE]
    if len(_LATIN_1.findall(sample)) > max(20, 0.3 * len(sample)):
        return True
    han = "".join(_HAN.findall(sample))
    # A short list that repeats a few names has few different characters, and tells nothing.
    return _is_uncommon(han) and len(set(han)) > 20


def _is_uncommon(han: str) -> bool:
    """Whether fewer than a tenth of the characters are common ones; of usual text a quarter tells."""
    enough = ceil(0.1 * len(han))
    common = filter(_COMMON.__contains__, han)
    return sum(1 for _ in islice(common, enough)) < enough


def _plausible(data: bytes, encoding: str) -> str:
    text = _strict(data, encoding)
    odd = len(_CONTROL.findall(text))
    if odd > 0.005 * len(text) and odd > 3:
        raise Unusable(_FOREIGN)
    return text


def _strict(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        if encoding in ("utf-8", "gb18030"):
            raise
        raise Unusable(f"{encoding[:6].upper().rstrip('-')} 编码残缺 (damaged encoding)") from None


def _utf16_without_bom(data: bytes) -> str | None:
    """UTF-16 is betrayed by its line ends; zero bytes alone tell nothing, for 一 (U+4E00) has one as well."""
    sample = data[:_SAMPLE]
    if 0 not in sample:
        return None
    units = {sample[place : place + 2] for place in range(0, len(sample), 2)}
    return next((name for name in ("utf-16-le", "utf-16-be") if "\n".encode(name) in units), None)
