"""How the essays come into both worlds, each by its channel and in its world's own order, and go to the judges."""

import re
from typing import Any
from uuid import UUID

import httpx
from sqlalchemy import select

from app.database import reading
from app.desk.postal import PostalForm, log_postal_entry
from app.desk.release import release_entries
from app.desk.review import decide_finding
from app.intake.admit import Admitted
from app.intake.prepare import prepare
from app.intake.receipts import new_receipt
from app.tables import Contest, Entry, ReadingCopy
from tests.anonymity.chance import Chance
from tests.anonymity.people import telling_file, telling_text
from tests.anonymity.serving import serving
from tests.anonymity.worlds import ESSAY, Arrival, Essay, Pair, World
from tests.checking import check
from tests.conftest import AFTER


def enter_everything(pair: Pair) -> None:
    """Every essay enters, is prepared, and what was found in it is settled."""
    for world in pair.worlds:
        with serving(world.prize) as address, _browser(address) as client:
            for nom, arrival in world.arrivals.items():
                world.prize.clock.at = arrival.at
                enter = _by_post if arrival.writer is None else _by_web
                world.entries[nom] = enter(world, ESSAY[nom], arrival, pair.chance, client)
                with pair.chance.of(f"reading copy of {nom}"):
                    prepare(world.prize.engines, entry_id=world.entries[nom], now=arrival.at)
                    _keep_findings(world, nom)


def release_everything(pair: Pair) -> None:
    """One batch, chosen at the desk in the order of arrival."""
    pair.at(AFTER)
    for world in pair.worlds:
        with pair.chance.of("Council check"):
            check(world.prize)
        with pair.chance.of("release"):
            release_entries(
                world.prize.engines,
                visit=world.prize.staff.administrator,
                entry_ids=list(world.entries.values()),
                now=AFTER,
            )


def reading_copies(world: World) -> dict[str, tuple[str, str]]:
    """Fingerprints of what the judges will read, PDF and text, by nom de plume."""
    query = select(Entry.nom_de_plume, ReadingCopy.pdf_key, ReadingCopy.manuscript_key).join(Entry.copies)
    with reading(world.prize.engines.contest) as session:
        return {row.nom_de_plume: (row.pdf_key, row.manuscript_key) for row in session.execute(query)}


def _browser(address: str) -> httpx.Client:
    return httpx.Client(base_url=address, headers={"origin": address}, timeout=30)


def _by_web(world: World, essay: Essay, arrival: Arrival, chance: Chance, client: httpx.Client) -> UUID:
    front = f"/prize/{world.prize.slug}"
    # The form brings the receipt code, which is another in each world.
    with chance.of(f"{world.name}: form of {essay.nom}"):
        form = client.get(f"{front}/enter").text
    minted = re.search(r'name="minted" value="([^"]+)"', form)
    assert minted is not None, form
    fields = {"minted": minted[1], **_fields(world, essay, arrival)}
    with chance.of(f"entry of {essay.nom}"):
        answer = client.post(f"{front}/entries", **_sent(fields, essay, arrival, draft=arrival.replaced))
    assert answer.status_code == 303, answer.text
    entry_id = _entry_id(world, essay.nom)
    if arrival.replaced:
        with chance.of(f"draft of {essay.nom}"):
            prepare(world.prize.engines, entry_id=entry_id, now=arrival.at)
            answer = client.post("/receipt/replacement", **_sent({}, essay, arrival))
        assert answer.headers.get("location") == "/receipt?done=replaced", answer.text
    return entry_id


def _fields(world: World, essay: Essay, arrival: Arrival) -> dict[str, Any]:
    assert arrival.writer is not None
    with reading(world.prize.engines.contest) as session:
        contest = session.get_one(Contest, world.prize.contest.id)
        declare = [each.key for each in contest.declarations]
        known_to = [str(each.id) for each in contest.council if essay.known_to in each.emails]
    return {
        **arrival.writer.fields,
        "nom_de_plume": essay.nom,
        "category": essay.category,
        "declare": declare,
        "known_to": known_to,
        "ai": "yes",
        "ai_use": f"For spelling, says {arrival.writer.name}.",
        "journal": arrival.journal,
        "named": arrival.named,
    }


def _sent(fields: dict[str, Any], essay: Essay, arrival: Arrival, *, draft: bool = False) -> dict[str, Any]:
    """The form's fields with the essay, as httpx takes them: a file of that name, or pasted."""
    assert arrival.writer is not None
    paragraphs = ("An earlier draft, by {first}.",) if draft else essay.paragraphs
    if essay.channel == "pasted":
        text = telling_text(arrival.writer, paragraphs, title=essay.title)
        return {"data": {**fields, "text": text}, "files": {"essay": ("", b"")}}
    content = telling_file(
        arrival.writer, paragraphs, title=essay.title, saved_at=arrival.at, file_name=arrival.file_name
    )
    return {"data": fields, "files": {"essay": (arrival.file_name, content)}}


def _by_post(world: World, essay: Essay, arrival: Arrival, chance: Chance, _client: httpx.Client) -> UUID:
    label, place, condition = arrival.envelope
    form = PostalForm(
        delivered_on=arrival.at.date(),
        nom_de_plume=essay.nom,
        category=essay.category,
        copies=len(label),
        copies_place=place,
        envelope_label=label,
        envelope_place=place,
        condition=condition,
        note=condition,
        text="\n\n".join((f"# {essay.title}", essay.paragraphs[0], essay.paragraphs[2])),
    )
    with chance.of(f"{world.name}: slip of {essay.nom}"):
        receipt = new_receipt()
    with chance.of(f"entry of {essay.nom}"):
        outcome = log_postal_entry(
            world.prize.engines,
            visit=world.prize.staff.administrator,
            form=form,
            receipt=receipt,
            now=arrival.at,
        )
    assert isinstance(outcome, Admitted), outcome
    return outcome.entry_id


def _entry_id(world: World, nom: str) -> UUID:
    with reading(world.prize.engines.contest) as session:
        return session.scalars(select(Entry.id).where(Entry.nom_de_plume == nom)).one()


def _keep_findings(world: World, nom: str) -> None:
    with reading(world.prize.engines.contest) as session:
        findings = [each.id for each in session.get_one(Entry, world.entries[nom]).findings]
    for finding_id in findings:
        decide_finding(
            world.prize.engines,
            visit=world.prize.staff.administrator,
            entry_id=world.entries[nom],
            finding_id=finding_id,
            verdict="keep",
            stand_in="",
            now=world.prize.clock(),
        )
