import pytest

from anonymiser import Action, Certainty, Heading, Subject, anonymise

STORY = (
    "On listening\n\nThe essay begins with a paragraph that is long enough to be one, and it names nobody.\n\n{}\n\n"
    "References\n\n1. Dunmore P, Hartwell Q. A book of 12 March 1957. London; 1957.\n"
)


def find(sentence):
    made = anonymise(STORY.format(sentence).encode(), authors=(), heading=Heading("1", "Larkspur"))
    return made.report.findings


def kinds(sentence):
    return {(finding.kind, finding.text) for finding in find(sentence)}


def test_a_titled_patient_is_grouped_with_the_bare_name():
    findings = find("Mr Havering came. I told Havering to sit. Then I heard Mr. Havering’s cough.")

    patient = next(finding for finding in findings if finding.kind == "name")
    assert (patient.subject, patient.places, patient.suggestion) == (Subject.PATIENT, 3, "the patient")
    assert patient.action is Action.FLAGGED


@pytest.mark.parametrize(
    ("sentence", "kind", "text"),
    [
        ("Her NHS number was 943 476 5919 then.", "nhs_number", "943 476 5919"),
        ("She was born on 3 May 1931 at home.", "date_of_birth", "3 May 1931"),
        ("The note said DOB: 03/05/1931 only.", "date_of_birth", "03/05/1931"),
        ("We met on 12 March 2019 again.", "date", "12 March 2019"),
        ("We met on 2019-03-12 again.", "date", "2019-03-12"),
        ("He lived at 12 Acacia Avenue then.", "address", "12 Acacia Avenue"),
        ("He lived in SW1A 1AA then.", "postcode", "SW1A 1AA"),
        ("He wrote from bob@example.com then.", "email", "bob@example.com"),
        ("He rang from 020 7946 0958 then.", "phone", "020 7946 0958"),
        ("She lay in the Northern General Hospital then.", "institution", "Northern General Hospital"),
        ("Her hospital number: A123456 was there.", "hospital_number", "A123456"),
        ("Her number AB 12 34 56 C was there.", "national_insurance_number", "AB 12 34 56 C"),
        ("A lady of 94 years of age came.", "age", "94 years of age"),
        ("Then Maria Popescu spoke up.", "name", "Maria Popescu"),
    ],
)
def test_identifiers_are_flagged(sentence, kind, text):
    assert (kind, text) in kinds(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Balint (1957) and Winnicott wrote of Freud.",
        "It was in May, on a Monday, at Easter.",
        "The number 943 476 5918 fails its check.",
        "He was 45 years old, and later 89 years old.",
        "As Dunmore (1957) and Hartwell showed.",
        "We scored 94% of them in 1957.",
        "Nobody Spoke Up In The Room.",
        "On Thursdays and Wednesdays, in most Junes, the Balints met.",
        "She called me Doctor. They laughed. And I called her Mrs K. She laughed.",
        "I ate a café éclair, then two éclairs, of the naïve kind.",
        "The Quaker sent for the Doppler at Candlemas, in a Lloyd George envelope.",
        "Then I rang Larkspur.",
    ],
)
def test_what_identifies_nobody_is_not_flagged(sentence):
    assert kinds(sentence) == set()


def test_an_age_over_eighty_nine_becomes_a_decade():
    finding = next(
        finding for finding in find("A man of 94, he said: I am 94 years old.") if finding.kind == "age"
    )

    assert finding.suggestion == "in his nineties"


@pytest.mark.parametrize(
    ("sentence", "text", "suggestion"),
    [
        ("It was 14 March 2019 then.", "14 March 2019", "one March"),
        ("It was Tuesday 6 February 2024 then.", "Tuesday 6 February 2024", "one February"),
        ("It was 02/09/2019 then.", "02/09/2019", "one September"),
        ("It was 2019-12-02 then.", "2019-12-02", "one December"),
        ("I rang Dr Hale then.", "Dr Hale", "a colleague"),
        ("I rang Mrs May then.", "Mrs May", "the patient"),
        ("I rang Arthur then.", "Arthur", "[a name]"),
        ("We met in Thrussby then.", "Thrussby", "[a place]"),
        ("I saw the Hill Top Nursing Home then.", "Hill Top Nursing Home", "[a care home]"),
        ("I saw the Mill Lane Surgery then.", "Mill Lane Surgery", "[a practice]"),
    ],
)
def test_a_suggestion_reads_in_its_sentence(sentence, text, suggestion):
    assert (text, suggestion) in {(finding.text, finding.suggestion) for finding in find(sentence)}


def test_people_of_one_surname_are_found_apart():
    findings = find("Mr Havering came. Then Mrs Havering sat, and I told Havering so, and Isabel Havering.")

    assert {finding.text: finding.places for finding in findings} == {
        "Mr Havering": 2,
        "Mrs Havering": 2,  # whose the bare name is, people must say
        "Isabel Havering": 1,
    }


def test_surest_findings_stand_first_and_ids_are_unique():
    findings = find("Mr Havering, NHS 943 476 5919, met Reykjavik and Olu on 12 March 2019.")

    order = [finding.certainty for finding in findings]
    assert order == sorted(order, key=[Certainty.CERTAIN, Certainty.LIKELY, Certainty.POSSIBLE].index)
    assert len({finding.id for finding in findings}) == len(findings)


def test_references_are_left_alone():
    assert not {text for _, text in kinds("Nothing here.")}


@pytest.mark.parametrize(
    ("sentence", "text"),
    [
        ("Ngozi sat by the door.", "Ngozi"),
        ("It was left to Rose to ask.", "Rose"),
        ("We told Baker so.", "Baker"),
        ("He wrote to C. Lenz about it.", "C. Lenz"),
        ("There sat Mr J.S. with his hat.", "Mr J.S."),
        ("I asked O’Hara for it.", "O’Hara"),
        ("Then Van der Meer spoke.", "Van der Meer"),
        ("Đỗ smiled, and Đỗ, the leader, waited.", "Đỗ"),
        ("Mrs Hartwell came again.", "Mrs Hartwell"),
    ],
)
def test_a_name_is_found_wherever_it_stands_and_whatever_its_origin(sentence, text):
    assert text in {found for kind, found in kinds(sentence) if kind in {"name", "name_or_place"}}


@pytest.mark.parametrize(
    "sentence",
    [
        "I was sent to Ward 7B, then to Room 4.",
        "Wouldn’t you? I was. Will it? May we?",
        "She had hope, and the Hope of it was grace.",
        "In August, in the Spring, on the Friday, at Whitsun in France.",
        "The NHS and the eBay of it, in the USA.",
    ],
)
def test_a_capital_alone_makes_no_name(sentence):
    assert kinds(sentence) == set()


def test_a_word_that_names_somebody_once_is_found_at_the_beginning_of_a_sentence_too():
    finding = next(
        each for each in find("We told White so. White had nothing to say.") if each.text == "White"
    )

    assert finding.places == 2


def test_the_same_term_is_one_finding():
    terms = [finding.text for finding in find("I shall call her Nell. Then Nell came, and a Nell she was.")]

    assert terms == ["Nell"]


@pytest.mark.parametrize(
    ("beginning", "end", "text"),
    [
        ("by Dr Jane Okonkwo", "", "Dr Jane Okonkwo"),
        ("Author: P. Hartley", "", "P. Hartley"),
        ("", "Jane Okonkwo is a GP in the north, and sits in a group.", "Jane Okonkwo"),
        ("", "With best wishes,\n\nNgozi", "Ngozi"),
        ("", "Margaret Hollis MRCGP", "Margaret Hollis MRCGP"),
    ],
)
def test_who_signs_an_essay_of_unknown_author_is_flagged_as_its_author(beginning, end, text):
    middle = "\n\n".join(
        "The group met again and said nothing that anybody could use for another week." for _ in "123456789"
    )
    source = f"On listening\n\n{beginning}\n\n{middle}\n\n{end}"

    made = anonymise(source.encode(), authors=(), heading=Heading("1", "Larkspur"))

    found = [(finding.text, finding.subject, finding.suggestion) for finding in made.report.findings]
    assert found == [(text, Subject.AUTHOR, "[the author]")]


def test_the_author_and_people_stand_before_places_and_dates():
    order = [
        finding.text for finding in find("In Thrussby, on 12 March 2019, we told Oluwexa so, near Ostwick.")
    ]

    assert order == ["Oluwexa", "Thrussby", "Ostwick", "12 March 2019"]


def test_an_age_told_with_a_verb_keeps_it():
    assert {("was 94", "was in her nineties")} <= {
        (finding.text, finding.suggestion) for finding in find("She was 94, and her daughter drove.")
    }
