"""Which names could be one person's."""

import string

import pytest
from invented_panels import repeatable

from judging.names import names_alike
from judging.nicknames import NICKNAMES
from judging.spelling import fold, one_slip_apart

GIVEN_TEXT = """
Margaret William Elizabeth Robert Catherine James Susan Thomas Patricia Richard Jennifer Edward Deborah
Michael Joanna Charles Rebecca Andrew Victoria Christopher Samantha Daniel Alexandra Anthony Penelope
Nicholas Philippa Timothy Olga Gillian Matthew Dorothy Benjamin Harriet Kenneth Beatrice Stephen Florence
Peter Imogen Rosalind Hugh Ursula Nigel Priya Rajesh Fatima Omar Chidi Ngozi Wei Yuki Søren Łukasz Zoë
Jürgen François José Siân Đorđe Małgorzata Ingrid Bartholomew Tamsin Rhiannon Aoife Declan Gwendolyn
Callum Morag Hamish Freya Anjali Vikram Nadia Tariq Leila Kwame
"""
GIVEN = GIVEN_TEXT.split()
FAMILY_TEXT = """
Smith Jones Taylor Brown Williams Wilson Johnson Davies Patel Robinson Wright Thompson Evans Walker White
Roberts Green Hall Wood Jackson Clarke Khan Ahmed Begum Hussain Singh Kaur Murphy Kelly Byrne Ryan Walsh
Hollis Tarrant Whitcombe Ashworth Barraclough Cavendish Dunmore Ellingham Fairbrother Galbraith Hathersage
Inchbald Jellicoe Kettering Lovelace Marchmont Nettleship Oglethorpe Pemberton Quennell Ravenscroft
Sedgwick Thistlewood Underhill Vavasour Wetherby Yardley Zielinski Kowalczyk Nowak Müller Groß Sørensen
Kjær Łukasik Đurić Lefèvre Núñez Okafor Adeyemi Mensah Nakamura Tanaka Zhang Nguyen Papadopoulos Rossi
Bianchi Eriksson Virtanen Haddad Rahman Chowdhury Iyer Banerjee Menon Fernandes Costa Drummond Macgregor
Fitzgerald Llewellyn Pritchard Trevelyan Penhaligon Blackwood Fothergill Musgrave Ormerod Pickles
"""
FAMILY = FAMILY_TEXT.split()
NICKS = {line.split()[0]: line.split()[1:] for line in NICKNAMES.strip().splitlines()}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("John Smith", "Smith, John"),
        ("Dr John Smith MD", "SMITH John"),
        ("Prof. Dr. med. Eva Đorđević", "Eva Dordevic"),
        ("Jane Doe", "Doe, Jane, Ph.D., M.B.B.S."),
        ("Müller, Hans", "Hans Mueller"),
        ("Łukasz Groß", "Lukasz Gross"),
        ("Bill Jones", "William Jones"),
        ("J.R. Tolkien", "John Ronald Tolkien"),
        ("Smith JR", "John Robert Smith"),
        ("Robert Smith", "J. Robert Smith"),
        ("Anna Smith-Jones", "Anna Jones"),
        ("Anna Smith Jones", "Anna Smith"),
        ("V. Vandenberg", "Vincent van den Berg"),
        ("Seán O’Brien", "Sean O Brien"),
        ("Xiao Ming Li", "Li Xiaoming"),
        ("Wei LI", "Li Wei"),
        ("Yo-Yo Ma", "Ma, Yo-Yo"),
        ("Jon Smiht", "Jon Smith"),
        ("Madonna", "MADONNA"),
    ],
)
def test_alike(one, other):
    assert names_alike(one, other)
    assert names_alike(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("John Smith", "Patricia Smith"),
        ("John Smith", "John Brown"),
        ("Anna Maria Schmidt", "Anna Maria Kowalski"),
        ("Anna Maria Schmidt", "Ursula Maria Schmidt"),
        ("Tim Smyth", "Tom Smith"),
        ("Dr", "Dr"),
        ("", "John"),
        ("", ""),
    ],
)
def test_not_alike(one, other):
    assert not names_alike(one, other)
    assert not names_alike(other, one)


def test_one_slip_is_forgiven_and_two_are_not():
    assert one_slip_apart("hollis", "holis")
    assert one_slip_apart("hollis", "hlolis")
    assert one_slip_apart("hollis", "hollas")
    assert one_slip_apart("hollis", "holliss")
    assert not one_slip_apart("hollis", "hallas")
    assert not one_slip_apart("ho", "h")


def test_folding_twice_changes_nothing():
    for word in GIVEN + FAMILY:
        assert fold(fold(word)) == fold(word)


def slip(word, rng):
    at = rng.randrange(len(word) - 1)
    kind = rng.choice(["drop", "double", "change", "swap"])
    letter = rng.choice(string.ascii_lowercase)
    return {
        "drop": word[:at] + word[at + 1 :],
        "double": word[:at] + word[at] + word[at:],
        "change": word[:at] + letter + word[at + 1 :],
        "swap": word[:at] + word[at + 1] + word[at] + word[at + 2 :],
    }[kind]


def variants(given, family, rng):
    """The ways in which a member's name turns up on an entry."""
    middle = rng.choice(GIVEN)
    other = rng.choice(FAMILY)
    ways = {
        "order": [f"{family}, {given}", f"{family.upper()} {given}", f"{family} {given}"],
        "title": [f"Dr {given} {family}", f"Professor {given} {family}", f"Prof. Dr. {given} {family}"],
        "degree": [
            f"{given} {family} MBBS FRCP",
            f"{given} {family}, Ph.D., MRCGP",
            f"{given} {family} MA MD",
        ],
        "case": [f"{given} {family}".upper(), f"{given} {family}".lower()],
        "accents": [fold(given) + " " + fold(family)],
        "barrel": [f"{given} {family}-{other}", f"{given} {other}-{family}", f"{given} {other} {family}"],
        "initials": [
            f"{given[0]}. {family}",
            f"{given[0]}.{middle[0]}. {family}",
            f"{family} {given[0]}{middle[0]}",
        ],
        "middle": [f"{given} {middle} {family}", f"{given} {middle[0]}. {family}"],
        "slip": [f"{slip(given, rng)} {family}", f"{given} {slip(family, rng)}"],
    }
    if given.lower() in NICKS:
        ways["nickname"] = [f"{nick} {family}" for nick in NICKS[given.lower()]]
    return ways


def test_nearly_every_variant_of_a_members_name_is_found():
    rng = repeatable(7)
    found, tried = {}, {}
    for _ in range(400):
        given, family = rng.choice(GIVEN), rng.choice(FAMILY)
        for way, written in variants(given, family, rng).items():
            for name in written:
                tried[way] = tried.get(way, 0) + 1
                found[way] = found.get(way, 0) + names_alike(name, f"{given} {family}")

    assert sum(found.values()) / sum(tried.values()) >= 0.99
    assert {way: found[way] / tried[way] for way in tried if found[way] / tried[way] < 0.98} == {}


def test_few_strangers_are_held():
    rng = repeatable(11)
    held = tried = 0
    for _ in range(14):
        council = [(rng.choice(GIVEN), rng.choice(FAMILY)) for _ in range(30)]
        for _ in range(50):
            person = (rng.choice(GIVEN), rng.choice(FAMILY))
            if person in council:
                continue
            tried += 1
            held += any(names_alike(" ".join(person), " ".join(member)) for member in council)

    assert held / tried <= 0.01
