"""The Whoosh side of the archive: the only room that imports whoosh.

schema, store and writer make the index; snapshot holds its columns; compile, evaluate, facets and order answer.
"""
