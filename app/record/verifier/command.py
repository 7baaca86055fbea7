"""The command: reads a file, checks it, and says in sentences what is right and what is not."""

import argparse
import getpass
import sys
from pathlib import Path

from app.record.verifier.anything import check_document, read_document
from app.record.verifier.leaves import Findings
from app.record.verifier.notes import Unreadable, read_note
from app.record.verifier.receipt import RECEIPT


def main(arguments: list[str] | None = None, *, program: str | None = None) -> int:
    """Check what the arguments name. Return 0: all right; 1: something is wrong; 2: it can't be read."""
    given = _parser(program).parse_args(arguments)
    try:
        return say(_check(given))
    except (Unreadable, OSError) as error:
        sys.stderr.write(f"{error}\n")
        return 2


def say(found: Findings) -> int:
    for sentence in found.right:
        sys.stdout.write(f"  right  {sentence}\n")
    for sentence in found.wrong:
        sys.stdout.write(f"  WRONG  {sentence}\n")
    for sentence in found.unchecked:
        sys.stdout.write(f"  ?      {sentence}\n")
    sys.stdout.write("Something is not as it should be.\n" if found.wrong else "All is as it should be.\n")
    return 1 if found.wrong else 0


def _check(given: argparse.Namespace) -> Findings:
    document = read_document(given.file.read_bytes())
    ask = given.code and document["nomdeplume"] == RECEIPT
    return check_document(
        document,
        essay=None if given.essay is None else given.essay.read_bytes(),
        copy=None if given.copy is None else given.copy.read_bytes(),
        code=getpass.getpass("Your receipt code (not shown, not sent anywhere): ") if ask else None,
        key=given.key,
        known=[read_note(path.read_text(encoding="utf-8", errors="replace")) for path in given.root],
    )


def _parser(program: str | None) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog=program,
        description="Check the proof of a receipt, or the record of a contest. Nothing is sent anywhere.",
        epilog="Exit 0: all is as it should be; 1: something is not; 2: the file can't be read.",
    )
    parser.add_argument("file", type=Path, help="the proof of a receipt, or the export of a record (JSON)")
    parser.add_argument("--essay", type=Path, help="the essay you sent: is it the one entered?")
    parser.add_argument("--copy", type=Path, help="a reading copy (PDF): is it the one the judges read?")
    parser.add_argument(
        "--code", action="store_true", help="ask for the receipt code, and check that it fits"
    )
    parser.add_argument("--key", help="the record's key, as you have it from elsewhere")
    parser.add_argument(
        "--root", type=Path, action="append", default=[], help="a published root you kept (may be repeated)"
    )
    return parser
