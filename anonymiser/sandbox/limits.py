"""How much a child may take."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    memory: int = 512 * 1024 * 1024  # bytes, beyond what the warm interpreter holds
    cpu_seconds: int = 20
    wall_seconds: float = 30.0
    open_files: int = 64
    hosts_program: bool = False  # the child reads no file itself; it confines the program it starts
