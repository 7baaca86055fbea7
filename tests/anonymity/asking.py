"""Asks both worlds the same and compares what they answer, byte by byte."""

import re
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlencode
from uuid import UUID

import httpx
from fastapi import FastAPI
from sqlalchemy import select

from app.access import begin_session
from app.database import reading, transaction
from app.record.checkpoint import signature_line
from app.record.roots import signing_key
from app.tables import Assignment, Entry, Leaf, Root
from app.web.record_line import short_root
from tests.anonymity.serving import as_it_is, serving
from tests.anonymity.worlds import Pair, World, judges_of
from tests.app.stages import payload

MASKED = {
    ("date", rb".*"): "the second in which the server answered, by the machine's own clock",
    ("set-cookie", rb"(?<=; expires=)[^;]*"): "the same second, at a cookie deleted: Max-Age=0 says so too",
}
"""Every header, or part of one, that may differ, and why. Of bodies only hashes and signatures of the record may,
for the reasons at `_record_of`, and ciphertext made for an officer, for those at `_without_ciphertext`."""

_AGE_FILE = re.compile(b64encode(b"age-encryption.org/v1") + rb"[A-Za-z0-9+/]+=*")
NOBODY = "nobody"
"""A judge who has signed out, or never signed in."""


@dataclass(frozen=True)
class Asked:
    """A request, the same to both worlds."""

    method: str
    path: str
    query: Mapping[str, str] = field(default_factory=dict)
    form: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        shown = [f"?{urlencode(self.query)}"] if self.query else []
        shown += [str(dict(each)) for each in (self.form, self.headers) if each]
        return " ".join((self.method, self.path, *shown))


@dataclass(frozen=True)
class Answer:
    """What came back, with what may differ taken out."""

    status: int
    headers: tuple[tuple[bytes, bytes], ...]
    body: bytes

    @property
    def is_refusal(self) -> bool:
        """Sent to sign in or to bring a receipt, or told that the page is for another role."""
        location = dict(self.headers).get(b"location")
        if self.status == 303:
            return location in {b"/sign-in", b"/receipt"}
        return self.status == 403 and b"for another role" in self.body


class WorldsDiffer(AssertionError):
    """Somebody who judges can tell one world from the other."""


class Twins:
    """Both worlds served, and those who judge in them, each with a session of the same token in both."""

    def __init__(self, pair: Pair, clients: Sequence[httpx.Client]) -> None:
        self.pair, self._clients = pair, clients
        self._cookies: dict[str, str] = {NOBODY: ""}
        self._record: list[dict[bytes, bytes]] = [{}, {}]
        self.occasion = ""
        self.readings: dict[str, dict[str, UUID]] = {}
        """Ids of all readings by judge's alias and nom de plume: the same in both worlds."""
        self.asked = 0

    def begin(self, occasion: str) -> None:
        """A new occasion: everyone signs in again, and the record as it stands is known."""
        self.occasion = occasion
        for alias in judges_of(self.pair.worlds[0]):
            tokens = {self._sign_in(world, alias) for world in self.pair.worlds}
            (token,) = tokens
            self._cookies[alias] = f"session={token}"
        self._record = [_record_of(world) for world in self.pair.worlds]
        self.readings, others = (_readings(world) for world in self.pair.worlds)
        if self.readings != others:
            raise WorldsDiffer(f"{occasion}: the judges' readings have other ids")

    def ask(self, visitor: str, asked: Asked) -> Answer:
        """The answer both worlds give. Raises WorldsDiffer where they give two."""
        self.asked += 1
        this, other = (self._answer(place, visitor, asked) for place in (0, 1))
        if this != other:
            raise WorldsDiffer(f"{self.occasion}, {visitor}: {asked}\n{_first_difference(this, other)}")
        assert this.status < 500, (self.occasion, visitor, str(asked))
        return this

    def _answer(self, place: int, visitor: str, asked: Asked) -> Answer:
        headers = {"host": "prize.example", "origin": "http://prize.example", **asked.headers}
        if self._cookies[visitor]:
            headers["cookie"] = self._cookies[visitor]
        with self.pair.chance.of(f"{self.occasion}: {self.asked}"):
            answer = self._clients[place].request(
                asked.method,
                asked.path,
                params=asked.query or None,
                data=asked.form or None,
                headers=headers,
            )
        self._clients[place].cookies.clear()
        return self._without_masked(place, answer)

    def _without_masked(self, place: int, answer: httpx.Response) -> Answer:
        body = answer.content
        for said, word in self._record[place].items():
            body = body.replace(said, word)
        body = _AGE_FILE.sub(_without_ciphertext, body)
        kept = tuple((name.lower(), _masked(name.lower(), value)) for name, value in answer.headers.raw)
        return Answer(answer.status_code, kept, body)

    def _sign_in(self, world: World, alias: str) -> str:
        judge = judges_of(world)[alias]
        with (
            self.pair.chance.of(f"{self.occasion}, {self.asked}: sign-in of {alias}"),
            transaction(world.prize.engines.contest) as session,
        ):
            return begin_session(
                session, person_id=judge.person_id, contest_id=judge.contest_id, now=world.prize.clock()
            )


@contextmanager
def twins(pair: Pair, *, add: Callable[[FastAPI, World], None] | None = None) -> Iterator[Twins]:
    """Serve both worlds. `add` may put a route into each application before it starts."""
    adding = [
        as_it_is if add is None else (lambda app, world=world: add(app, world)) for world in pair.worlds
    ]
    with (
        serving(pair.worlds[0].prize, add=adding[0]) as this,
        serving(pair.worlds[1].prize, add=adding[1]) as other,
        httpx.Client(base_url=this, timeout=30) as to_this,
        httpx.Client(base_url=other, timeout=30) as to_other,
    ):
        yield Twins(pair, (to_this, to_other))


def _without_ciphertext(found: re.Match[bytes]) -> bytes:
    """An age file's length in place of its octets, which are others each time something is sealed.

    An officer who judges gets own parts of keys in such files, to hand them over; without the other officers they
    open nothing. The length is told but for the header, to which age adds noise of random length.
    """
    return b"(age file of %d octets)" % payload(b64decode(found[0]))


def _masked(name: bytes, value: bytes) -> bytes:
    for header, part in MASKED:
        if name == header.encode():
            value = re.sub(part, b"(masked)", value)
    return value


def _record_of(world: World) -> dict[bytes, bytes]:
    """What a page may say of the record: hashes and signatures, each with a word of the same length in its place.

    A leaf's hash commits to what happened under a salt of 256 random bits; a root is a hash over such hashes, and a
    signature is made of the root. They are others in any two installations, and in two runs of one. Nothing can be
    learnt from them without the salts, and no page a judge can get shows one.
    """
    public_key = signing_key(world.prize.engines.settings.keys_folder)
    with reading(world.prize.engines.contest) as session:
        roots = session.scalars(select(Root).order_by(Root.size, Root.published_at)).all()
        leaves = session.scalars(select(Leaf.leaf_hash).order_by(Leaf.position)).all()
    said = {
        f"{what} {place}": text
        for place, root in enumerate(roots)
        for what, text in {
            "root": root.root_hash.hex(),
            "root in fours": " ".join(re.findall("....", root.root_hash.hex())),
            "short root": short_root(root.root_hash),
            "root in base64": b64encode(root.root_hash).decode(),
            "signature": signature_line(root.origin, public_key, root.signature).split()[-1],
        }.items()
    } | {f"leaf {place}": leaf.hex() for place, leaf in enumerate(leaves)}
    return {text.encode(): f"({name})".ljust(len(text), ".").encode() for name, text in said.items()}


def _readings(world: World) -> dict[str, dict[str, UUID]]:
    found: dict[str, dict[str, UUID]] = {}
    roles = {judge.role_id: alias for alias, judge in judges_of(world).items()}
    query = select(Assignment.id, Assignment.role_id, Entry.nom_de_plume).join(Entry).order_by(Entry.nom_key)
    with reading(world.prize.engines.contest) as session:
        for row in session.execute(query):
            found.setdefault(roles[row.role_id], {})[row.nom_de_plume] = row.id
    return found


def _first_difference(this: Answer, other: Answer) -> str:
    if this.status != other.status:
        return f"status {this.status} and {other.status}"
    if this.headers != other.headers:
        return f"headers {set(this.headers) ^ set(other.headers) or 'in another order'}"
    place = next(
        (n for n, (a, b) in enumerate(zip(this.body, other.body, strict=False)) if a != b),
        min(len(this.body), len(other.body)),
    )
    near = [re.sub(rb"\s+", b" ", each.body[max(0, place - 80) : place + 80]) for each in (this, other)]
    return f"bodies of {len(this.body)} and {len(other.body)} octets, from octet {place}: {near[0]!r} and {near[1]!r}"
