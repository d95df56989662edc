"""Exports that take long: each is written by a process of its own into a folder of its own, and a page tells how far.

The waiting list is in memory and the files are temporary: after a restart the page of an export says that it is gone.
"""
