from indexer.headings import split_at_headlines
from indexer.page import Block, Label
from indexer.story import Story
from tests.indexer.pages import made_up_text

LAMPS = "路灯坏了，电工换上新路灯，路灯亮了，电工说路灯不会再坏。"
CHOIR = "合唱团排练新曲，团员们唱得嗓子发哑，指挥却笑着说再来一遍。"


def story(*pieces: tuple[Label, str], bylines: tuple[str, ...] = ()) -> Story:
    found = [Block(line, line, text, label, "") for line, (label, text) in enumerate(pieces, 2)]
    made = Story([*found], ["路灯亮了"], pieces=found)
    for byline in bylines:
        made.sign(byline)
    return made


def heads(stories: list[Story]) -> list[list[str]]:
    return [part.heads for part in stories]


def test_a_subhead_above_the_same_matter_stays() -> None:
    one = story((Label.PARAGRAPH, LAMPS), (Label.SUBHEAD, "换上新路灯"), (Label.PARAGRAPH, LAMPS))
    assert heads(split_at_headlines([one])) == [["路灯亮了"]]


def test_a_short_line_above_other_matter_opens_a_story() -> None:
    one = story((Label.PARAGRAPH, LAMPS), (Label.SUBHEAD, "唱到天黑"), (Label.PARAGRAPH, CHOIR))
    assert heads(split_at_headlines([one])) == [["路灯亮了"], ["唱到天黑"]]


def test_a_feature_with_several_subheads_stays_whole() -> None:
    pieces = [(Label.PARAGRAPH, LAMPS)]
    for seed in range(3):
        pieces += [(Label.SUBHEAD, f"第{seed}节"), (Label.PARAGRAPH, made_up_text(seed, 40))]
    assert len(split_at_headlines([story(*pieces)])) == 1


def test_text_that_somebody_else_has_signed_is_a_story_of_its_own() -> None:
    signed = LAMPS + "（记者 李青山）"
    one = story((Label.PARAGRAPH, LAMPS), (Label.SUBHEAD, "又亮一盏"), (Label.PARAGRAPH, signed), bylines=("王小满",))
    assert heads(split_at_headlines([one])) == [["路灯亮了"], ["又亮一盏"]]


def test_no_block_is_lost_in_a_split() -> None:
    one = story((Label.PARAGRAPH, LAMPS), (Label.SUBHEAD, "唱到天黑"), (Label.PARAGRAPH, CHOIR))
    parts = split_at_headlines([one])
    assert [[block.first for block in part.blocks] for part in parts] == [[2], [3, 4]]
