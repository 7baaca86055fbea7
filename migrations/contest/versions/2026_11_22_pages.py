"""What a copy was read from, on which page each paragraph stands, and what its writer might mend."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_22_pages"
down_revision = "2026_11_22_messages"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("reading_copy") as table:
        table.add_column(sa.Column("read_from", sa.String(), nullable=False, server_default=""))
        table.add_column(sa.Column("paragraph_pages", sa.JSON(), nullable=False, server_default="[]"))
        table.add_column(sa.Column("warnings", sa.JSON(), nullable=False, server_default="[]"))
    with op.batch_alter_table("reading_copy") as table:
        table.alter_column("read_from", server_default=None)
        table.alter_column("paragraph_pages", server_default=None)
        table.alter_column("warnings", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("reading_copy") as table:
        table.drop_column("warnings")
        table.drop_column("paragraph_pages")
        table.drop_column("read_from")
