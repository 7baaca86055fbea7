"""Reads the pages of a PDF, one after the other, into a manuscript."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import pypdfium2

from anonymiser.errors import RefusalCode, Refused
from anonymiser.manuscript import Image, Manuscript
from anonymiser.read.pdf.drawings import has_drawing
from anonymiser.read.pdf.layout import blocks_of
from anonymiser.read.pdf.leftovers import count_annotations, count_leftovers
from anonymiser.read.pdf.library import opened
from anonymiser.read.pdf.objects import Contents, list_contents
from anonymiser.read.pdf.page import Page, Rule, Shown
from anonymiser.read.pdf.pictures import MOST_PICTURES, find_pictures, take_pictures
from anonymiser.read.pdf.refusals import Legibility, refuse_form
from anonymiser.read.pdf.sight import judge_words
from anonymiser.read.pdf.text import Box, Found, find_words
from anonymiser.read.pdf.upright import Frame, by_direction, is_watermark, place_words
from anonymiser.read.reading import Reading, Tally
from anonymiser.report import Format

_MOST_PAGES = 1_000
_LARGEST_SIDE = 20_000.0  # points, a little more than the format allows
_BACKGROUND = 0.85  # of a page: a picture so large lies behind the text


def read_document(source: bytes) -> Reading:
    """Raises: Refused."""
    reader = _Reader()
    with opened(source) as document:
        if len(document) > _MOST_PAGES:
            raise Refused(RefusalCode.TOO_LARGE)
        for number in range(len(document)):
            page = document[number]
            try:
                reader.read(page)
            finally:
                page.close()
        refuse_form(document, reader.pages)
        count_leftovers(document, reader.tally)
    reader.legibility.refuse_unreadable()
    reader.drop_letterheads()
    laid = blocks_of(reader.pages, reader.tally)
    manuscript = Manuscript(laid.blocks, laid.notes, tuple(reader.images))
    return Reading(Format.PDF, manuscript, reader.tally.removed())


@dataclass(slots=True)
class _Reader:
    """What was read so far. Only what a reader of the page sees gets into `pages`."""

    tally: Tally = field(default_factory=Tally)
    pages: list[Page] = field(default_factory=list)
    images: list[Image] = field(default_factory=list)
    legibility: Legibility = field(default_factory=Legibility)
    spots: Counter[tuple[bytes, tuple[int, ...]]] = field(default_factory=Counter)  # of pictures

    def read(self, page: pypdfium2.PdfPage) -> None:
        if not all(0 < side < _LARGEST_SIDE for side in page.get_size()):
            raise Refused(RefusalCode.UNREADABLE)
        text_page = page.get_textpage()
        try:
            found = find_words(text_page)
        finally:
            text_page.close()
        box: Box = page.get_bbox()
        contents = list_contents(page)
        seen = self._only_seen(found, judge_words(page, found, contents, box))
        straight = [word for word in seen if not is_watermark(word)]
        self.tally.add(
            "watermark", "text", len({word.source for word in seen}) - len({word.source for word in straight})
        )
        pictures = find_pictures(contents, box)
        self.legibility.add_page(straight, pictures, box, len(contents.paths))
        if has_drawing(contents.paths, found, box):
            self.tally.add("drawing, could not be kept", "text")
        directions = by_direction(straight) or [(0, [])]
        for turns, words in directions:
            frame = Frame(box, turns)
            rules = [Rule(*frame.place(path.box)) for path in contents.paths if path.thin]
            self.pages.append(Page(*frame.size, place_words(words, frame), rules=rules))
        first = self.pages[-len(directions)]
        self._take_pictures(page, first, pictures, contents, Frame(box, directions[0][0]))
        count_annotations(page, self.tally)

    def _only_seen(self, found: list[Found], reasons: Sequence[str]) -> list[Found]:
        """Return what is seen; what isn't is counted by passages."""
        before = ""
        for reason in reasons:
            if reason and reason != before:
                self.tally.add(reason, "text")
            before = reason
        return [word for word, reason in zip(found, reasons, strict=True) if not reason]

    def _take_pictures(
        self, page: pypdfium2.PdfPage, into: Page, places: Sequence[Box], contents: Contents, frame: Frame
    ) -> None:
        taken = []
        for place in places:
            if into.words and _area(place) > _BACKGROUND * _area(frame.box):
                self.tally.add("watermark", "document")
            else:
                taken.append(place)
        if not taken:
            return
        images = take_pictures(page, taken, contents, frame.box, frame.turns)
        for place, image in zip(taken, images, strict=True):
            if image is None or len(self.images) >= MOST_PICTURES:
                self.tally.add("picture, could not be kept", "text")
                continue
            shown = Shown(len(self.images), *frame.place(place))
            self.images.append(image)
            self.spots[_spot(image, shown)] += 1
            into.pictures.append(shown)

    def drop_letterheads(self) -> None:
        """Take out what stands at the same place of several pages."""
        images: list[Image] = []
        for page in self.pages:
            kept = []
            for shown in page.pictures:
                image = self.images[shown.image]
                if self.spots[_spot(image, shown)] > 1:
                    self.tally.add("header", "document")
                else:
                    kept.append(replace(shown, image=len(images)))
                    images.append(image)
            page.pictures = kept
        self.images = images


def _spot(image: Image, shown: Shown) -> tuple[bytes, tuple[int, ...]]:
    return image.data, (round(shown.x0), round(shown.top), round(shown.x1), round(shown.bottom))


def _area(box: Box) -> float:
    return max(0.0, box[2] - box[0]) * max(0.0, box[3] - box[1])
