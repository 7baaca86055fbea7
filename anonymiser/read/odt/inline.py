"""Reads what stands inside a paragraph: text, spans, fields, the marks of notes, what was drawn among them."""

from lxml import etree

from anonymiser.manuscript import Block
from anonymiser.read.look import Look
from anonymiser.read.odt.document import ReadBlocks, Story
from anonymiser.read.odt.drawings import is_drawn, read_drawing, read_formula
from anonymiser.read.odt.fields import describe_dropped
from anonymiser.read.odt.names import LOEXT, MATHML, OFFICE, TEXT, local_name, whole
from anonymiser.read.runs import Runs

_PASSED_OVER = frozenset((
    TEXT + "bookmark-end", TEXT + "reference-mark-end", TEXT + "change", TEXT + "change-start",
    TEXT + "change-end", TEXT + "soft-page-break", TEXT + "number", OFFICE + "annotation-end",
    TEXT + "note-citation", TEXT + "tracked-changes", OFFICE + "event-listeners", OFFICE + "forms",
    TEXT + "toc-mark", TEXT + "toc-mark-start", TEXT + "toc-mark-end", TEXT + "user-index-mark",
    TEXT + "user-index-mark-start", TEXT + "user-index-mark-end", TEXT + "alphabetical-index-mark",
    TEXT + "alphabetical-index-mark-start", TEXT + "alphabetical-index-mark-end", LOEXT + "annotation-end",
))  # fmt: skip
_MARKS = frozenset(
    TEXT + name for name in ("bookmark", "bookmark-start", "reference-mark", "reference-mark-start")
)
_MOST_SPACES = 1000


class Inline:
    """Collects `runs`, and in `after` the blocks that were anchored in the paragraph."""

    def __init__(self, story: Story, read_blocks: ReadBlocks) -> None:
        self.runs = Runs()
        self.after: list[Block] = []
        self._story = story
        self._tally = story.document.tally
        self._read_blocks = read_blocks

    def walk(self, parent: etree._Element, look: Look, upper: str | None = None) -> None:
        """Read all that stands in an element, in this look."""
        why = look.invisible
        emphasis = look.emphasis
        if why and (_holds_text(parent.text) or any(_holds_text(child.tail) for child in parent)):
            self._tally.add(why, self._story.where)
        if parent.text and not why:
            self.runs.flow(_transform(parent.text, upper), emphasis)
        for element in parent:
            self._read(element, look, upper, silenced=bool(why))
            if element.tail and not why:
                self.runs.flow(_transform(element.tail, upper), emphasis)

    def _read(self, element: etree._Element, look: Look, upper: str | None, *, silenced: bool) -> None:  # noqa: C901, PLR0912 - one branch per kind
        tag = element.tag
        if not isinstance(tag, str) or tag in _PASSED_OVER:
            return
        if tag == TEXT + "span":
            style = self._story.document.styles.resolve("text", element.get(TEXT + "style-name"))
            self.walk(element, style.look.over(look), style.upper or upper)
        elif tag == TEXT + "s":
            self._add(" " * whole(element.get(TEXT + "c"), 1, _MOST_SPACES), look, silenced=silenced)
        elif tag == TEXT + "tab":
            self._add("\t", look, silenced=silenced)
        elif tag == TEXT + "line-break":
            self._add("\n", look, silenced=silenced)
        elif tag == TEXT + "a":
            self._tally.add("link target", self._story.where)
            style = self._story.document.styles.resolve("text", element.get(TEXT + "style-name"))
            self.walk(element, style.look.over(look), upper)
        elif tag == TEXT + "note":
            if not silenced:
                self._read_note(element)
        elif tag in {OFFICE + "annotation", LOEXT + "annotation"}:
            self._tally.add("comment", self._story.where)
        elif tag in _MARKS:
            self._tally.add("bookmark", self._story.where)
            self.walk(element, look, upper)
        elif tag == TEXT + "ruby":
            self._read_ruby(element, look)
        elif tag == MATHML + "math" or is_drawn(element):
            self._read_drawn(element, look, silenced=silenced)
        elif dropped := describe_dropped(element):
            self._tally.add(dropped, self._story.where)
        else:
            if tag == LOEXT + "content-control" and (
                element.get(LOEXT + "alias") or element.get(LOEXT + "tag")
            ):
                self._tally.add("name of a content control", self._story.where)
            self.walk(element, look, upper)

    def _add(self, text: str, look: Look, *, silenced: bool) -> None:
        if not silenced:
            self.runs.add(text, look.emphasis)

    def _read_note(self, element: etree._Element) -> None:
        body = element.find(TEXT + "note-body")
        if body is None:
            return
        document = self._story.document
        document.notes.append(())
        number = len(document.notes)
        document.notes[number - 1] = tuple(self._read_blocks(body, Story(document, "notes")))
        self.runs.mark(number)

    def _read_ruby(self, element: etree._Element, look: Look) -> None:
        for part in element:
            if local_name(part) == "ruby-base":
                self.walk(part, look)
            elif local_name(part) == "ruby-text":
                above = "".join(map(str, part.itertext())).strip()
                if above and not look.invisible:
                    self.runs.add(f" ({above})", look.emphasis)

    def _read_drawn(self, element: etree._Element, look: Look, *, silenced: bool) -> None:
        if silenced:
            self._tally.add("hidden text", self._story.where)
        elif formula := read_formula(element, self._story.document):
            self.runs.add(formula, look.emphasis)
        else:
            self.after.extend(read_drawing(element, self._story, self._read_blocks))


def _holds_text(text: str | None) -> bool:
    return bool(text and text.strip())


def _transform(text: str, upper: str | None) -> str:
    return text.upper() if upper == "uppercase" else text
