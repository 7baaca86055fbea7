"""Which requests are put to which route: every route the application has, and every parameter a route takes."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from fastapi import FastAPI
from fastapi.routing import APIRoute
from starlette.routing import Mount

from app.main import STATIC

UNKNOWN = "00000000-0000-4000-8000-000000000000"
OFFICER = "the id of an officer who does not judge"
"""Stands in a query or form for that id."""
SLUG = "balint-2026"
WRONG_POINTS = {"do": "save", "version": "0", "mark-reflection": "ten"}
KNOWN_TO_NOBODY = "0000-0000-0000-0000-0000-0000-0000"
"""A receipt code in the right form, its check characters too, that no entry has."""


@dataclass(frozen=True)
class Sample:
    """What is asked of a route besides its path: every parameter of its query, and forms that change nothing."""

    queries: tuple[Mapping[str, str], ...] = ()
    forms: tuple[Mapping[str, str], ...] = ()


@dataclass(frozen=True)
class Route:
    method: str
    path: str
    parameters: frozenset[str] = field(default_factory=frozenset)
    """Of its query."""

    @property
    def key(self) -> tuple[str, str]:
        return (self.method, self.path)


SAMPLED: Mapping[tuple[str, str], Sample] = {
    ("GET", "/"): Sample(),
    ("GET", "/healthz"): Sample(),
    ("GET", "/prize/{slug}"): Sample(),
    ("GET", "/prize/{slug}/dates.ics"): Sample(),
    ("GET", "/prize/{slug}/enter"): Sample(),
    ("POST", "/prize/{slug}/entries"): Sample(forms=({}, {"minted": "not ours", "nom_de_plume": "Larkspur"})),
    ("GET", "/prize/{slug}/record"): Sample(),
    ("GET", "/prize/{slug}/record.json"): Sample(),
    ("GET", "/prize/{slug}/record/{size}.txt"): Sample(),
    ("GET", "/prize/{slug}/results"): Sample(),
    ("GET", "/receipt"): Sample(queries=({"done": "entered"}, {"done": "withdrawn"}, {"done": "x"})),
    ("POST", "/receipt"): Sample(forms=({}, {"code": "no code"}, {"code": KNOWN_TO_NOBODY})),
    ("POST", "/receipt/leave"): Sample(forms=({},)),
    ("GET", "/receipt/erased"): Sample(),
    ("GET", "/sign-in"): Sample(),
    ("POST", "/sign-in"): Sample(forms=({"email": "g.pryce@example.org", "password": "x", "code": "1"},)),
    ("POST", "/sign-out"): Sample(forms=({},)),
    ("GET", "/verify"): Sample(),
    ("POST", "/verify"): Sample(forms=({}, {"proof": "{}"})),
    ("GET", "/verify/nomdeplume_verify.py"): Sample(),
    ("GET", "/contests"): Sample(),
    ("POST", "/contests"): Sample(forms=({}, {"contest": UNKNOWN})),
    ("GET", "/panel"): Sample(),
    ("GET", "/panel/declaration"): Sample(),
    ("POST", "/panel/declaration"): Sample(forms=({}, {"declared": "no"})),
    ("GET", "/panel/readings/{reading_id}"): Sample(queries=({"saved": "draft"},)),
    ("GET", "/panel/readings/{reading_id}/reading-copy.pdf"): Sample(),
    ("GET", "/panel/readings/{reading_id}/pictures/{number}"): Sample(),
    ("POST", "/panel/readings/{reading_id}/marks"): Sample(forms=({"do": "x"}, WRONG_POINTS)),
    ("POST", "/panel/readings/{reading_id}/recusal"): Sample(forms=({"cause": "x"},)),
    ("POST", "/panel/readings/{reading_id}/flag"): Sample(forms=({"kind": "x"},)),
    ("POST", "/panel/type"): Sample(forms=({"type": "larger", "back": f"/panel/readings/{UNKNOWN}"},)),
    ("GET", "/panel/record"): Sample(queries=({"done": "signed"},)),
    ("GET", "/panel/record/marks.json"): Sample(),
    ("POST", "/panel/record"): Sample(forms=({}, {"size": "63"})),
    ("GET", "/officers"): Sample(
        queries=({"category": "undergraduates"}, {"category": "everyone-else"}, {"category": "x"})
    ),
    ("POST", "/officers/decisions"): Sample(
        forms=({}, {"category": "everyone-else", "outcome": "winner", "reason": "none"})
    ),
    ("GET", "/officers/keys"): Sample(queries=({"done": "tried"},)),
    ("POST", "/officers/keys"): Sample(forms=({}, {"public_key": "age1x"})),
    ("GET", "/officers/keys/status"): Sample(),
    ("GET", "/officers/keys/test/share.age"): Sample(),
    ("POST", "/officers/keys/test/part"): Sample(forms=({}, {"part_text": "x"})),
    ("GET", "/officers/record"): Sample(queries=({"done": "signed"},)),
    ("POST", "/officers/record/countersignatures"): Sample(forms=({}, {"key": "x", "line": "x"})),
    ("GET", "/officers/record/whole.json"): Sample(),
    ("GET", "/officers/council"): Sample(queries=({"done": "confirmed"},)),
    ("POST", "/officers/council/{change_id}"): Sample(forms=({}, {"confirm": "x"})),
    ("GET", "/officers/council-check"): Sample(queries=({"done": "parts"},)),
    ("GET", "/officers/council-check/bundle"): Sample(
        queries=({"to": OFFICER}, {"to": UNKNOWN}, {"to": "x"})
    ),
    ("POST", "/officers/council-check/parts"): Sample(forms=({}, {"to": OFFICER, "parts": "x"})),
    ("POST", "/officers/council-check/outcome"): Sample(forms=({}, {"outcome": "{}"})),
    ("GET", "/officers/council-check/status"): Sample(),
    ("GET", "/officers/openings"): Sample(),
    ("POST", "/officers/openings"): Sample(forms=({}, {"entry": UNKNOWN, "reason": "x"})),
    ("GET", "/officers/openings/{opening_id}"): Sample(),
    ("GET", "/officers/openings/{opening_id}/status"): Sample(),
    ("GET", "/officers/openings/{opening_id}/share.age"): Sample(),
    ("POST", "/officers/openings/{opening_id}/part"): Sample(forms=({}, {"part_text": "x"})),
    ("POST", "/officers/openings/{opening_id}/open"): Sample(forms=({},)),
    ("POST", "/officers/openings/{opening_id}/paper"): Sample(forms=({}, {"name": "x"})),
    ("POST", "/officers/openings/{opening_id}/eligibility"): Sample(forms=({}, {"eligible": "yes"})),
    ("GET", "/officers/announcement"): Sample(),
    ("POST", "/officers/announcement"): Sample(forms=({},)),
    ("GET", "/officers/certificates/{result_id}.pdf"): Sample(),
}
"""Every route that answers somebody who judges with more than a refusal. All others are shown to refuse them."""

PATH_VALUES: Mapping[str, tuple[str, ...]] = {
    "slug": (SLUG, "no-such-prize"),
    "number": ("0", "1", "99", "-1", "x"),
    "size": ("64", "128", "65", "x"),
}
"""Parameters of paths other than ids, which are tried with those there are."""


def routes_of(app: FastAPI) -> list[Route]:
    """Every method and path the application answers; static files are `static_files`."""
    found = []
    for each in app.routes:
        if isinstance(each, Mount):
            assert each.path == "/static", each.path
            continue
        within = each.original_router.routes if hasattr(each, "original_router") else [each]
        for route in within:
            assert isinstance(route, APIRoute), route
            parameters = frozenset(each.alias for each in route.dependant.query_params)
            found += [Route(method, route.path, parameters) for method in sorted(route.methods)]
    # Whoever signs out can ask nothing after it.
    return sorted(found, key=lambda route: (route.path == "/sign-out", route.path, route.method))


def static_files() -> list[str]:
    return sorted(f"/static/{path.relative_to(STATIC)}" for path in STATIC.rglob("*") if path.is_file())


def unsampled(routes: list[Route]) -> list[str]:
    """What is said here of routes and their parameters that is too little, or of none that exists."""
    here = {route.key for route in routes}
    missing = [f"{key}: no such route" for key in SAMPLED if key not in here]
    for route in routes:
        missing += [
            f"{route.key}: nothing stands for {{{name}}}"
            for name in parameters_of(route.path)
            if not name.endswith("_id") and name not in PATH_VALUES
        ]
        sample = SAMPLED.get(route.key)
        if sample is None:
            continue
        asked = {name for query in sample.queries for name in query}
        missing += [f"{route.key}: ?{name} is not tried" for name in route.parameters - asked]
        missing += [f"{route.key}: no form is tried"] if route.method == "POST" and not sample.forms else []
    return missing


def paths_of(path: str, ids: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    """The path with values in place of its parameters, one of them varied at a time."""
    names = parameters_of(path)
    values = {name: ids.get(name, PATH_VALUES.get(name, (UNKNOWN, "no-id"))) for name in names}
    first = {name: each[0] for name, each in values.items()}
    seen = set()
    for name in names or [""]:
        for value in values.get(name, ("",)):
            filled = re.sub(r"{(\w+)}", lambda found: ({**first, name: value})[found[1]], path)  # noqa: B023
            if filled not in seen:
                seen.add(filled)
                yield filled


def parameters_of(path: str) -> list[str]:
    return re.findall(r"{(\w+)}", path)


def content_of(static: str) -> bytes:
    return (STATIC / Path(static).relative_to("/static")).read_bytes()
