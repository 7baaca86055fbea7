"""Fields of Word: their instructions never show, and of their results some say who or which file."""

from dataclasses import dataclass, field

# What these show comes from the document's properties, its file name or its owner's computer.
TELLING = frozenset((
    "AUTHOR", "LASTSAVEDBY", "USERNAME", "USERINITIALS", "USERADDRESS", "FILENAME", "DOCPROPERTY", "DOCVARIABLE",
    "COMMENTS", "KEYWORDS", "SUBJECT", "TEMPLATE", "CREATEDATE", "SAVEDATE", "PRINTDATE", "EDITTIME", "REVNUM",
    "INFO", "DATE", "TIME", "FILESIZE", "DATABASE",
))  # fmt: skip
# These number pages, and pages are numbered anew.
PAGING = frozenset(("PAGE", "NUMPAGES", "SECTIONPAGES", "SECTION"))


def name_field(instruction: str) -> str:
    words = instruction.split(maxsplit=1)
    return words[0].upper().strip('\\*"') if words else ""


def describe_dropped(name: str) -> str:
    """Say what the report calls a field's result that is dropped; "" for one that stays."""
    if name in TELLING:
        return "field result that names its origin"
    return "page number" if name in PAGING else ""


@dataclass(slots=True)
class _Frame:
    instruction: list[str] = field(default_factory=list)
    shows: bool = False
    dropped: bool = False


class Fields:
    """The complex fields that are open at a point of the text; they nest and may span paragraphs."""

    def __init__(self) -> None:
        self._open: list[_Frame] = []

    @property
    def silent(self) -> bool:
        """Whether text at this point doesn't show or must not."""
        return any(not frame.shows or frame.dropped for frame in self._open)

    def begin(self) -> None:
        self._open.append(_Frame())

    def instruct(self, text: str) -> None:
        if self._open and not self._open[-1].shows:
            self._open[-1].instruction.append(text)

    def separate(self) -> str:
        """End the instruction; return what to call a result that is dropped."""
        if not self._open:
            return ""
        frame = self._open[-1]
        frame.shows = True
        described = describe_dropped(name_field("".join(frame.instruction)))
        frame.dropped = bool(described)
        return described

    def end(self) -> None:
        if self._open:
            self._open.pop()
