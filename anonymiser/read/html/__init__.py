"""Reads a page of HTML: saved from Word, Google Docs, LibreOffice or a browser, or the body of an e-mail."""

import re

from lxml import etree

from anonymiser.errors import RefusalCode, Refused
from anonymiser.manuscript import Block, Manuscript, Picture, SceneBreak
from anonymiser.read.html.context import Context, Page
from anonymiser.read.html.notes import Notes, find_notes
from anonymiser.read.html.page import decode_page, drop_telling_fields, parse_page
from anonymiser.read.html.rules import Rules
from anonymiser.read.html.styling import declare, enter
from anonymiser.read.html.walk import Walker
from anonymiser.read.pictures import Pictures
from anonymiser.read.reading import Reading, Tally
from anonymiser.report import Format

_COMMENT = re.compile(r"<!--(?!\[if)")


def read_html(source: bytes) -> Reading:
    """Read the page whole, or raise Refused."""
    tally = Tally()
    text, dropped = drop_telling_fields(decode_page(source))
    tally.add("field result that names its origin", "text", dropped)
    tally.add("comment", "text", len(_COMMENT.findall(text)))
    try:
        root = parse_page(text)
        page = Page(_read_rules(root), find_notes(root), tally, Pictures(tally))
        _count_properties(root, tally)
        walker = Walker(page)
        walker.walk(root, Context())
        walker.end_paragraph(Context())
    except RecursionError:
        raise Refused(RefusalCode.TOO_COMPLEX) from None
    except (etree.LxmlError, UnicodeError):
        raise Refused(RefusalCode.UNREADABLE) from None
    blocks = _without_rule_of_notes(walker.blocks) if page.note_blocks else walker.blocks
    manuscript = Manuscript(tuple(blocks), tuple(page.note_blocks), tuple(page.pictures.images))
    return Reading(Format.HTML, manuscript, tally.removed())


def read_fragment(text: str, tally: Tally) -> list[Block]:
    """Return the blocks of a piece of HTML that stands in a text of another kind.

    Raises: Refused.
    """
    try:
        walker = Walker(Page(Rules(), Notes(), tally, Pictures(tally)))
        walker.walk(parse_page(text), Context())
        walker.end_paragraph(Context())
    except RecursionError:
        raise Refused(RefusalCode.TOO_COMPLEX) from None
    pictures = sum(isinstance(block, Picture) for block in walker.blocks)
    tally.add("picture, could not be kept", "text", pictures)
    return [block for block in walker.blocks if not isinstance(block, Picture)]


def hides(tag: str) -> bool:
    """Whether a tag, as it stands in a text, hides what follows up to its end."""
    element = parse_page(f"{tag}</{tag[1:].split(maxsplit=1)[0].rstrip('/>')}>").find("body")
    inner = element[0] if element is not None and len(element) else None
    if inner is None:
        return False
    context = enter(inner, declare(inner, Rules()), Context())
    return (
        context is None or bool(context.look.invisible) or inner.tag in {"del", "script", "style", "template"}
    )


def _read_rules(root: etree._Element) -> Rules:
    rules = Rules()
    for style in root.iter("style"):
        if style.get("media", "all").casefold() in {"all", "screen", "screen, print", ""}:
            rules.read(style.text or "")
    return rules


def _count_properties(root: etree._Element, tally: Tally) -> None:
    for name, attribute in (("meta", "content"), ("link", "href")):
        tally.add("property", "package", sum(1 for each in root.iter(name) if each.get(attribute)))
    tally.add("property", "package", sum(1 for title in root.iter("title") if (title.text or "").strip()))


def _without_rule_of_notes(blocks: list[Block]) -> list[Block]:
    """Leave the line off that stood between text and notes."""
    last = len(blocks)
    while last and isinstance(blocks[last - 1], SceneBreak):
        last -= 1
    return blocks[:last]
