"""Entering on the web: the form's checks, each said at its field, then the corridor all entries take."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID, uuid4

from pydantic import Field

from app.database import reading
from app.engines import Engines
from app.intake.admit import Admitted, NewEntry, admit, entered_before
from app.intake.council import Standing, check_against_council, serving_council
from app.intake.deadline import require_in_time
from app.intake.identity_form import IdentityForm, identity_of, identity_problems, nom_problems
from app.intake.keys import require_ready
from app.intake.receipts import ReceiptCode
from app.problems import Problem
from app.tables import Contest
from app.tables.entries import Channel
from app.vault.identity import Identity

MOST_CHARACTERS = 400_000
"""Of pasted text: a hundred times a long essay."""


class EntryForm(IdentityForm):
    """The entry form as sent."""

    nom_de_plume: str = Field(default="", max_length=60)
    category: str = ""
    text: str = Field(default="", max_length=MOST_CHARACTERS, repr=False)
    known_to: tuple[str, ...] = ()
    declare: tuple[str, ...] = ()
    ai: str = ""
    ai_use: str = Field(default="", max_length=2000, repr=False)
    journal: str = ""
    named: str = ""
    send_receipt: str = ""


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
    """Enter an essay. Raises TooLate or NotReady; returns what has to be changed, or the entry it became.

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
        require_ready(session, contest_id)
        said = {problem.field for problem in problems}
        if "text" in said:
            said.add("essay")  # it is one thing to give, by either field
        found = problems_with(contest, form, identity, essay=essay, now=now)
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
        mail_receipt=wants_receipt_mailed(engines, form),
        known_to=tuple(UUID(member) for member in form.known_to),
        standing=verdict.standing,
    )
    return admit(engines, new=new, receipt=receipt, received_at=arrived_at, now=now)


def wants_receipt_mailed(engines: Engines, form: EntryForm) -> bool:
    """Whether a copy of the receipt goes out; the form offers it only where there is a mail server."""
    return bool(form.send_receipt and form.email and engines.settings.smtp)


def problems_with(
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
    problems += identity_problems(form, identity)
    if form.send_receipt and not form.email:
        message = "Give the e-mail address the copy should go to, or take the tick away."
        problems.append(Problem("send_receipt", message))
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
    return problems


def _known(chosen: Sequence[str], members: Sequence[UUID]) -> bool:
    return set(chosen) <= {str(member) for member in members}
