"""Lists of a page, real ones and those that Word only draws: their numbers and bullets."""

import re

from lxml import etree

from anonymiser.read.html.context import OpenList
from anonymiser.read.html.elements import FORMS
from anonymiser.read.html.rules import Declarations
from anonymiser.read.numerals import spell_number

_LEVEL = re.compile(r"mso-list:[^;]*\blevel(\d)", re.IGNORECASE)
_MOST = 32_767


def open_list(element: etree._Element, declared: Declarations) -> OpenList:
    said = declared.get("list-style-type") or declared.get("list-style", "").split(" ")[0]
    ordered = element.tag == "ol"
    form = FORMS.get(said) if said else FORMS.get(element.get("type", ""))
    if form is None or (ordered and form == "" and not said):
        form = "1" if ordered else ""
    step = -1 if element.get("reversed") is not None else 1
    first = sum(1 for _ in element.iterchildren("li")) if step < 0 else 1
    return OpenList(form, _number(element.get("start"), first), step)


def label_item(item: etree._Element, lists: tuple[OpenList, ...]) -> str | None:
    """Count an item and return its label; None where it shows none and reads as a paragraph."""
    if not lists:
        return "•"
    innermost = lists[-1]
    if innermost.form == "none":
        return None
    if not innermost.form:
        return "•" if len(lists) % 2 else "–"
    count = _number(item.get("value"), innermost.next)
    innermost.next = count + innermost.step
    return f"{spell_number(count, innermost.form)}."


def read_fake_label(paragraph: etree._Element) -> tuple[str, int] | None:
    """Return label and depth of a paragraph that Word made look like a list's item."""
    match = _LEVEL.search(paragraph.get("style", ""))
    if match is None:
        return None
    for span in paragraph.iter("span"):
        if "mso-list:ignore" in span.get("style", "").replace(" ", "").casefold():
            label = "".join(map(str, span.itertext())).replace("\u00a0", " ").strip()
            depth = int(match[1]) - 1
            drawn = label == "o" or not any(map(str.isalnum, label))
            return ("•" if depth % 2 == 0 else "–") if drawn else label, max(0, depth)
    return None


def _number(text: str | None, default: int) -> int:
    try:
        return max(-_MOST, min(int(text), _MOST)) if text else default
    except ValueError:
        return default
