"""The engines, for routes that need more than the contest database.

They lead to the vault, so no file that serves judges imports this one.
"""

from typing import Annotated

from fastapi import Depends, Request

from app.engines import Engines


def engines_of(request: Request) -> Engines:
    engines: Engines = request.app.state.engines
    return engines


Whole = Annotated[Engines, Depends(engines_of)]
