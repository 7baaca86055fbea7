"""Officers' keys, and the rehearsal with a test envelope that a contest needs before it takes entries."""

from datetime import datetime
from secrets import SystemRandom
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.access import Visit, judging_officers
from app.ceremony.part import check_part
from app.database import reading, transaction
from app.engines import Engines
from app.errors import Clash, NotHere, Unusable
from app.intake.keys import is_ready
from app.record.leaves import append_leaf
from app.tables import Base, Contest, Entry, OfficerKey, Rehearsal, Role
from app.vault import age
from app.vault.errors import NoSuchEnvelope, NotOpenable
from app.vault.rehearse import Tried, how_far, share_to_try, stand_test_envelope, take_test_part
from app.vault.seal import Officer
from app.vault.split import MOST

WORDS = (
    "acorn", "almond", "amber", "anchor", "barley", "beacon", "birch", "bramble", "candle", "cedar",
    "chalk", "clover", "copper", "coral", "cowslip", "crane", "damson", "ember", "fennel", "fern",
    "finch", "flint", "garnet", "hazel", "heather", "heron", "honey", "ivory", "juniper", "kettle",
    "lantern", "larch", "lichen", "linen", "magpie", "mallow", "maple", "marble", "meadow", "nettle",
    "orchard", "otter", "pebble", "plover", "poppy", "quarry", "quill", "rowan", "saffron", "sorrel",
    "sparrow", "thistle", "thrush", "walnut", "willow", "yarrow",
)  # fmt: skip
"""Of which four are put into a test envelope, to be read out by whoever opened it."""


def register_key(engines: Engines, *, visit: Visit, public_key: str, now: datetime) -> None:
    """Register an officer's public key, or another in its place, and seal a test envelope to all there are.

    Raises Unusable for what is no public key, Clash where it is in use or can't be changed any more.
    """
    _require_public_key(public_key)
    with transaction(engines.contest) as session:
        contest = session.get_one(Contest, visit.contest_id, with_for_update={"key_share": True})
        _keep_judges_few(session, visit, contest)
        key = session.get(OfficerKey, visit.role_id)
        if key is not None and key.public_key == public_key:
            return
        _require_own(session, public_key)
        _require_changeable(session, contest, key, now=now)
        if key is None:
            _require_room(session, contest.id)
            key = OfficerKey(role_id=visit.role_id)
            session.add(key)
        key.public_key, key.registered_at, key.tested_at = public_key, now, None
        append_leaf(session, contest_id=contest.id, kind="officer key", rows=[key], now=now)
    _stand(engines, visit.contest_id, now=now)


def own_test_share(engines: Engines, *, visit: Visit, now: datetime) -> bytes:
    """Return this officer's part of the test envelope, sealed to their key. Raises NotHere without one."""
    # A process killed between the two databases leaves the envelope of the keys before.
    _stand(engines, visit.contest_id, now=now)
    try:
        with reading(engines.vault.opening) as session:
            return share_to_try(session, contest_id=visit.contest_id, officer_id=visit.role_id)
    except NoSuchEnvelope as error:
        raise NotHere(
            "There is no test envelope for you yet.",
            to_do="Register your key. The envelope is made as soon as enough officers have.",
        ) from error


def hand_in_test_part(engines: Engines, *, visit: Visit, text: str, now: datetime) -> None:
    """Take an officer's part of the test envelope: a right one makes the key tested, and k open the envelope.

    Raises Unusable for what is not this officer's part of the envelope that stands.
    """
    tried = trying(engines, visit.contest_id)
    if tried is None:
        raise Clash("There is no test envelope yet.", kept="Nothing was taken.")
    part = check_part(text, entry_id=tried.envelope_id, officer_id=visit.role_id)
    try:
        with transaction(engines.vault.opening) as session:
            take_test_part(session, part, now=now)
    except NoSuchEnvelope as error:
        raise Clash(
            "The test envelope was sealed anew in the meantime, because an officer registered a key.",
            to_do="Try your key once more on this page.",
        ) from error
    except NotOpenable as error:
        raise Unusable(
            "This part has been changed since it was decrypted.",
            kept="It was not taken.",
            to_do="Download the share again and decrypt it afresh.",
        ) from error
    _settle(engines, visit.contest_id, now=now)


def trying(engines: Engines, contest_id: UUID) -> Tried | None:
    """How far the officers have come with the test envelope; None where none stands."""
    with reading(engines.vault.opening) as session:
        return how_far(session, contest_id)


def may_change_key(session: Session, contest: Contest, key: OfficerKey | None, *, now: datetime) -> bool:
    """Whether no envelope can have been sealed to this key: none is before its test, nor before entries open."""
    if key is None or key.tested_at is None:
        return True
    if session.scalar(select(Entry.id).where(Entry.contest_id == contest.id).limit(1)) is not None:
        return False
    return now < contest.opens_at or not is_ready(session, contest.id)


def _settle(engines: Engines, contest_id: UUID, *, now: datetime) -> None:
    """Write down what the vault shows: whose keys are tested, and that the envelope is open.

    It looks at all parts, so that what a killed process left unsaid is said with the next.
    """
    tried = trying(engines, contest_id)
    if tried is None:
        return
    with transaction(engines.contest) as session:
        session.get_one(Contest, contest_id, with_for_update={"key_share": True})
        changed: list[Base] = []
        for officer_id, handed_in_at in tried.handed_in.items():
            key = session.get(OfficerKey, officer_id)
            if key and key.public_key == tried.keys[officer_id] and key.tested_at is None:
                key.tested_at = handed_in_at
                changed.append(key)
        if tried.opened_at is not None and not is_ready(session, contest_id):
            opened = Rehearsal(
                contest_id=contest_id, public_keys=tried.opened_with, opened_at=tried.opened_at
            )
            changed.append(session.merge(opened))
        if changed:
            append_leaf(session, contest_id=contest_id, kind="officer key", rows=changed, now=now)


def _stand(engines: Engines, contest_id: UUID, *, now: datetime) -> None:
    """See to it that the test envelope is sealed to the keys registered now."""
    with transaction(engines.contest) as session:
        # Held meanwhile: of two keys registered at once, the later makes the envelope.
        contest = session.get_one(Contest, contest_id, with_for_update={"key_share": True})
        keys = session.scalars(
            select(OfficerKey)
            .join(Role, Role.id == OfficerKey.role_id)
            .where(Role.contest_id == contest_id)
            .order_by(OfficerKey.role_id)
        )
        officers = [Officer(officer_id=key.role_id, public_key=key.public_key) for key in keys]
        with transaction(engines.vault.opening) as vault:
            stand_test_envelope(
                vault,
                contest_id=contest_id,
                officers=officers,
                needed=contest.keys_needed,
                phrase=" ".join(SystemRandom().sample(WORDS, 4)),
                now=now,
            )


def _require_public_key(public_key: str) -> None:
    if age.is_public_key(public_key):
        return
    if "AGE-SECRET-KEY" in public_key.upper():
        raise Unusable(
            "That is your private key! It has left your device, so it must not be used any more.",
            kept="Nothing was kept.",
            to_do="Make a new key, and register the line that begins with age1.",
        )
    raise Unusable("This is no public key: it begins with age1, in small letters, and has 62 characters.")


def _keep_judges_few(session: Session, visit: Visit, contest: Contest) -> None:
    judging = judging_officers(session, contest.id)
    if visit.person_id in judging and len(judging) >= contest.keys_needed:
        raise Clash(
            "Too many officers judge: they alone could open an envelope.", kept="No key was registered."
        )


def _require_own(session: Session, public_key: str) -> None:
    if session.scalar(select(OfficerKey.role_id).where(OfficerKey.public_key == public_key)) is not None:
        raise Clash(
            "This key is registered already, by another officer or for another contest. "
            "A key must never count for two.",
            kept="No key was registered.",
            to_do="Make a key for this contest alone, on your own device.",
        )


def _require_changeable(session: Session, contest: Contest, key: OfficerKey | None, *, now: datetime) -> None:
    if not may_change_key(session, contest, key, now=now):
        raise Clash(
            "Entries are open and sealed to your key of now, so it can’t be changed.",
            kept="Your key stands.",
            to_do="If it is lost, tell the other officers: envelopes open without it while enough keys are left.",
        )


def _require_room(session: Session, contest_id: UUID) -> None:
    held = session.scalar(
        select(func.count()).select_from(OfficerKey).join(Role).where(Role.contest_id == contest_id)
    )
    if (held or 0) >= MOST:
        raise Clash(
            f"{MOST} officers hold keys, which is as many as an envelope can be split among.",
            kept="No key was registered.",
        )
