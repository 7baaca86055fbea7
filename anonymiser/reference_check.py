"""Whether list of references and citations agree, and whether the list is in the Vancouver style.

All of it is advice for the entrant: none of it keeps an essay out of a contest.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from anonymiser.manuscript import Emphasis, Manuscript, Paragraph, Role, paragraphs_in

_LABEL_NUMBER = re.compile(r"\d{1,3}")
_BRACKETED = re.compile(r"\[(\d{1,3}(?:\s*[,;–\-]\s*\d{1,3})*)\]")
_ROUND = re.compile(r"(?<!\w)\((\d{1,3}(?:\s*[,;–\-]\s*\d{1,3})*)\)")
_RAISED = re.compile(r"\d{1,3}(?:\s*[,;–\-]\s*\d{1,3})*")
_SURNAME = r"[^\W\d_a-z][^\W\d_]+(?:[-'’][^\W\d_]+)*"
_YEAR = r"((?:1[5-9]|20)\d\d)[a-z]?"
_AUTHOR_DATE = re.compile(
    rf"({_SURNAME})(?:['’]s)?(?:,?\s(?:and|&)\s{_SURNAME}(?:['’]s)?|\set\sal\.?|(?:,\s{_SURNAME})+,?\s(?:and|&)\s{_SURNAME})?"
    rf"(?:\s?[(\[]|,?\s){_YEAR}"
)
_ITEM_YEAR = re.compile(rf"(?<!\d){_YEAR}(?!\d)")
_WORD = re.compile(r"[^\W\d_]+")
_YEAR_AFTER_AUTHORS = re.compile(rf"^.{{2,200}}?\(\s*{_YEAR}\s*\)")
_VANCOUVER = re.compile(
    rf"{_SURNAME}(?:\s{_SURNAME})?\s[A-Z]{{1,3}}\b(?!\.\s?[A-Z]\.)|^[^.]{{3,120}}\.\s.*{_YEAR}\s*(?:[;:.]|$)"
)
_LONGEST_LIST = 8  # numbers named in one sentence
_FEW = 3  # below so many references there is no style to speak of


@dataclass(frozen=True, slots=True)
class _Item:
    number: int  # as it is labelled, 0 where it isn't
    surname: str
    year: str
    text: str

    def __repr__(self) -> str:
        return "<_Item>"


def check_references(manuscript: Manuscript) -> tuple[str, ...]:
    """Return what the entrant might mend, each a sentence: of a redacted manuscript, so that nobody is named."""
    items = [
        _read_item(paragraph)
        for paragraph in paragraphs_in(manuscript.blocks)
        if paragraph.role is Role.REFERENCE
    ]
    text = [
        paragraph
        for blocks in (manuscript.blocks, *manuscript.notes)
        for paragraph in paragraphs_in(blocks)
        if paragraph.role is not Role.REFERENCE
    ]
    dated = {cited for each in text for cited in _cited_works(each.text)}
    if not items:
        count = len(dated)
        return (f"The text cites {_counted(count, 'work')}, but has no list of references.",) if count else ()
    numbered = [item.number for item in items if item.number]
    warnings = [*_check_numbers(numbered)]
    if len(numbered) == len(items) and (cited := _cited_numbers(text, max(numbered))):
        warnings += _check_numbered(sorted(set(numbered)), cited)
    else:
        warnings += _check_dated(items, dated, text)
    return (*warnings, *_check_style(items))


def _cited_works(text: str) -> Iterator[tuple[str, str]]:
    """Yield first author and year of "Balint (1957)" and "(Balint, 1957)", not of "In 1957"."""
    for match in _AUTHOR_DATE.finditer(text):
        bracketed = text[match.start(2) - 1] in "(["
        if bracketed or text.rfind("(", 0, match.start()) > text.rfind(")", 0, match.start()):
            yield _fold(match[1]), match[2]


def _read_item(paragraph: Paragraph) -> _Item:
    text = paragraph.text.strip()
    label = _LABEL_NUMBER.search(paragraph.label)
    year = _ITEM_YEAR.search(text)
    word = _WORD.search(text)
    return _Item(int(label[0]) if label else 0, _fold(word[0]) if word else "", year[1] if year else "", text)


def _check_numbers(numbers: Sequence[int]) -> Iterator[str]:
    twice = sorted({number for number in numbers if numbers.count(number) > 1})
    if twice:
        yield f"{_named('Number', twice)} stand{'s' * (len(twice) == 1)} before more than one reference."
    if numbers:
        missing = sorted(set(range(1, max(numbers) + 1)) - set(numbers))
        if missing:
            yield f"The numbers of the references have a gap: {_listed(missing)} {_are(missing)} missing."


def _check_numbered(numbers: Sequence[int], cited: set[int]) -> Iterator[str]:
    if uncited := [number for number in numbers if number not in cited]:
        yield f"{_named('Reference', uncited)} {_are(uncited)} not cited in the text."
    if unlisted := sorted(cited - set(numbers)):
        yield f"The text cites {_named('reference', unlisted)}, not in the list."


def _check_dated(
    items: Sequence[_Item], dated: set[tuple[str, str]], text: Sequence[Paragraph]
) -> Iterator[str]:
    """Compare by first author and year; a work that the text names without its year counts as cited."""
    listed = {(item.surname, item.year) for item in items}
    words = {_fold(word) for paragraph in text for word in _WORD.findall(paragraph.text) if word[0].isupper()}
    own = [item for item in items if not item.text.startswith("[")]
    if uncited := [at for at, item in enumerate(items, start=1) if item in own and item.surname not in words]:
        yield f"{_named('Reference', uncited)} in the list {_are(uncited)} not cited in the text."
    authors = " ".join(_fold(item.text) for item in items)
    unlisted = [
        (name, year) for name, year in dated if (name, year) not in listed and not _within(name, year, items)
    ]
    if unlisted:
        strange = sum(name not in authors for name, _ in unlisted)
        years = len(unlisted) - strange
        if strange:
            yield f"The text cites {_counted(strange, 'work')} that the list of references does not have."
        if years:
            gives = "gives" if years == 1 else "give"
            yield f"{_counted(years, 'citation').capitalize()} in the text {gives} another year than the list."


def _within(name: str, year: str, items: Sequence[_Item]) -> bool:
    return any(year in item.text and name in _fold(item.text) for item in items)


def _check_style(items: Sequence[_Item]) -> Iterator[str]:
    judged = [item.text for item in items if not item.text.startswith("[")]
    if len(judged) < _FEW:
        return
    harvard = sum(_YEAR_AFTER_AUTHORS.match(text) is not None for text in judged)
    if harvard * 2 > len(judged):
        yield (
            "The references look like the Harvard style, with the year in brackets after the authors; "
            "the Vancouver style is usual here."
        )
        return
    unlike = sum(_VANCOUVER.search(text) is None for text in judged)
    if unlike * 2 > len(judged):
        look = "does" if unlike == 1 else "do"
        counted = _counted(unlike, "reference").capitalize()
        yield f"{counted} of {len(judged)} {look} not look like the Vancouver style."
    if not any(item.number for item in items):
        yield "The references have no numbers; in the Vancouver style they are numbered as the text cites them."


def _cited_numbers(text: Sequence[Paragraph], largest: int) -> set[int]:
    """Return the numbers cited in square brackets or raised; where there are none, in round brackets."""
    square = [match for each in text for match in _BRACKETED.findall(each.text)]
    raised = [
        match
        for each in text
        for run in each.runs
        if Emphasis.SUPERSCRIPT in run.emphasis and (match := run.text.strip()) and _RAISED.fullmatch(match)
    ]
    found = square + raised or [match for each in text for match in _ROUND.findall(each.text)]
    numbers = {number for each in found for number in _spread(each)}
    # A year of a century or a dose in brackets cites nothing.
    return {number for number in numbers if 0 < number <= max(largest * 2, largest + 10)}


def _spread(cited: str) -> Iterator[int]:
    """Yield the numbers of "1, 3-5", whichever dash it has."""
    for part in re.split(r"\s*[,;]\s*", cited):
        first, *rest = re.split(r"\s*[–\-]\s*", part)
        last = int(rest[-1]) if rest else int(first)
        yield from range(int(first), min(last, int(first) + 30) + 1)


def _named(noun: str, numbers: Sequence[int]) -> str:
    return f"{noun}{'s' * (len(numbers) > 1)} {_listed(numbers)}"


def _listed(numbers: Sequence[int]) -> str:
    shown = [str(number) for number in numbers[:_LONGEST_LIST]]
    if len(numbers) > _LONGEST_LIST:
        return f"{', '.join(shown)} and {len(numbers) - _LONGEST_LIST} more"
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}"


def _are(numbers: Sequence[int]) -> str:
    return "is" if len(numbers) == 1 else "are"


def _counted(count: int, noun: str) -> str:
    return f"one {noun}" if count == 1 else f"{count} {noun}s"


def _fold(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))
