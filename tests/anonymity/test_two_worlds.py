"""Two worlds that differ only in who wrote: nobody who judges can get one answer that tells them apart."""

import ast
from pathlib import Path

import app.web
from tests.anonymity.arriving import reading_copies
from tests.anonymity.asking import NOBODY, Asked, twins
from tests.anonymity.everything import ask_everything, requests_to
from tests.anonymity.sampling import SAMPLED, UNKNOWN, static_files, unsampled
from tests.anonymity.worlds import ARRIVALS
from tests.anonymity.year import ALDER, BEECH, whole_year

IN_FULL = {"entries are open, and all are in", "the decision is locked, and no envelope is open"}
SEND_EVERYONE_AWAY = {("POST", "/receipt/leave"), ("POST", "/sign-out")}
"""Routes whose only answer is one that for all others counts as a refusal."""


def test_worlds_differ_in_every_writer_and_order_of_arrival():
    this, other = ARRIVALS["this"], ARRIVALS["other"]

    assert set(this) == set(other)
    assert all(this[nom].writer != other[nom].writer for nom in this if this[nom].writer)
    assert all(this[nom].at != other[nom].at for nom in this)
    assert list(this) == sorted(this, key=lambda nom: this[nom].at)
    assert list(other) == sorted(other, key=lambda nom: other[nom].at)
    assert list(this) != list(other)


def test_reading_copies_of_both_worlds_are_the_same_bytes(entered):
    this, other = entered.worlds

    assert this.entries == other.entries
    assert reading_copies(this) == reading_copies(other)


def test_every_route_and_parameter_is_sampled(routes):
    assert unsampled(routes) == []


def test_no_route_reads_a_parameter_it_does_not_declare():
    # Such a one would be missing from the application's own list, by which requests are sampled.
    for path in Path(app.web.__file__).parent.rglob("*.py"):
        names = {
            each.attr for each in ast.walk(ast.parse(path.read_text())) if isinstance(each, ast.Attribute)
        }
        assert "query_params" not in names, path.name


def test_whole_year_gives_nobody_who_judges_an_answer_that_differs(entered, routes):
    reached = set(SEND_EVERYONE_AWAY)

    with twins(entered) as both:
        for stage in whole_year(both):
            answers = ask_everything(both, routes, in_full=stage in IN_FULL)
            reached |= {
                route.key for route, got in answers.items() if not all(each.is_refusal for each in got)
            }

    # Whatever is not in the list has refused everyone who judges, in the same words in both worlds.
    assert reached == set(SAMPLED)


def test_static_files_are_the_same_in_both_worlds(entered):
    with twins(entered) as both:
        both.begin("static files")
        for path in static_files():
            assert both.ask(NOBODY, Asked("GET", path)).status == 200


def test_reading_of_somebody_else_answers_like_one_that_never_was(half_judged, routes):
    with twins(half_judged) as both:
        both.begin("another's reading")
        theirs = str(both.readings[BEECH]["Heron"])
        asked = 0
        for route in (each for each in routes if "{reading_id}" in each.path):
            for here, there in zip(
                requests_to(route, {"reading_id": (theirs,)}),
                requests_to(route, {"reading_id": (UNKNOWN,)}),
                strict=True,
            ):
                assert both.ask(ALDER, here) == both.ask(ALDER, there), here
                asked += 1
    assert asked >= 6


def test_machine_readable_answers_and_parts_of_files_are_the_same(half_judged, routes):
    with twins(half_judged) as both:
        both.begin("other ways of asking")
        own = str(both.readings[ALDER]["Larkspur"])
        for headers in ({"accept": "application/json"}, {"range": "bytes=100-199"}, {"if-none-match": "*"}):
            for route in (each for each in routes if each.path.startswith("/panel") and each.method == "GET"):
                for asked in requests_to(route, {"reading_id": (own, UNKNOWN)}):
                    both.ask(ALDER, Asked("GET", asked.path, headers=headers))
        for method in ("HEAD", "OPTIONS", "PUT", "DELETE"):
            both.ask(ALDER, Asked(method, f"/panel/readings/{own}"))
