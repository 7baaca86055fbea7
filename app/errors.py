"""What can go wrong in the service, and the one place where that becomes an HTTP status.

NomdeplumeError
├── NotHere        there is no such thing, or it is not for this person (404)
├── NotAllowed     signed in, but this role may not (403)
├── SignInNeeded   nobody is signed in (sent to the sign-in page)
    │   └── ReceiptNeeded  no receipt is at hand (sent to where its code is typed)
├── TooLate        the deadline has passed (403)
├── NotReady       the officers have not tried their keys, so no envelope can be sealed (409)
├── TooMany        too many codes that lead nowhere came from one address (429)
├── TooLarge       the request is over its limit (413)
├── BadRequest     the request is malformed (400)
├── Unusable       a file or value can't be used as it is (422)
│   └── WrongKind  a file of a kind that can't be read (415)
├── Clash          somebody was faster, or it is already decided (409)
└── Away           a part of the service is down; nothing was taken (503)
"""

from typing import ClassVar


class NomdeplumeError(Exception):
    """Base of all: a sentence on what happened, one on what was kept, one on what to do."""

    status: ClassVar[int] = 500
    title: ClassVar[str] = "Something went wrong here"

    def __init__(self, happened: str = "", *, kept: str = "", to_do: str = "") -> None:
        super().__init__(happened)
        self.happened = happened
        self.kept = kept
        self.to_do = to_do

    @property
    def in_full(self) -> str:
        """The sentences in one line, for a form that says beside its field what went wrong."""
        return " ".join(filter(None, (self.happened, self.kept, self.to_do)))


class NotHere(NomdeplumeError):
    status = 404
    title = "This page is not here"


class NotAllowed(NomdeplumeError):
    status = 403
    title = "This is not for your role"


class SignInNeeded(NomdeplumeError):
    status = 401
    title = "Please sign in"


class ReceiptNeeded(SignInNeeded):
    title = "Please type your receipt code"


class TooLate(NomdeplumeError):
    status = 403
    title = "Entries are closed"


class NotReady(NomdeplumeError):
    status = 409
    title = "Entries can’t be taken yet"


class TooMany(NomdeplumeError):
    status = 429
    title = "Too many codes in a short time"

    def __init__(self, happened: str, *, wait: int, kept: str = "", to_do: str = "") -> None:
        super().__init__(happened, kept=kept, to_do=to_do)
        self.wait = wait
        """Seconds after which it is worth trying again."""


class TooLarge(NomdeplumeError):
    status = 413
    title = "That file is too large"


class BadRequest(NomdeplumeError):
    status = 400
    title = "That request could not be read"


class Unusable(NomdeplumeError):
    status = 422
    title = "That could not be used as it is"


class WrongKind(Unusable):
    status = 415
    title = "That is a kind of file we cannot read"


class Clash(NomdeplumeError):
    status = 409
    title = "That has changed in the meantime"


class Away(NomdeplumeError):
    status = 503
    title = "We could not take that just now"
