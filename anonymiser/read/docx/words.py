"""Collects the words of a paragraph as its runs are met: those that are seen, in their emphasis."""

from lxml import etree

from anonymiser.manuscript import Run
from anonymiser.read.docx.document import Shown, Story
from anonymiser.read.docx.looks import Look
from anonymiser.read.docx.symbols import UNKNOWN_SYMBOL, read_symbols

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


class Words:
    """`shown` is how the words that come next are shown; the account learns of all that isn't kept."""

    def __init__(self, story: Story, base: Look) -> None:
        self.runs: list[Run] = []
        self._story = story
        self._fields = story.fields
        self._account = story.document.account
        self._base = base
        self.plain: Shown = story.document.shown(None, base)
        self.shown = self.plain

    def turn_to(self, properties: etree._Element | None) -> None:
        """Show what comes next as these properties of a run say, or plainly."""
        self.shown = self.plain if properties is None else self._story.document.shown(properties, self._base)

    @property
    def silent(self) -> bool:
        """Whether words at this point don't show or must not."""
        return bool(self.shown.unseen) or self._fields.silent

    def add_text(self, element: etree._Element) -> None:
        text = element.text
        if not text:
            return
        if "\n" in text:
            # Lines of the XML file are none of the essay.
            text = " ".join(text.split("\n") if element.get(_SPACE) == "preserve" else text.split())
        shown = self.shown
        if shown.unseen or self._fields.silent:
            self._account.leave_text(text)
        elif shown.font:
            self._account.leave_text(text)
            self.draw(read_symbols(text, shown.font))
        else:
            self.append(text)

    def draw(self, text: str) -> None:
        """Add what Word shows here though no text element holds it."""
        if text and not self.silent:
            self._account.draw(text)
            self.append(text)

    def draw_symbol(self, symbol: str) -> None:
        if symbol == UNKNOWN_SYMBOL and not self.silent:
            self._story.document.tally.add("symbol, could not be kept", self._story.where)
        self.draw(symbol)

    def append(self, text: str) -> None:
        emphasis = self.shown.emphasis
        last = self.runs[-1] if self.runs else None
        if last is not None and not last.note and last.emphasis == emphasis:
            self.runs[-1] = Run(last.text + text, emphasis)
        elif text:
            self.runs.append(Run(text, emphasis))

    def mark_note(self, number: int) -> None:
        self.runs.append(Run("", note=number))
