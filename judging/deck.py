"""The dealing itself: least-loaded judges first, then levelled and linked by moving single readings."""

import heapq
from collections import deque
from collections.abc import Collection, Iterator, Mapping, Sequence
from random import Random

from judging.ids import EntryId, JudgeId
from judging.readings import groups_of_judges

_TRIES_TO_CONNECT = 500


class Deck:
    """Entries being dealt to judges; every method keeps conflicts apart and kept readings in place."""

    def __init__(
        self,
        entries: Collection[EntryId],
        judges: Collection[JudgeId],
        conflicts: Collection[tuple[EntryId, JudgeId]],
        random: Random,
    ) -> None:
        self._entries = sorted(entries)
        self._judges = sorted(judges)
        self._forbidden = frozenset(conflicts)
        self._random = random
        self._kept: set[tuple[EntryId, JudgeId]] = set()
        self._readers: dict[EntryId, set[JudgeId]] = {entry: set() for entry in self._entries}
        self._own: dict[JudgeId, list[EntryId]] = {judge: [] for judge in self._judges}

    def keep(self, judge: JudgeId, entries: Sequence[EntryId]) -> None:
        """Leave these readings where they are, unless entry or judge has gone or they now conflict."""
        for entry in entries:
            if judge in self._own and entry in self._readers and (entry, judge) not in self._forbidden:
                self._give(entry, judge)
                self._kept.add((entry, judge))

    def fill(self, wanted: int) -> None:
        """Give every entry the least loaded judges it may have, ties at random."""
        order = list(self._entries)
        self._random.shuffle(order)
        heap = [(len(own), self._random.random(), judge) for judge, own in self._own.items()]
        heapq.heapify(heap)
        for entry in order:
            seen = []
            while heap and len(self._readers[entry]) < wanted:
                load, draw, judge = heapq.heappop(heap)
                if self._may_read(entry, judge):
                    self._give(entry, judge)
                    load, draw = load + 1, self._random.random()
                seen.append((load, draw, judge))
            for item in seen:
                heapq.heappush(heap, item)

    def level(self) -> None:
        """Move readings along chains of judges until no chain evens out the loads any more.

        With every chain that helps used up, the loads are as even as conflicts allow (a flow of least cost).
        """
        while any(self._relieve(judge) for judge in sorted(self._judges, key=self._load, reverse=True)):
            pass

    def connect(self) -> None:
        """Swap readings between groups of judges that share no entry, as long as that links them."""
        groups = self._groups()
        for _ in range(_TRIES_TO_CONNECT):
            if len(groups) <= 1:
                return
            one, other = self._random.sample([sorted(group) for group in groups], 2)
            swap = self._find_swap(self._random.choice(one), self._random.choice(other))
            if swap is None:
                continue
            self._swap(*swap)
            linked = self._groups()
            if len(linked) < len(groups):
                groups = linked
            else:
                (entry, judge), (second, partner) = swap
                self._swap((entry, partner), (second, judge))

    def lists(self) -> dict[JudgeId, tuple[EntryId, ...]]:
        """Give each judge an own order: kept readings as they were, then the new ones shuffled."""
        lists = {}
        for judge, own in self._own.items():
            kept = [entry for entry in own if (entry, judge) in self._kept]
            new = sorted(entry for entry in own if (entry, judge) not in self._kept)
            self._random.shuffle(new)
            lists[judge] = (*kept, *new)
        return lists

    def readers_found(self) -> dict[EntryId, int]:
        return {entry: len(readers) for entry, readers in self._readers.items()}

    def _may_read(self, entry: EntryId, judge: JudgeId) -> bool:
        return judge not in self._readers[entry] and (entry, judge) not in self._forbidden

    def _load(self, judge: JudgeId) -> int:
        return len(self._own[judge])

    def _give(self, entry: EntryId, judge: JudgeId) -> None:
        if judge not in self._readers[entry]:
            self._readers[entry].add(judge)
            self._own[judge].append(entry)

    def _take(self, entry: EntryId, judge: JudgeId) -> None:
        self._readers[entry].remove(judge)
        self._own[judge].remove(entry)

    def _movable(self, judge: JudgeId) -> Iterator[EntryId]:
        return (entry for entry in list(self._own[judge]) if (entry, judge) not in self._kept)

    def _relieve(self, start: JudgeId) -> bool:
        """Take one reading off this judge by the shortest chain to a judge with two fewer; say whether."""
        came_by: dict[JudgeId, tuple[EntryId, JudgeId] | None] = {start: None}
        queue = deque([start])
        enough = self._load(start) - 2
        if min(map(self._load, self._judges)) > enough:
            return False
        while queue:
            giver = queue.popleft()
            for entry in self._movable(giver):
                for taker in self._judges:
                    if taker in came_by or not self._may_read(entry, taker):
                        continue
                    came_by[taker] = (entry, giver)
                    if self._load(taker) <= enough:
                        self._pass_along(taker, came_by)
                        return True
                    queue.append(taker)
        return False

    def _pass_along(self, last: JudgeId, came_by: Mapping[JudgeId, tuple[EntryId, JudgeId] | None]) -> None:
        taker = last
        while step := came_by[taker]:
            entry, giver = step
            self._take(entry, giver)
            self._give(entry, taker)
            taker = giver

    def _groups(self) -> list[set[JudgeId]]:
        return groups_of_judges((entry, judge) for judge, own in self._own.items() for entry in own)

    def _find_swap(
        self, one: JudgeId, other: JudgeId
    ) -> tuple[tuple[EntryId, JudgeId], tuple[EntryId, JudgeId]] | None:
        """Find a reading of each that the other may have instead."""
        mine = [entry for entry in self._movable(one) if self._may_read(entry, other)]
        theirs = [entry for entry in self._movable(other) if self._may_read(entry, one)]
        if not mine or not theirs:
            return None
        return (self._random.choice(mine), one), (self._random.choice(theirs), other)

    def _swap(self, one: tuple[EntryId, JudgeId], other: tuple[EntryId, JudgeId]) -> None:
        (entry, judge), (second, partner) = one, other
        self._take(entry, judge)
        self._take(second, partner)
        self._give(entry, partner)
        self._give(second, judge)
