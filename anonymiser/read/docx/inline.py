"""Reads what stands inside a paragraph: runs of text, the marks of notes, and what was drawn among them."""

from collections.abc import Callable
from dataclasses import replace

from lxml import etree

from anonymiser.manuscript import Block, Run
from anonymiser.read.docx.document import Story
from anonymiser.read.docx.drawings import count_unkept, find_pictures, find_text_boxes
from anonymiser.read.docx.fields import describe_dropped, name_field
from anonymiser.read.docx.looks import Look, read_look
from anonymiser.read.docx.names import MC, M, R, W, local_name, value
from anonymiser.read.docx.symbols import read_math, read_symbol

ReadBlocks = Callable[[etree._Element, Story], list[Block]]  # noqa: SLF001 - there is no public name for it

_SKIPPED = frozenset(
    W + name
    for name in (
        "pPr", "rPr", "sdtPr", "sdtEndPr", "smartTagPr", "customXmlPr", "proofErr", "permStart", "permEnd", "tblPr",
    )
)  # fmt: skip
_DELETED = frozenset((W + "del", W + "moveFrom"))
_PLAIN_TEXT = {
    W + "tab": "\t",
    W + "ptab": "\t",
    W + "br": "\n",
    W + "cr": "\n",
    W + "noBreakHyphen": "\N{NON-BREAKING HYPHEN}",
}
_DRAWN = frozenset((W + "drawing", W + "pict", W + "object"))
_BOUND = (
    "creator",
    "lastModifiedBy",
    "Company",
    "Manager",
    "CompanyAddress",
    "CompanyPhone",
    "CompanyEmail",
    "CompanyFax",
)


class Inline:
    """Collects `runs`, and in `after` the blocks that were anchored in the paragraph."""

    def __init__(self, story: Story, base: Look, read_blocks: ReadBlocks) -> None:
        self.runs: list[Run] = []
        self.after: list[Block] = []
        self._story = story
        self._tally = story.document.tally
        self._base = base
        self._read_blocks = read_blocks
        self._look = base
        self._silenced = False

    def walk(self, parent: etree._Element) -> None:
        for element in parent:
            tag = element.tag
            if tag == W + "r":
                self._read_run(element)
            elif tag in _SKIPPED:
                continue
            elif tag in _DELETED:
                self._tally.add("deleted passage", self._story.where)
            elif tag == W + "sdt":
                self._read_control(element)
            elif tag == W + "fldSimple":
                self._read_simple_field(element)
            elif tag == MC + "AlternateContent":
                self._walk_choice(element, self.walk)
            elif tag in {M + "oMath", M + "oMathPara"}:
                self._add(read_math(element))
            else:
                self._count(element)
                self.walk(element)

    def _count(self, element: etree._Element) -> None:
        if element.tag == W + "bookmarkStart":
            self._tally.add("bookmark", self._story.where)
        elif element.tag == W + "hyperlink" and (element.get(R + "id") or element.get(W + "anchor")):
            self._tally.add("link target", self._story.where)
        elif element.tag in {W + "altChunk", W + "subDoc"}:
            self._tally.add("embedded document, could not be kept", self._story.where)

    def _read_control(self, element: etree._Element) -> None:
        """Read a content control. One bound to the properties repeats what they say of the author."""
        properties = element.find(W + "sdtPr")
        binding = properties.find(W + "dataBinding") if properties is not None else None
        path = binding.get(W + "xpath", "") if binding is not None else ""
        if any(name in path for name in _BOUND):
            self._tally.add("field result that names its origin", self._story.where)
            return
        if value(properties, "alias") or value(properties, "tag"):
            self._tally.add("name of a content control", self._story.where)
        content = element.find(W + "sdtContent")
        if content is not None:
            self.walk(content)

    def _read_simple_field(self, element: etree._Element) -> None:
        self._tally.add("field instruction", self._story.where)
        if dropped := describe_dropped(name_field(element.get(W + "instr", ""))):
            self._tally.add(dropped, self._story.where)
        else:
            self.walk(element)

    def _walk_choice(self, element: etree._Element, walk: Callable[[etree._Element], None]) -> None:
        """Of alternatives the first, which is the richer one; the fallback repeats it for old programs."""
        choice = element.find(MC + "Choice")
        chosen = choice if choice is not None else element.find(MC + "Fallback")
        if chosen is not None:
            walk(chosen)

    def _read_run(self, run: etree._Element) -> None:
        properties = run.find(W + "rPr")
        look = self._base
        if properties is not None:
            style = self._story.document.styles.resolve(value(properties, "rStyle"))
            look = read_look(properties).over(style.look.over(self._base))
            if properties.find(W + "del") is not None:
                self._tally.add("deleted passage", self._story.where)
                return
        self._look = look
        why = replace(look, dark_behind=True).invisible if self._story.dark_behind else look.invisible
        if why and run.find(W + "t") is not None:
            self._tally.add(why, self._story.where)
        self._silenced = bool(why)
        self._read_contents(run)
        self._silenced = False

    def _read_contents(self, run: etree._Element) -> None:  # noqa: C901 - one branch per kind
        for element in run:
            tag = element.tag
            if tag == W + "t":
                self._add(element.text or "")
            elif tag in _PLAIN_TEXT:
                self._add(_PLAIN_TEXT[tag])
            elif tag == W + "fldChar":
                self._turn_field(element.get(W + "fldCharType", ""))
            elif tag == W + "instrText":
                self._story.fields.instruct(element.text or "")
            elif tag == W + "delText":
                self._tally.add("deleted passage", self._story.where)
            elif tag == W + "sym":
                self._add(read_symbol(element))
            elif tag in {W + "footnoteReference", W + "endnoteReference"}:
                self._mark_note(local_name(element).removesuffix("Reference"), element.get(W + "id", ""))
            elif tag in _DRAWN:
                self._read_drawing(element)
            elif tag == MC + "AlternateContent":
                self._walk_choice(element, self._read_contents)
            elif tag == W + "ruby":
                self._read_ruby(element)
            elif tag == W + "contentPart":
                self._tally.add("ink drawing, could not be kept", self._story.where)

    def _read_ruby(self, element: etree._Element) -> None:
        for part in (W + "rubyBase", W + "rt"):
            for child in element.iterfind(part):
                self._add(" (" if part == W + "rt" else "")
                self._add("".join(text.text or "" for text in child.iter(W + "t")))
                self._add(")" if part == W + "rt" else "")

    def _turn_field(self, kind: str) -> None:
        fields = self._story.fields
        if kind == "begin":
            fields.begin()
            self._tally.add("field instruction", self._story.where)
        elif kind == "separate":
            if dropped := fields.separate():
                self._tally.add(dropped, self._story.where)
        elif kind == "end":
            fields.end()

    def _mark_note(self, kind: str, identity: str) -> None:
        document = self._story.document
        elements, relations = document.sources[kind]
        if identity not in elements or self._silenced or self._story.fields.silent:
            return
        key = (kind, identity)
        if key not in document.numbers:
            document.notes.append(())
            document.numbers[key] = len(document.notes)
            story = Story(document, relations, "notes")
            document.notes[document.numbers[key] - 1] = tuple(self._read_blocks(elements[identity], story))
        self.runs.append(Run("", note=document.numbers[key]))

    def _read_drawing(self, drawing: etree._Element) -> None:
        story = self._story
        count_unkept(drawing, self._tally)
        if self._silenced or story.fields.silent:
            return
        for target, width, height in find_pictures(drawing, story.relations, self._tally):
            if picture := story.document.pictures.place(target, width, height):
                self.after.append(picture)
        for content, filled in find_text_boxes(drawing):
            inside = Story(story.document, story.relations, story.where, dark_behind=filled)
            self.after.extend(self._read_blocks(content, inside))

    def _add(self, text: str) -> None:
        if not text or self._silenced or self._story.fields.silent:
            return
        emphasis = self._look.emphasis
        last = self.runs[-1] if self.runs else None
        if last is not None and not last.note and last.emphasis == emphasis:
            self.runs[-1] = Run(last.text + text, emphasis)
        else:
            self.runs.append(Run(text, emphasis))
