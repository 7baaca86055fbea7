"""What the elements of HTML are to a reader, where a table says it."""

from anonymiser.manuscript import Emphasis, Role
from anonymiser.read.look import Look

# Elements nobody sees the text of: what the report calls them; "" goes uncounted.
LEFT = {
    "head": "", "script": "", "style": "", "template": "hidden text", "noscript": "hidden text", "title": "property",
    "meta": "", "link": "", "base": "", "xml": "custom XML", "datalist": "hidden text", "rp": "", "area": "",
    "param": "",  "col": "", "colgroup": "", "frameset": "", "noframes": "", "noembed": "",
    "iframe": "embedded document, could not be kept", "object": "embedded object, could not be kept",
    "applet": "embedded object, could not be kept",
    "video": "embedded object, could not be kept", "audio": "embedded object, could not be kept",
    "canvas": "picture, could not be kept", "progress": "", "meter": "", "del": "deleted passage",
    "desc": "", "metadata": "",
}  # fmt: skip
BLOCKS = frozenset((
    "address", "article", "aside", "body", "caption", "center", "dd", "details", "dialog", "dir", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "header", "hgroup", "html", "legend", "main", "menu", "nav",
    "optgroup", "section", "summary", "p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "listing", "xmp",
    "plaintext", "ul", "ol", "li", "tr", "td", "th", "tbody", "thead", "tfoot",
))  # fmt: skip
LOOKS = {
    "b": Look(bold=True), "strong": Look(bold=True), "i": Look(italic=True), "em": Look(italic=True),
    "cite": Look(italic=True), "dfn": Look(italic=True), "var": Look(italic=True), "u": Look(underline=True),
    "s": Look(strike=True), "strike": Look(strike=True), "sup": Look(raised=Emphasis.SUPERSCRIPT),
    "sub": Look(raised=Emphasis.SUBSCRIPT),
}  # fmt: skip
ROLES = {
    "blockquote": Role.QUOTE, "pre": Role.VERSE, "listing": Role.VERSE, "xmp": Role.VERSE, "plaintext": Role.VERSE,
}  # fmt: skip
VERBATIM = frozenset(("pre", "listing", "xmp", "plaintext", "textarea"))
CLASSED = {
    "title": (Role.TITLE, 0), "msotitle": (Role.TITLE, 0), "subtitle": (Role.HEADING, 2),
    "msosubtitle": (Role.HEADING, 2), "msoquote": (Role.QUOTE, 0), "msointensequote": (Role.QUOTE, 0),
    "msoblocktext": (Role.QUOTE, 0), "msobibliography": (Role.REFERENCE, 0),
    "msoheading7": (Role.HEADING, 7), "msoheading8": (Role.HEADING, 8), "msoheading9": (Role.HEADING, 9),
}  # fmt: skip
BYLINES = frozenset(("author", "authors", "byline"))
FORMS = {
    "decimal": "1", "lower-alpha": "a", "lower-latin": "a", "upper-alpha": "A", "upper-latin": "A",
    "lower-roman": "i", "upper-roman": "I", "none": "none", "disc": "", "circle": "", "square": "",
    "1": "1", "a": "a", "A": "A", "i": "i", "I": "I",
}  # fmt: skip
# Fields of LibreOffice: which of them tell who wrote, where and when.
TELLING = frozenset(("author", "docinfo", "sender", "filename", "docstat", "templname", "chapter"))
PAGING = frozenset(("page",))
