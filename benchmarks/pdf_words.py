"""How many words of a PDF are read, in their order: essays set by several programs in one and in two columns.

    python -m benchmarks.pdf_words [FOLDER]    prints the figures; keeps the PDFs in FOLDER

LibreOffice, pandoc and Chromium are used where they are installed.
"""

import difflib
import io
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from anonymiser.manuscript import Manuscript, walk_paragraphs
from anonymiser.read.arrange import arrange
from anonymiser.read.pdf import read_pdf
from benchmarks.invented_essays import sentences

_LEADING, _SIZE, _FONT = 13.0, 10.0, "Times-Roman"


@dataclass(frozen=True)
class Essay:
    """`parts` are (kind, words): "heading", "paragraph", "quote", "item"; `notes` stand behind the paragraph named."""

    parts: tuple[tuple[str, str], ...]
    notes: dict[int, str]

    def words(self, *, with_notes: bool) -> list[str]:
        texts = [text for _, text in self.parts]
        if with_notes:
            texts += self.notes.values()
        return bare_words(" ".join(texts))


def bare_words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+(?:['-][^\W_]+)*", text.replace("’", "'"))


def make_essay(words: int, seed: int) -> Essay:
    rng = random.Random(seed)
    parts: list[tuple[str, str]] = [("heading", "What the group heard")]
    notes: dict[int, str] = {}
    counted = 0
    while counted < words:
        if rng.random() < 0.1 and counted:
            parts.append(("heading", f"Part {len(parts)}"))
        kind = rng.choices(("paragraph", "quote", "item"), (0.84, 0.08, 0.08))[0]
        chosen = [
            rng.choice(sentences())
            for _ in range(rng.randint(3, 8) if kind == "paragraph" else rng.randint(1, 3))
        ]
        parts.append((kind, " ".join(" ".join(chosen).split())))
        counted += len(parts[-1][1].split())
        if kind == "paragraph" and rng.random() < 0.2:
            notes[len(parts) - 1] = rng.choice(sentences())
    return Essay(tuple(parts), notes)


def as_markdown(essay: Essay) -> str:
    marks = {"heading": "## ", "paragraph": "", "quote": "> ", "item": "- "}
    lines = []
    for at, (kind, text) in enumerate(essay.parts):
        note = f"^[{_plain(essay.notes[at])}]" if at in essay.notes else ""
        lines.append(f"{marks[kind]}{_plain(text)}{note}")
    return "\n\n".join(lines)


def _plain(text: str) -> str:
    return re.sub(r"([*_`\[\]^~<>#\\@$])", r"\\\1", text)


def as_html(essay: Essay, columns: int) -> str:
    tags = {"heading": "h2", "paragraph": "p", "quote": "blockquote", "item": "li"}
    body = "".join(f"<{tags[kind]}>{text}</{tags[kind]}>" for kind, text in essay.parts)
    style = "font: 11pt serif; text-align: justify; hyphens: auto;" + (
        f" columns: {columns};" if columns > 1 else ""
    )
    return f'<html lang="en-GB"><meta charset="utf-8"><body><div style="{style}">{body}</div></body></html>'


def by_libreoffice(essay: Essay, folder: Path, columns: int, *, double: bool = False) -> bytes:
    source = folder / "essay.docx"
    _run("pandoc", "-f", "markdown", "-o", str(source), stdin=as_markdown(essay))
    document = Document(str(source))
    section = document.element.body.get_or_add_sectPr()
    for old in section.findall(qn("w:cols")):
        section.remove(old)
    cols = OxmlElement("w:cols")
    cols.set(qn("w:num"), str(columns))
    cols.set(qn("w:space"), "500")
    section.append(cols)
    document.sections[0].header.paragraphs[0].text = "An entry for the prize"
    document.sections[0].footer.paragraphs[0].text = "Set for the measuring"
    if double:
        for paragraph in document.paragraphs:
            paragraph.paragraph_format.line_spacing = 2.0
    document.save(str(source))
    _run(
        "soffice",
        f"-env:UserInstallation=file://{folder}/profile",
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(folder),
        str(source),
    )
    return (folder / "essay.pdf").read_bytes()


def by_chromium(essay: Essay, folder: Path, columns: int) -> bytes:
    source = folder / "essay.html"
    source.write_text(as_html(essay, columns), encoding="utf-8")
    _run(
        "chromium",
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        f"--print-to-pdf={folder / 'chromium.pdf'}",
        source.as_uri(),
    )
    return (folder / "chromium.pdf").read_bytes()


def by_hand(essay: Essay, columns: int, *, rows_first: bool = False) -> bytes:
    """Set with ReportLab, justified and hyphenated; `rows_first` writes the lines across the columns."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 842))
    width = (595 - 2 * 60 - 18 * (columns - 1)) / columns
    lines = list(_set_lines(essay, width))
    each = 52
    for page in range(0, len(lines), each * columns):
        drawn = [
            (60 + column * (width + 18), 770 - row * _LEADING, lines[page + column * each + row])
            for column in range(columns)
            for row in range(each)
            if page + column * each + row < len(lines)
        ]
        if rows_first:
            drawn.sort(key=lambda line: -line[1])
        for x, y, (text, size, indent, stretch) in drawn:
            line = canvas.beginText(x + indent, y)
            line.setFont(_FONT, size)
            line.setWordSpace(stretch)
            line.textOut(text)
            canvas.drawText(line)
        canvas.setFont(_FONT, 9)
        canvas.drawCentredString(297, 800, "An entry for the prize")
        canvas.drawCentredString(297, 40, str(page // (each * columns) + 1))
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _set_lines(essay: Essay, width: float) -> Iterator[tuple[str, float, float, float]]:
    """Yield text, size of type, indent and added word space of each line."""
    for kind, written in essay.parts:
        text = written.encode("cp1252", "ignore").decode("cp1252")
        if kind == "heading":
            yield text, _SIZE + 3, 0.0, 0.0
            continue
        indent = 12.0 if kind == "paragraph" else 0.0
        line: list[str] = []
        for word in text.split():
            room = width - indent - stringWidth(" ".join([*line, ""]), _FONT, _SIZE)
            if stringWidth(word, _FONT, _SIZE) <= room:
                line.append(word)
                continue
            rest = word
            for cut in range(len(word) - 3, 2, -1):
                if word.isalpha() and stringWidth(word[:cut] + "-", _FONT, _SIZE) <= room:
                    line.append(word[:cut] + "-")
                    rest = word[cut:]
                    break
            full = " ".join(line)
            yield (
                full,
                _SIZE,
                indent,
                (width - indent - stringWidth(full, _FONT, _SIZE)) / max(1, len(line) - 1),
            )
            line, indent = [rest], 0.0
        yield " ".join(line), _SIZE, indent, 0.0


def _run(*command: str, stdin: str = "") -> None:
    subprocess.run(command, input=stdin.encode(), check=True, capture_output=True, timeout=180)


def measure(words: list[str], source: bytes) -> tuple[float, float, float, Manuscript]:
    """Return how much of the words is read in order, how much of what is read belongs there, and CPU seconds."""
    began = time.process_time()
    manuscript = arrange(read_pdf(source).manuscript)
    spent = time.process_time() - began
    read = bare_words(" ".join(paragraph.text for paragraph in walk_paragraphs(manuscript)))
    matched = sum(
        block.size
        for block in difflib.SequenceMatcher(None, words, read, autojunk=False).get_matching_blocks()
    )
    return matched / max(1, len(words)), matched / max(1, len(read)), spent, manuscript


def _makers(folder: Path) -> dict[str, tuple[Callable[[Essay], bytes], bool]]:
    """Return by name how an essay is set, and whether its notes are."""
    makers: dict[str, tuple[Callable[[Essay], bytes], bool]] = {
        "by hand, one column": (lambda essay: by_hand(essay, 1), False),
        "by hand, two columns": (lambda essay: by_hand(essay, 2), False),
        "by hand, two, rows first": (lambda essay: by_hand(essay, 2, rows_first=True), False),
    }
    if shutil.which("soffice") and shutil.which("pandoc"):
        makers["LibreOffice, one column"] = (lambda essay: by_libreoffice(essay, folder, 1), True)
        makers["LibreOffice, two columns"] = (lambda essay: by_libreoffice(essay, folder, 2), True)
        makers["LibreOffice, double-spaced"] = (
            lambda essay: by_libreoffice(essay, folder, 1, double=True),
            True,
        )
    if shutil.which("chromium"):
        makers["Chromium, one column"] = (lambda essay: by_chromium(essay, folder, 1), False)
        makers["Chromium, two columns"] = (lambda essay: by_chromium(essay, folder, 2), False)
    return makers


def main() -> None:
    keep = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    print(f"{'set':30} {'in order':>9} {'belongs':>9} {'paragraphs':>12} {'CPU ms':>8}")
    with tempfile.TemporaryDirectory() as scratch:
        for name, (make, with_notes) in _makers(Path(scratch)).items():
            for seed in (1, 2):
                essay = make_essay(3000, seed)
                source = make(essay)
                if keep:
                    keep.mkdir(exist_ok=True)
                    (keep / f"{name.replace(', ', '-').replace(' ', '-')}-{seed}.pdf").write_bytes(source)
                words = essay.words(with_notes=with_notes)
                measure(words, source)
                recall, precision, spent, manuscript = measure(words, source)
                blocks = f"{len(manuscript.blocks)}/{len(essay.parts)}"
                print(f"{name:30} {recall:9.4f} {precision:9.4f} {blocks:>12} {spent * 1000:8.1f}")


if __name__ == "__main__":
    main()
