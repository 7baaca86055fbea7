"""Characters of symbol fonts and of equations as ordinary characters."""

from lxml import etree

from anonymiser.read.docx.names import M, W, local_name

_SYMBOL = dict(
    zip(
        range(0x41, 0x5B),
        "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ",
        strict=True,
    )
) | dict(zip(range(0x61, 0x7B), "αβχδεφγηιϕκλμνοπθρστυϖωξψζ", strict=True))
_SYMBOL |= {
    0xA3: "≤", 0xA5: "∞", 0xAB: "↔", 0xAC: "←", 0xAD: "↑", 0xAE: "→", 0xAF: "↓", 0xB0: "°", 0xB1: "±", 0xB3: "≥",
    0xB4: "×", 0xB7: "•", 0xB8: "÷", 0xB9: "≠", 0xBB: "≈", 0xBC: "…", 0xD6: "√", 0xE5: "Σ", 0xF2: "∫",
    0xD2: "®", 0xD3: "©", 0xD4: "™",
}  # fmt: skip
_WINGDINGS = {
    0x4A: "☺", 0x4C: "☹", 0x6C: "●", 0x6E: "■", 0x71: "□", 0x76: "❖", 0xA7: "▪", 0xA8: "□", 0xD8: "➢", 0xDF: "←",
    0xE0: "→", 0xE1: "↑", 0xE2: "↓", 0xE8: "→", 0xFB: "✗", 0xFC: "✓", 0xFE: "☑",
}  # fmt: skip
_PRIVATE = 0xF000
UNKNOWN_SYMBOL = "[symbol]"


def read_symbol(element: etree._Element) -> str:
    """Return the character that `w:sym` shows."""
    try:
        code = int(element.get(W + "char", ""), 16)
    except ValueError:
        return UNKNOWN_SYMBOL
    low = code - _PRIVATE if _PRIVATE <= code <= _PRIVATE + 0xFF else code
    font = element.get(W + "font", "").casefold()
    if font.startswith("wingdings"):
        return _WINGDINGS.get(low, UNKNOWN_SYMBOL)
    if font == "symbol":
        return _SYMBOL.get(low) or (chr(low) if 0x20 <= low < 0x7F else UNKNOWN_SYMBOL)  # noqa: PLR2004 - the smallest number that tells
    if code >= _PRIVATE:
        return UNKNOWN_SYMBOL
    return chr(code) if 0x20 <= code < 0xD800 else UNKNOWN_SYMBOL  # noqa: PLR2004 - the smallest number that tells


def read_math(element: etree._Element) -> str:  # noqa: PLR0911 - one way out per case
    """Write an equation in one line: fractions with a slash, roots and scripts with the usual signs."""
    name = local_name(element)
    if name == "t":
        return element.text or ""
    parts = {local_name(child): child for child in element}
    if name == "f" and "num" in parts and "den" in parts:
        return f"{_grouped(parts['num'])}/{_grouped(parts['den'])}"
    if name == "rad" and "e" in parts:
        return f"√{_grouped(parts['e'])}"
    if name in {"sSup", "sSub", "sSubSup"} and "e" in parts:
        below = f"_{_grouped(parts['sub'])}" if "sub" in parts else ""
        above = f"^{_grouped(parts['sup'])}" if "sup" in parts else ""
        return f"{read_math(parts['e'])}{below}{above}"
    if name == "nary":
        properties = element.find(M + "naryPr")
        sign = properties.find(M + "chr") if properties is not None else None
        drawn = sign.get(M + "val", "∫") if sign is not None else "∫"
        return drawn + "".join(
            read_math(child) for child in element if local_name(child) in {"sub", "sup", "e"}
        )
    if name == "d":
        return f"({', '.join(read_math(child) for child in element if local_name(child) == 'e')})"
    return "".join([read_math(child) for child in element if not local_name(child).endswith("Pr")])


def _grouped(element: etree._Element) -> str:
    text = read_math(element).strip()
    return text if len(text) == 1 or text.isalnum() else f"({text})"
