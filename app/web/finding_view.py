"""What the desk's page says of one finding: its term, its places in their sentences, a picture as it is."""

from collections.abc import Sequence
from typing import Any

from anonymiser import KIND_LABELS, Manuscript
from anonymiser.manuscript import walk_paragraphs
from app.tables import Entry, Finding
from app.web.passages import passages
from app.wording import capital

SHOWN = 10
"""So many of the likeliest are laid out; the others wait folded, or seventy of them would be waved through."""
_PICTURE_HINT = "Words in a picture are not searched. Look whether it names or shows anybody."


def finding_values(
    entry: Entry, finding: Finding, manuscript: Manuscript, pages: Sequence[int]
) -> dict[str, Any]:
    stand_in = finding.stand_in if finding.decision == "replaced" else ""
    is_picture = finding.kind == "picture"
    return {
        "id": str(finding.id),
        "subject": finding.subject,
        "term": finding.term,
        "kind_label": capital(KIND_LABELS[finding.kind]),
        "hint": _PICTURE_HINT if is_picture else "",
        "picture": f"/desk/entries/{entry.id}/pictures/{finding.term.rpartition(' ')[2]}"
        if is_picture
        else "",
        "is_likely": finding.position < SHOWN or is_picture,
        "places": finding.places,
        "decision": finding.decision,
        "stand_in": finding.stand_in,
        "suggestion": finding.suggestion,
        "passages": [
            {
                "page": each.page,
                "before": [{"text": part.text, "kind": part.kind} for part in each.before],
                "after": [{"text": part.text, "kind": part.kind} for part in each.after],
            }
            for each in passages(manuscript, finding.term, stand_in=stand_in, pages=pages)
        ]
        if not is_picture
        else [],
    }


def pages_of(entry: Entry, manuscript: Manuscript) -> Sequence[int]:
    """For each paragraph of the manuscript its page in the newest copy that has the same paragraphs."""
    count = sum(1 for _ in walk_paragraphs(manuscript))
    alike = (each.paragraph_pages for each in reversed(entry.copies) if len(each.paragraph_pages) == count)
    return next(alike, [])
