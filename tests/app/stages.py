"""How tests take a prize through its year, by the same operations people use."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import httpx
from sqlalchemy import select

from app.access import Visit, begin_session
from app.ceremony.decide import Outcome, Resolution, decide
from app.ceremony.opening import hand_in_part, open_envelope, start_opening
from app.database import reading, transaction
from app.desk.release import release_entries
from app.desk.review import decide_finding
from app.intake.receipts import ReceiptCode
from app.panel.mark import declare_interest, save_marks
from app.panel.views import reading_list
from app.tables import Assignment, Contest, Entry
from app.vault import age
from app.vault.open import OpenedByReceipt, officer_share, open_with_receipt
from tests.checking import check
from tests.conftest import AFTER, IN_TIME, Prize, Site
from tests.entering import enter


def enter_and_release(prize: Prize, **changes: Any) -> tuple[UUID, ReceiptCode]:
    """An essay entered in time and released after the deadline."""
    prize.clock.at = IN_TIME
    entry_id, receipt = enter(prize, **changes)
    prize.clock.at = AFTER
    settle_and_release(prize, entry_id)
    return entry_id, receipt


def settle_and_release(prize: Prize, entry_id: UUID) -> None:
    """Keep whatever was found in the essay, and release it."""
    with reading(prize.engines.contest) as session:
        findings = [finding.id for finding in session.get_one(Entry, entry_id).findings]
    for finding_id in findings:
        decide_finding(
            prize.engines,
            visit=prize.staff.administrator,
            entry_id=entry_id,
            finding_id=finding_id,
            verdict="keep",
            stand_in="",
            now=IN_TIME,
        )
    check(prize)
    release_entries(prize.engines, visit=prize.staff.administrator, entry_ids=[entry_id], now=AFTER)


def reading_of(panel: Any, judge: Visit, nom: str) -> UUID:
    """The id of one judge's reading of one essay."""
    with reading(panel.prize.engines.contest) as session:
        found = session.scalar(
            select(Assignment.id).where(
                Assignment.role_id == judge.role_id, Assignment.entry_id == panel.entries[nom]
            )
        )
    assert found is not None
    return found


def full_marks(panel: Any, points: str) -> dict[str, str]:
    """The same points for every criterion."""
    with reading(panel.prize.engines.contest) as session:
        criteria = session.get_one(Contest, panel.prize.contest.id).criteria
        return dict.fromkeys((each.key for each in criteria), points)


def save(panel: Any, judge: Visit, nom: str, **changes: Any) -> Any:
    """Save a judge's marks for an essay as the page would."""
    given = {"points": full_marks(panel, "7"), "notes": "", "version": None, "lock": False, "now": AFTER}
    return save_marks(
        panel.prize.engines.contest,
        visit=judge,
        assignment_id=reading_of(panel, judge, nom),
        **(given | changes),
    )


def declare_all(panel: Any) -> None:
    for judge in panel.prize.staff.judges:
        declare_interest(panel.prize.engines.contest, visit=judge, now=AFTER)


def mark_everything(panel: Any) -> None:
    """Larkspur gets most from every judge, Pencil Moth least; no two judges agree throughout."""
    declare_all(panel)
    for n, judge in enumerate(panel.prize.staff.judges):
        for nom, points in (("Larkspur", 9), ("Heron", 7), ("Pencil Moth", 4)):
            given = Decimal(points) - Decimal(n) / 2
            locked = save(panel, judge, nom, points=full_marks(panel, str(given)), lock=True)
            assert isinstance(locked, int), locked
    with reading(panel.prize.engines.contest) as session:
        states = {essay.state for judge in panel.prize.staff.judges for essay in reading_list(session, judge)}
    assert states == {"locked"}


def category_of(panel: Any, key: str = "everyone-else") -> UUID:
    with reading(panel.prize.engines.contest) as session:
        categories = session.get_one(Contest, panel.prize.contest.id).categories
        return next(each.id for each in categories if each.key == key)


def resolution(panel: Any, *winners: str, **changes: Any) -> Resolution:
    """One winner as the ranking says, unless told otherwise."""
    given: dict[str, Any] = {
        "outcome": Outcome.WINNER,
        "winners": tuple(panel.entries[nom] for nom in winners),
        "commended": (),
        "reserves": {},
        "reason": "",
    }
    return Resolution(**(given | changes))


def decide_now(panel: Any, *winners: str, key: str = "everyone-else", **changes: Any) -> Any:
    return decide(
        panel.prize.engines,
        visit=panel.prize.staff.officers[0],
        category_id=category_of(panel, key),
        resolution=resolution(panel, *winners, **changes),
        now=AFTER,
    )


def begin_opening(panel: Any, nom: str, *, now: datetime = AFTER) -> UUID:
    return start_opening(
        panel.prize.engines,
        visit=panel.prize.staff.officers[0],
        entry_id=panel.entries[nom],
        reason="The decision of the judges.",
        now=now,
    )


def part_of(panel: Any, officer: Visit, nom: str) -> str:
    """What the officer's own device makes of the share: only here does the private key meet it."""
    secret = panel.prize.staff.keys[officer.person_name.split()[-1].lower()]
    with reading(panel.prize.engines.vault.opening) as session:
        sealed = officer_share(session, entry_id=panel.entries[nom], officer_id=officer.role_id)
    return age.unseal(sealed, secret).decode().strip()


def hand_in(panel: Any, officer: Visit, opening_id: UUID, text: str, *, now: datetime = AFTER) -> None:
    hand_in_part(panel.prize.engines, visit=officer, opening_id=opening_id, text=text, now=now)


def open_together(panel: Any, nom: str, *, officers: tuple[int, ...] = (0, 1), now: datetime = AFTER) -> UUID:
    """Open an envelope by the parts of these officers."""
    opening_id = begin_opening(panel, nom, now=now)
    chosen = [panel.prize.staff.officers[place] for place in officers]
    for officer in chosen:
        hand_in(panel, officer, opening_id, part_of(panel, officer, nom), now=now)
    open_envelope(panel.prize.engines, visit=chosen[-1], opening_id=opening_id, now=now)
    return opening_id


def opened_by(prize: Prize, entry_id: UUID, receipt: ReceiptCode) -> OpenedByReceipt:
    with reading(prize.engines.contest) as session:
        version = session.get_one(Entry, entry_id).essay_version
    with reading(prize.engines.vault.entering) as session:
        return open_with_receipt(session, entry_id=entry_id, version=version, receipt=receipt.octets)


def open_for_entries_now(prize: Prize) -> None:
    """Move the contest around the machine's own time: a request's first byte is noted by the system's clock."""
    prize.clock.at = datetime.now(UTC)
    with transaction(prize.engines.contest) as session:
        contest = session.get_one(Contest, prize.contest.id)
        contest.opens_at = prize.clock.at - timedelta(days=30)
        contest.closes_at = prize.clock.at + timedelta(days=30)


def signed_in(site: Site, visit: Visit) -> httpx.Client:
    """A browser in which this person has just signed in."""
    with transaction(site.prize.engines.contest) as session:
        token = begin_session(
            session, person_id=visit.person_id, contest_id=visit.contest_id, now=site.prize.clock()
        )
    client = site.client()
    client.cookies.set("session", token)
    return client


def uploads(prize: Prize) -> list[str]:
    """What lies in the private folder of uploads, by the first word of each name."""
    return sorted(path.name.split("-")[0] for path in prize.engines.settings.upload_folder.iterdir())


def payload(sealed: bytes) -> int:
    """Length of an age file without its header, to which age itself adds noise of random length."""
    return len(sealed) - sealed.index(b"\n", sealed.index(b"\n--- ") + 1)
