"""Which entry a receipt is for, found with the same work whether or not there is one."""

import hashlib
import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from math import ceil
from threading import Lock
from uuid import UUID

from sqlalchemy import select

from app.database import reading
from app.engines import Engines
from app.intake.receipts import ReceiptCode
from app.tables import Entry
from app.vault.open import opens_an_envelope

BURST = 60
"""So many codes that lead nowhere may come from one address at once: a whole campus may stand behind it."""
ONE_BACK_EVERY = timedelta(seconds=10)
MOST_ADDRESSES = 10_000


def find_entry_id(engines: Engines, code: ReceiptCode) -> UUID | None:
    """Return the entry's id. Both databases are asked and an age file is opened either way."""
    with reading(engines.contest) as session:
        entry_id = session.scalar(select(Entry.id).where(Entry.receipt_hash == code.hash))
    with reading(engines.vault.entering) as session:
        opens = opens_an_envelope(session, code.octets)
    return entry_id if opens else None


@dataclass(slots=True)
class FailedLookUps:
    """Counts failures by address, in memory alone; of an address only a hash with a key of this process is held.

    What is counted is failures, and only a failure is refused: a code of 128 bits can't be guessed at any rate,
    and somebody who tries nonsense must not lock out whoever shares their address, or the proxy in front of us.
    """

    burst: int = BURST
    one_back_every: timedelta = ONE_BACK_EVERY
    _spent: dict[bytes, tuple[float, datetime]] = field(default_factory=dict, repr=False)
    _key: bytes = field(default_factory=lambda: secrets.token_bytes(16), repr=False)
    _lock: Lock = field(default_factory=Lock, repr=False)

    def count(self, address: str, *, now: datetime) -> int:
        """Count one failure. Return 0, or for one too many the seconds until another is answered."""
        key = hashlib.blake2b(address.encode(), key=self._key, digest_size=16).digest()
        with self._lock:
            spent = self._left(key, now) + 1
            if spent > self.burst:
                return ceil((spent - self.burst) * self.one_back_every.total_seconds())
            self._spent.pop(key, None)
            self._spent[key] = (spent, now)
            if len(self._spent) > MOST_ADDRESSES:
                # The one that failed longest ago: it has most of its burst back by now.
                self._spent.pop(next(iter(self._spent)))
            return 0

    def _left(self, key: bytes, now: datetime) -> float:
        spent, at = self._spent.get(key, (0.0, now))
        return max(0.0, spent - (now - at) / self.one_back_every)
