"""Equations of RTF as one line of text: fractions with a slash, roots and scripts with the usual signs."""

PARTS = frozenset(
    (b"moMath", b"mnum", b"mden", b"msup", b"msub", b"mrad", b"mdeg", b"md", b"me", b"mr", b"mf")
)
_BEFORE = {b"mden": "/", b"msup": "^", b"msub": "_", b"mrad": "√"}
_GROUPED = frozenset((b"mnum", b"mden", b"msup", b"msub", b"mrad"))


def write_part(word: bytes, text: str) -> str:
    """Return what a part of an equation reads as, its text being known."""
    inside = text.strip() if word in _GROUPED else text
    if word in _GROUPED and not (len(inside) == 1 or inside.isalnum()):
        inside = f"({inside})" if inside else ""
    if word == b"md":
        inside = f"({inside})"
    if word == b"mdeg" and inside:
        inside = f"[{inside}]"
    return f"{_BEFORE.get(word, '')}{inside}"
