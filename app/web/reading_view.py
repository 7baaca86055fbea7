"""What a judge's page of one essay says: its prose, the criteria with the own marks, the sum so far."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from anonymiser import load_manuscript
from app.panel.views import EssayToMark, OwnMark
from app.storage import Storage
from app.web.prose import as_prose
from app.wording import counted, plain

TYPE_SIZES = ("small", "normal", "large", "larger")


def reading_values(essay: EssayToMark, copies: Storage, *, type_size: str) -> dict[str, Any]:
    manuscript = load_manuscript(copies.get(essay.manuscript_key))
    prose = as_prose(manuscript, pictures=f"/panel/readings/{essay.assignment_id}/pictures")
    return {
        "reading_id": str(essay.assignment_id),
        "nom": essay.nom,
        "title": essay.title or "Untitled",
        "position": f"Essay {essay.place} of {essay.own_total}, in your own order",
        "done": essay.own_locked,
        "total": essay.own_total,
        "type_size": _known_size(type_size),
        "prose_html": prose.body,
        "notes": prose.notes,
        "references": prose.references,
        "ai_statement": prose.statement,
        "criteria": [_criterion(each) for each in essay.marks],
        "notes_value": essay.notes,
        "version": essay.version,
        **_sums(essay),
        "state": essay.state,
        "flags": essay.flags,
        "others": [
            {
                "judge": each.alias,
                "marks": [plain(p) for p in each.points],
                "sum": plain(each.sum or Decimal()),
            }
            for each in essay.others
        ]
        or None,
        "next_href": next_href(essay),
    }


def typed_in(values: Mapping[str, Any], points: Mapping[str, str], *, notes: str) -> dict[str, Any]:
    """What was typed rather than what is stored: nothing typed is lost to a refusal."""
    return {
        "criteria": [
            {**criterion, "value": points.get(criterion["key"], criterion["value"])}
            for criterion in values["criteria"]
        ],
        "notes_value": notes,
    }


def saved_values(essay: EssayToMark, *, version: int, saved_at: datetime) -> dict[str, Any]:
    """What the page is told when a draft was kept while the judge types."""
    said = _sums(essay)
    return {
        "version": version,
        "sum": f"{said['sum']} of {said['sum_most']}",
        "sum_words": said["sum_words"],
        "lock_waits": said["lock_waits"],
        "saved": f"Draft saved at {saved_at:%H:%M}.",
    }


def next_href(essay: EssayToMark) -> str:
    return f"/panel/readings/{essay.next_id}" if essay.next_id else ""


def other_type_size(size: str, *, asked: str) -> str:
    """The size one step "smaller" or "larger" than `size`, as far as there is one."""
    place = TYPE_SIZES.index(_known_size(size)) + {"smaller": -1, "larger": 1}.get(asked, 0)
    return TYPE_SIZES[max(0, min(place, len(TYPE_SIZES) - 1))]


def _known_size(value: str) -> str:
    return value if value in TYPE_SIZES else "normal"


def _criterion(own: OwnMark) -> dict[str, Any]:
    times = {Decimal(1): "", Decimal(2): "counts twice", Decimal(3): "counts three times"}
    steps = int(own.most / own.step) + 1
    return {
        "key": own.key,
        "title": own.title,
        "description": own.description,
        "weight_words": times.get(own.weight, f"counts {plain(own.weight)} times"),
        "most": plain(own.most),
        "step": plain(own.step),
        "value": "" if own.points is None else plain(own.points),
        "options": [plain(own.step * n) for n in range(steps)] if steps <= 11 else [],  # noqa: PLR2004 - the template's
    }


def _sums(essay: EssayToMark) -> dict[str, str]:
    """The sum of the own marks so far, and what locking still waits for."""
    missing = [each.title for each in essay.marks if each.points is None]
    so_far = sum(
        (each.weight * each.points for each in essay.marks if each.points is not None), start=Decimal()
    )
    criteria = counted(len(missing), "criterion is", "criteria are").capitalize()
    return {
        "sum": plain(so_far),
        "sum_most": plain(essay.most_sum),
        "sum_words": "In all" if not missing else f"So far; {criteria.lower()} open",
        "lock_waits": ""
        if essay.may_mark and not missing
        else essay.why_not or f"{_and(missing)} {'has' if len(missing) == 1 else 'have'} no mark yet.",
    }


def _and(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
