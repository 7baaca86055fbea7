"""Adds the names that a spaCy model finds, where one is named; without one everything works without it."""

from collections.abc import Iterator, Sequence
from functools import cache
from importlib import import_module
from typing import Any

from anonymiser.detect.mark import Mark
from anonymiser.detect.source import Passage
from anonymiser.errors import ModelMissing
from anonymiser.report import Certainty, Subject

NAMES_MODEL = "NOMDEPLUME_NAMES_MODEL"
"""The setting that names a model: it takes seconds to load and hundreds of megabytes, so children inherit it."""
_PEOPLE = {"PERSON", "PER"}
_PLACES = {"GPE", "LOC", "FAC"}


def find_by_model(passages: Sequence[Passage], model: str) -> Iterator[Mark]:
    """Yield people and places that the model names, outside the references.

    `model` is the name of an installed model or the path of one. Raises: ModelMissing.
    """
    readable = [passage for passage in passages if not passage.is_reference]
    found = load_model(model).pipe([passage.text for passage in readable])
    for passage, document in zip(readable, found, strict=True):
        for entity in document.ents:
            if entity.label_ in _PEOPLE | _PLACES:
                yield Mark(
                    passage.index,
                    entity.start_char,
                    entity.end_char,
                    Subject.OTHER,
                    "name_or_place",
                    Certainty.POSSIBLE,
                    "[a name]" if entity.label_ in _PEOPLE else "[a place]",
                    " ".join(entity.text.casefold().split()),
                )


def check_model(model: str) -> None:
    """Raise ModelMissing where the model can't be loaded."""
    load_model(model)


@cache
def load_model(model: str) -> Any:
    try:
        return import_module("spacy").load(model)
    except ImportError:
        raise ModelMissing(f"spaCy is not installed, and {model} needs it.") from None
    except OSError:
        raise ModelMissing(f"spaCy has no model called {model}. Please install it, or name none.") from None
