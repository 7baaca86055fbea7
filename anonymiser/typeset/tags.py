"""The copy's structure, for whoever has it read aloud: what is a heading, a list, a table, a note (ISO 32000, 14.7)."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from anonymiser.typeset.pdf import Objects, text_string


@dataclass(slots=True, repr=False, eq=False)
class Tag:
    """An element of the structure. It takes its place below its parent when something of it is drawn first."""

    kind: str
    parent: "Tag | None" = None
    alternative: str = ""  # what a picture is called
    actual: str = ""  # what is read, where it isn't drawn in that order
    kids: list["Tag | tuple[int, int]"] = field(
        default_factory=list
    )  # tags, or marked content by page and number
    page: int = 0  # on which it begins, from 1; 0 while nothing of it is drawn
    number: int = 0  # of its object, once written

    def draw(self, page: int, content: int) -> None:
        """Record that marked content of this number on this page (from 1) belongs here."""
        self.begin(page)
        self.kids.append((page, content))

    def begin(self, page: int) -> None:
        """Take its place below its parent, unless it has."""
        if self.page:
            return
        self.page = page
        if self.parent is not None:
            self.parent.begin(page)
            self.parent.kids.append(self)


def write_structure(
    objects: Objects, document: Tag, pages: Sequence[int], contents: Sequence[Sequence[Tag]]
) -> int:
    """Write the tree below `document`. `pages` are objects; `contents` tells each page's tags by content number."""
    root = objects.reserve()
    _number(objects, document)
    _write(objects, document, root, pages)
    rows = " ".join(
        [f"{at} [{' '.join([f'{tag.number} 0 R' for tag in tags])}]" for at, tags in enumerate(contents)]
    )
    tree = f"<</Nums[{rows}]>>/ParentTreeNextKey {len(contents)}"
    objects.fill(root, f"<</Type/StructTreeRoot/K {document.number} 0 R/ParentTree{tree}>>".encode("ascii"))
    return root


def _number(objects: Objects, tag: Tag) -> None:
    tag.number = objects.reserve()
    for kid in tag.kids:
        if isinstance(kid, Tag):
            _number(objects, kid)


def _write(objects: Objects, tag: Tag, parent: int, pages: Sequence[int]) -> None:
    # Text is put together in half the time that bytes are.
    kids: list[str] = []
    for kid in tag.kids:
        if isinstance(kid, Tag):
            kids.append(f"{kid.number} 0 R")
            _write(objects, kid, tag.number, pages)
        elif kid[0] == tag.page:
            kids.append(str(kid[1]))
        else:
            kids.append(f"<</Type/MCR/Pg {pages[kid[0] - 1]} 0 R/MCID {kid[1]}>>")
    on = f"/Pg {pages[tag.page - 1]} 0 R" if tag.page else ""
    called = f"/Alt({tag.alternative})" if tag.alternative else ""
    if tag.actual:
        called += f"/ActualText{text_string(tag.actual).decode('ascii')}"
    body = f"<</S/{tag.kind}/P {parent} 0 R{on}{called}/K[{' '.join(kids)}]>>"
    objects.fill(tag.number, body.encode("ascii"))
