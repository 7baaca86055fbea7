"""Tells what each paragraph is by the way it is set: heading, item, quotation, verse, scene break."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from anonymiser.manuscript import Block, Emphasis, Paragraph, Role, Run, SceneBreak
from anonymiser.read.pdf.hyphens import Joints
from anonymiser.read.pdf.paragraphs import LABEL, Group, Habits
from anonymiser.read.pdf.runs import make_runs

_SCENE_BREAK = re.compile(r"\s*(?:[*#~⁂•·_=–—-]\s*){3,}|\s*[*#⁂]\s*")
_LARGER = 1.12
_HEADING_WORDS = 25
_BOLD_HEADING_WORDS = 16
_BULLETS = {"\uf0b7": "•", "\uf0a7": "▪", "o": "◦", "·": "•", "●": "•"}
_SURE_BULLETS = frozenset("•●○◦▪■□\uf0b7\uf0a7")
_TAB = 0.45  # of the size of the type: wider than a space
_QUOTED = 1.2  # of the size of the type
_SHORT = 0.8  # of the column
_FEWEST_VERSES = 3


class Styles:
    """Judges paragraphs in the light of all of them."""

    def __init__(self, groups: Sequence[Group], habits: Habits) -> None:
        self._habits = habits
        self._lefts = _usual_lefts(groups, habits)
        bold = sum(
            len(line.text) for group in groups for line in group.lines if _all_in(group, Emphasis.BOLD)
        )
        letters = sum(len(line.text) for group in groups for line in group.lines)
        self._bold_is_usual = bold * 2 > letters
        looks = [self._look(group) for group in groups if self.is_heading(group)]
        longer = [group for group in groups if len(group.lines) > 1]
        indented = [group for group in longer if group.first.x0 > group.lines[1].x0 + _TAB * group.size]
        self._indents = len(indented) * 5 > len(longer)
        # What is larger than all other headings, stands before them and once only is the title.
        self.has_title = bool(looks) and looks[0] == max(looks) and looks.count(looks[0]) == 1
        ranked = sorted(set(looks), reverse=True)
        self._levels = {look: level for level, look in enumerate(ranked, start=0 if self.has_title else 1)}

    def is_heading(self, group: Group) -> bool:
        text = " ".join(line.text for line in group.lines)
        words = len(text.split())
        if words > _HEADING_WORDS or not any(map(str.isalpha, text)):
            return False
        if group.size >= self._habits.size * _LARGER:
            return True
        return (
            not self._bold_is_usual
            and words <= _BOLD_HEADING_WORDS
            and group.size >= self._habits.size * 0.95
            and _all_in(group, Emphasis.BOLD)
            and not text.rstrip().endswith((".", ",", ";"))
        )

    def _look(self, group: Group) -> tuple[float, bool]:
        return round(group.size), _all_in(group, Emphasis.BOLD)

    def level(self, group: Group) -> int:
        return self._levels.get(self._look(group), 1)

    def is_quote(self, group: Group) -> bool:
        """Tell a quotation: all its lines begin to the right of the text's."""
        left = self._lefts.get(group.first.column, group.first.left)
        starts = [line.x0 for line in group.lines]
        if min(starts) <= left + _QUOTED * group.size or max(starts) - min(starts) > 2 * group.size:
            return False
        line = group.first
        centred = abs((line.x0 - left) - (line.right - line.x1)) < 2 * group.size
        return len(starts) > 1 or not (self._indents or centred)


def _usual_lefts(groups: Sequence[Group], habits: Habits) -> dict[int, float]:
    counted: dict[int, Counter[float]] = {}
    for group in groups:
        for line in group.lines:
            if abs(line.size - habits.size) < 1:
                counted.setdefault(line.column, Counter())[round(line.x0)] += 1
    return {column: max(found, key=lambda left: (found[left], -left)) for column, found in counted.items()}


def _all_in(group: Group, emphasis: Emphasis) -> bool:
    return all(emphasis in word.emphasis for line in group.lines for word in line.words)


def make_blocks(
    groups: Sequence[Group], styles: Styles, joints: Joints, marks: Mapping[int, int]
) -> list[tuple[Group, Block]]:
    """Return each group's block; lines of verse, each a group, become one."""
    made: list[tuple[Group, Block]] = []
    verse = _verse(groups, styles)
    for at, group in enumerate(groups):
        if at in verse:
            runs = make_runs(group.lines, joints, marks)
            if at - 1 in verse and group.above == 1.0 and made and isinstance(made[-1][1], Paragraph):
                before = made[-1][1].runs
                made[-1] = (made[-1][0], Paragraph(Role.VERSE, (*before, Run("\n"), *runs)))
                made[-1][0].lines.extend(group.lines)
            else:
                made.append((group, Paragraph(Role.VERSE, runs)))
        else:
            neighbours = groups[max(0, at - 1) : at + 2]
            made.append((group, _make_block(group, neighbours, styles, joints, marks)))
    return _with_item_levels(made)


def _make_block(
    group: Group, neighbours: Sequence[Group], styles: Styles, joints: Joints, marks: Mapping[int, int]
) -> Block:
    if _SCENE_BREAK.fullmatch(" ".join(line.text for line in group.lines)):
        return SceneBreak()
    if styles.is_heading(group):
        runs = make_runs(group.lines, joints, marks)
        plain = tuple(Run(run.text, run.emphasis - {Emphasis.BOLD}, run.note) for run in runs)
        level = styles.level(group)
        return Paragraph(Role.HEADING if level else Role.TITLE, plain, level)
    label = find_label(group, neighbours)
    if label:
        shown, skip = label
        return Paragraph(Role.ITEM, make_runs(group.lines, joints, marks, skip=skip), 0, shown)
    role = Role.QUOTE if styles.is_quote(group) else Role.PARAGRAPH
    return Paragraph(role, make_runs(group.lines, joints, marks))


def find_label(group: Group, neighbours: Sequence[Group]) -> tuple[str, int] | None:
    """Return a label as it is shown and how many words it takes, where the paragraph is an item for sure."""
    words = group.first.words
    match = LABEL.match(group.first.text)
    if match is None or len(words) < 2 or words[0].text != match[1] or words[1].joined:  # noqa: PLR2004 - a label and what follows
        return None
    label = match[1]
    apart = words[1].x0 - words[0].x1 > _TAB * group.size
    hangs = len(group.lines) > 1 and abs(group.lines[1].x0 - words[1].x0) < 2  # noqa: PLR2004 - points
    counts = label.strip("([.)]").isdigit() and any(
        each is not group and _number(each) in {_number(group) - 1, _number(group) + 1} for each in neighbours
    )
    if not (label in _SURE_BULLETS or apart or hangs or counts):
        return None
    return _BULLETS.get(label, label), 1


def _number(group: Group) -> int:
    match = re.match(r"[(\[]?(\d{1,3})[.)\]]", group.first.text)
    return int(match[1]) if match else -9


def _with_item_levels(made: list[tuple[Group, Block]]) -> list[tuple[Group, Block]]:
    """Give items of one list their depth, by how far each is set in."""
    lefts: list[float] = []
    levelled: list[tuple[Group, Block]] = []
    for group, block in made:
        if not (isinstance(block, Paragraph) and block.role is Role.ITEM):
            lefts = []
            levelled.append((group, block))
            continue
        left = group.first.x0 - group.first.left
        while lefts and left < lefts[-1] - group.size * 0.6:
            lefts.pop()
        if not lefts or left > lefts[-1] + group.size * 0.6:
            lefts.append(left)
        levelled.append((group, Paragraph(block.role, block.runs, len(lefts) - 1, block.label)))
    return levelled


def _verse(groups: Sequence[Group], styles: Styles) -> frozenset[int]:
    """Return which single lines are verse: three or more, near each other, each ended early, most without a stop."""
    found: set[int] = set()
    run: list[int] = []
    for at in range(len(groups) + 1):
        group = groups[at] if at < len(groups) else None
        fits = group is not None and _may_be_verse(group, styles)
        if fits and group is not None and (not run or group.above == 1.0):
            run.append(at)
            continue
        if len(run) >= _FEWEST_VERSES:
            stops = sum(groups[each].first.text.rstrip().endswith((".", ":")) for each in run)
            if stops * 2 <= len(run):
                found.update(run)
        run = [at] if fits else []
    return frozenset(found)


def _may_be_verse(group: Group, styles: Styles) -> bool:
    line = group.first
    return (
        len(group.lines) == 1
        and line.x1 - line.x0 < _SHORT * (line.right - line.left)
        and not styles.is_heading(group)
        and not LABEL.match(line.text)
        and not _SCENE_BREAK.fullmatch(line.text)
    )
