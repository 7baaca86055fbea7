"""Why something is refused: a code for programs and one plain sentence for people, never a name."""

from dataclasses import dataclass
from enum import StrEnum


class Refusal(StrEnum):
    """Every refusal of this package."""

    # Who may mark. One code serves the excluded, the unassigned and the unreleased: the cause must not show.
    NOT_NAMED = "not-named"
    NOT_IN_OFFICE = "not-in-office"
    NO_DECLARATION = "no-declaration"
    CLOSED = "closed"
    NOT_ON_LIST = "not-on-list"
    RECUSED = "recused"
    WITHDRAWN = "withdrawn"

    # Noms de plume.
    SHOWS_NAME = "shows-name"
    SHOWS_INITIALS = "shows-initials"
    SHOWS_EMAIL = "shows-email"
    SHOWS_ORGANISATION = "shows-organisation"

    # Marks.
    NOT_A_NUMBER = "not-a-number"
    OUT_OF_RANGE = "out-of-range"
    OFF_STEP = "off-step"

    # Readings to be ranked.
    NOTHING_TO_RANK = "nothing-to-rank"
    ONE_JUDGE = "one-judge"
    ALL_EQUAL = "all-equal"
    DUPLICATE = "duplicate"


@dataclass(frozen=True, slots=True)
class Reason:
    """One refusal, in a form a page can show as it stands."""

    code: Refusal
    sentence: str
