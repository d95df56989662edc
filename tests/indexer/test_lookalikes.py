from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.describe.lookalikes import FILE, Lookalikes
from search.errors import BaokuError

TABLE = Lookalikes(["邸邱邢", "昱显", "郁都", "都郡", "田由"])
NAMES = st.text("邸邱邢昱显郁都郡田由王明", min_size=1, max_size=4)


@pytest.mark.parametrize(
    ("left", "right"), [("邱东芳", "邸东芳"), ("杨显郁", "杨昱郁"), ("杨显都", "杨昱郁"), ("何由田", "何田田")]
)
def test_names_that_look_alike(left: str, right: str) -> None:
    assert TABLE.alike(left, right)
    assert TABLE.key(left) == TABLE.key(right)


@pytest.mark.parametrize(
    ("left", "right"),
    [("邱东芳", "邱东芳"), ("邱东芳", "王东芳"), ("董芳", "邸东芳"), ("王郁", "王郡"), ("由", "田"), ("邱昱", "邸显")],
)
def test_names_that_do_not(left: str, right: str) -> None:
    assert not TABLE.alike(left, right)


@given(NAMES, NAMES)
def test_look_alikes_have_one_key_and_either_order(left: str, right: str) -> None:
    assert TABLE.alike(left, right) == TABLE.alike(right, left)
    assert not TABLE.alike(left, right) or TABLE.key(left) == TABLE.key(right)


def test_the_file_of_the_project_can_be_read() -> None:
    assert Lookalikes.load().alike("邱东芳", "邸东芳")


def test_a_folder_without_the_file_has_no_look_alikes(tmp_path: Path) -> None:
    assert not Lookalikes.load(tmp_path).alike("邱东芳", "邸东芳")


@pytest.mark.parametrize("text", ['groups = ["昱"]', 'groups = "昱显"', 'groups = ["昱昱"]', "groups ="])
def test_a_wrong_value_is_named_with_its_file(tmp_path: Path, text: str) -> None:
    (tmp_path / FILE).write_text(text, "utf-8")
    with pytest.raises(BaokuError, match=FILE):
        Lookalikes.load(tmp_path)
