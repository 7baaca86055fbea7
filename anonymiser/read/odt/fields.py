"""Fields of OpenDocument: of what they show, some says who wrote, when, or on which computer."""

from lxml import etree

from anonymiser.read.odt.names import TEXT, local_name

TELLING = frozenset(
    TEXT + name
    for name in (
        "author-name", "author-initials", "creator", "initial-creator", "printed-by", "file-name",
        "template-name", "subject", "keywords", "description", "user-defined", "creation-date", "creation-time",
        "modification-date", "modification-time", "print-date", "print-time", "editing-duration",
        "editing-cycles", "database-display", "database-name", "database-row-number", "database-next",
        "database-row-select", "script", "sheet-name", "sender-firstname", "sender-lastname", "sender-initials",
        "sender-title", "sender-position", "sender-email", "sender-phone-private", "sender-fax",
        "sender-company", "sender-phone-work", "sender-street", "sender-city", "sender-postal-code",
        "sender-country", "sender-state-or-province",
    )
)  # fmt: skip
_PAGING = frozenset(
    TEXT + name for name in ("page-number", "page-count", "page-continuation", "page-variable-get")
)
_DATES = frozenset((TEXT + "date", TEXT + "time"))
_VALUES = frozenset(TEXT + name for name in ("variable-set", "variable-get", "user-field-get", "expression"))


def describe_dropped(element: etree._Element) -> str:
    """Say what the report calls a field's result that is dropped; "" for one that stays."""
    tag = element.tag
    if tag in TELLING or local_name(element).startswith("sender-"):
        return "field result that names its origin"
    # A date that is not fixed is of the day on which the file was opened last.
    if tag in _DATES and element.get(TEXT + "fixed") != "true":
        return "field result that names its origin"
    if tag in _PAGING:
        return "page number"
    if tag == TEXT + "hidden-text" and element.get(TEXT + "is-hidden") == "true":
        return "hidden text"
    return "hidden text" if tag in _VALUES and element.get(TEXT + "display") == "none" else ""
