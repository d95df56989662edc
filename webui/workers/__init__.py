"""Processes that make pages, one at a time each, behind the one that talks to readers; any of them may die."""
