"""Tells a drawing made of areas, a chart or a diagram, from what lies behind words: it can be named, not kept."""

from collections.abc import Sequence

from anonymiser.read.pdf.objects import Drawn
from anonymiser.read.pdf.text import Box, Found

_SMALLEST = 8.0  # points: a bullet or a tick box is smaller
_FEWEST = 5  # areas that a drawing is made of: a frame, a shaded heading or an ornament has fewer
_MOST_LOOKED_AT = 2_000


def has_drawing(paths: Sequence[Drawn], words: Sequence[Found], page: Box) -> bool:
    """Whether so many areas bear no word that they must show something themselves."""
    bare = 0
    for path in paths[:_MOST_LOOKED_AT]:
        if (
            not path.thin
            and _is_of_some_size(path.box, page)
            and not any(_bears(path.box, word) for word in words)
        ):
            bare += 1
            if bare == _FEWEST:
                return True
    return False


def _is_of_some_size(box: Box, page: Box) -> bool:
    width, height = box[2] - box[0], box[3] - box[1]
    on_page = box[0] < page[2] and box[2] > page[0] and box[1] < page[3] and box[3] > page[1]
    return on_page and max(width, height) > _SMALLEST


def _bears(box: Box, word: Found) -> bool:
    across, up = (word.box[0] + word.box[2]) / 2, (word.box[1] + word.box[3]) / 2
    return box[0] <= across <= box[2] and box[1] <= up <= box[3]
