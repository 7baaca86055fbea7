"""Every column of the contest database: stated by a leaf, or left out, and why.

What is told may be published after the announcement; what is kept is committed to and shown to officers alone.
"""

from app import tables
from app.record.covered import (
    Covered,
    awards,
    category_of,
    copy_read,
    entry_of,
    keyed,
    of_entry,
    of_reading,
    points,
    reserves,
)
from app.tables import Base

_ID = "random; it only joins rows, which are named here by what it points to"
_CONTEST = "each record is of one contest"
_IN_NAME = "part of the row's name in the record"


_RULE = {"id": _ID, "contest_id": _CONTEST, "key": _IN_NAME}

COVERAGE: dict[type[Base], Covered] = {
    tables.Contest: Covered(
        name=lambda _session, _row: "contest",
        told=(
            *("slug", "society", "title", "lede", "terms", "rules", "time_zone", "opens_at", "closes_at"),
            *("announced_on", "word_limit", "reference_limit", "number_digits", "keys_needed", "tie_rule"),
            *("retention_days", "is_demo"),
        ),
        left={"id": _ID},
    ),
    tables.Category: Covered(
        name=keyed("category"), told=("title", "description", "hint", "prize", "position"), left=_RULE
    ),
    tables.Declaration: Covered(name=keyed("declaration"), told=("text", "position"), left=_RULE),
    tables.Criterion: Covered(
        name=keyed("criterion"),
        told=("title", "description", "weight", "most", "step", "position"),
        left=_RULE,
    ),
    tables.CouncilMember: Covered(
        name=lambda _session, row: f"council member {row.id}",
        told=("name", "in_office_from", "in_office_until"),
        kept=("also_known_as", "emails", "registration_numbers"),
        left={"id": _IN_NAME, "contest_id": _CONTEST},
    ),
    tables.CouncilChange: Covered(
        name=lambda _session, row: f"council change {row.id}",
        kept=("member_id", "change", "proposed_by", "proposed_at", "settled_by", "settled_at", "confirmed"),
        left={"id": _IN_NAME, "contest_id": _CONTEST},
    ),
    tables.CouncilCheck: Covered(
        name=lambda _session, row: f"council check {row.number}",
        told=("entries", "council"),
        kept=("outcomes", "present", "made_by", "made_at"),
        left={"number": _IN_NAME, "contest_id": _CONTEST},
    ),
    tables.Role: Covered(
        name=lambda _session, row: f"role {row.id}",
        told=("kind", "title"),
        kept=("alias", "person", "person_id", "council_member_id"),
        left={"id": _IN_NAME, "contest_id": _CONTEST},
        reads={"person": lambda session, row: session.get_one(tables.Person, row.person_id).name},
    ),
    tables.OfficerKey: Covered(
        name=lambda _session, row: f"key of role {row.role_id}",
        told=("public_key", "tested"),
        kept=("registered_at", "tested_at"),
        left={"role_id": _IN_NAME},
        reads={"tested": lambda _session, row: row.tested_at is not None},
    ),
    tables.Rehearsal: Covered(
        name=lambda _session, _row: "rehearsal",
        told=("public_keys",),
        kept=("opened_at",),
        left={"contest_id": _CONTEST},
    ),
    tables.Entry: Covered(
        name=lambda _session, row: f"entry {row.number}",
        told=("nom_de_plume", "category", "entrant_key", "essay_version", "original", "may_be_named"),
        kept=("channel", "received_at", "receipt_hash", "declared", "journal", "desk_code"),
        left={
            "id": _ID,
            "contest_id": _CONTEST,
            "number": _IN_NAME,
            "category_id": "stated as the category's key",
            "nom_key": "made from the nom de plume",
            **dict.fromkeys(
                ("work", "attempts", "lease_until", "work_token", "last_version", "repair_reason"),
                "what the worker still has to do; it decides nothing",
            ),
            "repair_invited_until": "stated by the leaf of the invitation; it ends by itself",
            "manuscript_key": "before a release the text is the desk's to mend; the copy released is stated",
        },
        reads={"category": category_of},
    ),
    tables.Exclusion: Covered(
        name=lambda session, row: f"exclusion {entry_of(session, row)} {row.council_member_id}",
        left={"entry_id": _IN_NAME, "council_member_id": _IN_NAME},
    ),
    tables.PaperCopy: Covered(
        name=of_entry("paper"),
        kept=("delivered_on", "copies", "envelope_label", "condition", "note", "logged_by"),
        left={
            "entry_id": _IN_NAME,
            **dict.fromkeys(
                ("copies_place", "envelope_place"), "stated by the leaves of custody as it moves"
            ),
        },
    ),
    tables.Withdrawal: Covered(
        name=of_entry("withdrawal"),
        kept=("withdrawn_at",),
        is_told_of=True,
        left={"entry_id": _IN_NAME},
    ),
    tables.Erasure: Covered(
        name=of_entry("erasure"),
        kept=("asked_at",),
        left={"entry_id": _IN_NAME, "erased_at": "when the worker had done what the leaf says is asked for"},
    ),
    tables.CustodyMove: Covered(
        name=lambda session, row: f"custody {entry_of(session, row)} {row.id}",
        kept=("what", "from_place", "to_place", "note", "moved_at", "moved_by"),
        left={"id": _IN_NAME, "entry_id": _IN_NAME},
    ),
    tables.Hold: Covered(
        name=lambda session, row: f"hold {entry_of(session, row)} {row.id}",
        kept=("placed_at", "settled_at", "settled_by", "eligible", "note"),
        left={"id": _IN_NAME, "entry_id": _IN_NAME},
    ),
    tables.ReadingCopy: Covered(
        name=lambda session, row: f"reading copy {entry_of(session, row)} {row.version}",
        told=("pdf_key", "manuscript_key", "title", "pages", "words", "references"),
        kept=("id", "removed", "redacted", "read_from", "warnings", "made_at"),
        left={
            "entry_id": _IN_NAME,
            "version": _IN_NAME,
            "paragraph_pages": "read off the copy, whose bytes are stated",
        },
    ),
    tables.Release: Covered(
        name=of_entry("release"),
        told=("reading_copy",),
        kept=("reading_copy_id", "released_at", "released_by"),
        left={"entry_id": _IN_NAME},
        reads={"reading_copy": copy_read},
    ),
    tables.Assignment: Covered(
        name=lambda session, row: f"reading {entry_of(session, row)} {row.role_id}",
        kept=("id", "position"),
        left={
            "entry_id": _IN_NAME,
            "role_id": _IN_NAME,
            "notes": "a judge's private notes",
            "version": "counts drafts",
        },
    ),
    tables.MarkLock: Covered(
        name=of_reading("marks"),
        told=("reading_copy",),
        kept=("points", "reading_copy_id", "locked_at"),
        left={"assignment_id": _IN_NAME},
        reads={"points": points, "reading_copy": copy_read},
    ),
    tables.Recusal: Covered(
        name=of_reading("recusal"), kept=("cause", "recused_at"), left={"assignment_id": _IN_NAME}
    ),
    tables.InterestDeclaration: Covered(
        name=lambda _session, row: f"declaration of interest {row.role_id}",
        kept=("declared_at",),
        left={"role_id": _IN_NAME},
    ),
    tables.Decision: Covered(
        name=lambda session, row: f"decision {category_of(session, row)}",
        told=("awards",),
        kept=("reserves", "reason", "ranking", "locked_at", "locked_by"),
        left={"id": _ID, "category_id": _IN_NAME},
        reads={"awards": awards, "reserves": reserves},
    ),
    tables.Opening: Covered(
        name=lambda session, row: f"opening {entry_of(session, row)} {row.purpose}",
        told=("present",),
        kept=(
            *("id", "reason", "started_at", "started_by", "opened_at"),
            *("eligible", "eligibility_note", "eligibility_at"),
        ),
        left={"entry_id": _IN_NAME, "purpose": _IN_NAME},
    ),
    tables.Announcement: Covered(
        name=lambda _session, _row: "announcement",
        kept=("announced_at", "announced_by"),
        is_told_of=True,
        left={"contest_id": _CONTEST},
    ),
    tables.Result: Covered(
        name=lambda session, row: f"result {entry_of(session, row)} {row.kind}",
        told=("category", "nom_de_plume", "announced_as", "essay_title", "position"),
        left={
            "id": _ID,
            "contest_id": _CONTEST,
            "category_id": "stated as the category's key",
            "entry_id": _IN_NAME,
            "kind": _IN_NAME,
        },
        reads={"category": category_of},
    ),
}

ELSEWHERE: dict[type[Base], dict[str, str]] = {
    tables.Mark: {
        "assignment_id": "with the lock of its reading",
        "criterion_id": "with the lock of its reading, as the criterion's key",
        "points": "with the lock of its reading; a draft is the judge's own",
    },
    tables.Award: {
        "id": _ID,
        "decision_id": "with the decision",
        "entry_id": "with the decision, as the entry's number",
        "kind": "with the decision",
        "position": "with the decision",
    },
}
"""Tables whose columns are stated as part of another's row, and which."""

LEFT_OUT: dict[type[Base], str] = {
    tables.Person: "people's accounts; names stand with their roles",
    tables.SignIn: "sessions",
    tables.Finding: "what the desk weighs before a release; the copy released is stated",
    tables.Flag: "remarks to the desk; they decide nothing",
    tables.Message: "letters between desk and entrant; they decide nothing",
    tables.StaleFile: "what the worker has still to remove",
    tables.StaffMail: "letters to the staff; they decide nothing",
    tables.Leaf: "the record itself: shown by its hashes",
    tables.Root: "the record itself: shown by its signatures",
    tables.Countersignature: "about the record: shown by its own signature",
}
"""Tables of which no leaf says anything, and why."""
