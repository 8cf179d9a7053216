"""A stage for the tests of refresh: a producer on this machine that answers as it is told, and a library whose connectors point to it."""

import contextlib
import csv
import hashlib
import json
import shutil
import threading
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from evidence.catalog import load
from evidence.paths import ROOT
from evidence.refresh import Limits, Request, refresh

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
QUICK = Limits(connect_seconds=20, read_seconds=30, total_seconds=60, size=100_000, attempts=3, pause_seconds=0.01)
HEADER = "AREACD,AREANM,Geography,Variable Name,Indicator,Period,Observation,Measure,Unit,Observation Status"


def line(area, period, value, *, measure="Pounds", unit="£", status="", name="A place", indicator="Gross median weekly pay"):
    """Return a row of the file as the producer writes it."""
    return f"{area},{name},District,{indicator},{indicator},{period},{value},{measure},{unit},{status}"


BRADFORD, HULL, UK = "E08000032", "E06000010", "K02000001"
FIGURES = {"official.pay.median.bradford": BRADFORD, "official.pay.median.hull": HULL, "official.pay.median.uk": UK}
NEXT = [
    line(BRADFORD, "2025-04", "559.9"),
    line(BRADFORD, "2026-04", "581.2"),
    line(HULL, "2026-04", "590"),
    line(UK, "2026-04", "1024.56"),
    line(HULL, "2026-04", "no pay", indicator="Something else"),
]
"""A next release by hand: 581.2, 590 and 1024.56, to be written to one decimal."""


def table(lines=NEXT, header=HEADER):
    return ("\n".join([header, *lines]) + "\n").encode()


class Producer:
    """A server on loopback: each path has an answer, a function of the request's handler."""

    def __init__(self):
        self.answers, self.asked, self.over = {}, [], threading.Event()
        producer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                producer.asked.append(self.path)
                with contextlib.suppress(BrokenPipeError, ConnectionResetError):
                    producer.answers[self.path](self)

            def log_message(self, *_arguments):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.base = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def give(self, path, body, kind="text/csv", status=200, **headers):
        """Answer a path with a whole body."""

        def answer(handler):
            handler.send_response(status)
            named = {"Content-Type": kind, "Content-Length": str(len(body))} | {
                name.replace("_", "-"): text for name, text in headers.items()
            }
            for name, text in named.items():
                if text is not None:
                    handler.send_header(name, text)
            handler.end_headers()
            handler.wfile.write(body)

        self.answers[path] = answer

    def release(self, day):
        """Tell of a newest release."""
        self.give("/pay.json", json.dumps({"dc:issued": day, "latest": [{"published": f"{day}T09:30:00Z"}]}).encode(), "application/json")

    def close(self):
        self.over.set()
        self.server.shutdown()
        self.server.server_close()


def rows_of(file):
    with file.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def write_rows(file, rows):
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def contents(folder):
    """Return the sha256 of every file below a folder by its path."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.rglob("*") if path.is_file()
    }


class World:
    """A copy of the library with a connector to the producer, and folders for what comes."""

    def __init__(self, folder, producer):
        self.data, self.store, self.into = folder / "library", folder / "store", folder / "overlay"
        shutil.copytree(ROOT / "data", self.data)
        real = next(row for row in rows_of(self.data / "connectors.csv") if row["source"] == "ons-ashe")
        self.connector = real | {"address": f"{producer.base}/pay.csv", "release_address": f"{producer.base}/pay.json"}
        self.declare()
        self.connect([{"figure": figure, "rows": f"AREACD={area}", "period": "newest", "note": ""} for figure, area in FIGURES.items()])

    def declare(self, **cells):
        """Declare the connector with some cells of its own."""
        self.connector |= cells
        write_rows(self.data / "connectors.csv", [self.connector])

    def connect(self, rows):
        write_rows(self.data / "connected.csv", rows)

    def request(self, **changes):
        return Request(**({"source": "", "store": self.store, "into": self.into, "now": NOW, "limits": QUICK} | changes))

    def refresh(self, **changes):
        """Refresh, prove that the library was left alone, and return the outcome of the one connector."""
        before = contents(self.data)
        (outcome,) = refresh(load(self.data), self.request(**changes))
        assert contents(self.data) == before
        return outcome

    def problem(self, **changes):
        """Refresh, expect it to fail without a trace of candidates, and return what it says."""
        outcome = self.refresh(**changes)
        assert outcome.problem
        assert outcome.drawn.candidates == []
        assert not self.into.exists()
        assert not list(self.store.rglob("*.csv"))
        return outcome.problem
