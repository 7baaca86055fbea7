"""What stands against a backup or a restore, said to whoever runs the command.

NomdeplumeError
├── NotBackedUp     no backup could be made; nothing is left of the attempt
└── NotRestored     nothing was restored; the installation is as it was
"""

from app.errors import NomdeplumeError


class NotBackedUp(NomdeplumeError):
    title = "No backup was made"


class NotRestored(NomdeplumeError):
    title = "Nothing was restored"
