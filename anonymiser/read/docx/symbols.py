"""Characters of symbol fonts as ordinary characters; where several come near, the one most faces have."""

from itertools import chain

from lxml import etree

UNKNOWN_SYMBOL = "[symbol]"
_PRIVATE = 0xF000
_LAST_PRIVATE = 0xF0FF
_FIRST_PRINTED = 0x20


def _lay(*stretches: tuple[int, str]) -> dict[int, str]:
    return dict(chain.from_iterable(enumerate(characters, start=first) for first, characters in stretches))


# Encoding of Adobe's Symbol; of Microsoft's fonts as they were drawn (their specimens, and Unicode 7.0).
_TABLES = {
    "symbol": _lay(
        (0x20, " !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾"),
        (0x61, "αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼"),
        (0xA0, "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊⟨®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪"),
        (0xF1, "⟩∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭"),
    ),
    "wingdings": _lay(
        (0x20, " ✏✂✁👓🔔📖🕯☎✆✉✉📪📫📬📭📁📂📄📄📄🗄⌛⌨🖱🖲💻🖴💾💾✇✍"),
        (0x40, "✍✌👌👍👎☜☞☝☟✋☺😐☹💣☠⚐⚐✈☼💧❄✝✞✝✠✡☪☯ॐ☸♈♉"),
        (0x60, "♊♋♌♍♎♏♐♑♒♓&&●❍■□□❑❒◆◆◆❖◆⌧⌂⌘❀✿❝❞"),
        (0x80, "⓪①②③④⑤⑥⑦⑧⑨⑩⓿❶❷❸❹❺❻❼❽❾❿❦❦❦❦❦❦❦❦·•"),
        (0xA0, "▪○◎◎◎◎○▪□✦✦★✶✷✹✵⌖⌖✧✧✧✪✰🕐🕑🕒🕓🕔🕕🕖🕗🕘"),
        (0xC0, "🕙🕚🕛↩↪↰↱↲↳↩↪❦❦❦❦❦❦❦❦❦❦⌫⌦➢➢➢➢➲➲➲➲←"),
        (0xE0, "→↑↓↖↗↙↘←→↑↓↖↗↙↘⇦⇨⇧⇩⇔⇕⇖⇗⇙⇘▭▭✗✓☒☑⊞"),
    ),
    "wingdings 2": _lay(
        (0x4F, "✗✓☒☑☒☒⊗⊗"), (0x69, "⓪①②③④⑤⑥⑦⑧⑨⑩⓿❶❷❸❹❺❻❼❽❾❿"), (0x95, "·•●●○○○○○⊙◉"), (0xA0, "■■■□□")
    ),
    "wingdings 3": _lay((0x70, "▲▼△▽◀▶◁▷◣◢◤◥◀▶▲▼")),
    "webdings": _lay(
        (0x33, "◀▶▲▼"), (0x59, "♥"), (0x61, "✓"), (0x63, "□"), (0x67, "■"), (0x6E, "●"), (0x72, "✗"), (0x90, "☺")
    ),
}  # fmt: skip


def symbol_font(name: str | None) -> str | None:
    """Return which font of symbols this is; "" for any other font, None where none is named."""
    if name is None:
        return None
    folded = name.casefold()
    return folded if folded in _TABLES else ""


def read_symbol(element: etree._Element) -> str:
    """Return the character that `w:sym` or `w16se:symEx` shows; `UNKNOWN_SYMBOL` where nobody can tell."""
    said = {str(name).rpartition("}")[2]: str(given) for name, given in element.attrib.items()}
    try:
        code = int(said.get("char", ""), 16)
    except ValueError:
        return UNKNOWN_SYMBOL
    return draw_symbol(code, said.get("font", "").casefold())


def draw_symbol(code: int, font: str) -> str:
    low = code - _PRIVATE if _PRIVATE <= code <= _LAST_PRIVATE else code
    if font in _TABLES:
        return _TABLES[font].get(low, UNKNOWN_SYMBOL)
    if low != code or code < _FIRST_PRINTED or 0xD800 <= code < 0xF900 or code > 0x10FFFF:  # noqa: PLR2004 - surrogates, the private area, the end of Unicode
        return UNKNOWN_SYMBOL
    return chr(code)


def read_symbols(text: str, font: str) -> str:
    """Return text set in a font of symbols as what is seen of it.

    Letters of the Symbol font outside its private codes are set by Word in another face.
    """
    return "".join(
        draw_symbol(ord(letter), font)
        if _PRIVATE <= ord(letter) <= _LAST_PRIVATE
        or (font != "symbol" and _FIRST_PRINTED < ord(letter) < 0x100)  # noqa: PLR2004 - the end of Latin-1
        else letter
        for letter in text
    )
