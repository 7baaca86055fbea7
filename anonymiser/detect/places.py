"""What an author's workplace and address may be called: whole, shortened, by initials, part by part."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from anonymiser.author import Author
from anonymiser.detect.fold import Token, fold_words
from anonymiser.detect.phrases import Phrase
from anonymiser.detect.source import Passage
from anonymiser.detect.words import english, word_list

WORKPLACE_STAND_IN = "[a workplace]"
ADDRESS_STAND_IN = "[an address]"

_SMALL = word_list("small")
_GENERIC = word_list("workplaces")
_LEGAL = word_list("legal_forms")
_KNOWN_ACRONYMS = word_list("known_acronyms")
_STREETS = word_list("streets")
_POSTCODE = re.compile(r"\b([a-z]{1,2}\d[a-z\d]?)\s*(\d[a-z]{2})\b")
_LEAST_CORE = 4


@dataclass(frozen=True, slots=True, repr=False)
class Places:
    phrases: list[Phrase]
    acronyms: frozenset[str]  # as they are written, in capitals
    cores: frozenset[str]  # words that name the place together with a word such as "surgery"
    towns: tuple[tuple[str, ...], ...]  # parts of the address that name too many people to be certain
    postcodes: list[re.Pattern[str]]


def take_places(author: Author) -> Places:
    phrases: list[Phrase] = []
    acronyms: set[str] = set()
    cores: set[str] = set()
    for organisation in author.organisations:
        for part in {organisation, *organisation.split(",")}:
            words = fold_words(part)
            phrases.extend(Phrase(name, "workplace", WORKPLACE_STAND_IN) for name in _shortened(words))
            acronyms |= _acronyms(part, words)
            core = [word for word in words if word not in _GENERIC | _SMALL]
            cores |= {word for word in core if len(word) >= _LEAST_CORE and word not in english()}
    towns: set[tuple[str, ...]] = set()
    lines = [fold_words(line) for line in re.split(r"[,\n;]", author.postal_address)]
    whole = tuple(word for line in lines for word in line)
    if len(whole) > 2:  # noqa: PLR2004 - the smallest number that tells
        phrases.append(Phrase(whole, "address", ADDRESS_STAND_IN))
    for line in lines:
        if _names_a_house(line):
            phrases.append(Phrase(line, "address", ADDRESS_STAND_IN))
            phrases.extend(
                Phrase(line[1:], "address", ADDRESS_STAND_IN) for _ in [0] if _names_a_street(line[1:])
            )
        elif line and not _POSTCODE.search(" ".join(line)):
            towns.add(line)
    postcodes = [
        re.compile(rf"\b{match[1]}[\s-]*{match[2]}\b")
        for match in _POSTCODE.finditer(" ".join(whole) if whole else "")
    ]
    return Places(phrases, frozenset(acronyms), frozenset(cores), tuple(sorted(towns)), postcodes)


def find_acronyms(passage: Passage, places: Places) -> Iterator[Token]:
    for token in passage.tokens:
        if passage.text[token.start : token.end] in places.acronyms:
            yield token


def find_cores(passage: Passage, places: Places) -> Iterator[tuple[int, int, bool]]:
    """Start, end and whether a word such as "surgery" stands beside it: alone, "Sheffield" is only a town."""
    tokens = passage.tokens
    for at, token in enumerate(tokens):
        if token.word not in places.cores or not token.capital:
            continue
        first, last = at, at
        while (
            last + 1 < len(tokens)
            and tokens[last + 1].word in places.cores | _GENERIC
            and _near(passage, last)
        ):
            last += 1
        while (
            first
            and tokens[first - 1].word in places.cores | _GENERIC
            and tokens[first - 1].capital
            and _near(passage, first - 1)
        ):
            first -= 1
        beside = any(tokens[index].word in _GENERIC for index in range(first, last + 1))
        if not beside:
            first = last = at
        yield tokens[first].start, tokens[last].end, beside


def find_towns(passage: Passage, places: Places) -> Iterator[tuple[int, int]]:
    tokens = passage.tokens
    for at, token in enumerate(tokens):
        for town in places.towns:
            if token.capital and tuple(found.word for found in tokens[at : at + len(town)]) == town:
                yield token.start, tokens[at + len(town) - 1].end


def _near(passage: Passage, at: int) -> bool:
    return passage.between(passage.tokens[at], passage.tokens[at + 1]).strip("'’ ") == ""


def _shortened(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Yield the name, without its article, without its legal form, without the "surgery" at its end."""
    bare = words[1:] if words[:1] == ("the",) else words
    if len(bare) < 2 and (not bare or bare[0] in _GENERIC | _KNOWN_ACRONYMS | english()):  # noqa: PLR2004 - the smallest number that tells
        return
    seen = set()
    shorter = bare
    while shorter and shorter not in seen:
        seen.add(shorter)
        if _tells(shorter):
            yield shorter
        if shorter[-1] in _LEGAL | _SMALL or (shorter[-1] in _GENERIC and len(shorter) > 2):  # noqa: PLR2004 - the smallest number that tells
            shorter = shorter[:-1]


def _tells(words: tuple[str, ...]) -> bool:
    """Whether these words name one place: "Heath Medical" does not, nor does "University of"."""
    core = [word for word in words if word not in _GENERIC | _SMALL]
    return bool(core) and words[-1] not in _SMALL and len(words) > 1


def _acronyms(part: str, words: tuple[str, ...]) -> set[str]:
    found = set()
    for name in (words, tuple(word for word in words if word not in _LEGAL)):
        for letters in (
            "".join(word[0] for word in name),
            "".join(word[0] for word in name if word not in _SMALL),
        ):
            if len(letters) > 2 and letters not in _KNOWN_ACRONYMS and letters not in english():  # noqa: PLR2004 - the smallest number that tells
                found.add(letters.upper())
    bare = part.strip()
    if bare.isupper() and bare.isalpha() and len(bare) > 2 and bare.casefold() not in _KNOWN_ACRONYMS:  # noqa: PLR2004 - the smallest number that tells
        found.add(bare)
    return found


def _names_a_house(line: tuple[str, ...]) -> bool:
    return (
        len(line) > 1
        and not _POSTCODE.fullmatch(" ".join(line))
        and (line[0][0].isdigit() or _names_a_street(line))
    )


def _names_a_street(line: tuple[str, ...]) -> bool:
    return len(line) > 1 and line[-1] in _STREETS
