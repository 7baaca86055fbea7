"""Walks a page: paragraphs, lists, quotations; what doesn't show is counted and passed over."""

from dataclasses import dataclass, field, replace

from lxml import etree

from anonymiser.manuscript import Block, Emphasis, Paragraph, Role, Run, SceneBreak
from anonymiser.read.html import elements as known
from anonymiser.read.html.context import Context, OpenList, Page
from anonymiser.read.html.fields import read_control
from anonymiser.read.html.lists import label_item, open_list, read_fake_label
from anonymiser.read.html.pictures import read_picture
from anonymiser.read.html.rules import Declarations
from anonymiser.read.html.styling import declare, enter
from anonymiser.read.html.tables import read_table
from anonymiser.read.mathml import read_mathml
from anonymiser.read.runs import Runs

_HEADING_OWN = frozenset({Emphasis.BOLD})
_DEEPEST_ITEM = 8


@dataclass(slots=True)
class Walker:
    """`label` is of the item that is being read, "" once its first paragraph has taken it."""

    page: Page
    where: str = "text"
    blocks: list[Block] = field(default_factory=list)
    runs: Runs = field(default_factory=Runs)
    label: str | None = None
    after: list[Block] = field(default_factory=list)

    def walk(self, element: etree._Element, context: Context) -> None:
        """Read an element and all in it, but not the text behind it."""
        tag = element.tag
        if not isinstance(tag, str) or self._passes_over(element):
            return
        declared = declare(element, self.page.rules)
        inner = enter(element, declared, context)
        if inner is None:
            if any(str(text).strip() for text in element.itertext()):
                self.page.tally.add("hidden text", self.where)
        elif tag in known.BLOCKS:
            self._walk_block(element, inner, context, declared)
        elif not self._read_single(element, inner):
            self._walk_inside(element, inner)

    def end_paragraph(self, context: Context) -> None:
        runs = self.runs.take()
        if any(run.text.strip() or run.note for run in runs):
            self.blocks.append(_make_paragraph(runs, self.label, context))
            if self.label is not None:
                self.label = ""
        self.blocks.extend(self.after)
        self.after = []

    def read_inside(self, element: etree._Element, context: Context, where: str) -> tuple[Block, ...]:
        """Read what stands in an element as a story of its own: a cell, a note."""
        inner = Walker(self.page, where)
        inner._walk_inside(element, context)
        inner.end_paragraph(context)
        return tuple(inner.blocks)

    def _read_cell(self, element: etree._Element, context: Context) -> tuple[Block, ...]:
        return self.read_inside(element, context, self.where)

    def _passes_over(self, element: etree._Element) -> bool:
        tag, tally, notes = str(element.tag), self.page.tally, self.page.notes
        if tag in known.LEFT:
            if known.LEFT[tag]:
                tally.add(known.LEFT[tag], self.where)
            return True
        if element in notes.comments or "mso-element:comment" in element.get("style", "").replace(" ", ""):
            tally.add("comment", self.where)
            return True
        if tag == "span" and element.get("class", "").casefold() == "msodel":
            tally.add("deleted passage", self.where)
            return True
        # LibreOffice keeps the margins of a page in divisions with these titles.
        if tag == "div" and (margin := element.get("title", "")) in {"header", "footer"}:
            tally.add(margin, "headers")
            return True
        return element in notes.elsewhere

    def _walk_inside(self, element: etree._Element, context: Context) -> None:
        if element.text:
            self._show(element.text, context)
        for child in element:
            self.walk(child, context)
            if child.tail:
                self._show(child.tail, context)

    def _show(self, text: str, context: Context) -> None:
        if why := context.look.invisible:
            if text.strip():
                self.page.tally.add(why, self.where)
            return
        shown = text.upper() if context.upper else text
        (self.runs.add if context.verbatim else self.runs.flow)(shown, context.look.emphasis)

    def _walk_block(
        self, element: etree._Element, context: Context, outside: Context, declared: Declarations
    ) -> None:
        self.end_paragraph(outside)
        tag = str(element.tag)
        classes = element.get("class", "").casefold().split()
        if any(name in known.BYLINES for name in classes) and tag in {"p", "div"}:
            self.page.tally.add("byline", self.where)
            return
        outer = self.label
        role, level = _find_role(tag, classes, context)
        inner = replace(context, role=role, level=level)
        if tag in {"ul", "ol", "menu", "dir"}:
            self.label = None
            inner = replace(inner, lists=(*context.lists, open_list(element, declared)))
        elif tag == "li":
            self.label = label_item(element, inner.lists)
        elif (fake := read_fake_label(element)) is not None:
            self.label, depth = fake
            inner = replace(inner, lists=(OpenList("none"),) * (depth + 1))
        self._walk_inside(element, inner)
        self.end_paragraph(inner)
        self.label = outer

    def _read_single(self, element: etree._Element, context: Context) -> bool:  # noqa: C901 - one branch per kind
        """Read what is no block and more than text in a look; whether it was such an element."""
        tag = element.tag
        if tag == "br":
            self.runs.add("\n", context.look.emphasis)
        elif tag == "hr":
            self.end_paragraph(context)
            self.blocks.append(SceneBreak())
        elif tag == "table":
            self.end_paragraph(context)
            self.blocks.extend(read_table(element, _plain(context), self.page, self._read_cell))
        elif tag in {"img", "image"}:
            if (picture := read_picture(element, self.page)) is not None and not context.look.invisible:
                self.after.append(picture)
        elif tag == "math":
            self._show_exactly(read_mathml(element).strip(), context)
        elif tag == "rt":
            self._show_exactly(f" ({''.join(map(str, element.itertext())).strip()})", context)
        elif tag == "q":
            self._show_exactly("“", context)
            self._walk_inside(element, context)
            self._show_exactly("”", context)
        elif tag == "embed":
            # The parser takes what follows it for what it holds.
            self.page.tally.add("embedded object, could not be kept", self.where)
            return False
        elif tag in {"input", "select", "textarea", "sdfield"}:
            return self._read_field(element, context)
        elif tag == "a":
            return self._read_link(element, context)
        else:
            return tag == "span" and "mso-list:ignore" in element.get("style", "").replace(" ", "").casefold()
        return True

    def _show_exactly(self, text: str, context: Context) -> None:
        if not context.look.invisible:
            self.runs.add(text, context.look.emphasis)

    def _read_field(self, element: etree._Element, context: Context) -> bool:
        shown, dropped = read_control(element)
        if dropped:
            self.page.tally.add(dropped, self.where)
        if shown is None:
            return False
        self._show_exactly(shown, context)
        return True

    def _read_link(self, link: etree._Element, context: Context) -> bool:
        if link.get("href") and not link.get("href", "").startswith("#"):
            self.page.tally.add("link target", self.where)
        elif link.get("name") or link.get("id"):
            self.page.tally.add("bookmark", self.where)
        body = self.page.notes.bodies.get(link)
        if body is None or self.where == "notes":
            return False
        if context.look.invisible:
            return True
        if body not in self.page.numbers:
            self.page.note_blocks.append(())
            number = self.page.numbers[body] = len(self.page.note_blocks)
            self.page.note_blocks[number - 1] = self.read_inside(body, Context(), "notes")
        self.runs.mark(self.page.numbers[body])
        return True


def _plain(context: Context) -> Context:
    """Return the context for the cells of a table, whatever the table stands in."""
    return replace(context, role=Role.PARAGRAPH, level=0, lists=(), verbatim=False)


def _find_role(tag: str, classes: list[str], context: Context) -> tuple[Role, int]:
    for name in classes:
        if name in known.CLASSED:
            return known.CLASSED[name]
    if len(tag) == 2 and tag[0] == "h" and tag[1].isdecimal():  # noqa: PLR2004 - h1 to h6
        return Role.HEADING, int(tag[1])
    return known.ROLES.get(tag, context.role), context.level


def _make_paragraph(runs: tuple[Run, ...], label: str | None, context: Context) -> Paragraph:
    role = context.role
    if role in {Role.HEADING, Role.TITLE}:
        plain = tuple(replace(run, emphasis=run.emphasis - _HEADING_OWN) for run in runs)
        numbered = label if label and any(map(str.isalnum, label)) and role is Role.HEADING else ""
        return Paragraph(role, plain, context.level, numbered)
    if label is not None and role is not Role.VERSE:
        depth = min(max(0, len(context.lists) - 1), _DEEPEST_ITEM)
        return Paragraph(Role.ITEM, runs, depth, label)
    if role is Role.VERSE:
        runs = tuple(replace(run, text=run.text.strip("\n") if len(runs) == 1 else run.text) for run in runs)
    return Paragraph(role, runs)
