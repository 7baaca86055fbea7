"""Reads a finished reading copy back and says what is wrong with it. Shares no code with the typesetter."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from anonymiser.author import Author, Heading
from anonymiser.manuscript import Manuscript
from anonymiser.verify.content import PAGING, ContentError, Page, Shown, read_content
from anonymiser.verify.fonts import Font, FontError
from anonymiser.verify.identifiers import holds_identifier
from anonymiser.verify.objects import read_objects
from anonymiser.verify.structure import Structure, same_letters
from anonymiser.verify.words import match_words, normalise

__all__ = ["Fault", "FaultCode", "verify_reading_copy"]


class FaultCode(StrEnum):
    UNREADABLE = "unreadable"
    METADATA = "metadata"
    FORBIDDEN_OBJECT = "forbidden_object"
    PAGE_SIZE = "page_size"
    FONT = "font"
    TEXT_SIZE = "text_size"
    LEADING = "leading"
    MARGIN = "margin"
    CONTENT = "content"
    HEADING = "heading"
    WORDS = "words"
    IDENTIFIER = "identifier"


@dataclass(frozen=True, slots=True)
class Fault:
    code: FaultCode
    page: int = 0  # from 1; 0 where it concerns the whole file


# What the prize prescribes, written down here a second time on purpose.
_INCH = 72.0
_A4 = (595.28, 841.89)
_SIZE, _SMALL, _LEADING, _LINES = 12.0, 8.0, 27.6, 25
_RISES = {_SMALL: (4.0, -2.0), _SIZE: (0.0,)}
_SPACE = 3.0
_FARTHEST_MARK = 12.0  # points that a letter's mark may stand above or below it
_TOLERANCE = 0.06


def verify_reading_copy(
    pdf: bytes,
    *,
    manuscript: Manuscript | None = None,
    authors: Sequence[Author] = (),
    heading: Heading | None = None,
) -> list[Fault]:
    """Tell what is wrong with a reading copy: its form, and words, names and heading where given."""
    try:
        return _verify(pdf, manuscript, authors, heading)
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError, OverflowError):
        return [Fault(FaultCode.UNREADABLE)]


def _verify(
    pdf: bytes, manuscript: Manuscript | None, authors: Sequence[Author], heading: Heading | None
) -> list[Fault]:
    structure = Structure(*read_objects(pdf))
    faults: list[Fault] = []
    known: dict[int, Font | None] = {}
    pages = [_read_page(structure, number, faults, known) for number in range(len(structure.pages))]
    if any(font is not None and font.says_more for font in known.values()):
        faults.append(Fault(FaultCode.FONT))
    structure.check_all_reached()
    faults.extend(Fault(FaultCode(code), page) for code, page in structure.faults)
    body, notes = _read_words(structure, pages, faults)
    for number, page in enumerate(pages, start=1):
        faults.extend(_check_form(page, number))
        if heading is not None and not _heads_right(page, number, len(pages), heading):
            faults.append(Fault(FaultCode.HEADING, number))
    if heading is not None and structure.title != f"Entry {heading.entry_number}":
        faults.append(Fault(FaultCode.METADATA))
    if manuscript is not None and not match_words(body, notes, manuscript):
        faults.append(Fault(FaultCode.WORDS))
    if any(holds_identifier(text, author) for author in authors for text in (body, notes)):
        faults.append(Fault(FaultCode.IDENTIFIER))
    return list(dict.fromkeys(faults))


def _read_page(structure: Structure, number: int, faults: list[Fault], known: dict[int, Font | None]) -> Page:
    page = structure.pages[number]
    structure.check_page(number)
    fonts: dict[str, Font] = {}
    for name, reference in (structure.resources(page).get("Font") or {}).items():
        if reference.number not in known:
            try:
                known[reference.number] = structure.fonts.font(reference)
            except FontError:
                known[reference.number] = None
        font = known[reference.number]
        if font is None:
            faults.append(Fault(FaultCode.FONT, number + 1))
        else:
            fonts[name] = font
    try:
        return read_content(structure.contents(page), fonts)
    except (ContentError, FontError):
        faults.append(Fault(FaultCode.CONTENT, number + 1))
        return Page([], {}, [])


def _read_words(structure: Structure, pages: Sequence[Page], faults: list[Fault]) -> tuple[str, str]:
    """Return the words of the essay and of its notes, in the order in which they are read."""
    body: list[str] = []
    notes: list[str] = []
    tagged: list[set[int]] = [set() for _ in pages]
    for number, content in structure.elements:
        tagged[number].add(content)
    for number, page in enumerate(pages):
        texts: dict[int, list[str]] = {content: [] for content in page.contents}
        for shown in page.shown:
            if shown.content != PAGING:
                texts[shown.content].append(shown.text)
        if tagged[number] != set(page.contents) or not _tagged_alike(structure, number, page):
            faults.append(Fault(FaultCode.CONTENT, number + 1))
            continue
        for content, glyphs in texts.items():
            element = structure.elements[number, content]
            said = element.actual or page.contents[content][1]
            if said and not same_letters(glyphs, said):
                faults.append(Fault(FaultCode.CONTENT, number + 1))
            (notes if element.in_note else body).append(said or "".join(glyphs))
    return "".join(body), "".join(notes)


def _tagged_alike(structure: Structure, number: int, page: Page) -> bool:
    """Whether the page's marks are called what the structure calls them; a picture is a figure and nothing else."""
    figures = {content for _, content in page.images}
    return all(
        structure.elements[number, content].kind == kind and (kind == "Figure") == (content in figures)
        for content, (kind, _) in page.contents.items()
    )


def _check_form(page: Page, number: int) -> list[Fault]:
    codes: list[FaultCode] = []
    for shown in page.shown:
        paging = shown.content == PAGING
        codes += _check_place(shown.size, shown.leading, shown.rise, shown.y, paging=paging)
        if not paging and not _stands_between_margins(shown):
            codes.append(FaultCode.MARGIN)
    return [Fault(code, number) for code in codes]


@lru_cache(maxsize=1024)  # lines stand in few places, the same on every page
def _check_place(
    size: float, leading: float, rise: float, y: float, *, paging: bool
) -> tuple[FaultCode, ...]:
    """Check all of a line's form but where it begins and ends."""
    codes = []
    if size not in _RISES or not (rise in _RISES[size] or abs(rise) <= _FARTHEST_MARK):
        codes.append(FaultCode.TEXT_SIZE)
    if leading != _LEADING:
        codes.append(FaultCode.LEADING)
    in_margin = y > _A4[1] - _INCH or y < _INCH
    if in_margin != paging:
        codes.append(FaultCode.MARGIN)
    row = (_A4[1] - _INCH - y) / _LEADING
    # Every baseline stands at the same height in its line of the grid: that is what double-spaced means.
    if not in_margin and (abs(row - round(row) + 0.094) > _TOLERANCE or not 0 < row <= _LINES):
        codes.append(FaultCode.LEADING)
    return tuple(codes)


def _stands_between_margins(shown: Shown) -> bool:
    # A line's last space may hang over.
    end = shown.x + shown.width - (_SPACE if shown.text[-1:] == " " else 0.0)
    inside = shown.x >= _INCH - _TOLERANCE and end <= _A4[0] - _INCH + _TOLERANCE
    return inside or not shown.text.strip()


def _heads_right(page: Page, number: int, pages: int, heading: Heading) -> bool:
    head = normalise("".join([shown.text for shown in page.shown if shown.y > _A4[1] - _INCH]))
    foot = normalise("".join([shown.text for shown in page.shown if shown.y < _INCH]))
    wanted = normalise(f"Entry {heading.entry_number} · {heading.nom_de_plume}")
    return head == wanted and foot == f"Page {number} of {pages}"
