from indexer.assemble import assemble
from indexer.draft import Draft
from indexer.page import Block, Label, Page
from indexer.story import Story
from indexer.witness import Extraction
from tests.indexer.pages import BREAD, CHOIR, LAMPS, numbered

HEADLINE, BYLINE, PARAGRAPH, SUBHEAD = Label.HEADLINE, Label.BYLINE, Label.PARAGRAPH, Label.SUBHEAD
HEAD = [(HEADLINE, "巷子里路灯全亮了"), (BYLINE, "本报记者 王小满")]


def assembled(*parts: tuple[Label, str], other: str = "") -> Draft:
    blocks = numbered(*parts)
    others = (Extraction(other),) if other else ()
    (draft,) = assemble(Page("a.txt", [block.text for block in blocks], others=others), [Story(blocks)], blocks)
    return draft


def test_a_cut_sentence_is_joined() -> None:
    draft = assembled(*HEAD, *((PARAGRAPH, text) for text in LAMPS))
    assert draft.paragraphs == (LAMPS[0] + LAMPS[1], LAMPS[2])
    assert draft.complete


def test_what_surely_begins_anew_is_glued_to_no_cut_sentence() -> None:
    draft = assembled(*HEAD, (PARAGRAPH, LAMPS[0]), (PARAGRAPH, "此外，" + LAMPS[2]))
    assert draft.paragraphs == (LAMPS[0], "此外，" + LAMPS[2])
    assert not draft.complete


def test_another_extraction_knows_better() -> None:
    parts = [*HEAD, (PARAGRAPH, LAMPS[0]), (PARAGRAPH, "此外，" + LAMPS[2])]
    told = assembled(*parts, other=f"{LAMPS[0]}此外，{LAMPS[2]}")
    assert told.paragraphs == (f"{LAMPS[0]}此外，{LAMPS[2]}",)
    assert told.complete
    cut = assembled(*HEAD, *((PARAGRAPH, text) for text in LAMPS), other=f"{LAMPS[0]}{CHOIR[1]}\n{LAMPS[1]}")
    assert cut.paragraphs == LAMPS
    assert not cut.complete


def test_a_subhead_between_is_glued_to_nothing() -> None:
    draft = assembled(*HEAD, (PARAGRAPH, LAMPS[0]), (SUBHEAD, "三年不坏"), (PARAGRAPH, LAMPS[2]))
    assert draft.paragraphs == (LAMPS[0], "三年不坏", LAMPS[2])
    assert draft.subheads == ("三年不坏",)
    assert not draft.complete


def test_a_lost_end_is_marked() -> None:
    assert not assembled(*HEAD, (PARAGRAPH, LAMPS[2]), (PARAGRAPH, LAMPS[0])).complete


def test_a_lost_head_is_marked() -> None:
    assert not assembled((PARAGRAPH, LAMPS[1]), (PARAGRAPH, LAMPS[2])).complete


def test_a_lost_lead_is_marked() -> None:
    assert not assembled(HEAD[0], (PARAGRAPH, "的灯泡也换过了。" + LAMPS[2])).complete


def test_a_picture_with_its_caption_lacks_nothing() -> None:
    draft = assembled((Label.CAPTION, "图为新装的路灯。"), (Label.CREDIT, "王小满摄"))
    assert (draft.captions, draft.credits, draft.complete) == (("图为新装的路灯。",), ("王小满摄",), True)


def test_paragraphs_that_each_begin_with_a_slogan_stay_apart() -> None:
    slogans = ["小巷灯亮，街坊心暖。灯下有人下棋，有人", "小院干净，邻里心宽。树下有人唱歌，有人"]
    assert len(assembled(*HEAD, *((PARAGRAPH, text) for text in slogans)).paragraphs) == 2


def test_the_writer_of_a_letter_is_a_byline() -> None:
    draft = assembled((HEADLINE, "路灯坏了"), (PARAGRAPH, LAMPS[2]), (Label.SIGNATURE, "东巷居民 李青山"))
    assert draft.bylines == ("东巷居民 李青山",)


def test_no_character_of_the_body_is_lost_or_made_up() -> None:
    draft = assembled(*HEAD, *((PARAGRAPH, text) for text in (*LAMPS, *CHOIR, *BREAD)))
    assert "".join(draft.paragraphs) == "".join((*LAMPS, *CHOIR, *BREAD))


class TestSpans:
    @staticmethod
    def of(*stories: list[int], furniture: int = 0) -> list[tuple[tuple[int, int], ...]]:
        """The spans of stories of the given lines of a page of seven lines."""
        blocks = [
            Block(line, line, LAMPS[2], Label.FURNITURE if line == furniture else PARAGRAPH, "") for line in range(1, 8)
        ]
        made = [Story(blocks[line - 1] for line in lines) for lines in stories]
        return [draft.spans for draft in assemble(Page("a.txt", []), made, blocks)]

    def test_neighbours_are_one_span(self) -> None:
        assert self.of([1, 2, 3], [4, 5, 6, 7]) == [((1, 3),), ((4, 7),)]

    def test_another_story_between_parts_them(self) -> None:
        assert self.of([1, 2, 6, 7], [3, 4, 5]) == [((1, 2), (6, 7)), ((3, 5),)]

    def test_furniture_between_parts_nothing(self) -> None:
        assert self.of([1, 2, 4, 5, 6, 7], furniture=3) == [((1, 7),)]
