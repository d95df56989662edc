"""The catalogue holds all texts of the program, each translated with the same values."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from babel.messages.catalog import Message
from babel.messages.mofile import write_mo

from tools.messages import CATALOGUE, extracted, known, strings

VALUES = re.compile(r"%\((\w+)\)s|\{(\w+)(?:![rs])?(?::[^}]*)?\}")
TAGS = re.compile(r"</?\w+(?: [^<>]*)?>")
ENTRIES = [entry for entry in known() if entry.id]


def chinese(entry: Message) -> str:
    return entry.id[0] if entry.pluralizable else entry.id


def values(text: str) -> set[str]:
    return {found[0] or found[1] for found in VALUES.findall(text)}


def key(entry: Message) -> tuple[str, str | None]:
    return chinese(entry), entry.context


def test_every_text_is_in_the_catalogue_and_no_other() -> None:
    wanted = {key(entry) for entry in extracted() if entry.id}
    held = {key(entry) for entry in ENTRIES}
    assert wanted == held, "python -m tools.messages brings the catalogue up to the program"
    assert not known().obsolete


@pytest.mark.parametrize("entry", ENTRIES, ids=chinese)
def test_every_text_is_translated_with_the_same_values(entry: Message) -> None:
    assert not entry.fuzzy
    for text in strings(entry):
        assert text
        assert values(text) == values(chinese(entry))
        assert set(TAGS.findall(text)) <= set(TAGS.findall(chinese(entry)))


def test_what_the_program_reads_is_what_the_catalogue_says() -> None:
    written = BytesIO()
    write_mo(written, known())
    assert CATALOGUE.with_suffix(".mo").read_bytes() == written.getvalue(), "python -m tools.messages"
