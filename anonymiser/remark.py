"""Does a short text give its writer away? For a message, which nobody redacts: it is sent back with what was found."""

from collections.abc import Sequence

from anonymiser.author import Author
from anonymiser.detect import find_author
from anonymiser.detect.identifiers import find_identifiers
from anonymiser.detect.source import read_passages
from anonymiser.read import read_statement
from anonymiser.sandbox import run

_LEADS_TO_SOMEBODY = {"email", "phone", "orcid", "registration_number"}


def identifying_words(text: str, authors: Sequence[Author]) -> tuple[str, ...]:
    """Whatever surely names an author or leads to anybody at all, as written, each once and in order."""
    manuscript = read_statement(text)
    passages = read_passages(manuscript)
    marks = [
        *find_author(passages, authors),
        *(
            mark
            for passage in passages
            for mark in find_identifiers(passage)
            if mark.kind in _LEADS_TO_SOMEBODY
        ),
    ]
    found = []
    past = (-1, 0)
    for mark in sorted(marks, key=lambda each: (each.paragraph, each.start, -each.end)):
        if (mark.paragraph, mark.start) >= past:
            found.append(passages[mark.paragraph].text[mark.start : mark.end].strip())
            past = (mark.paragraph, mark.end)
    return tuple(dict.fromkeys(found))


def sandboxed_identifying_words(text: str, authors: Sequence[Author]) -> tuple[str, ...]:
    return run(identifying_words, text, tuple(authors))
