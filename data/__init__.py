"""Reference lists of one newspaper and a sample archive; see search.reference for where they are looked up."""
