"""The record's leaves: what is told, what is kept, and who signed."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_22_record"
down_revision = "2026_11_22_first_tables"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # The first form of a leaf can't be turned into this one: what it committed to was said otherwise.
    _forget_record()
    with op.batch_alter_table("leaf") as leaf:
        leaf.drop_column("payload")
        leaf.drop_column("salt")
        leaf.add_column(sa.Column("about", sa.String(), nullable=False))
        leaf.add_column(sa.Column("holder", sa.LargeBinary(32), nullable=True))
        leaf.add_column(sa.Column("told", sa.JSON(), nullable=True))
        leaf.add_column(sa.Column("told_commitment", sa.String(), nullable=False))
        leaf.add_column(sa.Column("told_salt", sa.LargeBinary(32), nullable=True))
        leaf.add_column(sa.Column("kept", sa.JSON(), nullable=True))
        leaf.add_column(sa.Column("kept_commitment", sa.String(), nullable=False))
        leaf.add_column(sa.Column("kept_salt", sa.LargeBinary(32), nullable=True))
        leaf.add_column(sa.Column("signature", sa.LargeBinary(64), nullable=True))
    with op.batch_alter_table("entry") as entry:
        entry.add_column(
            sa.Column("entrant_key", sa.LargeBinary(32), nullable=False, server_default=sa.text("''"))
        )
        entry.add_column(sa.Column("desk_code", sa.Boolean(), nullable=False, server_default=sa.false()))
        entry.add_column(sa.Column("original", sa.String(), nullable=False, server_default=""))
    with op.batch_alter_table("entry") as entry:
        for name in ("entrant_key", "desk_code", "original"):
            entry.alter_column(name, server_default=None)
    with op.batch_alter_table("root") as root:
        root.add_column(sa.Column("origin", sa.String(), nullable=False))
    op.create_table(
        "countersignature",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("contest_id", sa.Uuid(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("role_id", sa.Uuid(), nullable=True),
        sa.Column("public_key", sa.LargeBinary(32), nullable=True),
        sa.Column("signature", sa.LargeBinary(64), nullable=True),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["contest_id"], ["contest.id"], name=op.f("fk_countersignature_contest_id")),
        sa.ForeignKeyConstraint(["role_id"], ["role.id"], name=op.f("fk_countersignature_role_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_countersignature")),
        sa.UniqueConstraint(
            "contest_id", "size", "name", name=op.f("uq_countersignature_contest_id_size_name")
        ),
    )


def downgrade() -> None:
    op.drop_table("countersignature")
    _forget_record()
    with op.batch_alter_table("root") as root:
        root.drop_column("origin")
    with op.batch_alter_table("entry") as entry:
        for name in ("entrant_key", "desk_code", "original"):
            entry.drop_column(name)
    with op.batch_alter_table("leaf") as leaf:
        for name in ("told", "told_commitment", "told_salt", "kept", "kept_commitment", "kept_salt"):
            leaf.drop_column(name)
        for name in ("about", "holder", "signature"):
            leaf.drop_column(name)
        leaf.add_column(sa.Column("payload", sa.JSON(), nullable=True))
        leaf.add_column(sa.Column("salt", sa.LargeBinary(32), nullable=True))


def _forget_record() -> None:
    for table in ("root", "leaf"):
        op.execute(sa.delete(sa.table(table)))
