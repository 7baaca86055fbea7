"""The whole record of a prize: every column is stated by a leaf or left out for a reason, and any change is found."""

import copy
import itertools
import json
import os
import random
import sqlite3
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from app.ceremony.audit import audited_record
from app.ceremony.decide import Outcome
from app.database import reading
from app.intake.erasure import erase
from app.intake.prepare import prepare
from app.record.checkpoint import Checkpoint, note, public_key_of, sign, signature_line
from app.record.coverage import COVERAGE, ELSEWHERE, LEFT_OUT
from app.record.entrant import EntrantKey
from app.record.export import public_record
from app.record.leaves import signed_message
from app.record.roots import signing_seed
from app.record.verifier.anything import check_document
from app.record.verifier.leaves import hash_of, part_of, rows_in
from app.record.verifier.notes import Unreadable, read_note
from app.record.verifier.trees import root_of
from app.tables import Base, Entry
from app.vault.digest import VAULT_COVERAGE, VAULT_LEFT_OUT
from app.vault.tables import VaultBase
from tests.app.stages import decide_now, opened_by
from tests.app.test_announce import announce_now, settle
from tests.conftest import AFTER

MUTATIONS = int(os.environ.get("NOMDEPLUME_MUTATIONS", "200"))
"""How many random changes are tried; `make soak` tries ten thousand."""
SEED = int(os.environ.get("NOMDEPLUME_SEED", "20261122"))


@pytest.fixture
def announced(marked):
    """The prize with its decision, its opening and its announcement made."""
    assert decide_now(marked, key="undergraduates", outcome=Outcome.NONE, reason="Nobody entered.") == []
    reserves = {marked.entries["Heron"]: 1}
    assert decide_now(marked, "Larkspur", commended=(marked.entries["Pencil Moth"],), reserves=reserves) == []
    settle(marked, "Larkspur")
    announce_now(marked)
    return marked


def audited(panel):
    return audited_record(panel.prize.engines, contest_id=panel.prize.contest.id)


def published(panel):
    with reading(panel.prize.engines.contest) as session:
        return public_record(
            session,
            contest_id=panel.prize.contest.id,
            keys_folder=panel.prize.engines.settings.keys_folder,
        )


# Coverage


def columns_of(base):
    return {(mapper.class_, column.key) for mapper in base.registry.mappers for column in mapper.columns}


def test_every_column_of_the_contest_is_stated_or_left_out_for_a_reason():
    for table, column in columns_of(Base):
        said = [
            table in COVERAGE
            and (column in COVERAGE[table].told + COVERAGE[table].kept or column in COVERAGE[table].left),
            column in ELSEWHERE.get(table, ()),
            table in LEFT_OUT,
        ]
        assert sum(map(bool, said)) == 1, f"{table.__tablename__}.{column}"


def test_every_column_of_the_vault_is_stated_or_left_out_for_a_reason():
    for table, column in columns_of(VaultBase):
        covered = VAULT_COVERAGE.get(table)
        stated = covered is not None and (column in covered.stated or column in covered.left)
        assert stated != (table in VAULT_LEFT_OUT), f"{table.__tablename__}.{column}"


def test_every_reason_is_of_a_column_there_is():
    there = {(table.__tablename__, column) for table, column in columns_of(Base)}
    for table, covered in COVERAGE.items():
        for column in (*covered.told, *covered.kept, *covered.left):
            assert column in covered.reads or (table.__tablename__, column) in there, (table, column)


def test_no_column_with_an_id_a_time_or_a_channel_of_an_entry_is_told():
    told = {(table.__tablename__, column) for table, c in COVERAGE.items() for column in c.told}
    for column in ("id", "entry_id", "received_at", "channel", "released_at", "locked_at", "declared"):
        assert not [each for each in told if each[1] == column]


# A record that is as it should be


def test_whole_prize_is_as_its_record_says(announced):
    found = check_document(audited(announced))

    assert found.wrong == []
    said = " ".join(found.right)
    for part in ("rows are as the record says", "are the means of the marks locked", "the file is unchanged"):
        assert part in said, part


def test_public_record_holds_after_the_announcement(announced):
    found = check_document(published(announced))

    assert found.wrong == []


def test_public_record_tells_nothing_before_the_announcement(marked):
    export = published(marked)

    assert (export["shows"], export["leaves"]) == ("hashes", [])
    assert len(export["hashes"]) % 64 == 0
    assert check_document(export).wrong == []


def test_public_record_shows_rules_and_results_and_no_entry(announced):
    export = published(announced)

    assert {leaf["kind"] for leaf in export["leaves"]} <= {"rules", "officer key", "council", "announcement"}
    rows = [name for leaf in export["leaves"] for name in leaf["told"]["rows"]]
    assert not [
        name for name in rows if name.startswith(("entry", "release", "marks", "opening", "decision"))
    ]
    assert any(name.startswith("result ") for name in rows)
    text = json.dumps(export, ensure_ascii=False)
    with reading(announced.prize.engines.contest) as session:
        entries = session.scalars(select(Entry)).all()
    for entry in entries:
        assert str(entry.id) not in text
        assert entry.received_at.isoformat()[:16] not in text
    for word in ("channel", "received_at", '"points"', '"ranking"', "reserves", "Judge Alder", "Heron"):
        assert word not in text, word
    assert "Writer Bylund" not in text  # who won nothing
    assert "Writer Axlund" in text  # the winner, who agreed to be named


# Changes


def covered_columns():
    """Database file, table and column of everything the record covers."""
    for table, covered in COVERAGE.items():
        names = {c.key for c in table.__table__.columns}
        by_name = {c for c, why in covered.left.items() if why.startswith("part of the row's name")}
        for column in sorted((set(covered.told + covered.kept) | by_name) & names):
            yield "contest.sqlite3", table.__tablename__, column
    for table, columns in ELSEWHERE.items():
        for column in sorted(set(columns) - {"id"}):
            yield "contest.sqlite3", table.__tablename__, column
    for table, seal in VAULT_COVERAGE.items():
        by_name = {c for c, why in seal.left.items() if why.startswith("part of the row's name")}
        for column in sorted({*seal.stated, *by_name}):
            yield "vault.sqlite3", table.__tablename__, column
    for table, column in (
        *(
            ("leaf", c)
            for c in (
                "kind",
                "told",
                "told_salt",
                "kept",
                "kept_salt",
                "leaf_hash",
                "signature",
                "position",
                "about",
                "holder",
            )
        ),
        *(("root", c) for c in ("size", "root_hash", "signature", "origin")),
    ):
        yield "contest.sqlite3", table, column


def altered(value, chance):
    """Another value of the same kind, as one who tampers would choose it."""
    match value:
        case None:
            return chance.choice(["2026-01-01 00:00:00.000000", 1])
        case bool() | int():
            # 0 and 1 may be a yes and a no, of which any other number is a yes as well.
            return 1 - value if value in {0, 1} else chance.choice([value + 1, value - 1, value * 2 + 1])
        case bytes():
            place = chance.randrange(len(value)) if value else 0
            return (
                value[:place]
                + bytes([(value[place] if value else 0) ^ (1 << chance.randrange(8))])
                + value[place + 1 :]
            )
        case str():
            return _other_text(value, chance)
    raise AssertionError(type(value))


def _other_text(value, chance):
    try:
        found = json.loads(value)
    except ValueError:
        found = None
    if isinstance(found, list | dict):
        return json.dumps([*found, "more"] if isinstance(found, list) else {**found, "more": 1})
    digits = [n for n, c in enumerate(value) if c in "0123456789abcdef"]
    if digits and len(value) > 8:
        place = chance.choice(digits)
        return value[:place] + ("1" if value[place] != "1" else "2") + value[place + 1 :]
    return value + "x"


class Tamperer:
    """Somebody with the files of the server, changing one value at a time past the program."""

    def __init__(self, data: Path) -> None:
        self.connections = {
            name: sqlite3.connect(data / name, isolation_level=None)
            for name in ("contest.sqlite3", "vault.sqlite3")
        }
        self.data = data

    def places(self):
        for name, table, column in covered_columns():
            rows = self.connections[name].execute(f'SELECT rowid, "{column}" FROM "{table}"').fetchall()
            for row, value in rows:
                yield name, table, column, row, value

    def put(self, name, table, column, row, value):
        self.connections[name].execute(f'UPDATE "{table}" SET "{column}" = ? WHERE rowid = ?', (value, row))


def verdict(panel):
    """Whether the verifier finds the record wrong; "unreadable" where the program can't even load what lies there."""
    try:
        found = check_document(json.loads(json.dumps(audited(panel))))
    except Exception:  # noqa: BLE001 - whatever it is that fails, it fails because of the change
        return "unreadable"
    return "found" if found.wrong else "missed"


def test_no_random_change_of_a_covered_value_goes_unnoticed(announced):
    chance = random.Random(SEED)
    tamperer = Tamperer(announced.prize.engines.settings.data)
    places = sorted(tamperer.places(), key=str)
    tried = {"found": 0, "unreadable": 0}
    assert verdict(announced) == "missed"  # nothing is changed yet, and nothing is wrong
    # Every column once, then places by chance.
    chance.shuffle(places)
    firsts = list({place[:3]: place for place in places}.values())
    for place in itertools.islice(itertools.chain(firsts, _endless(places, chance)), 10 * MUTATIONS):
        *where, value = place
        try:
            tamperer.put(*where, altered(value, chance))
        except sqlite3.IntegrityError:
            continue  # the database itself refused it
        outcome = verdict(announced)
        tamperer.put(*where, value)
        assert outcome != "missed", where
        tried[outcome] += 1
        if sum(tried.values()) == MUTATIONS:
            break
    assert sum(tried.values()) == MUTATIONS
    print(f"{MUTATIONS} changes: {tried}")  # noqa: T201 - shown by pytest -s, for the figures
    assert verdict(announced) == "missed"  # all was put back


def _endless(places, chance):
    while True:
        yield chance.choice(places)


def files_of(panel):
    """Every file the record speaks of."""
    data = panel.prize.engines.settings.data
    for file in audited(panel)["files"].values():
        key = file["expected"]
        yield next(path for path in data.glob(f"*files/{key[:2]}/{key}"))


def test_no_changed_cut_or_missing_file_goes_unnoticed(announced):
    paths = list(files_of(announced))
    assert len(paths) == 3 * 3  # an original, a reading copy and its text for each of three entries
    for path in paths:
        content = path.read_bytes()
        for changed in (content[:-1] + bytes([content[-1] ^ 1]), content[:-1], content + b" ", b""):
            path.write_bytes(changed)
            assert verdict(announced) == "found", path
        path.unlink()
        assert verdict(announced) == "found", path
        path.write_bytes(content)
    assert verdict(announced) == "missed"


@pytest.mark.parametrize(
    "table", ["entry", "mark_lock", "decision", "release", "opening", "result", "officer_share"]
)
def test_no_row_taken_out_goes_unnoticed(announced, table):
    tamperer = Tamperer(announced.prize.engines.settings.data)
    name = "vault.sqlite3" if table == "officer_share" else "contest.sqlite3"
    tamperer.connections[name].execute(
        f'DELETE FROM "{table}" WHERE rowid = (SELECT min(rowid) FROM "{table}")'
    )

    assert verdict(announced) != "missed"


def test_leaf_taken_off_the_end_goes_unnoticed_only_until_its_root_is_published(announced):
    tamperer = Tamperer(announced.prize.engines.settings.data)
    tamperer.connections["contest.sqlite3"].execute(
        "DELETE FROM leaf WHERE position = (SELECT max(position) FROM leaf)"
    )

    assert verdict(announced) == "found"


# Erasures


def erase_now(panel, nom):
    entry_id, receipt = panel.entries[nom], panel.receipts[nom]
    erase(panel.prize.engines, opened=opened_by(panel.prize, entry_id, receipt), receipt=receipt, now=AFTER)
    prepare(panel.prize.engines, entry_id=entry_id, now=AFTER)


def test_erased_entry_leaves_a_record_that_holds_and_says_so(marked):
    erase_now(marked, "Heron")

    found = check_document(audited(marked))

    assert found.wrong == []
    assert any("leaves are erased, as their receipts asked" in sentence for sentence in found.right)
    assert "Heron" not in json.dumps(audited(marked))


def test_entry_erased_after_the_results_leaves_a_record_that_holds(announced):
    erase_now(announced, "Pencil Moth")

    assert check_document(audited(announced)).wrong == []


def test_erasure_that_no_receipt_signed_is_found(marked):
    erase_now(marked, "Heron")
    export = audited(marked)
    leaf = next(leaf for leaf in export["leaves"] if leaf.get("kind") == "erasure")

    for signature in ("", "11" * 64):
        leaf["signature"] = signature
        said = " ".join(check_document(export).wrong)
        assert "signed by" in said


# Forgeries by whoever holds the database, the files and the record's key, against a root that somebody kept


def forged(panel, change, *, keep="release"):
    """The record after `change`, with every hash, root and row made anew to fit; and the root kept from before."""
    export = audited(panel)
    kept = [note for note in map(read_note, export["checkpoints"]) if note.occasion == keep][-1]
    made = copy.deepcopy(export)
    change(made["leaves"])
    made["hashes"] = [hash_of(leaf).hex() for leaf in made["leaves"]]
    seed = signing_seed(panel.prize.engines.settings.keys_folder)
    hashes = [bytes.fromhex(each) for each in made["hashes"]]
    made["checkpoints"] = [signed_again(read_note(text), hashes, seed) for text in made["checkpoints"]]
    made["rows"] = {}
    for leaf in made["leaves"]:
        for name, columns in rows_in(leaf).items():
            made["rows"][name] = {**made["rows"].get(name, {}), **columns}
    made["files"] = {}
    return check_document(made, known=[kept])


def signed_again(old, hashes, seed):
    published_at = datetime.fromisoformat(old.extensions[1].removeprefix("published "))
    made = Checkpoint(old.origin, old.size, root_of(hashes[: old.size]), old.occasion, published_at)
    return note(made, [signature_line(made.origin, public_key_of(seed), sign(made, seed))])


def unused(leaves, nth=-1):
    """A leaf that says nothing and stands under no root that was kept: room for a forger's."""
    return [leaf for leaf in leaves if leaf["kind"] == "filling"][nth]


def say(leaf, kind, about="", told=None, kept=None, **more):
    leaf |= {"kind": kind, "about": about, "told": {"rows": told or {}}, "kept": {"rows": kept or {}}, **more}


def first(leaves, kind):
    return next(leaf for leaf in leaves if leaf["kind"] == kind)


def number_of(leaves):
    return first(leaves, "entry")["about"]


def test_forger_who_changes_nothing_is_believed(announced):
    assert forged(announced, lambda _leaves: None).wrong == []


def test_withdrawal_that_no_receipt_signed_is_found(announced):
    def withdraw(leaves):
        number = number_of(leaves)
        say(unused(leaves), "withdrawal", number, {f"withdrawal {number}": {}})

    assert any("not signed by the entry's receipt" in each for each in forged(announced, withdraw).wrong)


def test_withdrawal_signed_by_another_entrys_receipt_is_found(announced):
    def withdraw(leaves):
        number, forger = number_of(leaves), EntrantKey(bytes(32))
        contest = audited(announced)["contest"]["id"]
        told = {"rows": {"entry 9999": {}, f"withdrawal {number}": {}}, "sequence": 0}
        leaf, dummy = unused(leaves), unused(leaves, -2)
        say(
            dummy,
            "entry",
            "9999",
            {"entry 9999": {"entrant_key": forger.public.hex()}},
            holder=forger.public.hex(),
        )
        say(leaf, "withdrawal", "9999")
        leaf["told"] = told
        message = signed_message(contest, kind="withdrawal", told=told)
        leaf["signature"] = forger.sign(message).hex()

    assert any("of another entry" in sentence for sentence in forged(announced, withdraw).wrong)


def test_entry_entered_a_second_time_under_a_forgers_key_is_found(announced):
    def again(leaves):
        number, forger = number_of(leaves), EntrantKey(bytes(32)).public.hex()
        say(unused(leaves), "entry", number, {f"entry {number}": {"entrant_key": forger}}, holder=forger)

    assert any("entered twice" in sentence for sentence in forged(announced, again).wrong)


def test_essay_swapped_by_the_desk_is_found(announced):
    def swap(leaves):
        number = number_of(leaves)
        rows = copy.deepcopy(first(leaves, "entry")["told"]["rows"][f"entry {number}"])
        say(unused(leaves), "text", number, {f"entry {number}": rows | {"original": "00" * 32}})

    assert any("text the desk doesn't type" in sentence for sentence in forged(announced, swap).wrong)


@pytest.mark.parametrize("kind", ["decision", "announcement", "marks", "release"])
def test_what_stands_once_said_otherwise_later_is_found(announced, kind):
    def say_otherwise(leaves):
        before, leaf = copy.deepcopy(first(leaves, kind)), unused(leaves)
        say(leaf, kind, before["about"], before["told"]["rows"], before["kept"].get("rows"))
        for rows in (leaf["told"]["rows"], leaf["kept"]["rows"]):
            for columns in rows.values():
                for column, value in columns.items():
                    columns[column] = [*value, *value[:1]] if isinstance(value, list) else "another"

    wrong = forged(announced, say_otherwise).wrong
    assert any("otherwise than before" in sentence for sentence in wrong), wrong


def test_leaf_under_a_root_somebody_kept_can_not_be_rewritten(announced):
    def rewrite(leaves):
        leaf = first(leaves, "entry")
        leaf["told"]["rows"][f"entry {leaf['about']}"]["original"] = "00" * 32

    assert any("two different records" in sentence for sentence in forged(announced, rewrite).wrong)


def test_entry_hidden_as_erased_though_nobody_asked_is_found(announced):
    def hide(leaves):
        number = number_of(leaves)
        for leaf in leaves:
            if leaf["about"] == number:
                for part in ("told", "kept"):
                    leaf[f"{part}_commitment"] = part_of(leaf, part)
                    leaf[part] = None
        say(unused(leaves), "erased", number)

    assert any("no erasure accounts for" in sentence for sentence in forged(announced, hide).wrong)


def test_erasure_with_another_key_than_the_entrys_is_found(announced):
    def hide(leaves):
        number, forger = number_of(leaves), EntrantKey(bytes(32))
        contest = audited(announced)["contest"]["id"]
        told = {"rows": {f"entry {number}": {"entrant_key": forger.public.hex()}}, "sequence": 0}
        leaf = unused(leaves)
        say(leaf, "erasure", number)
        leaf["told"] = told
        leaf["signature"] = forger.sign(signed_message(contest, kind="erasure", told=told)).hex()

    assert any("not signed by the entry's receipt" in sentence for sentence in forged(announced, hide).wrong)


def test_marks_locked_behind_the_decision_are_found(announced):
    def mark_again(leaves):
        marks, leaf = copy.deepcopy(first(leaves, "marks")), unused(leaves)
        name = next(iter(marks["told"]["rows"]))
        other = f"{name.rsplit(' ', 1)[0]} 00000000-0000-0000-0000-000000000000"
        told, kept = marks["told"]["rows"][name], marks["kept"]["rows"][name]
        say(leaf, "marks", marks["about"], {other: told}, {other: kept})

    assert any("after the decision" in sentence for sentence in forged(announced, mark_again).wrong)


def test_decision_on_other_scores_than_the_marks_give_is_found(announced):
    def rank_otherwise(leaves):
        decision = [leaf for leaf in leaves if leaf["kind"] == "decision"][-1]
        decision["kept"]["rows"]["decision everyone-else"]["ranking"][0][2] = "99.0000"

    assert any("are not the means" in sentence for sentence in forged(announced, rank_otherwise).wrong)


def test_decision_that_leaves_out_a_marked_entry_is_found(announced):
    def leave_out(leaves):
        decision = [leaf for leaf in leaves if leaf["kind"] == "decision"][-1]
        decision["kept"]["rows"]["decision everyone-else"]["ranking"].pop(0)

    assert any("leaves out entries" in sentence for sentence in forged(announced, leave_out).wrong)


def test_record_with_leaves_or_rows_left_out_is_not_taken_for_whole(announced):
    export = audited(announced)
    for key in ("rows", "files", "hashes", "leaves"):
        less = {name: value for name, value in export.items() if name != key}
        with pytest.raises(Unreadable):
            check_document(less)
    less = export | {"leaves": export["leaves"][:-1]}
    assert any("hidden" in sentence for sentence in check_document(less).wrong)


def test_root_under_another_name_is_not_the_records(announced):
    export = audited(announced)
    export["checkpoints"][0] = export["checkpoints"][0].replace("balint-2026", "balint-2025")

    assert any("under the record's name" in sentence for sentence in check_document(export).wrong)


def test_root_newer_than_the_file_is_said_to_be_newer(announced):
    export = audited(announced)
    newest = read_note(export["checkpoints"][-1])
    older = export | {"checkpoints": export["checkpoints"][:-1]}

    found = check_document(older, known=[newest])

    assert found.wrong == []
    assert any("newer than this file" in sentence for sentence in found.unchecked)


def test_entry_put_on_record_after_the_deadline_is_pointed_out(announced):
    def late(leaves):
        forger = EntrantKey(bytes(32)).public.hex()
        say(unused(leaves), "entry", "9999", {"entry 9999": {"entrant_key": forger}}, holder=forger)

    assert any("9999. Ask why" in sentence for sentence in forged(announced, late).unchecked)
