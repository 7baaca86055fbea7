"""Who entered, as typed into a form: the fields, and what has to be changed about them."""

import re
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from anonymiser import Author
from app.intake.council import people_of
from app.problems import Problem
from app.vault.identity import Identity
from judging.nom_de_plume import nom_de_plume_gives_away

_EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")


class IdentityForm(BaseModel):
    """The part of a form that goes into the envelope. Nothing is stripped but spaces at the ends."""

    model_config = ConfigDict(str_strip_whitespace=True, frozen=True, hide_input_in_errors=True)

    name: str = Field(default="", max_length=200, repr=False)
    email: str = Field(default="", max_length=254, repr=False)
    phone: str = Field(default="", max_length=60, repr=False)
    also_known_as: str = Field(default="", max_length=2000, repr=False)
    organisations: str = Field(default="", max_length=2000, repr=False)
    postal_address: str = Field(default="", max_length=1000, repr=False)
    registration_number: str = Field(default="", max_length=60, repr=False)
    co_authors: str = Field(default="", max_length=4000, repr=False)


def identity_of(form: IdentityForm, *, entry_id: UUID) -> Identity:
    return Identity(
        entry_id=entry_id,
        name=form.name,
        email=form.email,
        phone=form.phone,
        postal_address=form.postal_address,
        registration_number=form.registration_number,
        also_known_as=_listed(form.also_known_as),
        organisations=_listed(form.organisations),
        co_authors=co_authors_in(form.co_authors),
    )


def typed_identity(identity: Identity) -> dict[str, str]:
    """An identity as it stands in the form's fields."""
    return {
        "name": identity.name,
        "email": identity.email,
        "phone": identity.phone,
        "postal_address": identity.postal_address,
        "registration_number": identity.registration_number,
        "also_known_as": "\n".join(identity.also_known_as),
        "organisations": "\n".join(identity.organisations),
        "co_authors": "\n".join(f"{name}, {email}" if email else name for name, email in identity.co_authors),
    }


def identity_problems(form: IdentityForm, identity: Identity) -> list[Problem]:
    problems = []
    if not any(c.isalpha() for c in form.name):
        problems.append(Problem("name", "Give your full name. It goes into the envelope and nowhere else."))
    if not form.email and not form.postal_address:
        problems.append(
            Problem("email", "Give an e-mail or a postal address, so that a winner can be reached.")
        )
    if form.email and not _EMAIL.fullmatch(form.email):
        problems.append(Problem("email", "This does not look like an e-mail address: name@example.org."))
    if any(not name or (email and not _EMAIL.fullmatch(email)) for name, email in identity.co_authors):
        problems.append(Problem("co_authors", "Give one co-author a line: name, comma, e-mail."))
    return problems


def nom_problems(nom: str, identity: Identity) -> list[Problem]:
    if not nom:
        return [Problem("nom_de_plume", "Choose a nom de plume, or take one of those suggested.")]
    if not nom.isprintable():
        return [Problem("nom_de_plume", "Use letters and spaces that can be printed.")]
    reasons = (nom_de_plume_gives_away(nom, person) for person in people_of(identity))
    told = next((reason for reason in reasons if reason is not None), None)
    return [] if told is None else [Problem("nom_de_plume", told.sentence)]


def authors_of(identity: Identity, *, formerly: tuple[str, ...] = ()) -> list[Author]:
    """Everyone who wrote, as the anonymiser looks for them; none where the name is inside an envelope of paper.

    `formerly` are names that a correction has taken back: an essay may still hold them.
    """
    if not identity.name:
        return []
    first = Author(
        name=identity.name,
        also_known_as=(*identity.also_known_as, *formerly),
        emails=(identity.email,) if identity.email else (),
        phones=(identity.phone,) if identity.phone else (),
        organisations=identity.organisations,
        postal_address=identity.postal_address,
        registration_numbers=(identity.registration_number,) if identity.registration_number else (),
    )
    return [
        first,
        *(Author(name=name, emails=(email,) if email else ()) for name, email in identity.co_authors),
    ]


def co_authors_in(text: str) -> tuple[tuple[str, str], ...]:
    """Pairs of name and e-mail, one a line: "Name, e-mail"."""
    return tuple(_co_author(line) for line in text.splitlines() if line.strip())


def _co_author(line: str) -> tuple[str, str]:
    name, _, email = line.partition(",")
    return name.strip(), email.strip()


def _listed(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in re.split(r"[;\n]", text) if part.strip())
