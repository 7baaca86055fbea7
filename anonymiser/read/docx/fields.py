"""Fields of Word: their instructions never show, and of their results some say who or which file."""

import re
from dataclasses import dataclass, field

from lxml import etree

from anonymiser.read.docx.names import W
from anonymiser.read.docx.symbols import draw_symbol

# What these show comes from the document's properties, its file name or its owner's computer.
TELLING = frozenset((
    "AUTHOR", "LASTSAVEDBY", "USERNAME", "USERINITIALS", "USERADDRESS", "FILENAME", "DOCPROPERTY", "DOCVARIABLE",
    "COMMENTS", "KEYWORDS", "SUBJECT", "TEMPLATE", "CREATEDATE", "SAVEDATE", "PRINTDATE", "EDITTIME", "REVNUM",
    "INFO", "DATE", "TIME", "FILESIZE", "DATABASE", "USERPROPERTY",
))  # fmt: skip
# These number pages, and pages are numbered anew.
PAGING = frozenset(("PAGE", "NUMPAGES", "SECTIONPAGES", "SECTION"))
# Word keeps a result behind these and shows none.
UNSHOWN = frozenset(
    ("SET", "ASK", "XE", "TC", "TA", "RD", "PRIVATE", "PRINT", "DATA", "NEXT", "NEXTIF", "SKIPIF")
)
# Word counts these anew whenever it shows them, and keeps no result.
COUNTING = frozenset(("AUTONUM", "AUTONUMLGL", "AUTONUMOUT", "LISTNUM"))
_NAME = re.compile(r"\W*([A-Za-z]+)")
_BUTTON = re.compile(r"\s*(?:MACROBUTTON|GOTOBUTTON)\s+\S+\s+(.*)", re.IGNORECASE | re.DOTALL)
_SYMBOL = re.compile(r'\s*SYMBOL\s+(0x[0-9a-f]+|\d+)(?:.*?\\f\s*"?([\w ]+?)"?\s*(?:\\|$))?', re.IGNORECASE)
_SWITCH = re.compile(r"\\[a-z]+\d*", re.IGNORECASE)


def name_field(instruction: str) -> str:
    match = _NAME.match(instruction)
    return match[1].upper() if match else ""


def describe_dropped(name: str) -> str:
    """Say what the report calls a field's result that is dropped; "" for one that stays."""
    if name in TELLING:
        return "field result that names its origin"
    if name in UNSHOWN:
        return "hidden text"
    return "page number" if name in PAGING else ""


def draw_field(instruction: str) -> str:
    """Return what Word draws for a field that keeps no result: a button's words, a symbol, an old equation."""
    if match := _BUTTON.match(instruction):
        return match[1].strip()
    if match := _SYMBOL.match(instruction):
        code = int(match[1], 0) if match[1][:2].casefold() == "0x" else int(match[1].lstrip("0") or "0")
        return draw_symbol(code, (match[2] or "").casefold())
    if name_field(instruction) == "EQ":
        return _draw_equation(instruction.strip()[2:])
    return ""


def _draw_equation(written: str) -> str:
    r"""Write the fractions and roots of `EQ`; its other switches only place what they enclose."""
    text = re.sub(r"\\f\s*\(([^(),;]*)[,;]([^(),;]*)\)", r"\1/\2", written, flags=re.IGNORECASE)
    text = re.sub(r"\\r\s*\(([^(),;]*)[,;]([^(),;]*)\)", r"\1√(\2)", text, flags=re.IGNORECASE)
    return " ".join(_SWITCH.sub(" ", text).replace("(,", "(").split())


@dataclass(slots=True)
class _Frame:
    instruction: list[str] = field(default_factory=list)
    shows: bool = False
    dropped: str = ""
    telling: bool = False  # a field inside its instruction says who or which file


class Fields:
    """The complex fields that are open at a point of the text; they nest and may span paragraphs."""

    def __init__(self, story: etree._Element | None = None) -> None:
        self._open: list[_Frame] = []
        self._endless = _find_endless(story) if story is not None else set()
        self._silencing = 0

    @property
    def silent(self) -> bool:
        """Whether text at this point doesn't show or must not."""
        return self._silencing > 0

    def begin(self, mark: etree._Element) -> bool:
        """Open a field, but for one that is never ended: what follows it is text."""
        if mark in self._endless:
            return False
        self._open.append(_Frame())
        self._silencing += 1
        return True

    def instruct(self, text: str) -> None:
        if self._open and not self._open[-1].shows:
            self._open[-1].instruction.append(text)

    def separate(self) -> str:
        """End the instruction; return what to call a result that is dropped."""
        if not self._open or self._open[-1].shows:
            return ""
        frame = self._open[-1]
        frame.shows = True
        frame.dropped = describe_dropped(name_field("".join(frame.instruction)))
        if frame.telling and not frame.dropped:
            frame.dropped = "field result that names its origin"
        self._silencing -= not frame.dropped
        return frame.dropped

    def end(self) -> str:
        """Close a field; return the instruction of one that had no result."""
        if not self._open:
            return ""
        frame = self._open.pop()
        self._silencing -= not frame.shows or bool(frame.dropped)
        instruction = "".join(frame.instruction)
        outer = self._open[-1] if self._open else None
        if outer is not None and not outer.shows and (frame.telling or name_field(instruction) in TELLING):
            outer.telling = True
        return "" if frame.shows else instruction


def _find_endless(story: etree._Element) -> set[etree._Element]:
    """Find the marks that begin a field which nothing in the story ends."""
    begun: list[etree._Element] = []
    for mark in story.iter(W + "fldChar"):
        kind = mark.get(W + "fldCharType")
        if kind == "begin":
            begun.append(mark)
        elif kind == "end" and begun:
            begun.pop()
    return set(begun)
