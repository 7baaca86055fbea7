"""Envelopes to try the officers' keys on."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_22_test_envelopes"
down_revision = "2026_11_22_first_tables"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "test_envelope",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("contest_id", sa.Uuid(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("phrase", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_test_envelope")),
        sa.UniqueConstraint("contest_id", name=op.f("uq_test_envelope_contest_id")),
    )
    op.create_table(
        "test_share",
        sa.Column("envelope_id", sa.Uuid(), nullable=False),
        sa.Column("officer_id", sa.Uuid(), nullable=False),
        sa.Column("public_key", sa.String(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("part_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("part", sa.String(), nullable=False),
        sa.Column("handed_in_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["envelope_id"], ["test_envelope.id"], name=op.f("fk_test_share_envelope_id")
        ),
        sa.PrimaryKeyConstraint("envelope_id", "officer_id", name=op.f("pk_test_share")),
    )


def downgrade() -> None:
    op.drop_table("test_share")
    op.drop_table("test_envelope")
