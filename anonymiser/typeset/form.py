"""The form every reading copy has: A4, margins of an inch, 12 point, double-spaced on a grid of lines."""

MILLIMETRE = 72 / 25.4
PAGE = (210 * MILLIMETRE, 297 * MILLIMETRE)
MARGIN = 25.4 * MILLIMETRE
WIDTH = PAGE[0] - 2 * MARGIN
INDENT = 36.0

# Liberation Serif's line is 2355/2048 em; twice that for 12 points is what LibreOffice sets.
LEADING = 27.6
LINES = int((PAGE[1] - 2 * MARGIN) // LEADING)

# The face's descent is 443/2048 em. Double spacing adds its room above a line, so the baseline stands low
# in it.
FIRST_BASELINE = PAGE[1] - MARGIN - LEADING + 12 * 443 / 2048
HEAD_BASELINE = PAGE[1] - MARGIN / 2 - 4
FOOT_BASELINE = MARGIN / 2 - 4
