from indexer.headings import split_at_headlines, with_raised_head
from indexer.page import Block, Label
from indexer.story import Story
from tests.indexer.pages import made_up_text

LAMPS = "路灯坏了，电工换上新路灯，路灯亮了，电工说路灯不会再坏。"
CHOIR = "合唱团排练新曲，团员们唱得嗓子发哑，指挥却笑着说再来一遍。"
HEADLINE, BYLINE, PARAGRAPH, SUBHEAD = Label.HEADLINE, Label.BYLINE, Label.PARAGRAPH, Label.SUBHEAD
SIGNOFF, DATELINE, LEAD = Label.SIGNOFF, Label.DATELINE, Label.LEAD


def story(*parts: tuple[Label, str]) -> Story:
    found = [Block(line, line, text, label, "") for line, (label, text) in enumerate(parts, 2)]
    return Story([Block(1, 1, "路灯亮了", HEADLINE, ""), *found])


def heads(stories: list[Story]) -> list[list[str]]:
    return [[block.text for block in part.heads] for part in stories]


def test_a_subhead_above_the_same_matter_stays() -> None:
    one = story((PARAGRAPH, LAMPS), (SUBHEAD, "换上新路灯"), (PARAGRAPH, LAMPS))
    assert heads(split_at_headlines([one])) == [["路灯亮了"]]


def test_a_short_line_above_other_matter_opens_a_story() -> None:
    one = story((PARAGRAPH, LAMPS), (SUBHEAD, "唱到天黑"), (PARAGRAPH, CHOIR))
    assert heads(split_at_headlines([one])) == [["路灯亮了"], ["唱到天黑"]]


def test_a_feature_with_several_subheads_stays_whole() -> None:
    parts = [(PARAGRAPH, LAMPS)]
    for seed in range(3):
        parts += [(SUBHEAD, f"第{seed}节"), (PARAGRAPH, made_up_text(seed, 40))]
    assert len(split_at_headlines([story(*parts)])) == 1


def test_text_that_somebody_else_has_signed_is_a_story_of_its_own() -> None:
    one = story((BYLINE, "王小满"), (PARAGRAPH, LAMPS), (SUBHEAD, "又亮一盏"), (PARAGRAPH, LAMPS))
    one.add(Block(5, 5, "（记者 李青山）", SIGNOFF, ""))
    assert heads(split_at_headlines([one])) == [["路灯亮了"], ["又亮一盏"]]


def test_no_block_is_lost_in_a_split() -> None:
    one = story((PARAGRAPH, LAMPS), (SUBHEAD, "唱到天黑"), (PARAGRAPH, CHOIR))
    parts = split_at_headlines([one])
    assert [[block.first for block in part.blocks] for part in parts] == [[1, 2], [3, 4]]


def test_a_short_line_that_begins_a_story_is_raised_to_its_headline() -> None:
    raised = with_raised_head(Story([Block(1, 1, "唱到天黑", SUBHEAD, ""), Block(2, 2, CHOIR, PARAGRAPH, "")], "人物"))
    assert [block.text for block in raised.heads] == ["唱到天黑"]
    assert raised.heads[0].why
    assert raised.section == "人物"


def test_a_story_that_begins_with_text_stays_as_it_is() -> None:
    whole = story((PARAGRAPH, LAMPS), (SUBHEAD, "唱到天黑"))
    assert with_raised_head(whole) is whole
