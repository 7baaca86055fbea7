"""Replacing and withdrawing an essay, and what is kept of it."""

from sqlalchemy import select

from app.database import reading, transaction
from app.intake.versions import replace_essay, seal_version, withdraw
from app.tables import Entry, Leaf, ReadingCopy
from app.vault import age
from app.vault.orders import Order, standing_orders
from tests.app.stages import opened_by
from tests.entering import essay_docx

SECOND_DRAFT = essay_docx("The second draft begins with the chair itself and says it better.")


def entry_of(prize, entry_id):
    with reading(prize.engines.contest) as session:
        return session.get_one(Entry, entry_id)


def copies(prize, entry_id):
    with reading(prize.engines.contest) as session:
        query = select(ReadingCopy).where(ReadingCopy.entry_id == entry_id).order_by(ReadingCopy.version)
        return session.scalars(query).all()


def kinds(prize):
    """Kinds of the leaves about entries, in order."""
    with reading(prize.engines.contest) as session:
        query = select(Leaf.kind).where(Leaf.entry_id.is_not(None)).order_by(Leaf.position)
        return session.scalars(query).all()


def orders(prize):
    with reading(prize.engines.vault.engine) as session:
        return [(entry, version) for entry, version, _ in standing_orders(session)]


def replace(prize, entry_id, receipt, essay=SECOND_DRAFT, now=None):
    now = now or prize.clock()
    opened = opened_by(prize, entry_id, receipt)
    return replace_essay(prize.engines, opened=opened, receipt=receipt, essay=essay, arrived_at=now, now=now)


def stored_files(prize):
    """Every file with content: reading copies and manuscripts, and sealed originals."""
    data = prize.engines.settings.data
    return {
        path.name
        for folder in ("files", "vault-files")
        for path in (data / folder).rglob("*")
        if path.is_file()
    }


def withdraw_now(prize, entry_id, receipt, now=None):
    opened = opened_by(prize, entry_id, receipt)
    withdraw(prize.engines, opened=opened, receipt=receipt, now=now or prize.clock())


def seal_ahead(prize, opened):
    """Seal a second version as a replacement does, and stop before the entry points at it."""
    with transaction(prize.engines.contest) as session:
        session.get_one(Entry, opened.entry_id).last_version = 2
    with transaction(prize.engines.vault.engine) as session:
        order = Order(entry_id=opened.entry_id, version=2, secret=opened.secret)
        recipient = age.public_key(opened.secret)
        seal_version(
            session, prize.engines.vault, order, essay=b"cut short", recipient=recipient, now=prize.clock()
        )
