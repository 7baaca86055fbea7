"""What the page of a contest's record says: its roots as published, and who else has signed them."""

from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.record.roots import roots_of
from app.tables import Announcement, Contest, Countersignature, Root
from app.web.record_line import in_fours, short_root

_OCCASIONS = {
    "deadline": "At the deadline",
    "release": "At a release to the judges",
    "announcement": "At the announcement",
}


def record_values(
    session: Session, contest: Contest, *, verifier_key: str, public_key: bytes
) -> dict[str, Any]:
    return {
        "slug": contest.slug,
        "announced": session.get(Announcement, contest.id) is not None,
        "verifier_key": verifier_key,
        "public_key": " ".join(in_fours(public_key.hex())),
        "roots": published_roots(session, contest),
    }


def published_roots(session: Session, contest: Contest, *, seen_by: str = "") -> list[dict[str, Any]]:
    """The roots as published, the latest first; `seen` where the person of that name has countersigned."""
    zone = ZoneInfo(contest.time_zone)
    categories = {f"decision {each.key}": f"At the decision, {each.title}" for each in contest.categories}
    values = []
    for root in reversed(roots_of(session, contest.id)):
        names = signed_by(session, root)
        values.append(
            {
                "occasion": (_OCCASIONS | categories).get(root.occasion, root.occasion),
                "published": root.published_at.astimezone(zone),
                "size": root.size,
                "short": short_root(root.root_hash),
                "whole": " ".join(in_fours(root.root_hash.hex())),
                "signed_by": names,
                "seen": seen_by in names,
            }
        )
    return values


def signed_by(session: Session, root: Root) -> list[str]:
    """Names of those who have countersigned a root, in alphabetical order."""
    query = select(Countersignature.name).where(
        Countersignature.contest_id == root.contest_id, Countersignature.size == root.size
    )
    return list(session.scalars(query.order_by(Countersignature.name)))
