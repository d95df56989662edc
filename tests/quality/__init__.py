"""How well pages become articles: measured against answers written by hand. Run by ``make quality``."""
