"""The append-only record of a contest, which anyone can verify."""
