"""What an officer's page of keys says: the own key, how the test envelope stands, who has still to do what."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from app.access import Visit
from app.ceremony.rehearsal import may_change_key, trying
from app.engines import Engines
from app.intake.keys import Holder, KeyState, holders_of, is_ready
from app.tables import Contest, OfficerKey
from app.vault.rehearse import Tried
from app.web.officers_frame import WORDS
from app.wording import counted, in_words

_STATES = {
    KeyState.NONE: ("No key yet", "held"),
    KeyState.UNTRIED: ("Key not tried yet", ""),
    KeyState.TESTED: ("Key tested", "ready"),
}


def key_values(session: Session, engines: Engines, visit: Visit, now: datetime) -> dict[str, Any]:
    contest = session.get_one(Contest, visit.contest_id)
    zone = ZoneInfo(contest.time_zone)
    holders = holders_of(session, contest.id)
    tried = trying(engines, contest.id)
    own = session.get(OfficerKey, visit.role_id)
    ready = is_ready(session, contest.id)
    return {
        "slug": contest.slug,
        "officer": visit.person_name,
        "contest_title": contest.title,
        "stamp": _stamp(holders, tried),
        "rule": f"Any {WORDS[contest.keys_needed]} of the {WORDS.get(len(holders), str(len(holders)))} officers "
        "open an envelope, together.",
        "mine": None
        if own is None
        else {
            "public_key": own.public_key,
            "registered": in_words(own.registered_at, zone),
            "tested": "" if own.tested_at is None else in_words(own.tested_at, zone),
        },
        "may_change": own is not None and may_change_key(session, contest, own, now=now),
        "test": _test(tried, visit, contest.keys_needed),
        "waits": "" if tried else _waits(holders, contest.keys_needed),
        "ready": ready,
        "entries": _entries(contest, ready=ready, now=now),
        "officers": [
            {
                "name": each.name,
                "role": each.title,
                "state_label": _STATES[each.state][0],
                "state_class": _STATES[each.state][1],
            }
            for each in holders
        ],
    }


def key_stamp(session: Session, engines: Engines, visit: Visit) -> str:
    """Changes whenever an officer has registered a key or tried it; says nothing else."""
    return _stamp(holders_of(session, visit.contest_id), trying(engines, visit.contest_id))


def _stamp(holders: list[Holder], tried: Tried | None) -> str:
    states = "".join(each.state.value[0] for each in holders)
    return (
        f"{states}-none" if tried is None else f"{states}-{tried.envelope_id.hex[:8]}-{len(tried.handed_in)}"
    )


def _test(tried: Tried | None, visit: Visit, needed: int) -> dict[str, Any] | None:
    if tried is None:
        return None
    missing = needed - len(tried.handed_in)
    return {
        "is_open": tried.opened_at is not None,
        "phrase": tried.phrase,
        "mine_in": visit.role_id in tried.handed_in,
        "missing": f"It opens once {_more(missing)} done so." if missing > 0 else "",
    }


def _more(missing: int) -> str:
    return f"{WORDS[missing]} more {'officer has' if missing == 1 else 'officers have'}"


def _waits(holders: list[Holder], needed: int) -> str:
    with_key = sum(each.state is not KeyState.NONE for each in holders)
    return (
        f"{counted(with_key, 'officer has', 'officers have').capitalize()} registered a key. "
        f"The test envelope is made as soon as {WORDS[needed]} have."
    )


def _entries(contest: Contest, *, ready: bool, now: datetime) -> str:
    if ready:
        return "The rehearsal is done: entries can be taken." if now < contest.closes_at else ""
    return (
        f"No entry can be taken before {WORDS[contest.keys_needed]} officers have opened the test envelope "
        "together, each with an own key."
    )
