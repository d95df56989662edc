"""Indexes of earlier formats: read, as far as what they store goes, and made anew in the format of today."""
