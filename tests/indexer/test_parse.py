import json
import os
import socket
from datetime import date
from pathlib import Path

import pytest

from indexer.describe.reference import Reference
from indexer.parse import Parsed, Parser, read_bytes
from indexer.sources.decode import LONGEST_LINE
from indexer.sources.manifest import Manifest, Manifests, Row
from indexer.sources.reject import Reject
from indexer.sources.walk import File, find_files
from tests.indexer.pages import MORE, NEWS, RULES

REFERENCE = Reference.load()
PAGE = f"路灯亮了\n本报记者 王小满\n{NEWS}{MORE}\n{MORE}{NEWS}\n"
JULY = date(2023, 7, 21)


def parser(**rows: Row) -> Parser:
    return Parser(REFERENCE, RULES, Manifests(Manifest({f"{name}.txt": row for name, row in rows.items()})))


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


def test_an_interval_is_inferred_when_nothing_tells_and_says_by_which_words() -> None:
    (article,) = parse(PAGE + "该街道以实际行动迎接党的二十大，昨日和2022年5月1日办了活动。\n").articles
    assert (article.date.start, article.date.end) == (date(2022, 4, 1), date(2022, 10, 22))
    assert (article.date.source, article.date_evidence) == ("inferred", ("迎接党的二十大", "2022年5月1日"))
    assert article.dates_mentioned == ("2022-05-01",)


def test_an_undated_page_stays_undated() -> None:
    (article,) = parse(PAGE).articles
    assert not article.date.known


@pytest.mark.parametrize(
    ("text", "name", "reason"),
    [
        ("", "a.txt", "空文件"),
        ("第5版\n", "a.txt", "没有报道"),
        ("平城区\n", "a.txt", "没有报道"),
        ("05 要闻\n", "a.txt", "没有报道"),
        ("一版 要闻\n", "a.txt", "没有报道"),
        ("大同日报\n2023年7月21日\n", "a.txt", "没有报道"),
        ("大同晚报 走近平城\n\n第5版\n", "a.txt", "没有报道"),
        ("!!!???\n", "a.txt", "没有报道"),
        ("{}\n", "a.jsonl", "缺少 id"),
        ("\n \n", "a.jsonl", "空"),
    ],
)
def test_a_file_without_articles_is_a_reject(text: str, name: str, reason: str) -> None:
    parsed = parse(text, name)
    assert parsed.articles == ()
    assert reason in parsed.rejects[0].reason


def test_a_headline_alone_stays_on_a_page_with_a_story() -> None:
    articles = parse(f"{PAGE}\n合唱队唱到天黑\n\n夏夜花香满街\n").articles
    assert [article.title for article in articles] == ["路灯亮了", "合唱队唱到天黑 夏夜花香满街"]


def test_a_picture_with_its_caption_is_a_story() -> None:
    assert parse("图为居民在广场上唱歌。 王小满 摄\n").articles


def test_only_a_page_that_was_read_is_called_empty() -> None:
    assert parse("第5版\n").empty
    assert not parse("").empty
    assert not parse(PAGE).empty


@pytest.mark.parametrize("root", ["w/2023-07-21", "w/20230721", "w/2023年7月21日", "w/2023/07/21"])
def test_a_day_folder_that_is_given_itself_tells_the_day(root: str) -> None:
    folder = Path("/") / root
    (article,) = parser().parse(File(folder / "05.txt", folder), PAGE.encode()).articles
    assert (article.date.start, article.date.source, article.source.file) == (JULY, "file name", "05.txt")


@pytest.mark.parametrize("root", ["backup-2023-07-21", "2023-07-21/w", "x2023/07/21", "12023-07-21"])
def test_folders_that_are_more_than_a_day_tell_none(root: str) -> None:
    folder = Path("/") / root
    (article,) = parser().parse(File(folder / "05.txt", folder), PAGE.encode()).articles
    assert not article.date.known


def test_a_bad_line_of_ready_articles_costs_no_other() -> None:
    lines = ['{"id": "1", "body": "早"}', json.dumps({"id": "x" * 201, "body": "晚"}), '{"id": "3", "body": "夜"}']
    parsed = parse("\n".join(lines), "a.jsonl")
    assert [article.id for article in parsed.articles] == ["1", "3"]
    assert [(reject.line, "200" in reject.reason) for reject in parsed.rejects] == [(2, True)]


def test_bytes_in_no_encoding_cost_their_line_only() -> None:
    parsed = parse('{"id": "1", "body": "早"}\n'.encode() + b'{"id": "2", "body": "\xff"}\n', "a.jsonl")
    assert [article.id for article in parsed.articles] == ["1"]
    assert [reject.line for reject in parsed.rejects] == [2]


def test_a_long_line_is_a_ready_article_still() -> None:
    body = "早" * (LONGEST_LINE + 1)
    assert [article.body for article in parse(f'{{"id": "1", "body": "{body}"}}', "a.jsonl").articles] == [body]


def test_of_a_repeated_id_the_later_article_counts_and_the_reader_is_told() -> None:
    own = ', "source": {"file": "05.txt", "spans": [[30, 40]]}'
    parsed = parse(f'{{"id": "1", "body": "早"}}\n{{"id": "1", "body": "晚"{own}}}\n', "a.jsonl")
    assert [article.body for article in parsed.articles] == ["晚"]
    assert [(reject.file, reject.line, "重复" in reject.reason) for reject in parsed.rejects] == [("a.jsonl", 2, True)]


class TestFingerprint:
    FILE = File(Path("/pages/a.txt"), Path("/pages"))

    def test_the_same_file_has_the_same_one(self) -> None:
        assert parser().fingerprint(self.FILE, b"a") == parser().fingerprint(self.FILE, b"a")

    def test_it_changes_with_the_bytes(self) -> None:
        assert parser().fingerprint(self.FILE, b"a") != parser().fingerprint(self.FILE, b"b")

    def test_it_changes_with_the_manifest_row(self) -> None:
        assert parser(a=Row(JULY)).fingerprint(self.FILE, b"a") != parser().fingerprint(self.FILE, b"a")

    def test_it_changes_with_the_day_that_the_folders_tell(self) -> None:
        day, other = (File(Path(folder) / "05.txt", Path(folder)) for folder in ("/2023-07-21", "/2023-07-22"))
        assert parser().fingerprint(day, b"a") != parser().fingerprint(other, b"a")

    def test_it_leaves_other_manifest_rows_alone(self) -> None:
        assert parser(b=Row(JULY)).fingerprint(self.FILE, b"a") == parser().fingerprint(self.FILE, b"a")


def test_a_file_that_cannot_be_read_is_a_reject(tmp_path: Path) -> None:
    found = read_bytes(File(tmp_path / "none.txt", tmp_path))
    assert isinstance(found, Reject)
    assert "读不了" in found.reason


def test_what_is_no_regular_file_is_a_reject_and_nobody_waits_for_it(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "dangling.txt").symlink_to(tmp_path / "none")
    (tmp_path / "device.txt").symlink_to("/dev/zero")
    with socket.socket(socket.AF_UNIX) as door:
        door.bind(os.fspath(tmp_path / "socket.txt"))
        found = {file.name: read_bytes(file) for file in find_files([tmp_path])}
    assert {name: isinstance(item, Reject) and item.reason.split("，")[0] for name, item in found.items()} == {
        "dangling.txt": "读不了：文件不在",
        "device.txt": "不是普通文件",
        "pipe.txt": "不是普通文件",
        "socket.txt": "不是普通文件",
    }
