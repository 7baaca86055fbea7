"""Lines of Hebrew and Arabic: what stands in which direction, by the Unicode bidirectional algorithm (UAX 9)."""

import re
import unicodedata
from collections.abc import Sequence
from itertools import groupby

from bidi import algorithm

_RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
_BOUNDARY_NEUTRAL = "BN"


def has_right_to_left(text: str) -> bool:
    return bool(_RIGHT_TO_LEFT.search(text))


def base_level(text: str) -> int:
    """Return 1 for a paragraph that begins at the right."""
    return int(algorithm.get_base_level(text))


def find_levels(text: str) -> list[int]:
    """Return the embedding level of each character; odd ones run from right to left."""
    storage = algorithm.get_empty_storage()
    storage["base_level"] = base_level(text)
    storage["base_dir"] = "LR"[storage["base_level"]]
    # The algorithm drops what has no direction of its own, and its levels would no longer be ours.
    kept = [unicodedata.bidirectional(character) != _BOUNDARY_NEUTRAL for character in text]
    algorithm.get_embedding_levels("".join([c for c, keep in zip(text, kept, strict=True) if keep]), storage)
    for step in (
        algorithm.explicit_embed_and_overrides,
        algorithm.resolve_weak_types,
        algorithm.resolve_neutral_types,
        algorithm.resolve_implicit_levels,
    ):
        step(storage, debug=False)
    found = iter(storage["chars"])
    levels: list[int] = []
    for keep in kept:
        levels.append(next(found)["level"] if keep else levels[-1] if levels else storage["base_level"])
    return levels


def visual_order(levels: Sequence[int], base: int) -> list[int]:
    """Return the indices of a line's parts from left to right (rule L2)."""
    order = list(range(len(levels)))
    for level in range(max(levels, default=base), 0, -1):
        turned: list[int] = []
        for high, group in groupby(order, [*map(level.__le__, levels)].__getitem__):
            part = [*group]
            turned.extend(reversed(part) if high else part)
        order = turned
    return order
