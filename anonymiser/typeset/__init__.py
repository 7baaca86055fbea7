"""Sets a manuscript as the reading copy: a PDF of the prescribed form, the same bytes for the same input."""

from dataclasses import dataclass, field

from anonymiser.author import Heading
from anonymiser.manuscript import Manuscript
from anonymiser.typeset.blocks import lay_out
from anonymiser.typeset.draw import draw_pages
from anonymiser.typeset.pages import fill_pages

__all__ = ["Typeset", "typeset"]


@dataclass(frozen=True, slots=True)
class Typeset:
    """`begins` tells the page, from 1, on which each paragraph begins, in the order of `walk_paragraphs`."""

    pdf: bytes = field(repr=False)
    pages: int
    begins: tuple[int, ...]


def typeset(manuscript: Manuscript, heading: Heading) -> Typeset:
    """Return the reading copy. The manuscript must have been through `make_drawable`."""
    layout = lay_out(manuscript)
    pages = fill_pages(layout.strips, layout.notes)
    pdf = draw_pages(pages, manuscript, heading, layout.document)
    return Typeset(pdf, len(pages), tuple(tag.page for tag in layout.paragraphs))
