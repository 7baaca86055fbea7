"""What the Council check compares, sealed k of n apart from the identity: sealing it, and an officer's part of it.

A key of its own for each entry, so that whoever matches tokens has opened no envelope. Officers' devices do the
rest (`app.ceremony.council_device`); the server never holds a token or its key.
"""

import hashlib
import json
import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import combinations
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.vault import age
from app.vault.digest import add_sealed
from app.vault.errors import NotOpenable
from app.vault.seal import Officer
from app.vault.split import OfficerPart, join, split
from app.vault.tables import CouncilShare, CouncilTokens
from judging.tokens import Tokens

BLOCK = 768
"""Bytes that tokens are filled up to; those of an author and three co-authors fit."""
PART_LENGTH = 74
"""Of an age identity as text, and so of every part of one."""
_HEAD = struct.Struct(">16sI16s")


@dataclass(frozen=True)
class Roster:
    """The officers among whom one secret is split, with the keys their parts are sealed to."""

    needed: int
    officers: tuple[Officer, ...]

    @classmethod
    def of(cls, officers: Sequence[Officer], needed: int) -> "Roster":
        return cls(needed, tuple(sorted(officers, key=lambda each: each.officer_id.hex)))

    @classmethod
    def from_text(cls, text: str) -> "Roster":
        """Read what `text` gives. Raises NotOpenable where it is something else."""
        needed, *words = text.split(" ")
        try:
            pairs = zip(words[::2], words[1::2], strict=True)
            return cls(int(needed), tuple(Officer(UUID(each), key) for each, key in pairs))
        except ValueError as error:
            raise NotOpenable("this is no list of officers") from error

    @cached_property
    def text(self) -> str:
        """One spelling: how many are needed, then each officer's id and key."""
        words = [f"{each.officer_id.hex} {each.public_key}" for each in self.officers]
        return " ".join([str(self.needed), *words])

    @cached_property
    def digest(self) -> bytes:
        return hashlib.sha256(self.text.encode()).digest()[:16]

    @cached_property
    def ids(self) -> tuple[UUID, ...]:
        return tuple(each.officer_id for each in self.officers)

    def groups_with(self, *officers: UUID) -> list[str]:
        """Labels of the groups of k in which all of these stand, as `split` writes them: "0+2"."""
        places = {self.ids.index(officer) for officer in officers}
        groups = combinations(range(len(self.ids)), self.needed)
        return ["+".join(map(str, group)) for group in groups if places <= set(group)]


@dataclass(frozen=True, slots=True)
class SealedTokens:
    """One entry's tokens and one officer's part of their key, as they lie in the vault."""

    entry_id: UUID
    version: int
    roster: str
    tokens: bytes = field(repr=False)
    share: bytes = field(repr=False)


def seal_tokens(
    session: Session,
    *,
    entry_id: UUID,
    contest_id: UUID,
    version: int,
    tokens: Tokens,
    officers: Sequence[Officer],
    needed: int,
) -> None:
    """Seal tokens to a fresh key, split among the officers. A higher version takes the place of a lower one."""
    secret, roster = age.new_secret(), Roster.of(officers, needed)
    text = _bound(tokens, entry_id=entry_id, version=version)
    add_sealed(
        session,
        CouncilTokens(
            entry_id=entry_id,
            version=version,
            contest_id=contest_id,
            roster=roster.text,
            sealed=age.seal(text, age.public_key(secret)),
        ),
    )
    session.flush()  # shares refer to the tokens
    parts = split(secret, entry_id=entry_id, officers=roster.ids, needed=needed)
    for officer, part in zip(roster.officers, parts, strict=True):
        # The roster goes in by its digest: an officer's device sees whether the keys it is shown are those of then.
        content = _HEAD.pack(entry_id.bytes, version, roster.digest) + b"".join(part.parts.values())
        sealed = age.seal(content, officer.public_key)
        add_sealed(
            session,
            CouncilShare(entry_id=entry_id, version=version, officer_id=officer.officer_id, sealed=sealed),
        )


def read_part(
    content: bytes, *, entry_id: UUID, version: int, officer_id: UUID, roster: Roster
) -> OfficerPart:
    """Read an officer's own part once decrypted. Raises NotOpenable where it is of other tokens or other keys."""
    labels = roster.groups_with(officer_id) if officer_id in roster.ids else []
    expected = _HEAD.pack(entry_id.bytes, version, roster.digest)
    if content[: _HEAD.size] != expected or len(content) != _HEAD.size + PART_LENGTH * len(labels):
        raise NotOpenable("this part is of other tokens, or was sealed among other keys")
    starts = range(_HEAD.size, len(content), PART_LENGTH)
    parts = {label: content[at : at + PART_LENGTH] for label, at in zip(labels, starts, strict=True)}
    return OfficerPart(entry_id, officer_id, roster.ids, roster.needed, parts)


def open_tokens(sealed: bytes, parts: Sequence[OfficerPart], *, entry_id: UUID, version: int) -> Tokens:
    """Open tokens with the parts of just the officers needed. Raises NotOpenable with wrong ones."""
    text = age.unseal(sealed, join(parts, entry_id=entry_id))
    try:
        found = json.loads(text)
        if (found["entry"], found["version"]) != (str(entry_id), version):
            raise NotOpenable("these tokens were sealed for another entry")
        return Tokens.from_json(found)
    except (ValueError, KeyError, TypeError) as error:
        raise NotOpenable("these are no tokens") from error


def newest_tokens(session: Session, *, contest_id: UUID, officer_id: UUID) -> Iterator[SealedTokens]:
    """Every entry's newest tokens with this officer's part, by the entries' random ids; a stream."""
    newest = (
        select(CouncilTokens.entry_id, func.max(CouncilTokens.version).label("version"))
        .where(CouncilTokens.contest_id == contest_id)
        .group_by(CouncilTokens.entry_id)
        .subquery()
    )
    query = (
        select(
            CouncilTokens.entry_id,
            CouncilTokens.version,
            CouncilTokens.roster,
            CouncilTokens.sealed.label("tokens"),
            CouncilShare.sealed.label("share"),
        )
        .join(
            newest,
            (newest.c.entry_id == CouncilTokens.entry_id) & (newest.c.version == CouncilTokens.version),
        )
        .join(
            CouncilShare,
            (CouncilShare.entry_id == CouncilTokens.entry_id)
            & (CouncilShare.version == CouncilTokens.version),
        )
        .where(CouncilShare.officer_id == officer_id)
        .order_by(CouncilTokens.entry_id)
        .execution_options(yield_per=500)
    )
    for row in session.execute(query):
        yield SealedTokens(row.entry_id, row.version, row.roster, row.tokens, row.share)


def _bound(tokens: Tokens, *, entry_id: UUID, version: int) -> bytes:
    bound = {"entry": str(entry_id), "version": version, **tokens.as_json()}
    content = json.dumps(bound, separators=(",", ":"), ensure_ascii=False).encode()
    return content + b" " * (-len(content) % BLOCK)
