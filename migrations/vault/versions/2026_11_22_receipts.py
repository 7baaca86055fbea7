"""Corrections of identities, and copies of receipts to be sent."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_22_receipts"
down_revision = "2026_11_22_council_tokens"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "correction",
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("identity", sa.LargeBinary(), nullable=False),
        sa.Column("sealed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["envelope.entry_id"], name=op.f("fk_correction_entry_id")),
        sa.PrimaryKeyConstraint("entry_id", "version", name=op.f("pk_correction")),
    )
    op.create_table(
        "receipt_mail",
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("worker_key_id", sa.Uuid(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("queued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_try_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["envelope.entry_id"], name=op.f("fk_receipt_mail_entry_id")),
        sa.ForeignKeyConstraint(
            ["worker_key_id"], ["worker_key.id"], name=op.f("fk_receipt_mail_worker_key_id")
        ),
        sa.PrimaryKeyConstraint("entry_id", name=op.f("pk_receipt_mail")),
    )


def downgrade() -> None:
    op.drop_table("receipt_mail")
    op.drop_table("correction")
