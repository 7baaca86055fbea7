"""How tests enter an essay: the same operations visitors use."""

import io
from datetime import datetime
from typing import Any
from uuid import UUID

from docx import Document

from app.database import reading
from app.intake.admit import Admitted
from app.intake.prepare import prepare
from app.intake.receipts import ReceiptCode, new_receipt
from app.intake.submit import EntryForm, submit
from app.tables import Contest

WORDS = (
    "I had presented her three times before I understood that I had never presented her at all. "
    "The group listened with the courtesy one keeps for a bad sermon, and then the leader asked me "
    "to push back my chair. "
)


def essay_docx(*paragraphs: str, author: str = "", title: str = "The Chair by the Door") -> bytes:
    """A Word document as python-docx writes it, its properties naming the author."""
    document = Document()
    document.core_properties.author = author
    document.core_properties.last_modified_by = author
    document.add_heading(title, level=0)
    for paragraph in paragraphs or (WORDS, WORDS):
        document.add_paragraph(paragraph)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def entry_form(contest: Contest, **changes: Any) -> EntryForm:
    """A form with nothing left to change."""
    filled: dict[str, Any] = {
        "nom_de_plume": "Larkspur",
        "category": "everyone-else",
        "name": "Imogen Tarrant",
        "email": "imogen.tarrant@example.org",
        "declare": tuple(each.key for each in contest.declarations),
        "ai": "no",
        "journal": "yes",
        "named": "yes",
    }
    return EntryForm.model_validate(filled | changes)


def enter(
    prize: Any, *, essay: bytes | None = None, receipt: ReceiptCode | None = None, **changes: Any
) -> tuple[UUID, ReceiptCode]:
    """Enter an essay at the prize's clock, and let the worker's work be done at once."""
    receipt = receipt or new_receipt()
    outcome = submit_now(prize, essay=essay, receipt=receipt, **changes)
    assert isinstance(outcome, Admitted), outcome
    prepare(prize.engines, entry_id=outcome.entry_id, now=prize.clock())
    return outcome.entry_id, receipt


def submit_now(
    prize: Any,
    *,
    essay: bytes | None = None,
    receipt: ReceiptCode,
    arrived_at: datetime | None = None,
    **changes: Any,
) -> Any:
    with reading(prize.engines.contest) as session:
        form = entry_form(session.get_one(Contest, prize.contest.id), **changes)
    return submit(
        prize.engines,
        contest_id=prize.contest.id,
        form=form,
        essay=essay or essay_docx(author=form.name),
        receipt=receipt,
        arrived_at=arrived_at or prize.clock(),
        now=prize.clock(),
    )
