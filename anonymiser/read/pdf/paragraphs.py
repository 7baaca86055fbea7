"""Joins lines to paragraphs, across columns and pages too.

What ends a paragraph, surest first: more distance than between lines, type of another size, the label of an
item, a line that had room for the next line's first word, an indent.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from anonymiser.manuscript import Emphasis
from anonymiser.read.pdf.lines import Line

LABEL = re.compile(
    r"([•●○◦▪■□–—*·\-\uf0b7\uf0a7]|o(?=\s)|\(?\d{1,3}[.)]|\[\d{1,3}\]|\(?[a-zA-Z][.)]|\(?[ivx]{1,5}[.)])(?:\s+|$)"
)
_MORE_DISTANCE = 1.18  # lines
_OTHER_SIZE = 1.07
_INDENT = 0.75  # of the size of the type
_SLACK = 0.55  # of the size: room that a line may have to spare for its next word
_SENTENCE_ENDS = (".", "!", "?", ":", ".”", "?”", "!”", ".’", '."', ".)", ";")
_USUAL_LEADING = 1.2
_SAME_PLACE = 2.0  # points


@dataclass(slots=True, repr=False)
class Group:
    """The lines of one paragraph; `above` is the distance to the text before it, in lines, 0 on a new page."""

    lines: list[Line]
    above: float = 0.0
    right: float = 0.0  # the edge its lines reach

    def __repr__(self) -> str:
        return "<Group>"

    @property
    def first(self) -> Line:
        return self.lines[0]

    @property
    def size(self) -> float:
        return self.lines[0].size


@dataclass(slots=True)
class Habits:
    """How this text is set: the size of its type, and its leading for each size."""

    size: float
    leadings: dict[float, float] = field(default_factory=dict)

    def leading(self, size: float) -> float:
        found = self.leadings.get(_rounded(size))
        if found is None:
            found = self.leadings.get(_rounded(self.size), _USUAL_LEADING * self.size) * size / self.size
        return max(found, size * 0.9)


def learn_habits(lines: list[Line]) -> Habits:
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[_rounded(line.size)] += sum(len(word.text) for word in line.words)
    habits = Habits(max(sizes, key=lambda each: sizes[each]) if sizes else 12.0)
    gaps: dict[float, Counter[float]] = {}
    for above, below in pairwise(lines):
        gap = below.baseline - above.baseline
        same = above.column == below.column and _rounded(above.size) == _rounded(below.size)
        if same and 0.8 * below.size < gap < 4 * below.size:
            # Lines that are followed within a paragraph tell more than those that end one.
            weight = 4 if not _has_room(above, below, above.right) else 1
            gaps.setdefault(_rounded(below.size), Counter())[round(gap * 2) / 2] += weight
    for size, counted in gaps.items():
        habits.leadings[size] = max(counted, key=lambda each: (counted[each], -each))
    return habits


def _rounded(size: float) -> float:
    return round(size * 2) / 2


def gather_paragraphs(lines: list[Line], habits: Habits) -> list[Group]:
    groups: list[Group] = []
    for run in _tight_runs(lines, habits):
        right = _edge_reached(run)
        for position, line in enumerate(run):
            previous = groups[-1] if groups else None
            if previous is None:
                groups.append(Group([line], 0.0, right))
            elif position == 0:
                if _continues_elsewhere(previous, line, run):
                    previous.lines.append(line)
                    previous.right = right
                else:
                    groups.append(Group([line], _distance(previous.lines[-1], line, habits), right))
            elif _begins(groups, line, right):
                groups.append(Group([line], 1.0, right))
            else:
                previous.lines.append(line)
    return groups


def _tight_runs(lines: list[Line], habits: Habits) -> list[list[Line]]:
    """Return runs of lines in one column, of one size, each as near to the next as lines of a paragraph are."""
    runs: list[list[Line]] = []
    for line in lines:
        if runs and _is_near(runs[-1][-1], line, habits):
            runs[-1].append(line)
        else:
            runs.append([line])
    return runs


def _is_near(above: Line, below: Line, habits: Habits) -> bool:
    if (
        above.column != below.column
        or max(above.size, below.size) > min(above.size, below.size) * _OTHER_SIZE
    ):
        return False
    gap = below.baseline - above.baseline
    most = habits.leading(below.size) * _MORE_DISTANCE
    if _is_bold(above) and _is_bold(below):
        most = max(most, below.size * 1.5)
    return 0.3 * below.size < gap < most


def _distance(above: Line, below: Line, habits: Habits) -> float:
    if above.column != below.column:
        return 0.0
    return (below.baseline - above.baseline) / habits.leading(min(above.size, below.size))


def _edge_reached(run: list[Line]) -> float:
    """Return where the lines of a run end: at the column's edge, or before where all do, as in a quotation."""
    right = run[0].right
    if len(run) < 3:  # noqa: PLR2004 - two lines show no edge
        return right
    reached = max(line.x1 for line in run)
    if reached > right - run[0].size:
        return right
    early = sum(_has_room(above, below, reached) for above, below in pairwise(run))
    return reached if early * 6 <= len(run) - 1 else right


def _first_word_width(line: Line) -> float:
    x1 = line.words[0].x1
    for word in line.words[1:]:
        if not word.joined:
            break
        x1 = word.x1
    return x1 - line.words[0].x0


def _has_room(above: Line, below: Line, right: float) -> bool:
    """Tell whether the next line's first word would have fitted: then the line was ended on purpose."""
    return above.x1 + _first_word_width(below) + (0.25 + _SLACK) * below.size < right


def _begins(groups: Sequence[Group], line: Line, right: float) -> bool:
    """Tell whether a line begins a paragraph though it stands as near to the one above as lines do."""
    group = groups[-1]
    above = group.lines[-1]
    ended = _has_room(above, line, right) or (_is_bold(above) != _is_bold(line) and _ends_early(above, right))
    indent = _INDENT * line.size
    if ended or _is_next_item(group, line):
        return True
    if line.x0 > above.x0 + indent:
        return len(group.lines) > 1 or _is_first_line(groups, above)
    # Back at the margin: a new item after hanging lines; but after a first line's indent, just its paragraph.
    return line.x0 < above.x0 - indent and len(group.lines) > 1


def _is_next_item(group: Group, line: Line) -> bool:
    if not LABEL.match(line.text) or line.x0 > group.first.x0 + 1:
        return False
    hangs = abs(line.x0 - group.lines[-1].x0) > _INDENT * line.size / 2
    return hangs or (
        LABEL.match(group.first.text) is not None and abs(line.x0 - group.first.x0) < _SAME_PLACE
    )


def _is_first_line(groups: Sequence[Group], above: Line) -> bool:
    """Tell a first line's indent from the second line of an item or a reference, which hangs below its first."""
    if LABEL.match(groups[-1].first.text) or not _ends_sentence(above):
        return False
    return not any(_hangs(group) and abs(group.first.x0 - above.x0) < _SAME_PLACE for group in groups[-4:-1])


def _hangs(group: Group) -> bool:
    return len(group.lines) > 1 and group.lines[1].x0 > group.first.x0 + _INDENT * group.size


def _continues_elsewhere(group: Group, line: Line, run: Sequence[Line]) -> bool:
    """Tell whether a paragraph goes on at the top of another column or page."""
    above = group.lines[-1]
    indent = _INDENT * line.size
    shift = line.x0 - line.left
    differs = (
        above.column == line.column
        or max(above.size, line.size) > min(above.size, line.size) * _OTHER_SIZE
        or (_is_bold(above) and not _is_bold(line) and all(map(_is_bold, group.lines)))
        or (LABEL.match(line.text) is not None and not above.text.endswith("-"))
    )
    if differs or _has_room(above, line, group.right):
        return False
    if _hangs(group) or LABEL.match(group.first.text):
        return shift > indent or not _ends_sentence(above)
    indented = shift > indent and len(run) > 1 and run[1].x0 < line.x0 - indent
    return not indented and not (_ends_sentence(above) and above.x1 < group.right - 3 * line.size)


def _ends_sentence(line: Line) -> bool:
    return line.text.rstrip("0123456789¹²³⁴⁵⁶⁷⁸⁹⁰]").endswith(_SENTENCE_ENDS)


def _ends_early(line: Line, right: float) -> bool:
    return line.x1 < right - 2 * line.size


def _is_bold(line: Line) -> bool:
    return all(Emphasis.BOLD in word.emphasis for word in line.words if word.text.strip(".,;:"))
