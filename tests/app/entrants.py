"""A browser with the entry form open."""

import re

from sqlalchemy import func, select

from app.database import reading
from app.tables import Entry, Leaf
from app.vault.tables import Envelope, Original, WorkOrder
from tests.app.stages import open_for_entries_now

FILLED = {
    "nom_de_plume": "Larkspur",
    "category": "everyone-else",
    "name": "Imogen Tarrant",
    "email": "imogen.tarrant@example.org",
    "ai": "no",
    "journal": "yes",
    "named": "yes",
}


class Entrant:
    """One browser with the entry form open."""

    def __init__(self, site):
        self.client, self.prize = site.client(), site.prize
        open_for_entries_now(self.prize)
        page = self.client.get("/prize/balint-2026/enter").text
        found = re.search(r'name="minted" value="([^"]+)"', page)
        self.fields = FILLED | {
            "minted": found[1],
            "declare": re.findall(r'name="declare" value="([^"]+)"', page),
        }

    def press(self, essay=None, **changes):
        files = {} if essay is None else {"essay": ("essay", essay)}
        return self.client.post(
            "/prize/balint-2026/entries", data=self.fields | changes, files=files or {"essay": ("", b"")}
        )


def rows(prize):
    """How many there are of entries, of leaves about entries, and of what is sealed for them."""
    with reading(prize.engines.contest) as session:
        entries, leaves = select(func.count(Entry.id)), select(func.count()).where(Leaf.entry_id.is_not(None))
        mine = [session.scalar(entries), session.scalar(leaves)]
    with reading(prize.engines.vault.engine) as session:
        tables = (Envelope, Original, WorkOrder)
        return mine + [session.scalar(select(func.count()).select_from(table)) for table in tables]
