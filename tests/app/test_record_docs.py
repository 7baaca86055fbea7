"""The list of columns in docs/record.md is the one the program goes by. NOMDEPLUME_REWRITE=1 writes it anew."""

import os
from pathlib import Path

from app.record.coverage import COVERAGE, ELSEWHERE, LEFT_OUT
from app.tables import Base
from app.vault.digest import VAULT_COVERAGE, VAULT_LEFT_OUT
from app.vault.tables import VaultBase

DOCS = Path(__file__).parents[2] / "docs" / "record.md"
BEGIN, END = "<!-- begin: made by tests/app/test_record_docs.py -->", "<!-- end -->"


def contest_lines():
    for table in _in_order(Base):
        covered = COVERAGE.get(table)
        for column in (each.key for each in table.__table__.columns):
            if covered is not None:
                said = "told" if column in covered.told else "kept" if column in covered.kept else ""
                yield table, column, said or covered.left[column]
            else:
                yield table, column, ELSEWHERE.get(table, {}).get(column) or LEFT_OUT[table]


def vault_lines():
    for table in _in_order(VaultBase):
        covered = VAULT_COVERAGE.get(table)
        for column in (each.key for each in table.__table__.columns):
            if covered is None:
                yield table, column, VAULT_LEFT_OUT[table]
            else:
                yield table, column, "told" if column in covered.stated else covered.left[column]


def _in_order(base):
    return sorted((mapper.class_ for mapper in base.registry.mappers), key=lambda table: table.__tablename__)


def listed(title, lines):
    """Columns of the same table and reason on one line."""
    rows: dict[tuple[str, str], list[str]] = {}
    for table, column, said in lines:
        rows.setdefault((table.__tablename__, said), []).append(column)
    body = [f"| `{table}` | {', '.join(columns)} | {said} |" for (table, said), columns in rows.items()]
    return "\n".join([f"### {title}", "", "| table | columns | in the record |", "|---|---|---|", *body])


def test_list_of_columns_is_the_one_in_force():
    made = "\n\n".join(
        [BEGIN, listed("Contest database", contest_lines()), listed("Vault", vault_lines()), END]
    )
    text = DOCS.read_text(encoding="utf-8")
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    if os.environ.get("NOMDEPLUME_REWRITE"):
        DOCS.write_text(before + made + after, encoding="utf-8")
    assert DOCS.read_text(encoding="utf-8") == before + made + after
