"""Draws filled pages: each one's text straight onto the grid, marked with its place in the structure."""

from collections.abc import Sequence

from anonymiser.author import Heading
from anonymiser.manuscript import Manuscript, Run
from anonymiser.typeset.content import Content, Fonts
from anonymiser.typeset.embedding import add_coded_font, add_numbered_font
from anonymiser.typeset.form import (
    FIRST_BASELINE,
    FOOT_BASELINE,
    HEAD_BASELINE,
    LEADING,
    LINES,
    MARGIN,
    PAGE,
    WIDTH,
)
from anonymiser.typeset.images import add_image
from anonymiser.typeset.lines import Measure, break_lines
from anonymiser.typeset.pages import Page
from anonymiser.typeset.pdf import Objects, stream, text_string
from anonymiser.typeset.tags import Tag, write_structure

_NOTE_RULE = 144.0
_RULE_DROP = 6.0  # halfway between the descenders above and the capitals below
_ASIDE = Tag("")


def draw_pages(pages: Sequence[Page], manuscript: Manuscript, heading: Heading, document: Tag) -> bytes:
    """Return the PDF; `document` is the root of its structure."""
    fonts = Fonts()
    contents = [
        _draw_page(page, Content(number, fonts), len(pages), heading)
        for number, page in enumerate(pages, start=1)
    ]
    objects = Objects()
    tree = objects.reserve()
    resources = objects.add(
        b"<<%b%b>>" % (_add_fonts(objects, fonts), _add_images(objects, pages, manuscript))
    )
    numbers = [
        objects.add(
            b"<</Type/Page/Parent %d 0 R/MediaBox[0 0 %.4f %.4f]/Resources %d 0 R/Contents %d 0 R/StructParents %d"
            b"/Tabs/S>>" % (tree, *PAGE, resources, objects.add(stream(content.written())), at)
        )
        for at, content in enumerate(contents)
    ]
    kids = b" ".join([b"%d 0 R" % number for number in numbers])
    objects.fill(tree, b"<</Type/Pages/Count %d/Kids[%b]>>" % (len(numbers), kids))
    structure = write_structure(objects, document, numbers, [content.tags for content in contents])
    root = objects.add(
        b"<</Type/Catalog/Pages %d 0 R/Lang(en-GB)/MarkInfo<</Marked true>>/StructTreeRoot %d 0 R"
        b"/ViewerPreferences<</DisplayDocTitle true>>>>" % (tree, structure)
    )
    info = objects.add(b"<</Title%b>>" % text_string(f"Entry {heading.entry_number}"))
    return objects.write(root=root, info=info)


def _add_fonts(objects: Objects, fonts: Fonts) -> bytes:
    added = [(f"C-{face}", add_coded_font(objects, face)) for face in sorted(fonts.coded)]
    for face, codes in sorted(fonts.numbered.items()):
        added.append((f"N-{face}", add_numbered_font(objects, face, codes)))
    return b"/Font<<%b>>" % b"".join(
        [b"/%b %d 0 R" % (name.encode("ascii"), number) for name, number in added]
    )


def _add_images(objects: Objects, pages: Sequence[Page], manuscript: Manuscript) -> bytes:
    widths: dict[int, float] = {}
    for page in pages:
        for _, strip in page.strips:
            for placed in strip.images:
                widths[placed.image] = max(placed.width, widths.get(placed.image, 0.0))
    images = [
        b"/I%d %d 0 R" % (image, add_image(objects, manuscript.images[image], widths[image]))
        for image in sorted(widths)
    ]
    return b"/XObject<<%b>>" % b"".join(images) if images else b""


def _draw_page(page: Page, content: Content, pages: int, heading: Heading) -> Content:
    first_note = LINES - len(page.notes)
    with content.aside("Header"):
        _draw_centred(content, f"Entry {heading.entry_number} · {heading.nom_de_plume}", HEAD_BASELINE)
    for top, strip in page.strips:
        for at, line in strip.lines:
            content.draw_line(line, MARGIN, _baseline(top + at))
        for placed in strip.images:
            y = _top(top + placed.row) - LEADING / 4 - placed.height
            content.draw_image(placed, MARGIN + placed.x, y)
    for at, line in enumerate(page.notes, start=first_note):
        content.draw_line(line, MARGIN, _baseline(at))
    with content.aside("Footer"):
        _draw_centred(content, f"Page {content.number} of {pages}", FOOT_BASELINE)
    for top, strip in page.strips:
        for at, start, end in strip.rules:
            content.draw_rule(MARGIN + start, MARGIN + end, _top(top + at) - _RULE_DROP)
    if page.notes:
        content.draw_rule(MARGIN, MARGIN + _NOTE_RULE, _top(first_note) - _RULE_DROP)
    content.rule_words()
    return content


def _draw_centred(content: Content, words: str, baseline: float) -> None:
    for line in break_lines((Run(words),), Measure(0.0, 0.0, WIDTH, centred=True), _ASIDE)[:1]:
        content.draw_line(line, MARGIN, baseline)


def _baseline(row: int) -> float:
    return FIRST_BASELINE - row * LEADING


def _top(row: int) -> float:
    """Return the upper edge of a row of the grid."""
    return PAGE[1] - MARGIN - row * LEADING
