"""Who reads what, and in which order? Everybody everything, or k readers an entry, at random and evenly.

Fixed batches are never dealt: judges who share no entry with others could not be compared in severity.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from random import Random

from judging.deck import Deck
from judging.ids import EntryId, JudgeId
from judging.readings import groups_of_judges

_FEWEST_ON_A_COMPLETE_PANEL = 2


@dataclass(frozen=True, slots=True)
class Shortfall:
    """An entry with too few judges who may read it."""

    entry: EntryId
    wanted: int
    found: int


@dataclass(frozen=True, slots=True)
class Assignment:
    """What each judge reads, in that judge's own order; entries in `short` lack readers."""

    lists: Mapping[JudgeId, tuple[EntryId, ...]]
    short: tuple[Shortfall, ...]

    @property
    def spread(self) -> int:
        """The longest list less the shortest, in entries."""
        lengths = [len(entries) for entries in self.lists.values()]
        return max(lengths, default=0) - min(lengths, default=0)

    @property
    def is_connected(self) -> bool:
        """Whether every two judges with anything to read are linked by entries read in common."""
        pairs = ((entry, judge) for judge, entries in self.lists.items() for entry in entries)
        return len(groups_of_judges(pairs)) <= 1


def deal(
    entries: Collection[EntryId],
    judges: Collection[JudgeId],
    *,
    reads: int | None,
    conflicts: Collection[tuple[EntryId, JudgeId]],
    random: Random,
) -> Assignment:
    """Deal entries to judges: `reads` judges an entry, or the whole panel where None.

    No pair in `conflicts` (exclusions and recusals) is dealt. Where the whole panel reads, an entry is short
    when fewer than two judges may read it.
    """
    return redeal(entries, judges, reads=reads, conflicts=conflicts, random=random, kept={})


def redeal(
    entries: Collection[EntryId],
    judges: Collection[JudgeId],
    *,
    reads: int | None,
    conflicts: Collection[tuple[EntryId, JudgeId]],
    random: Random,
    kept: Mapping[JudgeId, Sequence[EntryId]],
) -> Assignment:
    """Deal again after entries, judges or conflicts have changed.

    What `kept` holds stays with its judge and in its order, except new conflicts and whoever or whatever has
    gone; new reading is added behind it.
    """
    deck = Deck(entries, judges, conflicts, random)
    for judge in sorted(kept):
        deck.keep(judge, kept[judge])
    wanted = len(judges) if reads is None else reads
    deck.fill(wanted)
    if reads is not None:
        deck.level()
        deck.connect()
    needed = min(len(judges), _FEWEST_ON_A_COMPLETE_PANEL) if reads is None else reads
    short = [
        Shortfall(entry, needed, found) for entry, found in deck.readers_found().items() if found < needed
    ]
    return Assignment(deck.lists(), tuple(short))
