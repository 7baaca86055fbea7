"""The comparison of the two worlds finds what it should: a leak is planted, and it must fail."""

from typing import Any

import pytest

from app.desk import release
from app.panel import deal
from app.panel.views import reading_list
from app.tables import Assignment
from app.web import panel
from tests.anonymity import sampling
from tests.anonymity.arriving import enter_everything, reading_copies, release_everything
from tests.anonymity.asking import Asked, Twins, WorldsDiffer, twins
from tests.anonymity.everything import ids_for, requests_to
from tests.anonymity.planted import ANSWERS, ROUTES, altering, told_in
from tests.anonymity.sampling import SAMPLED, Route, Sample, unsampled
from tests.anonymity.year import ALDER

LEAK = ("GET", "/panel/leak")


def ask_as_one_judge(both: Twins, routes: list[Route]) -> set[tuple[str, str]]:
    """Every request to the panel as one judge; return the routes that answered."""
    both.begin("a leak is planted")
    reached = set()
    for route in (each for each in routes if each.path.startswith("/panel")):
        for asked in requests_to(route, ids_for(both, ALDER, route)):
            if not both.ask(ALDER, asked).is_refusal:
                reached.add(route.key)
    return reached


def test_without_a_leak_nothing_differs(half_judged, routes):
    def nothing(_answer: Any, _told: Any) -> None:
        """Leave the answer as it is."""

    with twins(half_judged, add=lambda app, world: altering(app, told_in(world.name), nothing)) as both:
        assert len(ask_as_one_judge(both, routes)) >= 8


@pytest.mark.parametrize("plant", ROUTES, ids=lambda plant: plant.__name__)
def test_leak_by_a_route_is_caught(half_judged, routes, plant, monkeypatch):
    queries = ROUTES[plant]
    planted = Route(*LEAK, frozenset(name for query in queries for name in query))
    monkeypatch.setattr(sampling, "SAMPLED", {**SAMPLED, LEAK: Sample(queries=queries)})
    monkeypatch.setattr("tests.anonymity.everything.SAMPLED", sampling.SAMPLED)

    with (
        twins(half_judged, add=lambda app, world: plant(app, told_in(world.name))) as both,
        pytest.raises(WorldsDiffer, match="/panel/leak"),
    ):
        ask_as_one_judge(both, [*routes, planted])


@pytest.mark.parametrize("change", ANSWERS, ids=lambda change: change.__name__)
def test_leak_in_an_answer_is_caught(half_judged, routes, change):
    with (
        twins(half_judged, add=lambda app, world: altering(app, told_in(world.name), change)) as both,
        pytest.raises(WorldsDiffer),
    ):
        ask_as_one_judge(both, routes)


@pytest.mark.parametrize("by", ["name", "arrival"])
def test_leak_by_the_order_of_a_list_is_caught(half_judged, routes, by, monkeypatch):
    def in_order(session: Any, visit: Any) -> list[Any]:
        told = told_in("this" if "/this/" in str(session.get_bind().engine.url) else "other")

        def place(essay: Any) -> str:
            arrival = told[essay.nom]
            return str(arrival.at) if by == "arrival" else arrival.writer.last if arrival.writer else ""

        return sorted(reading_list(session, visit), key=place)

    monkeypatch.setattr(panel, "reading_list", in_order)

    with twins(half_judged) as both, pytest.raises(WorldsDiffer, match="GET /panel\n"):
        ask_as_one_judge(both, routes)


def test_leak_by_the_order_of_ids_is_caught(entered, monkeypatch):
    """Readings are dealt their ids as the essays came, instead of in the order of what is random."""
    real = release._entries

    def as_they_came(session: Any, contest: Any, entry_ids: Any) -> list[Any]:
        return sorted(real(session, contest, entry_ids), key=lambda entry: entry.received_at)

    monkeypatch.setattr(release, "_entries", as_they_came)
    release_everything(entered)

    with twins(entered) as both, pytest.raises(WorldsDiffer, match="other ids"):
        both.begin("ids follow arrival")


def test_leak_by_the_place_in_a_list_is_caught(entered, routes, monkeypatch):
    def as_they_came(session: Any, entry: Any) -> list[Assignment]:
        dealt = deal.deal_entry(session, entry)
        for each in dealt:
            each.position = int(entry.received_at.timestamp())
        return dealt

    monkeypatch.setattr(release, "deal_entry", as_they_came)
    release_everything(entered)

    with twins(entered) as both:
        both.begin("places follow arrival")
        both.ask(ALDER, Asked("POST", "/panel/declaration", form={"declared": "yes"}))
        with pytest.raises(WorldsDiffer):
            ask_as_one_judge(both, routes)


def test_leak_by_numbers_that_count_up_is_caught(founded_pair, monkeypatch):
    counted: dict[str, int] = {}

    def next_number(session: Any, _contest: Any) -> int:
        where = str(session.get_bind().engine.url)
        counted[where] = counted.get(where, 1000) + 1
        return counted[where]

    monkeypatch.setattr("app.intake.admit._draw_number", next_number)
    enter_everything(founded_pair)

    this, other = founded_pair.worlds
    assert reading_copies(this) != reading_copies(other)


@pytest.mark.parametrize(
    ("route", "sample", "said"),
    [
        (Route("GET", "/panel/{page}"), Sample(), "nothing stands for {page}"),
        (Route("GET", "/panel/find", frozenset({"q"})), Sample(), "?q is not tried"),
        (Route("POST", "/panel/find"), Sample(), "no form is tried"),
    ],
    ids=["path", "query", "form"],
)
def test_route_that_is_not_sampled_is_caught(routes, route, sample, said, monkeypatch):
    monkeypatch.setattr(sampling, "SAMPLED", {**SAMPLED, route.key: sample})

    assert unsampled([*routes, route]) == [f"{route.key}: {said}"]


def test_sample_of_a_route_that_is_gone_is_caught(routes):
    assert unsampled(routes[1:]) == [f"{routes[0].key}: no such route"]


def test_new_route_that_answers_a_judge_is_caught(half_judged, routes):
    def plant(app: Any, _world: Any) -> None:
        app.get(LEAK[1])(lambda: {"all": "alike"})

    with twins(half_judged, add=plant) as both:
        reached = ask_as_one_judge(both, [*routes, Route(*LEAK)])

    assert LEAK in reached - set(SAMPLED)
