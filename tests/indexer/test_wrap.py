from hypothesis import given
from hypothesis import strategies as st

from indexer.prose import width
from indexer.wrap import is_wrapped, units

LETTERS = "槐杨柳松柏桃杏李梨枣榆桑竹梅兰菊荷葵"
sentences = st.text(LETTERS + "，", min_size=12, max_size=60).map(lambda text: text.strip("，") + "花开了。")
paragraphs = st.lists(st.lists(sentences, min_size=1, max_size=4).map("".join), min_size=4, max_size=12)


def wrap(text: str, columns: int) -> list[str]:
    indented = "　　" + text
    return [indented[i : i + columns] for i in range(0, len(indented), columns)]


@given(paragraphs, st.integers(14, 18))
def test_wrapped_and_indented_paragraphs_come_back(texts: list[str], columns: int) -> None:
    lines = [line for text in texts for line in wrap(text, columns)]
    assert [unit.text for unit in units(lines)] == texts


@given(paragraphs, st.integers(14, 18))
def test_the_units_of_a_page_cover_every_line_once(texts: list[str], columns: int) -> None:
    lines = [line for text in texts for line in [*wrap(text, columns), ""]]
    covered = [n for unit in units(lines) for n in range(unit.first, unit.last + 1)]
    assert covered == [n for n, line in enumerate(lines, 1) if line]


@given(st.lists(st.text(LETTERS + "。，“” \u3000a1", max_size=40), max_size=60))
def test_no_character_is_lost_or_made_up(lines: list[str]) -> None:
    joined = "".join("".join(unit.text.split()) for unit in units(lines))
    assert joined == "".join("".join(line.split()) for line in lines)


def test_a_paragraph_of_ten_thousand_lines_is_one_unit() -> None:
    found = units(wrap(LETTERS * 9000, 16))
    assert [(unit.first, unit.indented) for unit in found] == [(1, True)]


def test_long_lines_are_paragraphs_already() -> None:
    lines = ["院子里的老槐树今年又开了花，街坊们都来看。" * 3] * 10
    assert not is_wrapped(lines)
    assert [unit.text for unit in units(lines)] == lines


def test_a_headline_between_full_paragraphs_stays_alone() -> None:
    text = "院子里的老槐树今年又开了花，街坊邻居都搬着小凳来看，说笑声一直响到天黑。"
    lines = [*wrap(text, 16), "东巷新添健身角", *wrap(text, 16), *wrap(text, 16)]
    assert [unit.text for unit in units(lines)] == [text, "东巷新添健身角", text, text]


def test_empty_lines_end_no_page_but_part_paragraphs() -> None:
    assert [(unit.first, unit.text) for unit in units(["", "槐", "", " ", "杨"])] == [(2, "槐"), (5, "杨")]


def test_the_example_width_is_that_of_print() -> None:
    assert {width(line) for line in wrap(LETTERS, 10)} == {10}
