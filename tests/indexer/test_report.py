from indexer.misreadings import Misreading
from indexer.report import Report, misreading_lines

SURE = Misreading("邱东芳", "邸东芳", 2, 31, 1, ("水泊寺街道", "教育"))
DOUBT = Misreading("刘昱", "刘显", 1, 9, doubt="年份对不上")


def test_a_merge_says_what_by_what_and_how_to_undo_it() -> None:
    text = "\n".join(misreading_lines([SURE]))
    assert "邱东芳 → 邸东芳：2 篇归入（邸东芳 原有 31 篇），同写水泊寺街道、教育，1 篇的另一版本署 邸东芳" in text
    assert 'different = [["邱东芳", "邸东芳"]]' in text
    assert '"邸东芳" = ["邱东芳"]' in text
    assert "没有归并" not in text


def test_what_was_left_apart_is_named_with_the_reason() -> None:
    assert list(misreading_lines([DOUBT])) == ["姓名形近、没有归并的 1 对：刘昱/刘显（年份对不上）"]


def test_many_doubts_are_cut_short() -> None:
    [line] = misreading_lines([DOUBT] * 11)
    assert line.count("刘昱") == 10
    assert line.endswith(" 等")


def test_they_stand_in_the_report_of_a_run() -> None:
    assert set(misreading_lines([SURE])) <= set(Report(misreadings=[SURE]).lines())
    assert not any("姓名" in line for line in Report().lines())
