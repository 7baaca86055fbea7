"""Chooses among alternatives (`mc:AlternateContent`) the one Word would show."""

import re

from lxml import etree

from anonymiser.read.docx.account import Account
from anonymiser.read.docx.names import MC

_KNOWN = re.compile(
    r"urn:schemas-microsoft-com:.*|http://(?:schemas\.openxmlformats\.org|purl\.oclc\.org)/.*"
    r"|http://schemas\.microsoft\.com/office/(?:mac/)?(?:word|drawing|mac|thememl)/.*"
)
# What these hold can't be set; what stands beside them for older programs, a picture or a letter, can.
_BEYOND = re.compile(
    r"/(?:ink|chartex|model3d|symex)\b|/20\d\d/\d+/\d+/(?:chartex|ink)|wordprocessingInk|wordml/symex"
)


def choose(alternatives: etree._Element) -> etree._Element | None:
    """Return the first choice that Word understands, else the fallback; None where neither shows."""
    fallback = None
    beyond = None
    for element in alternatives:
        if element.tag == MC + "Fallback":
            fallback = element
        elif element.tag == MC + "Choice":
            required = _required(element)
            if not all(_KNOWN.fullmatch(name) for name in required):
                continue
            if any(_BEYOND.search(name) for name in required):
                beyond = beyond if beyond is not None else element
                continue
            return element
    return fallback if fallback is not None else beyond


def leave_others(alternatives: etree._Element, chosen: etree._Element | None, account: Account) -> None:
    """The alternatives not taken say the same again, for other programs."""
    for element in alternatives:
        if element is not chosen:
            account.leave(element)


def _required(choice: etree._Element) -> list[str]:
    """Return the namespaces a choice asks for; a prefix that stands for none asks for nothing."""
    prefixes = choice.get("Requires", "").split()
    known = choice.nsmap if prefixes else {}
    return [str(known[prefix]) for prefix in prefixes if prefix in known]
