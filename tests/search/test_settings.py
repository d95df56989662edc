from pathlib import Path

import pytest

from search.errors import BaokuError
from search.settings import Settings


def load(folder: Path, text: str | bytes = "", **environment: str) -> Settings:
    (folder / "baoku.toml").write_bytes(text if isinstance(text, bytes) else text.encode())
    return Settings.load(folder, environment)


def test_without_a_file_the_defaults_hold(tmp_path: Path) -> None:
    assert Settings.load(tmp_path, {}) == Settings()


def test_the_file_goes_before_the_defaults(tmp_path: Path) -> None:
    assert load(tmp_path, 'port = 9000\nhost = "::"') == Settings(port=9000, host="::")


def test_a_variable_goes_before_the_file(tmp_path: Path) -> None:
    assert load(tmp_path, "port = 9000", BAOKU_PORT="9001").port == 9001


def test_an_empty_variable_says_nothing(tmp_path: Path) -> None:
    assert load(tmp_path, "port = 9000", BAOKU_PORT="").port == 9000


def test_an_unknown_setting_is_named(tmp_path: Path) -> None:
    with pytest.raises(BaokuError, match="colour"):
        load(tmp_path, "colour = 1")


def test_variables_of_other_names_are_ignored(tmp_path: Path) -> None:
    assert load(tmp_path, BAOKU_DATA="x") == Settings()


def test_a_byte_order_mark_is_no_part_of_the_file(tmp_path: Path) -> None:
    assert load(tmp_path, "port = 9000".encode("utf-8-sig")).port == 9000


def test_a_variable_that_is_no_number_is_named(tmp_path: Path) -> None:
    with pytest.raises(BaokuError, match=r"port.*acht"):
        load(tmp_path, BAOKU_PORT="acht")


@pytest.mark.parametrize("value", ["80.5", "true", "[8000]"])
def test_a_value_of_another_type_is_refused(tmp_path: Path, value: str) -> None:
    with pytest.raises(BaokuError, match="port"):
        load(tmp_path, f"port = {value}")


@pytest.mark.parametrize("value", ["5", "[]", "{}"])
def test_text_must_be_text(tmp_path: Path, value: str) -> None:
    with pytest.raises(BaokuError, match="host"):
        load(tmp_path, f"host = {value}")


@pytest.mark.parametrize("data", [b"port =", b"\xff\xfe\x00"])
def test_a_broken_file_is_named(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(BaokuError, match=r"baoku\.toml"):
        load(tmp_path, data)


@pytest.mark.parametrize("line", ["port = 0", "port = 65536", "threads = 0", "threads = 65", "threads = -1"])
def test_a_number_out_of_range_is_named_with_its_range(tmp_path: Path, line: str) -> None:
    with pytest.raises(BaokuError, match=f"{line.split()[0]} 的值.*之间"):
        load(tmp_path, line)


def test_the_ends_of_the_ranges_are_allowed(tmp_path: Path) -> None:
    assert load(tmp_path, "port = 65535", BAOKU_THREADS="64") == Settings(port=65535, threads=64)


def test_a_setting_with_some_values_has_no_other(tmp_path: Path) -> None:
    assert load(tmp_path, BAOKU_LANGUAGE="en").language == "en"
    with pytest.raises(BaokuError, match="zh、en"):
        load(tmp_path, BAOKU_LANGUAGE="fr")
