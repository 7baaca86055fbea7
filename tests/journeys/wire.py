"""What a browser has sent, to look for what it never may."""

from playwright.sync_api import Page, Request


class Wire:
    """Everything a page's browser has sent."""

    def __init__(self, page: Page) -> None:
        self.sent: list[bytes] = []
        page.context.on("request", self._note)

    def _note(self, request: Request) -> None:
        headers = "\n".join(f"{name}: {value}" for name, value in request.headers.items())
        self.sent.append(f"{request.method} {request.url}\n{headers}\n".encode())
        self.sent.append(request.post_data_buffer or b"")

    def carried(self, text: str) -> bool:
        """Whether it went out, in whatever way forms write it."""
        plain = b"\n".join(self.sent).lower()
        spellings = {text, text.replace(" ", "+"), text.replace(" ", "%20")}
        return any(each.lower().encode() in plain for each in spellings)
