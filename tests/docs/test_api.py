"""The page about the interface names all of its operations, and all that is not promised."""

from __future__ import annotations

from documents import ROOT, Document

from webui.api.document import document
from webui.api.operation import OPERATIONS
from webui.api.operation import ROOT as PREFIX

API = Document(ROOT / "docs" / "api.md")


def test_operations() -> None:
    rules = [PREFIX + each.path.replace("path:", "") for each in OPERATIONS]
    assert API.names("操作 Operations") == rules


def test_what_is_not_promised() -> None:
    forms = document()["components"]["schemas"].values()
    unstable = {key for form in forms for key, value in form["properties"].items() if not value.get("x-stable", True)}
    assert set(API.names("可以指望什么 What is promised")) == unstable
