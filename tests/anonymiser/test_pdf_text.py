"""What is seen on a PDF's pages becomes paragraphs, headings, items and notes, in the order in which it is read."""

import io
from pathlib import Path

import pytest
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from anonymiser.manuscript import Emphasis, Paragraph, Role, Table
from anonymiser.read import read
from anonymiser.read.arrange import arrange
from anonymiser.read.pdf import read_pdf

SAMPLES = Path(__file__).parent / "samples"
FULL = (
    "The group met on Thursdays in a room above the library and nobody took notes while the presenter spoke about "
    "the patient she could not forget and the silence that followed was longer than any of us had known"
)


class Pages:
    """Draws lines of type, page by page."""

    def __init__(self, size=(595, 842)):
        self._out = io.BytesIO()
        self.canvas = Canvas(self._out, pagesize=size)

    def line(self, x, y, text, *, font="Times-Roman", size=12.0, rise=0.0):
        drawn = self.canvas.beginText(x, y)
        drawn.setFont(font, size)
        drawn.setRise(rise)
        drawn.textOut(text)
        self.canvas.drawText(drawn)
        return x + stringWidth(text, font, size)

    def paragraph(self, x, y, text, *, width=450.0, size=12.0, leading=14.0, indent=0.0, font="Times-Roman"):
        """Draw ragged lines and return where the next would stand."""
        line, room = "", width - indent
        left = x + indent
        for word in text.split():
            longer = f"{line} {word}".strip()
            if stringWidth(longer, font, size) > room:
                self.line(left, y, line, size=size, font=font)
                y -= leading
                line, room, left = word, width, x
            else:
                line = longer
        self.line(left, y, line, size=size, font=font)
        return y - leading

    def turn(self):
        self.canvas.showPage()

    def bytes(self):
        self.canvas.save()
        return self._out.getvalue()


def paragraphs(source):
    blocks = arrange(read_pdf(source).manuscript).blocks
    return [(block.role, block.text) for block in blocks if isinstance(block, Paragraph)]


def texts(source):
    return [text for _, text in paragraphs(source)]


def removed(source):
    return {each.what: each.count for each in read_pdf(source).removed}


def test_lines_become_paragraphs_told_by_distance():
    pages = Pages()
    below = pages.paragraph(72, 700, FULL)
    pages.paragraph(72, below - 8, FULL)

    assert texts(pages.bytes()) == [FULL, FULL]


def test_lines_become_paragraphs_told_by_indents():
    pages = Pages()
    below = pages.paragraph(72, 700, FULL + " and so on.", indent=18)
    pages.paragraph(72, below, FULL, indent=18)

    assert texts(pages.bytes()) == [FULL + " and so on.", FULL]


def test_a_double_spaced_manuscript_is_no_heap_of_single_lines():
    pages = Pages()
    pages.paragraph(72, 700, FULL, leading=27.6)

    assert texts(pages.bytes()) == [FULL]


def test_a_paragraph_goes_on_over_the_page_without_its_running_heads():
    pages = Pages()
    words = FULL.split() * 10
    for number in range(3):
        pages.line(72, 800, "On listening · Larkfield Surgery", size=9)
        pages.line(297, 40, str(number + 1), size=9)
        pages.paragraph(72, 720, " ".join(words[number * 100 : number * 100 + 100]))
        pages.turn()
    source = pages.bytes()

    assert "Larkfield" not in " ".join(texts(source))
    assert " ".join(texts(source)).split() == words[:300]
    assert removed(source)["Headers and footers"] == 3
    assert removed(source)["Page numbers"] == 3


def test_a_page_number_of_a_single_page_is_dropped():
    pages = Pages()
    pages.paragraph(72, 720, FULL)
    pages.line(290, 40, "Page 1 of 1")

    assert texts(pages.bytes()) == [FULL]


def wrapped(text, width, size):
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if stringWidth(longer, "Times-Roman", size) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def test_columns_are_read_one_after_the_other_in_whatever_order_they_were_drawn():
    text = " ".join([FULL] * 4)
    lines = wrapped(text, 210, 10)
    half = (len(lines) + 1) // 2
    drawn = [(72, 700 - 13 * at, line) for at, line in enumerate(lines[:half])]
    drawn += [(310, 700 - 13 * at, line) for at, line in enumerate(lines[half:])]
    pages = Pages()
    pages.line(72, 740, "A title that stands over both columns of the text", size=18)
    for x, y, line in sorted(drawn, key=lambda each: -each[1]):
        pages.line(x, y, line, size=10)

    assert texts(pages.bytes())[1:] == [text]


def test_words_divided_at_a_lines_end_are_joined_and_compounds_keep_their_hyphen():
    pages = Pages()
    for at, line in enumerate(
        [
            "In the consultation there was much that the doctor would have called psychothe-",
            "rapeutic, though she was a matter-of-fact person, and neither of the two was self-",
            "conscious about it. The well-meant advice of her trainer, and of the receptio-",
            "nist too, was to write it down, in 1957–58 as now, and to see www.example.org/a/",
            "page about it.",
        ]
    ):
        pages.line(72, 700 - 14 * at, line)

    text = " ".join(texts(pages.bytes()))

    assert "called psychotherapeutic, though" in text
    assert "matter-of-fact" in text
    assert "self-conscious" in text
    assert "well-meant" in text
    assert "receptionist too" in text
    assert "www.example.org/a/page about" in text


def test_notes_at_the_foot_are_linked_to_their_marks():
    pages = Pages()
    below = pages.paragraph(72, 700, FULL)
    end = pages.line(72, below, "He said nothing.")
    pages.line(end, below, "1", size=7, rise=4)
    pages.canvas.line(72, 120, 220, 120)
    mark = pages.line(72, 105, "1", size=6, rise=3)
    pages.line(mark + 2, 105, "He told me so himself.", size=10)
    pages.line(72, 93, "And I believed him.", size=10)

    manuscript = read_pdf(pages.bytes()).manuscript

    assert [run.note for block in manuscript.blocks for run in block.runs if run.note] == [1]
    assert (
        " ".join(block.text for block in manuscript.notes[0]) == "He told me so himself. And I believed him."
    )
    assert "himself" not in " ".join(block.text for block in manuscript.blocks)


def test_a_foot_without_a_mark_stays_in_the_text():
    pages = Pages()
    pages.paragraph(72, 700, FULL)
    mark = pages.line(72, 105, "7", size=6, rise=3)
    pages.line(mark + 2, 105, "Nobody refers to this.", size=10)

    manuscript = read_pdf(pages.bytes()).manuscript

    assert manuscript.notes == ()
    assert "Nobody refers to this." in manuscript.blocks[-1].text


def test_numbers_of_lines_in_the_margin_are_dropped():
    pages = Pages()
    lines = wrapped(" ".join([FULL] * 2), 430, 12)
    for at, line in enumerate(lines):
        pages.line(50 - stringWidth(str(at + 1), "Times-Roman", 9), 700 - 20 * at, str(at + 1), size=9)
        pages.line(72, 700 - 20 * at, line)
    source = pages.bytes()

    assert " ".join(texts(source)) == " ".join([FULL] * 2)
    assert removed(source)["Numbers of lines in the margin"] == len(lines)


def test_emphasis_headings_items_and_quotations_are_told_by_their_look():
    pages = Pages()
    pages.line(150, 760, "What the group heard", font="Times-Bold", size=20)
    pages.line(72, 720, "Beginnings", font="Times-Bold", size=14)
    end = pages.line(72, 695, "A sentence with ")
    end = pages.line(end, 695, "one word", font="Times-Italic")
    pages.line(end, 695, " in italics.")
    pages.line(72, 670, "•")
    pages.paragraph(
        90,
        670,
        "the first of two points, which is long enough that it needs another line and goes on",
        width=432,
    )
    pages.line(72, 642, "•")
    pages.line(90, 642, "the second")
    pages.paragraph(108, 610, FULL, width=370)
    pages.line(72, 540, "Endings", font="Times-Bold", size=14)
    pages.paragraph(72, 515, FULL)

    blocks = arrange(read_pdf(pages.bytes()).manuscript).blocks

    assert [block.role for block in blocks] == [
        Role.TITLE,
        Role.HEADING,
        Role.PARAGRAPH,
        Role.ITEM,
        Role.ITEM,
        Role.QUOTE,
        Role.HEADING,
        Role.PARAGRAPH,
    ]
    assert [(run.text, run.emphasis) for run in blocks[2].runs][1] == ("one word", {Emphasis.ITALIC})
    assert blocks[3].label == "•"
    assert blocks[3].text.endswith("another line and goes on")
    assert {block.level for block in blocks if block.role is Role.HEADING} == {1}


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_on_its_side_is_read_as_one_that_stands(turn):
    pages = Pages()
    pages.canvas.translate(*{90: (595, 0), 180: (595, 842), 270: (0, 595)}[turn])
    pages.canvas.rotate(turn)
    pages.canvas.setPageRotation(turn)
    pages.paragraph(72, 400, FULL, width=400)

    assert texts(pages.bytes()) == [FULL]


def test_words_beside_the_direction_of_the_page_are_kept():
    pages = Pages()
    pages.paragraph(72, 700, FULL)
    pages.canvas.rotate(90)
    pages.line(300, -560, "said in the margin")

    assert texts(pages.bytes()) == [FULL, "said in the margin"]


def test_a_table_drawn_with_lines_is_a_table():
    pages = Pages()
    pages.paragraph(72, 760, FULL)
    for x in (72, 200, 400):
        pages.canvas.line(x, 600, x, 680)
    for y in (600, 660, 680):
        pages.canvas.line(72, y, 400, y)
    pages.line(76, 666, "Week")
    pages.line(204, 666, "What was said")
    pages.line(76, 646, "The first")
    pages.line(204, 646, "Nothing at all, and for")
    pages.line(204, 632, "a long time")
    pages.paragraph(72, 560, FULL)

    blocks = arrange(read_pdf(pages.bytes()).manuscript).blocks

    assert isinstance(blocks[1], Table)
    assert [
        [" / ".join(paragraph.text for paragraph in cell.blocks) for cell in row] for row in blocks[1].rows
    ] == [["Week", "What was said"], ["The first", "Nothing at all, and for a long time"]]
    assert (blocks[0].text, blocks[2].text) == (FULL, FULL)


def test_a_frame_around_a_paragraph_is_no_table():
    pages = Pages()
    pages.canvas.rect(60, 600, 480, 130)
    pages.paragraph(72, 700, FULL)

    assert texts(pages.bytes()) == [FULL]


def test_a_chart_is_named_and_shaded_words_are_none():
    pages = Pages()
    y = pages.paragraph(72, 760, FULL)
    for number in range(6):
        pages.canvas.rect(90 + 60 * number, 300, 40, 20 + 25 * number, fill=1)
        pages.line(100 + 60 * number, 285, str(2019 + number))
    pages.turn()
    for number in range(6):
        pages.canvas.setFillGray(0.9)
        pages.canvas.rect(70, y - 60 * number - 8, 460, 30, fill=1, stroke=0)
        pages.canvas.setFillGray(0)
        pages.line(72, y - 60 * number, f"A shaded line of words, number {number}")

    assert removed(pages.bytes())["Drawings, which could not be kept"] == 1


def test_hebrew_and_arabic_read_to_the_left_and_other_scripts_to_the_right():
    text = " ".join(texts((SAMPLES / "pdf-scripts.pdf").read_bytes()))

    assert "הרופא הקשיב למטופל במשך שעה" in text
    assert "استمع الطبيب إلى المريض" in text
    assert "Ο γιατρός άκουγε τον ασθενή" in text
    assert "Врач слушал пациента" in text


def test_no_word_of_a_long_essay_is_lost_or_moved():
    pages = Pages()
    words = [f"{word}{number}" for number in range(40) for word in FULL.split()]
    lines = wrapped(" ".join(words), 215, 10)
    for start in range(0, len(lines), 100):
        for at, line in enumerate(lines[start : start + 100]):
            column, row = divmod(at, 50)
            pages.line(72 + 235 * column, 760 - 14 * row, line, size=10)
        pages.turn()

    assert " ".join(texts(pages.bytes())).split() == words


@pytest.mark.parametrize("producer", ["libreoffice", "chromium"])
def test_a_printed_essay_reads_like_the_document_it_was_printed_from(producer):
    printed = arrange(read_pdf((SAMPLES / f"pdf-{producer}.pdf").read_bytes()).manuscript)
    original = read((SAMPLES / "libreoffice.docx").read_bytes()).manuscript

    def told(manuscript, role):
        return [
            block.text for block in manuscript.blocks if isinstance(block, Paragraph) and block.role is role
        ]

    for role in (Role.TITLE, Role.ITEM):
        assert told(printed, role) == told(original, role)
    assert told(printed, Role.REFERENCE)[:2] == told(original, Role.REFERENCE)
    if producer == "libreoffice":
        assert [note[0].text for note in printed.notes] == [note[0].text for note in original.notes]


def test_samples_from_the_wild_are_read_or_refused(wild):
    from anonymiser import Refused

    read_whole, refused = 0, []
    for file in sorted((wild / "pypdf-samples").glob("*.pdf")):
        if "GeoTopo" in file.name:
            continue  # a hundred pages of a textbook: too slow for every run
        try:
            read_pdf(file.read_bytes())
            read_whole += 1
        except Refused as refusal:
            refused.append(refusal.code.value)

    assert read_whole >= 20
    assert sorted(set(refused)) == ["encrypted", "scanned", "unreadable"]
