"""Sentences that can be translated where they are shown: Chinese text that remembers what it was made of."""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from typing import Any, Self


class Message(str):
    """A Chinese sentence made of a ``template`` (as for str.format) and its named ``values``.

    To everyone it is the Chinese text; who has a catalogue can look the template up in it and put the values in anew.
    A value may be a message itself, or a tuple of strings, which are listed.
    """

    template: str
    values: dict[str, Any]

    def __new__(cls, template: str, /, **values: Any) -> Self:
        message = super().__new__(cls, template.format(**{name: _plain(value) for name, value in values.items()}))
        message.template, message.values = template, values
        return message

    def __str__(self) -> str:
        """The message itself, so that str(error) still remembers what it was made of."""
        return self

    def __getnewargs_ex__(self) -> tuple[tuple[str], dict[str, Any]]:
        """How it is copied and pickled."""
        return (self.template,), self.values


class Counted(Message):
    """A message about ``n`` things, for which other languages have a singular and a plural."""


def joined(template: str, parts: Iterable[str]) -> str:
    """Parts put one after another by a template with a ``left`` and a ``right``; at least one."""
    return reduce(lambda left, right: Message(template, left=left, right=right), parts)


def _plain(value: Any) -> Any:
    return "、".join(value) if isinstance(value, tuple) else value
