"""What the Council check compares, sealed apart from the identity."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_22_council_tokens"
down_revision = "2026_11_22_test_envelopes"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "council_tokens",
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("contest_id", sa.Uuid(), nullable=False),
        sa.Column("roster", sa.String(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["envelope.entry_id"], name=op.f("fk_council_tokens_entry_id")),
        sa.PrimaryKeyConstraint("entry_id", "version", name=op.f("pk_council_tokens")),
    )
    op.create_index(op.f("ix_council_tokens_contest_id"), "council_tokens", ["contest_id"], unique=False)
    op.create_table(
        "council_share",
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("officer_id", sa.Uuid(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id", "version"],
            ["council_tokens.entry_id", "council_tokens.version"],
            name=op.f("fk_council_share_entry_id_version"),
        ),
        sa.PrimaryKeyConstraint("entry_id", "version", "officer_id", name=op.f("pk_council_share")),
    )
    op.create_table(
        "council_handover",
        sa.Column("contest_id", sa.Uuid(), nullable=False),
        sa.Column("from_officer", sa.Uuid(), nullable=False),
        sa.Column("to_officer", sa.Uuid(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("handed_over_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("contest_id", "from_officer", name=op.f("pk_council_handover")),
    )


def downgrade() -> None:
    op.drop_table("council_handover")
    op.drop_table("council_share")
    op.drop_index(op.f("ix_council_tokens_contest_id"), table_name="council_tokens")
    op.drop_table("council_tokens")
