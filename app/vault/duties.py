"""What each duty may do in the vault: one table, from which both databases' guards are made.

`app.vault.doors` puts it in force. A table or column that is not here is nobody's.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Duty(StrEnum):
    ENTERING = "entering"
    """The web's: it seals new rows, and finds the one a receipt is for."""
    WORKING = "working"
    """The worker's: orders and what they open, and destroying what has had its time."""
    OPENING = "opening"
    """The officers'."""


class Right(StrEnum):
    INSERT = "insert"
    DELETE = "delete"
    READ = "read"
    FIND = "find"
    """Read in the one row that a receipt's hash is of."""
    REFER = "refer"
    """Read by SQLite itself, to see that what refers to a row refers to one. PostgreSQL asks nobody for it."""
    CHANGE = "change"


@dataclass(frozen=True, slots=True)
class Rights:
    """What one duty may do with one table: insert and delete by row, the others by column."""

    rows: frozenset[Right]
    columns: Mapping[str, frozenset[Right]]

    def columns_to(self, *rights: Right) -> list[str]:
        """Columns with any of these rights, in the table's order."""
        return [name for name, held in self.columns.items() if held.intersection(rights)]


# The web reads public halves of keys and no more. The worker's right to change `made_at` is what PostgreSQL
# asks of whoever locks a row.
_TABLE = """
                    entering     working        opening
envelope            insert       delete         -
  entry_id          read         read           read
  contest_id        -            -              read
  recipient         read         -              read
  receipt_hash      find         -              read
  identity          find         read           read
  entrant_part      find         -              read
  sealed_at         -            read           read
officer_share       insert       delete         -
  entry_id          -            read           read
  officer_id        -            -              read
  sealed            -            -              read
original            insert       delete         -
  entry_id          find         read           read
  version           find         read           read
  file_key          find         read           read
  sealed_note       find         -              read
  sealed_at         -            read           read
worker_key          -            insert,delete  -
  id                read         read           -
  public_key        read         read           -
  made_at           read         read,change    -
work_order          insert       delete         -
  entry_id          -            read           -
  version           -            read           -
  worker_key_id     -            read           -
  sealed            -            read           -
correction          insert       delete         -
  entry_id          find         read           read
  version           find         read           read
  identity          find         read           read
  sealed_at         -            -              read
receipt_mail        insert       delete         -
  entry_id          -            read           -
  worker_key_id     -            read           -
  sealed            -            read           -
  queued_at         -            read           -
  attempts          -            read,change    -
  next_try_at       -            read,change    -
handed_part         -            -              insert,delete
  opening_id        -            -              read
  officer_id        -            -              read
  part              -            -              read,change
  handed_in_at      -            -              read,change
opened_identity     -            delete         insert
  opening_id        -            -              read
  entry_id          -            read           read,change
  identity          -            -              read,change
  opened_at         -            -              read,change
test_envelope       -            -              insert,delete
  id                -            -              read
  contest_id        -            -              read
  sealed            -            -              read
  made_at           -            -              read
  opened_at         -            -              read,change
  phrase            -            -              read,change
test_share          -            -              insert,delete
  envelope_id       -            -              read
  officer_id        -            -              read
  public_key        -            -              read
  sealed            -            -              read
  part_hash         -            -              read
  part              -            -              read,change
  handed_in_at      -            -              read,change
council_tokens      insert       delete         -
  entry_id          refer        read           read
  version           refer        refer          read
  contest_id        -            -              read
  roster            -            -              read
  sealed            -            -              read
council_share       insert       delete         -
  entry_id          -            read           read
  version           -            refer          read
  officer_id        -            -              read
  sealed            -            -              read
council_handover    -            delete         insert,delete
  contest_id        -            -              read
  from_officer      -            -              read
  to_officer        -            -              read,change
  sealed            -            -              read,change
  handed_over_at    -            read           read,change
"""


def _read_table(text: str) -> dict[Duty, dict[str, Rights]]:
    heading, *lines = text.strip().splitlines()
    duties = [Duty(name) for name in heading.split()]
    found: dict[Duty, dict[str, Rights]] = {duty: {} for duty in duties}
    table, columns = "", dict[Duty, dict[str, frozenset[Right]]]()
    for line in lines:
        name, *cells = line.split()
        held = {
            duty: frozenset(Right(word) for word in cell.split(",") if word != "-")
            for duty, cell in zip(duties, cells, strict=True)
        }
        if line.startswith(" "):
            for duty in duties:
                columns[duty][name] = held[duty]
        else:
            table, columns = name, {duty: {} for duty in duties}
            for duty in duties:
                found[duty][table] = Rights(held[duty], columns[duty])
    return found


RIGHTS: Mapping[Duty, Mapping[str, Rights]] = _read_table(_TABLE)
