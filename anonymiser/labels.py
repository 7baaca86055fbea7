"""The words in which a person reads what was found and what was left behind."""

from collections.abc import Mapping
from types import MappingProxyType

KIND_LABELS: Mapping[str, str] = MappingProxyType(
    {
        "address": "address",
        "age": "age",
        "chi_number": "CHI number",
        "date": "date",
        "date_of_birth": "date of birth",
        "email": "e-mail address",
        "hospital_number": "hospital number",
        "institution": "hospital or practice",
        "name": "name",
        "name_or_place": "place or name",
        "national_insurance_number": "National Insurance number",
        "nhs_number": "NHS number",
        "orcid": "ORCID",
        "phone": "telephone number",
        "picture": "picture",
        "place": "place",
        "postcode": "postcode",
        "registration_number": "registration number",
        "self_citation": "reference to the author's own work",
        "web_address": "web address",
        "workplace": "workplace",
    }
)
"""What a flagged finding is, as the desk reads it, by `Finding.kind`."""

AUTHOR_KIND_LABELS: Mapping[str, str] = MappingProxyType(
    {
        "address": "Your address",
        "email": "Your e-mail address",
        "name": "Your name",
        "orcid": "Your ORCID",
        "phone": "Your telephone number",
        "registration_number": "Your registration number",
        "self_citation": "A reference to your own work",
        "web_address": "A web address that names you",
        "workplace": "Your workplace",
    }
)
"""What was redacted, as the entrant reads it on the receipt, by `Finding.kind`."""

_REMOVED = {
    "HTML tag": "HTML tags",
    "automatic number, could not be kept": "Automatic numbers, which could not be kept",
    "blacked-out text": "Text blacked out with the highlighter",
    "bookmark": "Names of bookmarks",
    "building blocks": "Stored building blocks",
    "byline": "The line naming the author",
    "character of text, could not be kept": "Characters of text, which could not be kept",
    "chart, could not be kept": "Charts, which could not be kept",
    "character without a glyph, shown by its number": "Characters that can’t be printed, shown by number",
    "comment": "Comments",
    "covered text": "Text beneath something else",
    "custom XML": "Data of other programs",
    "deleted passage": "Deleted passages from tracked changes",
    "description of a picture": "Descriptions behind pictures",
    "diagram, could not be kept": "Diagrams, which could not be kept",
    "diagram, kept as its words": "Diagrams, of which the words were kept",
    "digital signature": "Digital signatures",
    "document variable": "Hidden variables",
    "drawing, could not be kept": "Drawings, which could not be kept",
    "embedded document, could not be kept": "Embedded documents, which could not be kept",
    "embedded file": "Embedded files",
    "embedded font": "Embedded fonts",
    "embedded object": "Embedded objects",
    "embedded object, could not be kept": "Embedded objects, which could not be kept",
    "field instruction": "Instructions behind fields",
    "field result that names its origin": "Fields filled in from the file’s properties",
    "footer": "Headers and footers",
    "form field, could not be kept": "Filled-in form fields, which could not be kept",
    "front matter": "The block of details before the text",
    "header": "Headers and footers",
    "hidden text": "Hidden text",
    "ink drawing, could not be kept": "Ink drawings, which could not be kept",
    "line number": "Numbers of lines in the margin",
    "link target": "Addresses behind links",
    "linked picture": "Linked pictures",
    "linked picture, could not be kept": "Pictures kept elsewhere, which could not be kept",
    "macro": "Macros (small programs)",
    "name of a content control": "Names of form fields",
    "page number": "Page numbers",
    "page read by machine": "Pages whose words a machine read from pictures: please compare each with yours",
    "path of a template": "The path of a template",
    "person": "Names of commentators",
    "picture, could not be kept": "Pictures, which could not be kept",
    "property": "The file’s properties: author, company, dates",
    "revision id": "Marks of editing sessions",
    "settings of a computer": "Settings of your computer",
    "symbol, could not be kept": "Symbols, which could not be kept: [symbol] stands for each",
    "text off the page": "Text outside the page",
    "thumbnail": "The preview picture",
    "tiny text": "Text too small to read",
    "watermark": "Watermarks",
    "white text": "White text",
}
_WHERE = {"text": "text", "beginning": "text", "notes": "notes", "package": "file", "settings": "file"}


READ_BY_MACHINE = _REMOVED["page read by machine"]
"""The label of pages whose words came out of pictures: nothing of them is removed, but nobody vouches for the words."""
_LOST = "could not be kept"


def is_lost(what: str) -> bool:
    """Whether a label is of something a reader of the original would see and a reader of the copy does not."""
    return _LOST in what


def describe_removed(what: str, where: str) -> tuple[str, str]:
    """Return what a reader left behind and where it stood, as the entrant reads them in a table."""
    return _REMOVED[what], _WHERE.get(where, "file" if what == "property" else "document")
