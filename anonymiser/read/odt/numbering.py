"""The numbers and bullets of lists and headings, counted as OpenDocument counts them."""

import re
from dataclasses import dataclass, field

from lxml import etree

from anonymiser.read.numerals import spell_number
from anonymiser.read.odt.names import LOEXT, OFFICE, STYLE, TEXT, XML, local_name, whole

_LEVELS = 10
_MOST = 32_767
_PLACE = re.compile(r"%(\d{1,2})%")


@dataclass(frozen=True, slots=True)
class _Level:
    form: str  # style:num-format; "bullet" and "" stand for themselves
    prefix: str = ""
    suffix: str = ""
    start: int = 1
    shown: int = 1  # how many levels the label shows
    synchronous: bool = False
    pattern: str = ""  # "%1%.%2%", where it is given


@dataclass(slots=True)
class Place:
    """Where in which list a paragraph stands; `counts` is shared by all levels of one list."""

    style: str
    level: int
    counts: dict[int, int] = field(default_factory=dict)


class Numbering:
    def __init__(self, *roots: etree._Element | None) -> None:
        self._styles: dict[str, dict[int, _Level]] = {}
        self._counts: dict[str, dict[int, int]] = {}  # by id of a list
        self._last: dict[str, dict[int, int]] = {}  # by its style
        self._outline: dict[int, int] = {}
        self._outline_levels: dict[int, _Level] = {}
        for root in roots:
            for group in (OFFICE + "styles", OFFICE + "automatic-styles"):
                for style in root.iterfind(f"{group}/{TEXT}list-style") if root is not None else ():
                    self._styles[style.get(STYLE + "name", "")] = _read_levels(style)
            for style in root.iterfind(f"{OFFICE}styles/{TEXT}outline-style") if root is not None else ():
                self._outline_levels = _read_levels(style)

    def open_list(self, element: etree._Element, outer: Place | None) -> Place:
        """Return the place of the paragraphs in this list."""
        own = element.get(TEXT + "style-name", "")
        if outer is not None:
            return Place(own or outer.style, min(outer.level + 1, _LEVELS - 1), outer.counts)
        identity = element.get(XML + "id", "")
        continued = element.get(TEXT + "continue-list", "")
        counts: dict[int, int] = {}
        if continued in self._counts:
            counts = self._counts[continued]
        elif element.get(TEXT + "continue-numbering") == "true" and own in self._last:
            counts = self._last[own]
        if identity:
            self._counts[identity] = counts
        self._last[own] = counts
        return Place(own, 0, counts)

    def join_list(self, element: etree._Element) -> Place:
        """Return the place of a paragraph that names its list itself."""
        own = element.get(TEXT + "style-name", "")
        identity = element.get(TEXT + "list-id") or own
        return Place(own, 0, self._counts.setdefault(identity, {}))

    def label_item(self, place: Place, start: str | None) -> str:
        """Count an item and return its label: "2.", "(b)", "1.2.3" or "•"; "" where it shows none."""
        levels = self._styles.get(place.style)
        if levels is None:
            return "•"
        _advance(place.counts, place.level, start, levels)
        return _label(place.level, place.counts, levels)

    def label_heading(self, level: int, heading: etree._Element) -> str:
        """Count a heading of that level, from 1, and return its number where headings have any."""
        if not self._outline_levels or heading.get(TEXT + "is-list-header") == "true":
            return ""
        start = heading.get(TEXT + "start-value")
        if heading.get(TEXT + "restart-numbering") == "true":
            self._outline.pop(level - 1, None)
        _advance(self._outline, level - 1, start, self._outline_levels)
        return _label(level - 1, self._outline, self._outline_levels)


def _advance(counts: dict[int, int], level: int, start: str | None, levels: dict[int, _Level]) -> None:
    here = levels.get(level)
    first = here.start if here is not None else 1
    following = min(counts.get(level, first - 1) + 1, _MOST)
    counts[level] = whole(start, first, _MOST) if start and start.isdecimal() else following
    for deeper in [at for at in counts if at > level]:
        del counts[deeper]


def _label(level: int, counts: dict[int, int], levels: dict[int, _Level]) -> str:
    here = levels.get(level)
    if here is None or not here.form:
        return ""
    if here.form == "bullet":
        return "•" if level % 2 == 0 else "–"
    if here.pattern:
        return _PLACE.sub(
            lambda match: _spell(int(match[1]) - 1, counts, levels) if match[1] != "0" else "", here.pattern
        ).strip()
    numbers = (_spell(at, counts, levels) for at in range(max(0, level - here.shown + 1), level + 1))
    return f"{here.prefix}{'.'.join(filter(None, numbers))}{here.suffix}".strip()


def _spell(level: int, counts: dict[int, int], levels: dict[int, _Level]) -> str:
    at = levels.get(level)
    if at is None or at.form in {"", "bullet"}:
        return ""
    return spell_number(counts.get(level, at.start), at.form, synchronous=at.synchronous)


def _read_levels(style: etree._Element) -> dict[int, _Level]:
    levels = {}
    for element in style:
        get = element.get
        level = whole(get(TEXT + "level"), 1, _LEVELS) - 1
        numbered = local_name(element) in {"list-level-style-number", "outline-level-style"}
        levels[level] = _Level(
            form=get(STYLE + "num-format", "") if numbered else "bullet",
            prefix=get(STYLE + "num-prefix", "")[:40],
            suffix=get(STYLE + "num-suffix", "")[:40],
            start=whole(get(TEXT + "start-value"), 1, _MOST),
            shown=whole(get(TEXT + "display-levels"), 1, _LEVELS),
            synchronous=get(STYLE + "num-letter-sync") == "true",
            pattern=get(LOEXT + "num-list-format", "")[:80] if numbered else "",
        )
    return levels
