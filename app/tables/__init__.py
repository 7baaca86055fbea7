"""Rows of the contest database. No column here can hold the identity of someone who entered."""

from app.tables.base import Base
from app.tables.ceremony import Announcement, Award, Decision, Opening, Result
from app.tables.contest import Category, Contest, CouncilMember, Criterion, Declaration
from app.tables.entries import (
    Entry,
    Exclusion,
    Finding,
    Hold,
    PaperCopy,
    ReadingCopy,
    Release,
    Withdrawal,
)
from app.tables.panel import Assignment, Flag, InterestDeclaration, Mark, MarkLock, Recusal
from app.tables.people import OfficerKey, Person, Role, SignIn
from app.tables.record import Leaf, Root

__all__ = [
    "Announcement",
    "Assignment",
    "Award",
    "Base",
    "Category",
    "Contest",
    "CouncilMember",
    "Criterion",
    "Decision",
    "Declaration",
    "Entry",
    "Exclusion",
    "Finding",
    "Flag",
    "Hold",
    "InterestDeclaration",
    "Leaf",
    "Mark",
    "MarkLock",
    "OfficerKey",
    "Opening",
    "PaperCopy",
    "Person",
    "ReadingCopy",
    "Recusal",
    "Release",
    "Result",
    "Role",
    "Root",
    "SignIn",
    "Withdrawal",
]
