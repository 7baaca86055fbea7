"""What each login of the vault may do: the web's finds an envelope by its receipt, through one function."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_22_duties"
down_revision = "2026_11_22_receipts"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("envelope", sa.Column("receipt_hash", sa.LargeBinary(length=32), nullable=True))
    # Of envelopes sealed before, nobody here knows the receipt: they open for the officers alone.
    known = "uuid_send(entry_id)" if _on_postgresql() else "CAST(entry_id AS BLOB)"
    op.execute(f"UPDATE envelope SET receipt_hash = {known}")  # noqa: S608 - no value from outside
    with op.batch_alter_table("envelope") as envelope:
        envelope.alter_column("receipt_hash", existing_type=sa.LargeBinary(length=32), nullable=False)
        envelope.create_unique_constraint(op.f("uq_envelope_receipt_hash"), ["receipt_hash"])
    if _on_postgresql():
        op.execute(
            """
            CREATE FUNCTION envelope_by_receipt(bytea, integer)
            RETURNS TABLE (
                entry_id uuid, identity bytea, corrections integer,
                entrant_part bytea, file_key varchar, sealed_note bytea
            )
            LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
            AS $$
                SELECT envelope.entry_id, coalesce(latest.identity, envelope.identity),
                    coalesce(latest.version, 0), envelope.entrant_part, original.file_key, original.sealed_note
                FROM envelope
                LEFT JOIN LATERAL (
                    SELECT correction.version, correction.identity FROM correction
                    WHERE correction.entry_id = envelope.entry_id
                    ORDER BY correction.version DESC LIMIT 1
                ) AS latest ON true
                LEFT JOIN original ON original.entry_id = envelope.entry_id AND original.version = $2
                WHERE envelope.receipt_hash = $1
            $$
            """
        )
        op.execute("REVOKE ALL ON FUNCTION envelope_by_receipt(bytea, integer) FROM PUBLIC")


def downgrade() -> None:
    if _on_postgresql():
        op.execute("DROP FUNCTION envelope_by_receipt(bytea, integer)")
    with op.batch_alter_table("envelope") as envelope:
        envelope.drop_constraint(op.f("uq_envelope_receipt_hash"), type_="unique")
        envelope.drop_column("receipt_hash")


def _on_postgresql() -> bool:
    return op.get_context().dialect.name == "postgresql"
