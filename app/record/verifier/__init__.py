"""Checks a receipt's proof or a contest's record, with nothing but Python's standard library."""
