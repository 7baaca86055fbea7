"""What the receipt says of the clean copy: what was removed, what is over a limit, what still tells of somebody."""

from typing import Any

from anonymiser import AUTHOR_KIND_LABELS, READ_BY_MACHINE, Format, is_lost, load_manuscript
from app.intake.state import State
from app.storage import Storage
from app.tables import Contest, Entry, ReadingCopy
from app.web.passages import passages

_NO_COPY: dict[str, Any] = {
    "has_copy": False,
    "removed": [],
    "lost": [],
    "by_machine": False,
    "pages": None,
    "words": None,
    "references": None,
    "cautions": [],
    "findings": [],
}
_SUBJECTS = {"author": "you", "patient": "a patient"}


def clean_copy_values(copies: Storage, entry: Entry, contest: Contest, state: State) -> dict[str, Any]:
    if not entry.copies or state in {State.WITHDRAWN, State.ERASED}:
        return _NO_COPY
    copy = entry.copies[-1]
    return {
        "has_copy": True,
        "removed": _removed(copy),
        "lost": [each for each in copy.removed if is_lost(each["what"])],
        "by_machine": copy.read_from == Format.SCAN,
        "pages": copy.pages,
        "words": copy.words,
        "references": copy.references,
        "cautions": _cautions(copy, contest),
        "findings": _findings(copies, entry) if state is State.REVIEW else [],
    }


def _removed(copy: ReadingCopy) -> list[dict[str, Any]]:
    named = [
        {"what": AUTHOR_KIND_LABELS[each["kind"]], "where": "the text", "count": each["places"]}
        for each in copy.redacted
    ]
    # A page read by machine is not taken out; the caution says what there is to say of it.
    removed = (each for each in copy.removed if not is_lost(each["what"]) and each["what"] != READ_BY_MACHINE)
    return [*named, *removed]


def _cautions(copy: ReadingCopy, contest: Contest) -> list[str]:
    cautions = []
    if contest.word_limit and copy.words > contest.word_limit:
        cautions.append(
            f"{copy.words:,} words; the rule says at most {contest.word_limit:,}. The entry stands, and the judges may "
            "rule it out. You can shorten and replace it until entries close."
        )
    if contest.reference_limit and copy.references > contest.reference_limit:
        cautions.append(f"{copy.references} references; the rule says at most {contest.reference_limit}.")
    return [*cautions, *copy.warnings]


def _findings(copies: Storage, entry: Entry) -> list[dict[str, Any]]:
    if entry.manuscript_key is None:
        return []
    manuscript = load_manuscript(copies.get(entry.manuscript_key))
    found = []
    for finding in entry.findings:
        places = [] if finding.decision else passages(manuscript, finding.term, most=1)
        if places:
            segments = places[0].before
            at = next(i for i, segment in enumerate(segments) if segment.kind == "found")
            found.append(
                {
                    "subject": _SUBJECTS.get(finding.subject, "somebody"),
                    "text": segments[at].text,
                    "context_before": "".join(s.text for s in segments[:at]).removeprefix("… "),
                    "context_after": "".join(s.text for s in segments[at + 1 :]).removesuffix(" …"),
                    "places": finding.places,
                }
            )
    return found
