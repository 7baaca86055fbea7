"""Division that knows when there is nothing to divide by."""

_NEXT_TO_NOUGHT = 1e-12


def quotient(above: float, below: float) -> float | None:
    """Divide, or give None where nothing but rounding, or less than nought, is left to divide by."""
    return float(above / below) if below > _NEXT_TO_NOUGHT else None
