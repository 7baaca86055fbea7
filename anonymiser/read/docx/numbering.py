"""The numbers and bullets of lists, counted as Word counts them."""

from dataclasses import dataclass

from lxml import etree

from anonymiser.read.docx.counting import spell_count
from anonymiser.read.docx.names import W, is_on, number, value

_LEVELS = 9
_MOST = 32_767


@dataclass(frozen=True, slots=True)
class _Level:
    start: int
    form: str  # w:numFmt
    text: str  # w:lvlText, "%1." and the like
    plain: bool  # all numbers in it as digits
    restart: int | None  # the level after which it starts again; None for any level above


class Numbering:
    def __init__(self, root: etree._Element | None) -> None:
        self._abstract: dict[str, str] = {}
        self._levels: dict[str, dict[int, _Level]] = {}
        self._overridden: dict[str, dict[int, _Level]] = {}
        self._restarts: dict[str, dict[int, int]] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[str] = set()
        if root is not None:
            self._read(root)

    def label(self, list_id: str | None, level: int) -> str:
        """Return the next label of that list at that level.

        "2.", "(b)", "1.2.3" or "•"; "" where it shows none.
        """
        if not list_id or list_id not in self._abstract:
            return "•" if list_id and list_id != "0" else ""
        level = max(0, min(level, _LEVELS - 1))
        abstract = self._abstract[list_id]
        counts = self._counts.setdefault(abstract, {})
        if list_id not in self._begun:
            self._begun.add(list_id)
            for at, start in self._restarts.get(list_id, {}).items():
                counts[at] = start - 1
        here = self._level(list_id, level)
        counts[level] = min(counts.get(level, here.start - 1) + 1, _MOST)
        for deeper in range(level + 1, _LEVELS):
            restart = self._level(list_id, deeper).restart
            if restart is None or (restart and level < restart):
                counts.pop(deeper, None)
        if here.form == "bullet":
            return "•" if level % 2 == 0 else "–"
        if here.form == "none":
            return here.text if "%" not in here.text else ""
        return self._fill(list_id, here, counts)

    def _fill(self, list_id: str, here: _Level, counts: dict[int, int]) -> str:
        text = here.text
        for at in range(_LEVELS):
            if f"%{at + 1}" in text:
                level = self._level(list_id, at)
                form = "decimal" if here.plain else level.form
                text = text.replace(f"%{at + 1}", spell_count(counts.get(at, level.start), form))
        return text.strip()

    def _level(self, list_id: str, level: int) -> _Level:
        overridden = self._overridden.get(list_id, {}).get(level)
        return (
            overridden
            or self._levels.get(self._abstract[list_id], {}).get(level)
            or _Level(1, "decimal", "", False, None)
        )

    def _read(self, root: etree._Element) -> None:
        links: dict[str, str] = {}
        styles: dict[str, str] = {}
        for abstract in root.iterfind(W + "abstractNum"):
            identity = abstract.get(W + "abstractNumId", "")
            self._levels[identity] = _read_levels(abstract)
            if style := value(abstract, "styleLink"):
                styles[style] = identity
            if style := value(abstract, "numStyleLink"):
                links[identity] = style
        for item in root.iterfind(W + "num"):
            identity = item.get(W + "numId", "")
            abstract_id = value(item, "abstractNumId") or ""
            self._abstract[identity] = styles.get(links.get(abstract_id, ""), abstract_id)
            for override in item.iterfind(W + "lvlOverride"):
                level = number(override.get(W + "ilvl")) or 0
                start = number(value(override, "startOverride"))
                if start is not None:
                    self._restarts.setdefault(identity, {})[level] = start
                self._overridden.setdefault(identity, {}).update(_read_levels(override))


def _read_levels(parent: etree._Element) -> dict[int, _Level]:
    levels = {}
    for level in parent.iterchildren(W + "lvl"):
        said = {child.tag: child.get(W + "val", "") for child in level}
        start = number(said.get(W + "start"))
        hidden = W + "rPr" in said and level.find(f"{W}rPr/{W}vanish") is not None
        levels[number(level.get(W + "ilvl")) or 0] = _Level(
            start if start is not None else 1,
            "none" if hidden else said.get(W + "numFmt") or "decimal",
            "" if hidden else said.get(W + "lvlText", ""),
            is_on(said.get(W + "isLgl", "0")),
            number(said.get(W + "lvlRestart")),
        )
    return levels
