from hypothesis import example, given
from hypothesis import strategies as st

from indexer.page import Label
from indexer.pictures import settle_pictures
from indexer.strands import Weights
from tests.indexer.pages import BOOKS, BREAD, CHOIR, LAMPS, SNOW, numbered

HEADLINE, PARAGRAPH, CAPTION, CREDIT = Label.HEADLINE, Label.PARAGRAPH, Label.CAPTION, Label.CREDIT
LAMP = [(HEADLINE, "巷子里路灯全亮了"), (PARAGRAPH, LAMPS[0] + LAMPS[1]), (PARAGRAPH, LAMPS[2])]
SINGING = [(HEADLINE, "合唱团唱到天黑"), (PARAGRAPH, CHOIR[0] + CHOIR[1]), (PARAGRAPH, CHOIR[2])]
OTHERS = [(HEADLINE, "扫雪队清早出门"), *((PARAGRAPH, text) for text in (*SNOW, *BOOKS))]
OF_LAMPS = "图为电工老周给巷子里的路灯换灯泡，街坊们围在梯子下面看。"
OF_CHOIR = "图为合唱团的团员们在文化站的排练厅里练唱新曲，指挥纠正高音声部。"
OF_BREAD = "图为面包房的师傅清早在烤炉旁揉面做面包，麦香飘满一条街，早起的学生背着书包排队，等着买头一炉面包。"


def settled(caption: str) -> list[list[str]]:
    """The texts of the strands of a page with a picture between the stories of the lamps and of the choir."""
    above = [*LAMP, (CAPTION, caption), (CREDIT, "赵春生摄")]
    blocks = numbered(*above, *SINGING, *OTHERS, *((PARAGRAPH, text) for text in BREAD))
    ends = len(above), len(above) + len(SINGING), len(blocks)
    strands = [tuple(range(*edges)) for edges in zip((0, *ends), ends, strict=False)]
    found = settle_pictures(strands, blocks, Weights(blocks))
    return [[blocks[number].text for number in strand] for strand in found]


def test_a_picture_of_the_story_above_stays_there() -> None:
    assert settled(OF_LAMPS)[0][-2:] == [OF_LAMPS, "赵春生摄"]


def test_a_picture_of_the_story_below_goes_there_with_its_credit() -> None:
    lamps, choir, _ = settled(OF_CHOIR)
    assert OF_CHOIR not in lamps
    assert choir[:2] == [OF_CHOIR, "赵春生摄"]


def test_a_picture_of_neither_is_an_item_of_its_own() -> None:
    assert [OF_BREAD, "赵春生摄"] in settled(OF_BREAD)


def test_a_short_caption_stays_where_it_is() -> None:
    assert "图为现场。" in settled("图为现场。")[0]


@given(
    st.lists(st.tuples(st.sampled_from([HEADLINE, PARAGRAPH, CAPTION, CREDIT]), st.sampled_from([OF_LAMPS, *CHOIR])))
)
@example(
    [
        *[(HEADLINE, OF_LAMPS)] * 4,
        *((PARAGRAPH, OF_LAMPS), (CAPTION, CHOIR[0]), *[(CAPTION, OF_LAMPS)] * 2),
        *((PARAGRAPH, OF_LAMPS), (CAPTION, CHOIR[0]), *[(CAPTION, OF_LAMPS)] * 2),
        (HEADLINE, CHOIR[0]),
    ]
)
def test_no_block_is_lost_none_twice(parts: list[tuple[Label, str]]) -> None:
    blocks = numbered(*parts)
    strands = [tuple(range(n, min(n + 4, len(blocks)))) for n in range(0, len(blocks), 4)]
    found = settle_pictures(strands, blocks, Weights(blocks))
    assert sorted(number for strand in found for number in strand) == [*range(len(blocks))]
    assert all(strand and list(strand) == sorted(strand) for strand in found)
