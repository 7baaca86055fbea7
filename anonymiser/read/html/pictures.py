"""Pictures of a page: those that came with it are encoded anew, others are never fetched."""

from binascii import Error as NotBase64
from binascii import a2b_base64
from urllib.parse import unquote_to_bytes

from lxml import etree

from anonymiser.manuscript import Picture
from anonymiser.read.html.context import Page
from anonymiser.read.html.css import points
from anonymiser.read.html.rules import read_declarations

_DOT = 3.0  # points: smaller pictures only count who reads


def read_picture(element: etree._Element, page: Page) -> Picture | None:
    if element.get("alt") or element.get("title"):
        page.tally.add("description of a picture", "text")
    styled = read_declarations(element.get("style", ""))
    width = points(styled.get("width") or element.get("width"))
    height = points(styled.get("height") or element.get("height"))
    source = element.get("src", "").strip()
    if not source.startswith("data:"):
        page.tally.add("linked picture, could not be kept", "text")
        return None
    if width is not None and height is not None and max(width, height) < _DOT:
        return None
    return page.pictures.place_bytes(_read_data(source), width, height)


def _read_data(address: str) -> bytes:
    head, _, body = address.partition(",")
    if not head.casefold().endswith(";base64"):
        return unquote_to_bytes(body)
    try:
        return a2b_base64(unquote_to_bytes(body))
    except NotBase64:
        return b""
