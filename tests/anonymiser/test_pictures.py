import io

from docx import Document
from PIL import Image

from anonymiser import Decision, Heading, anonymise, retypeset
from anonymiser.manuscript import Picture

HEADING = Heading(entry_number="4173", nom_de_plume="Larkspur")


def essay_with_pictures(colours):
    document = Document()
    document.add_paragraph("The room as it was set out that evening, seen from above.")
    for colour in colours:
        drawing = io.BytesIO()
        Image.new("RGB", (40, 30), colour).save(drawing, "PNG")
        document.add_picture(io.BytesIO(drawing.getvalue()))
        document.add_paragraph(f"Picture 1 is mentioned, and so is {colour}.")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_each_picture_is_flagged_for_a_person_to_look_at():
    result = anonymise(essay_with_pictures(["red", "blue"]), authors=(), heading=HEADING)
    assert [(f.text, f.action) for f in result.report.findings if f.kind == "picture"] == [
        ("Picture 1", "flagged"),
        ("Picture 2", "flagged"),
    ]


def test_picture_taken_out_leaves_its_stand_in_and_no_pixel():
    first = anonymise(essay_with_pictures(["red", "blue"]), authors=(), heading=HEADING).manuscript
    decision = Decision(term="Picture 1", stand_in="[a drawing]", kind="picture")
    result = retypeset(first, decisions=[decision], heading=HEADING)

    assert result.manuscript.images == first.images[1:]
    assert [block.image for block in result.manuscript.blocks if isinstance(block, Picture)] == [0]
    words = " ".join(block.text for block in result.manuscript.blocks if not isinstance(block, Picture))
    assert words.count("[a drawing]") == 1
    assert words.count("Picture 1 is mentioned") == 2
