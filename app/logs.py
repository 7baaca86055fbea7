"""Structured logs: one JSON object a line on standard error, never a name and never a word of an essay."""

import logging
import sys

import structlog


def configure_logs(least: int = logging.INFO) -> None:
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.EventRenamer("event"),
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(least),
        logger_factory=structlog.WriteLoggerFactory(file=sys.stderr),
    )
    # Libraries log in their own words, which may quote what they were given; only that something failed passes.
    logging.basicConfig(level=logging.ERROR, handlers=[_KindOnly()], force=True)


class _KindOnly(logging.Handler):
    """Passes on from libraries who failed and with which kind of error, not what they said of it."""

    def emit(self, record: logging.LogRecord) -> None:
        kind = record.exc_info[0].__name__ if record.exc_info and record.exc_info[0] else ""
        structlog.get_logger().error("library failure", library=record.name, kind=kind)
