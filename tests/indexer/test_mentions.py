from hypothesis import given
from hypothesis import strategies as st

from indexer.mentions import Mentions

INTRODUCED = "院子里的花是退休教师窦桂兰种下的，她今年六十三岁。"
AGAIN = "花开的时候，窦桂兰就把花盆搬到窗台上。"
ANOTHER = "修车师傅阎守田在巷口摆了二十年摊，街坊都认得他。"


def test_who_is_named_again_binds_two_pieces() -> None:
    mentions = Mentions([INTRODUCED, ANOTHER, AGAIN])
    assert mentions.share(2, [0])
    assert mentions.share(0, [1, 2])
    assert not mentions.share(2, [1])
    assert not mentions.share(1, [0, 2])


def test_words_that_begin_like_a_name_bind_nothing() -> None:
    mentions = Mentions(["这条路要为现代化建设让道，平安街也要修。", "谈起现代化建设，平安街的居民都说好。"])
    assert not mentions.share(0, [1])


def test_one_piece_alone_shares_nothing() -> None:
    assert not Mentions([INTRODUCED + INTRODUCED]).share(0, [0])
    assert not Mentions([]).share(0, [])


@given(st.lists(st.sampled_from([INTRODUCED, AGAIN, ANOTHER, "", "王", "王小"]), max_size=6))
def test_sharing_is_mutual(texts: list[str]) -> None:
    mentions = Mentions(texts)
    for left in range(len(texts)):
        for right in range(len(texts)):
            assert mentions.share(left, [right]) == mentions.share(right, [left])
