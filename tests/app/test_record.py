"""The whole record of a prize: every column is stated by a leaf or left out for a reason, and any change is found."""

import copy
import itertools
import json
import os
import random
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import select

from app.ceremony.audit import audited_record
from app.ceremony.decide import Outcome
from app.database import reading
from app.intake.erasure import erase
from app.intake.prepare import prepare
from app.record.coverage import COVERAGE, ELSEWHERE, LEFT_OUT
from app.record.export import public_record
from app.record.verifier.anything import check_document
from app.record.verifier.notes import read_note
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

    assert export["shows"] == "hashes"
    assert all(set(leaf) == {"position", "hash"} for leaf in export["leaves"])
    assert len(export["leaves"]) % 64 == 0
    assert check_document(export).wrong == []


def test_public_record_never_tells_ids_times_channels_marks_or_names(announced):
    text = json.dumps(published(announced), ensure_ascii=False)

    with reading(announced.prize.engines.contest) as session:
        entries = session.scalars(select(Entry)).all()
    for entry in entries:
        assert str(entry.id) not in text
        assert entry.received_at.isoformat()[:16] not in text
        assert entry.receipt_hash.hex() not in text
    for word in (
        "channel",
        "received_at",
        '"points"',
        '"ranking"',
        "reserves",
        "Judge Alder",
        "writer1@example.net",
    ):
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
            for c in ("kind", "told", "told_salt", "kept", "kept_salt", "leaf_hash", "signature", "position")
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
    assert any("leaves are erased, as the record says" in sentence for sentence in found.right)
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


# Forgeries by whoever holds the server and the record's key, against a root that somebody kept


def forged(panel, change):
    """The record after a change, with everything hashed and signed anew by its holder."""
    export = audited(panel)
    changed = copy.deepcopy(export)
    change(changed)
    return export, changed


def test_withdrawal_that_no_receipt_signed_is_found(announced):
    def withdraw(export):
        leaf = next(leaf for leaf in export["leaves"] if leaf.get("kind") == "filling")
        number = next(name for name in export["rows"] if name.startswith("entry ")).split()[1]
        leaf["kind"] = "withdrawal"
        leaf["told"] = {"rows": {f"withdrawal {number}": {}}}

    _, changed = forged(announced, withdraw)

    assert any("signed by no receipt" in sentence for sentence in check_document(changed).wrong)


def test_marks_moved_behind_the_decision_are_found(announced):
    def mark_again(export):
        marks = next(leaf for leaf in export["leaves"] if leaf.get("kind") == "marks")
        filling = [leaf for leaf in export["leaves"] if leaf.get("kind") == "filling"][-1]
        filling["kind"], filling["told"], filling["kept"] = "marks", marks["told"], marks["kept"]

    _, changed = forged(announced, mark_again)

    assert any("after the decision" in sentence for sentence in check_document(changed).wrong)


def test_decision_on_other_scores_than_the_marks_give_is_found(announced):
    def rank_otherwise(export):
        leaf = [leaf for leaf in export["leaves"] if leaf.get("kind") == "decision"][-1]
        rows = leaf["kept"]["rows"]
        ranking = rows["decision everyone-else"]["ranking"]
        ranking[0][2] = "99.0000"

    _, changed = forged(announced, rank_otherwise)

    assert any("are not the means" in sentence for sentence in check_document(changed).wrong)


def test_leaf_hidden_without_an_erasure_is_found(announced):
    def hide(export):
        leaf = next(leaf for leaf in export["leaves"] if leaf.get("kind") == "marks")
        original = next(
            each for each in published(announced)["leaves"] if each["position"] == leaf["position"]
        )
        assert original["kind"] == "marks"
        place = leaf["position"]
        export["leaves"][place] = {"position": place, "hash": "00" * 32}

    _, changed = forged(announced, hide)

    assert any("no erasure accounts for" in sentence for sentence in check_document(changed).wrong)


def test_another_record_signed_with_the_same_key_contradicts_a_root_somebody_kept(announced):
    kept = read_note(audited(announced)["checkpoints"][0])
    other = copy.deepcopy(audited(announced))
    lines = other["checkpoints"][0].split("\n")
    lines[2] = "A" * 43 + "="
    other["checkpoints"][0] = "\n".join(lines)

    assert any("two different records" in sentence for sentence in check_document(other, known=[kept]).wrong)
