"""What an article is, how it is kept, and how a question is answered."""
