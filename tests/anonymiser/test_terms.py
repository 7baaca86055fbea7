import pytest

from anonymiser import Decision, anonymise, places_of, retypeset

STORY = "On listening\n\nThe essay begins with a paragraph that is long enough to be one, and it names nobody.\n\n{}\n"


@pytest.fixture
def tell(heading):
    def told(sentence):
        return anonymise(STORY.format(sentence).encode(), authors=(), heading=heading).manuscript

    return told


def found(manuscript, term):
    return [place.paragraph_text[place.start : place.end] for place in places_of(manuscript, term)]


@pytest.mark.parametrize(
    ("sentence", "term", "places"),
    [
        ("Mr Havering’s cough, and mr. havering's dog.", "Mr Havering", ["Mr Havering", "mr. havering"]),
        ("Mr John Havering came; Havering sat.", "Mr Havering", ["Mr John Havering", "Havering"]),
        ("Mr J. Havering came; John Havering sat.", "Mr John Havering", ["Mr J. Havering", "John Havering"]),
        ("Doctor Hale and Dr Hale and old Hale.", "Dr Hale", ["Doctor Hale", "Dr Hale", "Hale"]),
        ("Mrs Havering and Mr Havering met Isabel Havering.", "Mr Havering", ["Mr Havering"]),
        ("They lived in Havering Road, near Mr Havering.", "Mr Havering", ["Mr Havering"]),
        ("Mr Pike fished. Pike are fish. I told Pike so.", "Mr Pike", ["Mr Pike", "Pike"]),
        ("Mrs May came in May.", "Mrs May", ["Mrs May"]),
        ("I was Mrs Doctor; she called me Doctor.", "Mrs Doctor", ["Mrs Doctor"]),
        ("I hope that Hope came.", "Hope", ["Hope"]),
        ("It was 14 March 2019 then.", "14 march 2019", ["14 March 2019"]),
        ("He saw [the patient] and the patient.", "the patient", ["the patient"]),
        ("Nothing of it.", "", []),
    ],
)
def test_a_term_stands_in_these_places(tell, sentence, term, places):
    assert found(tell(sentence), term) == places


def test_a_decision_replaces_exactly_the_places_of_its_term(tell, heading, words_of):
    manuscript = tell("Mr Dunmore’s death. I told Dunmore of Mrs Dunmore, and of Mr Dunmore's end.")

    again = retypeset(manuscript, decisions=(Decision("Mr Dunmore", "the patient"),), heading=heading)

    text = words_of(again.manuscript)
    assert "the patient’s death. I told the patient of Mrs Dunmore, and of the patient's end." in text
    assert places_of(again.manuscript, "Mr Dunmore") == []
