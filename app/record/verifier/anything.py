"""Checks whatever file is given, proof or record: what the command and the page have in common."""

import json
from collections.abc import Sequence

from app.record.verifier.leaves import Findings, Json
from app.record.verifier.notes import Note, Unreadable
from app.record.verifier.receipt import MARKS, RECEIPT, check_own_marks, check_receipt
from app.record.verifier.record import RECORD, check_record


def check_bytes(given: bytes) -> tuple[list[str], list[str], list[str]] | str:
    """What is right, wrong, and not to be seen, in sentences; or one sentence where the file can't be checked."""
    try:
        found = check_document(read_document(given))
    except Unreadable as error:
        return str(error)
    return found.right, found.wrong, found.unchecked


def read_document(given: bytes) -> Json:
    """Read a proof or an export. Raises Unreadable where it is neither."""
    try:
        document = json.loads(given)
    except (ValueError, RecursionError) as error:
        raise Unreadable("That is no JSON file.") from error
    if not isinstance(document, dict) or document.get("nomdeplume") not in {RECEIPT, MARKS, RECORD}:
        raise Unreadable(
            "That is no proof of a receipt or of marks, and no export of a record of this version."
        )
    return document


def check_document(
    document: Json,
    *,
    essay: bytes | None = None,
    copy: bytes | None = None,
    code: str | None = None,
    key: str | None = None,
    known: Sequence[Note] = (),
) -> Findings:
    """Check a proof or an export. Raises Unreadable for one that is damaged."""
    try:
        if document["nomdeplume"] == RECORD:
            return check_record(document, key=key, known=known)
        if document["nomdeplume"] == MARKS:
            return check_own_marks(document, key=key, known=known)
        return check_receipt(document, essay=essay, copy=copy, code=code, key=key, known=known)
    except (KeyError, TypeError, ValueError, AttributeError, IndexError, ArithmeticError) as error:
        raise Unreadable("The file is damaged, or of another version than this program.") from error
