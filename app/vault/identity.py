"""Who entered: the record that goes into the envelope, and never stands readable anywhere else."""

import json
from dataclasses import asdict, dataclass, field
from uuid import UUID

from app.vault.errors import NotOpenable


@dataclass(frozen=True, slots=True)
class Identity:
    """One entrant, as told. `fingerprint` is the SHA-256 of the file that came in, in hex."""

    entry_id: UUID
    name: str = field(repr=False)
    email: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)
    postal_address: str = field(default="", repr=False)
    registration_number: str = field(default="", repr=False)
    also_known_as: tuple[str, ...] = field(default=(), repr=False)
    organisations: tuple[str, ...] = field(default=(), repr=False)
    co_authors: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    """Pairs of name and e-mail."""

    def as_json(self) -> str:
        return json.dumps(asdict(self) | {"entry_id": str(self.entry_id)}, sort_keys=True, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str, *, entry_id: UUID) -> "Identity":
        """Read a record. Raises NotOpenable when it was sealed for another entry than `entry_id`."""
        found = json.loads(text)
        found["entry_id"] = UUID(found["entry_id"])
        if found["entry_id"] != entry_id:
            raise NotOpenable("this record was sealed for another entry")
        for key in ("also_known_as", "organisations"):
            found[key] = tuple(found[key])
        found["co_authors"] = tuple((name, email) for name, email in found["co_authors"])
        return cls(**found)
