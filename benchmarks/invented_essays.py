"""Essays to measure with: sentences of the demo's essays drawn by lot, set as a Word document like the real ones."""

import io
import random
import re
from functools import cache
from pathlib import Path

from docx import Document
from docx.text.paragraph import Paragraph

from anonymiser.manuscript import Role, walk_paragraphs
from anonymiser.read import read

_ESSAYS = Path(__file__).parent.parent / "app" / "demo" / "essays"
_NOTE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


@cache
def sentences() -> tuple[str, ...]:
    found: list[str] = []
    for file in sorted(_ESSAYS.iterdir()):
        if file.suffix in {".docx", ".txt"}:
            for paragraph in walk_paragraphs(read(file.read_bytes()).manuscript):
                if paragraph.role is Role.PARAGRAPH:
                    found += re.findall(r"[A-Z“‘].+?[.?!][”’]?(?=\s|$)", " ".join(paragraph.text.split()))
    return tuple(sentence for sentence in found if len(sentence.split()) > 3)


def make_essay(words: int, seed: int) -> bytes:
    """Return a DOCX of about that many words: headings, emphasis, a list, a table, a quotation, references."""
    rng = random.Random(seed)
    document = Document()
    document.add_heading("On listening to what is not said", 0)
    counted, paragraphs = 0, 0
    while counted < words:
        if paragraphs % 7 == 0:
            document.add_heading(f"Part {paragraphs // 7 + 1}", 1)
        counted += _add_paragraph(document.add_paragraph(), rng)
        paragraphs += 1
        if paragraphs == 5:
            for _ in range(4):
                document.add_paragraph(rng.choice(sentences()), style="List Bullet")
        if paragraphs == 9:
            _add_table(document, rng)
        if paragraphs % 11 == 0:
            document.add_paragraph(rng.choice(sentences()), style="Quote")
    document.add_heading("References", 1)
    for number in range(1, 16):
        document.add_paragraph(
            f"{number}. Balint M. {rng.choice(sentences())} London: Pitman; 19{40 + number}."
        )
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _add_paragraph(paragraph: Paragraph, rng: random.Random) -> int:
    counted = 0
    for _ in range(rng.randint(5, 9)):
        sentence = rng.choice(sentences())
        counted += len(sentence.split())
        run = paragraph.add_run(f"{sentence} ")
        if rng.random() < 0.06:
            run.italic = True
        if rng.random() < 0.06:
            paragraph.add_run(str(rng.randint(1, 15))).font.superscript = True
    return counted


def _add_table(document: Document, rng: random.Random) -> None:  # type: ignore[valid-type]
    table = document.add_table(rows=5, cols=3)  # type: ignore[attr-defined]
    for row in table.rows:
        for cell in row.cells:
            cell.text = " ".join(rng.choice(sentences()).split()[:4])
