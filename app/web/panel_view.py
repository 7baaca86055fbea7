"""What a judge declares, and what the reading list says."""

from collections.abc import Sequence
from typing import Any

from app.panel.views import ListedEssay
from app.wording import counted, plain

STATEMENT = (
    "I shall judge each essay on its own, and tell the desk at once where I recognise its writer or have a conflict.",
    "I shall not try to learn who wrote an essay, nor speak of one to anybody outside the panel.",
    "I have not helped anybody to write an essay for this prize, or I shall stand back from it.",
)


def list_values(essays: Sequence[ListedEssay]) -> dict[str, Any]:
    to_do = [each for each in essays if each.state in {"unread", "draft"}]
    locked = sum(each.state == "locked" for each in essays)
    total = len(essays) - sum(each.state == "set_aside" for each in essays)
    return {
        "heading": _heading(locked, total),
        "sentence": "In an order drawn for you alone. Marks are kept as you type them." if to_do else "",
        "done": locked,
        "total": total,
        "essays": [
            {
                "href": f"/panel/readings/{each.assignment_id}",
                "nom": each.nom,
                "title": each.title,
                "state": each.state,
                "sum": "" if each.sum is None else plain(each.sum),
            }
            for each in essays
        ],
        "next_href": f"/panel/readings/{to_do[0].assignment_id}" if to_do else "",
        "all_locked": bool(total) and locked == total,
        "comparison": None,
    }


def _heading(locked: int, total: int) -> str:
    if not total:
        return "No essays for you yet"
    if locked == total:
        return "All your marks are locked"
    return f"{locked} of your {counted(total, 'essay')} {'is' if locked == 1 else 'are'} locked"
