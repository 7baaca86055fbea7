"""Sets a manuscript as the reading copy: a PDF of the prescribed form, the same bytes for the same input."""

from anonymiser.author import Heading
from anonymiser.manuscript import Manuscript
from anonymiser.typeset.draw import draw_pages
from anonymiser.typeset.pages import fill_pages
from anonymiser.typeset.strips import lay_out, lay_out_note

__all__ = ["typeset"]


def typeset(manuscript: Manuscript, heading: Heading) -> tuple[bytes, int]:
    """Return the PDF and how many pages it has. The manuscript must have been through `make_drawable`."""
    strips = lay_out(manuscript)
    notes = {number: lay_out_note(number, blocks) for number, blocks in enumerate(manuscript.notes, start=1)}
    pages = fill_pages(strips, notes)
    return draw_pages(pages, manuscript, heading), len(pages)
