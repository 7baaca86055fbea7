"""Messages between desk and entrant, the custody of paper, erasures, and mail to the staff."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_22_messages"
down_revision = "2026_11_22_council"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "message",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_by", sa.Uuid(), nullable=True),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name=op.f("fk_message_entry_id")),
        sa.ForeignKeyConstraint(["sent_by"], ["person.id"], name=op.f("fk_message_sent_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message")),
    )
    op.create_index("ix_message_thread", "message", ["entry_id", "sent_at"])
    op.create_table(
        "custody_move",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column(
            "what",
            sa.Enum("envelope", "copies", name="paperthing", native_enum=False, length=20),
            nullable=False,
        ),
        sa.Column("from_place", sa.String(), nullable=False),
        sa.Column("to_place", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("moved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("moved_by", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name=op.f("fk_custody_move_entry_id")),
        sa.ForeignKeyConstraint(["moved_by"], ["person.id"], name=op.f("fk_custody_move_moved_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_custody_move")),
    )
    op.create_index(op.f("ix_custody_move_entry_id"), "custody_move", ["entry_id"])
    op.create_table(
        "erasure",
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name=op.f("fk_erasure_entry_id")),
        sa.PrimaryKeyConstraint("entry_id", name=op.f("pk_erasure")),
    )
    op.create_table(
        "stale_file",
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name=op.f("fk_stale_file_entry_id")),
        sa.PrimaryKeyConstraint("entry_id", "key", name=op.f("pk_stale_file")),
    )
    op.create_table(
        "staff_mail",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("queued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_try_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_staff_mail_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_mail")),
    )
    op.create_index(op.f("ix_staff_mail_next_try_at"), "staff_mail", ["next_try_at"])


def downgrade() -> None:
    for table in ("staff_mail", "stale_file", "erasure", "custody_move", "message"):
        op.drop_table(table)
