"""Words with a capital that stand together, and whether a capital is there only because a sentence begins."""

from collections.abc import Iterator

from anonymiser.detect.source import Passage
from anonymiser.detect.words import PARTICLES, TITLES, word_list

RANKS = word_list("ranks")
_SPACES = {" ", "\u00a0"}
_HYPHENS = {"-", "‑", "‐"}
_APOSTROPHES = {"'", "’"}
_INITIAL_GAPS = {".", ". ", ".\u00a0", ".-", " ", "\u00a0"}
_PREFIXES = {"o", "d", "m", "n", "l", "dell", "dall", "al"}
_OPENING = "“\"‘'«"
_SKIPPED = " \u00a0\t([*_"
_ENDS = ".!?…:\n"
_CLOSING = "”\"’')]»"


def runs_of_capitals(passage: Passage) -> Iterator[tuple[int, int]]:
    """Yield first and last token of each run of words that could be one name: "Dr J.-P. van der Berg"."""
    tokens = passage.tokens
    capitals = [at for at, (_, _, _, capital) in enumerate(tokens) if capital]
    done = -1
    for at in capitals:
        if at <= done:
            continue
        last = at
        while (following := _next_of_run(passage, last)) is not None:
            last = following
        done = last
        yield at, last


def begins_sentence(text: str, start: int) -> bool:
    """Whether a sentence, a line or a quotation begins here, where any word has a capital."""
    at = start - 1
    while at >= 0 and text[at] in _SKIPPED:
        at -= 1
    if at < 0:
        return True
    if text[at] in _OPENING and (at == 0 or text[at - 1] in " \u00a0\n(—–"):
        return True
    while at > 0 and text[at] in _CLOSING:
        at -= 1
        if text[at] == ",":
            return False
    return text[at] in _ENDS


def _next_of_run(passage: Passage, at: int) -> int | None:
    """Return the next word of a name that goes on after `at`; small particles within it are stepped over."""
    tokens = passage.tokens
    if at + 1 >= len(tokens):
        return None
    here, following = tokens[at], tokens[at + 1]
    gap = passage.text[here.end : following.start]
    if following.capital:
        return at + 1 if _joins(here.word, gap) else None
    if following.word in PARTICLES and gap in _SPACES and at + 2 < len(tokens):
        beyond = at + 2
        if tokens[beyond].word in PARTICLES and not tokens[beyond].capital and beyond + 1 < len(tokens):
            beyond += 1
        between = passage.text[tokens[beyond - 1].end : tokens[beyond].start]
        if tokens[beyond].capital and between in _SPACES | _HYPHENS | _APOSTROPHES:
            return beyond
    return None


def _joins(word: str, gap: str) -> bool:
    if gap in _SPACES or gap in _HYPHENS:
        return True
    if gap in _APOSTROPHES:
        return word in _PREFIXES
    return gap in _INITIAL_GAPS and (len(word) == 1 or word in TITLES or word in RANKS)
