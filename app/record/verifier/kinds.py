"""What each kind of leaf may say: which rows, of which entry, and which of them it may say anew."""

ROWS: dict[str, frozenset[str]] = {
    kind: frozenset(filter(None, rows.split(", ")))
    for kind, rows in {
        "rules": "contest, category, declaration, criterion, council member, role, key of role",
        "officer key": "key of role, rehearsal",
        "council": "council change, council member",
        "council check": "council check, hold, opening",
        "entry": "entry, exclusion, envelope, officer share, original, council tokens, council share",
        "hold": "hold",
        "paper": "paper",
        "custody": "custody",
        "repair-invited": "",
        "replacement": "entry, original",
        "text": "entry, original",
        "correction": "entry, hold, correction, original, council tokens, council share",
        "consent": "entry",
        "withdrawal": "withdrawal",
        "erasure": "entry, erasure, withdrawal",
        "erased": "release, paper, reading copy, hold, opening, custody, reading, marks, recusal",
        "release": "reading copy, release, reading",
        "interest": "declaration of interest",
        "marks": "marks",
        "recusal": "recusal",
        "decision": "decision",
        "opening begun": "opening",
        "opening": "opening",
        "eligibility": "opening, hold",
        "announcement": "announcement, result",
        "filling": "",
    }.items()
}
"""Kinds of row by kind of leaf. A leaf that states any other is forged."""

AGAIN: dict[str, frozenset[str]] = {
    row: frozenset(kinds.split(", "))
    for row, kinds in {
        "contest": "rules",
        "category": "rules",
        "declaration": "rules",
        "criterion": "rules",
        "role": "rules",
        "council member": "rules, council",
        "council change": "council",
        "key of role": "rules, officer key",
        "rehearsal": "officer key",
        "entry": "replacement, text, correction, consent, erasure",
        "hold": "council check, eligibility, erased",
        "opening": "opening, eligibility, council check, erased",
        "paper": "erased",
        "custody": "erased",
        "reading copy": "erased",
        "release": "erased",
        "marks": "erased",
        "recusal": "erased",
        "reading": "erased",
    }.items()
}
"""Kinds of leaf by which a row may come to say something else than before; all other rows stand as first stated."""

BY_RECEIPT = frozenset({"replacement", "withdrawal", "consent", "correction", "erasure"})
"""Kinds that only the holder of the receipt can make."""

OF_SEVERAL = frozenset({"council check", "announcement"})
"""Kinds that speak of several entries at once."""

_OF_AN_ENTRY = (
    *("entry", "exclusion", "envelope", "officer share", "original", "council tokens", "council share"),
    *("correction", "hold", "paper", "custody", "withdrawal", "erasure", "reading copy", "release"),
    *("reading", "marks", "recusal", "opening", "result"),
)
_OTHERS = (
    *("contest", "category", "declaration of interest", "declaration", "criterion", "council member"),
    *("council change", "council check", "role", "key of role", "rehearsal", "decision", "announcement"),
)


def kind_of_row(name: str) -> tuple[str, str]:
    """A row's kind, and the number of the entry it is of, empty where it is of none; ("", "") for an unknown one."""
    for words in sorted((*_OF_AN_ENTRY, *_OTHERS), key=len, reverse=True):
        if name == words or name.startswith(f"{words} "):
            rest = name.removeprefix(words).strip()
            return words, rest.split(" ")[0] if words in _OF_AN_ENTRY else ""
    return "", ""
