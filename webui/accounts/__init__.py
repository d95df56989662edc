"""Who is asking: the optional login, what it closes, and where everything else learns who has signed in."""

from webui.accounts.door import current, register

__all__ = ["current", "register"]
