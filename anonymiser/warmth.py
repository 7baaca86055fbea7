"""Loads what every document needs, so that a child forked afterwards reads no more files."""

from PIL import Image

from anonymiser.author import Author, Heading
from anonymiser.pipeline import anonymise

_SAMPLE = """# A sample

It was *the* first of **May**, 1957, and Mr Nobody said: “Sit down.”[^1]

| a | b |
|---|---|
| c | d |

# References

1. Balint M. The doctor, his patient and the illness. London: Pitman; 1957.

[^1]: A note.
"""


def warm() -> None:
    Image.init()
    for encoding in (
        "utf-16-le",
        "utf-16-be",
        "utf-32-le",
        "utf-32-be",
        "cp1252",
        "latin-1",
        "cp437",
        "idna",
    ):
        "a".encode(encoding)
    nobody = Author(name="Nobody Whatsoever", phones=("020 7946 0000",), emails=("nobody@example.org",))
    heading = Heading("0", "Nobody")
    for sample in (_SAMPLE.encode(), _SAMPLE.replace("#", "").replace("*", "").encode("cp1252")):
        anonymise(sample, authors=(nobody,), heading=heading)
