# ruff: noqa: E501 - XML and sentences of essays are not broken

import json

import pytest

from anonymiser import Action, Author, Heading, Subject, anonymise, dump_manuscript
from anonymiser.manuscript import walk_paragraphs

OPENING = "On listening\n\nThis essay begins with a paragraph that is long enough to be one, and it names nobody at all.\n\n"
CLOSING = "\n\nIt goes on for a while after that, so that nothing here stands at an end.\n\n" + "\n\n".join(
    f"Paragraph {number} says that the group met again, and that it was quiet." for number in range(8)
)


def redact(sentence, author, *, after=CLOSING):
    made = anonymise(
        f"{OPENING}{sentence}{after}".encode(), authors=(author,), heading=Heading("1", "Larkspur")
    )
    return "\n".join(paragraph.text for paragraph in walk_paragraphs(made.manuscript)), made


NAMES = {
    "whole": "as Jane Okonkwo wrote then",
    "with title": "as Dr Jane Okonkwo wrote then",
    "title and surname": "and Dr. Okonkwo was asked",
    "with middle name": "as Jane Mary Okonkwo wrote",
    "with middle initial": "as Jane M. Okonkwo wrote",
    "initials": "as J. M. Okonkwo wrote",
    "initials together": "as JM Okonkwo wrote",
    "reversed": "under Okonkwo, Jane in the list",
    "reversed initials": "under Okonkwo JM in the list",
    "reversed dotted": "under Okonkwo, J.M., in the list",
    "capitals": "signed JANE OKONKWO there",
    "small letters": "the file jane okonkwo wrote",
    "possessive": "in Jane Okonkwo’s group",
    "surname possessive": "in Okonkwo's group",
    "surname alone": "when Okonkwo spoke up",
    "two lines": "as Jane\nOkonkwo wrote then",
    "soft hyphen": "as Jane Okon\u00adkwo wrote",
    "zero width": "as Ja\u200bne Okon\u200bkwo wrote",
    "no-break space": "as Jane\u00a0Okonkwo wrote",
    "accents": "as Jané Okónkwo wrote",
    "decomposed": "as Jane Oko\u0301nkwo wrote",
    "look-alikes": "as Jаne Оkоnkwо wrote",
    "full width": "as Ｊａｎｅ Ｏｋｏｎｋｗｏ wrote",
    "degrees": "by Dr Jane Okonkwo MRCGP, who",
    "speech": "“Jane, what did you feel?” he asked",
    "speech at the end": "“What did you feel, Jane?” he asked",
    "greeting": "He said hello Jane, and sat",
    "being called": "They called me Jane, all of them",
    "introduction": "My name is Jane. I was late",
    "nickname": "“Janie, sit down!” he said",
    "other name": "as Jane Brennan wrote then",
    "other surname": "when Dr Brennan spoke",
    "dotted initials": "the notes of J.M.O. were lost",
    "initials of the author": "the first author (JMO) coded it",
    "underscores": "the file jane_okonkwo was open",
    "handle": "follow @janeokonkwo there",
    "site": "at https://www.janeokonkwo.co.uk/about today",
    "hyphenated over a line": "as Jane Okon-\nkwo wrote",
    "letters apart": "as J a n e  O k o n k w o wrote",
    "letters apart with dots": "as J·A·N·E O·K·O·N·K·W·O wrote",
    "letters apart after a degree": "by D r  J. O k o n k w o wrote",
    "small capitals": "as ᴊᴀɴᴇ ᴏᴋᴏɴᴋᴡᴏ wrote",
    "with the number of an affiliation": "as Jane Okonkwo1,2* wrote",
    "with a raised number": "as Jane Okonkwo² wrote",
    "nickname between": "as Jane “Janie” Okonkwo wrote",
    "maiden name between": "as Jane (née Brennan) Okonkwo wrote",
    "in brackets": "as Jane (Okonkwo) wrote",
    "in columns": "as Jane | Okonkwo wrote",
    "surname shared": "as Jane and Peter Okonkwo wrote",
    "surname shared by &": "as Jane & P. Okonkwo wrote",
    "family": "at the Okonkwos’ house",
    "dot without a space": "in Jane.Okonkwo there",
    "double surname": "as Jane Okonkwo-Brennan wrote",
    "initials of all but the surname": "as Jane M O wrote",
    "year and name in one": "©2024JaneOkonkwo there",
    "other e-mail with a number": "at jane.m.okonkwo3@example.org there",
}


@pytest.mark.parametrize("variant", NAMES)
def test_every_form_of_the_name_is_redacted(author, variant):
    text, made = redact(f"I remember {NAMES[variant]}, and so it was.", author)

    plain = text.casefold()
    for part in (
        "okonkwo",
        "jane",
        "janie",
        "brennan",
        "okónkwo",
        "jmo",
        "j.m.o",
        "ｊａｎｅ",
        "оkоnkwо",
        "kwo",
    ):
        assert part not in plain
    assert any(f"[{what}" in text for what in ("the author", "a web address", "an e-mail address"))
    assert "k w o" not in plain
    assert "ᴊᴀɴᴇ" not in plain
    assert made.report.words > 20


CONTACTS = {
    "e-mail": "write to jane.okonkwo@larkfieldsurgery.nhs.uk for it",
    "e-mail in capitals": "write to Jane.Okonkwo@LarkfieldSurgery.nhs.uk for it",
    "e-mail spelt out": "write to jane dot okonkwo at larkfieldsurgery dot nhs dot uk for it",
    "e-mail in brackets": "write to jane.okonkwo [at] larkfieldsurgery [dot] nhs [dot] uk for it",
    "other e-mail of the name": "write to j.okonkwo@example.org for it",
    "site of the host": "see www.larkfieldsurgery.nhs.uk/team for it",
    "phone": "ring 07700 900123 for it",
    "phone in groups": "ring 07700-900-123 for it",
    "phone abroad": "ring +44 (0)7700 900 123 for it",
    "phone unspaced": "ring 00447700900123 for it",
    "phone spoken": "ring oh seven seven double oh nine double oh one two three for it",
    "workplace": "we met at Larkfield Surgery for it",
    "workplace shortened": "we met at the Larkfield Practice for it",
    "workplace part": "we met at Queens College for it",
    "workplace acronym": "we met at QCDGP for it",
    "address": "we met at 14 Larkfield Road for it",
    "address whole": "we met at 14 Larkfield Road, Sheffield, S10 2AB for it",
    "postcode": "we met in S10 2AB for it",
    "postcode unspaced": "we met in s102ab for it",
    "orcid": "see 0000-0002-1825-0097 for it",
    "orcid address": "see https://orcid.org/0000-0002-1825-0097 for it",
    "registration": "see GMC 1234567 for it",
    "registration long": "see GMC number: 1234567 for it",
    "registration bare": "see 1234567 for it",
    "registration as a consultant’s code": "see C1234567 for it",
    "workplace as one word": "follow @LarkfieldSurgery for it",
    "workplace partly abbreviated": "we met at Queens CDGP for it",
}


@pytest.mark.parametrize("variant", CONTACTS)
def test_every_notation_of_contacts_is_redacted(author, variant):
    text, _ = redact(f"Please {CONTACTS[variant]}, if at all.", author)

    plain = text.casefold()
    for part in (
        "okonkwo",
        "larkfield",
        "900",
        "double oh",
        "queens",
        "qcdgp",
        "s10",
        "s102ab",
        "1825",
        "1234567",
    ):
        assert part not in plain
    assert text.count("[a") >= 1


@pytest.mark.parametrize(
    "sentence",
    [
        "A rose stood by the bed on the ward, and she rose to close the window.",
        "Rosemary and thyme grew there. The Ward Sister was late; every ward is.",
        "He was a freudian, if anything, and quoted Freud on wards and roses.",
        "The Sister rose to go, and the Nurse ward by ward went after her.",
    ],
)
def test_a_name_that_is_a_word_is_left_where_it_is_a_word(sentence):
    text, _ = redact(sentence, Author(name="Rose Ward"))

    assert sentence in text


@pytest.mark.parametrize(
    "sentence",
    ["I, Rose Ward, was there.", "So Dr Ward was there.", "As R. Ward said.", "“Rose, sit down,” he said."],
)
def test_a_name_that_is_a_word_is_redacted_where_it_is_a_name(sentence):
    text, _ = redact(sentence, Author(name="Rose Ward"))

    assert "[the author]" in text
    assert "Ward" not in text


def test_a_name_that_is_a_word_is_flagged_in_doubt():
    _, made = redact("And then I saw Rose standing there.", Author(name="Rose Ward"))

    flagged = [finding for finding in made.report.findings if finding.subject is Subject.AUTHOR]
    assert [(finding.text, finding.action) for finding in flagged] == [("Rose", Action.FLAGGED)]


REFERENCES = """

References

1. Balint M. The doctor, his patient and the illness. London: Pitman; 1957.
2. Okonkwo JM, Brown P. Listening in the dark. J Balint Soc 2015;43:12-4.
3. Okonkwo P. Something else entirely. Lancet 2001;1:2.
"""


def test_a_reference_to_own_work_goes_whole_and_with_it_its_citations(author):
    text, made = redact(
        "As Okonkwo and Brown (2015) showed, and Balint (1957) before.", author, after=REFERENCES
    )

    assert "[a reference to the author's own work]" in text
    assert "Listening in the dark" not in text
    assert "43:12" not in text
    assert "Okonkwo P. Something else" in text
    assert "Balint (1957)" in text
    assert made.report.references == 3


@pytest.mark.parametrize(
    "reference",
    [
        "Brown P. A letter to Jane Okonkwo. Lancet 2001;1:2.",
        "Brown P. Listening. With Jane Okonkwo’s answer. Lancet 2001;1:2.",
        "Balint M. The doctor, his patient and the illness. London: Pitman; 1957.",
    ],
)
def test_a_reference_is_own_work_only_where_the_author_is_its_author(author, reference):
    text, made = redact("I read it.", author, after=f"\n\nReferences\n\n1. {reference}\n")

    assert "self_citation" not in {finding.kind for finding in made.report.findings}
    assert reference.split(".")[0].split(" to ")[0] in text
    assert "Okonkwo" not in text


@pytest.mark.parametrize(
    "reference",
    [
        "Okonkwo JM. Listening in the dark. Lancet 2001;1:2.",
        "Okonkwo, J., & Brown, P. (2001). Listening in the dark. Lancet, 1, 2.",
        "Jane Okonkwo. Listening in the dark. London, 2001.",
        "Okonkwo, Jane. Listening in the dark. London, in press.",
        "J. Okonkwo and P. Brown, Listening in the dark. London, 2001.",
    ],
)
def test_own_work_is_known_in_every_style_of_reference(author, reference):
    text, _ = redact("I read it.", author, after=f"\n\nReferences\n\n1. {reference}\n")

    assert "Listening in the dark" not in text
    assert "Okonkwo" not in text


def test_a_signature_with_its_address_after_the_references_is_redacted(author):
    signature = "Jane Okonkwo, Larkfield Surgery, 14 Larkfield Road\njane.okonkwo@larkfieldsurgery.nhs.uk"

    text, made = redact("I read it.", author, after=REFERENCES + "\n" + signature + "\n")

    assert "arkfield" not in text
    assert "jane" not in text.casefold()
    assert made.report.references == 3


def test_an_author_called_like_a_classic_keeps_the_classic():
    author = Author(name="Maria Balint")

    text, _ = redact("Balint (1957) said so, and I, Maria Balint, agree.", author, after=REFERENCES)

    assert "Balint (1957) said so" in text
    assert "Balint M. The doctor" in text
    assert "Maria" not in text


def test_a_byline_goes_and_the_title_stays(author):
    source = (
        "On listening\n\nby Dr Jane Okonkwo, MRCGP\n\nThe essay itself begins here and goes on for a bit.\n\n"
    )

    made = anonymise(source.encode(), authors=(author,), heading=Heading("1", "Larkspur"))

    assert [paragraph.text for paragraph in walk_paragraphs(made.manuscript)] == [
        "On listening",
        "The essay itself begins here and goes on for a bit.",
    ]
    assert made.report.title == "On listening"


def test_brackets_of_the_author_are_no_byline(heading):
    made = anonymise(b"[0]\n\nEssay [sic].\n\n[...]", authors=(), heading=heading)

    assert [paragraph.text for paragraph in walk_paragraphs(made.manuscript)] == [
        "[0]",
        "Essay [sic].",
        "[...]",
    ]


def test_a_signature_is_redacted_even_as_a_first_name(author):
    text, _ = redact("The end.", author, after="\n\nJane")

    assert text.endswith("[the author]")


def test_the_statement_is_redacted_too_and_not_counted(author):
    without = anonymise(OPENING.encode(), authors=(author,), heading=Heading("1", "L"))

    made = anonymise(
        OPENING.encode(), authors=(author,), heading=Heading("1", "L"), statement="Jane Okonkwo used none."
    )

    assert [block.text for block in made.manuscript.statement] == ["[the author] used none."]
    assert made.report.words == without.report.words
    assert b"Okonkwo" not in made.pdf


def test_a_name_split_over_runs_is_redacted_and_its_emphasis_kept(docx, author, heading):
    runs = "".join(
        f"<w:r><w:rPr>{properties}</w:rPr><w:t xml:space='preserve'>{text}</w:t></w:r>"
        for properties, text in (("", "I, Ja"), ("<w:i/>", "ne Oko"), ("<w:b/>", "nkwo, say"), ("", " so."))
    )

    made = anonymise(docx(f"<w:p>{runs}</w:p>"), authors=(author,), heading=heading)

    block = made.manuscript.blocks[0]
    assert [run.text for run in block.runs] == ["I, [the author]", ", say", " so."]


def test_certain_findings_keep_neither_text_nor_context(author):
    text, made = redact("I am Jane Okonkwo of Larkfield Surgery; ring 07700 900123. Mr Dunmore did.", author)

    everything = text + json.dumps(made.report.as_json("x")) + dump_manuscript(made.manuscript).decode()
    assert "Okonkwo" not in everything
    assert "900123" not in everything
    redacted = [finding for finding in made.report.findings if finding.action is Action.REDACTED]
    assert {finding.kind for finding in redacted} == {"name", "workplace", "phone"}
    assert all(not finding.text and not finding.context and finding.places for finding in redacted)


def test_several_authors_are_all_redacted(author):
    other = Author(name="Oluwaseun Adebayo-Smith")

    made = anonymise(
        f"{OPENING}Jane Okonkwo and Oluwaseun Adebayo-Smith wrote this; Oluwaseun more of it.".encode(),
        authors=(author, other),
        heading=Heading("1", "Larkspur"),
    )

    text = made.manuscript.blocks[-1].text
    assert text == "[the author] wrote this; [the author] more of it."


def test_a_nom_de_plume_like_the_name_stays_in_the_running_head(author):
    made = anonymise(OPENING.encode(), authors=(author,), heading=Heading("4173", "Jane’s Lark"))

    assert made.report.verified


def test_no_repr_tells_a_name_or_a_word(author):
    _, made = redact("I am Jane Okonkwo and so on.", author)

    assert "Okonkwo" not in repr(author)
    assert "listening" not in repr(made)


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("Jürgen Müller", "Juergen Mueller"),
        ("Anna Mueller", "Anna Müller"),
        ("Nuala O’Connor", "Nuala OConnor"),
        ("Gijs van den Berg", "Dr van den Berg"),
        ("Carlos Ramírez Sánchez", "Dr Ramírez"),
        ("Ma Weidong", "Dr Ma"),
        ("Jane Okonkwo", "Jane O."),
        ("Jane Okonkwo", "J. M. Okonkwo"),
        ("Jane Okonkwo", "JM Okonkwo"),
        ("Jane Okonkwo", "Okonkwo, J. M."),
        ("Jane Okonkwo", "Jane Okonkwo-Smith"),
        ("Xiao-Ming Zhang", "Xiaoming Zhang"),
        ("Mohammed al-Rashid", "M. Alrashid"),
        ("Ifeoma Umeh", "Ｉｆｅｏｍａ Ｕｍｅｈ"),
    ],
)
def test_a_name_is_found_as_others_write_it(name, form):
    text, _ = redact(f"It was {form} who had asked for it.", Author(name=name))

    assert "It was [the author] who" in text


def test_a_patient_with_the_authors_first_name_keeps_it():
    text, _ = redact("My patient Callum O’Hara had a cough.", Author(name="Callum Ravenscroft"))

    assert "Callum O’Hara had a cough" in text


@pytest.mark.parametrize(
    ("organisation", "form"),
    [
        ("Smith and Jones Surgery", "the Smith & Jones Surgery"),
        ("Saint Mary’s Hospital, Ostley", "St Marys Hospital"),
        ("University of Wexmoor", "Wexmoor University"),
        ("North Wexmoor Integrated Care Board", "North Wexmoor ICB"),
    ],
)
def test_a_workplace_is_found_as_others_write_it(organisation, form):
    text, _ = redact(f"We met at {form} then.", Author(name="Ann Lee", organisations=(organisation,)))

    assert "[a workplace]" in text
    assert form.split()[-2] not in text


def test_the_title_of_an_own_work_goes_where_the_essay_names_it_without_its_author(author):
    text, _ = redact("I said so in “Listening in the dark”, long ago.", author, after=REFERENCES)

    assert "Listening in the dark" not in text
    assert "I said so in “[a reference to the author's own work]”" in text


def test_the_bare_surname_before_a_work_is_the_authors_where_nobody_else_bears_it(author):
    references = "\n\nReferences\n\n1. Okonkwo et al. Zips and buttons. Lancet 2020;1:2.\n"

    text, _ = redact("I read it.", author, after=references)

    assert "Zips" not in text


def test_own_work_is_known_by_initials_that_nobody_declared():
    references = "\n\nReferences\n\n1. Okonkwo JM, Brown P. Zips. Lancet 2020;1:2.\n2. Okonkwo PA. Shoes. BMJ 2001;1:2.\n"

    text, _ = redact("I read it.", Author(name="Jane Okonkwo"), after=references)

    assert "Zips" not in text
    assert "Okonkwo PA. Shoes" in text


def test_initials_before_a_comma_are_those_of_whom_the_list_names_before(author):
    references = "\n\nReferences\n\n1. Smith J, Okonkwo P. Zips and buttons. Lancet 2020;1:2.\n"

    text, _ = redact("I read it.", author, after=references)

    assert "Smith J, Okonkwo P. Zips and buttons" in text


@pytest.mark.parametrize(
    "sentence",
    [
        "A b c d e f g is how it begins, and j k l m n o p is how it goes on.",
        "He drew an o and a k and an o, and an n, and thought no more of it.",
        "The patient spelt it out: B R E A T H I N G.",
    ],
)
def test_letters_that_spell_nobody_stay(author, sentence):
    text, _ = redact(sentence, author)

    assert sentence in text
