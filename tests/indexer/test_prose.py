import pytest

from indexer.prose import ends_sentence, first_sentence, fits, is_open, join, width


@pytest.mark.parametrize(("text", "expected"), [("", 0), ("平城", 2), ("平城5G", 3), ("平城，", 3), ("　　平", 3)])
def test_width_counts_latin_letters_and_digits_as_half(text: str, expected: float) -> None:
    assert width(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"), [("平城5G", True), ("平城区5", False), ("5G" * 3, True), ("5G" * 4, False)]
)
def test_what_fits_a_measure_of_three(text: str, expected: bool) -> None:
    assert fits(text, 3) is expected


@pytest.mark.parametrize(
    "text", ["树种好了。", "树种好了！", "他问：“好了吗？”", "树种好了。）", "如下：", "树种好了."]
)
def test_finished_sentences(text: str) -> None:
    assert ends_sentence(text)


@pytest.mark.parametrize("text", ["", "”", "树种好了", "树种好了，", "全长3.", "。树"])
def test_unfinished_sentences(text: str) -> None:
    assert not ends_sentence(text)


@pytest.mark.parametrize(("text", "expected"), [("说“来", True), ("说“来”", False), ("来）", False), ("（来", True)])
def test_open_quotes_and_brackets(text: str, expected: bool) -> None:
    assert is_open(text) is expected


@pytest.mark.parametrize(
    ("pieces", "expected"),
    [
        (("老槐", "树下"), "老槐树下"),
        (("老槐 ", " 树下"), "老槐树下"),
        (("Ping", "Pong"), "Ping Pong"),
        (("20", "24年"), "2024年"),
        (("5", "G信号"), "5G信号"),
        (("用Wi", "Fi上网"), "用Wi Fi上网"),
        (("一", "二", "三"), "一二三"),
        (("一",), "一"),
    ],
)
def test_join_sets_a_blank_only_between_latin_letters(pieces: tuple[str, ...], expected: str) -> None:
    assert join(*pieces) == expected


def test_first_sentence_ends_with_its_stop() -> None:
    assert first_sentence("树种好了。人散了。") == "树种好了。"


def test_first_sentence_of_an_unfinished_text_is_all_of_it() -> None:
    assert first_sentence("树种好了，人散了") == "树种好了，人散了"
