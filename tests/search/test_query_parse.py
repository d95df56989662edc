"""The query language: what is read, how it is mended, and that nothing typed can break it."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from search.errors import QueryRefused
from search.query.parse import MAX_DEPTH, MAX_LENGTH, MAX_TERMS, parse
from search.query.tree import And, Dates, Everything, Exact, Has, Misread, Near, Node, Not, Or, Pattern, Words
from search.request import MISSING
from search.words import words


def word(text: str, field: str | None = None) -> Words:
    return Words(text, (text,), field)


A, B, C = word("水"), word("电"), word("气")


def test_empty_query_is_everything() -> None:
    query = parse("  　")
    assert (query.tree, query.canonical, query.repairs) == (Everything(), "", ())
    assert query.understood == "全部文章"


def test_run_of_chinese_is_cut_into_words() -> None:
    tree = parse("社区網格").tree
    assert isinstance(tree, Words)
    assert tree.text == "社区网格"
    assert "".join(tree.words) == tree.text
    assert len(tree.words) > 1


@pytest.mark.parametrize(
    ("typed", "tree"),
    [
        ("水 电", And((A, B))),
        ("水　AND　电", And((A, B))),
        ("水 与 电", And((A, B))),
        ("水 ＆ 电", And((A, B))),
        ("水 OR 电", Or((A, B))),
        ("水 ＯＲ 电", Or((A, B))),
        ("水|电", Or((A, B))),
        ("水 ｜ 电", Or((A, B))),
        ("水 或 电", Or((A, B))),
        ("水 电 或 气", Or((And((A, B)), C))),
        ("水 (电 或 气)", And((A, Or((B, C))))),
        ("水（电 或 气）", And((A, Or((B, C))))),
        ("水 NOT 电", And((A, Not(B)))),
        ("水 非 电", And((A, Not(B)))),
        ("水 －电", And((A, Not(B)))),
        ("水 –电", And((A, Not(B)))),
        ("-水", Not(A)),
        ("-(水 电)", Not(And((A, B)))),
        ("NOT NOT 水", A),
        ("--水", A),
        ("-(-水)", A),
        ("水 水", A),
        ("水 (电 气)", And((A, B, C))),
        ("——水，", A),
    ],
)
def test_operators(typed: str, tree: Node) -> None:
    query = parse(typed)
    assert query.tree == tree
    assert query.repairs == ()


@pytest.mark.parametrize("typed", ["非典", "或许", "与会", "a-b", "R&D", "or", "not"])
def test_operators_inside_or_in_small_letters_are_words(typed: str) -> None:
    assert parse(typed).tree == Words(typed.lower(), parse(typed).tree.words)  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "typed", ['"老舊 小區"', "“老旧小区”", "「老旧小区」", "『老旧\n小区』", "＂老旧小区＂", '“老旧小区"']
)
def test_quotations_are_exact(typed: str) -> None:
    assert parse(typed).tree == Exact("老旧小区")


def test_quotation_may_hold_other_quotes_and_operators() -> None:
    assert parse("“水 OR (「电」”").tree == Exact('水 or ("电"')


def test_an_operator_meant_as_a_word_is_read_as_a_quotation() -> None:
    assert parse("、或").tree == Exact("或")


def test_quotation_right_after_a_word() -> None:
    assert parse('水"电"').tree == And((A, Exact("电")))


@pytest.mark.parametrize(
    ("typed", "tree"),
    [
        ("title:水", word("水", "title")),
        ("標題：水", word("水", "title")),
        ('ＢＯＤＹ:"水"', Exact("水", "body")),
        ("标题:(水 OR 电)", Or((word("水", "title"), word("电", "title")))),
        ("标题:-水", Not(word("水", "title"))),
        ("记者： 丁亞琴", Has("reporter", "丁亞琴")),
        ("记者:(甲乙 丙丁)", And((Has("reporter", "甲乙"), Has("reporter", "丙丁")))),
        ("记者:未注明", Has("reporter", MISSING)),
        ("street:新建北路", Has("street", "新建北路")),
        ("街道:新建北路街道", Has("street", "新建北路街道")),
        ("街道:未注明", Has("street", MISSING)),
        ("topic:教育", Has("topic", "教育")),
        ("section:《平城》新语", Has("section", "《平城》新语")),
        ('栏目:"Ａ 角"', Has("section", "Ａ 角")),
        ("-kind:photo", Not(Has("kind", "photo"))),
        ("http://a", Words("http://a", ("http", "a"))),
        ("3:2", Words("3:2", ("3", "2"))),
        ('"page:3"', Exact("page:3")),
    ],
)
def test_fields(typed: str, tree: Node) -> None:
    query = parse(typed)
    assert query.tree == tree
    assert query.repairs == ()


@pytest.mark.parametrize(
    ("typed", "tree"),
    [
        ("丁?琴", Pattern("丁?琴")),
        ("丁？琴", Pattern("丁?琴")),
        ("丁亚？", Pattern("丁亚?")),
        ("title:covid*", Pattern("covid*", "title")),
        ("*小区，", Pattern("*小区")),
        ("-老*区", Not(Pattern("老*区"))),
        ('"老*区?"', Exact("老*区?")),
        ("哪天供暖？", Words("哪天供暖", parse("哪天供暖").tree.words)),  # type: ignore[union-attr]
        ("what's up?", And((Words("what's", ("what", "s")), Pattern("up?")))),
        ("水电~", Misread("水电")),
        ("水电～", Misread("水电")),
        ('"水 电"~ 气', And((Misread("水电"), C))),
        ("标题:水电~2", Misread("水电", "title")),
        ("5~10", Words("5~10", ("5", "10"))),
        ("水 NEAR/3 电", Near(A, B, 3)),
        ("水 near/3 电", Near(A, B, 3)),
        ("水 ＮＥＡＲ／３ “电”", Near(A, Exact("电"), 3)),
        ("水 NEAR 电", Near(A, B, 10)),
        ("水 near 电", And((A, word("near"), B))),
        ("水 NEAR/3 电* NEAR/5 气", And((Near(A, Pattern("电*"), 3), Near(Pattern("电*"), C, 5)))),
        ("-水 NEAR/3 电", Not(Near(A, B, 3))),
        ("title:水 NEAR/3 title:电", Near(word("水", "title"), word("电", "title"), 3)),
        ("title:(水 NEAR/3 电)", Near(word("水", "title"), word("电", "title"), 3)),
        ("社区:馨苑社区 版:05", And((Has("community", "馨苑社区"), Has("page", "05")))),
    ],
)
def test_patterns_misreadings_and_nearness(typed: str, tree: Node) -> None:
    query = parse(typed)
    assert query.tree == tree
    assert query.repairs == ()


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ("2022", date(2022, 1, 1), date(2022, 12, 31)),
        ("2022年", date(2022, 1, 1), date(2022, 12, 31)),
        ("2024-2", date(2024, 2, 1), date(2024, 2, 29)),
        ("２０２２年５月", date(2022, 5, 1), date(2022, 5, 31)),
        ("2022-05-03", date(2022, 5, 3), date(2022, 5, 3)),
        ("2022年5月3日", date(2022, 5, 3), date(2022, 5, 3)),
        ("2022-05..2023-01", date(2022, 5, 1), date(2023, 1, 31)),
        ("2023-01..2022-05", date(2022, 5, 1), date(2023, 1, 31)),
        ("..2023", None, date(2023, 12, 31)),
        ("2022..", date(2022, 1, 1), None),
        ("2022-2023", date(2022, 1, 1), date(2023, 12, 31)),
        ("2022年——2023年", date(2022, 1, 1), date(2023, 12, 31)),
        ("2022～2023", date(2022, 1, 1), date(2023, 12, 31)),
        ("2022-05-2023-01", date(2022, 5, 1), date(2023, 1, 31)),
        ("2022年5月到2023年1月", date(2022, 5, 1), date(2023, 1, 31)),
        ("2022年5月至6月", date(2022, 5, 1), date(2022, 6, 30)),
        ("2022年5月1日至10日", date(2022, 5, 1), date(2022, 5, 10)),
        ("2022年5月30日至6月2日", date(2022, 5, 30), date(2022, 6, 2)),
        ("2022年5月至今", date(2022, 5, 1), None),
        ("2022-05 至 2023-01", date(2022, 5, 1), date(2023, 1, 31)),
        (" 2022-05 .. 2023-01", date(2022, 5, 1), date(2023, 1, 31)),
        ("2022 - 2023", date(2022, 1, 1), date(2023, 12, 31)),
        (MISSING, None, None),
    ],
)
def test_dates(typed: str, first: date | None, last: date | None) -> None:
    for field in ("date:", "日期："):
        assert parse(field + typed).tree == Dates(first, last)


@pytest.mark.parametrize("typed", ["2022-13", "2022-02-30", "0000", "去年", "..", "2022..2023..2024", "99", "5月至6月"])
def test_bad_date_is_searched_as_words(typed: str) -> None:
    query = parse(f"date:{typed}")
    assert any("不是日期" in repair for repair in query.repairs)
    assert isinstance(query.tree, Words | Everything)


def test_a_month_without_its_year_is_not_turned_round() -> None:
    assert "「2022年11月至2月」不是日期，按文字检索" in parse("日期:2022年11月至2月").repairs


def test_blanks_part_a_date_from_what_is_none() -> None:
    assert parse("日期:2022 至 水").tree == And((Dates(date(2022, 1, 1), date(2022, 12, 31)), word("至"), A))
    assert parse("日期:2022 -2023").tree == And((Dates(date(2022, 1, 1), date(2022, 12, 31)), Not(word("2023"))))
    assert parse("2022 至 2023").tree == And((word("2022"), word("至"), word("2023")))


@pytest.mark.parametrize(
    ("typed", "tree", "note"),
    [
        ('水 "电', And((A, Exact("电"))), "引号没有闭合"),
        ("水」", A, "多余的引号"),
        ("水”", A, "多余的引号"),
        ('水 " ', A, "多余的引号"),
        ('水 ""', A, "空的引号"),
        ('水 记者:" "', A, "空的引号"),
        ("(水", A, "括号没有闭合"),
        ("水) 电", And((A, B)), "多余的右括号"),
        ("水 ()", A, "空的括号"),
        ("水 OR", A, "没有着落的 OR"),
        ("OR 水", A, "没有着落的 OR"),
        ("AND 水", A, "没有着落的 AND"),
        ("水 AND AND 电", And((A, B)), "没有着落的 AND"),
        ("水 NOT", A, "没有着落的 NOT"),
        ("水 标题:", A, "没有着落的 标题:"),
        ("水 ！！", A, "没有文字"),
        ("leaf:3 水", And((Words("leaf:3", ("leaf", "3")), A)), "没有“leaf”这个检索字段"),
        ("副刊：3", Words("副刊:3", ("副刊", "3")), "没有“副刊”这个检索字段"),
        ("标题:副刊:3", Words("副刊:3", ("副刊", "3"), "title"), "没有“副刊”这个检索字段"),
        ("NEAR/3 水", A, "没有着落的 NEAR/3"),
        ("水 NEAR/3", A, "没有着落的 NEAR/3"),
        ("水 NEAR/3 NEAR/3 电", Near(A, B, 3), "没有着落的 NEAR/3"),
        ("水 NEAR/3 -电", And((A, Not(B))), "没有着落的 NEAR/3"),
        ("水 NEAR/3 (电 OR 气)", And((A, Or((B, C)))), "NEAR 的两边"),
        ("水 NEAR/3 title:电", And((A, word("电", "title"))), "NEAR 的两边"),
        ("水 NEAR/3 记者:电", And((A, Has("reporter", "电"))), "NEAR 的两边"),
        ("水 NEAR/12345678901 电", Near(A, B, 100), "相距不超过 100 字"),
        ("水 NEAR/999 电", Near(A, B, 100), "相距不超过 100 字"),
        ("水~", Exact("水"), "单个字"),
        ("记者:丁亚琴~", Has("reporter", "丁亚琴"), "~ 只用于"),
        ("水*电~", Pattern("水*电"), "已有通配符"),
        ("*?", Everything(), "没有文字"),
        ("水 and 电", And((A, word("and"), B)), "写成大写的 AND"),
        ("水\x00\ud800", A, "无法识别"),
        ("***", Everything(), "列出全部文章"),
    ],
)
def test_repairs(typed: str, tree: Node, note: str) -> None:
    query = parse(typed)
    assert query.tree == tree
    assert any(note in repair for repair in query.repairs)


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("水" * (MAX_LENGTH + 1), "太长"),
        ("*" * 10_000, "太长"),
        ("(" * 3_000, "太长"),
        ("(" * MAX_LENGTH, "嵌套太深"),
        ("(" * (MAX_DEPTH + 1) + "水", "嵌套太深"),
        (" ".join(f"w{number}" for number in range(MAX_TERMS + 1)), "太多"),
        (" ".join(f"date:{year}" for year in range(1950, 1950 + MAX_TERMS)), "太长"),
    ],
)
def test_costly_queries_are_refused_in_words(typed: str, reason: str) -> None:
    with pytest.raises(QueryRefused, match=reason):
        parse(typed)


def test_limits_themselves_are_allowed() -> None:
    assert parse("(" * MAX_DEPTH + "水" + ")" * MAX_DEPTH).tree == A
    assert parse("NOT " * 249 + "水").tree == Not(A)


@pytest.mark.parametrize(
    ("typed", "understood"),
    [
        (
            '"老旧小区" 记者:丁亚琴 date:2022-05-01..',
            "逐字包含「老旧小区」，且记者为丁亚琴，且日期在2022年5月1日（含）之后",
        ),
        ("水 OR (电 -气)", "包含「水」，或（包含「电」，且不包含「气」）"),
        ("-(水 OR 电)", "不符合（包含「水」，或包含「电」）"),
        ("title:水 -street:未注明", "标题包含「水」，且街道已注明"),
        ("date:2022", "日期在2022年"),
        ("-date:2024-02", "日期不在2024年2月"),
        ("date:2022-05-03", "日期在2022年5月3日"),
        ("date:..2022-05-03", "日期在2022年5月3日（含）之前"),
        ("date:2022-05-03..2023", "日期在2022年5月3日至2023年12月31日"),
        ("date:未注明", "日期未注明"),
        ("title:丁?琴", "标题包含形如「丁?琴」的字（? 代表一个字，* 代表几个字或没有）"),
        ("-水电~", "不包含「水电」或形近误认的写法"),
        ("水 NEAR/3 电", "有「水」与「电」相距不超过 3 字"),
        ("-title:水 NEAR/3 title:电", "标题没有「水」与「电」相距不超过 3 字"),
        ("-社区:馨苑社区 版:5", "社区不为馨苑社区，且版为5"),
    ],
)
def test_understood(typed: str, understood: str) -> None:
    assert parse(typed).understood == understood


def test_understood_names_the_words_of_a_run() -> None:
    cut = "、".join(words("社区网格"))
    assert parse("社区网格").understood == f"包含「社区网格」（或同时包含各词：{cut}）"
    assert parse("-社区网格").understood == f"不包含「社区网格」（也不同时包含各词：{cut}）"


SIGNS = [*'?？"“”「」『〝〟(（)）|-－—*~_·\u0301\u200b\x00\ud800 　\n']
RUNS = ["水", "老旧小区", "後", "㈠", "⑴", "℀", "Ａ", "…", "2022", "2022-05", ".."]
NAMES = ["title:", "正文：", "记者:", "street:", "栏目：", "date:", "日期﹕"]
OPERATORS = ["page:", "版：", "NEAR/3", " OR ", " 或 ", " AND ", " NOT ", "非", "与", "&"]
TYPED = st.lists(st.sampled_from(SIGNS + RUNS + NAMES + OPERATORS), max_size=40).map("".join)


@settings(deadline=None)
@given(TYPED | st.text())
@example('栏目:“a"b」c』d〟')
@example("·或 ·OR 、title:水")
@example("title:·title:水")
def test_whatever_is_typed_is_read_or_refused_and_canonical_means_the_same(typed: str) -> None:
    try:
        query = parse(typed)
    except QueryRefused:
        return
    again = parse(query.canonical)
    assert again.tree == query.tree
    assert again.canonical == query.canonical
    assert set(again.repairs) <= set(query.repairs)
    assert query.understood
    query.canonical.encode()
