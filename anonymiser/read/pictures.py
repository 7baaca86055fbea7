"""The pictures a reader has met so far, encoded anew; one that is shown twice is stored once."""

from collections.abc import Callable
from hashlib import sha256

from anonymiser.manuscript import Image, Picture
from anonymiser.read.images import encode_anew
from anonymiser.read.reading import Tally

LARGEST_PICTURE = 40_000_000  # bytes
_MOST_PICTURES = 200
_LONGEST_SIDE = 5_000.0
_DEFAULT_SIDE = 300.0


class Pictures:
    def __init__(self, tally: Tally) -> None:
        self._tally = tally
        self._indexes: dict[str, int | None] = {}
        self.images: list[Image] = []

    def place(
        self, name: str, load: Callable[[], bytes | None], width: float | None, height: float | None
    ) -> Picture | None:
        """Place the picture of that name, loaded when first met.

        None, and counted, where it can't be kept.
        """
        if name not in self._indexes:
            self._indexes[name] = self._take(load())
        index = self._indexes[name]
        if index is None:
            self._tally.add("picture, could not be kept", "text")
            return None
        return Picture(index, *_bounded(width, height))

    def place_bytes(self, data: bytes, width: float | None, height: float | None) -> Picture | None:
        return self.place(sha256(data).hexdigest(), lambda: data, width, height)

    def _take(self, data: bytes | None) -> int | None:
        if not data or len(self.images) >= _MOST_PICTURES:
            return None
        image = encode_anew(data)
        if image is None:
            return None
        self.images.append(image)
        return len(self.images) - 1


def _bounded(width: float | None, height: float | None) -> tuple[float, float]:
    """Sides in points; of a picture with one side known it is taken for a square."""
    wide = width or height or _DEFAULT_SIDE
    high = height or width or _DEFAULT_SIDE
    return min(max(wide, 1.0), _LONGEST_SIDE), min(max(high, 1.0), _LONGEST_SIDE)
