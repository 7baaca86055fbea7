"""Reads what stands inside a paragraph: runs of text, the marks of notes, and what was drawn among them."""

from collections.abc import Callable, Iterable

from lxml import etree

from anonymiser.manuscript import Block, Run
from anonymiser.read.docx.alternatives import choose, leave_others
from anonymiser.read.docx.controls import open_control
from anonymiser.read.docx.document import Story
from anonymiser.read.docx.drawings import ReadBlocks, read_drawing
from anonymiser.read.docx.equations import read_equation
from anonymiser.read.docx.fields import COUNTING, Fields, describe_dropped, draw_field, name_field
from anonymiser.read.docx.forms import draw_form_field
from anonymiser.read.docx.looks import Look
from anonymiser.read.docx.names import MC, M, R, W, child_of, local_name
from anonymiser.read.docx.symbols import read_symbol
from anonymiser.read.docx.words import Words

Reader = Callable[["Inline", etree._Element], None]  # noqa: SLF001 - there is no public name for it

_TEXT, _RUN_PROPERTIES = W + "t", W + "rPr"


class Inline:
    """Collects `words`, and in `after` the blocks that were anchored in the paragraph."""

    def __init__(self, story: Story, base: Look, read_blocks: ReadBlocks) -> None:
        self.words = Words(story, base)
        self.after: list[Block] = []
        self._story = story
        self._document = story.document
        self._read_blocks = read_blocks

    @property
    def runs(self) -> list[Run]:
        return self.words.runs

    def walk(self, parent: Iterable[etree._Element]) -> None:
        """Read the children of an element that stands in a paragraph, or elements that stand alone."""
        for element in parent:
            if read := _IN_PARAGRAPH.get(element.tag):
                read(self, element)
            elif len(element):
                # Whatever wraps text, smart tags and directions and what is yet to be invented, shows it.
                self.walk(element)

    def walk_run(self, run: Iterable[etree._Element]) -> None:
        for element in run:
            if read := _IN_RUN.get(element.tag):
                read(self, element)
            elif len(element):
                self.walk(element)

    def pass_by(self, element: etree._Element) -> None:
        """Properties and marks show nothing."""

    def count_bookmark(self, _: etree._Element) -> None:
        self._tally("bookmark")

    def read_link(self, link: etree._Element) -> None:
        if link.get(R + "id") or link.get(W + "anchor"):
            self._tally("link target")
        self.walk(link)

    def leave_deleted(self, element: etree._Element) -> None:
        self._story.leave("deleted passage", element)

    def leave_document(self, element: etree._Element) -> None:
        self._story.leave("embedded document, could not be kept", element)

    def leave_ink(self, element: etree._Element) -> None:
        self._story.leave("ink drawing, could not be kept", element)

    def read_control(self, control: etree._Element) -> None:
        if (content := open_control(control, self._story)) is not None:
            self.walk(content)

    def read_simple_field(self, element: etree._Element) -> None:
        self._tally("field instruction")
        instruction = element.get(W + "instr", "")
        if dropped := describe_dropped(name_field(instruction)):
            self._story.leave(dropped, element)
        elif len(element):
            self.walk(element)
        else:
            self._draw_field(instruction)

    def read_equation(self, element: etree._Element) -> None:
        self.words.turn_to(None)
        if self.words.silent:
            self._document.account.leave(element)
        else:
            self.words.append(read_equation(element, self._document.account))

    def read_paragraph(self, paragraph: etree._Element) -> None:
        """A paragraph that some program put inside another begins a new line."""
        if self.runs:
            self.words.append("\n")
        self.walk(paragraph)

    def read_text(self, element: etree._Element) -> None:
        self.words.add_text(element)

    def read_choice(self, alternatives: etree._Element) -> None:
        if (chosen := self._choose(alternatives)) is not None:
            self.walk(chosen)

    def read_choice_in_run(self, alternatives: etree._Element) -> None:
        if (chosen := self._choose(alternatives)) is not None:
            self.walk_run(chosen)

    def read_run(self, run: etree._Element) -> None:
        properties = child_of(run, _RUN_PROPERTIES) if len(run) and run[0].tag != _TEXT else None
        if properties is not None:
            self.words.turn_to(properties)
        if (why := self.words.shown.unseen) and child_of(run, _TEXT) is not None:
            self._document.tally.add(why, self._story.where)
        self.walk_run(run)
        if properties is not None:
            self.words.turn_to(None)

    def turn_field(self, mark: etree._Element) -> None:
        fields, kind = self._story.fields, mark.get(W + "fldCharType", "")
        if kind == "begin":
            self.words.draw(draw_form_field(mark))
            if fields.begin(mark):
                self._tally("field instruction")
        elif kind == "separate":
            if dropped := fields.separate():
                self._document.tally.add(dropped, self._story.where)
        elif kind == "end":
            self._draw_field(fields.end())

    def instruct_field(self, element: etree._Element) -> None:
        self._story.fields.instruct(element.text or "")

    def draw_plain(self, element: etree._Element) -> None:
        self.words.draw(_PLAIN_TEXT[element.tag])

    def draw_symbol(self, element: etree._Element) -> None:
        self.words.draw_symbol(read_symbol(element))

    def read_ruby(self, element: etree._Element) -> None:
        """Read base text with its pronunciation in brackets."""
        for part, opening, closing in ((W + "rubyBase", "", ""), (W + "rt", " (", ")")):
            for child in element.iterfind(part):
                self.words.draw(opening)
                self.walk(child)
                self.words.draw(closing)

    def mark_note(self, mark: etree._Element) -> None:
        document = self._document
        kind, identity = local_name(mark).removesuffix("Reference"), mark.get(W + "id", "")
        elements, relations = document.sources[kind]
        if identity not in elements or self.words.silent:
            return
        key = (kind, identity)
        if key not in document.numbers:
            document.notes.append(())
            document.numbers[key] = number = len(document.notes)
            note = elements[identity]
            document.account.enter(note)
            story = Story(document, relations, "notes", Fields(note))
            document.notes[number - 1] = tuple(self._read_blocks(note, story))
        self.words.mark_note(document.numbers[key])

    def read_drawing(self, drawing: etree._Element) -> None:
        unseen = self.words.shown.unseen or ("hidden text" if self._story.fields.silent else "")
        self.after.extend(read_drawing(drawing, self._story, self._read_blocks, unseen=unseen))

    def _draw_field(self, instruction: str) -> None:
        if name_field(instruction) in COUNTING and not self.words.silent:
            self._tally("automatic number, could not be kept")
        self.words.draw(draw_field(instruction))

    def _choose(self, alternatives: etree._Element) -> etree._Element | None:
        chosen = choose(alternatives)
        leave_others(alternatives, chosen, self._document.account)
        return chosen

    def _tally(self, what: str) -> None:
        self._document.tally.add(what, self._story.where)


_PLAIN_TEXT: dict[str | bytes, str] = {
    W + "tab": "\t",
    W + "ptab": "\t",
    W + "br": "\n",
    W + "cr": "\n",
    W + "noBreakHyphen": "\N{NON-BREAKING HYPHEN}",
}
_PASSED_BY = (
    "pPr", "rPr", "sdtPr", "sdtEndPr", "smartTagPr", "customXmlPr", "tblPr", "tblGrid", "sectPr", "rubyPr",
)  # fmt: skip
_EVERYWHERE: dict[str | bytes, Reader] = {
    **{W + name: Inline.pass_by for name in _PASSED_BY},
    W + "r": Inline.read_run,
    W + "t": Inline.read_text,
    W + "p": Inline.read_paragraph,
    W + "sdt": Inline.read_control,
    W + "fldSimple": Inline.read_simple_field,
    W + "hyperlink": Inline.read_link,
    W + "bookmarkStart": Inline.count_bookmark,
    W + "del": Inline.leave_deleted,
    W + "moveFrom": Inline.leave_deleted,
    W + "delText": Inline.leave_deleted,
    W + "altChunk": Inline.leave_document,
    W + "subDoc": Inline.leave_document,
    W + "contentPart": Inline.leave_ink,
    M + "oMath": Inline.read_equation,
    M + "oMathPara": Inline.read_equation,
    W + "drawing": Inline.read_drawing,
    W + "pict": Inline.read_drawing,
    W + "object": Inline.read_drawing,
    W + "ruby": Inline.read_ruby,
}
_IN_PARAGRAPH = _EVERYWHERE | {MC + "AlternateContent": Inline.read_choice}
_IN_RUN = _EVERYWHERE | {
    **dict.fromkeys(_PLAIN_TEXT, Inline.draw_plain),
    MC + "AlternateContent": Inline.read_choice_in_run,
    W + "fldChar": Inline.turn_field,
    W + "instrText": Inline.instruct_field,
    W + "sym": Inline.draw_symbol,
    "{http://schemas.microsoft.com/office/word/2015/wordml/symex}symEx": Inline.draw_symbol,
    W + "footnoteReference": Inline.mark_note,
    W + "endnoteReference": Inline.mark_note,
}
