"""The judges' year, lived in both worlds at once: what those who judge do at each stage of it."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from app.ceremony.decide import Outcome, Resolution, decide
from app.database import reading
from app.panel.mark import criteria_of
from app.tables import Category
from tests.anonymity.arriving import release_everything
from tests.anonymity.asking import Asked, Twins

LAST_DAY = datetime(2026, 9, 30, 12, 0, 0, 900_000, tzinfo=UTC)
"""The better part of a second after the hour: no time told in seconds falls to either side of one."""
ALDER, BEECH, CEDAR, DAMSON = (f"Judge {tree}" for tree in ("Alder", "Beech", "Cedar", "Damson"))
SET_ASIDE = "two essays are set aside, and two judges have locked all their marks"
WINNERS = {"everyone-else": "Heron", "undergraduates": "Kittiwake"}


def whole_year(both: Twins) -> Iterator[str]:
    """Take both worlds from the last day of entries to the decision; yield at each stage what it is."""
    yield _at(both, 0, "entries are open, and all are in")
    yield _at(both, 1, "entries are closed")
    release_everything(both.pair)
    yield _at(both, 2, "essays are released, and nobody has declared")
    for judge in (ALDER, BEECH, DAMSON):
        _done(both, judge, "/panel/declaration", declared="yes")
    _mark(both, ALDER, do="save")
    _mark(both, DAMSON, do="autosave")
    _done(both, ALDER, _address(both, ALDER, "Heron", "flag"), kind="patient")
    yield _at(both, 3, "one has not declared; there are drafts and a flag")
    _done(both, CEDAR, "/panel/declaration", declared="yes")
    _done(both, BEECH, _address(both, BEECH, "Heron", "recusal"), cause="recognised")
    _done(both, CEDAR, _address(both, CEDAR, "Sorrel", "recusal"), cause="conflict")
    _mark(both, ALDER, do="lock", version="1")
    _mark(both, BEECH, do="lock")
    _done(both, BEECH, "/panel/record", size="64")
    yield _at(both, 4, SET_ASIDE)
    _mark(both, CEDAR, do="lock")
    _mark(both, DAMSON, do="lock", version="1")
    yield _at(both, 5, "all marks are locked")
    _decide(both)
    yield _at(both, 6, "the decision is locked, and no envelope is open")


def _at(both: Twins, days: int, stage: str) -> str:
    both.pair.at(LAST_DAY + timedelta(days=days))
    both.begin(stage)
    return stage


def _done(both: Twins, judge: str, path: str, **form: str) -> None:
    answer = both.ask(judge, Asked("POST", path, form=form))
    assert answer.status in {200, 303} and not answer.is_refusal, (judge, path, answer)  # noqa: PT018


def _address(both: Twins, judge: str, nom: str, what: str) -> str:
    return f"/panel/readings/{both.readings[judge][nom]}/{what}"


def _mark(both: Twins, judge: str, *, do: str, version: str = "0") -> None:
    """Mark every essay of a judge's that is not set aside, no two alike."""
    for place, nom in enumerate(both.readings[judge]):
        marks = {f"mark-{key}": str(9 - place - len(judge) % 3) for key in _criteria(both)}
        address = _address(both, judge, nom, "marks")
        answer = both.ask(judge, Asked("POST", address, form={"do": do, "version": version, **marks}))
        assert answer.status in {200, 303, 403} and not answer.is_refusal, (judge, nom, answer)  # noqa: PT018


def _criteria(both: Twins) -> list[str]:
    prize = both.pair.worlds[0].prize
    with reading(prize.engines.contest) as session:
        return [each.key for each in criteria_of(session, prize.contest.id)]


def _decide(both: Twins) -> None:
    """An officer who doesn't judge records what the judges resolved."""
    for world in both.pair.worlds:
        with reading(world.prize.engines.contest) as session:
            categories = session.query(Category).all()
        for category in categories:
            resolution = Resolution(
                outcome=Outcome.WINNER,
                winners=(world.entries[WINNERS[category.key]],),
                commended=(world.entries["Larkspur"],) if category.key == "everyone-else" else (),
                reserves={},
                reason="By consensus.",
            )
            with both.pair.chance.of(f"decision {category.key}"):
                problems = decide(
                    world.prize.engines,
                    visit=world.prize.staff.officers[0],
                    category_id=category.id,
                    resolution=resolution,
                    now=world.prize.clock(),
                )
            assert [each.message for each in problems] == []
