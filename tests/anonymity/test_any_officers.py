"""Any k of n officers open an envelope, fewer never do, and the others may lose their keys: for every k and n."""

from itertools import combinations
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.database import reading
from app.vault import age
from app.vault.errors import NotOpenable, VaultError
from app.vault.open import open_with_parts
from app.vault.split import LEAST, MOST, join, split
from tests.app.envelopes import Sealed

ENTRY = uuid4()
ALL = [(needed, officers) for officers in range(LEAST, MOST + 1) for needed in range(LEAST, officers + 1)]


@given(st.sampled_from(ALL), st.binary(min_size=16, max_size=16), st.data())
def test_any_k_join_and_fewer_do_not(numbers, seed, data):
    needed, officers = numbers
    secret = age.secret_from_seed(seed * 2)
    parts = split(secret, entry_id=ENTRY, officers=[uuid4() for _ in range(officers)], needed=needed)
    in_any_order = data.draw(st.permutations(parts))

    assert join(in_any_order[:needed], entry_id=ENTRY) == secret
    for few in range(needed):
        with pytest.raises(NotOpenable):
            join(in_any_order[:few], entry_id=ENTRY)


@pytest.mark.parametrize(("needed", "officers"), ALL)
def test_every_k_of_every_n_join_to_the_secret(needed, officers):
    secret = age.new_secret()
    parts = split(secret, entry_id=ENTRY, officers=[uuid4() for _ in range(officers)], needed=needed)

    assert {join(each, entry_id=ENTRY) for each in combinations(parts, needed)} == {secret}


@given(st.sampled_from(ALL))
def test_what_k_minus_one_hold_is_independent_of_the_secret(numbers):
    """For any other secret there is a part of the missing officer with which they would join to that instead."""
    needed, officers = numbers
    secret, other = age.new_secret(), age.new_secret()
    parts = split(secret, entry_id=ENTRY, officers=[uuid4() for _ in range(officers)], needed=needed)
    group = parts[:needed]
    label = "+".join(map(str, range(needed)))
    *held, missing = group
    changed = bytes(
        a ^ b ^ c for a, b, c in zip(missing.parts[label], secret.encode(), other.encode(), strict=True)
    )
    missing.parts[label] = changed

    assert join([*held, missing], entry_id=ENTRY) == other


@pytest.mark.parametrize(("needed", "officers"), [(2, 2), (2, 3), (3, 5), (4, 7), (7, 7)])
def test_envelope_opens_when_the_other_keys_are_lost(engines, needed, officers):
    sealed = Sealed(engines, officers=officers, needed=needed)
    with reading(engines.vault.engine) as session:
        parts = [sealed.part(session, officer) for officer in sealed.keys]
        for left in (parts[:needed], parts[-needed:]):
            assert open_with_parts(session, entry_id=sealed.entry_id, parts=left) == sealed.identity
        for too_few in (parts[: needed - 1], parts[-(needed - 1) :]):
            with pytest.raises(VaultError):
                open_with_parts(session, entry_id=sealed.entry_id, parts=too_few)


def test_keys_of_other_officers_open_nothing(engines):
    """Keys made for another contest, or by the same people anew, are other keys."""
    sealed = Sealed(engines)
    mine = list(sealed.keys)
    sealed.keys = {officer: age.new_secret() for officer in mine}

    with reading(engines.vault.engine) as session:
        for officer in mine:
            with pytest.raises(NotOpenable):
                sealed.part(session, officer)
