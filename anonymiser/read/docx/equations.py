"""Writes equations (OMML) in one line: fractions with a slash, roots, scripts and sums with the usual signs."""

from collections.abc import Callable

from lxml import etree

from anonymiser.read.docx.account import Account
from anonymiser.read.docx.names import M, W, local_name
from anonymiser.read.docx.symbols import read_symbol

_UNSEEN = frozenset(("del", "moveFrom", "delText", "instrText"))
_SIGN = 1  # the length of what needs no brackets


def read_equation(element: etree._Element, account: Account) -> str:
    """Return the equation; the account learns of every sign drawn and of what nobody sees."""
    return _Equation(account).write(element)


class _Equation:
    def __init__(self, account: Account) -> None:
        self._account = account

    def write(self, element: etree._Element) -> str:
        name = local_name(element)
        if name == "t":
            return element.text or ""
        if name in _UNSEEN or (name == "r" and _is_hidden(element)):
            self._account.leave(element)
            return ""
        if name == "sym":
            return self._draw(read_symbol(element))
        if shape := _SHAPES.get(name):
            return shape(self, element)
        return self._parts(element)

    def _parts(self, element: etree._Element) -> str:
        return "".join([self.write(child) for child in element if not local_name(child).endswith("Pr")])

    def _part(self, element: etree._Element, name: str) -> str:
        return "".join([self.write(child) for child in element.iterfind(M + name)])

    def _grouped(self, element: etree._Element, name: str) -> str:
        text = self._part(element, name).strip()
        if len(text) <= _SIGN or text.isalnum() or (text[0] == "(" and text.find(")") == len(text) - 1):
            return text
        return self._draw("(") + text + self._draw(")")

    def _draw(self, sign: str) -> str:
        self._account.draw(sign)
        return sign

    def function(self, element: etree._Element) -> str:
        return f"{self._part(element, 'fName')} {self._part(element, 'e')}"

    def fraction(self, element: etree._Element) -> str:
        bar = _said(element, "fPr", "type") != "noBar"
        above, below = self._grouped(element, "num"), self._grouped(element, "den")
        return above + self._draw("/" if bar else "¦") + below

    def root(self, element: etree._Element) -> str:
        degree = self._part(element, "deg").strip()
        index = self._draw("[") + degree + self._draw("]") if degree else ""
        return self._draw("√") + index + self._grouped(element, "e")

    def scripts(self, element: etree._Element) -> str:
        before = local_name(element) == "sPre"
        base = "" if before else self._part(element, "e")
        below, above = self._grouped(element, "sub"), self._grouped(element, "sup")
        lowered = self._draw("_") + below if below else ""
        raised = self._draw("^") + above if above else ""
        return base + lowered + raised + (self._part(element, "e") if before else "")

    def many(self, element: etree._Element) -> str:
        """Write a sum, a product or an integral with its bounds."""
        sign = _said(element, "naryPr", "chr")
        drawn = self._draw("∫" if sign is None else sign)
        below, above = self._grouped(element, "sub"), self._grouped(element, "sup")
        lowered = self._draw("_") + below if below else ""
        raised = self._draw("^") + above if above else ""
        space = " " if lowered or raised else ""
        return drawn + lowered + raised + space + self._part(element, "e")

    def brackets(self, element: etree._Element) -> str:
        opening = _said(element, "dPr", "begChr")
        closing = _said(element, "dPr", "endChr")
        between = _said(element, "dPr", "sepChr")
        inside = [self.write(child) for child in element.iterfind(M + "e")]
        text = inside[0] if inside else ""
        for further in inside[1:]:
            text += self._draw("|" if between is None else between) + further
        return (
            self._draw("(" if opening is None else opening)
            + text
            + self._draw(")" if closing is None else closing)
        )

    def limit(self, element: etree._Element) -> str:
        sign = "_" if local_name(element) == "limLow" else "^"
        return self._part(element, "e") + self._draw(sign) + self._grouped(element, "lim")

    def accent(self, element: etree._Element) -> str:
        sign = _said(element, "accPr", "chr")
        return self._part(element, "e") + self._draw(
            "\N{COMBINING CIRCUMFLEX ACCENT}" if sign is None else sign
        )

    def rows(self, element: etree._Element) -> str:
        """Write a matrix, or equations one under another, row by row."""
        if local_name(element) == "eqArr":
            lines = [self.write(child) for child in element.iterfind(M + "e")]
        else:
            lines = [
                ", ".join([self.write(cell) for cell in row.iterfind(M + "e")])
                for row in element.iterfind(M + "mr")
            ]
            self._account.draw(
                "," * sum(max(0, len(row.findall(M + "e")) - 1) for row in element.iterfind(M + "mr"))
            )
        text = lines[0] if lines else ""
        for line in lines[1:]:
            text += self._draw(";") + " " + line
        return text


def _said(element: etree._Element, properties: str, name: str) -> str | None:
    """Return what a property says: None where it isn't there, "" where it is there and empty."""
    found = element.find(f"{M}{properties}/{M}{name}")
    return found.get(M + "val", "") if found is not None else None


def _is_hidden(run: etree._Element) -> bool:
    vanish = run.find(f"{W}rPr/{W}vanish")
    return vanish is not None and vanish.get(W + "val", "1") not in {"0", "false", "off"}


_SHAPES: dict[str, Callable[[_Equation, etree._Element], str]] = {
    "f": _Equation.fraction,
    "func": _Equation.function,
    "rad": _Equation.root,
    "sSup": _Equation.scripts,
    "sSub": _Equation.scripts,
    "sSubSup": _Equation.scripts,
    "sPre": _Equation.scripts,
    "nary": _Equation.many,
    "d": _Equation.brackets,
    "limLow": _Equation.limit,
    "limUpp": _Equation.limit,
    "acc": _Equation.accent,
    "m": _Equation.rows,
    "eqArr": _Equation.rows,
}
