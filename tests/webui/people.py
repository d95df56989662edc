"""An archive with a login, its accounts, and readers who sign in by the form."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.webui.markup import Page
from webui.accounts import passwords
from webui.accounts.store import Accounts
from webui.app import create_app

EDITOR, READER = "王编辑", "lin"
PASSWORDS = {EDITOR: "correct horse battery", READER: "another long secret"}
KEY = "a key for the tests alone, which has enough characters"
BROWSER = {"Accept": "text/html,*/*;q=0.8"}
FAST = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
"""Argon2id that costs a test nothing."""


def closed(index: Path, folder: Path, login: str = "all", **config: Any) -> Flask:
    """An application with the two accounts, whose files are in a folder of the test."""
    accounts = Accounts(folder / "accounts.sqlite")
    for name, password in PASSWORDS.items():
        accounts.add(name, passwords.hashed(password), name == EDITOR)
    kept = {"ACCOUNTS": str(accounts.path), "AUDIT": str(folder / "audit.jsonl"), "SECRET_KEY": KEY, "RATE": 0}
    return create_app(
        {"INDEX": index, "TESTING": True, "PROPAGATE_EXCEPTIONS": False, "LOGIN": login, **kept, **config}
    )


def accounts_of(app: Flask) -> Accounts:
    return Accounts(Path(app.config["ACCOUNTS"]))


def token(client: FlaskClient, address: str = "/login") -> str:
    """The token of the form at an address."""
    (field,) = Page(client.get(address).text).all("input", name="token")
    return field["value"]


def enter(client: FlaskClient, name: str, password: str, wanted: str = "/", **more: Any) -> TestResponse:
    """Fills in the form and sends it."""
    fields = {"token": token(client), "name": name, "password": password, "next": wanted}
    return client.post("/login", data=fields, **more)


def signed_in(app: Flask, name: str) -> FlaskClient:
    """A browser in which someone has signed in."""
    client = app.test_client()
    assert enter(client, name, PASSWORDS[name]).status_code == 303
    return client
