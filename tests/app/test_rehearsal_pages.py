"""What desk, officers and entrants read before and after the rehearsal."""

import pytest

from app.database import reading
from app.intake.keys import still_to_do
from app.vault import age
from tests.app.rehearsing import hand_in, phrase, register, secret_of
from tests.app.stages import signed_in


@pytest.fixture
def prize(new):
    """The site below serves the contest in which nothing is rehearsed."""
    return new


def test_desk_and_officers_read_who_has_still_to_do_what(new):
    first, second, third = new.staff.officers
    register(new, first, second)
    hand_in(new, first)

    with reading(new.engines.contest) as session:
        said = still_to_do(session, new.contest.id)

    assert said == sorted(
        [
            f"{second.person_name} has to try the key on the test envelope.",
            f"{third.person_name} has to make a key and register it.",
        ],
        key=lambda sentence: sentence.split(" has ")[0],
    )


def test_every_way_in_says_that_entries_cannot_be_taken_yet(site):
    slug = site.prize.slug
    desk = signed_in(site, site.prize.staff.administrator)
    visitor = site.client()
    asked = [
        visitor.get(f"/prize/{slug}/enter"),
        desk.get("/desk/post"),
    ]

    assert [(answer.status_code, "can’t be taken yet" in answer.text) for answer in asked] == [
        (409, True),
        (409, True),
    ]
    page = visitor.get(f"/prize/{slug}").text
    assert "Entries can’t be taken yet" in page
    assert f'/prize/{slug}/enter">Enter the prize</a>' not in page.split("<main")[1]
    assert all(each.person_name in desk.get("/desk/post").text for each in site.prize.staff.officers)


def test_desk_says_who_has_still_to_do_what(site):
    answer = signed_in(site, site.prize.staff.administrator).get("/desk")

    assert "No entry can be taken yet" in answer.text
    assert f"{site.prize.staff.officers[0].person_name} has to make a key" in answer.text


def test_officer_goes_through_the_rehearsal_by_hand(site):
    prize, clients = site.prize, {}
    for officer in prize.staff.officers[:2]:
        client = clients[officer.role_id] = signed_in(site, officer)
        public_key = age.public_key(secret_of(prize, officer))
        assert client.post("/officers/keys", data={"public_key": public_key}).status_code == 303
    for officer in prize.staff.officers[:2]:
        client = clients[officer.role_id]
        share = client.get("/officers/keys/test/share.age")
        part = age.unseal(share.content, secret_of(prize, officer))
        sent = client.post("/officers/keys/test/part", files={"part": ("part.txt", part, "text/plain")})
        assert sent.status_code == 303

    page = client.get("/officers/keys").text
    assert "Your key is registered and tested" in page
    assert phrase(prize) in page
    assert "The rehearsal is done" in page


def test_private_key_pasted_by_mistake_is_not_shown_again(site):
    client = signed_in(site, site.prize.staff.officers[0])
    secret = age.new_secret()

    answer = client.post("/officers/keys", data={"public_key": secret})

    assert answer.status_code == 422
    assert "That is your private key" in answer.text
    assert secret not in answer.text


def test_state_for_the_waiting_page_changes_with_each_part(site):
    prize = site.prize
    register(prize, *prize.staff.officers)
    client = signed_in(site, prize.staff.officers[2])
    states = [client.get("/officers/keys/status").json()["state"]]
    for officer in prize.staff.officers[:2]:
        hand_in(prize, officer)
        states.append(client.get("/officers/keys/status").json()["state"])

    assert len(set(states)) == 3
