"""Whoosh keeps its tables as pickles; here they are read without letting a forged index run code.

Every place where Whoosh unpickles is given a loader that knows only the few classes which Whoosh's own
index files name; anything else is refused before it is looked up.
"""

from __future__ import annotations

import importlib
import io
import pickle
import sys
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any, BinaryIO

ALLOWED = frozenset(
    {
        ("array", "_array_reconstructor"),
        ("array", "array"),
        ("builtins", "int"),
        ("builtins", "set"),
        ("collections", "defaultdict"),
        ("whoosh.codec.whoosh3", "W3Codec"),
        ("whoosh.codec.whoosh3", "W3Segment"),
    }
)
"""All (module, name) pairs in the files of an index whose schema is given and not read."""

_READERS = (
    "whoosh.compat",
    "whoosh.index",
    "whoosh.columns",
    "whoosh.formats",
    "whoosh.codec.plaintext",
    "whoosh.codec.whoosh3",
    "whoosh.filedb.structfile",
    "whoosh.filedb.compound",
    "whoosh.filedb.filetables",
    "whoosh.multiproc",
)


def _latin1(text: str, encoding: str) -> bytes:
    if encoding != "latin1":
        raise pickle.UnpicklingError(f"{encoding} has no place in an index")
    return text.encode("latin-1")


def _no_bytes() -> bytes:
    return b""


_STAND_INS: dict[tuple[str, str], Callable[..., bytes]] = {
    ("_codecs", "encode"): _latin1,
    ("builtins", "bytes"): _no_bytes,
}
"""With these two, protocol 2 writes bytes; the real ones would load any codec named, or take any amount of memory."""


class _Unpickler(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        # Protocol 2 writes the name that builtins had in Python 2.
        module = {"__builtin__": "builtins"}.get(module, module)
        if (module, name) in _STAND_INS:
            return _STAND_INS[module, name]
        if (module, name) not in ALLOWED:
            raise pickle.UnpicklingError(f"{module}.{name} has no place in an index")
        return super().find_class(module, name)


def load(file: BinaryIO) -> Any:
    """Like pickle.load, with the classes of ALLOWED only."""
    return _Unpickler(file).load()


def loads(data: bytes) -> Any:
    """Like pickle.loads, with the classes of ALLOWED only."""
    return _Unpickler(io.BytesIO(data)).load()


_SAFE_MODULE = SimpleNamespace(
    **{
        name: getattr(pickle, name)
        for name in ("dump", "dumps", "PicklingError", "UnpicklingError", "HIGHEST_PROTOCOL")
    },
    load=load,
    loads=loads,
    Unpickler=_Unpickler,
)


def install() -> None:
    """Put the safe loaders wherever Whoosh holds pickle's; modules that a distribution lacks are passed over."""
    for name in _READERS:
        try:
            importlib.import_module(name)
        except ImportError:
            continue
    for name, module in list(sys.modules.items()):
        if name == "whoosh" or name.startswith("whoosh."):
            _replace(vars(module))
    # Loaders of indexes older than any of ours unpickle by ways of their own.
    vars(sys.modules["whoosh.index"])["toc_loaders"] = {}


def _replace(names: dict[str, Any]) -> None:
    for name, value in names.items():
        if value is pickle:
            names[name] = _SAFE_MODULE
        elif value is pickle.load:
            names[name] = load
        elif value is pickle.loads:
            names[name] = loads
