import importlib.util
import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from anonymiser import verify_reading_copy

CLI = Path(__file__).parents[2] / "app" / "cli"


def load(name):
    spec = importlib.util.spec_from_file_location(f"cli_{name}", CLI / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return getattr(module, name)


@pytest.fixture(scope="module")
def command():
    app = typer.Typer()
    app.command()(load("anonymise"))
    app.command()(load("verify"))
    return lambda *words: CliRunner().invoke(app, [str(word) for word in words])


AUTHOR = """name = "Jane Okonkwo"
emails = ["jane@example.org"]
"""


def test_essays_become_reading_copies_and_reports(command, tmp_path, docx, para):
    (tmp_path / "one.docx").write_bytes(docx(para("On listening") + para("By Jane Okonkwo, words.")))
    (tmp_path / "two.txt").write_text("Jane Okonkwo wrote these words.")
    (tmp_path / "author.toml").write_text(AUTHOR)

    result = command(
        "anonymise", tmp_path / "one.docx", tmp_path / "two.txt", "--author", tmp_path / "author.toml",
        "--nom-de-plume", "Larkspur", "--entry-number", "4173", "-o", tmp_path / "out", "--jobs", "2",
    )  # fmt: skip

    assert result.exit_code == 0, result.output
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "one.json",
        "one.pdf",
        "two.json",
        "two.pdf",
    ]
    assert verify_reading_copy((tmp_path / "out" / "one.pdf").read_bytes()) == []
    report = json.loads((tmp_path / "out" / "two.json").read_text())
    assert (report["source"], report["status"], report["format"]) == ("two.txt", "done", "txt")
    assert "Okonkwo" not in json.dumps(report)


def test_a_refused_essay_is_told_in_json_and_on_stderr(command, tmp_path):
    (tmp_path / "essay.pdf").write_bytes(b"<?xml version='1.0'?><essay/>")
    (tmp_path / "good.txt").write_text("Some words.")

    result = command("anonymise", tmp_path / "essay.pdf", tmp_path / "good.txt", "-o", tmp_path / "out")

    assert result.exit_code == 1
    report = json.loads((tmp_path / "out" / "essay.json").read_text())
    assert report["status"] == "refused"
    assert report["reason"].startswith("unsupported_format: ")
    assert "save it as a Word document" in result.stderr
    assert (tmp_path / "out" / "good.pdf").exists()
    assert not (tmp_path / "out" / "essay.pdf").exists()


@pytest.mark.parametrize(
    "wrong", ["", "name = 3", "nome = 'x'", "name = 'x'\nemails = 'y'", "authors = []", "not toml"]
)
def test_a_wrong_author_file_is_a_usage_error(command, tmp_path, wrong):
    (tmp_path / "essay.txt").write_text("Some words.")
    (tmp_path / "author.toml").write_text(wrong)

    result = command(
        "anonymise", tmp_path / "essay.txt", "--author", tmp_path / "author.toml", "-o", tmp_path / "out"
    )

    assert result.exit_code == 2


def test_missing_arguments_are_usage_errors(command, tmp_path):
    (tmp_path / "essay.txt").write_text("Some words.")

    assert command("anonymise", tmp_path / "essay.txt").exit_code == 2
    assert command("anonymise", tmp_path / "absent.txt", "-o", tmp_path).exit_code == 2
    assert command("anonymise", tmp_path / "essay.txt", tmp_path / "essay.txt", "-o", tmp_path).exit_code == 2


def test_several_authors_can_be_listed(command, tmp_path):
    (tmp_path / "essay.txt").write_text("Jane Okonkwo and Peter Adebayo wrote these words.")
    (tmp_path / "authors.toml").write_text(
        "[[authors]]\nname = 'Jane Okonkwo'\n[[authors]]\nname = 'Peter Adebayo'\n"
    )

    command(
        "anonymise", tmp_path / "essay.txt", "--author", tmp_path / "authors.toml", "-o", tmp_path / "out"
    )

    pdf = (tmp_path / "out" / "essay.pdf").read_bytes()
    report = json.loads((tmp_path / "out" / "essay.json").read_text())
    assert verify_reading_copy(pdf) == []
    assert [finding["places"] for finding in report["findings"]] == [2]


def test_verify_tells_reading_copies_from_other_files(command, tmp_path):
    (tmp_path / "essay.txt").write_text("Some words.")
    command("anonymise", tmp_path / "essay.txt", "-o", tmp_path)
    (tmp_path / "other.pdf").write_bytes(b"%PDF-1.4\n%%EOF")

    assert command("verify", tmp_path / "essay.pdf").exit_code == 0
    result = command("verify", tmp_path / "essay.pdf", tmp_path / "other.pdf")

    assert result.exit_code == 1
    assert "essay.pdf: ok" in result.stdout
