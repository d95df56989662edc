"""The receipt of a search (检索凭证): what was asked of which archive and what came out, so that it can be repeated."""

from search.receipt.issue import issue
from search.receipt.record import Exported, Hashed, Named, Receipt
from search.receipt.replay import Change, Replay, replay
from search.receipt.written import read, write

__all__ = ["Change", "Exported", "Hashed", "Named", "Receipt", "Replay", "issue", "read", "replay", "write"]
