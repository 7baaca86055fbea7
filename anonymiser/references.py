"""Whether a line reads as an entry of a list of references: a list may end in a signature or in thanks."""

import re

_DATED = re.compile(
    r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)"
    r"|\b(?:in press|forthcoming|unpublished|submitted|in preparation|personal communication|n\.?d\.?)(?!\w)"
    r"|\bdoi\b|https?://|\bwww\.|\bISBN\b",
    re.IGNORECASE,
)
_THANKS = re.compile(
    r"(?:acknowledge?ments?|with thanks|my thanks|i (?:am|would|wish|thank)|thanks? to|about the author|written by"
    r"|conflicts? of interest|declarations?|funding|correspond\w+|address|e-?mail|word count)\b",
    re.IGNORECASE,
)
_NAME = r"[^\W\d_][^\W\d_]+(?:['’\-–][^\W\d_]+)*"
_BEGINS_WITH_AUTHOR = re.compile(
    rf"(?:(?:[A-Z]\.[\s-]?){{1,3}}{_NAME}|{_NAME},?\s+(?:[A-Z]\.[\s-]?){{1,3}}|{_NAME},?\s+[A-Z]{{1,3}}\b|{_NAME},\s{_NAME}[.,])"
)
_YEAR_OF_PRINT = re.compile(
    r"\(\s*(?:1[5-9]|20)\d\d[a-z]?\s*\)|(?<!\d)(?:1[5-9]|20)\d\d[a-z]?\s*(?:[;:]|[.)]?$)"
)


def reads_as_reference(text: str) -> bool:
    """Whether an entry under a heading "References" is one: it has a date or an address, and thanks nobody."""
    return _DATED.search(text) is not None and _THANKS.match(text.lstrip()) is None


def stands_alone_as_reference(text: str) -> bool:
    """Whether a numbered line is a reference even without a heading: author first, year of print in its place."""
    line = text.strip()
    return _BEGINS_WITH_AUTHOR.match(line) is not None and _YEAR_OF_PRINT.search(line) is not None
