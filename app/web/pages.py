"""Rendering: one environment of templates, the words every page shares, and answers that are files."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import segno
from fastapi import Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from app.problems import Problem
from app.wording import day_in_words, in_words, plain

HERE = Path(__file__).parent
MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Link:
    label: str
    href: str
    current: bool = False


def _day(value: date) -> str:
    return day_in_words(value.date() if isinstance(value, datetime) else value)


def _instant(value: datetime) -> str:
    zone = value.tzinfo
    return in_words(value, zone if isinstance(zone, ZoneInfo) else ZoneInfo("UTC"))


def _clock(value: datetime) -> str:
    return f"{value:%H:%M}"


def _dec(value: Decimal | float | None) -> str:
    if value is None:
        return ""
    return plain(value if isinstance(value, Decimal) else Decimal(f"{value:.2f}"))


def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"day": _day, "instant": _instant, "clock": _clock, "dec": _dec}
    return environment


TEMPLATES = _environment()


def page(
    request: Request,
    template: str,
    context: Mapping[str, Any],
    *,
    title: str,
    society: str = "",
    contest_name: str = "",
    nav: Sequence[Link] = (),
    signed_in_as: str = "",
    foot: tuple[str, str] = ("", ""),
    notice: str = "",
    problems: Sequence[Problem] = (),
    status: int = 200,
) -> HTMLResponse:
    """Render a page. `notice` says what was just done, after a redirect; `problems` decide the status."""
    path = request.url.path
    shared = {
        "page_title": title,
        "society": society,
        "contest_name": contest_name,
        "nav": [Link(each.label, each.href, each.current or each.href == path) for each in nav],
        "signed_in_as": signed_in_as,
        "foot_left": foot[0] or "Run with nomdeplume.",
        "foot_right": foot[1],
        "notice": notice,
        "problems": problems,
    }
    content = TEMPLATES.get_template(template).render({**shared, **context})
    return HTMLResponse(content, status_code=worst_status(problems) if problems else status)


def see_other(path: str) -> RedirectResponse:
    """The answer to every change: a POST is never repeated by a reload."""
    return RedirectResponse(path, status_code=303)


def pdf(content: bytes, name: str) -> Response:
    """A PDF shown by the browser. `name` is made of what the visitor may know."""
    return Response(
        content,
        media_type="application/pdf",
        headers={"content-disposition": f'inline; filename="{name}"'},
    )


def download(content: bytes, name: str, media_type: str) -> Response:
    return Response(
        content,
        media_type=media_type,
        headers={"content-disposition": f'attachment; filename="{name}"'},
    )


def qr_svg(text: str) -> Markup:
    """A QR code as inline SVG, drawn by the stylesheet's class."""
    code = segno.make(text, error="m")
    svg = code.svg_inline(omitsize=True, svgclass="qr", lineclass="qr-line", border=2)
    return Markup(svg)  # noqa: S704 - made by the library from our own code of letters and digits


def labelled(facts: Iterable[tuple[str, str]]) -> list[dict[str, str]]:
    """Facts as the lists of a page set them."""
    return [{"label": label, "value": value} for label, value in facts]


def size_in_words(octets: int) -> str:
    return f"{octets / MEGABYTE:.0f} MB" if octets >= MEGABYTE else f"{max(1, octets // 1024)} KB"


def worst_status(problems: Sequence[Problem]) -> int:
    """The status of a page with problems: the most telling of them."""
    statuses = [problem.error.status for problem in problems]
    return next((status for status in statuses if status != 422), 422)  # noqa: PLR2004 - "unusable", the usual one
