"""Finds who else might be recognised, patients first: all of it is flagged and left to people."""

from collections.abc import Iterator, Sequence

from anonymiser.detect.citations import read_citations
from anonymiser.detect.identifiers import find_identifiers
from anonymiser.detect.mark import Mark, Taken
from anonymiser.detect.source import Passage
from anonymiser.detect.strangers import find_strangers


def find_others(passages: Sequence[Passage]) -> Iterator[Mark]:
    cited = read_citations(passages, ()).others
    taken = Taken()
    readable = [passage for passage in passages if not passage.is_reference]
    for passage in readable:
        yield from filter(taken.take, find_identifiers(passage))
    yield from filter(taken.take, find_strangers(readable, cited))
