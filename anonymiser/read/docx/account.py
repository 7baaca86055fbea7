"""Compares characters in and out: all text of a story is in the manuscript or was left behind for a reason.

What came in is counted over the XML alone, by a rule that knows nothing of how a document is read, and what
came out over the finished manuscript. A place the reader doesn't know, or a block it loses, is a difference.
"""

from lxml import etree

from anonymiser.manuscript import Manuscript, walk_paragraphs
from anonymiser.read.docx.names import M, W

_TEXT = (W + "t", M + "t")
# All that `str.isspace` takes for white space.
_WHITE = (
    "\t\n\x0b\x0c\r\x1c\x1d\x1e\x1f \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009"
    "\u200a\u2028\u2029\u202f\u205f\u3000"
)


class Account:
    def __init__(self) -> None:
        self._entered = 0
        self._left = 0
        self._drawn = 0

    def enter(self, story: etree._Element) -> None:
        """Count the text of a story that is about to be read."""
        self._entered += _ink_in(story)

    def leave(self, element: etree._Element) -> None:
        """Count what is passed over unread, for a reason that the report names."""
        self._left += _ink_in(element)

    def leave_text(self, text: str) -> None:
        self._left += _ink(text)

    def draw(self, text: str) -> None:
        """Count what Word draws and no text element holds: a symbol, the sign of a root."""
        self._drawn += _ink(text)

    def difference(self, manuscript: Manuscript) -> int:
        """Return how many characters are missing; fewer than none where some came out twice."""
        came_out = _ink("".join([paragraph.text for paragraph in walk_paragraphs(manuscript)]))
        return self._entered - self._left + self._drawn - came_out


def _ink(text: str) -> int:
    """Count characters without white space, which readers and blocks trim."""
    return len(text) - sum(map(text.count, _WHITE))


def _ink_in(element: etree._Element) -> int:
    return _ink("".join([text.text or "" for text in element.iter(*_TEXT)]))
