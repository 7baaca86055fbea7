"""What the Council check compares is sealed k of n apart from the envelope: small, one length, bound to its entry."""

from datetime import date
from itertools import combinations
from uuid import uuid4

import pytest
from sqlalchemy import select

from app.database import reading, transaction
from app.vault import age
from app.vault.errors import NotOpenable
from app.vault.seal import Officer
from app.vault.split import OfficerPart
from app.vault.tables import CouncilShare, CouncilTokens
from app.vault.tokens import Roster, newest_tokens, open_tokens, read_part, seal_tokens
from judging.council import Identity
from judging.tokens import Tokens
from tests.app.envelopes import Sealed
from tests.app.stages import payload

CONTEST = uuid4()
DAY = date(2026, 9, 1)
TOKENS = Tokens.of([Identity("Imogen Tarrant", emails=("imogen@example.org",))], received=DAY)
LONG = Identity(
    "Professor Wilhelmina Featherstonehaugh-Cholmondeley",
    also_known_as=("Billie Featherstonehaugh", "Wilhelmina van der Westhuizen"),
    emails=("wilhelmina.featherstonehaugh@department.example.org",),
    registration_numbers=("GMC 7654321",),
)


class Kept:
    """Tokens in a vault, with the keys of the officers among whom their key is split."""

    def __init__(self, engines, *, officers=3, needed=2, tokens=TOKENS):
        self.engines, self.needed = engines, needed
        self.entry_id = Sealed(engines).entry_id
        self.keys = {uuid4(): age.new_secret() for _ in range(officers)}
        self.officers = [Officer(each, age.public_key(key)) for each, key in self.keys.items()]
        self.seal(tokens)

    def seal(self, tokens, *, version=1):
        with transaction(self.engines.vault.entering) as session:
            seal_tokens(
                session,
                entry_id=self.entry_id,
                contest_id=CONTEST,
                version=version,
                tokens=tokens,
                officers=self.officers,
                needed=self.needed,
            )

    def of(self, officer):
        """The newest tokens of this entry, with the officer's part of their key."""
        with reading(self.engines.vault.opening) as session:
            found = newest_tokens(session, contest_id=CONTEST, officer_id=officer)
            return next(each for each in found if each.entry_id == self.entry_id)

    def part(self, officer, **other):
        sealed = self.of(officer)
        told = {"entry_id": sealed.entry_id, "version": sealed.version} | other
        content = age.unseal(sealed.share, self.keys[officer])
        return read_part(content, officer_id=officer, roster=Roster.from_text(sealed.roster), **told)

    def open(self, *officers):
        sealed = self.of(officers[0])
        parts = [self.part(officer) for officer in officers]
        return open_tokens(sealed.tokens, parts, entry_id=self.entry_id, version=sealed.version)


@pytest.mark.parametrize(("officers", "needed"), [(2, 2), (3, 2), (5, 3), (7, 4)])
def test_any_k_officers_open_them_and_fewer_do_not(engines, officers, needed):
    kept = Kept(engines, officers=officers, needed=needed)

    for group in combinations(kept.keys, needed):
        assert kept.open(*group) == TOKENS
    with pytest.raises(NotOpenable):
        kept.open(*list(kept.keys)[: needed - 1])


def test_an_entrys_tokens_take_three_kilobytes(engines):
    kept = Kept(engines)
    with reading(engines.vault.engine) as session:
        tokens = session.scalars(select(CouncilTokens)).one()
        shares = session.scalars(select(CouncilShare)).all()

    ids = 16 + 4 + 16 + len(shares) * (16 + 4 + 16)
    size = len(tokens.sealed) + len(tokens.roster) + sum(len(each.sealed) for each in shares) + ids
    assert len(shares) == len(kept.keys)
    assert size <= 3 * 1024 + 200  # the header of an age file varies in length by design


def test_length_tells_nothing_of_the_name(engines):
    lengths = set()
    for people in ([Identity("Al Ek")], [LONG], [LONG, Identity("Ada Quill", emails=("a@example.org",))]):
        kept = Kept(engines, tokens=Tokens.of(people, received=DAY))
        sealed = kept.of(next(iter(kept.keys)))
        lengths.add((payload(sealed.tokens), payload(sealed.share)))

    assert len(lengths) == 1


def test_the_vault_holds_no_readable_word_of_them(engines):
    Kept(engines)
    with reading(engines.vault.engine) as session:
        rows = [*session.scalars(select(CouncilTokens)), *session.scalars(select(CouncilShare))]
        held = b"".join(row.sealed for row in rows)

    assert b"tarrant" not in held.lower()
    assert b"imogen" not in held.lower()


def test_tokens_of_another_entry_are_not_accepted(engines):
    """Rows put under another entry's number: neither the part nor the tokens pass for it."""
    kept, other = Kept(engines), uuid4()
    first, second = list(kept.keys)[:2]

    with pytest.raises(NotOpenable):
        kept.part(first, entry_id=other)
    with pytest.raises(NotOpenable):
        kept.part(first, version=2)
    parts = [kept.part(officer) for officer in (first, second)]
    moved = [OfficerPart(other, p.officer_id, p.officers, p.needed, p.parts) for p in parts]
    with pytest.raises(NotOpenable):
        open_tokens(kept.of(first).tokens, moved, entry_id=other, version=1)
    with pytest.raises(NotOpenable):
        open_tokens(kept.of(first).tokens, parts, entry_id=kept.entry_id, version=2)


def test_a_part_is_refused_where_the_officers_keys_are_not_those_of_then(engines):
    kept = Kept(engines)
    officer, *others = kept.keys
    sealed = kept.of(officer)
    swapped = [
        each if each.officer_id == officer else Officer(each.officer_id, age.public_key(age.new_secret()))
        for each in kept.officers
    ]
    content = age.unseal(sealed.share, kept.keys[officer])

    with pytest.raises(NotOpenable):
        read_part(
            content, entry_id=kept.entry_id, version=1, officer_id=officer, roster=Roster.of(swapped, 2)
        )
    assert len(others) == 2


def test_a_correction_takes_the_place_of_what_was_sealed_before(engines):
    kept = Kept(engines)
    corrected = Tokens.of([Identity("Imogen Tarrant-Hale")], received=DAY)

    kept.seal(corrected, version=2)

    assert kept.open(*list(kept.keys)[:2]) == corrected
    assert kept.of(next(iter(kept.keys))).version == 2


def test_each_sealing_has_a_key_of_its_own(engines):
    kept = Kept(engines)
    first, second = list(kept.keys)[:2]
    before = kept.part(first).parts
    kept.seal(TOKENS, version=2)
    after = kept.part(first).parts

    assert not set(before.values()) & set(after.values())
    assert kept.open(first, second) == TOKENS
