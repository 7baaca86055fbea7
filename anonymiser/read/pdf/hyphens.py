"""Decides what joins the end of one line to the beginning of the next: a space, nothing, or a hyphen that stays."""

import re
from collections.abc import Iterable

from anonymiser.detect.words import english

_HYPHENS = "-\u2010\u00ad"
_SOFT = "\u00ad"
_LETTERS = re.compile(r"[^\W\d_]+")
_LEFT = re.compile(r"([^\W\d_]+)[-\u2010\u00ad]$")
_RIGHT = re.compile(r"[^\W\d_]+")
_COMPOUND = re.compile(r"[^\W\d_]+(?:[-\u2010][^\W\d_]+)+")
_KEPT_BEFORE = frozenset({"self", "non", "ex", "half", "well", "all", "quasi", "semi", "cross"})
_GLUED_END = re.compile(r"\S[—–/]$|https?://\S*$|www\.\S*$|\S@$", re.IGNORECASE)
_UNSPACED = re.compile(r"[\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]")  # Chinese and Japanese
_GLUED_START = re.compile(r"[—/]\S")


class Joints:
    """Knows the words of the whole text, which are the best evidence of how one of them is written."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._plain: set[str] = set()
        self._compounds: set[str] = set()
        for text in texts:
            folded = text.casefold()
            self._plain.update(_LETTERS.findall(folded))
            if "-" in folded or "\u2010" in folded:
                self._compounds.update(each.replace("\u2010", "-") for each in _COMPOUND.findall(folded))

    def join(self, before: str, after: str) -> tuple[str, str]:
        """Return `before`, its hyphen dropped where the line's end made it, and what stands between the two."""
        if before[-1:] in _HYPHENS and before[-2:-1].strip():
            left, right = _LEFT.search(before), _RIGHT.match(after)
            if before[-1] == _SOFT:
                return before[:-1], ""
            if left and right and self._is_divided(left[1], right[0]):
                return before[:-1], ""
            return before, ""
        if _UNSPACED.match(after) and _UNSPACED.match(before[-1:]):
            return before, ""
        if _GLUED_END.search(before) or (_GLUED_START.match(after) and not before.endswith((".", ","))):
            return before, ""
        return before, " "

    def _is_divided(self, left: str, right: str) -> bool:
        """Tell a word divided at the line's end from a compound that is written with a hyphen."""
        if right[0].isupper():
            return False
        left, right = left.casefold(), right.casefold()
        whole, compound = left + right, f"{left}-{right}"
        if compound in self._compounds:
            return whole in english() and whole in self._plain
        if whole in self._plain or whole in english():
            return True
        if left in _KEPT_BEFORE or "'" in whole:
            return False
        words = english()
        return not (left in words and right in words)
