import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.junction import continues, crosses, crossing, opening

OPENERS = [
    "据了解，巷子里的灯都换了",
    "此外，巷口又添了两盏",
    "近日，老周换上新灯泡",
    "记者看到，灯都亮了",
    "“亮多了！”老周说",
]
GOES_ON = ["，灯都亮了。", "。老周这才下了梯子。", "的灯泡换过以后", "了一碗绿豆汤", "”老周说。"]
any_text = st.text("老周换灯泡街坊绿豆汤的了在，。“”（）1a \0", max_size=30)


@pytest.mark.parametrize("opener", OPENERS)
@pytest.mark.parametrize("rest", GOES_ON)
def test_what_opens_a_sentence_is_told_from_what_goes_on(opener: str, rest: str) -> None:
    assert opening(opener) > 0 > opening(rest)


@pytest.mark.parametrize(
    ("left", "right"),
    [("街坊给他递上一碗绿豆", "汤，他一口喝完。"), ("老人们都说这条街", "道亮了。"), ("孩子们在学", "校里读书。")],
)
def test_a_word_stands_across_the_cut(left: str, right: str) -> None:
    assert crosses(left, right)
    assert crossing(left, right) > 0


@pytest.mark.parametrize(
    ("left", "right"), [("老周换完灯泡，", "街坊们都来看。"), ("", "街坊"), ("街坊", ""), ("", "")]
)
def test_no_word_stands_across_a_mark_or_nothing(left: str, right: str) -> None:
    assert not crosses(left, right)
    assert crossing(left, right) < 0


def test_the_second_half_of_a_word_continues_better_than_a_new_beginning() -> None:
    left = "街坊们围在梯子下面看老周换灯泡，有人给他递上一碗绿豆"
    assert continues(left, "汤，他一口喝完。") > 0 > continues(left, "据了解，巷子里的灯都换了。")


def test_a_closed_quotation_speaks_for_going_on() -> None:
    left = "老周说：“这批灯泡能用三年"
    assert continues(left, "哪盏不亮我就上门。”") > continues(left, "哪盏不亮我就上门。")


@pytest.mark.parametrize("text", ["", " ", "\0", "“", "（"])
def test_nothing_and_marks_alone_have_odds_too(text: str) -> None:
    assert opening(text) < 5
    assert continues(text, text) < 20


@given(any_text, any_text)
def test_only_the_text_near_the_cut_counts(left: str, right: str) -> None:
    far = "树叶落在院子里的石桌上，没有人去扫它，也没有人去看它一眼。" * 3
    assert crosses(far + "，" * 40 + left, right) == crosses("，" * 40 + left, right)


@given(any_text, any_text)
def test_the_same_texts_give_the_same_odds(left: str, right: str) -> None:
    assert continues(left, right) == continues(left, right)


def test_a_text_that_closes_a_quotation_begins_nothing() -> None:
    assert opening("他来这里。”老人笑着说。") < opening("他来这里。老人笑着说。")
    assert opening("他说：“来这里。”老人笑了。") == opening("他说，来这里。老人笑了。")
