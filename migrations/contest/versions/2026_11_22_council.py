"""The Council list changed by two people, and the Council check."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_22_council"
down_revision = "2026_11_22_rehearsal"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "council_change",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("contest_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=True),
        sa.Column("change", sa.JSON(), nullable=False),
        sa.Column("proposed_by", sa.Uuid(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_by", sa.Uuid(), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("confirmed", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(["contest_id"], ["contest.id"], name=op.f("fk_council_change_contest_id")),
        sa.ForeignKeyConstraint(
            ["member_id"], ["council_member.id"], name=op.f("fk_council_change_member_id")
        ),
        sa.ForeignKeyConstraint(["proposed_by"], ["person.id"], name=op.f("fk_council_change_proposed_by")),
        sa.ForeignKeyConstraint(["settled_by"], ["person.id"], name=op.f("fk_council_change_settled_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_council_change")),
    )
    op.create_index(op.f("ix_council_change_contest_id"), "council_change", ["contest_id"], unique=False)
    op.create_table(
        "council_check",
        sa.Column("contest_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("entries", sa.String(), nullable=False),
        sa.Column("council", sa.String(), nullable=False),
        sa.Column("outcomes", sa.JSON(), nullable=False),
        sa.Column("present", sa.JSON(), nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["contest_id"], ["contest.id"], name=op.f("fk_council_check_contest_id")),
        sa.ForeignKeyConstraint(["made_by"], ["person.id"], name=op.f("fk_council_check_made_by")),
        sa.PrimaryKeyConstraint("contest_id", "number", name=op.f("pk_council_check")),
    )


def downgrade() -> None:
    op.drop_table("council_check")
    op.drop_index(op.f("ix_council_change_contest_id"), table_name="council_change")
    op.drop_table("council_change")
