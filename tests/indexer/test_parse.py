from datetime import date
from pathlib import Path

import pytest

from indexer.describe.reference import Reference
from indexer.parse import Parsed, Parser, read_bytes
from indexer.sources.manifest import Manifest, Row
from indexer.sources.reject import Reject
from indexer.sources.walk import File
from tests.indexer.pages import MORE, NEWS, RULES

REFERENCE = Reference.load()
PAGE = f"路灯亮了\n本报记者 王小满\n{NEWS}{MORE}\n{MORE}{NEWS}\n"
JULY = date(2023, 7, 21)


def parser(**rows: Row) -> Parser:
    return Parser(REFERENCE, RULES, Manifest({f"{name}.txt": row for name, row in rows.items()}))


def parse(text: str | bytes, name: str = "a.txt", **rows: Row) -> Parsed:
    data = text if isinstance(text, bytes) else text.encode()
    return parser(**rows).parse(File(Path("/pages") / name, Path("/pages")), data)


def test_a_page_gives_its_articles() -> None:
    (article,) = parse(PAGE).articles
    assert (article.title, article.reporters, article.source.file) == ("路灯亮了", ("王小满",), "a.txt")


def test_spans_count_the_lines_of_the_decoded_file() -> None:
    (article,) = parse(("\n\n" + PAGE).replace("\n", "\r\n").encode("utf-8-sig")).articles
    assert article.source.spans == ((3, 6),)


def test_the_manifest_goes_before_masthead_and_path() -> None:
    text = "2023年7月22日 星期六 第6版\n" + PAGE
    (article,) = parse(text, "2023-07-23/a.txt", a=Row(JULY, "05", None, "大同晨讯")).articles
    assert (article.date.start, article.date.source, article.source.page) == (JULY, "manifest", "5")


def test_the_masthead_goes_before_the_path() -> None:
    (article,) = parse("2023年7月21日 星期五 第5版\n" + PAGE, "2023-07-23/05.txt").articles
    assert (article.date.start, article.date.source) == (JULY, "masthead")


def test_the_path_tells_when_nothing_else_does() -> None:
    (article,) = parse(PAGE, "2023-07-21/05.txt").articles
    assert (article.date.start, article.date.source, article.source.page) == (JULY, "file name", "5")


def test_an_undated_page_stays_undated() -> None:
    (article,) = parse(PAGE).articles
    assert not article.date.known


@pytest.mark.parametrize(
    ("text", "name", "reason"),
    [
        ("", "a.txt", "空文件"),
        ("第5版\n", "a.txt", "没有报道"),
        ("{}\n", "a.jsonl", "缺少 id"),
        ("\n \n", "a.jsonl", "空"),
    ],
)
def test_a_file_without_articles_is_a_reject(text: str, name: str, reason: str) -> None:
    parsed = parse(text, name)
    assert parsed.articles == ()
    assert reason in parsed.rejects[0].reason


def test_of_a_repeated_id_the_later_article_counts_and_the_reader_is_told() -> None:
    parsed = parse('{"id": "1", "body": "早"}\n{"id": "1", "body": "晚"}\n', "a.jsonl")
    assert [article.body for article in parsed.articles] == ["晚"]
    assert [(reject.line, "重复" in reject.reason) for reject in parsed.rejects] == [(2, True)]


class TestFingerprint:
    FILE = File(Path("/pages/a.txt"), Path("/pages"))

    def test_the_same_file_has_the_same_one(self) -> None:
        assert parser().fingerprint(self.FILE, b"a") == parser().fingerprint(self.FILE, b"a")

    def test_it_changes_with_the_bytes(self) -> None:
        assert parser().fingerprint(self.FILE, b"a") != parser().fingerprint(self.FILE, b"b")

    def test_it_changes_with_the_manifest_row(self) -> None:
        assert parser(a=Row(JULY)).fingerprint(self.FILE, b"a") != parser().fingerprint(self.FILE, b"a")

    def test_it_leaves_other_manifest_rows_alone(self) -> None:
        assert parser(b=Row(JULY)).fingerprint(self.FILE, b"a") == parser().fingerprint(self.FILE, b"a")


def test_a_file_that_cannot_be_read_is_a_reject(tmp_path: Path) -> None:
    found = read_bytes(File(tmp_path / "none.txt", tmp_path))
    assert isinstance(found, Reject)
    assert "读不了" in found.reason
