"""Noms de plume: when two are the same, and ones to suggest."""

import unicodedata
from collections.abc import Collection
from random import Random

_FIRST = (
    "Amber", "Borrowed", "Brass", "Candle", "Copper", "Distant", "Early", "Eleventh", "Faithful", "Folded",
    "Grey", "Half", "Hidden", "Ivory", "Late", "Lesser", "Listening", "Little", "Long", "Lost", "Ninth",
    "Northern", "Old", "Open", "Paper", "Patient", "Pencil", "Quiet", "Second", "Silver", "Slow", "Small",
    "Sunday", "Third", "Tuesday", "Unsent", "Violet", "Waiting", "Wandering", "Winter",
)  # fmt: skip
_SECOND = (
    "Almanac", "Anchor", "Bell", "Bramble", "Chair", "Coat", "Comma", "Curlew", "Dial", "Door", "Fern",
    "Finch", "Gate", "Harbour", "Hawthorn", "Heron", "Ink", "Kettle", "Kestrel", "Lamp", "Lantern", "Larkspur",
    "Ledger", "Letter", "Linnet", "Locum", "Mirror", "Moth", "Oar", "Orchard", "Plover", "Quill", "Sparrow",
    "Starling", "Tide", "Umbrella", "Wagtail", "Willow", "Window", "Wren",
)  # fmt: skip


def fold_nom(nom: str) -> str:
    """Key under which a nom de plume is unique: case, accents, spaces and signs do not make a new one."""
    decomposed = unicodedata.normalize("NFKD", nom).casefold()
    return "".join(c for c in decomposed if c.isalnum())


def suggest_noms(random: Random, *, taken: Collection[str], count: int = 3) -> list[str]:
    """Return free noms de plume; `taken` holds folded keys."""
    found: list[str] = []
    while len(found) < count:
        nom = f"{random.choice(_FIRST)} {random.choice(_SECOND)}"
        if fold_nom(nom) not in taken and nom not in found:
            found.append(nom)
    return found
