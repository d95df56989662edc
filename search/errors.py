"""Errors that are meant to be read by a person: every message is one clear sentence."""

from __future__ import annotations


class BaokuError(Exception):
    """Something the user can understand and act on; shown as it is, never with a traceback."""


class IndexMissing(BaokuError):
    """There is no index at the given place."""


class IndexUnreadable(BaokuError):
    """An index is there but damaged, foreign, or of another version."""


class IndexBusy(BaokuError):
    """Another process is writing to the index."""


class ArticleInvalid(BaokuError):
    """An article that must not be stored, with the key that is wrong."""


class OriginalMissing(BaokuError):
    """The page that an article was read from is not there, or not as it was."""


class QueryRefused(BaokuError):
    """A query that is too long or too costly to run."""


class ReceiptInvalid(BaokuError):
    """A file that is no receipt, or a receipt that is damaged or of a later version."""
