"""Every script is drawn, and read back as it was written: by the verifier, by pdfium and by poppler."""

import shutil
import subprocess
import unicodedata

import pypdfium2
import pytest

from anonymiser import verify_reading_copy
from anonymiser.manuscript import Emphasis, Manuscript, Paragraph, Role, Run
from anonymiser.typeset import typeset
from anonymiser.typeset.drawable import make_drawable

WORDS = {
    "Greek": "ψυχή και ἄνθρωπος",
    "Cyrillic": "душа человека",
    "Hebrew": "שלום עולם זהו ניסוי",
    "Arabic": "قال الطبيب للمريض إن الأمر بسيط",
    "Devanagari": "नमस्ते दुनिया क्षत्रिय विद्यार्थी हिन्दी में कि",
    "Chinese": "医生说你好病人很好",
    "Japanese": "日本語のテキストです",
    "Korean": "한국어 텍스트도 있습니다",
    "mathematics": "∀x∈ℝ ∑ 𝐱² ≤ ∞ ½ ⅕ ⁹ H₂O",
    "beyond the first plane": "𝒜 😀 𝔹",
    "symbols": "✓ ☐ ★ → ⇒ ♫",
    "Latin with marks": "Łódź Čapek Şeref ỹ ǵ ŵ x̄",
}


def text(words, role=Role.PARAGRAPH):
    return Paragraph(role, (Run(words),))


def made(*paragraphs):
    return Manuscript(tuple(paragraphs))


def pdfium_text(pdf):
    return "\n".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(pdf))


def poppler_text(pdf):
    if shutil.which("pdftotext") is None:
        pytest.skip("poppler is not installed")
    return subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode()


def bare(words):
    """Without white space and the marks of direction that extractors put in."""
    return "".join(
        each
        for each in unicodedata.normalize("NFC", words)
        if not each.isspace() and each not in "\u202a\u202b\u202c\u200e\u200f"
    )


@pytest.mark.parametrize("script", WORDS)
@pytest.mark.parametrize("extract", [pdfium_text, poppler_text])
def test_a_script_is_drawn_and_extracted_as_it_reads(heading, script, extract):
    manuscript, lacking = make_drawable(made(text(f"Before {WORDS[script]} after.")))

    pdf = typeset(manuscript, heading).pdf

    assert lacking == ()
    assert verify_reading_copy(pdf, manuscript=manuscript, heading=heading) == []
    assert bare(WORDS[script]) in bare(extract(pdf))


@pytest.mark.parametrize("extract", [pdfium_text, poppler_text])
def test_words_stay_apart_and_in_order_when_extracted(heading, extract):
    words = "It was the first of May, and “nobody” spoke — not even Łukasz. " * 20

    pdf = typeset(made(text(words)), heading).pdf

    assert " ".join(words.split()) in " ".join(extract(pdf).split())


def test_a_line_of_hebrew_runs_from_right_to_left(heading):
    pdf = typeset(made(text("אבג דהו")), heading).pdf

    page = pypdfium2.PdfDocument(pdf)[0].get_textpage()
    places = {page.get_text_range(at, 1): page.get_charbox(at)[0] for at in range(page.count_chars())}
    assert places["א"] > places["ב"] > places["ד"] > 400


def test_numbers_and_english_within_arabic_keep_their_direction(heading):
    manuscript, _ = make_drawable(made(text("قال 123 Balint ثم (مرة) 45.")))

    pdf = typeset(manuscript, heading).pdf

    assert verify_reading_copy(pdf, manuscript=manuscript) == []
    assert "123" in pdfium_text(pdf)
    assert "Balint" in pdfium_text(pdf)


def test_right_to_left_words_longer_than_a_line_lose_nothing(heading):
    manuscript, _ = make_drawable(made(text("שלום" * 60), text("السلام" * 60, Role.TITLE), text("नमस्ते" * 60)))

    assert verify_reading_copy(typeset(manuscript, heading).pdf, manuscript=manuscript) == []


def test_joiners_within_persian_words_stay_and_zero_width_letters_elsewhere_go():
    drawable, _ = make_drawable(made(text("کتاب\u200cها and Ja\u200bne ☑\ufe0f")))

    assert drawable.blocks[0].text == "کتاب\u200cها and Jane ☑"


def test_bold_arabic_is_set_in_a_bold_face(heading):
    paragraph = Paragraph(Role.PARAGRAPH, (Run("مرحبا", frozenset({Emphasis.BOLD})),))

    assert b"NotoNaskhArabic-Bold" in typeset(made(paragraph), heading).pdf


@pytest.mark.parametrize("script", WORDS)
def test_every_script_gives_the_same_bytes_again(heading, script):
    manuscript, _ = make_drawable(made(text(WORDS[script])))

    assert typeset(manuscript, heading).pdf == typeset(manuscript, heading).pdf
