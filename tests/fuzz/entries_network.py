"""Entries for what comes over a line: answers of producers, requests to the pages that commands serve, and what stands at the address of a scheduler."""

import io
import socket
import threading
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path
from types import SimpleNamespace
from unittest.mock import patch

from evidence.catalog.verify import Text
from evidence.editions.grid import cluster
from evidence.errors import EditionError
from evidence.loopback import _AnsweringHandler
from evidence.preview.serving import _Handler
from evidence.reading import proposals
from evidence.reading.review import Review
from evidence.reading.sheet import Sheet, row_of
from evidence.refresh.transport import Limits, fetch

ANSWER = b"HTTP/1.1 200 OK\r\nContent-Type: text/csv; charset=utf-8\r\nContent-Length: 12\r\nContent-Encoding: identity\r\nRetry-After: 1\r\n\r\nid,value\na,1\n"
PATIENCE_SECONDS = 0.5
LIMITS = Limits(connect_seconds=PATIENCE_SECONDS, read_seconds=PATIENCE_SECONDS, total_seconds=2, attempts=2, pause_seconds=0.01)
"""So little that a hostile answer costs no time: a good one may come later on a busy machine."""


@contextmanager
def listening(content):
    """Yield the port of a server that says this, whatever it is asked, and closes the line."""

    def serve():
        while True:
            try:
                line, _ = server.accept()
            except OSError:
                return
            with line:
                line.settimeout(60)
                try:
                    line.recv(65_536)
                    line.sendall(content)
                except OSError:
                    continue

    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=serve, daemon=True).start()
        yield server.getsockname()[1]
        server.shutdown(socket.SHUT_RDWR)


def an_answer(_place, content):
    with listening(content) as port:
        fetch(f"http://127.0.0.1:{port}/pay.csv", "text/csv", LIMITS)


class Line:
    """A line of which the other end has said everything already."""

    def __init__(self, content):
        self.said, self.heard = io.BytesIO(content), io.BytesIO()

    def makefile(self, mode, *_given):
        return self.said if "r" in mode else self.heard

    def sendall(self, content):
        self.heard.write(content)

    def setsockopt(self, *_given):
        pass

    def settimeout(self, *_given):
        pass


def _request(line, body="", token="TOKEN"):
    head = {"Host": "127.0.0.1:4321", "X-Token": token, "Content-Type": "application/json", "Content-Length": str(len(body))}
    return "\r\n".join([line, *(f"{name}: {value}" for name, value in head.items()), "", body]).encode()


ASKED = _request("POST / HTTP/1.1", '{"do": "edit", "at": 0, "cells": {"value": "5"}, "part": 0, "from": 3, "to": 7, "reason": "None"}')
SHOWN = _request("GET /chapters/index.html HTTP/1.1")


def _server(**parts):
    return SimpleNamespace(server_port=4321, **parts)


def an_answer_to_a_page(place, content):
    """A request to the page on which proposals are decided on: another program of this machine may send anything."""
    text = Text("In 2025, 60% of bakers baked rye. Sales rose by a quarter.")
    found = proposals(text)
    sheet = Sheet(place.beside / "decided.csv", place.beside / "report.md", "hillford", "00", [row_of(one) for one in found])
    desk = Review(sheet, text, found, lambda _at: [], lambda _span: [])
    desk.token = "TOKEN"
    try:
        _AnsweringHandler(Line(content), ("127.0.0.1", 1), _server(desk=desk))
    finally:
        desk.close()


def a_request_to_a_preview(place, content):
    folder = place.beside / "previewed"
    (folder / "chapters").mkdir(parents=True, exist_ok=True)
    (folder / "chapters" / "index.html").write_text("<p>Bread</p>", encoding="utf-8")
    site = SimpleNamespace(folder=folder, ensure=lambda _name: None)
    preview = SimpleNamespace(name="who-bakes", html="<p>Bakers</p>", version=1, lock=threading.RLock(), site=site)
    changed = threading.Condition()
    _Handler(Line(content), ("127.0.0.1", 1), _server(served=SimpleNamespace(preview=preview, ended=True, changed=changed)))


def a_scheduler(_place, content):
    """Whatever listens there is no scheduler: that is told, soon."""
    impatient = patch.object(cluster, "SECONDS_TO_ANSWER", PATIENCE_SECONDS)
    with listening(content) as port, impatient, suppress(EditionError), cluster.cluster(f"tcp://127.0.0.1:{port}", Path()):
        raise AssertionError("a scheduler was found")


NETWORK = {
    "answer of a producer": (an_answer, ANSWER),
    "request to a page of decisions": (an_answer_to_a_page, ASKED),
    "request to a preview": (a_request_to_a_preview, SHOWN),
}
"""As `entries.ENTRIES`."""

if find_spec("distributed"):
    NETWORK["scheduler"] = (a_scheduler, b"\x00\x00\x00\x00\x00\x00\x00\x01\x80")
