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
_TELLING_LETTERS = 3  # of an acronym; "Village GP" may be anybody's
_JOINING = frozenset({"and"})
_SHORT_STREETS = {
    "rd": "road", "st": "street", "ave": "avenue", "ln": "lane", "dr": "drive", "cl": "close", "cres": "crescent",
    "terr": "terrace", "gdns": "gardens", "ct": "court", "sq": "square", "pl": "place",
}  # fmt: skip


@dataclass(frozen=True, slots=True, repr=False)
class Places:
    phrases: list[Phrase]
    acronyms: frozenset[str]  # as they are written, in capitals
    cores: frozenset[str]  # words that name the place together with a word such as "surgery"
    towns: tuple[tuple[str, ...], ...]  # parts of the address that name too many people to be certain
    postcodes: list[re.Pattern[str]]

    @property
    def acronym_words(self) -> frozenset[str]:
        return frozenset(map(str.casefold, self.acronyms))


def take_places(author: Author) -> Places:
    phrases: list[Phrase] = []
    acronyms: set[str] = set()
    cores: set[str] = set()
    for organisation in author.organisations:
        for part in {organisation, *organisation.split(",")}:
            words = fold_words(part)
            phrases.extend(
                Phrase(spelt, "workplace", WORKPLACE_STAND_IN, _JOINING)
                for name in _shortened(words)
                for spelt in (*_spellings(name), ("".join(name),))
            )
            phrases.extend(
                Phrase(spelt, "workplace", WORKPLACE_STAND_IN) for spelt in _partly_abbreviated(words)
            )
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
            named = [line, line[1:]] if _names_a_street(line[1:]) else [line]
            phrases.extend(
                Phrase(spelt, "address", ADDRESS_STAND_IN)
                for part in named
                for spelt in _street_spellings(part)
            )
        elif line and not _POSTCODE.search(" ".join(line)):
            towns.add(line)
    postcodes = [
        re.compile(rf"\b{match[1]}[\s-]*{match[2]}\b")
        for match in _POSTCODE.finditer(" ".join(whole) if whole else "")
    ]
    return Places(phrases, frozenset(acronyms), frozenset(cores), tuple(sorted(towns)), postcodes)


def find_acronyms(passage: Passage, places: Places) -> Iterator[Token]:
    if places.acronym_words.isdisjoint(passage.words):
        return
    for token in passage.tokens:
        if passage.text[token.start : token.end] in places.acronyms:
            yield token


def find_cores(passage: Passage, places: Places) -> Iterator[tuple[int, int, bool]]:
    """Start, end and whether a word such as "surgery" stands beside it: alone, "Sheffield" is only a town."""
    tokens = passage.tokens
    if places.cores.isdisjoint(passage.words):
        return
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
    near = [town for town in places.towns if town[0] in passage.words]
    for at, token in enumerate(tokens) if near else ():
        for town in near:
            if token.capital and tuple(found.word for found in tokens[at : at + len(town)]) == town:
                yield token.start, tokens[at + len(town) - 1].end


def _near(passage: Passage, at: int) -> bool:
    return passage.between(passage.tokens[at], passage.tokens[at + 1]).strip("'’ ") == ""


def _shortened(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Yield the name, without its article, without its legal form, without the "surgery" at its end."""
    bare = words[1:] if words[:1] == ("the",) else words
    if not bare or (
        len(bare) == 1 and (bare[0] in _GENERIC or bare[0] in _KNOWN_ACRONYMS or bare[0] in english())
    ):
        return
    seen = set()
    shorter = bare
    while shorter and shorter not in seen:
        seen.add(shorter)
        if _tells(shorter):
            yield shorter
        if shorter[-1] in _LEGAL | _SMALL or (shorter[-1] in _GENERIC and len(shorter) > 2):  # noqa: PLR2004 - the smallest number that tells
            shorter = shorter[:-1]


def _partly_abbreviated(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Yield "North Wexmoor ICB" for its Integrated Care Board."""
    generic = _GENERIC | _SMALL
    for name in dict.fromkeys(_with_and_without_legal_form(words)):
        for at in range(1, len(name) - 1):
            letters = "".join(word[0] for word in name[at:] if word not in _SMALL)
            core = [word for word in name[:at] if word not in generic]
            if (
                len(letters) > 1
                and core
                and (len(letters) >= _TELLING_LETTERS or not english().issuperset(core))
            ):
                yield (*name[:at], letters)


def _with_and_without_legal_form(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    yield words
    yield tuple(word for word in words if word not in _LEGAL)
    yield tuple(word for word in words if word != "nhs")


def _spellings(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Yield a name without its "and", which may be "&", and as "St Marys" where it is "Saint Mary's"."""
    bare = tuple("st" if word == "saint" else word for word in words if word not in _JOINING)
    for spelt in {bare, tuple("saint" if word == "st" else word for word in bare)}:
        yield spelt
        joined: list[str] = []
        for word in spelt:
            if word == "s" and joined:
                joined[-1] += word
            else:
                joined.append(word)
        if len(joined) < len(spelt):
            yield tuple(joined)


def _street_spellings(line: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Yield a line of an address with its "Road" as "Rd", and the other way round."""
    yield line
    for short, long in _SHORT_STREETS.items():
        if line[-1] in {short, long}:
            yield (*line[:-1], long if line[-1] == short else short)


def _tells(words: tuple[str, ...]) -> bool:
    """Whether these words name one place: "High Street" does not, nor does "University of"."""
    core = [word for word in words if word not in _GENERIC | _SMALL]
    named = any(word not in english() for word in core) or not _GENERIC.isdisjoint(words)
    return bool(core) and named and words[-1] not in _SMALL and len(words) > 1


def _acronyms(part: str, words: tuple[str, ...]) -> set[str]:
    found = set()
    for name in _with_and_without_legal_form(words):
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
