"""k of n without a master key: for every k officers the secret is split by XOR, a part to each."""

import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from itertools import combinations
from uuid import UUID

from app.vault.errors import NotOpenable

LEAST, MOST = 2, 7
MOST_CHARACTERS = 64 * 1024
"""Of a part's text: that of three of seven officers has some 4,000."""


@dataclass(frozen=True, slots=True)
class OfficerPart:
    """What one officer decrypts for one envelope: a part for every k officers they may be among."""

    entry_id: UUID
    officer_id: UUID
    officers: tuple[UUID, ...]
    needed: int
    parts: Mapping[str, bytes] = field(repr=False)
    """Part by the officers it belongs to, written as places in `officers`: "0+2"."""

    def as_text(self) -> str:
        return json.dumps(
            {
                "nomdeplume": "officer's part",
                "entry": str(self.entry_id),
                "officer": str(self.officer_id),
                "officers": [str(each) for each in self.officers],
                "needed": self.needed,
                "parts": {group: part.hex() for group, part in self.parts.items()},
            },
            sort_keys=True,
        )

    @classmethod
    def from_text(cls, text: str) -> "OfficerPart":
        """Read a part as handed in. Raises NotOpenable where it isn't one."""
        try:
            found = json.loads(text[:MOST_CHARACTERS])
            part = cls(
                entry_id=UUID(found["entry"]),
                officer_id=UUID(found["officer"]),
                officers=tuple(UUID(each) for each in found["officers"]),
                needed=int(found["needed"]),
                parts={str(group): bytes.fromhex(part) for group, part in found["parts"].items()},
            )
        except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError) as error:
            raise NotOpenable("this is not an officer's part") from error
        if not LEAST <= part.needed <= len(part.officers) <= MOST:
            raise NotOpenable("this is not an officer's part")
        return part


def split(secret: str, *, entry_id: UUID, officers: Sequence[UUID], needed: int) -> list[OfficerPart]:
    """Split `secret` so that any `needed` of `officers` join it and fewer learn nothing.

    Raises ValueError unless 2 <= needed <= len(officers) <= 7.
    """
    if not LEAST <= needed <= len(officers) <= MOST:
        raise ValueError("between two and seven officers, of whom at least two are needed")
    order = tuple(officers)
    parts: list[dict[str, bytes]] = [{} for _ in order]
    for group in combinations(range(len(order)), needed):
        label = "+".join(map(str, group))
        rest = secret.encode()
        for place in group[:-1]:
            pad = secrets.token_bytes(len(rest))
            parts[place][label] = pad
            rest = _xor(rest, pad)
        parts[group[-1]][label] = rest
    return [
        OfficerPart(entry_id=entry_id, officer_id=officer, officers=order, needed=needed, parts=own)
        for officer, own in zip(order, parts, strict=True)
    ]


def join(handed_in: Sequence[OfficerPart], *, entry_id: UUID) -> str:
    """Return the secret. Raises NotOpenable with too few parts, or parts of another envelope."""
    by_officer = {part.officer_id: part for part in handed_in}
    if not by_officer or any(part.entry_id != entry_id for part in by_officer.values()):
        raise NotOpenable("these parts belong to another envelope")
    first = next(iter(by_officer.values()))
    if not LEAST <= first.needed <= MOST:
        raise NotOpenable("these parts do not belong together")
    present = sorted(first.officers.index(officer) for officer in by_officer if officer in first.officers)
    if len(present) < first.needed:
        raise NotOpenable(f"it needs the parts of {first.needed} officers, and has those of {len(present)}")
    group = present[: first.needed]
    label = "+".join(map(str, group))
    try:
        secret = reduce(_xor, (by_officer[first.officers[place]].parts[label] for place in group))
    except (KeyError, ValueError) as error:
        raise NotOpenable("these parts do not belong together") from error
    return secret.decode(errors="replace")


def _xor(left: bytes, right: bytes) -> bytes:
    if len(left) != len(right):
        raise ValueError("parts of different lengths")
    return (int.from_bytes(left) ^ int.from_bytes(right)).to_bytes(len(left))
