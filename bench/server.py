"""A TLS server that costs less than any reader of it: ``python bench/server.py FOLDER PORT``, in its own process.

FOLDER holds ``server.pem`` and one file a page, named by its number: page N is at /news/N, packed as a web server
would pack it. 127.0.0.1 to 127.0.0.21 all answer alike. One request a connection. PORT + 1 takes connections and says
nothing.
"""

from __future__ import annotations

import gzip
import select
import socket
import ssl
import sys
from pathlib import Path

_WAITS = (ssl.SSLWantReadError, ssl.SSLWantWriteError)


class Reader:
    """One who came to read, in the middle of the handshake, the request or the answer."""

    def __init__(self, sock: ssl.SSLSocket) -> None:
        self.sock, self.is_known, self.request = sock, False, b""

    def go_on(self, answers: dict[bytes, bytes]) -> bool:
        """Go as far as there are bytes; whether more are waited for."""
        try:
            if not self.is_known:
                self.sock.do_handshake()
                self.is_known = True
            while b"\r\n\r\n" not in self.request:
                data = self.sock.recv(65536)
                if not data:
                    return False
                self.request += data
            # The answer fits into the socket's buffer.
            self.sock.sendall(answers.get(self.request.split(b" ", 2)[1], answers[b"/canary"]))
            self.sock.unwrap()
        except _WAITS:
            return not self.request.endswith(b"\r\n\r\n")
        except OSError:
            pass
        return False


def main(folder: Path, port: int) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "server.pem")
    context.set_alpn_protocols(["http/1.1"])
    answers = {f"/news/{file.stem}".encode(): _answer(file.read_bytes()) for file in folder.glob("*.html")}
    answers[b"/canary"] = _answer(b"<title>Canary</title><p>It sings.</p>")
    doors = {}
    for number in range(1, 22):
        door = _door(f"127.0.0.{number}", port)
        doors[door.fileno()] = door
    silent = _door("127.0.0.2", port + 1)
    _serve(doors, context, answers)
    silent.close()


def _door(ip: str, port: int) -> socket.socket:
    return socket.create_server((ip, port), backlog=4096)


def _answer(body: bytes) -> bytes:
    packed = gzip.compress(body, 6)
    head = (
        "HTTP/1.1 200 OK\r\nServer: newspaper\r\nDate: Tue, 24 Nov 2026 12:00:00 GMT\r\n"
        "Content-Type: text/html; charset=utf-8\r\nContent-Encoding: gzip\r\nVary: Accept-Encoding\r\n"
        f"Content-Length: {len(packed)}\r\nConnection: close\r\n\r\n"
    )
    return head.encode() + packed


def _serve(doors: dict[int, socket.socket], context: ssl.SSLContext, answers: dict[bytes, bytes]) -> None:
    readers: dict[int, Reader] = {}
    poll = select.epoll()
    for number, door in doors.items():
        door.setblocking(False)
        poll.register(number, select.EPOLLIN)
    print("open", flush=True)
    while True:
        for number, _ in poll.poll():
            if number in doors:
                _let_in(doors[number], context, readers, poll)
            elif not readers[number].go_on(answers):
                poll.unregister(number)
                readers.pop(number).sock.close()


def _let_in(
    door: socket.socket, context: ssl.SSLContext, readers: dict[int, Reader], poll: select.epoll
) -> None:
    try:
        plain, _ = door.accept()
    except BlockingIOError:
        return
    plain.setblocking(False)
    sock = context.wrap_socket(plain, server_side=True, do_handshake_on_connect=False)
    readers[sock.fileno()] = Reader(sock)
    poll.register(sock.fileno(), select.EPOLLIN)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
