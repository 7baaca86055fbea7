"""What officers' own devices do for the Council check: one hands the parts over, another joins and compares.

Text in, text out: no database, no network. The private key is used here and goes nowhere.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from app.ceremony.council_bundle import OUTCOME, PARTS, Bundle, Sealed, as_text, octets, to_line
from app.intake.checked import digest
from app.vault import age
from app.vault.errors import NotOpenable
from app.vault.split import OfficerPart
from app.vault.tokens import open_tokens, read_part
from judging import council as rules
from judging.ids import MemberId
from judging.tokens import MemberTokens, Tokens, match

Progress = Callable[[int], None]
Key = tuple[UUID, int]
"""Entry and version of its tokens."""
Given = tuple[UUID, Mapping[str, str]]
"""Who handed parts over, and the parts by group."""


@dataclass(frozen=True, slots=True)
class Compared:
    """What comparing came to: the rule by entry number, empty where none matched."""

    outcomes: Mapping[int, str]
    unopened: int
    """Entries for which the parts at hand did not do."""


def hand_over(bundle: Bundle, key: str, progress: Progress = lambda _done: None) -> bytes:
    """Decrypt one's own parts and seal to the next officer those that open something together with theirs.

    Raises NotOpenable with another's key, or where the next officer's key is not the one every part names.
    """
    to, to_key = UUID(bundle.head["to"]["id"]), bundle.head["to"]["public_key"]
    lines = [to_line({**_said_of(bundle), "nomdeplume": PARTS, "from": str(bundle.me), "to": str(to)})]
    opened = 0
    for done, sealed in enumerate(bundle.entries, start=1):
        progress(done)
        own = _own_part(bundle, sealed, key)
        if own is None:
            continue
        opened += 1
        keys = {each.officer_id: each.public_key for each in sealed.roster.officers}
        if to not in keys:
            continue
        if keys[to] != to_key:
            raise NotOpenable("the file names another key for the next officer than was sealed to")
        parts = {label: as_text(own.parts[label]) for label in sealed.roster.groups_with(bundle.me, to)}
        lines.append(to_line([str(sealed.entry_id), sealed.version, parts]))
    if not opened:
        raise NotOpenable("this key opens no part of this file")
    return age.seal("".join(lines).encode(), to_key)


def compare(bundle: Bundle, key: str, progress: Progress = lambda _done: None) -> Compared:
    """Join the parts handed over with one's own, open the tokens and compare them with the Council list.

    Raises NotOpenable with another's key, or for parts handed over for something else.
    """
    council = [MemberTokens.of(_member(place, each)) for place, each in enumerate(bundle.members)]
    handed = [_read_parts(bundle, each, key) for each in bundle.handed]
    outcomes: dict[int, str] = {}
    done = 0
    for done, sealed in enumerate(bundle.entries, start=1):
        progress(done)
        tokens = _tokens(
            bundle, sealed, key, [each.get((sealed.entry_id, sealed.version)) for each in handed]
        )
        if tokens is not None:
            rule = match(tokens, council).rule
            outcomes[sealed.number] = "" if rule is None else rule.value
    if not outcomes:
        raise NotOpenable("this key opens nothing in this file")
    return Compared(outcomes, unopened=done - len(outcomes))


def outcome_text(bundle: Bundle, compared: Compared) -> str:
    """What goes back to the server: entry numbers and rules, and nothing else."""
    return to_line(
        {
            **_said_of(bundle),
            "nomdeplume": OUTCOME,
            "council": digest(bundle.head["council"]),
            "outcomes": {str(number): rule for number, rule in sorted(compared.outcomes.items())},
        }
    )


def _own_part(bundle: Bundle, sealed: Sealed, key: str) -> OfficerPart | None:
    """One's own part; None for one that does not open: a single damaged one is no reason to end."""
    try:
        content = age.unseal(sealed.share, key)
    except NotOpenable:
        return None
    entry_id, version, roster = sealed.entry_id, sealed.version, sealed.roster
    return read_part(content, entry_id=entry_id, version=version, officer_id=bundle.me, roster=roster)


def _tokens(bundle: Bundle, sealed: Sealed, key: str, handed: Sequence[Given | None]) -> Tokens | None:
    own = _own_part(bundle, sealed, key)
    try:
        parts = [] if own is None else _enough(own, handed)
        return open_tokens(sealed.tokens, parts, entry_id=sealed.entry_id, version=sealed.version)
    except NotOpenable:
        return None


def _read_parts(bundle: Bundle, handed: Mapping[str, str], key: str) -> dict[Key, Given]:
    """What one officer handed over, by entry and version: whose it is and parts by group."""
    said, *lines = map(json.loads, age.unseal(octets(handed["sealed"]), key).splitlines())
    expected = {**_said_of(bundle), "nomdeplume": PARTS, "from": handed["from"], "to": str(bundle.me)}
    if said != expected:
        raise NotOpenable("what was handed over is for another officer or another contest")
    giver = UUID(said["from"])
    found: dict[Key, Given] = {}
    for entry_id, version, parts in lines:
        found[UUID(entry_id), int(version)] = (giver, parts)
    return found


def _enough(own: OfficerPart, handed: Sequence[Given | None]) -> list[OfficerPart]:
    """Just as many parts as are needed, all of one group."""
    others = [each for each in handed if each is not None and each[0] in own.officers]
    chosen = others[: own.needed - 1]
    if len(chosen) < own.needed - 1:
        raise NotOpenable("too few have handed over their parts")
    places = sorted(
        own.officers.index(officer) for officer in (own.officer_id, *(each[0] for each in chosen))
    )
    label = "+".join(map(str, places))
    parts = [own]
    for giver, by_label in chosen:
        if label not in by_label:
            raise NotOpenable("the part of this group was not handed over")
        given = {label: octets(by_label[label])}
        parts.append(OfficerPart(own.entry_id, giver, own.officers, own.needed, given))
    return parts


def _member(place: int, found: Mapping[str, Any]) -> rules.CouncilMember:
    until = found["in_office_until"]
    return rules.CouncilMember(
        member=MemberId(str(place)),
        identity=rules.Identity(
            name=found["name"],
            also_known_as=tuple(found["also_known_as"]),
            emails=tuple(found["emails"]),
            registration_numbers=tuple(found["registration_numbers"]),
        ),
        terms=(rules.Term(date.fromisoformat(found["in_office_from"]), until and date.fromisoformat(until)),),
    )


def _said_of(bundle: Bundle) -> dict[str, str]:
    return {"contest": bundle.head["contest"]}
