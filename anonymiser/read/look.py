"""How text looks, as far as it matters: its emphasis, and whether anybody could see it at all."""

from dataclasses import dataclass, fields
from typing import Any

from anonymiser.manuscript import Emphasis
from anonymiser.read.colours import Colour, can_be_seen

NARROWEST = 20  # per cent of its width: letters squeezed further nobody reads
_TINY = 5.0  # points: what is smaller nobody reads


@dataclass(frozen=True, slots=True)
class Look:
    """What one place says of its text; None where it says nothing and the place around it holds."""

    bold: bool | None = None
    italic: bool | None = None
    underline: bool | None = None
    strike: bool | None = None
    hidden: bool | None = None
    raised: Emphasis | None = None
    level: bool | None = None  # back on the line, after something raised
    colour: Colour | None = None
    ground: Colour | None = None
    size: float | None = None  # points

    def over(self, beneath: "Look") -> "Look":
        """Return this look where it says something, else the one beneath."""
        if beneath is PLAIN_LOOK:
            return self
        if self is PLAIN_LOOK:
            return beneath
        said: dict[str, Any] = {}
        for name in _FIELDS:
            own = getattr(self, name)
            said[name] = own if own is not None else getattr(beneath, name)
        if self.raised is not None:
            said["level"] = None
        return Look(**said)

    @property
    def invisible(self) -> str:
        """Why nobody can see this text: "", or what to call it in the report."""
        if self.hidden:
            return "hidden text"
        if self.colour is not None and not can_be_seen(self.colour, self.ground):
            return "white text"
        return "tiny text" if self.size is not None and self.size < _TINY else ""

    @property
    def emphasis(self) -> frozenset[Emphasis]:
        marks = set()
        if self.bold:
            marks.add(Emphasis.BOLD)
        if self.italic:
            marks.add(Emphasis.ITALIC)
        if self.underline:
            marks.add(Emphasis.UNDERLINE)
        if self.strike:
            marks.add(Emphasis.STRIKE)
        if self.raised is not None and not self.level:
            marks.add(self.raised)
        return frozenset(marks)


PLAIN_LOOK = Look()
_FIELDS = tuple(field.name for field in fields(Look))
