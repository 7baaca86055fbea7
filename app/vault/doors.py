"""How the duties' rights are put in force: by an authorizer on SQLite, by grants on PostgreSQL.

The authorizer guards against mistakes of this program, not against somebody who can read the file.
"""

import sqlite3
from collections.abc import Callable, Iterator

from sqlalchemy import Engine, event, text

from app.vault import Vault
from app.vault.duties import RIGHTS, Duty, Right, Rights

BY_RECEIPT = "envelope_by_receipt(bytea, integer)"
"""The function through which alone the web's login reads an envelope."""
_STATEMENTS = {
    sqlite3.SQLITE_SELECT,
    sqlite3.SQLITE_FUNCTION,
    sqlite3.SQLITE_TRANSACTION,
    sqlite3.SQLITE_SAVEPOINT,
}
"""Harmless as such: what they read or write is asked about apart."""


def guard(engine: Engine, duty: Duty) -> Engine:
    """Let this engine's connections do what the duty may, where the database is SQLite."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", lambda driver, _record: driver.set_authorizer(_authorizer(duty)))
    return engine


def _authorizer(duty: Duty) -> Callable[..., int]:
    def answer(action: int, table: str | None, column: str | None, *_where: str | None) -> int:
        held = RIGHTS[duty].get(table or "")
        allowed = action in _STATEMENTS or (held is not None and _may(held, action, column))
        return sqlite3.SQLITE_OK if allowed else sqlite3.SQLITE_DENY

    return answer


def _may(held: Rights, action: int, column: str | None) -> bool:
    match action:
        case sqlite3.SQLITE_INSERT:
            return Right.INSERT in held.rows
        case sqlite3.SQLITE_DELETE:
            return Right.DELETE in held.rows
        case sqlite3.SQLITE_UPDATE:
            return column in held.columns_to(Right.CHANGE)
        case sqlite3.SQLITE_READ:
            readable = held.columns_to(Right.READ, Right.FIND, Right.REFER)
            # Without a column's name it is asked for rows alone, as in counting them.
            return column in readable or (column == "" and bool(readable))
    return False


def grant_duties(vault: Vault) -> None:
    """Give each login of the vault exactly its rights, on PostgreSQL. Can be repeated.

    A login that serves several duties gets the rights of all; the owner's needs none.
    """
    if vault.engine.dialect.name != "postgresql":
        return
    logins: dict[str, list[Duty]] = {}
    for duty, engine in zip(Duty, (vault.entering, vault.working, vault.opening), strict=True):
        if engine.url.username and engine.url.username != vault.engine.url.username:
            logins.setdefault(engine.url.username, []).append(duty)
    quote = vault.engine.dialect.identifier_preparer.quote
    with vault.engine.begin() as connection:
        for login, duties in logins.items():
            for statement in _grants(quote(login), duties):
                connection.execute(text(statement))


def _grants(login: str, duties: list[Duty]) -> Iterator[str]:
    yield f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {login}"
    yield f"REVOKE ALL ON ALL FUNCTIONS IN SCHEMA public FROM {login}"
    yield f"GRANT USAGE ON SCHEMA public TO {login}"
    for duty in duties:
        for table, held in RIGHTS[duty].items():
            rights = [right.upper() for right in (Right.INSERT, Right.DELETE) if right in held.rows]
            for right, word in ((Right.READ, "SELECT"), (Right.CHANGE, "UPDATE")):
                if columns := held.columns_to(right):
                    rights.append(f"{word} ({', '.join(columns)})")
            if rights:
                yield f"GRANT {', '.join(rights)} ON {table} TO {login}"
        if any(held.columns_to(Right.FIND) for held in RIGHTS[duty].values()):
            yield f"GRANT EXECUTE ON FUNCTION {BY_RECEIPT} TO {login}"
