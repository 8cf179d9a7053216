"""The page of a round of countersigning, on loopback: the sentence left, what it rests on right, one key for each answer."""

from __future__ import annotations

import json
import secrets
import threading
from http import HTTPStatus
from pathlib import Path
from typing import Any

from evidence.errors import EvidenceError
from evidence.loopback import LOOPBACK, Guarded, Server
from evidence.signing.session import Round, difference

_STATIC = Path(__file__).with_name("static")
_FILES = {"/": ("page.html", "text/html"), "/page.js": ("page.js", "text/javascript"), "/page.css": ("page.css", "text/css")}
_LONGEST = 10_000
"""Bytes of an answer at most."""


class ServedRound:
    """A round that is served at `address` until `close`."""

    def __init__(self, round_: Round) -> None:
        self.round, self.lock, self.token = round_, threading.Lock(), secrets.token_urlsafe(16)
        self.over = threading.Event()
        self._server = _RoundServer((LOOPBACK, 0), _RoundHandler)
        self._server.served = self
        self.address = f"http://{LOOPBACK}:{self._server.server_port}/"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        """Serve nothing more."""
        self._server.shutdown()
        self._server.server_close()

    def state(self, problem: str = "") -> dict[str, Any]:
        """Return what the page shows: the first item that waits with what it rests on, and how far the round is."""
        told: dict[str, Any] = {"done": self.round.done, "left": len(self.round.waiting), "problem": problem}
        if not self.round.waiting:
            return told
        item, was = self.round.waiting[0], self.round.was()
        text = list(difference(was.signature["text"], item.text)) if was else [("same", item.text)]
        shown = {"where": str(item.place), "kind": item.kind, "before": item.before, "text": text, "after": item.after, "hash": item.hash}
        return told | shown | {"changed": was.changed if was else (), "records": self.round.basis()}

    def answer(self, given: dict[str, Any]) -> dict[str, Any]:
        """Take an answer to the item that waits, and return what comes then; one to another item is not taken."""
        with self.lock:
            if self.round.waiting and given.get("hash") == self.round.waiting[0].hash:
                try:
                    self._take(str(given.get("verdict")), " ".join(str(given.get("note", "")).split()))
                except EvidenceError as error:
                    return self.state(str(error))
            return self.state()

    def _take(self, verdict: str, note: str) -> None:
        if verdict == "skip":
            self.round.skip()
        elif verdict in ("right", "wrong"):
            self.round.sign(verdict, note)


class _RoundServer(Server):
    served: ServedRound


class _RoundHandler(Guarded):
    server: _RoundServer
    policy = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; frame-ancestors 'none'; form-action 'none'"

    def do_GET(self) -> None:
        """Send the page, or one of its files."""
        if not self.is_ours():
            return
        if self.path not in _FILES:
            self.send_error(HTTPStatus.NOT_FOUND)
            return
        name, kind = _FILES[self.path]
        self.send((_STATIC / name).read_text(encoding="utf-8").replace("TOKEN", self.server.served.token), kind)

    def do_POST(self) -> None:
        """Take an answer from the page itself, which alone knows the token, and send what comes next."""
        served = self.server.served
        length = int(self.headers.get("Content-Length") or 0)
        if not self.is_ours():
            return
        if self.headers.get("X-Token") != served.token or not 0 <= length <= _LONGEST:
            self.send_error(HTTPStatus.FORBIDDEN)
            return
        given = json.loads(self.rfile.read(length) or b"{}")
        told = served.answer(given)
        self.send(json.dumps(told, ensure_ascii=False), "application/json")
        if not told["left"]:
            served.over.set()
