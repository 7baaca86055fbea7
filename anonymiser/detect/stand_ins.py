"""Stand-ins that already stand in a manuscript: they are nobody's name and must stay whole."""

import re

from anonymiser.detect.mark import Mark

# Every stand-in of ours is a bracketed phrase in small letters, with an article.
STAND_IN = re.compile(r"\[(?:a|an|the) [^\][]{2,60}\]")


def stand_in_spans(text: str) -> list[tuple[int, int]]:
    return [match.span() for match in STAND_IN.finditer(text)] if "[" in text else []


def within_stand_in(text: str, mark: Mark) -> bool:
    return any(start < mark.end and mark.start < end for start, end in stand_in_spans(text))
