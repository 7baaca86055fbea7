"""Whether text in one colour can be seen upon another."""

import re
from functools import lru_cache

Colour = tuple[int, int, int]

ANY: Colour = (-1, -1, -1)
"""A colour chosen so that it can be seen, or a ground that isn't one colour: a gradient, a picture."""

WHITE: Colour = (255, 255, 255)
_NEARLY_WHITE = 0xF0
_PALE = 0xB0  # a ground with no channel darker than this doesn't show white text
_ALIKE = 24  # of 255: colours whose channels differ by less can't be told apart
_HEXADECIMAL = re.compile(r"#([0-9a-fA-F]{3}|[0-9a-fA-F]{6})")


def read_hexadecimal(text: str | None) -> Colour | None:
    """Return the colour written as "#rgb" or "#rrggbb"; None where it is written otherwise."""
    match = _HEXADECIMAL.fullmatch(text.strip()) if text else None
    if match is None:
        return None
    digits = match[1] if len(match[1]) > 3 else "".join(digit * 2 for digit in match[1])  # noqa: PLR2004 - the short form has three
    return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:], 16)


@lru_cache(1024)
def can_be_seen(colour: Colour | None, ground: Colour | None) -> bool:
    """Whether text in this colour shows on this ground; None is what nobody chose: black on white."""
    if colour is None or ANY in {colour, ground}:
        return True
    beneath = ground or WHITE
    if min(colour) >= _NEARLY_WHITE and min(beneath) >= _PALE:
        return False
    return any(abs(one - other) >= _ALIKE for one, other in zip(colour, beneath, strict=True))
