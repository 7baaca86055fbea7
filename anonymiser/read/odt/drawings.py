"""What is drawn into an OpenDocument text: pictures, text boxes, shapes with text, formulas, charts."""

from binascii import Error as NotBase64
from binascii import a2b_base64
from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from anonymiser.errors import Refused
from anonymiser.manuscript import Block, Paragraph, Picture, Role, Run
from anonymiser.read.mathml import read_mathml
from anonymiser.read.odt.document import Document, ReadBlocks, Story
from anonymiser.read.odt.names import DR3D, DRAW, MATHML, OFFICE, SVG, TABLE, XLINK, local_name, points
from anonymiser.read.pictures import LARGEST_PICTURE

_OBJECTS = {"object", "object-ole"}
_LIVE = {"plugin", "applet", "floating-frame"}
_WATERMARK = "powerpluswatermarkobject"


def is_drawn(element: etree._Element) -> bool:
    return str(element.tag).startswith((DRAW, DR3D))


def read_drawing(element: etree._Element, story: Story, read_blocks: ReadBlocks) -> Iterator[Block]:
    """Yield what a frame or shape shows: a picture, the text in it, the text of a control."""
    tally = story.document.tally
    name = local_name(element)
    if any(local_name(child) in {"title", "desc"} for child in element):
        tally.add("description of a picture", "text")
    if _WATERMARK in element.get(DRAW + "name", "").casefold():
        tally.add("watermark", "text")
    elif name == "frame":
        yield from _read_frame(element, story, read_blocks)
    elif name == "control":
        if shown := story.document.controls.get(element.get(DRAW + "control", "")):
            yield Paragraph(Role.PARAGRAPH, (Run(shown),))
    elif name == "a":
        tally.add("link target", "text")
        for child in element:
            yield from read_drawing(child, story, read_blocks)
    else:
        yield from read_blocks(element, _inside(element, story))


def _read_frame(frame: etree._Element, story: Story, read_blocks: ReadBlocks) -> Iterator[Block]:
    """Of what a frame holds the first that can be shown; the rest stands in for it in other programs."""
    unkept = ""
    for content in frame:
        name = local_name(content)
        if content.tag == DRAW + "text-box":
            yield from read_blocks(content, _inside(frame, story))
            return
        if content.tag == TABLE + "table":
            yield from read_blocks(frame, story)
            return
        if name in _OBJECTS:
            unkept = _name_unkept(content, story.document)
        elif name in _LIVE:
            unkept = "embedded object, could not be kept"
        elif content.tag == DRAW + "image":
            picture = _place(content, frame, story.document, stands_in=bool(unkept))
            yield from (picture,) if picture is not None else ()
            yield from read_blocks(content, _inside(frame, story))
            if picture is not None:
                return
    if unkept:
        story.document.tally.add(unkept, "text")


def _place(
    image: etree._Element, frame: etree._Element, document: Document, *, stands_in: bool
) -> Picture | None:
    width, height = points(frame.get(SVG + "width")), points(frame.get(SVG + "height"))
    data = image.find(OFFICE + "binary-data")
    target = image.get(XLINK + "href", "")
    if data is not None:
        try:
            return document.pictures.place_bytes(a2b_base64(data.text or ""), width, height)
        except NotBase64:
            document.tally.add("picture, could not be kept", "text")
            return None
    if document.package.archive is None or "://" in target or target.startswith(("/", "../", "file:")):
        document.tally.add("linked picture, could not be kept", "text")
        return None
    if stands_in and not target.casefold().endswith((".png", ".jpg", ".jpeg", ".gif")):
        # The stand-in of a chart is a drawing that only its own program reads; the chart is counted once.
        return None
    return document.pictures.place(
        target, lambda: document.package.read(target, LARGEST_PICTURE), width, height
    )


def read_formula(element: etree._Element, document: Document) -> str:
    """Return a formula as a line of text; "" where the element isn't one."""
    if element.tag == MATHML + "math":
        return read_mathml(element).strip()
    if element.tag != DRAW + "frame":
        return ""
    found = next((child for child in element if local_name(child) in _OBJECTS), None)
    return _read_object_formula(found, document) if found is not None else ""


def _read_object_formula(element: etree._Element, document: Document) -> str:
    root = _object_root(element, document)
    math = next(root.iter(MATHML + "math"), None) if root is not None else None
    return read_mathml(math).strip() if math is not None else ""


def _name_unkept(element: etree._Element, document: Document) -> str:
    root = _object_root(element, document)
    chart = root is not None and root.find(f"{OFFICE}body/{OFFICE}chart") is not None
    return "chart, could not be kept" if chart else "embedded object, could not be kept"


def _object_root(element: etree._Element, document: Document) -> etree._Element | None:
    """Return the root of an embedded object: inside the element, or in a part of its own."""
    if len(element) and element[0].tag in {MATHML + "math", OFFICE + "document"}:
        return element[0]
    target = element.get(XLINK + "href", "")
    if not target or "://" in target or target.startswith(("/", "../")):
        return None
    try:
        return document.package.parse(f"{target}/content.xml")
    except Refused:
        # A broken object must not make the essay unreadable: it is named as not kept.
        return None


def _inside(shape: etree._Element, story: Story) -> Story:
    """Return the story inside a shape: on its own ground, and where it says so in its own look."""
    styles = story.document.styles
    look = styles.resolve("graphic", shape.get(DRAW + "style-name")).look.over(story.look)
    if named := shape.get(DRAW + "text-style-name"):
        look = styles.resolve("paragraph", named).look.over(look)
    return replace(story, look=look)
