"""The tokens of RTF: control words with their numbers, bytes of text, braces."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?\d{1,10})?[ ]?|\\'([0-9a-fA-F]{2})|([{}])|([^\\{}]+)|\\(.)|(\\)", re.DOTALL
)


# What a token is: the last group of the pattern that matched.
WORD, NUMBERED_WORD, BYTE, BRACE, TEXT, SYMBOL = range(1, 7)


@dataclass(slots=True)
class Tokens:
    """Reads tokens from bytes; whoever handles one may skip ahead, over binary data."""

    source: bytes
    position: int = 0

    def __iter__(self) -> Iterator[re.Match[bytes]]:
        at = -1
        while at != self.position:
            at = self.position
            for match in _TOKEN.finditer(self.source, at):
                end = self.position = match.end()
                yield match
                if self.position != end:
                    break

    def take(self, count: int) -> bytes:
        """Return the next bytes, whatever they are, and go on after them."""
        start = self.position
        self.position = min(len(self.source), start + max(0, count))
        return self.source[start : self.position]
