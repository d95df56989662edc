"""What the web application writes into the audit log: who came in and out, and who took whole lists away.

Only where there is a login: without one nobody is known, and nothing is written down.
"""

from __future__ import annotations

from typing import Any

from flask import current_app, g, request

from search.audit import Audit, audit_of
from webui.accounts.entrance import Outcome
from webui.accounts.store import normal
from webui.journal import request_id


class Records:
    """The audit log of the running application."""

    def __init__(self, kept: Audit) -> None:
        self.kept = kept

    def tried(self, outcome: Outcome, name: str, how: str) -> None:
        """Someone has tried to sign in. A name that is nobody's is not written down: it may be a password."""
        event = "sign-in" if outcome.account else "sign-in refused"
        self._write(event, normal(name) if outcome.known else None, how=how, address=request.remote_addr)

    def left(self, name: str) -> None:
        """Someone has signed out."""
        self._write("sign-out", name)

    def took(self, form: str, rows: int) -> None:
        """Someone has taken a whole list away; who only asks how it would be answered has not."""
        if request.method == "HEAD":
            return
        account = g.get("account")
        self._write("list taken", account.name if account else None, format=form, rows=rows)

    def _write(self, event: str, by: str | None, **facts: Any) -> None:
        self.kept.write(event, by=by, **facts, request=request_id())


def audit() -> Records:
    """The audit log of the running application."""
    setting = current_app.config["AUDIT"] if current_app.config["LOGIN"] != "off" else "off"
    return Records(audit_of(current_app.config["INDEX"], setting))
