"""Equations in MathML as one line of text."""

from lxml import etree

_UNSHOWN = {"annotation", "annotation-xml", "maligngroup", "malignmark", "none", "mprescripts"}
_INVISIBLE = str.maketrans("", "", "\u2061\u2062\u2063\u2064\ufeff")
_BETWEEN = {"mtable": "; ", "mtr": ", "}


def read_mathml(element: etree._Element) -> str:
    """Write an equation in one line: fractions with a slash, roots and scripts with the usual signs."""
    if not isinstance(element.tag, str):
        return ""
    name = local_name(element)
    if name in _UNSHOWN:
        return ""
    parts = [child for child in element if isinstance(child.tag, str) and local_name(child) not in _UNSHOWN]
    shaped = _read_shaped(name, parts)
    if shaped is not None:
        return shaped
    if name == "mfenced":
        between, opening, closing = (
            element.get("separators", ",")[:1],
            element.get("open", "("),
            element.get("close", ")"),
        )
        return f"{opening}{between.join(map(read_mathml, parts))}{closing}"
    return _BETWEEN.get(name, "").join(map(read_mathml, parts)) if parts else _read_token(name, element)


def _read_shaped(name: str, parts: list[etree._Element]) -> str | None:
    """Return what fractions, roots and scripts read as; None for anything else."""
    count = len(parts)
    if name == "mfrac" and count == 2:  # noqa: PLR2004 - above and below
        return f"{_grouped(parts[0])}/{_grouped(parts[1])}"
    if name == "msqrt":
        inside = "".join(map(read_mathml, parts)).strip()
        return f"√{inside if len(inside) == 1 or inside.isalnum() else f'({inside})'}"
    if name == "mroot" and count == 2:  # noqa: PLR2004 - what and which
        return f"{_grouped(parts[1])}√{_grouped(parts[0])}"
    signs = {
        "msup": "^", "msub": "_", "msubsup": "_^", "mover": "^", "munder": "_", "munderover": "_^",
    }.get(name)  # fmt: skip
    if signs is None or count != len(signs) + 1:
        return None
    scripts = (f"{sign}{_grouped(part)}" for sign, part in zip(signs, parts[1:], strict=True))
    return read_mathml(parts[0]) + "".join(scripts)


def _read_token(name: str, element: etree._Element) -> str:
    text = " ".join("".join(map(str, element.itertext())).split()).translate(_INVISIBLE)
    if name == "mspace":
        return " "
    return f" {text} " if name == "mo" and text in {"=", "<", ">", "≤", "≥", "≈", "±", "→"} else text


def local_name(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _grouped(element: etree._Element) -> str:
    text = read_mathml(element).strip()
    return text if len(text) == 1 or text.isalnum() else f"({text})"
