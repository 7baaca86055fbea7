"""For entrants: the proof behind a receipt, as a file that anybody can check without us."""

import json

from fastapi import APIRouter, Response

from app.database import reading
from app.record.proofs import receipt_proof
from app.web.pages import download
from app.web.receipt import Receipt, entry_of, opened_with
from app.web.whole import Whole

router = APIRouter()


@router.get("/receipt/proof.json")
def proof(engines: Whole, code: Receipt) -> Response:
    """Serve what the record holds of this entry, each line with its place under the published roots."""
    with reading(engines.contest) as session:
        entry = entry_of(session, code)
        note = opened_with(engines, entry, code).note
        content = receipt_proof(
            session,
            entry=entry,
            fingerprint=note.fingerprint,
            salt=note.salt,
            keys_folder=engines.settings.keys_folder,
        )
        name = f"proof-{entry.number}.json"
    return download(json.dumps(content, ensure_ascii=False, indent=1).encode(), name, "application/json")
