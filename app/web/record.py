"""For everyone: a contest's record, its roots as published, and a page that checks proofs and exports."""

import json

from fastapi import APIRouter, Request, Response
from sqlalchemy import select

from anonymiser import Refused
from anonymiser.sandbox import Limits, run
from app.database import reading
from app.errors import NotHere
from app.problems import Problem
from app.record.export import public_record
from app.record.notes import note_of
from app.record.proofs import record_key
from app.record.roots import roots_of, signing_key
from app.record.standalone import FILE_NAME, standalone_source
from app.record.verifier.anything import check_bytes
from app.record.verifier.leaves import Findings
from app.record.verifier.notes import Unreadable
from app.settings import Settings
from app.tables import Root
from app.web.contest_frame import contest_frame, find_contest
from app.web.pages import download, page
from app.web.record_view import record_values
from app.web.visitors import ContestEngine, Sent

router = APIRouter()


@router.get("/prize/{slug}/record")
def record_page(request: Request, slug: str, engine: ContestEngine) -> Response:
    settings: Settings = request.app.state.settings
    with reading(engine) as session:
        contest = find_contest(session, slug)
        key = record_key(contest, settings.keys_folder, roots_of(session, contest.id))
        public_key = signing_key(settings.keys_folder)
        context = record_values(session, contest, verifier_key=key, public_key=public_key)
        return page(request, "record.html", context, title="The record", **contest_frame(contest))


@router.get("/prize/{slug}/record.json")
def record_file(request: Request, slug: str, engine: ContestEngine) -> Response:
    settings: Settings = request.app.state.settings
    with reading(engine) as session:
        contest = find_contest(session, slug)
        export = public_record(session, contest_id=contest.id, keys_folder=settings.keys_folder)
    content = json.dumps(export, ensure_ascii=False, indent=1).encode()
    return download(content, f"record-{slug}.json", "application/json")


@router.get("/prize/{slug}/record/{size}.txt")
def root_file(request: Request, slug: str, size: int, engine: ContestEngine) -> Response:
    """A published root as a signed note, to keep or to countersign."""
    settings: Settings = request.app.state.settings
    with reading(engine) as session:
        contest = find_contest(session, slug)
        root = session.scalar(select(Root).where(Root.contest_id == contest.id, Root.size == size))
        if root is None:
            raise NotHere("There is no such root.")
        content = note_of(session, root, public_key=signing_key(settings.keys_folder))
    return download(content.encode(), f"root-{slug}-{size}.txt", "text/plain; charset=utf-8")


@router.get("/verify")
def verify_page(request: Request) -> Response:
    return _verify_page(request, None)


@router.post("/verify")
def verify(request: Request, sent: Sent) -> Response:
    """Check a proof or an export that is sent here. Nothing of it is kept."""
    if sent.file_too_large:
        return _verify_page(
            request, None, Problem("proof", "This file is too large for the page. Use the program instead.")
        )
    with sent.content() as content:
        given = content or sent.text("proof").encode()
    try:
        found = _checked(given)
    except Unreadable as error:
        return _verify_page(request, None, Problem("proof", str(error)))
    return _verify_page(request, found)


@router.get(f"/verify/{FILE_NAME}")
def verifier() -> Response:
    return download(standalone_source().encode(), FILE_NAME, "text/x-python; charset=utf-8")


def _checked(given: bytes) -> Findings:
    """Check what was sent. Raises Unreadable, in words, for whatever is no proof and no record."""
    if not given.strip():
        raise Unreadable("Choose the proof of your receipt, or the export of a record.")
    try:
        # Somebody else's file: a long list of signatures could keep a processor busy for hours.
        answer = run(check_bytes, given, limits=Limits(cpu_seconds=8, wall_seconds=20))
    except Refused as error:
        raise Unreadable("This takes longer to check than a page may. Use the program instead.") from error
    if isinstance(answer, str):
        raise Unreadable(answer)
    return Findings(*answer)


def _verify_page(request: Request, found: Findings | None, *problems: Problem) -> Response:
    context = {
        "right": [] if found is None else found.right,
        "wrong": [] if found is None else found.wrong,
        "unchecked": [] if found is None else found.unchecked,
        "checked": found is not None,
        "values": {"proof": ""},
    }
    return page(
        request, "verify.html", context, title="Check a receipt", society="Essay prizes", problems=problems
    )
