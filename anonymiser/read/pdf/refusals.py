"""Tells PDFs that can't be read as text: scans, letters that stand for nothing, forms that only Acrobat fills."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import pypdfium2
from pypdfium2 import raw

from anonymiser.errors import RefusalCode, Refused
from anonymiser.read.pdf.page import Page
from anonymiser.read.pdf.text import Box, Found

_SCANNED_AREA = 0.5  # of a page, covered by pictures
_STAMP_WORDS = 15  # a scan may bear a page number, or the name of the program that made it
_FEW_WORDS = 80
_MANY_PATHS = 60  # letters drawn as outlines
_UNKNOWN = re.compile(r"[\ufffd\ue000-\uf8ff\x00-\x1f\x7f-\x9f]")
_MOST_UNKNOWN = 0.3
_LATIN = re.compile(r"[A-Za-z]{3,}")
_VOWEL = re.compile(r"[aeiouy]", re.IGNORECASE)
_ENOUGH_WORDS = 60
_LETTERS = 12  # to a word, with what stands between words: fewer words are names within other scripts
_LEAST_WITH_VOWEL = 0.6
_ASKS_FOR_ACROBAT = re.compile(r"please wait|adobe (?:acrobat )?reader|pdf portfolio", re.IGNORECASE)


@dataclass(slots=True)
class Legibility:
    """What the pages are, summed up: text that can be told, or pictures of it."""

    texts: int = 0
    scans: int = 0
    outlined: int = 0
    characters: int = 0
    unknown: int = 0
    latin: int = 0
    with_vowel: int = 0

    def add_page(self, words: Sequence[Found], pictures: Sequence[Box], box: Box, paths: int) -> None:
        page = max(1.0, (box[2] - box[0]) * (box[3] - box[1]))
        covered = sum((each[2] - each[0]) * (each[3] - each[1]) for each in pictures) / page
        if len(words) <= _STAMP_WORDS and covered > _SCANNED_AREA:
            self.scans += 1
        elif words:
            self.texts += 1
        elif pictures or paths > _MANY_PATHS:
            self.outlined += 1
        text = " ".join([word.text for word in words])
        latin = _LATIN.findall(text)
        self.characters += len(text)
        self.unknown += len(_UNKNOWN.findall(text))
        self.latin += len(latin)
        self.with_vowel += sum(1 for word in latin if _VOWEL.search(word))

    def refuse_unreadable(self) -> None:
        """Raises: Refused."""
        if (self.scans and self.scans >= self.texts) or (self.outlined and not self.texts):
            raise Refused(RefusalCode.SCANNED)
        mostly_latin = self.latin > _ENOUGH_WORDS and self.latin * _LETTERS > self.characters
        garbled = mostly_latin and self.with_vowel < self.latin * _LEAST_WITH_VOWEL
        if self.unknown > self.characters * _MOST_UNKNOWN or garbled:
            raise Refused(
                RefusalCode.SCANNED,
                "The letters in this PDF can be seen but not told apart by a program. Please open the essay "
                "where you wrote it, save it as .docx and send that.",
            )


def refuse_form(document: pypdfium2.PdfDocument, pages: Sequence[Page]) -> None:
    """Raises: Refused, for what shows its text only in Acrobat."""
    words = [word.text for page in pages for word in page.words]
    dynamic = raw.FPDF_GetFormType(document) == raw.FORMTYPE_XFA_FULL
    if len(words) < _FEW_WORDS and (dynamic or _ASKS_FOR_ACROBAT.search(" ".join(words))):
        raise Refused(
            RefusalCode.UNSUPPORTED_FORMAT,
            "This PDF is a form or a portfolio that only Adobe Reader can show. Please copy the essay into a "
            "new document, save that as .docx and send it.",
        )
