"""How much of what names somebody is found, how much else is put before the desk, and what it costs.

python -m benchmarks.finding [folder of samples]

The samples are a judgment a line with its people marked (`tab-train.jsonl`) and a treebank of the web
(`ewt-dev.iob2`); where they are absent, only what the benchmark composes itself is measured.
"""

import re
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from anonymiser import Author, Certainty, Finding, Manuscript
from anonymiser.detect import find_author, find_doubtful
from anonymiser.detect.others import find_others
from anonymiser.detect.source import read_passages
from anonymiser.detect.terms import Term
from anonymiser.findings import group_flagged
from anonymiser.manuscript import Paragraph, Role, Run
from anonymiser.redact import redact
from benchmarks.finding_author import HELD_OUT, TUNED, essays_of_authors
from benchmarks.finding_identifiers import harmless, identifying
from benchmarks.finding_texts import Known, essays, legal, web

HERE = Path(__file__).parent
SAMPLES = HERE.parents[1] / "shared" / "samples" / "names"
_NAMES = {"name", "name_or_place"}
_STRUCTURED = {
    "nhs_number", "chi_number", "national_insurance_number", "postcode", "email", "phone", "orcid",
    "registration_number", "date_of_birth", "hospital_number",
}  # fmt: skip
_UNNAMED = {
    "the",
    "dr",
    "gmc",
    "number",
    "mrcgp",
    "professor",
    "s",
    "co",
    "uk",
    "http",
    "https",
    "practice",
    "i",
    "a",
}
_AROUND = ("This paragraph stands at an end and is far too long to be a signature of anybody.",) * 9


@dataclass(slots=True)
class Measured:
    mentions: int = 0
    found: int = 0
    words: int = 0
    terms: int = 0
    name_terms: int = 0
    sure: int = 0
    surely_right: int = 0


def measure_names(texts: Iterable[Known]) -> Measured:
    """Count a mention as found where a place of any finding touches it."""
    measured = Measured()
    for known in texts:
        named = {at for start, end in known.mentions for at in range(start, end)}
        covered: set[int] = set()
        for finding, places in _flag(known.text):
            characters = {at for start, end in places for at in range(start, end)}
            covered |= characters
            measured.terms += 1
            measured.name_terms += finding.kind in _NAMES
            if finding.kind in _NAMES and finding.certainty is not Certainty.POSSIBLE:
                measured.sure += 1
                measured.surely_right += not named.isdisjoint(characters)
        measured.words += len(known.text.split())
        measured.mentions += len(known.mentions)
        measured.found += sum(not covered.isdisjoint(range(start, end)) for start, end in known.mentions)
    return measured


def _flag(text: str) -> Iterator[tuple[Finding, list[tuple[int, int]]]]:
    lines = [(match.start(), match[0]) for match in re.finditer(r"[^\n]+", text)]
    passages = read_passages(_manuscript(line for _, line in lines))
    for finding in group_flagged(passages, find_doubtful(passages, ()), after=0):
        term = Term(finding.text)
        yield (
            finding,
            [
                (lines[each.index][0] + start, lines[each.index][0] + end)
                for each in passages
                for start, end in term.find(each)
            ],
        )


def measure_authors(each: int, seed: int, templates: tuple[str, ...]) -> tuple[int, int, int, int]:
    """Return how many forms were planted and found, and how many redactions there were and were false."""
    planted = found = redactions = false = 0
    for author, sentences in essays_of_authors(each, seed, templates):
        passages = read_passages(
            _manuscript([*_AROUND, *(sentence.text for sentence in sentences), *_AROUND])
        )
        sure: defaultdict[int, set[int]] = defaultdict(set)
        doubted: defaultdict[int, set[int]] = defaultdict(set)
        marks = find_author(passages, (author,))
        for mark in marks:
            sure[mark.paragraph] |= set(range(mark.start, mark.end))
        for mark in find_doubtful(passages, (author,)):
            doubted[mark.paragraph] |= set(range(mark.start, mark.end))
        for at, sentence in enumerate(sentences, start=len(_AROUND)):
            reached = sure[at] | doubted[at] if sentence.by_word else sure[at]
            planted += bool(sentence.spans)
            found += bool(sentence.spans) and not _left_of(sentence.text, sentence.spans, reached)
            here = [mark for mark in marks if mark.paragraph == at]
            redactions += len(here)
            false += sum(
                not any(mark.start < end and start < mark.end for start, end in sentence.spans)
                for mark in here
            )
    return planted, found, redactions, false


def _left_of(text: str, spans: tuple[tuple[int, int], ...], reached: set[int]) -> list[str]:
    kept = {at for start, end in spans for at in range(start, end)} - reached
    left = "".join(
        character if at in kept and character.isalnum() else " " for at, character in enumerate(text)
    )
    return [word for word in left.split() if word.casefold() not in _UNNAMED]


def measure_identifiers(each: int, seed: int) -> tuple[int, int, int, int]:
    """Return how many sentences identify and were found whole, and how many marks there were and were false."""
    planted = found = marked = false = 0
    for sentence in [*identifying(each, seed), *harmless(each // 2, seed)]:
        passages = read_passages(_manuscript([sentence.text]))
        marks = [mark for mark in find_others(passages) if mark.kind in _STRUCTURED]
        reached = {at for mark in marks for at in range(mark.start, mark.end)}
        whole = {at for at in range(sentence.start, sentence.end) if sentence.text[at].isalnum()}
        planted += bool(whole)
        found += bool(whole) and whole <= reached
        marked += len(marks)
        false += sum(not (mark.start < sentence.end and sentence.start < mark.end) for mark in marks)
    return planted, found, marked, false


def measure_cost(texts: Iterable[Known], rounds: int = 15) -> float:
    """Return milliseconds of CPU for 3,000 words: author found and redacted, everybody else found and grouped."""
    manuscript = _manuscript(line for known in texts for line in known.text.splitlines() if line.strip())
    words = sum(len(block.text.split()) for block in manuscript.blocks if isinstance(block, Paragraph))
    author, _ = next(essays_of_authors(1, 3, TUNED))
    spent = [_time_once(manuscript, author) for _ in range(rounds)]
    return statistics.median(spent[2:]) * 1000 * 3000 / words


def _time_once(manuscript: Manuscript, author: Author) -> float:
    began = time.process_time()
    passages = read_passages(manuscript)
    redacted = redact(manuscript, find_author(passages, (author,)))
    after = read_passages(redacted, before=passages)
    group_flagged(after, find_doubtful(after, (author,), "Larkspur"), after=0)
    return time.process_time() - began


def _manuscript(lines: Iterable[str]) -> Manuscript:
    return Manuscript(tuple(Paragraph(Role.PARAGRAPH, (Run(line),)) for line in lines))


def main() -> None:
    samples = Path(sys.argv[1]) if len(sys.argv) > 1 else SAMPLES
    composed = HERE / "finding_essays.toml"
    texts = {"essays, recall ≥ .85": essays(composed)}
    if samples.is_dir():
        texts["legal, recall ≥ .98"] = legal(samples / "tab-train.jsonl")
        texts["web, recall ≥ .93"] = web(samples / "ewt-dev.iob2")
    print(
        "| other people’s names | mentions | recall | terms of names in 1,000 words | all terms | sure ones right |"
    )
    print("|---|---|---|---|---|---|")
    for label, known in texts.items():
        m = measure_names(known)
        per = 1000 / m.words
        print(
            f"| {label} | {m.mentions} | {m.found / m.mentions:.3f} | {m.name_terms * per:.1f} "
            f"| {m.terms * per:.1f} | {m.surely_right / max(m.sure, 1):.3f} |"
        )
    print("\n| what | planted | recall | precision |\n|---|---|---|---|")
    rows = {
        "author, forms tuned on": measure_authors(8, 1, TUNED),
        "author, sentences held out": measure_authors(8, 2, HELD_OUT),
        "structured identifiers": measure_identifiers(200, 1),
    }
    for label, (planted, found, marked, false) in rows.items():
        print(f"| {label} | {planted} | {found / planted:.4f} | {1 - false / marked:.4f} |")
    one_each = [known for at, known in enumerate(essays(composed)) if at % 6 == 0]
    print(f"\nDetection of author and others: {measure_cost(one_each):.1f} ms CPU for 3,000 words (≤ 25)")


if __name__ == "__main__":
    main()
