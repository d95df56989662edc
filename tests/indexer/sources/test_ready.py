import json

import pytest

from indexer.sources.ready import read_ready
from indexer.sources.reject import Reject, Unusable
from search.article import Article


def read(*lines: str) -> list[Article | Reject]:
    return [item for _, item in read_ready("a.jsonl", lines)]


def record(**keys: object) -> str:
    return json.dumps({"id": "1", "title": "路灯亮了", "body": "昨晚亮了。"} | keys, ensure_ascii=False)


def test_id_title_and_body_are_enough() -> None:
    (article,) = read(record())
    assert isinstance(article, Article)
    assert (article.id, article.title, article.body) == ("1", "路灯亮了", "昨晚亮了。")


def test_an_article_stands_on_its_line_of_the_file() -> None:
    _, article = read(record(), record(id="2"))
    assert isinstance(article, Article)
    assert (article.source.file, article.source.spans) == ("a.jsonl", ((2, 2),))


def test_a_source_of_its_own_is_kept() -> None:
    (article,) = read(record(source={"file": "05.txt", "spans": [[3, 9]]}))
    assert isinstance(article, Article)
    assert (article.source.file, article.source.spans) == ("05.txt", ((3, 9),))


def test_text_and_author_are_other_names() -> None:
    (article,) = read('{"id": "1", "text": "昨晚亮了。", "author": "王小满"}')
    assert isinstance(article, Article)
    assert (article.body, article.reporters) == ("昨晚亮了。", ("王小满",))


def test_the_right_name_goes_before_the_other() -> None:
    (article,) = read(record(text="别的"))
    assert isinstance(article, Article)
    assert article.body == "昨晚亮了。"


def test_empty_lines_and_unknown_keys_are_passed_over() -> None:
    assert [type(item) for item in read("", record(colour="red"), " ")] == [Article]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "第 2 列起不是 JSON"),
        ('{"id": "1", body: ""}', "第 13 列起不是 JSON"),
        ("[" * 100_000, "不是 JSON"),
        ('{"id": ' + "1" * 5000 + "}", "数字太长"),
        ("[1]", "不是 JSON 对象"),
        ('{"id": "1"}', "缺少 id 或 body"),
        ('{"body": "昨晚亮了。"}', "缺少 id 或 body"),
        (record(id=7), "id 应为文字"),
        (record(date="昨天"), "date 的值"),
        (record(date="20220501xyz"), "date 的值"),
        (record(date="1900-01-01", date_end="2022-01-01"), "一百年"),
        (record(id="x" * 201), "200"),
        (record(date="2023-07-21", date_end="2023-07-01"), "颠倒"),
        (record(kind="poem"), "kind 的值"),
        (record(reporters=[1]), "reporters 应为"),
        (record(source={"spans": [[1]]}), "spans"),
        ('{"id": "1", "body": "", "source": {"spans": [[Infinity, 1]]}}', "spans"),
        ('{"id": "1", "body": "\\ud83d"}', "半个字符"),
    ],
)
def test_a_bad_line_is_refused_with_its_number_and_the_others_are_read(line: str, reason: str) -> None:
    first, second = read(line, record())
    assert isinstance(first, Reject)
    assert first.line == 1
    assert reason in first.reason
    assert isinstance(second, Article)


def test_a_line_that_could_not_be_decoded_is_refused_with_its_number() -> None:
    first, second = read_ready("a.jsonl", [Unusable("读不懂"), record()])
    assert first == (1, Reject("a.jsonl", "读不懂", 1))
    assert second[0] == 2
    assert isinstance(second[1], Article)


def test_a_whole_pair_of_surrogates_is_a_character() -> None:
    (article,) = read('{"id": "1", "body": "\\ud83d\\ude00"}')
    assert isinstance(article, Article)
    assert article.body == "😀"
