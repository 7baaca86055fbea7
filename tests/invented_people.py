"""Pairs of a Council and somebody who enters, often the same person written otherwise: enough to try every rule."""

import random
from datetime import date, timedelta

from benchmarks.council_names import written
from benchmarks.names import COUNTRIES, draw, slip
from judging.council import CouncilMember, Identity, Term
from judging.ids import MemberId

TODAY = date(2026, 9, 1)


def council(rng: random.Random, size: int = 8) -> list[tuple[CouncilMember, object, object]]:
    """Members with the country and person each was drawn from; some have left, some are still to come."""
    found = []
    for place in range(size):
        country = rng.choice(COUNTRIES)
        person = draw(country, rng)
        began = TODAY - timedelta(days=rng.randrange(-100, 2000))
        until = rng.choice([None, None, began + timedelta(days=rng.randrange(2500))])
        identity = Identity(
            name=f"Dr {person.full}",
            also_known_as=(rng.choice(country.family),) if rng.random() < 0.2 else (),
            emails=(f"{person.given}.{place}@gmail.com".replace(" ", ""), f"m{place}@example.org"),
            registration_numbers=(f"GMC 60000{place}",) if rng.random() < 0.5 else (),
        )
        found.append((CouncilMember(MemberId(str(place)), identity, (Term(began, until),)), country, person))
    return found


def entrant(rng: random.Random, members: list[tuple[CouncilMember, object, object]]) -> list[Identity]:
    """Who enters: a stranger, or a member in one of the ways a member's name, address or number turns up."""
    member, country, person = rng.choice(members)
    stranger = draw(rng.choice(COUNTRIES), rng)
    name = stranger.full
    if rng.random() < 0.6:
        name = rng.choice([each for names in written(country, person, rng).values() for each in names])
    elif rng.random() < 0.3:
        name = f"{slip(person.given, rng)} {slip(person.family, rng)}"
    emails = rng.choice([(), (f"w{rng.randrange(99)}@example.net",)])
    if rng.random() < 0.1:
        emails = (rng.choice(member.identity.emails).upper().replace("@GMAIL", "+essay@GoogleMail"),)
    numbers = rng.choice([(), (), (f"{rng.choice(['', 'gmc-', 'NMC '])}60000{rng.randrange(12)}",)])
    people = [
        Identity(
            name,
            also_known_as=rng.choice([(), (stranger.full,)]),
            emails=emails,
            registration_numbers=numbers,
        )
    ]
    if rng.random() < 0.3:
        people.append(Identity(draw(country, rng).full))
    return people
