"""A model of names adds to the findings; where it isn't installed, that is said in plain words."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from anonymiser import anonymise
from anonymiser.errors import ModelMissing

ESSAY = b"On listening\n\nThe group met in the upper room, and sat a long while before the blue lamp spoke at all."
ENVIRONMENT = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])}


def test_a_model_that_is_not_here_is_refused_in_plain_words(heading):
    with pytest.raises(ModelMissing, match=r"spaCy (is not installed|has no model called)"):
        anonymise(ESSAY, authors=(), heading=heading, names_model="no_such_model")


@pytest.fixture
def lamp(tmp_path):
    """A model that takes a blue lamp for somebody."""
    spacy = pytest.importorskip("spacy")
    model = spacy.blank("en")
    model.add_pipe("entity_ruler").add_patterns([{"label": "PERSON", "pattern": "blue lamp"}])
    model.to_disk(tmp_path / "lamp")
    return tmp_path / "lamp"


def test_a_model_adds_what_it_finds(lamp, heading):
    made = anonymise(ESSAY, authors=(), heading=heading, names_model=str(lamp))

    assert [finding.text for finding in made.report.findings] == ["blue lamp"]


def test_the_command_has_its_children_inherit_the_model(lamp, tmp_path):
    (tmp_path / "essay.txt").write_bytes(ESSAY)
    command = [sys.executable, "-m", "app", "anonymise", "essay.txt", "-o", "out", "--names-model"]

    found = subprocess.run([*command, str(lamp)], cwd=tmp_path, env=ENVIRONMENT, check=False)
    missing = subprocess.run([*command, "no_such_model"], cwd=tmp_path, env=ENVIRONMENT, check=False)

    assert (found.returncode, missing.returncode) == (0, 2)
    assert '"text": "blue lamp"' in (tmp_path / "out" / "essay.json").read_text()
