"""Runs the history of the vault database on the connection it is given."""

from alembic import context

from app.vault.tables import VaultBase as Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
