"""Pictures as objects of the PDF: packed anew, on white, no finer than a printed page shows them."""

from io import BytesIO

from PIL import Image as Pillow

from anonymiser.manuscript import Image
from anonymiser.typeset.pdf import Objects, stream

_FINEST = 200 / 72  # pixels a point
_QUALITY = 85
_FEW_COLOURS = 4096  # a chart or a drawing; a photograph has more


def add_image(objects: Objects, image: Image, width: float) -> int:
    """Add a picture that is drawn at most `width` points wide."""
    with Pillow.open(BytesIO(image.data)) as opened:
        picture = _flatten(opened)
        most = max(1, round(width * _FINEST))
        if picture.width > most:
            height = max(1, round(picture.height * most / picture.width))
            picture = picture.resize((most, height), Pillow.Resampling.LANCZOS)
        space = b"/DeviceGray" if picture.mode == "L" else b"/DeviceRGB"
        entries = b"/Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace%b/BitsPerComponent 8" % (
            *picture.size,
            space,
        )
        if image.media_type == "image/jpeg" or picture.getcolors(_FEW_COLOURS) is None:
            out = BytesIO()
            # Bare pixels have none of the comments that a picture would be saved with.
            picture = Pillow.frombytes(picture.mode, picture.size, picture.tobytes())
            picture.save(out, "JPEG", quality=_QUALITY)
            data = out.getvalue()
            body = b"<<%b/Filter/DCTDecode/Length %d>>stream\n%b\nendstream" % (entries, len(data), data)
            return objects.add(body)
        return objects.add(stream(picture.tobytes(), entries))


def _flatten(picture: Pillow.Image) -> Pillow.Image:
    if picture.mode in {"1", "L"}:
        return picture.convert("L")
    if picture.has_transparency_data:
        layer = picture.convert("RGBA")
        paper = Pillow.new("RGBA", layer.size, "white")
        return Pillow.alpha_composite(paper, layer).convert("RGB")
    return picture.convert("RGB")
