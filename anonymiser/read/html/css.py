"""What declarations of CSS mean for text: its look, and whether it shows at all."""

import re

from anonymiser.manuscript import Emphasis
from anonymiser.read.colours import ANY, WHITE, Colour, read_hexadecimal
from anonymiser.read.html.rules import Declarations
from anonymiser.read.look import Look

_LENGTH = re.compile(r"(-?\d*\.?\d+)(px|pt|em|rem|%|in|cm|mm|pc|vw|vh|ex|ch)?")
_POINTS = {"px": 0.75, "pt": 1.0, "in": 72.0, "cm": 28.35, "mm": 2.835, "pc": 12.0, "rem": 12.0, "": 0.75}
_SIZES = {
    "xx-small": 7.0, "x-small": 7.5, "small": 10.0, "medium": 12.0, "large": 13.5, "x-large": 18.0,
    "xx-large": 24.0,
}  # fmt: skip
_PALE_NAMES = {
    "white", "snow", "ivory", "floralwhite", "ghostwhite", "mintcream", "azure", "whitesmoke", "honeydew",
    "aliceblue", "seashell", "window", "canvas",
}  # fmt: skip
_NUMBERS = re.compile(r"[\d.]+%?")
_FAR = -400.0  # points: what is moved so far to the left or up is off the page
_BOLD_FROM = 600
_LETS_THROUGH = 0.05  # of 1: a colour less opaque is none
_NEARLY_LIGHT = 95  # per cent
_NOT_OPAQUE = re.compile(r"opacity\(\s*(?:0|0?\.0+)%?\s*\)|opacity=0\b")
_GONE = re.compile(r"(?:rect\(\s*0|rect\(\s*1px|inset\(\s*(?:50|100)%|circle\(\s*0)")


def is_gone(declared: Declarations) -> bool:
    """Whether the element and all it holds takes no place or can't be seen, whatever its children say."""
    get = declared.get
    if get("display") == "none" or get("mso-hide") == "all" or get("content-visibility") == "hidden":
        return True
    if 0 in {_number(get("opacity")), _number(get("zoom"))} or _NOT_OPAQUE.search(get("filter", "")):
        return True
    if "scale(0" in get("transform", "").replace("scale(0.", ""):
        return True
    if get("position") in {"absolute", "fixed"} and (
        _GONE.match(get("clip", "")) or any(_is_far(get(side)) for side in ("left", "top", "right"))
    ):
        return True
    if _GONE.match(get("clip-path", "")) or _is_far(get("text-indent")) or _is_far(get("margin-left")):
        return True
    clipped = get("overflow", "visible") in {"hidden", "clip"}
    sides = ("width", "height", "max-width", "max-height")
    return clipped and any((size := _points(get(side))) is not None and size < 2 for side in sides)  # noqa: PLR2004 - a dot


def read_look(declared: Declarations, around: Look) -> Look:
    """Return the look that these declarations ask for, over the one around."""
    if not declared:
        return around
    get = declared.get
    size = _read_size(declared, around)
    decoration = get("text-decoration", get("text-decoration-line", ""))
    return Look(
        bold=_read_weight(get("font-weight") or _in_font(declared, ("bold",))),
        italic=_read_slant(get("font-style") or _in_font(declared, ("italic", "oblique"))),
        underline=True if "underline" in decoration else None,
        strike=True if "line-through" in decoration else None,
        hidden={"hidden": True, "collapse": True, "visible": False}.get(get("visibility", "")),
        raised={"super": Emphasis.SUPERSCRIPT, "sub": Emphasis.SUBSCRIPT}.get(get("vertical-align", "")),
        level=True if get("vertical-align") == "baseline" else None,
        colour=read_colour(get("-webkit-text-fill-color") or get("color")),
        ground=_read_ground(declared),
        size=size,
    ).over(around)


def read_colour(text: str | None) -> Colour | None:
    """Return a colour of text; one that nobody could see is white, one that isn't known shows."""
    if not text or text in {"inherit", "currentcolor", "initial", "unset", "revert"}:
        return None
    if text.startswith("#"):
        return _read_digits(text)
    if text == "transparent" or text in _PALE_NAMES:
        return WHITE
    numbers = [_number(number) or 0.0 for number in _NUMBERS.findall(text)]
    if text.startswith(("rgb", "hsl")) and len(numbers) >= len(WHITE):
        return _read_channels(text, numbers)
    return (0, 0, 0) if text == "black" else ANY


def _read_digits(text: str) -> Colour | None:
    """Read "#rgb" or "#rrggbb", either with how opaque it is at the end."""
    if len(text) == len("#rgba"):
        return WHITE if text[4] == "0" else read_hexadecimal(text[:4])
    if len(text) == len("#rrggbbaa"):
        return WHITE if text.endswith("00") else read_hexadecimal(text[:7])
    return read_hexadecimal(text)


def _read_channels(text: str, numbers: list[float]) -> Colour:
    if len(numbers) > len(WHITE) and numbers[3] < _LETS_THROUGH:
        return WHITE
    if text.startswith("hsl"):
        return WHITE if numbers[2] >= _NEARLY_LIGHT else ANY
    red, green, blue = (max(0, min(int(number), 255)) for number in numbers[:3])
    return red, green, blue


def _read_ground(declared: Declarations) -> Colour | None:
    said = declared.get("background-color") or declared.get("background")
    if not said or said in {"transparent", "none", "initial", "inherit", "unset"}:
        return None
    if "url(" in said or "gradient" in said:
        return ANY
    first = said if said.startswith(("rgb", "hsl")) else said.split()[0]
    if first in {"transparent", "none"} or first.replace(" ", "").endswith(",0)"):
        return None
    return read_colour(first)


def _read_size(declared: Declarations, around: Look) -> float | None:
    said = declared.get("font-size")
    if said is None and (shorthand := declared.get("font")):
        said = next((word.partition("/")[0] for word in shorthand.split() if _LENGTH.match(word)), None)
    if declared.get("line-height") in {"0", "0px", "0pt", "1px"} and said is None:
        return None
    if said is None:
        return None
    if said in _SIZES:
        return _SIZES[said]
    match = _LENGTH.fullmatch(said)
    if match is None:
        return None
    beneath = around.size if around.size is not None else 12.0
    amount, unit = float(match[1][:9]), match[2] or ""
    if unit in {"em", "%"}:
        return beneath * amount / (100 if unit == "%" else 1)
    return amount * _POINTS[unit] if unit in _POINTS else None


def _in_font(declared: Declarations, words: tuple[str, ...]) -> str | None:
    shorthand = declared.get("font", "").split()
    return next((word for word in words if word in shorthand), None)


def _read_weight(weight: str | None) -> bool | None:
    if not weight or weight in {"inherit", "initial"}:
        return None
    number = _number(weight)
    return weight in {"bold", "bolder"} if number is None else number >= _BOLD_FROM


def _read_slant(slant: str | None) -> bool | None:
    return None if not slant or slant == "inherit" else slant.startswith(("italic", "oblique"))


def _is_far(length: str | None) -> bool:
    points = _points(length)
    return points is not None and points <= _FAR


def _points(length: str | None) -> float | None:
    match = _LENGTH.fullmatch(length) if length else None
    return float(match[1][:9]) * _POINTS.get(match[2] or "", 12.0) if match else None


def _number(text: str | None) -> float | None:
    try:
        return float(text.rstrip("%")[:12]) if text else None
    except ValueError:
        return None


def points(length: str | None) -> float | None:
    """Return a length such as "12px", or a bare number of pixels, in points."""
    return None if length is None or length.endswith("%") else _points(length.strip().casefold())
