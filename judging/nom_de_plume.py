"""Does a nom de plume give its writer away? It may hold nothing of name, initials, address or workplace."""

import re

from judging.council import Identity
from judging.names import name_initials, name_words, other_given_names
from judging.reasons import Reason, Refusal
from judging.spelling import fold

SHOWS_NAME = Reason(Refusal.SHOWS_NAME, "This nom de plume holds part of your name. Please choose another.")
SHOWS_INITIALS = Reason(
    Refusal.SHOWS_INITIALS, "This nom de plume is made of your initials. Please choose another."
)
SHOWS_EMAIL = Reason(
    Refusal.SHOWS_EMAIL, "This nom de plume is like your e-mail address. Please choose another."
)
SHOWS_ORGANISATION = Reason(
    Refusal.SHOWS_ORGANISATION,
    "This nom de plume is like the name of your organisation. Please choose another.",
)

_RUN = 5
_LONGEST_INITIALS = 5
_SHORTEST_PIECE = 4
_GENERAL_MAILBOXES_TEXT = "info mail email post office contact hello admin enquiries essay doctor"
_GENERAL_WORDS_TEXT = """
academy balint british care centre center clinic clinical college community council department east family
faculty foundation general green group health healthcare hospital house infirmary institute international
medical medicine mental national north partnership practice psychiatry psychology psychotherapy queen
research royal school science sciences service services society south street surgery trust university west
white world
"""
_GENERAL_MAILBOXES = frozenset(map(fold, _GENERAL_MAILBOXES_TEXT.split()))
_GENERAL_WORDS = frozenset(map(fold, _GENERAL_WORDS_TEXT.split()))


def nom_de_plume_gives_away(nom: str, identity: Identity) -> Reason | None:
    """Why this nom de plume would tell the judges who wrote; None: it does not."""
    words = _words(nom)
    if not words:
        return None
    if any(_shows_name(words, name) for name in identity.names):
        return SHOWS_NAME
    if any(_is_initials(words, name) for name in identity.names):
        return SHOWS_INITIALS
    if any(_shows_email(words, email) for email in identity.emails):
        return SHOWS_EMAIL
    if any(_shows_organisation(words, organisation) for organisation in identity.organisations):
        return SHOWS_ORGANISATION
    return None


def _words(text: str) -> tuple[str, ...]:
    """Folded words, also where capitals inside a word begin a new one: ListeningCoat."""
    apart = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", re.sub(r"['\u2019]s\b|['\u2019]", "", text))
    return tuple(word for word in map(fold, re.split(r"[\W\d_]+", apart)) if word)


def _shows_name(words: tuple[str, ...], name: str) -> bool:
    own = name_words(name)
    shared = set(words).intersection(*[set().union(*map(other_given_names, own))]) if own else set()
    written = "".join(words)
    return bool(shared) or any(
        _shares_run(written, word) or _shares_run(written, word[::-1]) for word in (*own, "".join(own))
    )


def _shares_run(text: str, word: str) -> bool:
    """Whether five letters in a row of the word stand in the text, whatever spaces lie between."""
    return any(word[i : i + _RUN] in text for i in range(len(word) - _RUN + 1))


def _is_initials(words: tuple[str, ...], name: str) -> bool:
    written = "".join(words)
    spelled_out = all(len(word) == 1 for word in words) or len(words) == 1
    if not spelled_out or not 1 < len(written) <= _LONGEST_INITIALS:
        return False
    initials = name_initials(name)
    outer = initials[:1] + initials[-1:]
    orders = {initials, initials[::-1], initials[-1:] + initials[:-1], outer, outer[::-1]}
    return written in orders


def _shows_email(words: tuple[str, ...], email: str) -> bool:
    local = email.rpartition("@")[0]
    pieces = {piece for piece in _words(local) if len(piece) >= _SHORTEST_PIECE} - _GENERAL_MAILBOXES
    whole = fold(local)
    written = "".join(words)
    return bool(pieces & set(words)) or (
        len(whole) >= _SHORTEST_PIECE and whole not in _GENERAL_MAILBOXES and whole in written
    )


def _shows_organisation(words: tuple[str, ...], organisation: str) -> bool:
    telling = {word for word in _words(organisation) if len(word) >= _SHORTEST_PIECE} - _GENERAL_WORDS
    return bool(telling & set(words))
