import pickle

import pytest

from anonymiser import RefusalCode, Refused
from anonymiser.sandbox.answer import load_answer


def member_as_older_python_writes_it(kind_module: bytes, kind: bytes, name: bytes) -> bytes:
    """`getattr(kind, name)`, as Python 3.11.0 to 3.11.3 pickle a member of an enumeration (protocol 0 opcodes)."""
    return b"cbuiltins\ngetattr\n(c" + kind_module + b"\n" + kind + b"\nV" + name + b"\ntR."


def test_member_of_an_enumeration_is_read_as_every_python_writes_it():
    older = member_as_older_python_writes_it(b"anonymiser.errors", b"RefusalCode", b"EMPTY")
    assert load_answer(older) is RefusalCode.EMPTY
    assert load_answer(pickle.dumps(RefusalCode.EMPTY)) is RefusalCode.EMPTY


@pytest.mark.parametrize(
    ("module", "kind", "name"),
    [
        (b"anonymiser.errors", b"Refused", b"__init__"),
        (b"anonymiser.errors", b"RefusalCode", b"__class__"),
        (b"os", b"environ", b"copy"),
    ],
)
def test_anything_else_asked_for_by_name_is_refused(module, kind, name):
    with pytest.raises(Refused):
        load_answer(member_as_older_python_writes_it(module, kind, name))
