"""One line a record on standard error: plain for people, JSON for machines, and no control characters in it."""

from __future__ import annotations

import logging
import logging.config
from typing import Any

import structlog


def configure(setting: dict[str, Any]) -> None:
    """Sets up standard logging and structlog; ``setting["format"]`` is ``plain`` or ``json``."""
    render: Any = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if setting["format"] == "json"
        else structlog.dev.ConsoleRenderer(colors=False, pad_event_to=0)
    )
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
    )
    formatter = {
        "()": structlog.stdlib.ProcessorFormatter,
        "foreign_pre_chain": shared,
        "processors": [
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.format_exc_info,
            _escape_control_characters,
            render,
        ],
    }
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {"line": formatter},
            "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
            "root": {"handlers": ["stderr"], "level": "INFO"},
            "loggers": {
                "django.server": {"level": "WARNING"},
                "celery": {"level": "WARNING"},
                # Anybody can send any Host header; a traceback for each would let them fill the log.
                "django.security.DisallowedHost": {"level": "CRITICAL"},
            },
        }
    )


def _escape_control_characters(_logger: Any, _name: str, record: Any) -> Any:
    """A page's title may hold line breaks or terminal escapes; a log line must not."""
    return {
        key: _escaped(value, but="\n" if key == "exception" else "") if isinstance(value, str) else value
        for key, value in record.items()
    }


def _escaped(text: str, *, but: str) -> str:
    """A trace keeps its own line breaks."""
    return "".join(c if c.isprintable() or c in but else _escape(c) for c in text)


def _escape(character: str) -> str:
    return character.encode("unicode_escape").decode("ascii")
