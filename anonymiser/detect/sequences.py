"""Which words of a passage make one name: given names, surname and initials that stand together."""

import re
from dataclasses import dataclass

from anonymiser.detect.person import Person
from anonymiser.detect.source import Passage
from anonymiser.detect.words import TITLES

# What may stand between the parts of one name: "Smith, J. M." and "J.-M. Smith", but no full sentence.
_GAP = re.compile(r"[\s.,·'’＇ʼ－\-–‑/_\u00a0\u00ad\u200b-\u200f\u2060\ufeff]{0,4}")
# What may stand between them besides: "Jane (Janie) Okonkwo", "Jane “Janie” Okonkwo", "Jane | Okonkwo".
_WRAPPED = re.compile(r"\s?[)”\"’']?\s?[|(“\"‘']?\s?")
_FORMERLY = frozenset({"nee", "born", "formerly"})
_HYPHENS = frozenset({"-", "\u2010", "\u2011"})
_BETWEEN_INITIALS = re.compile(r"[\s.\-]{0,3}")
LINE_HYPHENS = frozenset({"-", "\u2010", "\u00ad"})
_SPACE = re.compile(r"\s")
_BROKEN_GAP = 3  # characters between the halves of a word that a line end has broken
_LONGEST_INITIALS = 3
_SHORTEST_WORD = 3  # letters; what is shorter may be an abbreviation with a stop of its own


@dataclass(slots=True, repr=False)
class Sequence:
    """Words `first` to `last` of a passage, and which parts of the name stand among them."""

    first: int
    last: int
    given: bool = False
    middle: bool = False
    surname: bool = False
    initials: str = ""
    abbreviated: bool = False  # "Jane O.", to the first letter of the surname

    @property
    def strong(self) -> bool:
        """Whether more than one part of the name stands here: no other word is written so by chance."""
        parts = (self.given, self.middle, self.surname)
        return self.abbreviated or sum(parts) > 1 or ((self.surname or self.middle) and bool(self.initials))


def extend_name(passage: Passage, at: int, person: Person) -> Sequence:
    sequence = Sequence(at, at)
    _take(sequence, passage, at, person)
    if joined_over_line(passage, at) in person.words and passage.tokens[at].word not in person.words:
        sequence.last = at + 1
    step = at - 1
    while (
        step >= 0
        and _continues(passage, step, step + 1)
        and not _ends_other_name(passage, step, person)
        and (_belongs(passage, step, person) or _is_further_initial(passage, step, person))
    ):
        sequence.first = step
        _take(sequence, passage, step, person)
        step -= 1
    step = sequence.last + 1
    while step < len(passage.tokens) and _continues(passage, step - 1, step):
        if not (
            _belongs(passage, step, person, after=True)
            or _bridges(passage, step, sequence, person)
            or (sequence.surname and _is_further_initial(passage, step, person, stopped=True))
        ):
            break
        sequence.last = step
        _take(sequence, passage, step, person)
        if joined_over_line(passage, step) in person.words:
            sequence.last = step = step + 1
        step += 1
    _drop_loose_ends(sequence, passage, person)
    if sequence.given and not sequence.surname:
        _take_abbreviation(sequence, passage, person)
    if sequence.strong and _is_other_half(passage, sequence.last + 1):
        sequence.last += 1
    return sequence


def _ends_other_name(passage: Passage, at: int, person: Person) -> bool:
    """Whether these initials are those of whom a list names before: of "Smith J, Okonkwo P" the J is Smith's."""
    token, following = passage.tokens[at], passage.tokens[at + 1]
    return token.word not in person.words and "," in passage.between(token, following)


def _take_abbreviation(sequence: Sequence, passage: Passage, person: Person) -> None:
    following = sequence.last + 1
    if _abbreviates(passage, following, person) and _continues(passage, sequence.last, following):
        sequence.last = following
        sequence.abbreviated = True
    elif sequence.initials and _abbreviates(passage, sequence.last, person):
        sequence.abbreviated = True


def _is_other_half(passage: Passage, at: int) -> bool:
    """Whether a half of a double surname that nobody told us of hangs on here: "Jane Okonkwo-Smith"."""
    if at >= len(passage.tokens):
        return False
    half = passage.tokens[at]
    hyphened = passage.between(passage.tokens[at - 1], half) in _HYPHENS
    return hyphened and half.capital and len(half.word) >= _SHORTEST_WORD


def _is_further_initial(passage: Passage, at: int, person: Person, *, stopped: bool = False) -> bool:
    """Whether this letter follows the author's own: the M of "J. M. Okonkwo", of whom we know only Jane."""
    letter = passage.tokens[at]
    if at == 0 or not person.initials or len(letter.word) > 1 or not letter.capital:
        return False
    before = passage.tokens[at - 1]
    own = before.capital and (before.word == person.initials or before.word in person.givens)
    ended = not stopped or passage.text[letter.end : letter.end + 1] in {".", ",", ";", ")", ""}
    return own and ended and _BETWEEN_INITIALS.fullmatch(passage.between(before, letter)) is not None


def _abbreviates(passage: Passage, at: int, person: Person) -> bool:
    """Whether this is the letter with which the surname begins, and nothing of another's name."""
    if at >= len(passage.tokens):
        return False
    letter = passage.tokens[at]
    if not letter.capital or letter.word not in person.surname_letters:
        return False
    after = passage.text[letter.end : letter.end + 1]
    return after == "." or (after not in {"'", "’", "-"} and letter.word not in {"i", "a"})


def joined_over_line(passage: Passage, at: int) -> str:
    """Return a word that a line end has broken in two: "Smi-" and "th"."""
    end = passage.tokens[at].end
    if at + 1 >= len(passage.tokens) or passage.text[end : end + 1] not in LINE_HYPHENS:
        return ""
    here, following = passage.tokens[at], passage.tokens[at + 1]
    gap = passage.between(here, following)
    return here.word + following.word if len(gap) <= _BROKEN_GAP else ""


def adjoins(passage: Passage, left: int, right: int) -> bool:
    gap = passage.between(passage.tokens[left], passage.tokens[right])
    if _GAP.fullmatch(gap) is None:
        return False
    # After a whole word, a full stop ends the sentence: "with Jane. Smith said" is not one name.
    before = passage.tokens[left].word
    long_left = len(before) >= _SHORTEST_WORD and before not in TITLES
    return not (long_left and gap != "." and gap.strip() == ".")


def _continues(passage: Passage, left: int, right: int) -> bool:
    before, after = passage.tokens[left], passage.tokens[right]
    near = adjoins(passage, left, right) or (
        before.word != after.word and _WRAPPED.fullmatch(passage.between(before, after))
    )
    return bool(near) and not _begins_address(passage, right)


def _begins_address(passage: Passage, at: int) -> bool:
    """Whether an address of e-mail begins at this word, after a space: it is found as what it is."""
    start = passage.tokens[at].start
    if passage.text[start - 1 : start].strip():
        return False
    space = _SPACE.search(passage.text, start)
    return "@" in passage.text[start : space.start() if space else len(passage.text)]


def _bridges(passage: Passage, at: int, sequence: Sequence, person: Person) -> bool:
    """Tell whether one unknown middle name or initial, or "née", stands between given name and surname."""
    tokens = passage.tokens
    if not sequence.given or sequence.surname or at + 1 >= len(tokens):
        return False
    if not tokens[at].capital and tokens[at].word not in _FORMERLY:
        return False
    return tokens[at + 1].word in person.surnames | person.middles | person.particles and _continues(
        passage, at, at + 1
    )


def _drop_loose_ends(sequence: Sequence, passage: Passage, person: Person) -> None:
    """Leave a particle at either end to what stands beside it: it is no part of the name."""
    while sequence.last > sequence.first and passage.tokens[sequence.last].word in person.particles - set(
        person.initials
    ):
        sequence.last -= 1
    while sequence.first < sequence.last and not _leads(passage, sequence.first, person):
        sequence.first += 1


def _leads(passage: Passage, at: int, person: Person) -> bool:
    """Tell whether a name may begin here: a particle only does before another or before a surname."""
    word = passage.tokens[at].word
    if word not in person.particles or word in person.words:
        return True
    return passage.tokens[at + 1].word in person.surnames | person.particles


def _belongs(passage: Passage, at: int, person: Person, *, after: bool = False) -> bool:
    token = passage.tokens[at]
    if token.word in person.words:
        return True
    if token.word in person.particles:
        return True
    original = passage.text[token.start : token.end]
    if not token.capital:
        # "smith, j." in small letters: the stop says that the letter is an initial.
        stopped = len(original) == 1 and passage.text[token.end : token.end + 1] == "."
        return stopped and person.fits_initials(token.word)
    after_it = passage.text[token.end : token.end + 1]
    if len(original) == 1 and after_it in {"'", "’"}:
        return False  # the O of somebody's O'Neill
    if len(original) <= _LONGEST_INITIALS and original.isupper() and person.fits_initials(token.word):
        ended = after_it in {".", ",", ";", ":", ")", ""}
        return original not in {"I", "A"} or not after or ended
    return False


def _take(sequence: Sequence, passage: Passage, at: int, person: Person) -> None:
    word = passage.tokens[at].word
    joined = joined_over_line(passage, at)
    if word in person.surnames or joined in person.surnames:
        sequence.surname = True
        sequence.given = sequence.given or word in person.givens
    elif word in person.givens | person.short or joined in person.givens:
        sequence.given = True
    elif word in person.middles or joined in person.middles:
        sequence.middle = True
    elif person.fits_initials(word):
        sequence.initials += word
