"""Reads what is drawn into a paragraph: pictures, text boxes, lines, and the words of diagrams."""

from collections.abc import Callable, Iterator

from lxml import etree

from anonymiser.manuscript import Block, Paragraph, Role, Run, SceneBreak
from anonymiser.read.docx.diagrams import read_diagrams
from anonymiser.read.docx.document import Story
from anonymiser.read.docx.fields import Fields
from anonymiser.read.docx.pictures import find_pictures
from anonymiser.read.docx.shapes import (
    count_descriptions,
    draws_a_rule,
    find_loose_words,
    find_text_boxes,
    leave_unshown,
    name_unkept,
    why_unseen,
)

ReadBlocks = Callable[[etree._Element, Story], list[Block]]  # noqa: SLF001 - there is no public name for it


def read_drawing(
    drawing: etree._Element, story: Story, read_blocks: ReadBlocks, *, unseen: str
) -> Iterator[Block]:
    """Yield what a drawing shows; `unseen` is why nothing of it can be seen, or ""."""
    document = story.document
    count_descriptions(drawing, document.tally, story.where)
    why = unseen or why_unseen(drawing)
    if why:
        story.leave(why, drawing)
        return
    leave_unshown(drawing, document.account, document.tally, story.where)
    if draws_a_rule(drawing):
        yield SceneBreak()
    pictures = [
        document.pictures.place(shown) for shown in find_pictures(drawing, story.relations, document.tally)
    ]
    yield from (picture for picture in pictures if picture is not None)
    name_unkept(drawing, document.tally, story.where, pictured=any(pictures))
    for content, filling in find_text_boxes(drawing):
        yield from read_blocks(
            content, Story(document, story.relations, story.where, Fields(content), filling)
        )
    for line in (*find_loose_words(drawing), *read_diagrams(drawing, story)):
        document.account.draw(line)
        yield Paragraph(Role.PARAGRAPH, (Run(line),))
