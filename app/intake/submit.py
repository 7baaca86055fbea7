"""Entering on the web: the form's checks, each said at its field, then the corridor all entries take."""

import re
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID, uuid4

from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy.orm import Session

from app.database import reading
from app.engines import Engines
from app.intake.admit import Admitted, NewEntry, admit, entered_before, officers_of
from app.intake.council import Standing, check_against_council, people_of, serving_council
from app.intake.deadline import require_in_time
from app.intake.receipts import ReceiptCode
from app.problems import Problem
from app.tables import Contest
from app.tables.entries import Channel
from app.vault.identity import Identity
from judging.nom_de_plume import nom_de_plume_gives_away

MOST_CHARACTERS = 400_000
"""Of pasted text: a hundred times a long essay."""
_EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")


class EntryForm(BaseModel):
    """The entry form as sent. Nothing is stripped of what people wrote but spaces at the ends."""

    model_config = ConfigDict(str_strip_whitespace=True, frozen=True, hide_input_in_errors=True)

    nom_de_plume: str = Field(default="", max_length=60)
    category: str = ""
    text: str = Field(default="", max_length=MOST_CHARACTERS, repr=False)
    name: str = Field(default="", max_length=200, repr=False)
    email: str = Field(default="", max_length=254, repr=False)
    phone: str = Field(default="", max_length=60, repr=False)
    also_known_as: str = Field(default="", max_length=2000, repr=False)
    organisations: str = Field(default="", max_length=2000, repr=False)
    postal_address: str = Field(default="", max_length=1000, repr=False)
    registration_number: str = Field(default="", max_length=60, repr=False)
    co_authors: str = Field(default="", max_length=4000, repr=False)
    known_to: tuple[str, ...] = ()
    declare: tuple[str, ...] = ()
    ai: str = ""
    ai_use: str = Field(default="", max_length=2000, repr=False)
    journal: str = ""
    named: str = ""


def submit(
    engines: Engines,
    *,
    contest_id: UUID,
    form: EntryForm,
    essay: bytes | None,
    receipt: ReceiptCode,
    arrived_at: datetime,
    now: datetime,
    problems: Sequence[Problem] = (),
) -> Admitted | list[Problem]:
    """Enter an essay. Raises TooLate; returns what has to be changed, or the entry it became.

    The essay has passed the probe already; `problems` are what was found while the form was read.
    A receipt given before is given again, whatever else the form says: the first press counts.
    """
    identity = identity_of(form, entry_id=uuid4())
    with reading(engines.contest) as session:
        before = entered_before(session, receipt)
        if before is not None:
            return before
        contest = session.get_one(Contest, contest_id)
        require_in_time(contest, arrived_at=arrived_at, now=now)
        said = {problem.field for problem in problems}
        if "text" in said:
            said.add("essay")  # it is one thing to give, by either field
        found = problems_with(session, contest, form, identity, essay=essay, now=now)
        problems = [*problems, *(problem for problem in found if problem.field not in said)]
        verdict = check_against_council(contest, identity, received_at=arrived_at, decided_at=None)
        category = next((each for each in contest.categories if each.key == form.category), None)
    if verdict.standing is Standing.INELIGIBLE:
        problems.append(Problem("name", f"{verdict.sentence} If this is a mistake, write to the society."))
    if problems or category is None:
        return problems
    new = NewEntry(
        contest_id=contest_id,
        category_id=category.id,
        channel=Channel.WEB,
        nom_de_plume=form.nom_de_plume,
        identity=identity,
        essay=essay,
        statement=form.ai_use if form.ai == "yes" else "",
        declared=form.declare,
        journal=form.journal == "yes",
        may_be_named=bool(form.named),
        known_to=tuple(UUID(member) for member in form.known_to),
        standing=verdict.standing,
    )
    return admit(engines, new=new, receipt=receipt, received_at=arrived_at, now=now)


def identity_of(form: EntryForm, *, entry_id: UUID) -> Identity:
    return Identity(
        entry_id=entry_id,
        name=form.name,
        email=form.email,
        phone=form.phone,
        postal_address=form.postal_address,
        registration_number=form.registration_number,
        also_known_as=_listed(form.also_known_as),
        organisations=_listed(form.organisations),
        co_authors=co_authors_in(form.co_authors),
    )


def problems_with(
    session: Session,
    contest: Contest,
    form: EntryForm,
    identity: Identity,
    *,
    essay: bytes | None,
    now: datetime,
) -> list[Problem]:
    """Everything that has to be changed, in the order of the form."""
    problems = nom_problems(form.nom_de_plume, identity)
    if form.category not in [category.key for category in contest.categories]:
        problems.append(Problem("category", "Choose the category you enter in."))
    if essay is None:
        problems.append(Problem("essay", "Choose the file of your essay, or paste its text."))
    problems += _identity_problems(form, identity)
    if not _known(form.known_to, [member.id for member in serving_council(contest, now)]):
        problems.append(Problem("known_to", "Choose members of Council from the list."))
    missing = [each.key for each in contest.declarations if each.key not in form.declare]
    if missing:
        problems.append(
            Problem("declare", "Each declaration has to be true and ticked before we can take the essay.")
        )
    if form.ai not in {"yes", "no"}:
        problems.append(Problem("ai", "Say whether you used artificial intelligence."))
    elif form.ai == "yes" and not form.ai_use:
        problems.append(
            Problem("ai_use", "Say what you used it for; the judges will read this with the essay.")
        )
    if form.journal not in {"yes", "no"}:
        problems.append(Problem("journal", "Say whether the Journal may consider the essay."))
    officers, needed = officers_of(session, contest.id)
    if len(officers) < max(needed, 2):
        problems.append(
            Problem(
                "",
                "The officers’ keys are not ready, so no envelope can be sealed yet. Please come back later.",
            )
        )
    return problems


def nom_problems(nom: str, identity: Identity) -> list[Problem]:
    if not nom:
        return [Problem("nom_de_plume", "Choose a nom de plume, or take one of those suggested.")]
    if not nom.isprintable():
        return [Problem("nom_de_plume", "Use letters and spaces that can be printed.")]
    reasons = (nom_de_plume_gives_away(nom, person) for person in people_of(identity))
    told = next((reason for reason in reasons if reason is not None), None)
    return [] if told is None else [Problem("nom_de_plume", told.sentence)]


def _identity_problems(form: EntryForm, identity: Identity) -> list[Problem]:
    problems = []
    if not any(c.isalpha() for c in form.name):
        problems.append(Problem("name", "Give your full name. It goes into the envelope and nowhere else."))
    if not form.email and not form.postal_address:
        problems.append(
            Problem("email", "Give an e-mail or a postal address, so that a winner can be reached.")
        )
    if form.email and not _EMAIL.fullmatch(form.email):
        problems.append(Problem("email", "This does not look like an e-mail address: name@example.org."))
    if any(not name or (email and not _EMAIL.fullmatch(email)) for name, email in identity.co_authors):
        problems.append(Problem("co_authors", "Give one co-author a line: name, comma, e-mail."))
    return problems


def _known(chosen: Sequence[str], members: Sequence[UUID]) -> bool:
    return set(chosen) <= {str(member) for member in members}


def _listed(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in re.split(r"[;\n]", text) if part.strip())


def co_authors_in(text: str) -> tuple[tuple[str, str], ...]:
    """Pairs of name and e-mail, one a line: "Name, e-mail"."""
    return tuple(_co_author(line) for line in text.splitlines() if line.strip())


def _co_author(line: str) -> tuple[str, str]:
    name, _, email = line.partition(",")
    return name.strip(), email.strip()
