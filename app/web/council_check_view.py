"""What the page of the Council check says: what is to be done, and what came of it to officers who don't judge."""

from collections import Counter
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.access import Visit
from app.ceremony.council_parts import Holder, compared_numbers, handed_over, holders
from app.ceremony.opening import also_judges
from app.desk.council import pending
from app.engines import Engines
from app.intake.checked import checked_numbers
from app.intake.deadline import last_moment
from app.tables import Contest, CouncilCheck, Entry, PaperCopy, Withdrawal
from app.web.officers_frame import WORDS
from app.wording import capital, counted, in_words
from judging.eligibility import CouncilRule


def council_check_values(session: Session, engines: Engines, visit: Visit, now: datetime) -> dict[str, Any]:
    contest = session.get_one(Contest, visit.contest_id)
    judges = also_judges(session, visit)
    closed = now >= contest.closes_at
    waiting = closed and not set(compared_numbers(session, contest.id).values()) <= checked_numbers(
        session, contest
    )
    officers = holders(session, contest.id)
    mine = next((each for each in officers if each.role_id == visit.role_id), None)
    return {
        "stamp": stamp(session, engines, visit),
        **_headings(session, contest, closed=closed, waiting=waiting),
        "waiting": waiting,
        "judges": judges,
        "public_key": "" if mine is None else mine.public_key,
        "members": counted(len(contest.council), "member"),
        "proposals": _proposals(session, contest),
        "steps": _steps(engines, contest, visit, officers) if waiting else None,
        "checks": [] if judges else [_check(session, contest, each) for each in _checks(session, contest)],
        "on_paper": "" if judges else _on_paper(session, contest),
    }


def stamp(session: Session, engines: Engines, visit: Visit) -> str:
    """Changes whenever parts were handed over or a check was made; says nothing else."""
    given = handed_over(engines, visit.contest_id)
    last = session.scalar(
        select(func.max(CouncilCheck.number)).where(CouncilCheck.contest_id == visit.contest_id)
    )
    return f"{last or 0}-" + "-".join(sorted(f"{at:%H%M%S}" for _, at in given.values()))


def _headings(session: Session, contest: Contest, *, closed: bool, waiting: bool) -> dict[str, str]:
    if not closed:
        return {
            "heading": "The Council check comes after the deadline",
            "sentence": f"Entries close on {last_moment(contest)}.",
        }
    if waiting:
        return {
            "heading": "The Council check is to be made",
            "sentence": f"{capital(WORDS[contest.keys_needed])} officers together compare who entered with the "
            "Council list. No envelope is opened, and no essay goes to the judges before.",
        }
    return {
        "heading": "The Council check is made"
        if _checks(session, contest)
        else "There is nothing to compare",
        "sentence": "Every entry that can be compared has been, with the Council list that stands.",
    }


def _steps(engines: Engines, contest: Contest, visit: Visit, officers: list[Holder]) -> dict[str, Any]:
    zone = ZoneInfo(contest.time_zone)
    names = {each.role_id: each.name for each in officers}
    given = {
        giver: (to, at) for giver, (to, at) in handed_over(engines, contest.id).items() if giver in names
    }
    to_me = [names[giver] for giver, (to, _) in given.items() if to == visit.role_id]
    return {
        "needed": contest.keys_needed,
        "may_compare": len(to_me) >= contest.keys_needed - 1,
        "to_me": to_me,
        "missing": WORDS[contest.keys_needed - 1],
        "i_gave_to": names.get(given[visit.role_id][0], "") if visit.role_id in given else "",
        "receivers": [
            {"id": str(each.role_id), "name": each.name, "title": each.title}
            for each in officers
            if each.role_id != visit.role_id and not each.judges
        ],
        "given": [
            {
                "who": names[giver],
                "to": names.get(to, "another officer"),
                "at": f"{at.astimezone(zone):%H:%M}",
            }
            for giver, (to, at) in sorted(given.items(), key=lambda each: each[1][1])
        ],
    }


def _checks(session: Session, contest: Contest) -> list[CouncilCheck]:
    query = select(CouncilCheck).where(CouncilCheck.contest_id == contest.id)
    return list(session.scalars(query.order_by(CouncilCheck.number.desc())))


def _check(session: Session, contest: Contest, check: CouncilCheck) -> dict[str, Any]:
    found = Counter(check.outcomes.values())
    alike = found[CouncilRule.SIMILAR_NAME]
    same = found[CouncilRule.SAME_EMAIL] + found[CouncilRule.SAME_REGISTRATION]
    marked = [int(number) for number, rule in check.outcomes.items() if rule]
    entries = session.scalars(
        select(Entry).where(Entry.contest_id == contest.id, Entry.number.in_(marked)).order_by(Entry.nom_key)
    )
    return {
        "number": check.number,
        "made": f"{in_words(check.made_at, ZoneInfo(contest.time_zone))}, by {' and '.join(check.present)}",
        "compared": capital(counted(len(check.outcomes), "entry", "entries")),
        "alike": f"{counted(alike, 'name')} like that of a member of Council",
        "held": alike > 0,
        "same": f"{counted(same, 'address or registration number', 'addresses or registration numbers')} of a member",
        "entries": [
            {
                "nom": each.nom_de_plume,
                "number": each.number,
                "rule": _RULES[check.outcomes[str(each.number)]],
            }
            for each in entries
        ],
    }


_RULES = {
    CouncilRule.SIMILAR_NAME: "name alike: held for the officers",
    CouncilRule.SAME_EMAIL: "a member’s e-mail address: not eligible",
    CouncilRule.SAME_REGISTRATION: "a member’s registration number: not eligible",
}


def _proposals(session: Session, contest: Contest) -> str:
    waiting = len(pending(session, contest.id))
    return f"{counted(waiting, 'change waits', 'changes wait')} for an officer" if waiting else ""


def _on_paper(session: Session, contest: Contest) -> str:
    query = (
        select(func.count())
        .select_from(PaperCopy)
        .join(Entry, Entry.id == PaperCopy.entry_id)
        .outerjoin(Withdrawal, Withdrawal.entry_id == Entry.id)
        .where(Entry.contest_id == contest.id, Withdrawal.entry_id.is_(None))
    )
    number = session.scalar(query) or 0
    if not number:
        return ""
    return (
        f"{capital(counted(number, 'writer’s name is', 'writers’ names are'))} in an envelope of paper, "
        "and compared when that is opened."
    )
