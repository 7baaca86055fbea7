"""Files broken at random: each is a reading copy or a refusal in words, never a crash."""

# ruff: noqa: E501 - XML and sentences of essays are not broken

import io
import random
import zipfile

import pytest

from anonymiser import Author, Heading, Refused, anonymise

AUTHORS = (Author(name="Jane Okonkwo", emails=("jane@example.org",)),)
RUNS = 150


def mutate(data, chance):
    mutated = bytearray(data)
    for _ in range(chance.randint(1, 12)):
        at = chance.randrange(len(mutated))
        action = chance.randrange(4)
        if action == 0:
            mutated[at] = chance.randrange(256)
        elif action == 1:
            del mutated[at : at + chance.randrange(1, 30)]
        elif action == 2:
            mutated[at:at] = mutated[at : at + chance.randrange(1, 60)]
        else:
            mutated[at:at] = chance.choice(
                [b"<w:p>", b"</w:r>", b"\x00", b"&amp;", b"<w:tbl/>", b"999999999999", b"-1"]
            )
        if not mutated:
            return b"x"
    return bytes(mutated)


def attempt(source):
    try:
        anonymise(source, authors=AUTHORS, heading=Heading("1", "L"))
    except Refused as refused:
        assert refused.message  # noqa: PT017 - either end is right


@pytest.fixture
def whole(docx, para):
    styles = '<w:styles {ns}><w:style w:type="paragraph" w:styleId="T"><w:name w:val="Title"/></w:style></w:styles>'
    body = para("Title", '<w:pStyle w:val="T"/>') + para("Words by Jane Okonkwo. " * 5) + (
        f"<w:tbl><w:tr><w:tc>{para('cell')}</w:tc></w:tr></w:tbl>"
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/><w:instrText>AUTHOR</w:instrText><w:fldChar w:fldCharType="separate"/>'
        '<w:t>x</w:t><w:fldChar w:fldCharType="end"/><w:footnoteReference w:id="2"/></w:r></w:p>'
    )  # fmt: skip
    note = f'<w:footnotes {{ns}}><w:footnote w:id="2">{para("note")}</w:footnote></w:footnotes>'
    return docx(body, {"word/styles.xml": styles, "word/footnotes.xml": note})


def test_broken_packages(whole):
    chance = random.Random(4173)
    for _ in range(RUNS):
        attempt(mutate(whole, chance))


def test_broken_parts_in_sound_packages(whole):
    chance = random.Random(1957)
    with zipfile.ZipFile(io.BytesIO(whole)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    for _ in range(RUNS):
        broken = dict(parts)
        name = chance.choice(sorted(parts))
        broken[name] = mutate(parts[name], chance)
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as package:
            for part, data in broken.items():
                package.writestr(part, data)
        attempt(out.getvalue())


def test_broken_texts():
    chance = random.Random(2024)
    text = b"# Title\n\nWords *by* Jane Okonkwo, jane@example.org[^1] | a |\n|---|\n| b |\n\n> q\n\n1. x\n\n[^1]: n\n"
    for _ in range(RUNS):
        attempt(mutate(text, chance))
