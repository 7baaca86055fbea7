"""The rules of a page's style sheets, as far as they say how text looks or that it doesn't show."""

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

Declarations = dict[str, str]

_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)|<!--|-->", re.DOTALL)
_BRACE = re.compile(r"[{}]")
_SHOWN_ON_SCREEN = re.compile(r"@media\s+(?:only\s+)?(?:screen|all)\s*", re.IGNORECASE)
_ESCAPE = re.compile(r"\\(?:([0-9a-fA-F]{1,6})\s?|(.))")
_ATTRIBUTE = re.compile(r"""\[\s*([\w-]+)\s*(?:([~|^$*]?=)\s*["']?([^"'\]]*?)["']?(?:\s+[is])?\s*)?\]""")
_COMPOUND = re.compile(r"([a-zA-Z][\w-]*|\*)?((?:[.#][\w-]+)*)")
_TOLD = re.compile(
    r"display|visibility|color|background|font|text-decoration|vertical-align|opacity|mso-|position|left|right"
    r"|top|text-indent|clip|width|height|overflow|white-space|text-transform|transform|list-style|margin"
    r"|line-height|content-visibility|max-|filter|zoom|-webkit-text-fill-color"
)
_MOST_RULES = 20_000
_LONGEST_SELECTOR = 200


@dataclass(frozen=True, slots=True)
class _Compound:
    tag: str
    classes: frozenset[str]
    identity: str
    attributes: tuple[tuple[str, str, str], ...] = ()  # name, how it compares, value

    def matches(self, element: etree._Element) -> bool:
        if self.tag and self.tag != element.tag:
            return False
        if self.identity and self.identity != element.get("id"):
            return False
        if not all(_compares(element.get(name), how, value) for name, how, value in self.attributes):
            return False
        return not self.classes or self.classes <= set((element.get("class") or "").split())


@dataclass(frozen=True, slots=True)
class _Rule:
    weight: tuple[int, int, int, int]  # ids, classes, tags, place in the sheet
    compounds: tuple[_Compound, ...]
    declarations: Declarations

    def matches(self, element: etree._Element) -> bool:
        *above, last = self.compounds
        if not last.matches(element):
            return False
        for compound in reversed(above):
            element = next((each for each in element.iterancestors() if compound.matches(each)), None)  # type: ignore[assignment]
            if element is None:
                return False
        return True


@dataclass(slots=True)
class Rules:
    """Rules by the last part of their selectors; those with pseudo-classes match nothing."""

    _by_key: dict[str, list[_Rule]] = field(default_factory=dict)
    _count: int = 0
    _known: dict[tuple[str, str, str], Declarations] = field(default_factory=dict)

    def read(self, sheet: str) -> None:
        for prelude, body in _split(_COMMENT.sub(" ", sheet)):
            declarations = read_declarations(body)
            if not declarations or self._count > _MOST_RULES:
                continue
            for selector in prelude.split(","):
                self._add(selector.strip(), declarations)

    def declared(self, element: etree._Element) -> Declarations:
        """Return what the rules say of an element, the weightiest last."""
        described = (str(element.tag), element.get("class", ""), element.get("id", ""))
        if described in self._known:
            return self._known[described]
        keys = ["*", described[0], f"#{described[2]}", *(f".{name}" for name in described[1].split()[:40])]
        asked = [rule for key in keys for rule in self._by_key.get(key, ())]
        found = [rule for rule in asked if rule.matches(element)]
        declared: Declarations = {}
        for rule in sorted(found, key=lambda rule: rule.weight):
            declared.update(rule.declarations)
        if all(len(rule.compounds) == 1 and not rule.compounds[0].attributes for rule in asked):
            # What hangs neither on the elements around nor on other attributes holds for all that are described alike.
            self._known[described] = declared
        return declared

    def _add(self, selector: str, declarations: Declarations) -> None:
        if not selector or len(selector) > _LONGEST_SELECTOR:
            return
        # A space inside an attribute's brackets parts nothing.
        parts = _ATTRIBUTE.sub(lambda match: match[0].replace(" ", "\0"), selector).replace(">", " ").split()
        compounds = [_read_compound(part.replace("\0", " ")) for part in parts]
        if not compounds or None in compounds:
            return
        known = tuple(compound for compound in compounds if compound is not None)
        self._count += 1
        weight = (
            sum(bool(each.identity) for each in known),
            sum(len(each.classes) + len(each.attributes) for each in known),
            sum(bool(each.tag) for each in known),
            self._count,
        )
        last = known[-1]
        key = (
            f"#{last.identity}"
            if last.identity
            else f".{min(last.classes)}"
            if last.classes
            else last.tag or "*"
        )
        self._by_key.setdefault(key, []).append(_Rule(weight, known, declarations))


def read_declarations(text: str) -> Declarations:
    """Return the properties declared in a rule or in an element's `style`, those that matter here."""
    declared: Declarations = {}
    if "/*" in text or "\\" in text:
        text = _ESCAPE.sub(_unescape, _COMMENT.sub("", text))
    for part in text.split(";"):
        name, colon, value = part.partition(":")
        name = name.strip().casefold()
        if colon and _TOLD.match(name):
            declared[name] = value.replace("!important", "").strip().casefold()
    return declared


def _unescape(match: re.Match[str]) -> str:
    if not match[1]:
        return match[2]
    code = int(match[1], 16)
    return chr(code) if code <= sys.maxunicode else ""


def _compares(said: str | None, how: str, value: str) -> bool:
    if said is None:
        return False
    if not how:
        return True
    said, value = said.casefold(), value.casefold()
    return {
        "=": said == value,
        "~=": value in said.split(),
        "|=": said == value or said.startswith(value + "-"),
        "^=": said.startswith(value),
        "$=": said.endswith(value),
        "*=": value in said,
    }[how]


def _read_compound(text: str) -> _Compound | None:
    match = _COMPOUND.fullmatch(_ATTRIBUTE.sub("", text))
    if match is None:
        return None
    names = re.findall(r"[.#][\w-]+", match[2])
    return _Compound(
        tag="" if match[1] in {None, "*"} else match[1].casefold(),
        classes=frozenset(name[1:] for name in names if name[0] == "."),
        identity=next((name[1:] for name in names if name[0] == "#"), ""),
        attributes=tuple((name.casefold(), how, value) for name, how, value in _ATTRIBUTE.findall(text)),
    )


def _split(sheet: str) -> Iterator[tuple[str, str]]:
    """Yield selectors and bodies; of rules for one medium only those for a screen."""
    start = 0
    while (opening := sheet.find("{", start)) >= 0:
        prelude = sheet[start:opening].rpartition(";")[2].strip()
        closing = _closing(sheet, opening) if prelude.startswith("@") else sheet.find("}", opening)
        body = sheet[opening + 1 : closing if closing >= 0 else len(sheet)]
        if not prelude.startswith("@"):
            yield prelude, body
        elif _SHOWN_ON_SCREEN.fullmatch(prelude + " ") and "@" not in body:
            yield from _split(body)
        if closing < 0:
            return
        start = closing + 1


def _closing(sheet: str, opening: int) -> int:
    depth = 0
    for brace in _BRACE.finditer(sheet, opening):
        depth += 1 if brace[0] == "{" else -1
        if not depth:
            return brace.start()
    return -1
