import pytest

from indexer.margins import masthead, plain_numbers
from indexer.page import Label, Page
from indexer.prose import bare
from tests.indexer.pages import MORE, NEWS, OTHER, RULES, blocks, labels

FURNITURE, HEADLINE = Label.FURNITURE, Label.HEADLINE
BYLINE = "本报记者 王小满"


def sounds(text: str) -> bool:
    return RULES.sounds_like_slogan(text, bare(text))


class TestMasthead:
    @pytest.mark.parametrize(
        "head",
        [
            ("平城晚报", "2023年7月21日 星期五", "第5版"),
            ("第5版", "2023年7月21日", "平城晚报"),
            ("走近老城", "平城晚报", "2023年7月21日 星期五 农历六月初四", "责编：李青"),
            ("2023年7月21日", "走近老城", "05版"),
        ],
    )
    def test_over_several_lines(self, head: tuple[str, ...]) -> None:
        found = blocks(*head, "路灯亮了", BYLINE, NEWS)
        assert [block.label for block in found] == [*[FURNITURE] * len(head), HEADLINE, Label.BYLINE, Label.PARAGRAPH]

    def test_a_headline_below_it_is_no_part_of_it(self) -> None:
        assert labels("平城晚报", "2023年7月21日", "巷子里的路灯一夜之间全亮了", BYLINE, NEWS)[2] is HEADLINE

    def test_a_page_without_a_folio_begins_with_its_headline(self) -> None:
        assert labels("路灯亮了", BYLINE, NEWS)[0] is HEADLINE

    def test_a_day_further_down_is_none(self) -> None:
        assert labels("停电通知", NEWS, "平城供电公司", "2023年7月21日")[-1] is Label.SIGNATURE

    def test_names_of_paper_and_page_as_they_can_be_printed(self) -> None:
        names = masthead(Page("a.txt", [], number="05", name="走近老城", newspaper="平城晚报"))
        assert {"平城晚报", "走近老城", "5走近老城", "走近老城5", "平城晚报5走近老城"} <= names
        assert "" not in names

    def test_a_page_of_which_nothing_is_known_has_no_names(self) -> None:
        assert masthead(Page("a.txt", [])) == frozenset()

    @pytest.mark.parametrize(("text", "plain"), [("05", "5"), ("2005", "2005"), ("A05版", "A5版"), ("0", "0")])
    def test_page_numbers_without_their_noughts(self, text: str, plain: str) -> None:
        assert plain_numbers(text) == plain


class TestSlogans:
    def test_a_whole_slogan(self) -> None:
        assert labels(NEWS, "创建文明城市 共建美好家园", "路灯亮了", MORE)[1] is FURNITURE

    def test_torn_over_two_lines(self) -> None:
        assert labels(NEWS, "创建文明城市", "共建美好家园", "路灯亮了", MORE)[1:3] == [FURNITURE] * 2

    def test_its_beginning_right_above_a_byline_is_a_headline(self) -> None:
        assert labels("创建文明城市", BYLINE, NEWS)[0] is HEADLINE

    def test_its_first_five_characters_are_not_enough(self) -> None:
        assert not RULES.is_slogan("创建文明城")

    def test_a_line_with_the_words_of_slogans_is_none_of_the_headline_below(self) -> None:
        found = labels(NEWS, "垃圾分类 从我做起", "合唱队唱到天黑", "本报记者 李青山", OTHER)
        assert found[1:3] == [FURNITURE, HEADLINE]

    def test_a_headline_with_such_a_word_above_its_byline_stays_one(self) -> None:
        assert labels("楼道垃圾从我做起", BYLINE, NEWS)[0] is HEADLINE

    def test_a_numbered_series_is_no_slogan(self) -> None:
        assert sounds("文明出行 从我做起")
        assert not sounds("文明出行 从我做起（三）")

    def test_a_long_line_is_no_slogan(self) -> None:
        assert not sounds("文明出行从我做起成了东巷街坊们挂在嘴边的一句话")
