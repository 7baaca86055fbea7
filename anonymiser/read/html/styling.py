"""What an element's styles, attributes and kind make of the context around it."""

from dataclasses import replace

from lxml import etree

from anonymiser.read.html.context import Context
from anonymiser.read.html.css import is_gone, read_colour, read_look
from anonymiser.read.html.elements import LOOKS, VERBATIM
from anonymiser.read.html.rules import Declarations, Rules, read_declarations
from anonymiser.read.look import PLAIN_LOOK, Look


def declare(element: etree._Element, rules: Rules) -> Declarations:
    declared = rules.declared(element)
    own = element.get("style")
    return declared | read_declarations(own) if own else declared


def enter(element: etree._Element, declared: Declarations, around: Context) -> Context | None:
    """Return the context inside an element; None where neither it nor anything in it shows."""
    if is_gone(declared) or element.get("hidden") is not None:
        return None
    if element.tag == "dialog" and element.get("open") is None:
        return None
    if not declared and not element.attrib and element.tag not in LOOKS and element.tag not in VERBATIM:
        return around
    look = LOOKS.get(str(element.tag), PLAIN_LOOK).over(around.look)
    look = read_look(declared, _with_attributes(element, look))
    white_space = declared.get("white-space", "")
    upper = declared.get("text-transform")
    verbatim = around.verbatim and white_space not in {"normal", "nowrap"}
    return replace(
        around,
        look=look,
        upper=around.upper if upper is None else upper == "uppercase",
        verbatim=verbatim or white_space.startswith("pre") or element.tag in VERBATIM,
    )


def _with_attributes(element: etree._Element, look: Look) -> Look:
    """Return the look with what old pages say in attributes."""
    colour = read_colour(element.get("color", "").casefold()) if element.tag == "font" else None
    ground = read_colour(element.get("bgcolor", "").casefold())
    return Look(colour=colour, ground=ground).over(look) if colour or ground else look
