"""Pictures of a document: encoded anew, cut to what was shown, named where they can't be kept."""

# ruff: noqa: E501 - XML is not broken

import io
import struct
import zlib

from PIL import Image as PillowImage

from anonymiser.manuscript import Picture
from anonymiser.read import read
from anonymiser.read.images import encode_anew

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def drawn(kind="PNG"):
    """A picture, black on its left half and white on its right."""
    picture = PillowImage.new("L", (40, 20), 255)
    picture.paste(0, (0, 0, 20, 20))
    out = io.BytesIO()
    picture.save(out, kind)
    return out.getvalue()


def test_what_was_cropped_off_a_picture_does_not_pass(docx):
    body = (
        '<w:p><w:r><w:t>See:</w:t><w:drawing><wp:inline><pic:pic><pic:blipFill><a:blip r:embed="p1"/><a:srcRect l="50000"/></pic:blipFill></pic:pic></wp:inline></w:drawing>'
        '<w:pict><v:shape style="width:10pt;height:10pt"><v:imagedata r:id="p1" cropright=".5"/></v:shape></w:pict></w:r></w:p>'
    )
    source = docx(
        body,
        {"word/media/a.png": drawn()},
        f'<Relationship Id="p1" Type="{OFFICE}/image" Target="media/a.png"/>',
    )

    images = [PillowImage.open(io.BytesIO(image.data)) for image in read(source).manuscript.images]

    assert [image.size for image in images] == [(20, 20), (20, 20)]
    assert [image.convert("L").getextrema() for image in images] == [(255, 255), (0, 0)]


def test_a_picture_cropped_to_nothing_is_named(docx):
    body = '<w:p><w:r><w:t>See:</w:t><w:drawing><wp:inline><pic:pic><pic:blipFill><a:blip r:embed="p1"/><a:srcRect l="60000" r="60000"/></pic:blipFill></pic:pic></wp:inline></w:drawing></w:r></w:p>'
    source = docx(
        body,
        {"word/media/a.png": drawn()},
        f'<Relationship Id="p1" Type="{OFFICE}/image" Target="media/a.png"/>',
    )

    assert ("Pictures, which could not be kept", 1) in [
        (each.what, each.count) for each in read(source).removed
    ]


def png(width=4, height=3, text=b""):
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    raw = b"".join(b"\0" + b"\x10\x80\xf0" * width for _ in range(height))
    comment = chunk(b"tEXt", b"Author\0" + text) if text else b""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + comment
        + chunk(b"IDAT", zlib.compress(raw))
        + chunk(b"IEND", b"")
    )


def picture_docx(docx, data, extra=""):
    body = (
        f'<w:p><w:r><w:t>See:</w:t><w:drawing><wp:inline><wp:extent cx="1270000" cy="635000"/>{extra}<a:graphic><a:graphicData>'
        '<pic:pic><pic:blipFill><a:blip r:embed="p1"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline>'
        "</w:drawing></w:r></w:p>"
    )
    relation = (
        '<Relationship Id="p1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" '
        'Target="media/image1.png"/>'
    )
    return docx(body, {"word/media/image1.png": data}, relation)


def test_pictures_are_encoded_anew_and_keep_their_size(docx):
    source = picture_docx(
        docx, png(text=b"Jane Okonkwo"), '<wp:docPr id="1" name="x" descr="Jane Okonkwo at work"/>'
    )

    reading = read(source)

    picture = reading.manuscript.blocks[1]
    assert isinstance(picture, Picture)
    assert (picture.width, picture.height) == (100.0, 50.0)
    assert b"Okonkwo" not in reading.manuscript.images[0].data
    assert ("Descriptions behind pictures", 1) in [
        (removed.what, removed.count) for removed in reading.removed
    ]


def test_a_picture_of_too_many_pixels_is_named_and_left_out(docx):
    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    chunk = b"IHDR" + head
    bomb = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + chunk + struct.pack(">I", zlib.crc32(chunk))

    reading = read(picture_docx(docx, bomb))

    assert reading.manuscript.images == ()
    assert "Pictures, which could not be kept" in [removed.what for removed in reading.removed]


def test_a_scan_in_sixteen_bits_keeps_its_greys():
    out = io.BytesIO()
    PillowImage.new("I;16", (4, 4), 0x8000).save(out, "PNG")

    image = encode_anew(out.getvalue())

    assert PillowImage.open(io.BytesIO(image.data)).getpixel((0, 0)) in {127, 128}
