"""The preview on loopback: the page, the rest of the site beside it, and a line for each change. Only this machine's own pages may read it."""

from __future__ import annotations

import threading
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler
from typing import Any

from evidence.loopback import LOOPBACK, Guarded, Server
from evidence.preview.session import Preview

_HEARTBEAT = 15.0
"""Seconds after which a line is sent that says nothing, so that a page that is gone is noticed."""


class Served:
    """A preview that is served at `address` until `close`."""

    def __init__(self, name: str) -> None:
        """Open the preview of a chapter on a free port.

        Raises:
            StatementError: If there is no such chapter.
        """
        self.changed, self.ended = threading.Condition(), False
        self.preview = Preview(name, self._tell)
        try:
            self._server = _Server((LOOPBACK, 0), _Handler)
        except BaseException:
            self.preview.close()
            raise
        self._server.served = self
        self.address = f"http://{LOOPBACK}:{self._server.server_port}/chapters/{name}.html"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def _tell(self) -> None:
        with self.changed:
            self.changed.notify_all()

    def close(self) -> None:
        """Serve nothing more, and leave nothing behind."""
        self.ended = True
        self._tell()
        self._server.shutdown()
        self._server.server_close()
        self.preview.close()


class _Server(Server):
    served: Served


class _Handler(Guarded, SimpleHTTPRequestHandler):
    server: _Server

    def __init__(self, request: Any, client: Any, server: _Server) -> None:
        super().__init__(request, client, server, directory=str(server.served.preview.site.folder))

    def do_HEAD(self) -> None:
        """Answer as to a request of the page, without its text."""
        if self.is_ours():
            super().do_HEAD()

    def do_GET(self) -> None:
        """Send the chapter, a line for each change, or another page or file of the site."""
        if not self.is_ours():
            return
        preview, path = self.server.served.preview, self.path.partition("?")[0]
        if path == "/":
            self.send_response(HTTPStatus.FOUND)
            self.send_header("Location", f"/chapters/{preview.name}.html")
            self.end_headers()
        elif path == "/-/changes":
            self._changes()
        elif path == f"/chapters/{preview.name}.html":
            self.send(preview.html)
        else:
            if path.endswith(".html"):
                with preview.lock:
                    preview.site.ensure(path.removeprefix("/").removesuffix(".html"))
            super().do_GET()

    def _changes(self) -> None:
        """Send the version of the page now and whenever it changes."""
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        served, told = self.server.served, 0
        while not served.ended:
            version = served.preview.version
            line = f"data: {version}\n\n" if version != told else ":\n\n"
            try:
                self.wfile.write(line.encode())
            except OSError:
                return
            told = version
            with served.changed:
                served.changed.wait_for(lambda told=told: served.ended or served.preview.version != told, _HEARTBEAT)  # type: ignore[misc]

    def list_directory(self, path: Any) -> None:
        """Send no lists of files."""
        self.send_error(HTTPStatus.NOT_FOUND)
