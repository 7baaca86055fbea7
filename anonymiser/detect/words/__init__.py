"""Lists of words: what is English, what is a given name, whose names an essay of this field cites."""

from functools import cache
from pathlib import Path

_HERE = Path(__file__).parent


@cache
def word_list(name: str) -> frozenset[str]:
    """Return the short list of that name in `lists.txt`: "titles: dr doctor prof …"."""
    for line in (_HERE / "lists.txt").read_text(encoding="ascii").splitlines():
        key, _, words = line.partition(":")
        if key == name:
            return frozenset(words.split())
    raise KeyError(name)


TITLES = word_list("titles")
DEGREES = word_list("degrees")
PARTICLES = word_list("particles")


@cache
def english() -> frozenset[str]:
    """Words that are written small, as both sides of the Atlantic spell them: a name among them is also a word."""
    spelt = [(_HERE / f"{side}.txt").read_text(encoding="ascii") for side in ("british", "american")]
    return frozenset(" ".join(spelt).split())


@cache
def field_names() -> frozenset[str]:
    """Surnames that essays on the Balint group cite whoever wrote them."""
    return frozenset((_HERE / "field.txt").read_text(encoding="ascii").split())


@cache
def given_names() -> frozenset[str]:
    """Given names of many countries that no other word is written like."""
    return frozenset((_HERE / "given.txt").read_text(encoding="ascii").split())


@cache
def common_given_names() -> frozenset[str]:
    """Given names so common here that somebody else in an essay may well be called the same."""
    return frozenset((_HERE / "given_common.txt").read_text(encoding="ascii").split())


@cache
def given_words() -> frozenset[str]:
    """Given names that are also words: Rose, Mark, Will."""
    return frozenset((_HERE / "given_words.txt").read_text(encoding="ascii").split())


@cache
def family_words() -> frozenset[str]:
    """Surnames that are also words and that many people bear: White, Baker, Young."""
    return frozenset((_HERE / "family_words.txt").read_text(encoding="ascii").split())


@cache
def nicknames() -> dict[str, frozenset[str]]:
    """By given name, in both directions: William is Bill, and Bill may be William."""
    found: dict[str, set[str]] = {}
    for line in (_HERE / "nicknames.txt").read_text(encoding="ascii").splitlines():
        name, *short = line.split()
        for one in short:
            found.setdefault(name, set()).add(one)
            found.setdefault(one, set()).add(name)
    return {name: frozenset(others) for name, others in found.items()}


def is_ambiguous(token: str) -> bool:
    """Whether a folded word may stand in an essay without naming its author."""
    return token in english() or token in field_names()
