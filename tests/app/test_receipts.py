"""Receipt codes: easy to copy, hard to get wrong, impossible to invent."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.intake.receipts import ALPHABET, ReceiptCode, new_receipt, parse_receipt, read_minted, sign_minted

SECRET = b"s" * 32
receipts = st.binary(min_size=16, max_size=16).map(ReceiptCode)


@given(receipts)
def test_receipt_survives_being_written_down(receipt):
    assert parse_receipt(receipt.text) == receipt


@given(receipts)
def test_receipt_is_seven_groups_of_four_of_the_alphabet(receipt):
    assert [len(group) for group in receipt.groups] == [4] * 7
    assert set("".join(receipt.groups)) <= set(ALPHABET)


@given(receipts)
def test_receipt_reads_in_small_letters_with_spaces_and_without_dashes(receipt):
    for typed in (
        receipt.text.lower(),
        receipt.text.replace("-", ""),
        f"  {receipt.text.replace('-', ' ')}\n",
    ):
        assert parse_receipt(typed) == receipt


@given(receipts, st.sampled_from(["Oo0", "IiLl1"]))
def test_letters_misread_for_digits_are_read_as_digits(receipt, alike):
    digit = alike[-1]

    for letter in alike:
        assert parse_receipt(receipt.text.replace(digit, letter)) == receipt


@given(receipts, st.integers(0, 27), st.sampled_from(ALPHABET))
def test_any_single_wrong_character_is_detected(receipt, place, wrong):
    symbols = receipt.text.replace("-", "")
    typed = symbols[:place] + wrong + symbols[place + 1 :]

    assert (parse_receipt(typed) is None) == (typed != symbols)


@given(receipts, st.integers(0, 26))
def test_swapped_neighbours_are_detected(receipt, place):
    symbols = receipt.text.replace("-", "")
    typed = symbols[:place] + symbols[place + 1] + symbols[place] + symbols[place + 2 :]

    assert (parse_receipt(typed) is None) == (typed != symbols)


@given(receipts, st.integers(0, 27))
def test_missing_or_doubled_character_is_detected(receipt, place):
    symbols = receipt.text.replace("-", "")

    assert parse_receipt(symbols[:place] + symbols[place + 1 :]) is None
    assert parse_receipt(symbols[: place + 1] + symbols[place:]) is None


@pytest.mark.parametrize("text", ["", "-", "U" * 28, "Z" * 28, "²" * 28, "0" * 27, "\0" * 28, "ß" * 14])
def test_text_that_is_no_code_is_none(text):
    assert parse_receipt(text) is None


@given(st.text(max_size=60))
def test_parse_answers_whatever_is_typed(text):
    found = parse_receipt(text)

    assert found is None or parse_receipt(found.text) == found


def test_hash_tells_codes_apart_and_is_not_the_code():
    first, second = new_receipt(), new_receipt()

    assert len(first.hash) == 32
    assert first.hash != second.hash
    assert first.octets not in first.hash


def test_minted_token_yields_its_code():
    receipt = new_receipt()

    assert read_minted(sign_minted(receipt, SECRET), SECRET) == receipt


@given(st.data())
def test_minted_token_changed_anywhere_is_refused(data):
    token = sign_minted(ReceiptCode(bytes(16)), SECRET)
    place = data.draw(
        st.integers(0, len(token) - 2)
    )  # the last character of base64 has bits that carry nothing
    wrong = data.draw(st.sampled_from(ALPHABET + "abcxyz-_."))
    changed = token[:place] + wrong + token[place + 1 :]

    assert (read_minted(changed, SECRET) is None) == (changed != token)


@pytest.mark.parametrize("token", ["", ".", "x.y", "é.é"])
def test_token_that_was_never_minted_is_refused(token):
    assert read_minted(token, SECRET) is None


def test_token_of_another_installation_or_another_code_is_refused():
    receipt, other = new_receipt(), new_receipt()
    signature = sign_minted(receipt, SECRET).partition(".")[2]

    assert read_minted(sign_minted(receipt, b"t" * 32), SECRET) is None
    assert read_minted(f"{other.text}.{signature}", SECRET) is None
    assert read_minted(receipt.text, SECRET) is None
