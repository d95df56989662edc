"""The query language: text becomes a small tree, free of any engine, that can be explained in words."""
