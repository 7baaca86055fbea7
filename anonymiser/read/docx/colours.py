"""Colours of text and of what lies behind it, and whether the one can be told from the other."""

from lxml import etree

from anonymiser.read.docx.names import W

Colour = tuple[int, int, int]

WHITE: Colour = (255, 255, 255)
BLACK: Colour = (0, 0, 0)
_WHITE_THEMES = {"background1", "light1", "bg1", "lt1"}
_FAINTEST = 1.3  # contrast of WCAG: below, grey text can't be told from its paper
_DISTINCT = 0x40  # steps of one channel: yellow on white is pale, and seen
_HIGHLIGHTS = {
    "black": BLACK, "blue": (0, 0, 255), "cyan": (0, 255, 255), "green": (0, 255, 0), "magenta": (255, 0, 255),
    "red": (255, 0, 0), "yellow": (255, 255, 0), "white": WHITE, "darkBlue": (0, 0, 128), "darkCyan": (0, 128, 128),
    "darkGreen": (0, 128, 0), "darkMagenta": (128, 0, 128), "darkRed": (128, 0, 0), "darkYellow": (128, 128, 0),
    "darkGray": (128, 128, 128), "lightGray": (192, 192, 192),
}  # fmt: skip


class _Unknown:
    """A colour of the theme that isn't spelt out: something other than paper."""

    __slots__ = ()


UNKNOWN = _Unknown()
Behind = Colour | _Unknown


def can_be_told(colour: Colour, behind: Colour) -> bool:
    if max(abs(one - other) for one, other in zip(colour, behind, strict=True)) >= _DISTINCT:
        return True
    lighter, darker = sorted((_luminance(colour), _luminance(behind)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05) >= _FAINTEST


def read_text_colour(element: etree._Element) -> Colour | None:
    """Return what `w:color` asks for; None for the automatic colour, which Word keeps apart from its ground."""
    said = element.get(W + "val", "auto")
    if said == "auto":
        return WHITE if element.get(W + "themeColor") in _WHITE_THEMES else None
    return parse_colour(said)


def read_shading(element: etree._Element) -> Behind | None:
    """Return the ground that `w:shd` lays; None where it lays none and what is beneath shows."""
    kind, fill = element.get(W + "val", "clear"), element.get(W + "fill", "auto")
    if kind in {"nil", "none"}:
        return None
    if kind == "solid":
        return parse_colour(element.get(W + "color", "auto")) or BLACK
    if fill == "auto":
        theme = element.get(W + "themeFill")
        if theme is None:
            return None if kind == "clear" else UNKNOWN
        return WHITE if theme in _WHITE_THEMES and not element.get(W + "themeFillShade") else UNKNOWN
    return parse_colour(fill) if kind == "clear" else UNKNOWN


def read_highlight(said: str) -> Colour | None:
    return _HIGHLIGHTS.get(said)


def parse_colour(said: str) -> Colour | None:
    digits = said.removeprefix("#")
    if len(digits) != 6:  # noqa: PLR2004 - two digits for each of red, green and blue
        return None
    try:
        red, green, blue = bytes.fromhex(digits)
    except ValueError:
        return None
    return red, green, blue


def _luminance(colour: Colour) -> float:
    red, green, blue = (
        part / 3294.6 if part <= 10 else ((part / 255 + 0.055) / 1.055) ** 2.4  # noqa: PLR2004 - of the norm
        for part in colour
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
