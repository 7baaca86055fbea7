"""First tables."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_22_first_tables"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "envelope",
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("contest_id", sa.Uuid(), nullable=False),
        sa.Column("recipient", sa.String(), nullable=False),
        sa.Column("identity", sa.LargeBinary(), nullable=False),
        sa.Column("entrant_part", sa.LargeBinary(), nullable=False),
        sa.Column("sealed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("entry_id", name=op.f("pk_envelope")),
    )
    op.create_index(op.f("ix_envelope_contest_id"), "envelope", ["contest_id"], unique=False)
    op.create_table(
        "handed_part",
        sa.Column("opening_id", sa.Uuid(), nullable=False),
        sa.Column("officer_id", sa.Uuid(), nullable=False),
        sa.Column("part", sa.String(), nullable=False),
        sa.Column("handed_in_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("opening_id", "officer_id", name=op.f("pk_handed_part")),
    )
    op.create_table(
        "opened_identity",
        sa.Column("opening_id", sa.Uuid(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("identity", sa.String(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("opening_id", name=op.f("pk_opened_identity")),
    )
    op.create_index(op.f("ix_opened_identity_entry_id"), "opened_identity", ["entry_id"], unique=False)
    op.create_table(
        "worker_key",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("public_key", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_worker_key")),
    )
    op.create_table(
        "officer_share",
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("officer_id", sa.Uuid(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["envelope.entry_id"], name=op.f("fk_officer_share_entry_id")),
        sa.PrimaryKeyConstraint("entry_id", "officer_id", name=op.f("pk_officer_share")),
    )
    op.create_table(
        "original",
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("file_key", sa.String(), nullable=False),
        sa.Column("sealed_note", sa.LargeBinary(), nullable=False),
        sa.Column("sealed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["envelope.entry_id"], name=op.f("fk_original_entry_id")),
        sa.PrimaryKeyConstraint("entry_id", "version", name=op.f("pk_original")),
    )
    op.create_table(
        "work_order",
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("worker_key_id", sa.Uuid(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["envelope.entry_id"], name=op.f("fk_work_order_entry_id")),
        sa.ForeignKeyConstraint(
            ["worker_key_id"], ["worker_key.id"], name=op.f("fk_work_order_worker_key_id")
        ),
        sa.PrimaryKeyConstraint("entry_id", "version", name=op.f("pk_work_order")),
    )


def downgrade() -> None:
    op.drop_table("work_order")
    op.drop_table("original")
    op.drop_table("officer_share")
    op.drop_table("worker_key")
    op.drop_index(op.f("ix_opened_identity_entry_id"), table_name="opened_identity")
    op.drop_table("opened_identity")
    op.drop_table("handed_part")
    op.drop_index(op.f("ix_envelope_contest_id"), table_name="envelope")
    op.drop_table("envelope")
