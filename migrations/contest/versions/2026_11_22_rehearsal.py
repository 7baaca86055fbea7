"""Officers' keys tried before entries open."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_22_rehearsal"
down_revision = "2026_11_22_record"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "rehearsal",
        sa.Column("contest_id", sa.Uuid(), nullable=False),
        sa.Column("public_keys", sa.JSON(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["contest_id"], ["contest.id"], name=op.f("fk_rehearsal_contest_id")),
        sa.PrimaryKeyConstraint("contest_id", name=op.f("pk_rehearsal")),
    )
    with op.batch_alter_table("officer_key") as keys:
        keys.add_column(sa.Column("tested_at", sa.DateTime(timezone=True), nullable=True))
        keys.create_unique_constraint(op.f("uq_officer_key_public_key"), ["public_key"])


def downgrade() -> None:
    with op.batch_alter_table("officer_key") as keys:
        keys.drop_constraint(op.f("uq_officer_key_public_key"), type_="unique")
        keys.drop_column("tested_at")
    op.drop_table("rehearsal")
