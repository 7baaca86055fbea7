"""What the fields of a page show: those of forms what was typed or chosen, those of LibreOffice maybe the author."""

from lxml import etree

from anonymiser.read.html.elements import PAGING, TELLING

_TYPED = frozenset(("", "text", "search", "email", "tel", "url", "number", "date", "time", "month", "week"))
_BUTTONS = frozenset(("submit", "button", "reset"))


def read_control(element: etree._Element) -> tuple[str | None, str]:
    """Return what a field shows, and what the report calls what it doesn't; None: its text as it stands."""
    if element.tag == "sdfield":
        return _read_office_field(element)
    if element.tag == "select":
        options = list(element.iter("option"))
        chosen = [option for option in options if option.get("selected") is not None] or options[:1]
        return ", ".join("".join(map(str, option.itertext())).strip() for option in chosen), ""
    if element.tag == "textarea":
        return None, ""
    kind = element.get("type", "").casefold()
    if kind in _TYPED or kind in _BUTTONS:
        return element.get("value", ""), ""
    return "", "hidden text" if kind in {"hidden", "password"} and element.get("value") else ""


def _read_office_field(element: etree._Element) -> tuple[str | None, str]:
    kind = element.get("type", "").casefold()
    told = kind in TELLING and element.get("subtype", "").casefold() != "title"
    if told or (kind == "datetime" and element.get("sdfixed") is None):
        return "", "field result that names its origin"
    return ("", "page number") if kind in PAGING else (None, "")
