"""The copy of a receipt as an e-mail: plain text, with the dates to come back as a calendar file."""

from datetime import datetime
from email.message import EmailMessage
from textwrap import fill
from zoneinfo import ZoneInfo

from app.intake.receipt_mail import ReceiptCopy
from app.mail import compose
from app.settings import Settings
from app.tables import Contest, Entry
from app.web.calendar import calendar_of
from app.web.contest_dates import dates_of
from app.web.visitors import contest_title
from app.wording import day_in_words, in_words


def receipt_letter(
    settings: Settings, contest: Contest, entry: Entry, copy: ReceiptCopy, *, now: datetime
) -> EmailMessage:
    """Neither a name nor the nom de plume is in it: whoever reads this mailbox learns no more than they must."""
    received = in_words(entry.received_at, ZoneInfo(contest.time_zone), seconds=True)
    dates = [(day, what) for day, what in dates_of(contest) if day >= entry.received_at.date()]
    body = "\n".join(
        [
            fill(f"This is the copy you asked for of your receipt for {contest_title(contest)}."),
            "",
            f"Receipt code   {copy.code.text}",
            f"Entry          {entry.number}",
            f"Received       {received}",
            "Fingerprint    (SHA-256 of the file that came in)",
            f"               {copy.fingerprint}",
            "",
            fill(
                f"With the code you see at {settings.address}/receipt what the judges will see, and can replace or "
                "withdraw the essay until entries close. Whoever else has the code can do so too: keep this letter "
                "where nobody reads it, or print it and delete it."
            ),
            "",
            *(f"{day_in_words(day)}: {what}" for day, what in dates),
            "",
            fill(
                "Nobody reads answers to this address. To write to the society without saying who you are, use the "
                "messages under your receipt. What waited here to send this letter is deleted."
            ),
            "",
        ]
    )
    letter = compose(
        sender=settings.mail_from,
        to=copy.address,
        subject=f"Your receipt for entry {entry.number}",
        body=body,
        now=now,
    )
    events = [(f"{contest_title(contest)}: {what}", day) for day, what in dates]
    letter.add_attachment(
        calendar_of(contest.slug, events, now).encode(),
        maintype="text",
        subtype="calendar",
        filename="dates.ics",
    )
    return letter
