"""The entry form: what its page says, and what was typed into it, as an entry and as values to show again."""

from collections.abc import Mapping
from datetime import datetime
from random import SystemRandom
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import ValidationError
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.intake.council import serving_council
from app.intake.held import HeldEssay
from app.intake.noms import suggest_noms
from app.intake.submit import EntryForm
from app.problems import Problem
from app.tables import Contest, Entry
from app.web.contest_dates import countdown, last_minute
from app.web.contest_frame import category_choices
from app.web.essay_field import ACCEPT
from app.web.forms import Form
from app.web.pages import size_in_words
from app.wording import city

BLANK: Mapping[str, Any] = {
    **dict.fromkeys(EntryForm.model_fields, ""),
    "known_to": [],
    "declare": [],
}


def read_entry(sent: Form) -> tuple[EntryForm, list[Problem]]:
    """The form as sent, without the fields that hold more than they can take."""
    many = {name: sent.all(name) for name in ("known_to", "declare")}
    single = {name: sent.text(name) for name in EntryForm.model_fields if name not in many}
    problems = []
    if sent.has("suggestion"):
        single["nom_de_plume"] = sent.one("suggestion")
        problems.append(Problem("nom_de_plume", "Filled in as you asked. Look the form over and enter."))
    if sent.has("suggest"):
        problems.append(Problem("nom_de_plume", "Here are other names. Nothing has been entered yet."))
    try:
        return EntryForm.model_validate({**single, **many}), problems
    except ValidationError as error:
        too_long = {str(each["loc"][0]) for each in error.errors()}
        problems += [Problem(field, "This is longer than the form can take.") for field in sorted(too_long)]
        rest = {name: value for name, value in {**single, **many}.items() if name not in too_long}
        return EntryForm.model_validate(rest), problems


def typed_in(sent: Form) -> dict[str, Any]:
    """What was typed, to show again: nothing typed is lost to a refusal."""
    values = {name: sent.text(name) for name in EntryForm.model_fields}
    if sent.has("suggestion"):
        values["nom_de_plume"] = sent.one("suggestion")
    return {**values, "known_to": list(sent.all("known_to")), "declare": list(sent.all("declare"))}


def entry_form_values(
    session: Session, contest: Contest, *, now: datetime, largest: int, held: HeldEssay | None
) -> dict[str, Any]:
    """All the page says besides what was typed. `largest` is in octets."""
    taken = set(session.scalars(select(Entry.nom_key).where(Entry.contest_id == contest.id)))
    return {
        "slug": contest.slug,
        "closes": last_minute(contest),
        "closes_exact": contest.closes_at.isoformat(),
        "zone_name": city(ZoneInfo(contest.time_zone)),
        "countdown": countdown(contest.closes_at, now),
        "suggestions": suggest_noms(SystemRandom(), taken=taken),
        "categories": category_choices(contest),
        "limits": _limits(contest),
        "accept": ACCEPT,
        "largest": size_in_words(largest),
        "held_essay": None
        if held is None
        else {"token": "kept", "words": held.words, "size": size_in_words(len(held.content))},
        "council": [{"id": str(member.id), "name": member.name} for member in serving_council(contest, now)],
        "declarations": [
            {"key": each.key, "text": each.text, "required": True} for each in contest.declarations
        ],
    }


def _limits(contest: Contest) -> list[str]:
    limits = []
    if contest.word_limit:
        limits.append(f"At most {contest.word_limit:,} words, not counting references.")
    if contest.reference_limit:
        limits.append(f"At most {contest.reference_limit} references, in the Vancouver style.")
    return limits
