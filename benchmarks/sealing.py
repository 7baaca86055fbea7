"""How long it takes to seal who entered and what the Council check compares, for some numbers of officers.

    python -m benchmarks.sealing [--rounds 300]

prints medians in milliseconds: the work alone, its rows never written; and with a commit that is on the disk.
"""

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import uuid4

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from app.database import make_engine, transaction
from app.intake.council import tokens_of
from app.vault import age
from app.vault.identity import Identity
from app.vault.seal import Officer, seal_envelope
from app.vault.tables import VaultBase
from app.vault.tokens import seal_tokens

LIMIT = 5.0
"""Milliseconds that the work may take for two of three officers."""
NUMBERS = ((2, 3), (3, 5), (4, 7))
"""k of n."""
NOW = datetime(2026, 9, 1, 9, 30, tzinfo=UTC)
CONTEST = uuid4()

Work = Callable[[Engine], AbstractContextManager[Session]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=300)
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as folder:
        engine = new_vault(Path(folder))
        print("| officers | work alone | with a commit | limit |")
        print("|---|---|---|---|")
        for needed, officers in NUMBERS:
            alone = median_ms(engine, needed, officers, rounds=rounds, within=thrown_away)
            written = median_ms(engine, needed, officers, rounds=rounds, within=transaction)
            limit = f"{LIMIT:.0f}" if (needed, officers) == NUMBERS[0] else ""
            print(f"| {needed} of {officers} | {alone:.2f} | {written:.2f} | {limit} |")
        engine.dispose()


def new_vault(folder: Path) -> Engine:
    engine = make_engine(f"sqlite:///{folder / 'vault.sqlite3'}")
    VaultBase.metadata.create_all(engine)
    return engine


@contextmanager
def thrown_away(engine: Engine) -> Iterator[Session]:
    """A transaction whose rows are made and flushed, and rolled back: nothing waits for the disk."""
    with Session(engine) as session:
        yield session
        session.flush()


def median_ms(
    engine: Engine,
    needed: int,
    officers: int,
    *,
    rounds: int,
    within: Work,
    clock: Callable[[], float] = time.perf_counter,
) -> float:
    """Median of so many sealings, in milliseconds by this clock."""
    keys = [Officer(uuid4(), age.public_key(age.new_secret())) for _ in range(officers)]
    spent = []
    for _ in range(rounds):
        began = clock()
        with within(engine) as session:
            _seal(session, keys, needed)
        spent.append((clock() - began) * 1000)
    return statistics.median(spent)


def _seal(session: Session, officers: list[Officer], needed: int) -> None:
    identity = Identity(
        entry_id=uuid4(),
        name="Imogen Tarrant",
        email="imogen.tarrant@example.org",
        phone="020 7946 0991",
        postal_address="4 Canary Wharf, London",
        registration_number="GMC 7654321",
        organisations=("Larkfield Surgery",),
        co_authors=(("Ada Quill", "ada@example.org"),),
    )
    seal_envelope(
        session,
        identity=identity,
        contest_id=CONTEST,
        receipt=identity.entry_id.bytes,
        officers=officers,
        needed=needed,
        now=NOW,
    )
    seal_tokens(
        session,
        entry_id=identity.entry_id,
        contest_id=CONTEST,
        version=1,
        tokens=tokens_of(identity, received=date(2026, 9, 1)),
        officers=officers,
        needed=needed,
    )


if __name__ == "__main__":
    main()
