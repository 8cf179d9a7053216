"""Pages that are served on this machine only, and that no other site may read, frame or write to."""

from __future__ import annotations

import sys
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

LOOPBACK = "127.0.0.1"


class Server(ThreadingHTTPServer):
    """A server on a free port of this machine; its threads end with the process."""

    daemon_threads = True

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
        """Return whether the request names this machine, which that of a foreign site does not, whatever its name leads to."""
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
