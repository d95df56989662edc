"""Why a search finds nothing: what each condition finds alone, what is to blame, and what would be found instead."""
