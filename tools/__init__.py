"""Makes files of data/ out of other people's data; run by hand, no part of the product."""
