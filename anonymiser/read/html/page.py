"""A page of HTML as a tree: decoded as it says, parsed without fetching anything."""

import re

from lxml import etree

from anonymiser.errors import RefusalCode, Refused
from anonymiser.read.decode import decode
from anonymiser.read.docx.fields import describe_dropped, name_field

_CHARSET = re.compile(rb"<meta\b[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]{2,40})", re.IGNORECASE)
_XML = re.compile(rb"\s*<\?xml[^>]{0,200}?encoding=[\"']([\w-]{2,40})")
_DECLARED_WITHIN = 4096
_XML_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")
# Word keeps the instruction of a field in such comments and leaves the result between them.
_OPENS, _CLOSES = "<!--[if supportFields]>", "<![endif]-->"
_TAG = re.compile(r"<[^<>]*>")


def parse_page(text: str) -> etree._Element:
    """Parse a page whole.

    Raises: Refused.
    """
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(_XML_DECLARATION.sub("", text).encode(), parser)
    except (etree.XMLSyntaxError, ValueError):
        raise Refused(RefusalCode.UNREADABLE) from None
    if root is None:
        return etree.Element("html")  # nothing but comments
    if any("depth" in entry.message.casefold() for entry in parser.error_log):
        # What lies deeper was not read: an essay must not lose its words in silence.
        raise Refused(RefusalCode.TOO_COMPLEX)
    return root


def decode_page(source: bytes) -> str:
    """Return the page as text.

    Raises: Refused (not_a_document).
    """
    head = source[:_DECLARED_WITHIN]
    declared = _CHARSET.search(head) or _XML.match(head)
    return decode(source, declared[1].decode() if declared else "")


def drop_telling_fields(text: str) -> tuple[str, int]:
    """Return the page without what fields of Word's show of the author or the file, and how many did."""
    kept: list[str] = []
    position = count = 0
    telling = False
    while (opening := text.find(_OPENS, position)) >= 0:
        closing = text.find(_CLOSES, opening)
        if closing < 0:
            break
        if not telling:
            kept.append(text[position:opening])
        instruction = text[opening + len(_OPENS) : closing]
        telling = "field-begin" in instruction and bool(
            describe_dropped(name_field(_TAG.sub(" ", instruction)))
        )
        count += telling
        position = closing + len(_CLOSES)
    return "".join((*kept, text[position:])), count
