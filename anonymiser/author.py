"""Who wrote an essay, as told by the entrant: what the detectors look for. Lives in memory only."""

import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from anonymiser.errors import AuthorInvalid


@dataclass(frozen=True, slots=True)
class Author:
    """Every field is left out of the repr: a name must not reach a log."""

    name: str = field(repr=False)
    also_known_as: tuple[str, ...] = field(default=(), repr=False)
    emails: tuple[str, ...] = field(default=(), repr=False)
    phones: tuple[str, ...] = field(default=(), repr=False)
    organisations: tuple[str, ...] = field(default=(), repr=False)
    postal_address: str = field(default="", repr=False)
    orcid: str = field(default="", repr=False)
    registration_numbers: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands in the running head: all that a reading copy says of where it comes from."""

    entry_number: str
    nom_de_plume: str


_TEXTS = ("name", "postal_address", "orcid")
_LISTS = ("also_known_as", "emails", "phones", "organisations", "registration_numbers")


def load_authors(path: Path) -> tuple[Author, ...]:
    """Return the authors of a TOML file: one author at its top level, or several as `[[authors]]`.

    Raises: AuthorInvalid.
    """
    try:
        value = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        raise AuthorInvalid("The file of the author can't be read as TOML.") from None
    entries = value.get("authors", [value])
    if not isinstance(entries, list) or not entries:
        raise AuthorInvalid("authors must be a list of tables.")
    return tuple(_make_author(entry) for entry in entries)


def _make_author(entry: Any) -> Author:
    if not isinstance(entry, dict) or not str(entry.get("name", "")).strip():
        raise AuthorInvalid("Every author needs a name.")
    if unknown := sorted(set(entry) - {*_TEXTS, *_LISTS}):
        raise AuthorInvalid(f"Unknown in an author: {', '.join(unknown)}.")
    for key in _TEXTS:
        if not isinstance(entry.get(key, ""), str):
            raise AuthorInvalid(f"{key} must be a text.")
    for key in _LISTS:
        values = entry.get(key, [])
        if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
            raise AuthorInvalid(f"{key} must be a list of texts.")
    fields: dict[str, Any] = {key: entry[key] for key in _TEXTS if key in entry}
    fields |= {key: tuple(entry[key]) for key in _LISTS if key in entry}
    return Author(**fields)
