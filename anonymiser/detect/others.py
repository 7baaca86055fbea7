"""Finds who else might be recognised, patients first: all of it is flagged and left to people."""

from collections.abc import Iterator, Sequence

from anonymiser.detect.citations import read_citations
from anonymiser.detect.identifiers import find_identifiers
from anonymiser.detect.mark import Mark
from anonymiser.detect.source import Passage
from anonymiser.detect.strangers import find_strangers


def find_others(passages: Sequence[Passage]) -> Iterator[Mark]:
    cited = read_citations(passages, ()).others
    taken: set[tuple[int, int]] = set()
    readable = [passage for passage in passages if not passage.is_reference]
    for passage in readable:
        for mark in find_identifiers(passage):
            places = {(passage.index, at) for at in range(mark.start, mark.end)}
            if not places & taken:
                taken |= places
                yield mark
    for mark in find_strangers(readable, cited):
        if not any((mark.paragraph, at) in taken for at in range(mark.start, mark.end)):
            yield mark
