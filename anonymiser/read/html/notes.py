"""Footnotes of a page: marks and notes that link to each other, as every program writes them."""

import re
from dataclasses import dataclass, field
from itertools import islice

from lxml import etree

_MARK = re.compile(r"[\[(]?\s*(?:\d{1,4}|[ivxlcdm]{1,8}|[a-z]{1,2}|[*†‡§¶]{1,4})\s*[\])]?", re.IGNORECASE)
_BODIES = frozenset(("li", "div", "aside", "dd", "section", "td"))
_COMMENT = "cmnt"  # how Google Docs names its comments, which link to and fro as well
_MOST_LINKS = 20_000


@dataclass(slots=True)
class Notes:
    """`bodies` by the link that marks each; what is in `elsewhere` isn't shown where it stands."""

    bodies: dict[etree._Element, etree._Element] = field(default_factory=dict)
    elsewhere: set[etree._Element] = field(default_factory=set)
    comments: set[etree._Element] = field(default_factory=set)


def find_notes(root: etree._Element) -> Notes:
    notes = Notes()
    links = [link for link in root.iter("a") if (link.get("href") or "").startswith("#")]
    if not links or len(links) > _MOST_LINKS:
        return notes
    named = {name: element for element in root.iter(etree.Element) for name in _names(element)}
    for link in links:
        target = named.get(link.get("href", "")[1:])
        if target is None or link in notes.elsewhere or not _MARK.fullmatch(_text(link)):
            continue
        body = _find_body(target, link)
        back = _find_backlink(link, body) if body is not None else None
        if body is None or back is None:
            continue
        if link.get("href", "")[1:].startswith(_COMMENT):
            notes.comments |= {link, body}
            notes.elsewhere.add(back)
        else:
            notes.bodies[link] = body
            notes.elsewhere |= {body, back}
    return notes


def _names(element: etree._Element) -> list[str]:
    return [name for name in (element.get("id"), element.get("name")) if name]


def _text(element: etree._Element) -> str:
    return "".join(map(str, element.itertext())).strip()


def _find_body(target: etree._Element, link: etree._Element) -> etree._Element | None:
    """Return the element that holds the whole note: the target, or what is around it and nothing else."""
    body: etree._Element | None = target
    while body is not None and body.tag not in _BODIES and body.tag != "p":
        body = body.getparent()
    if body is None:
        return None
    around = body.getparent()
    if body.tag == "p" and around is not None and around.tag in _BODIES:
        links = (each for each in around.iter("a") if (each.get("href") or "").startswith("#"))
        if len(list(islice(links, 2))) == 1:
            body = around
    return None if any(each is body for each in link.iterancestors()) else body


def _find_backlink(link: etree._Element, body: etree._Element) -> etree._Element | None:
    """Return the link in a note that leads back to its mark."""
    near = [link, *islice(link.iterancestors(), 2), *link.iter(etree.Element)]
    wanted = {f"#{name}" for element in near for name in _names(element)}
    return next((each for each in body.iter("a") if each.get("href") in wanted), None)
