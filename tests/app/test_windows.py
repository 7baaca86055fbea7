"""What happens between two commits, two requests or two instants."""

import os
import socket
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import pytest
from sqlalchemy import select

from app.access import give_role
from app.database import reading, transaction
from app.errors import TooLate
from app.intake.leftovers import end_finished_orders, remove_unnamed_files
from app.intake.receipts import new_receipt
from app.tables import Entry, OfficerKey, Person
from app.tables.entries import Work
from app.tables.people import RoleKind
from app.vault.orders import open_order
from tests.app.essays import entry_of, replace, seal_ahead
from tests.app.stages import opened_by, signed_in
from tests.conftest import AFTER
from tests.entering import enter, submit_now


def test_order_ahead_of_its_entry_outlives_the_sweep(prize):
    """A replacement has sealed its version; its entry points at it a moment later."""
    entry_id, receipt = enter(prize)
    opened = opened_by(prize, entry_id, receipt)
    seal_ahead(prize, opened)

    end_finished_orders(prize.engines, now=prize.clock())

    keys = prize.engines.vault.keys_folder
    with reading(prize.engines.vault.engine) as session:
        assert open_order(session, entry_id=entry_id, version=2, keys_folder=keys).secret == opened.secret
    end_finished_orders(prize.engines, now=prize.clock() + timedelta(hours=2))
    with reading(prize.engines.vault.engine) as session:
        assert session.connection().exec_driver_sql("SELECT count(*) FROM work_order").scalar() == 0


def test_files_of_a_commit_that_never_came_are_removed_and_no_others(prize):
    entry_id, _ = enter(prize)
    engines = prize.engines
    before = files_of(engines)
    for storage in (engines.copies, engines.vault.files):
        storage.put(b"put, and then killed before the commit")
    for path in files_of(engines):
        os.utime(path, (0, 0))

    remove_unnamed_files(engines, now=datetime.now(UTC))

    assert files_of(engines) == before
    assert len(before) == 3  # the original, the manuscript, the copy
    with reading(engines.contest) as session:
        assert engines.copies.get(session.get_one(Entry, entry_id).copies[-1].pdf_key).startswith(b"%PDF")


def files_of(engines):
    folders = (engines.copies.folder, engines.vault.files.folder)
    return {path for folder in folders for path in folder.rglob("*") if path.is_file()}


def test_upload_begun_in_time_and_ended_after_half_an_hour_is_refused(site):
    prize = site.prize
    host = urlsplit(site.address).netloc
    body = b'--b\r\nContent-Disposition: form-data; name="minted"\r\n\r\nx\r\n'
    head = (
        f"POST /prize/{prize.slug}/entries HTTP/1.1\r\nHost: {host}\r\nOrigin: {site.address}\r\n"
        f"Content-Type: multipart/form-data; boundary=b\r\nContent-Length: {len(body) + 7}\r\n"
        "Expect: 100-continue\r\nConnection: close\r\n\r\n"
    ).encode()
    name, port = host.split(":")
    with socket.create_connection((name, int(port)), timeout=20) as wire:
        wire.sendall(head)
        assert wire.recv(1024).startswith(b"HTTP/1.1 100")  # the service has begun to read
        prize.clock.at += timedelta(minutes=31)
        wire.sendall(body + b"\r\n--b--")
        answer = b"".join(iter(lambda: wire.recv(65536), b""))
    assert answer.split(b"\r\n")[0].split()[1] == b"403"
    assert b"longer than thirty minutes" in answer


def test_nom_de_plume_that_names_a_co_author_is_refused(prize):
    problems = submit_now(
        prize,
        receipt=new_receipt(),
        nom_de_plume="Professor Ottolenghi",
        co_authors="Ruth Ottolenghi, r@example.net",
    )
    assert [problem.field for problem in problems] == ["nom_de_plume"]


def test_invitation_to_repair_ends_with_the_repair(prize):
    entry_id, receipt = enter(prize)
    with transaction(prize.engines.contest) as session:
        entry = session.get_one(Entry, entry_id)
        entry.work, entry.repair_invited_until = Work.REPAIR, AFTER + timedelta(days=7)
    replace(prize, entry_id, receipt, now=AFTER)
    with transaction(prize.engines.contest) as session:
        session.get_one(Entry, entry_id).work = Work.DONE

    with pytest.raises(TooLate):
        replace(prize, entry_id, receipt, now=AFTER)

    assert entry_of(prize, entry_id).essay_version == 2


def test_officer_who_judges_reads_of_no_hold_and_of_no_arrival(site):
    prize, officer = site.prize, site.prize.staff.officers[0]
    with transaction(prize.engines.contest) as session:
        person = session.get_one(Person, officer.person_id)
        member = next(each for each in prize.contest.council if "Osgood" in each.name)
        give_role(
            session,
            person=person,
            contest_id=prize.contest.id,
            kind=RoleKind.JUDGE,
            council_member_id=member.id,
        )
    judging, other = signed_in(site, officer), signed_in(site, prize.staff.officers[1])
    before = judging.get("/officers/openings").text
    enter(prize, name="Hariet Osgood", email="somebody@example.net")

    assert judging.get("/officers/openings").text == before
    assert "like that of a member of Council" in other.get("/officers/openings").text


def test_two_officers_cannot_register_one_key(site):
    prize, (first, second, _) = site.prize, site.prize.staff.officers
    with transaction(prize.engines.contest) as session:
        key = session.get_one(OfficerKey, first.role_id).public_key
    answer = signed_in(site, second).post("/officers/keys", data={"public_key": key})

    assert answer.status_code == 409
    with reading(prize.engines.contest) as session:
        assert len(set(session.scalars(select(OfficerKey.public_key)))) == 3
