"""The Council check of a large contest: how long each device works, and how large its files are.

    python -m benchmarks.council_check [--entries 50000]

seals tokens of invented entries into a vault of its own, then does what two officers' devices and the server do.
"""

import argparse
import random
import resource
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from app.ceremony.council_bundle import read_bundle
from app.ceremony.council_check import record_outcome
from app.ceremony.council_device import compare, hand_over, outcome_text
from app.ceremony.council_parts import bundle_to_compare, bundle_to_hand_over, take_parts
from app.database import reading, transaction
from app.demo.contest import Staff, found_contest
from app.engines import Engines, make_engines
from app.intake.keys import officers_of
from app.migrate import migrate_all
from app.settings import Settings
from app.tables import Contest, CouncilMember, Entry
from app.vault.tables import CouncilShare, CouncilTokens, Envelope
from app.vault.tokens import seal_tokens
from benchmarks.names import COUNTRIES, draw
from judging.council import Identity
from judging.tokens import Tokens

COUNCIL = 30
AT_ONCE = 1000
CLOSED = date(2026, 9, 30)
AFTER = datetime(2026, 10, 1, 9, tzinfo=UTC)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--entries", type=int, default=50_000)
    entries = parser.parse_args().entries
    with tempfile.TemporaryDirectory() as folder:
        engines, staff, contest = _founded(Path(folder) / "data")
        with _timed(f"sealing tokens of {entries:,} entries, with their rows"):
            _enter(engines, contest, entries)
        _say("an entry's sealed tokens and shares", f"{_bytes_per_entry(engines):,.0f} bytes")
        _check(engines, staff, Path(folder))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    _say("memory at most, all of it in one process", f"{peak:,} MB")


def _check(engines: Engines, staff: Staff, folder: Path) -> None:
    last, giver = staff.officers[:2]
    keys = {each.role_id: staff.keys[each.person_name.split()[-1].lower()] for each in staff.officers}
    bundle = folder / "bundle.jsonl"
    with _timed("the file to hand over", bundle), bundle.open("w") as file:
        file.writelines(bundle_to_hand_over(engines, visit=giver, to=last.role_id, now=AFTER))
    with _timed("the first officer's device"), bundle.open() as lines:
        parts = hand_over(read_bundle(lines), keys[giver.role_id])
    _say("what is handed over", f"{len(parts) / 1e6:,.1f} MB")
    take_parts(engines, visit=giver, to=last.role_id, sealed=parts, now=AFTER)
    with _timed("the file to compare", bundle), bundle.open("w") as file:
        file.writelines(bundle_to_compare(engines, visit=last, now=AFTER))
    with _timed(f"the last officer's device, against a Council of {COUNCIL}"), bundle.open() as lines:
        read = read_bundle(lines)
        compared = compare(read, keys[last.role_id])
        text = outcome_text(read, compared)
    _say("what is handed in", f"{len(text) / 1e6:,.1f} MB, {dict(Counter(compared.outcomes.values()))}")
    with _timed("putting it on the record"):
        record_outcome(engines, visit=last, text=text, now=AFTER)


def _founded(data: Path) -> tuple[Engines, Staff, Contest]:
    engines = make_engines(Settings(data=data))
    migrate_all(engines)
    contest, staff = found_contest(
        engines,
        slug="large",
        title="A Large Prize",
        opens_on=CLOSED - timedelta(days=150),
        closes_on=CLOSED,
        announced_on=CLOSED + timedelta(days=45),
        password="nobody signs in here",  # noqa: S106
        now=AFTER - timedelta(days=200),
    )
    chance = random.Random(1)
    with transaction(engines.contest) as session:
        council = session.scalars(select(CouncilMember)).all()
        for _ in range(COUNCIL - len(council)):
            name = draw(chance.choice(COUNTRIES), chance).full
            session.add(
                CouncilMember(contest_id=contest.id, name=f"Dr {name}", in_office_from=date(2020, 1, 1))
            )
        session.get_one(Contest, contest.id).number_digits = 6
    return engines, staff, contest


def _enter(engines: Engines, contest: Contest, entries: int) -> None:
    chance = random.Random(2)
    with reading(engines.contest) as session:
        officers, needed = officers_of(session, contest.id)
        category = session.get_one(Contest, contest.id).categories[0].id
    for start in range(0, entries, AT_ONCE):
        numbers = range(100_000 + start, 100_000 + min(start + AT_ONCE, entries))
        ids = {number: uuid4() for number in numbers}
        with transaction(engines.vault.engine) as session:
            session.execute(insert(Envelope), [_envelope(each, contest.id) for each in ids.values()])
            for entry_id in ids.values():
                person = Identity(draw(chance.choice(COUNTRIES), chance).full, emails=("w@example.net",))
                seal_tokens(
                    session,
                    entry_id=entry_id,
                    contest_id=contest.id,
                    version=1,
                    tokens=Tokens.of([person], received=CLOSED),
                    officers=officers,
                    needed=needed,
                )
        with transaction(engines.contest) as session:
            _add_entries(session, contest.id, category, ids)


def _envelope(entry_id: UUID, contest_id: UUID) -> dict[str, object]:
    filled = {column.name: b"" for column in Envelope.__table__.columns}
    return filled | {
        "entry_id": entry_id,
        "contest_id": contest_id,
        "recipient": "",
        "receipt_hash": entry_id.bytes,
        "sealed_at": AFTER,
    }


def _add_entries(session: Session, contest_id: UUID, category_id: UUID, ids: dict[int, UUID]) -> None:
    session.add_all(
        Entry(
            id=entry_id,
            contest_id=contest_id,
            category_id=category_id,
            number=number,
            nom_de_plume=f"Nom {number}",
            nom_key=f"nom{number}",
            channel="web",
            received_at=AFTER - timedelta(days=30),
            receipt_hash=entry_id.bytes,
            declared=[],
            journal=True,
            may_be_named=True,
            entrant_key=b"",
            work="done",
        )
        for number, entry_id in ids.items()
    )


def _bytes_per_entry(engines: Engines) -> float:
    with reading(engines.vault.engine) as session:
        tokens = session.execute(select(CouncilTokens.sealed, CouncilTokens.roster).limit(AT_ONCE)).all()
        shares = session.scalars(select(CouncilShare.sealed).limit(AT_ONCE)).all()
    officers = len(tokens[0].roster.split()) // 2
    sealed = sum(len(row.sealed) + len(row.roster) for row in tokens) / len(tokens)
    return sealed + officers * sum(map(len, shares)) / len(shares)


@contextmanager
def _timed(what: str, file: Path | None = None) -> Iterator[None]:
    began = time.perf_counter()
    yield
    size = "" if file is None else f", {file.stat().st_size / 1e6:,.1f} MB"
    _say(what, f"{time.perf_counter() - began:,.1f} s{size}")


def _say(what: str, figure: str) -> None:
    sys.stdout.write(f"{what}: {figure}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
