"""The lexicon of a segment against plain dictionaries."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lexicon_samples import Fields, segment

from search.engine.lexicon import Lexicon, nibbles
from search.errors import IndexUnreadable

DOCUMENTS = 70_000
docs = st.integers(0, 5) | st.integers(0, DOCUMENTS - 1)
places = st.sets(st.integers(0, 3) | st.integers(0, 2**32 - 1), min_size=1, max_size=3).map(sorted) | st.integers(
    13, 300
).map(lambda often: list(range(often)))
terms = st.text(st.sampled_from("ab城墙\n"), max_size=3).map(str.encode) | st.binary(max_size=3)
lexicons = st.dictionaries(
    st.sampled_from(("body", "title", "tag")),
    st.dictionaries(terms, st.dictionaries(docs, places, min_size=1, max_size=4), max_size=12),
)


@settings(max_examples=40)
@given(fields=lexicons, positions=st.booleans())
def test_every_posting_is_read_back(fields: Fields, positions: bool) -> None:
    with TemporaryDirectory() as folder:
        lexicon = segment(Path(folder) / "a", fields, DOCUMENTS, positions=positions).lexicon
        assert len(lexicon) == len(list(lexicon)) == sum(map(len, fields.values()))
        for name, known in fields.items():
            for term, postings in known.items():
                number = lexicon.find(name, term)
                assert lexicon[number] == term
                assert lexicon.df(number) == len(postings)
                assert lexicon.docs(number).tolist() == sorted(postings)
                assert lexicon.tf(number).tolist() == [len(postings[doc]) for doc in sorted(postings)]
                if positions:
                    assert lexicon.positions(number).tolist() == [n for doc in sorted(postings) for n in postings[doc]]


@settings(max_examples=40)
@given(fields=lexicons, piece=terms)
def test_terms_are_found_in_their_order(fields: Fields, piece: bytes) -> None:
    with TemporaryDirectory() as folder:
        lexicon = segment(Path(folder) / "a", fields, DOCUMENTS).lexicon
        for name in ("body", "title", "absent"):
            known = sorted(fields.get(name, ()))
            base, end = lexicon.fields.get(name, (0, 0))
            assert [lexicon[number] for number in range(base, end)] == known
            assert lexicon.terms(base, end) == known
            assert (lexicon.find(name, piece) >= 0) == (piece in known)
            assert lexicon[slice(*lexicon.span(name, piece))] == [term for term in known if term.startswith(piece)]
            assert lexicon.place(piece, base, end, behind=False) - base == sum(term < piece for term in known)
            assert lexicon.place(piece, base, end, behind=True) - base == sum(term <= piece for term in known)


@settings(max_examples=40)
@given(fields=lexicons, piece=terms.filter(bool), cut=st.integers(0, 12))
def test_pieces_and_characters(fields: Fields, piece: bytes, cut: int) -> None:
    with TemporaryDirectory() as folder:
        lexicon = segment(Path(folder) / "a", fields, DOCUMENTS).lexicon
        for base, end in lexicon.fields.values():
            first = min(base + cut, end)
            expected = [number for number, term in lexicon.numbered(first, end) if piece in term]
            assert lexicon.containing(piece, first, end).tolist() == expected
            texts = [term.decode(errors="replace") for term in lexicon[first:end]]
            whole = [number for number, text in enumerate(texts) if "\ufffd" not in text]
            sizes = lexicon.characters(first, end)
            assert [sizes[number] for number in whole] == [len(texts[number]) for number in whole]


@settings(max_examples=40)
@given(fields=lexicons, cuts=st.lists(st.integers(0, 36), max_size=6).map(sorted))
def test_the_documents_of_many_terms(fields: Fields, cuts: list[int]) -> None:
    with TemporaryDirectory() as folder:
        lexicon = segment(Path(folder) / "a", fields, DOCUMENTS).lexicon
        spans = [(first, min(last, len(lexicon))) for first, last in zip(cuts[::2], cuts[1::2], strict=False)]
        spans = [(first, last) for first, last in spans if first < last]
        lists = [lexicon.docs(number).tolist() for first, last in spans for number in range(first, last)]
        assert lexicon.docs_of(spans).tolist() == [doc for one in lists for doc in one]
        for first, last in spans:
            together, counts = lexicon.all_docs(first, last)
            assert together.tolist() == lexicon.docs_of([(first, last)]).tolist()
            assert counts.tolist() == [lexicon.df(number) for number in range(first, last)]


def test_high_counts_of_late_postings(tmp_path: Path) -> None:
    """The numbers of the few high counts fit in a byte though those of other postings do not."""
    early = {b"a": {doc: list(range(20)) for doc in range(2)}}
    late = {f"b{number}".encode(): {number: [0]} for number in range(300)}
    lexicon = segment(tmp_path / "a", {"body": early | late}, 300).lexicon
    assert lexicon.tf(lexicon.find("body", b"b299")).tolist() == [1]
    assert lexicon.tf(lexicon.find("body", b"a")).tolist() == [20, 20]


def test_without_positions_none_are_made_up(tmp_path: Path) -> None:
    lexicon = segment(tmp_path / "a", {"body": {b"a": {0: [3]}}}, 1, positions=False).lexicon
    with pytest.raises(IndexUnreadable, match="term_positions"):
        lexicon.positions(0)


def test_an_empty_lexicon(tmp_path: Path) -> None:
    lexicon = segment(tmp_path / "a", {}, 0).lexicon
    assert (len(lexicon), lexicon.find("body", b""), lexicon.span("body", b"")) == (0, -1, (0, 0))


def test_a_term_out_of_order_of_characters_is_in_order_of_bytes(tmp_path: Path) -> None:
    high, low = "\U00020000".encode(), "\uffee".encode()
    lexicon: Lexicon = segment(tmp_path / "a", {"body": {high: {0: [0]}, low: {1: [0]}}}, 2).lexicon
    assert [lexicon.text(0), lexicon.text(1)] == ["\uffee", "\U00020000"]


@given(numbers=st.lists(st.integers(0, 15)))
def test_nibbles(numbers: list[int]) -> None:
    pairs = nibbles(np.array(numbers, dtype=np.uint8))
    assert len(pairs) == (len(numbers) + 1) // 2
    assert [(pairs[place // 2] >> 4 * (place % 2)) & 15 for place in range(len(numbers))] == numbers
