"""Who may do what: every page against every role, and the rules on combining roles."""

import re
from itertools import combinations
from uuid import uuid4

import pytest
from fastapi.routing import APIRoute
from sqlalchemy import select
from starlette.routing import Mount

from app.access import add_person, begin_session, give_role, may_combine, visit_as
from app.database import transaction
from app.demo.contest import add_contest
from app.errors import NotAllowed
from app.main import create_app
from app.tables import Contest, CouncilMember, Person
from app.tables.people import RoleKind
from tests.app.stages import signed_in
from tests.conftest import CLOSES, OPENS

A, J, O = RoleKind.ADMINISTRATOR, RoleKind.JUDGE, RoleKind.OFFICER  # noqa: E741 - a role, on a line of its own
GUARDED = {"/desk": A, "/panel": J, "/officers": O}
FOR_EVERYONE = {
    ("GET", "/"),
    ("GET", "/prize/{slug}"),
    ("GET", "/prize/{slug}/dates.ics"),
    ("GET", "/prize/{slug}/enter"),
    ("POST", "/prize/{slug}/entries"),
    ("GET", "/prize/{slug}/results"),
    ("GET", "/prize/{slug}/record"),
    ("GET", "/prize/{slug}/record.json"),
    ("GET", "/prize/{slug}/record/{size}.txt"),
    ("GET", "/verify"),
    ("POST", "/verify"),
    ("GET", "/verify/nomdeplume_verify.py"),
    ("GET", "/receipt/erased"),
    ("GET", "/sign-in"),
    ("POST", "/sign-in"),
    ("POST", "/sign-out"),
    ("GET", "/healthz"),
}
FOR_A_RECEIPT = {
    ("GET", "/receipt"),
    ("POST", "/receipt"),
    ("POST", "/receipt/leave"),
    ("GET", "/receipt/status"),
    ("GET", "/receipt/reading-copy.pdf"),
    ("GET", "/receipt/receipt.pdf"),
    ("GET", "/receipt/proof.json"),
    ("POST", "/receipt/replacement"),
    ("GET", "/receipt/withdrawal"),
    ("POST", "/receipt/withdrawal"),
    ("POST", "/receipt/consent"),
    ("GET", "/receipt/envelope"),
    ("POST", "/receipt/envelope"),
    ("GET", "/receipt/messages"),
    ("POST", "/receipt/messages"),
    ("GET", "/receipt/erasure"),
    ("POST", "/receipt/erasure"),
}
FOR_ANY_STAFF = {("GET", "/contests"), ("POST", "/contests")}


def routes_of(prize):
    """Every method and path the application answers, static files aside."""
    found = set()
    for each in create_app(prize.engines, clock=prize.clock).routes:
        if isinstance(each, Mount):
            assert each.path == "/static"
            continue
        within = each.original_router.routes if hasattr(each, "original_router") else [each]
        assert all(isinstance(route, APIRoute) for route in within)
        found |= {(method, route.path) for route in within for method in route.methods}
    return found


def guard_of(path):
    front = "/" + path.split("/")[1]
    return GUARDED.get(front)


def filled(path):
    return re.sub(r"{number}", "0", re.sub(r"{\w+_id}", str(uuid4()), path))


def people(prize):
    staff = prize.staff
    return {A: staff.administrator, J: staff.judges[0], O: staff.officers[0]}


def guarded_routes(prize):
    return sorted(route for route in routes_of(prize) if guard_of(route[1]))


def test_every_route_is_guarded_or_known_to_be_open(prize):
    unguarded = {route for route in routes_of(prize) if not guard_of(route[1])}

    assert unguarded == FOR_EVERYONE | FOR_A_RECEIPT | FOR_ANY_STAFF


def test_guarded_routes_send_visitors_to_sign_in(site):
    client = site.client()
    routes = guarded_routes(site.prize)
    assert len(routes) > 30

    for method, path in routes:
        answer = client.request(method, filled(path))
        assert (method, path, answer.status_code) == (method, path, 303)
        assert answer.headers["location"] == "/sign-in"


@pytest.mark.parametrize("kind", [A, J, O], ids=str)
def test_guarded_routes_refuse_every_other_role(site, kind):
    client = signed_in(site, people(site.prize)[kind])

    for method, path in guarded_routes(site.prize):
        answer = client.request(method, filled(path))
        refused = answer.status_code == 403 and "for another role" in answer.text
        assert (method, path, answer.status_code < 500) == (method, path, True)
        assert (method, path, refused) == (method, path, guard_of(path) is not kind)
        assert answer.headers.get("location") != "/sign-in"


def test_pages_of_any_staff_need_a_session(site):
    for method, path in sorted(FOR_ANY_STAFF):
        assert site.client().request(method, path).headers.get("location") == "/sign-in"


def test_receipt_routes_show_nothing_without_a_code(site):
    for method, path in sorted(FOR_A_RECEIPT):
        answer = site.client().request(method, path)
        if answer.status_code == 303:
            assert answer.headers["location"] in {"/receipt", "/sign-in"}
        else:
            assert path == "/receipt"
            assert answer.status_code in {200, 422}


def test_entrant_without_the_code_is_asked_for_it_and_not_to_sign_in(site):
    answer = site.client().get("/receipt/receipt.pdf")

    assert (answer.status_code, answer.headers["location"]) == (303, "/receipt")


def test_rights_are_checked_before_a_byte_is_read(site):
    answer = site.client().post(
        "/desk/post", content=b"x" * 3_000_000, headers={"content-type": "text/plain"}
    )

    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in")


@pytest.mark.parametrize("path", ["/panel/readings/no-id", "/desk/entries/no-id", "/officers/openings/no-id"])
def test_address_that_holds_no_id_is_a_page_not_found(site, path):
    answer = signed_in(site, people(site.prize)[guard_of(path)]).get(path)

    assert answer.status_code == 404
    assert answer.headers["content-type"].startswith("text/html")


@pytest.mark.parametrize("kinds", [each for n in (1, 2, 3) for each in combinations((A, J, O), n)], ids=str)
def test_administrator_neither_judges_nor_holds_a_key(kinds):
    assert may_combine(kinds) == (A not in kinds or len(kinds) == 1)


@pytest.mark.parametrize(("held", "wanted"), [(A, J), (A, O), (J, A), (O, A)])
def test_role_that_may_not_be_combined_is_refused(prize, held, wanted):
    with transaction(prize.engines.contest) as session:
        member = session.scalars(select(CouncilMember)).first()
        person = add_person(session, name="Una Reed", email="una@example.org", password="x")
        common = {"person": person, "contest_id": prize.contest.id, "council_member_id": member.id}
        give_role(session, kind=held, **common)

        with pytest.raises(NotAllowed, match="neither judges nor holds a key"):
            give_role(session, kind=wanted, **common)


def test_nobody_outside_council_judges(prize):
    with transaction(prize.engines.contest) as session:
        person = add_person(session, name="Una Reed", email="una@example.org", password="x")

        with pytest.raises(NotAllowed, match="Only members of Council"):
            give_role(session, person=person, contest_id=prize.contest.id, kind=J)


def name_as_judges(prize, officers):
    with transaction(prize.engines.contest) as session:
        contest = session.get_one(Contest, prize.contest.id)
        for officer, member in zip(officers, contest.council, strict=False):
            person, common = session.get_one(Person, officer.person_id), {"contest_id": contest.id, "kind": J}
            give_role(session, person=person, council_member_id=member.id, **common)


def test_fewer_key_holders_judge_than_an_envelope_needs(prize):
    """Two who judge and hold keys could open an envelope of two before the decision."""
    name_as_judges(prize, prize.staff.officers[:1])

    with pytest.raises(NotAllowed):
        name_as_judges(prize, prize.staff.officers[1:2])


def test_role_in_one_contest_is_none_in_another(prize):
    judge, dates = prize.staff.judges[0], {"opens_on": OPENS, "closes_on": CLOSES, "announced_on": CLOSES}
    with transaction(prize.engines.contest) as session:
        other = add_contest(session, slug="other", title="Other", **dates)
        token = begin_session(session, person_id=judge.person_id, contest_id=other.id, now=prize.clock())
        session.flush()

        with pytest.raises(NotAllowed):
            visit_as(session, token, J, now=prize.clock())
