"""Everything somebody who judges can ask: every route, with every id and parameter there is for it."""

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from tests.anonymity.asking import NOBODY, Answer, Asked, Twins
from tests.anonymity.sampling import OFFICER, SAMPLED, UNKNOWN, Route, Sample, paths_of
from tests.anonymity.year import ALDER, BEECH, CEDAR, DAMSON

SOAK = bool(os.environ.get("NOMDEPLUME_SOAK"))
"""Everyone asks everything at every stage, which takes minutes: `make soak`."""
ALL = (NOBODY, ALDER, BEECH, CEDAR, DAMSON)
ONE_OF_EACH = (NOBODY, ALDER, DAMSON)
"""Signed out, a judge, an officer who judges besides: of these the rights differ."""


def ask_everything(both: Twins, routes: Sequence[Route], *, in_full: bool) -> dict[Route, list[Answer]]:
    """Put all there is to these routes; return the answers both worlds agree on, by route.

    Where not asked in full, only what changes as the judging goes on. Raises WorldsDiffer.
    """
    answers: dict[Route, list[Answer]] = {route: [] for route in routes}
    for route in routes:
        for visitor in _askers(route, in_full=in_full or SOAK):
            for asked in requests_to(route, ids_for(both, visitor, route)):
                answers[route].append(both.ask(visitor, _with_officer(both, asked)))
    both.begin(both.occasion)  # everyone has signed out
    return answers


def requests_to(route: Route, ids: Mapping[str, tuple[str, ...]]) -> Iterator[Asked]:
    """The route at every address it has, and at its first address with everything it takes besides."""
    sample = SAMPLED.get(route.key, Sample(forms=({},)))
    for place, path in enumerate(paths_of(route.path, ids)):
        whole = SOAK or place == 0
        if route.method == "GET":
            yield Asked("GET", path)
            yield from (Asked("GET", path, query=query) for query in sample.queries if whole)
        else:
            forms = sample.forms if whole else sample.forms[:1]
            yield from (Asked(route.method, path, form=form) for form in forms)


def ids_for(both: Twins, visitor: str, route: Route) -> dict[str, tuple[str, ...]]:
    """Own readings, one that is another's, and one that is nobody's; an entry's id where ids of them stand."""
    # Larkspur comes first, and brings a picture.
    own = sorted(both.readings.get(visitor, {}).items(), key=lambda each: each[0] != "Larkspur")
    others = [each for judge, theirs in both.readings.items() if judge != visitor for each in theirs.items()]
    whole = SOAK or route.key == ("GET", "/panel/readings/{reading_id}")
    tried = [str(reading_id) for _, reading_id in (*own[: None if whole else 2], *others[:1])]
    return {
        "reading_id": (*tried, UNKNOWN, "no-id"),
        "entry_id": (str(both.pair.worlds[0].entries["Heron"]), UNKNOWN),
    }


def _with_officer(both: Twins, asked: Asked) -> Asked:
    officer = str(both.pair.worlds[0].prize.staff.officers[0].role_id)
    query, form = (
        {name: officer if value == OFFICER else value for name, value in each.items()}
        for each in (asked.query, asked.form)
    )
    return replace(asked, query=query, form=form)


def _askers(route: Route, *, in_full: bool) -> Sequence[str]:
    if SOAK or (in_full and route.path.startswith("/panel")):
        return ALL
    if in_full:
        return ONE_OF_EACH
    if route.path.startswith("/panel"):
        return (ALDER, BEECH, CEDAR, DAMSON)
    return (DAMSON,) if route.path.startswith("/officers") else ()
