import re

from sqlalchemy import func, select

from app.database import reading
from app.tables import Entry
from tests.entering import WORDS


def test_asking_for_other_names_enters_nothing(site):
    prize = site.prize
    client = site.client()
    minted = re.search(r'name="minted" value="([^"]+)"', client.get(f"/prize/{prize.slug}/enter").text)
    assert minted is not None

    answer = client.post(
        f"/prize/{prize.slug}/entries",
        data={
            "minted": minted.group(1),
            "nom_de_plume": "Larkspur",
            "category": "everyone-else",
            "name": "Imogen Tarrant",
            "email": "imogen.tarrant@example.org",
            "text": WORDS,
            "declare": ["not-on-council", "unpublished", "own-experience", "concealed"],
            "ai": "no",
            "journal": "yes",
            "suggest": "others",
        },
    )

    assert answer.status_code == 422
    assert "Nothing has been entered yet" in answer.text
    with reading(prize.engines.contest) as session:
        assert session.scalar(select(func.count()).select_from(Entry)) == 0
