from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from indexer.page import Block, Label
from indexer.pieces import put_together, taken_apart
from indexer.prose import join
from indexer.witness import Extraction
from indexer.wrap import units
from tests.indexer.pages import CHOIR, LAMPS

lines = st.text("老周换灯泡街坊绿豆汤的了唱歌团员，。“”1a", min_size=1, max_size=16)
numbers = st.integers(1, 50)


def block(texts: list[str], first: int = 1) -> Block:
    """A paragraph over the lines of a narrow column."""
    text, breaks = texts[0], []
    for line in texts[1:]:
        text = join(text, line)
        breaks.append(len(text) - len(line))
    return Block(first, first + len(texts) - 1, text, Label.PARAGRAPH, "", 15.0, tuple(breaks))


@given(st.lists(lines, min_size=1, max_size=24), numbers)
def test_what_is_taken_apart_can_be_put_together_again(texts: list[str], first: int) -> None:
    whole = block(texts, first)
    assert put_together([(0, piece) for piece in taken_apart(whole)]) == [whole]


@given(st.lists(lines, min_size=1, max_size=24), numbers)
def test_the_pieces_have_every_line_once_and_in_order(texts: list[str], first: int) -> None:
    pieces = taken_apart(block(texts, first))
    assert [n for piece in pieces for n in range(piece.first, piece.last + 1)] == [
        *range(first, first + len(texts)),
    ]
    for piece in pieces:
        own = texts[piece.first - first : piece.last - first + 1]
        assert piece.text == join(*own)
        ends = (*piece.breaks, len(piece.text))
        assert [piece.text[a:b].strip() for a, b in pairwise((0, *ends))] == own


def test_two_columns_in_one_paragraph_come_apart_where_they_meet() -> None:
    upper = ["电工老周把巷子里的灯泡都换了一", "遍，街坊们围在梯子下面看，还有人", "递上绿豆汤，他一口喝完又爬上梯子"]
    lower = ["合唱团在文化站里练新曲，指挥嫌高", "音声部不齐，让大家跟着钢琴又唱了", "三遍，直到窗外的天色完全黑了下来"]
    pieces = taken_apart(block([*upper, *lower]))
    assert [(piece.first, piece.last) for piece in pieces] == [(1, 3), (4, 6)]


def test_a_piece_is_no_shorter_than_three_lines() -> None:
    assert all(p.last - p.first >= 2 for p in taken_apart(block(["街坊们都来看换灯泡"] * 20)))


def test_a_paragraph_on_one_line_stays_whole() -> None:
    whole = Block(4, 4, LAMPS[0], Label.PARAGRAPH, "")
    assert taken_apart(whole) == [whole]


def test_a_headline_is_never_taken_apart() -> None:
    whole = Block(1, 9, "灯泡" * 40, Label.HEADLINE, "", 15.0, tuple(range(8, 72, 8)))
    assert taken_apart(whole) == [whole]


def test_a_lead_keeps_its_label_and_its_rest_is_a_paragraph() -> None:
    texts = [
        "电工老周把巷子里的灯泡都换了一",
        "遍，街坊们围在梯子下面看，还有人",
        "递上绿豆汤，他一口喝完又爬上梯子",
    ] * 2
    whole = block(texts)
    pieces = taken_apart(Block(1, 6, whole.text, Label.LEAD, "", 15.0, whole.breaks))
    assert [piece.label for piece in pieces] == [Label.LEAD, Label.PARAGRAPH]


def test_pieces_of_other_paragraphs_stay_apart() -> None:
    above, below = Block(1, 1, LAMPS[0], Label.PARAGRAPH, ""), Block(2, 2, CHOIR[0], Label.PARAGRAPH, "")
    assert put_together([(0, above), (1, below)]) == [above, below]


def test_pieces_with_others_between_stay_apart() -> None:
    above, below = Block(1, 3, LAMPS[0], Label.PARAGRAPH, ""), Block(7, 9, LAMPS[1], Label.PARAGRAPH, "")
    assert put_together([(0, above), (0, below)]) == [above, below]


def test_units_of_a_wrapped_column_come_apart_at_their_line_ends() -> None:
    text = "".join((*LAMPS, *CHOIR))
    (unit,) = units([text[i : i + 16] for i in range(0, len(text), 16)])
    whole = Block(unit.first, unit.last, unit.text, Label.PARAGRAPH, "", unit.measure, unit.breaks)
    assert "".join(piece.text for piece in taken_apart(whole)) == text


class TestWithAnotherExtraction:
    def test_a_few_lines_of_another_column_come_apart_too(self) -> None:
        lamp = ["电工老周把巷子里的灯泡都换了一", "遍，街坊们围在梯子下面看，还有人"]
        song = ["合唱团在文化站里练新曲，指挥嫌高", "音声部不齐，让大家跟着钢琴又唱了"]
        mixed = block([*lamp, *song])
        assert taken_apart(mixed) == [mixed]
        other = Extraction(f"{''.join(lamp)}{LAMPS[2]}\n{CHOIR[2]}{''.join(song)}")
        assert [piece.text for piece in taken_apart(mixed, [other])] == ["".join(lamp), "".join(song)]

    def test_what_is_one_run_there_stays_together(self) -> None:
        text = LAMPS[2] + CHOIR[2]
        whole = block([text[start : start + 15] for start in range(0, len(text), 15)])
        assert len(taken_apart(whole)) > 1
        assert taken_apart(whole, [Extraction(whole.text)]) == [whole]

    @given(st.lists(lines, min_size=1, max_size=24), st.text(max_size=80))
    def test_every_line_is_kept_whatever_it_says(self, texts: list[str], other: str) -> None:
        whole = block(texts)
        assert put_together([(0, piece) for piece in taken_apart(whole, [Extraction(other)])]) == [whole]
