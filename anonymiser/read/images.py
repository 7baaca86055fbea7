"""Pictures encoded anew: what they show stays, everything a camera or a program wrote into them goes."""

import warnings
from io import BytesIO
from typing import Any

from PIL import Image as PillowImage
from PIL import ImageOps

from anonymiser.manuscript import Image

_FORMATS = ("PNG", "JPEG", "GIF", "BMP", "TIFF", "WEBP")
_MOST_PIXELS = 40_000_000
_LONGEST_SIDE = 2000  # pixels: 300 to the inch over the width of a page's text
_QUALITY = 88


Crop = tuple[float, float, float, float]
"""Which share of a picture is cut off its left, top, right and bottom."""
UNCROPPED: Crop = (0.0, 0.0, 0.0, 0.0)


def encode_anew(data: bytes, crop: Crop = UNCROPPED) -> Image | None:
    """Return the picture as PNG or JPEG, first frame, upright, on white, without what was cropped away.

    None where it can't be read, is too large, or nothing of it is left.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with PillowImage.open(BytesIO(data), formats=_FORMATS) as picture:
                if picture.width * picture.height > _MOST_PIXELS:
                    return None
                photograph = picture.format in {"JPEG", "MPO"}  # a telephone adds a second frame
                upright = ImageOps.exif_transpose(picture)
                flat = _flatten(_cut(upright, crop))
        flat.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE))
        # A fresh picture of the bare pixels carries none of the old one's chunks, profiles and comments.
        bare = PillowImage.frombytes(flat.mode, flat.size, flat.tobytes())
        out = BytesIO()
        if photograph:
            bare.save(out, "JPEG", quality=_QUALITY)
        else:
            bare.save(out, "PNG", optimize=False)
    except (
        OSError,
        ValueError,
        SyntaxError,
        EOFError,
        TypeError,
        IndexError,
        KeyError,
        OverflowError,
        MemoryError,
    ):
        return None
    except PillowImage.DecompressionBombError:
        return None
    return Image(out.getvalue(), "image/jpeg" if photograph else "image/png")


def _cut(picture: PillowImage.Image, crop: Crop) -> PillowImage.Image:
    if crop == UNCROPPED:
        return picture
    left, top, right, bottom = crop
    width, height = picture.size
    box = (round(width * left), round(height * top), round(width * (1 - right)), round(height * (1 - bottom)))
    if box[0] >= box[2] or box[1] >= box[3]:
        raise ValueError
    return picture.crop(box)


def _flatten(picture: PillowImage.Image) -> PillowImage.Image:
    if picture.mode in {"I", "F"} or picture.mode.startswith("I;16"):
        return _brought_to_eight_bits(picture)
    if picture.mode in {"1", "L"} and "transparency" not in picture.info:
        return picture.convert("L")
    if picture.mode in {"RGBA", "LA", "PA", "P"} or "transparency" in picture.info:
        layer = picture.convert("RGBA")
        white = PillowImage.new("RGBA", layer.size, "white")
        return PillowImage.alpha_composite(white, layer).convert("RGB")
    return picture.convert("RGB")


def _brought_to_eight_bits(picture: PillowImage.Image) -> PillowImage.Image:
    """Return a picture of finer greys, from darkest to lightest: Pillow would cut off all but the darkest."""
    values = picture.convert("F")
    extrema: Any = values.getextrema()
    low, high = extrema
    most = 65_535.0 if picture.mode.startswith("I") else max(high, 1.0)
    scale = 255.0 / (most if high > 255 or picture.mode.startswith("I;16") else 255.0)  # noqa: PLR2004 - eight bits
    return values.point(lambda value: value * scale - min(low, 0.0) * scale).convert("L")
