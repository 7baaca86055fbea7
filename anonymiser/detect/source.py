"""The text in which is looked: each paragraph folded once, with its words, and where it stands."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from anonymiser.detect.fold import Folded, Token, fold
from anonymiser.manuscript import Manuscript, Paragraph, Role, paragraphs_in, walk_paragraphs
from anonymiser.references import reads_as_reference

_NEAR_BEGINNING = 8
_NEAR_END = 6


@dataclass(frozen=True, slots=True, repr=False)
class Passage:
    """A paragraph as the detectors see it.

    `outer`: where names stand that belong to no story, bylines and signatures; `note`: it belongs to a note;
    `is_reference`: it cites. A signature that has slipped into the list of references is text like any other.
    `spelt`: the word of each token; `words`: each once, for telling quickly that something isn't there.
    """

    index: int
    paragraph: Paragraph
    text: str
    folded: Folded
    tokens: list[Token]
    spelt: list[str]
    words: frozenset[str]
    outer: bool
    note: bool
    is_reference: bool

    def places(self, word: str) -> Iterator[int]:
        """Yield the index of each token that says a word."""
        at = -1
        for _ in range(self.spelt.count(word)):
            at = self.spelt.index(word, at + 1)
            yield at

    def between(self, before: Token, after: Token) -> str:
        return self.text[before.end : after.start]


def read_passages(manuscript: Manuscript, before: Iterable[Passage] = ()) -> list[Passage]:
    """Read a manuscript; what `before` has read already, of an earlier state of it, isn't read again."""
    known = {passage.text: passage for passage in before}
    paragraphs = list(walk_paragraphs(manuscript))
    body = len(list(paragraphs_in(manuscript.blocks)))
    in_notes = body + sum(len(list(paragraphs_in(note))) for note in manuscript.notes)
    outer = _outer_paragraphs(paragraphs, body)
    passages = []
    for index, paragraph in enumerate(paragraphs):
        text = paragraph.text
        if (same := known.get(text)) is not None:
            folded, tokens, spelt, words = same.folded, same.tokens, same.spelt, same.words
        else:
            folded = fold(text)
            tokens = folded.tokens()
            spelt = [token.word for token in tokens]
            words = frozenset(spelt)
        is_reference = paragraph.role is Role.REFERENCE and reads_as_reference(text)
        passages.append(
            Passage(
                index,
                paragraph,
                text,
                folded,
                tokens,
                spelt,
                words,
                outer=index in outer or (paragraph.role is Role.REFERENCE and not is_reference),
                note=body <= index < in_notes,
                is_reference=is_reference,
            )
        )
    return passages


def _outer_paragraphs(paragraphs: list[Paragraph], body: int) -> frozenset[int]:
    """Find the first paragraphs, the last before and after the references, and the whole statement."""
    text = [at for at in range(body) if paragraphs[at].role is not Role.REFERENCE]
    first_reference = next((at for at in range(body) if paragraphs[at].role is Role.REFERENCE), body)
    before = [at for at in text if at < first_reference]
    after = [at for at in text if at > first_reference]
    return frozenset([*text[:_NEAR_BEGINNING], *before[-_NEAR_END:], *after, *range(body, len(paragraphs))])
