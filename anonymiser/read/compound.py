"""Opens the container that Word wrote before 2007 ([MS-CFB]) as far as naming and reading its streams."""

import struct

from anonymiser.errors import RefusalCode, Refused

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEADER = struct.Struct("<8s16xHHHHH6xIIIIIIIII")
_LISTED_IN_HEADER = 109
_LAST_SECTOR = 0xFFFFFFFA  # numbers from here on name no sector
_ENTRY = 128  # bytes
_MOST_ENTRIES = 20_000
_STREAM, _ROOT = 2, 5
_SMALL_SHIFT = 6


class Compound:
    """Raises: Refused, on opening and on reading a stream."""

    def __init__(self, source: bytes) -> None:
        self._source = source
        try:
            self._open()
        except (struct.error, IndexError):
            raise Refused(RefusalCode.TRUNCATED) from None

    def _open(self) -> None:
        signature, *_, shift, small_shift, _, listed, directory, _, below, small_table, _, more, _ = (
            _HEADER.unpack_from(self._source)
        )
        if signature != SIGNATURE or shift not in {9, 12} or small_shift != _SMALL_SHIFT:
            raise Refused(RefusalCode.UNREADABLE)
        self._small_below = below
        self._size, self._small_size = 1 << shift, 1 << small_shift
        self._table = self._read_table(listed, more)
        self._small_table: list[int] = []
        self._small = b""
        entries = self._follow(directory)[: _MOST_ENTRIES * _ENTRY]
        self._streams: dict[str, tuple[int, int]] = {}
        self.names: set[str] = set()
        for at in range(0, len(entries) - _ENTRY + 1, _ENTRY):
            self._note_entry(entries[at : at + _ENTRY])
        if self._small:
            self._small_table = _numbers(self._follow(small_table))

    def _note_entry(self, entry: bytes) -> None:
        length, kind = struct.unpack_from("<HB", entry, 64)
        start, size = struct.unpack_from("<II", entry, 116)
        name = entry[: max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
        if kind == _ROOT:
            self._small = self._follow(start)[:size]
        elif kind:
            self.names.add(name)
            if kind == _STREAM:
                self._streams.setdefault(name, (start, size))

    def __contains__(self, name: str) -> bool:
        return name in self.names

    def read(self, name: str) -> bytes | None:
        if name not in self._streams:
            return None
        start, size = self._streams[name]
        try:
            found = self._follow_small(start, size) if size < self._small_below else self._follow(start)
        except IndexError:
            raise Refused(RefusalCode.TRUNCATED) from None
        if len(found) < size:
            raise Refused(RefusalCode.TRUNCATED)
        return found[:size]

    def _read_table(self, listed: int, more: int) -> list[int]:
        """Return for each sector the number of the next; `more` begins the list of the table's own sectors."""
        sectors = list(struct.unpack_from(f"<{_LISTED_IN_HEADER}I", self._source, 76))
        seen: set[int] = set()
        while more < _LAST_SECTOR and more not in seen and len(sectors) < listed:
            seen.add(more)
            *numbers, more = _numbers(self._sector(more))
            sectors += numbers
        table: list[int] = []
        for sector in sectors[:listed]:
            if sector < _LAST_SECTOR:
                table += _numbers(self._sector(sector))
        return table

    def _follow(self, sector: int) -> bytes:
        found = []
        # A chain longer than the table goes in a circle.
        for _ in range(len(self._table)):
            if sector >= _LAST_SECTOR:
                break
            found.append(self._sector(sector))
            sector = self._table[sector]
        return b"".join(found)

    def _follow_small(self, sector: int, size: int) -> bytes:
        found = []
        for _ in range(-(-size // self._small_size)):
            if sector >= _LAST_SECTOR:
                break
            found.append(self._small[sector * self._small_size :][: self._small_size])
            sector = self._small_table[sector]
        return b"".join(found)

    def _sector(self, number: int) -> bytes:
        found = self._source[(number + 1) * self._size : (number + 2) * self._size]
        if not found:
            raise IndexError
        return found.ljust(self._size, b"\0")


def _numbers(data: bytes) -> list[int]:
    return list(struct.unpack(f"<{len(data) // 4}I", data))
