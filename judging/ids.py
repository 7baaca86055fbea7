"""The names by which values point at each other. Opaque: nothing is read out of them."""

from typing import NewType

ContestId = NewType("ContestId", str)
EntryId = NewType("EntryId", str)
JudgeId = NewType("JudgeId", str)
MemberId = NewType("MemberId", str)
