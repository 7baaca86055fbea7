"""Staff sign in with a password and a second factor; sessions end."""

from datetime import timedelta

import pyotp
import pytest
from sqlalchemy import select

from app.access import ABSOLUTE, IDLE, LOCKED_FOR, begin_session, end_session, note_seen, sign_in, visit_as
from app.database import reading, transaction
from app.errors import SignInNeeded
from app.tables import Person, SignIn
from app.tables.people import RoleKind
from tests.conftest import PASSWORD

MINUTE = timedelta(minutes=1)


def judge_of(prize):
    return prize.staff.judges[0]


def code_for(prize, visit, *, at=None):
    with reading(prize.engines.contest) as session:
        secret = session.get_one(Person, visit.person_id).totp_secret
    return pyotp.TOTP(secret).at(at or prize.clock())


def attempt(prize, *, password=PASSWORD, code=None, now=None, email=None):
    visit, now = judge_of(prize), now or prize.clock()
    code = code_for(prize, visit, at=now) if code is None else code
    with reading(prize.engines.contest) as session:
        email = email or session.get_one(Person, visit.person_id).email
    return sign_in(prize.engines.contest, email=email, password=password, code=code, now=now)


def begun(prize, *, now=None):
    with transaction(prize.engines.contest) as session:
        return begin_session(session, person_id=judge_of(prize).person_id, now=now or prize.clock())


def visit_at(prize, token, now):
    with reading(prize.engines.contest) as session:
        return visit_as(session, token, RoleKind.JUDGE, now=now)[0]


def test_password_and_code_together_sign_in(prize):
    token = attempt(prize)

    assert visit_at(prize, token, prize.clock()) == judge_of(prize)


def test_address_is_read_in_any_case(prize):
    with reading(prize.engines.contest) as session:
        email = session.get_one(Person, judge_of(prize).person_id).email

    assert attempt(prize, email=f" {email.upper()} ") is not None


def test_either_alone_signs_nobody_in(prize):
    wrong_code = f"{(int(code_for(prize, judge_of(prize))) + 1) % 10**6:06}"

    assert attempt(prize, password="not the password") is None
    assert attempt(prize, code=wrong_code) is None
    assert attempt(prize, code="") is None
    assert attempt(prize, email="nobody@example.org") is None


def test_code_of_the_step_before_or_after_signs_in_and_no_older_one(prize):
    now, visit = prize.clock(), judge_of(prize)

    assert attempt(prize, code=code_for(prize, visit, at=now - timedelta(seconds=90)), now=now) is None
    assert attempt(prize, code=code_for(prize, visit, at=now - timedelta(seconds=30)), now=now) is not None
    assert attempt(prize, code=code_for(prize, visit, at=now + timedelta(seconds=30)), now=now) is not None


def test_code_works_once(prize):
    code = code_for(prize, judge_of(prize))

    assert attempt(prize, code=code) is not None
    assert attempt(prize, code=code) is None


def test_code_with_a_space_signs_in(prize):
    code = code_for(prize, judge_of(prize))

    assert attempt(prize, code=f"{code[:3]} {code[3:]}") is not None


def test_five_failures_lock_for_fifteen_minutes_whatever_is_right(prize):
    start = prize.clock()
    for _ in range(5):
        assert attempt(prize, password="wrong", now=start) is None

    assert attempt(prize, now=start + MINUTE) is None
    assert attempt(prize, now=start + LOCKED_FOR - timedelta(seconds=1)) is None
    assert attempt(prize, now=start + LOCKED_FOR + timedelta(seconds=1)) is not None


def test_success_forgets_earlier_failures(prize):
    start = prize.clock()
    for _ in range(4):
        attempt(prize, password="wrong", now=start)
    assert attempt(prize, now=start + MINUTE) is not None
    attempt(prize, password="wrong", now=start + 2 * MINUTE)

    assert attempt(prize, now=start + 3 * MINUTE) is not None


def test_failures_of_one_account_lock_no_other(prize):
    for _ in range(5):
        attempt(prize, password="wrong")
    other = prize.staff.judges[1]
    with reading(prize.engines.contest) as session:
        email = session.get_one(Person, other.person_id).email
    code = code_for(prize, other)

    assert (
        sign_in(prize.engines.contest, email=email, password=PASSWORD, code=code, now=prize.clock())
        is not None
    )


def test_session_left_idle_ends(prize):
    start = prize.clock()
    token = begun(prize)

    assert visit_at(prize, token, start + IDLE) == judge_of(prize)
    with pytest.raises(SignInNeeded):
        visit_at(prize, token, start + IDLE + timedelta(seconds=1))


def test_session_in_use_ends_after_twelve_hours(prize):
    start = prize.clock()
    token = begun(prize)
    for hour in range(1, 13):
        with transaction(prize.engines.contest) as session:
            note_seen(session, token, now=start + timedelta(hours=hour))

    assert visit_at(prize, token, start + ABSOLUTE) == judge_of(prize)
    with pytest.raises(SignInNeeded):
        visit_at(prize, token, start + ABSOLUTE + timedelta(seconds=1))


def test_signing_out_ends_the_session_and_no_other(prize):
    token, other = begun(prize), begun(prize)

    with transaction(prize.engines.contest) as session:
        end_session(session, token, now=prize.clock())

    with pytest.raises(SignInNeeded):
        visit_at(prize, token, prize.clock())
    assert visit_at(prize, other, prize.clock()) == judge_of(prize)


def test_account_closed_ends_its_sessions_and_signs_in_no_more(prize):
    token = begun(prize)
    with transaction(prize.engines.contest) as session:
        session.get_one(Person, judge_of(prize).person_id).disabled_at = prize.clock()

    with pytest.raises(SignInNeeded):
        visit_at(prize, token, prize.clock())
    assert attempt(prize) is None


@pytest.mark.parametrize("token", ["", "guess", "é"])
def test_token_nobody_was_given_is_no_session(prize, token):
    with pytest.raises(SignInNeeded):
        visit_at(prize, token, prize.clock())


def test_database_keeps_no_token(prize):
    token = begun(prize)

    with reading(prize.engines.contest) as session:
        kept = session.scalars(select(SignIn.token_hash)).all()
    assert [len(each) for each in kept] == [32]
    assert token.encode() not in b"".join(kept)


def test_signing_in_on_the_page_leads_to_own_pages_and_out_again(site):
    prize, client = site.prize, site.client()
    visit = judge_of(prize)
    with reading(prize.engines.contest) as session:
        email = session.get_one(Person, visit.person_id).email

    signed_in = client.post(
        "/sign-in", data={"email": email, "password": PASSWORD, "code": code_for(prize, visit)}
    )
    before = client.get("/panel/declaration").status_code
    out = client.post("/sign-out")
    after = client.get("/panel/declaration")

    assert (signed_in.status_code, signed_in.headers["location"]) == (303, "/panel")
    assert before == 200
    assert (out.headers["location"], after.headers["location"]) == ("/sign-in", "/sign-in")


def test_failed_sign_in_says_the_same_whatever_was_wrong(site):
    client, prize = site.client(), site.prize
    with reading(prize.engines.contest) as session:
        email = session.get_one(Person, judge_of(prize).person_id).email

    answers = [
        client.post("/sign-in", data={"email": address, "password": password, "code": "000000"})
        for address, password in ((email, PASSWORD), (email, "wrong"), ("nobody@example.org", PASSWORD))
    ]

    assert {answer.status_code for answer in answers} == {401}
    assert len({answer.text.replace("nobody@example.org", email) for answer in answers}) == 1
    assert all("set-cookie" not in answer.headers for answer in answers)


def test_session_is_kept_alive_by_use(site):
    prize, client = site.prize, site.client()
    client.cookies.set("session", begun(prize))
    start = prize.clock.at

    statuses = []
    for hours in (1.5, 3.0, 4.5):
        prize.clock.at = start + timedelta(hours=hours)
        statuses.append(client.get("/panel/declaration").status_code)

    assert statuses == [200, 200, 200]
