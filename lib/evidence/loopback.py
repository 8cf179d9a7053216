"""Pages that are served on this machine only, and that no other site may read, frame or write to."""

from __future__ import annotations

import json
import secrets
import sys
import threading
from abc import ABC, abstractmethod
from collections.abc import Mapping
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from evidence.parsing import parse_json

LOOPBACK = "127.0.0.1"


class Server(ThreadingHTTPServer):
    """A server on a free port of this machine; its threads end with the process."""

    daemon_threads = True

    def serve_forever(self, poll_interval: float = 0.05) -> None:
        """Serve until it is shut down, which it looks for so often, in seconds: with Python's own half second whoever ends a page waits for it."""
        super().serve_forever(poll_interval)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of a browser that has gone; tell of anything else."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


class Guarded(BaseHTTPRequestHandler):
    """A handler of requests that come from this machine's own pages."""

    server: Server
    policy = "frame-ancestors 'none'"
    """Content-Security-Policy of what is sent."""

    def log_message(self, format: str, *arguments: Any) -> None:
        """Say nothing."""

    def end_headers(self) -> None:
        """Let nothing be kept, and no other site read or frame what is sent."""
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Cross-Origin-Resource-Policy", "same-origin")
        self.send_header("Content-Security-Policy", self.policy)
        super().end_headers()

    def is_ours(self) -> bool:
        """Return whether the request names this machine, which that of a foreign site does not, and what a file may be called; else answer it."""
        if "\0" in unquote(self.path):
            self.send_error(HTTPStatus.BAD_REQUEST, "No address holds a character zero")
            return False
        port = self.server.server_port
        if self.headers.get("Host") in (f"{LOOPBACK}:{port}", f"localhost:{port}"):
            return True
        self.send_error(HTTPStatus.FORBIDDEN, "Only 127.0.0.1 and localhost are served")
        return False

    def send(self, content: str, kind: str = "text/html", status: HTTPStatus = HTTPStatus.OK) -> None:
        """Send a text in UTF-8."""
        body = content.encode("utf-8")
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


class AnsweringPage(ABC):
    """A page that takes answers, one after the other, from itself alone: served at `address` until `close`.

    Args:
        files: Its files with their media types, by the path of their address; the page knows the desk's token by the word TOKEN in one of them.

    Attributes:
        token: What only the page knows.
        lock: Held while an answer is taken.
        over: Set when nothing is to be answered any more.
    """

    longest = 10_000
    """Bytes of an answer at most."""

    def __init__(self, files: Mapping[str, tuple[Path, str]]) -> None:
        self.files, self.token = files, secrets.token_urlsafe(16)
        self.lock, self.over = threading.Lock(), threading.Event()
        self._server = _AnsweringServer((LOOPBACK, 0), _AnsweringHandler)
        self._server.desk = self
        self.address = f"http://{LOOPBACK}:{self._server.server_port}/"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        """Serve nothing more."""
        self._server.shutdown()
        self._server.server_close()

    @abstractmethod
    def answer(self, given: dict[str, Any]) -> dict[str, Any]:
        """Take an answer and return what the page shows then; with `left` at nothing, the desk is over."""


class _AnsweringServer(Server):
    desk: AnsweringPage


class _AnsweringHandler(Guarded):
    server: _AnsweringServer
    policy = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; frame-ancestors 'none'; form-action 'none'"

    def do_GET(self) -> None:
        """Send the page, or one of its files."""
        desk = self.server.desk
        if not self.is_ours():
            return
        if self.path not in desk.files:
            self.send_error(HTTPStatus.NOT_FOUND)
            return
        path, kind = desk.files[self.path]
        self.send(path.read_text(encoding="utf-8").replace("TOKEN", desk.token), kind)

    def do_POST(self) -> None:
        """Take an answer from the page itself, which alone knows the token, and send what comes next."""
        desk = self.server.desk
        if not self.is_ours():
            return
        try:
            length = int(self.headers.get("Content-Length") or 0)
            if self.headers.get("X-Token") != desk.token or not 0 <= length <= desk.longest:
                self.send_error(HTTPStatus.FORBIDDEN)
                return
            given = parse_json(self.rfile.read(length) or b"{}")
            if not isinstance(given, dict):
                raise ValueError("no object")
        except ValueError:
            self.send_error(HTTPStatus.BAD_REQUEST)
            return
        told = desk.answer(given)
        self.send(json.dumps(told, ensure_ascii=False), "application/json")
        if not told["left"]:
            desk.over.set()
