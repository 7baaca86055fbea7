"""Reads Markdown through markdown-it: structure and emphasis stay, links lose their targets."""

import re
from collections.abc import Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

from anonymiser.manuscript import (
    PLAIN,
    Block,
    Cell,
    Emphasis,
    Manuscript,
    Paragraph,
    Role,
    Run,
    SceneBreak,
    Table,
)
from anonymiser.read.html import hides, read_fragment
from anonymiser.read.reading import Reading, Tally
from anonymiser.report import Format

# One of these settles it; of the weak ones, which plain text may hold by chance, two kinds are asked for.
_STRONG = (
    re.compile(r"^#{1,6} \S.*$", re.MULTILINE),
    re.compile(r"^\[\^[\w-]+\]: ", re.MULTILINE),
    re.compile(r"^\|?[ \t]*:?-{3,}:?[ \t]*\|[ \t|:-]*$", re.MULTILINE),
    re.compile(r"^(?:```|~~~)", re.MULTILINE),
    re.compile(r"\S\n={4,}\n"),
    re.compile(r"\[[^\[\]\n]{1,300}\]\(https?://[^)\s]+\)"),
)
_WEAK = (
    re.compile(r"(?<!\w)\*\*[^*\s][^*\n]*\*\*(?!\w)"),
    re.compile(r"(?<![\w*])\*[^*\s][^*\n]*[^*\s]\*(?![\w*])"),
    re.compile(r"(?<!\w)_[^_\s][^_\n]*[^_\s]_(?!\w)"),
    re.compile(r"^> \S", re.MULTILINE),
    re.compile(r"^[*-] \S", re.MULTILINE),
)
_FRONT_MATTER = re.compile(
    r"\A(?:---\n((?:[^\n]*\n){0,60}?)(?:---|\.\.\.)|\+\+\+\n((?:[^\n]*\n){0,60}?)\+\+\+)\n"
)
_FRONT_TITLE = re.compile(r"^title[ \t]*[:=][ \t]*[\"']?(.*?)[\"']?[ \t]*$", re.MULTILINE)
_NOTE = re.compile(
    r"^\[\^([\w-]+)\]:[ \t]*((?:.*(?:\n(?![ \t]*\n|\[\^).+)*)(?:\n+(?: {4}|\t).+)*)", re.MULTILINE
)
_NOTE_MARK = re.compile(r"\[\^([\w-]+)\]")
_TAG = re.compile(r"<!--.*?(?:-->|\Z)|</?[A-Za-z][^<>]*>", re.DOTALL)
_EMPHASIS = {"em": Emphasis.ITALIC, "strong": Emphasis.BOLD, "s": Emphasis.STRIKE}
_NESTING = 40


def looks_like_markdown(text: str) -> bool:
    """Whether the text is Markdown. In doubt it is plain text, where nothing is lost."""
    if _FRONT_MATTER.match(text) or any(pattern.search(text) for pattern in _STRONG):
        return True
    return sum(pattern.search(text) is not None for pattern in _WEAK) > 1


def read_markdown(text: str) -> Reading:
    tally = Tally()
    title = ""
    if front := _FRONT_MATTER.match(text):
        title = found[1] if (found := _FRONT_TITLE.search(front[1] or front[2] or "")) else ""
        tally.add("front matter", "beginning")
        text = text[front.end() :]
    reader = _Reader(tally)
    sources = {match[1]: match[2] for match in _NOTE.finditer(text)}
    blocks = reader.read(_NOTE.sub("", text), sources)
    if title:
        blocks = [Paragraph(Role.TITLE, (Run(title),)), *blocks]
    return Reading(Format.MARKDOWN, Manuscript(tuple(blocks), notes=tuple(reader.notes)), tally.removed())


class _Reader:
    """Walks markdown-it's tokens. Notes are numbered as their marks are met."""

    def __init__(self, tally: Tally) -> None:
        self._tally = tally
        self._parser = MarkdownIt("commonmark", {"maxNesting": _NESTING}).enable(["table", "strikethrough"])
        self._sources: dict[str, str] = {}
        self._numbers: dict[str, int] = {}
        self.notes: list[tuple[Block, ...]] = []

    def read(self, text: str, notes: dict[str, str]) -> list[Block]:
        self._sources = notes
        blocks = self._read_blocks(text)
        for name, source in notes.items():
            # A note that nothing points to is still text of the essay.
            if name not in self._numbers:
                blocks.extend(self._read_blocks(source))
        return blocks

    def _read_blocks(self, text: str) -> list[Block]:
        return list(self._walk(self._parser.parse(text)))

    def _walk(self, tokens: Sequence[Token]) -> Iterator[Block]:  # noqa: C901 - one branch per kind
        lists: list[int | None] = []  # the next number of each list that is open, None for bullets
        label = ""
        quoted = 0
        heading = 0
        position = 0
        while position < len(tokens):
            token = tokens[position]
            kind = token.type
            if kind == "table_open":
                end = _closing(tokens, position)
                yield self._read_table(tokens[position : end + 1])
                position = end
            elif kind in {"ordered_list_open", "bullet_list_open"}:
                lists.append(int(token.attrGet("start") or 1) if kind.startswith("ordered") else None)
            elif kind in {"ordered_list_close", "bullet_list_close"}:
                lists.pop()
            elif kind == "list_item_open":
                number = lists[-1]
                label = f"{number}{token.markup or '.'}" if number is not None else "•"
                lists[-1] = number + 1 if number is not None else None
            elif kind in {"blockquote_open", "blockquote_close"}:
                quoted += 1 if kind.endswith("open") else -1
            elif kind == "heading_open":
                heading = int(token.tag[1:])
            elif kind == "hr":
                yield SceneBreak()
            elif kind == "inline":
                role = _role(heading, len(lists), quoted)
                level = heading or max(0, len(lists) - 1)
                yield Paragraph(role, self._read_inline(token), level, label if role is Role.ITEM else "")
                heading, label = 0, ""
            elif kind in {"code_block", "fence"}:
                yield Paragraph(Role.VERSE, (Run(token.content.rstrip("\n")),))
            elif kind == "html_block":
                self._strip_tags(token.content)
                yield from read_fragment(token.content, self._tally)
            position += 1

    def _read_table(self, tokens: Sequence[Token]) -> Table:
        rows: list[list[Cell]] = []
        for token in tokens:
            if token.type == "tr_open":
                rows.append([])
            elif token.type == "inline":
                rows[-1].append(Cell((Paragraph(Role.PARAGRAPH, self._read_inline(token)),)))
        return Table(tuple(tuple(row) for row in rows))

    def _read_inline(self, token: Token) -> tuple[Run, ...]:
        runs: list[Run] = []
        emphasis = PLAIN
        hidden = ""  # by which tag
        for child in token.children or ():
            if child.type == "html_inline":
                hidden = self._turn_tag(child.content, hidden)
                continue
            if hidden:
                continue
            stem = child.type.rpartition("_")[0]
            if stem in _EMPHASIS:
                emphasis = emphasis ^ {_EMPHASIS[stem]}
            elif child.type in {"text", "code_inline"}:
                runs.extend(self._split_notes(child.content, emphasis))
            elif child.type == "softbreak":
                runs.append(Run(" ", emphasis))
            elif child.type == "hardbreak":
                runs.append(Run("\n", emphasis))
            elif child.type == "link_open":
                self._tally.add("link target", "text")
            elif child.type == "image":
                self._tally.add("linked picture", "text")
                runs.extend(self._read_inline(child))
        return tuple(runs)

    def _turn_tag(self, tag: str, hidden: str) -> str:
        """Return by which tag what follows this one is hidden, "" for none."""
        self._strip_tags(tag)
        name = tag.strip("</>").split()[0].casefold() if tag.strip("</>") else ""
        if hidden:
            return "" if tag.startswith("</") and name == hidden else hidden
        if tag.startswith(("</", "<!", "<?")) or tag.endswith("/>") or not hides(tag):
            return ""
        self._tally.add("hidden text", "text")
        return name

    def _split_notes(self, text: str, emphasis: frozenset[Emphasis]) -> Iterator[Run]:
        end = 0
        for match in _NOTE_MARK.finditer(text):
            if match[1] in self._sources:
                yield Run(text[end : match.start()], emphasis)
                yield Run("", PLAIN, self._number(match[1]))
                end = match.end()
        yield Run(text[end:], emphasis)

    def _number(self, name: str) -> int:
        if name not in self._numbers:
            self._numbers[name] = len(self.notes) + 1
            self.notes.append(())
            source = re.sub(r"^(?: {4}|\t)", "", self._sources[name], flags=re.MULTILINE)
            self.notes[self._numbers[name] - 1] = tuple(self._read_blocks(source))
        return self._numbers[name]

    def _strip_tags(self, html: str) -> str:
        stripped, count = _TAG.subn("", html)
        self._tally.add("HTML tag", "text", count)
        return stripped


def _role(heading: int, depth: int, quoted: int) -> Role:
    if heading:
        return Role.HEADING
    if depth:
        return Role.ITEM
    return Role.QUOTE if quoted else Role.PARAGRAPH


def _closing(tokens: Sequence[Token], start: int) -> int:
    level = tokens[start].level
    kind = tokens[start].type.replace("_open", "_close")
    for position in range(start, len(tokens)):
        if tokens[position].type == kind and tokens[position].level == level:
            return position
    return len(tokens) - 1
