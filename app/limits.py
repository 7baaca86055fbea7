"""Bounds that hold for every way in."""

from datetime import timedelta

BODY_WITHIN = timedelta(minutes=30)
"""An upload begun in time is in time when it is complete within this."""
