"""Who reads what."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from invented_panels import repeatable

from judging.assignment import Shortfall, deal, redeal
from judging.ids import EntryId, JudgeId


def entries_named(count):
    return [EntryId(f"e{i}") for i in range(count)]


def judges_named(count):
    return [JudgeId(f"j{i}") for i in range(count)]


def readers_of(assignment):
    readers = {}
    for judge, own in assignment.lists.items():
        for entry in own:
            readers.setdefault(entry, []).append(judge)
    return readers


@st.composite
def contests(draw):
    entries, judges = entries_named(draw(st.integers(1, 14))), judges_named(draw(st.integers(1, 7)))
    pairs = [(entry, judge) for entry in entries for judge in judges]
    conflicts = draw(st.sets(st.sampled_from(pairs), max_size=len(pairs) // 2))
    return entries, judges, draw(st.integers(1, len(judges))), conflicts, draw(st.integers(0, 999))


@settings(max_examples=100, deadline=None)
@given(contests())
def test_conflicts_are_never_dealt_and_entries_get_what_can_be_had(contest):
    entries, judges, reads, conflicts, seed = contest

    assignment = deal(entries, judges, reads=reads, conflicts=conflicts, random=repeatable(seed))

    readers = readers_of(assignment)
    assert not conflicts & {(entry, judge) for judge, own in assignment.lists.items() for entry in own}
    for entry in entries:
        eligible = sum((entry, judge) not in conflicts for judge in judges)
        own = readers.get(entry, [])
        assert len(own) == len(set(own)) == min(reads, eligible)
        assert (Shortfall(entry, reads, eligible) in assignment.short) == (eligible < reads)


@settings(max_examples=100, deadline=None)
@given(st.integers(1, 40), st.integers(2, 9), st.data())
def test_loads_differ_by_one_at_most_and_the_design_is_linked(entries, judges, data):
    reads = data.draw(st.integers(1, judges))

    assignment = deal(
        entries_named(entries), judges_named(judges), reads=reads, conflicts=(), random=repeatable(entries)
    )

    assert assignment.spread <= 1
    if reads > 1 and entries * reads >= entries + judges + 2:
        assert assignment.is_connected


def test_a_recused_judge_is_made_up_for():
    entries, judges = entries_named(20), judges_named(5)
    conflicts = {(entry, judges[0]) for entry in entries[:11]}

    assignment = deal(entries, judges, reads=2, conflicts=conflicts, random=repeatable(1))

    assert assignment.spread <= 1
    assert assignment.short == ()


def test_a_whole_panel_reads_everything_but_conflicts_each_in_an_own_order():
    entries, judges = entries_named(30), judges_named(3)
    conflicts = {(entries[0], judges[0]), (entries[1], judges[0]), (entries[1], judges[1])}

    assignment = deal(entries, judges, reads=None, conflicts=conflicts, random=repeatable(4))

    assert {judge: len(own) for judge, own in assignment.lists.items()} == {"j0": 28, "j1": 29, "j2": 30}
    assert assignment.short == (Shortfall(entries[1], 2, 1),)
    orders = [[entry for entry in own if entry not in entries[:2]] for own in assignment.lists.values()]
    assert orders[0] != orders[1] != orders[2]


def test_the_same_chance_gives_the_same_deal_whatever_order_names_come_in():
    entries, judges = entries_named(20), judges_named(6)

    one = deal(entries, judges, reads=3, conflicts=(), random=repeatable(9))
    other = deal(entries[::-1], set(judges), reads=3, conflicts=(), random=repeatable(9))

    assert one == other


def test_redealing_keeps_what_was_dealt():
    entries, judges = entries_named(24), judges_named(6)
    before = deal(entries[:20], judges[:5], reads=2, conflicts=(), random=repeatable(2))
    conflict = (before.lists[judges[1]][3], judges[1])

    after = redeal(
        [entry for entry in entries if entry != EntryId("e7")],
        [judge for judge in judges if judge != JudgeId("j0")],
        reads=2,
        conflicts={conflict},
        random=repeatable(3),
        kept=before.lists,
    )

    for judge in judges[1:5]:
        stays = [e for e in before.lists[judge] if e != EntryId("e7") and (e, judge) != conflict]
        assert list(after.lists[judge][: len(stays)]) == stays
    assert {len(own) for own in readers_of(after).values()} == {2}
    assert judges[5] in after.lists
    assert judges[0] not in after.lists


@pytest.mark.parametrize(("entries", "judges", "reads"), [(6000, 60, 3)])
def test_a_large_field_is_dealt_quickly(entries, judges, reads):
    start = time.perf_counter()
    assignment = deal(
        entries_named(entries), judges_named(judges), reads=reads, conflicts=(), random=repeatable(1)
    )

    assert time.perf_counter() - start < 2
    assert assignment.spread <= 1
    assert assignment.is_connected
