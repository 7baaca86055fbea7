"""`user`: staff accounts, from the command line of whoever runs the server."""

import secrets
from typing import Annotated

import pyotp
import segno
import typer
from sqlalchemy import select

from app.access import add_person, give_role
from app.clock import system_clock
from app.database import reading, transaction
from app.engines import make_engines
from app.errors import NotAllowed
from app.settings import Settings
from app.tables import Contest, CouncilMember, Person
from app.tables.people import RoleKind

app = typer.Typer(no_args_is_help=True, help="Staff: administrators, judges, officers.")


@app.command()
def add(
    contest: Annotated[str, typer.Option(help="Short name of the contest, as in its address.")],
    role: Annotated[RoleKind, typer.Option(help="What they are in this contest.")],
    name: Annotated[str, typer.Option(help="Full name.")],
    email: Annotated[str, typer.Option(help="Address they sign in with.")],
    title: Annotated[str, typer.Option(help="An officer's office, a judge's alias.")] = "",
) -> None:
    """Add somebody, or give somebody known another role. A judge has to stand on the Council list."""
    engines = make_engines(Settings())
    try:
        with transaction(engines.contest) as session:
            row = session.scalar(select(Contest).where(Contest.slug == contest))
            if row is None:
                raise NotAllowed(f"There is no contest “{contest}”.")  # noqa: TRY301 - said like the other refusals
            person = session.scalar(select(Person).where(Person.email == email.casefold()))
            password = "" if person else secrets.token_urlsafe(12)
            person = person or add_person(session, name=name, email=email, password=password)
            member = session.scalar(
                select(CouncilMember).where(CouncilMember.contest_id == row.id, CouncilMember.name == name)
            )
            give_role(
                session,
                person=person,
                contest_id=row.id,
                kind=role,
                council_member_id=member.id if member and role is RoleKind.JUDGE else None,
                alias=title if role is RoleKind.JUDGE else "",
                title=title,
            )
            uri = pyotp.TOTP(person.totp_secret).provisioning_uri(name=email, issuer_name="nomdeplume")
    except NotAllowed as error:
        typer.echo(f"{error.happened} {error.to_do}", err=True)
        raise typer.Exit(1) from error
    if not password:
        typer.echo("Known already; the role is added, password and second factor stay.")
        return
    typer.echo(f"Password: {password}\nSecond factor, to be scanned by an authenticator:\n")
    segno.make(uri).terminal(compact=True)
    typer.echo(uri)


@app.command("list")
def list_all() -> None:
    """List everybody with their roles."""
    with reading(make_engines(Settings()).contest) as session:
        for person in session.scalars(select(Person).order_by(Person.name)):
            roles = ", ".join(sorted({role.kind.value for role in person.roles}))
            closed = " (closed)" if person.disabled_at else ""
            typer.echo(f"{person.name} <{person.email}>: {roles}{closed}")


@app.command()
def disable(email: str) -> None:
    """Close an account: its sessions end at once."""
    with transaction(make_engines(Settings()).contest) as session:
        person = session.scalar(select(Person).where(Person.email == email.casefold()))
        if person is None:
            typer.echo("Nobody has that address.", err=True)
            raise typer.Exit(1)
        person.disabled_at = system_clock()
    typer.echo("The account is closed.")
