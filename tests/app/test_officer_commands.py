"""What officers do on their own machine: a key is made, a part decrypted, an envelope opened without a server."""

import os
import pty
import select as ready_to
import shutil
import subprocess
import sys
from pathlib import Path
from time import monotonic
from uuid import uuid4

import pytest
from pypdf import PdfReader
from typer.testing import CliRunner

from app.cli.officer import app
from app.vault import age
from app.vault.identity import Identity
from app.vault.split import split

PASSPHRASE = "four plain words here"
DOCS = Path(__file__).parents[2] / "docs" / "officers.md"
needs_age = pytest.mark.skipif(shutil.which("age") is None, reason="Debian's package age is not installed")


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def envelope(folder):
    """An envelope of three officers, any two of whom open it: its file, and each one's key and share."""
    entry_id, secret = uuid4(), age.new_secret()
    who = Identity(
        entry_id=entry_id,
        name="Imogen Tarrant",
        email="i@example.org",
        co_authors=(("Ada Quill", "a@x.org"),),
    )
    (folder / "envelope.age").write_bytes(age.seal(age.pad(who.as_json()), age.public_key(secret)))
    officers = [uuid4() for _ in range(3)]
    for n, part in enumerate(split(secret, entry_id=entry_id, officers=officers, needed=2)):
        key = age.new_secret()
        (folder / f"key{n}.age").write_text(f"{key}\n")
        (folder / f"share{n}.age").write_bytes(age.seal(age.pad(part.as_text()), age.public_key(key)))
    return folder


def run(*arguments, answers=()):
    return CliRunner().invoke(
        app, [str(each) for each in arguments], input="".join(f"{a}\n" for a in answers)
    )


def make_key(path="k.age", *more):
    return run("keygen", "-o", path, *more, answers=[PASSPHRASE, PASSPHRASE])


def take_part(n):
    done = run("share", "--key", f"key{n}.age", f"share{n}.age", "-o", f"part{n}.txt")
    assert done.exit_code == 0, done.output


def test_keygen_writes_a_locked_file_and_a_page_to_print(folder):
    done = make_key("k.age", "--name", "Helen Ashworth")

    assert done.exit_code == 0
    public = done.stdout.strip().splitlines()[-1]
    assert age.is_public_key(public)
    assert (folder / "k.age").read_bytes().startswith(b"age-encryption.org/v1\n-> scrypt ")
    assert {path.stat().st_mode & 0o777 for path in (folder / "k.age", folder / "k.pdf")} == {0o600}
    printed = PdfReader(folder / "k.pdf").pages[0].extract_text()
    assert "Helen Ashworth" in printed
    (folder / "typed.txt").write_text(printed.lower())
    share = age.seal(b"not a part", public)
    (folder / "share.age").write_bytes(share)
    # The key as typed from the page is the key: what it opens is merely no part.
    assert "does not open this share" in run("share", "--key", "typed.txt", "share.age").output


@pytest.mark.usefixtures("folder")
def test_key_never_appears_on_the_screen():
    done = make_key("k.age")

    assert "AGE-SECRET-KEY" not in done.output
    assert PASSPHRASE not in done.output


@pytest.mark.parametrize("there", ["k.age", "k.pdf"])
def test_keygen_overwrites_neither_key_nor_page(folder, there):
    (folder / there).write_text("mine")

    done = make_key("k.age")

    assert done.exit_code == 2
    assert "never overwritten" in " ".join(done.output.split())
    assert [path.read_text() for path in folder.iterdir()] == ["mine"]


def test_keygen_that_cannot_write_the_page_leaves_no_key(folder):
    (folder / "k.pdf").symlink_to(folder / "nowhere" / "k.pdf")

    done = make_key("k.age")

    assert done.exit_code == 1
    assert not (folder / "k.age").exists()


def test_keygen_refuses_a_file_that_would_be_its_own_page(folder):
    assert make_key("k.pdf").exit_code == 2
    assert list(folder.iterdir()) == []


@pytest.mark.usefixtures("folder")
def test_short_passphrase_is_asked_for_again():
    done = run("keygen", "-o", "k.age", answers=["short", "short", PASSPHRASE, PASSPHRASE])

    assert done.exit_code == 0
    assert "at least 10 characters" in done.output


def test_share_opens_with_the_locked_key_and_its_passphrase(folder):
    public = make_key("k.age").stdout.strip().splitlines()[-1]
    part = split("x" * 74, entry_id=uuid4(), officers=[uuid4(), uuid4()], needed=2)[0]
    (folder / "share.age").write_bytes(age.seal(age.pad(part.as_text()), public))

    wrong = run("share", "--key", "k.age", "share.age", answers=["another passphrase"])
    right = run("share", "--key", "k.age", "share.age", answers=[PASSPHRASE])

    assert (wrong.exit_code, "not the passphrase" in wrong.output) == (1, True)
    assert right.stdout.strip().splitlines()[-1] == part.as_text()


@pytest.mark.parametrize(
    ("key", "share", "said"),
    [
        ("key1.age", "share0.age", "does not open this share"),
        ("share0.age", "share0.age", "a sealed share, not a key"),
        ("envelope.txt", "share0.age", "holds no key"),
    ],
)
def test_wrong_file_is_said_in_plain_words(envelope, key, share, said):
    (envelope / "envelope.txt").write_text("nothing")

    done = run("share", "--key", key, share, answers=[PASSPHRASE])

    assert (done.exit_code, said in " ".join(done.output.split())) == (1, True), done.output


def test_mistyped_key_is_said_in_plain_words(envelope):
    text = (envelope / "key0.age").read_text()
    (envelope / "key0.age").write_text(text[:30] + ("Q" if text[30] != "Q" else "P") + text[31:])

    assert "mistyped" in run("share", "--key", "key0.age", "share0.age").output


@pytest.mark.usefixtures("envelope")
def test_part_is_not_written_over_another():
    take_part(0)

    done = run("share", "--key", "key0.age", "share0.age", "-o", "part0.txt")

    assert (done.exit_code, "nothing is written over" in " ".join(done.output.split())) == (1, True)


@pytest.mark.parametrize("pair", [(0, 1), (0, 2), (2, 1)])
@pytest.mark.usefixtures("envelope")
def test_any_two_parts_open_an_envelope_without_a_server(pair):
    for n in pair:
        take_part(n)

    done = run("open-envelope", "envelope.age", *(f"part{n}.txt" for n in pair))

    assert done.exit_code == 0
    assert "Name: Imogen Tarrant\n" in done.stdout
    assert "Co-authors: Ada Quill a@x.org\n" in done.stdout


@pytest.mark.parametrize("parts", [["part0.txt"], ["part0.txt", "part0.txt"]])
@pytest.mark.usefixtures("envelope")
def test_one_officers_part_opens_nothing(parts):
    take_part(0)

    done = run("open-envelope", "envelope.age", *parts)

    assert (done.exit_code, "stays shut" in done.output, "Imogen" in done.output) == (1, True, False)


def test_parts_of_another_envelope_open_nothing(envelope):
    take_part(0)
    other = split(age.new_secret(), entry_id=uuid4(), officers=[uuid4(), uuid4()], needed=2)
    (envelope / "other.txt").write_text(other[0].as_text())

    done = run("open-envelope", "envelope.age", "part0.txt", "other.txt")

    assert (done.exit_code, "another envelope" in done.output) == (1, True)


@needs_age
def test_stock_age_opens_share_and_envelope(envelope):
    """No program of ours is needed but for joining the parts; and docs/officers.md has a few lines for that."""
    for n in (0, 1):
        part = subprocess.run(
            ["age", "--decrypt", "-i", f"key{n}.age", f"share{n}.age"], check=True, capture_output=True
        )
        (envelope / f"part{n}.txt").write_bytes(part.stdout)
    shown = run("open-envelope", "--show-key", "envelope.age", "part0.txt", "part1.txt")
    (envelope / "envelope.key").write_text(shown.stdout)

    opened = subprocess.run(
        ["age", "--decrypt", "-i", "envelope.key", "envelope.age"], check=True, capture_output=True
    )

    assert b'"name": "Imogen Tarrant"' in opened.stdout


def test_lines_in_the_documentation_join_parts_without_us(envelope):
    for n in (0, 1):
        take_part(n)
    lines = DOCS.read_text(encoding="utf-8").split("```python\n")[1].split("```")[0]
    (envelope / "join.py").write_text(lines)

    joined = subprocess.run(
        [sys.executable, "-I", "join.py", "part0.txt", "part1.txt"],
        check=True,
        capture_output=True,
        text=True,
    )

    shown = run("open-envelope", "--show-key", "envelope.age", "part0.txt", "part1.txt")
    assert joined.stdout == shown.stdout


@needs_age
def test_stock_age_opens_a_share_with_the_locked_key(folder):
    public = make_key("k.age").stdout.strip().splitlines()[-1]
    (folder / "share.age").write_bytes(age.seal(b"a part", public))

    shown = at_a_terminal(["age", "--decrypt", "-i", "k.age", "-o", "part.txt", "share.age"], PASSPHRASE)

    assert (folder / "part.txt").exists(), shown
    assert (folder / "part.txt").read_bytes() == b"a part"


def at_a_terminal(command, answer, *, within=60):
    """Run what asks for a passphrase at a terminal and nowhere else. Return what it showed."""
    child, terminal = pty.fork()
    if child == 0:
        os.execvp(command[0], command)  # noqa: S606 - in the child, which is this program itself
    shown, until = b"", monotonic() + within
    while monotonic() < until:
        if not ready_to.select([terminal], [], [], 0.3)[0]:
            if shown.rstrip().endswith(b":"):
                os.write(terminal, f"{answer}\n".encode())
                shown += b" (answered)"
            continue
        try:
            shown += os.read(terminal, 1024)
        except OSError:
            break
    else:
        os.kill(child, 9)
    os.waitpid(child, 0)
    return shown
