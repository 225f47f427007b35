"""Reaching a page through SOCKS5 or HTTP CONNECT, and telling the proxy's faults from the page's."""

from __future__ import annotations

import asyncio
import socket
from typing import Any

from python_socks import ProxyError, ProxyType
from python_socks.async_.asyncio import Proxy

from tracker.facts import Failure

from .failures import ProxyFault, name_of_connect_status, name_of_socks_reply, words_of
from .target import Target, printable
from .via import Via

_PROXY_SHARE = 0.4
"""Of the seconds for a connection, what reaching the proxy itself may take."""


class _Reached(Proxy):
    """A proxy at the other end of a socket that is already open."""

    open_socket: socket.socket

    async def connect(self, *args: object, **kwargs: object) -> socket.socket:
        return self.open_socket


async def through(via: Via, target: Target, seconds: float) -> socket.socket:
    """A socket that the proxy has joined to the page. Raises ProxyFault, or TimeoutError for a silent page.

    Reaching the proxy is a step of its own, with its own share of the time: a proxy that is away must not be
    taken for a page that is.
    """
    proxy_type = ProxyType.SOCKS5 if via.kind == "socks5" else ProxyType.HTTP
    reached = _Reached(proxy_type, via.host, via.port)
    reached.open_socket = await _reach(via, seconds * _PROXY_SHARE)
    proxy = Proxy(proxy_type, via.host, via.port, via.username, via.password, rdns=True, forward=reached)
    try:
        return await proxy.connect(target.server_name, target.port, timeout=seconds * (1 - _PROXY_SHARE))
    except ProxyError as error:
        named = name_of_socks_reply if via.kind == "socks5" else name_of_connect_status
        raise ProxyFault(named(error.error_code), printable(words_of(error))) from error
    except TimeoutError:
        raise
    except OSError as error:
        raise ProxyFault(Failure.PROXY_ERROR, f"the proxy broke off: {words_of(error)}") from error


async def _reach(via: Via, seconds: float) -> socket.socket:
    loop = asyncio.get_running_loop()
    try:
        async with asyncio.timeout(seconds):
            found = await loop.getaddrinfo(via.host, via.port, type=socket.SOCK_STREAM)
            family, kind, protocol, _, address = found[0]
            return await _connected(socket.socket(family, kind, protocol), address)
    except OSError as error:
        raise ProxyFault(Failure.PROXY_ERROR, f"the proxy cannot be reached: {words_of(error)}") from error


async def _connected(sock: socket.socket, address: tuple[Any, ...]) -> socket.socket:
    try:
        sock.setblocking(False)
        await asyncio.get_running_loop().sock_connect(sock, address)
    except BaseException:
        sock.close()
        raise
    return sock
