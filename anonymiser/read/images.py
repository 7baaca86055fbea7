"""Pictures encoded anew: what they show stays, everything a camera or a program wrote into them goes."""

import warnings
from io import BytesIO

from PIL import Image as PillowImage
from PIL import ImageOps

from anonymiser.manuscript import Image

_FORMATS = ("PNG", "JPEG", "GIF", "BMP", "TIFF", "WEBP")
_MOST_PIXELS = 40_000_000
_LONGEST_SIDE = 2000  # pixels: 300 to the inch over the width of a page's text
_QUALITY = 88


def encode_anew(data: bytes) -> Image | None:
    """Return the picture as PNG or JPEG, first frame, upright, on white.

    None where it can't be read or is too large.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with PillowImage.open(BytesIO(data), formats=_FORMATS) as picture:
                if picture.width * picture.height > _MOST_PIXELS:
                    return None
                photograph = picture.format == "JPEG"
                upright = ImageOps.exif_transpose(picture)
                flat = _flatten(upright)
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


def _flatten(picture: PillowImage.Image) -> PillowImage.Image:
    if picture.mode in {"1", "L"} and "transparency" not in picture.info:
        return picture.convert("L")
    if picture.mode in {"RGBA", "LA", "PA", "P"} or "transparency" in picture.info:
        layer = picture.convert("RGBA")
        white = PillowImage.new("RGBA", layer.size, "white")
        return PillowImage.alpha_composite(white, layer).convert("RGB")
    return picture.convert("RGB")
