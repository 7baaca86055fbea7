"""Rows of the contest database. No column here can hold the identity of someone who entered."""

from app.tables.base import Base
from app.tables.ceremony import Announcement, Award, Decision, Opening, Result
from app.tables.contest import Category, Contest, CouncilMember, Criterion, Declaration
from app.tables.council import CouncilChange, CouncilCheck
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
from app.tables.messages import CustodyMove, Erasure, Message, StaffMail, StaleFile
from app.tables.panel import Assignment, Flag, InterestDeclaration, Mark, MarkLock, Recusal
from app.tables.people import OfficerKey, Person, Rehearsal, Role, SignIn
from app.tables.record import Countersignature, Leaf, Root

__all__ = [
    "Announcement",
    "Assignment",
    "Award",
    "Base",
    "Category",
    "Contest",
    "CouncilChange",
    "CouncilCheck",
    "CouncilMember",
    "Countersignature",
    "Criterion",
    "CustodyMove",
    "Decision",
    "Declaration",
    "Entry",
    "Erasure",
    "Exclusion",
    "Finding",
    "Flag",
    "Hold",
    "InterestDeclaration",
    "Leaf",
    "Mark",
    "MarkLock",
    "Message",
    "OfficerKey",
    "Opening",
    "PaperCopy",
    "Person",
    "ReadingCopy",
    "Recusal",
    "Rehearsal",
    "Release",
    "Result",
    "Role",
    "Root",
    "SignIn",
    "StaffMail",
    "StaleFile",
    "Withdrawal",
]
