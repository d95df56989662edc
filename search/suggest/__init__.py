"""What a reader may have meant: completions while typing, and other queries for one that finds nothing."""
