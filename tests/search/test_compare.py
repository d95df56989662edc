import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.article import Article, Source
from search.compare import Segment, compare, printed

TEXTS = st.text(st.sampled_from("天地人家，。“” \nＡ㎡"), max_size=40)


@given(TEXTS, TEXTS)
def test_the_segments_joined_are_the_two_prints(a: str, b: str) -> None:
    segments = compare(a, b)
    assert "".join(segment.a for segment in segments) == a
    assert "".join(segment.b for segment in segments) == b


@given(TEXTS)
def test_a_text_differs_nowhere_from_itself(text: str) -> None:
    assert all(segment.same for segment in compare(text, text))


def test_punctuation_makes_no_difference() -> None:
    assert compare("路灯，亮了。", "路灯,亮了") == [Segment(True, "路灯，亮了。", "路灯,亮了")]


def test_a_misread_character_is_a_slip() -> None:
    before, slip, after = compare("昨天晚上路灯亮了。", "昨天晚上路打亮了。")
    assert (before.same, after.same) == (True, True)
    assert slip == Segment(False, "灯", "打")
    assert slip.slip


def test_a_lost_passage_stands_on_one_side_and_is_no_slip() -> None:
    segments = compare("路灯昨晚全都亮了。\n大家都很高兴。", "路灯昨晚全都亮了。")
    assert segments[-1] == Segment(False, "大家都很高兴。", "")
    assert not segments[-1].slip


@pytest.mark.parametrize("other", ["", "，。"])
def test_a_text_without_letters(other: str) -> None:
    assert compare("路灯", other) == [Segment(False, "路灯", other)]
    assert compare("！", other) == [Segment(True, "！", other)]


def test_all_that_is_printed_of_an_article() -> None:
    article = Article(
        "1", Source(""), title="路灯亮了", byline="本报记者 田野", body="昨晚亮了。", captions=("图为路灯。",)
    )
    assert printed(article) == "路灯亮了\n本报记者 田野\n昨晚亮了。\n图为路灯。"
