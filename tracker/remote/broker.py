"""The broker between home and the workers: one Celery app for each worker's queue, and Redis for the answers."""

from __future__ import annotations

import ssl
from typing import Any
from urllib.parse import urlsplit

from celery import Celery
from kombu import Exchange, Queue

from .messages import Desk

_SECONDS_TO_CONNECT = 5
_SECONDS_TO_ANSWER = 10


def readable_broker(url: str) -> str:
    """The address as given. Raises ValueError, without repeating it, for what is no Redis server."""
    try:
        parts = urlsplit(url)
        is_server = parts.scheme in {"redis", "rediss"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        is_server = False
        parts = urlsplit("")
    if not is_server and not (parts.scheme == "unix" and parts.path):
        raise ValueError("the broker is redis://host:6379/0, rediss:// for TLS, or unix:///path/to/socket")
    return url


def celery_app(broker: str, desk: Desk) -> Celery:
    """The app that puts requests into a worker's queue, and that the worker takes them from.

    Every key has the worker's own prefix, so that the broker can keep it away from all others. Nothing of Django is
    looked for, and no command can be sent to a worker but a look.
    """
    app = Celery(desk.queue, fixups=[], set_as_current=False)
    app.conf.update(
        broker_url=_as_kombu_has_it(broker),
        broker_use_ssl={"ssl_cert_reqs": ssl.CERT_REQUIRED, "ssl_check_hostname": True}
        if broker.startswith("rediss:")
        else None,
        broker_connection_retry_on_startup=True,
        broker_connection_max_retries=None,
        broker_transport_options={
            "global_keyprefix": desk.prefix,
            "socket_connect_timeout": _SECONDS_TO_CONNECT,
            "socket_keepalive": True,
            # A look that was lost is asked for again by home, which alone knows whether it still matters; so the
            # worker needs no right to run scripts at the broker, which redelivery would take.
            "ack_emulation": False,
        },
        accept_content=["json"],
        task_serializer="json",
        task_ignore_result=True,
        task_queues=[Queue(desk.queue, Exchange(desk.queue), routing_key=desk.queue)],
        task_default_queue=desk.queue,
        task_create_missing_queues=False,
        task_acks_late=False,
        worker_prefetch_multiplier=1,
        worker_enable_remote_control=False,
        worker_hijack_root_logger=False,
        worker_cancel_long_running_tasks_on_connection_loss=False,
        worker_send_task_events=False,
    )
    return app


def _as_kombu_has_it(broker: str) -> str:
    if not broker.startswith("unix:"):
        return broker
    return broker.replace("unix:", "redis+socket:", 1).replace("?db=", "?virtual_host=")


def redis_options() -> dict[str, Any]:
    """How long a connection for answers may take to do anything."""
    return {"socket_connect_timeout": _SECONDS_TO_CONNECT, "socket_timeout": _SECONDS_TO_ANSWER}
