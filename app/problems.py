"""What is wrong with a form, said at its field."""

from dataclasses import dataclass

from app.errors import NomdeplumeError, Unusable


@dataclass(frozen=True, slots=True)
class Problem:
    field: str
    message: str
    error: type[NomdeplumeError] = Unusable
    """Which kind of failure it is, and so which status the page gets."""
