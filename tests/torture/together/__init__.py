"""Readers and a writer at once: every answer must belong to one committed edition of a small archive."""
