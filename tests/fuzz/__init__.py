"""Hostile input: whatever bytes come, an answer or a sentence comes out. ``python -m tests.fuzz``."""
