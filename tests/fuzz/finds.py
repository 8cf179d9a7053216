"""Inputs that were not survived once, each as small as it can be: put a find of the fuzzer here."""

import hashlib
import json
import re

from entries import NOTEBOOK, document
from entries_beside import BOOK, FIGURE, OF_DOCUMENT, PREPARED, WAVE, citing_document
from entries_network import ASKED, SHOWN


def damaged(content):
    """Return a packed file with a byte of what is packed changed."""
    changed = bytearray(content)
    place = content.index(b"word/document.xml") + 20
    changed[place : place + 6] = b"\xff" * 6
    return bytes(changed)


def without(whole, name):
    """Return JSON without one of its parts."""
    return json.dumps({key: part for key, part in whole.items() if key != name}).encode()


def noted(**step):
    """Return the note of a killed command about one file."""
    return json.dumps(
        {"steps": [{"place": "BOOK/a.csv", "beside": "BOOK/.evidence-1-0", "old": "", "new": "00"} | step], "folders": []}
    ).encode()


def notebook(**cell):
    """Return a notebook of one cell with parts of its own."""
    whole = json.loads(NOTEBOOK)
    whole["cells"] = [whole["cells"][0] | cell]
    return json.dumps(whole).encode()


DEEP = [
    *(opens * 3_000 for opens in ("(", "{", "not ", "a+", "a.", "lambda: ")),
    *(f"{step * times}a" for step in ("a+", "a.", "-") for times in (200, 900, 5_000)),
]
"""Code whose syntax is nested more deeply than it can be read, or nearly so."""

FINDS = [
    ("README.md", b"\xff"),
    ("CITATION.cff", b"title: x\x00"),
    ("CITATION.cff", b"5"),
    ("CITATION.cff", b"title: x\nauthors: null\n"),
    ("CITATION.cff", b"title: x\nauthors: [y]\n"),
    ("_config.yml", b"title: " + b"9" * 5000),
    ("_config.yml", b"[" * 3000),
    ("data/sources.csv beside a broken _config.yml", b"\xff"),
    ("merge", notebook(source=5)),
    ("merge", notebook(source=[["x"]])),
    ("merge", notebook(metadata={"tags": [[]]})),
    ("merge", b'{"cells": 1.5}'),
    ("merge", b"[" * 90_000),
    ("chapters/who-bakes.ipynb", notebook(metadata={"tags": [[]]})),
    ("chapters/who-bakes.ipynb", notebook(metadata={"tags": 0})),
    ("chapters/who-bakes.ipynb", notebook(metadata={"tags": None})),
    ("chapters/who-bakes.ipynb", notebook(source="\ud800")),
    *(("chapters/who-bakes.ipynb", notebook(cell_type="code", execution_count=1, outputs=[], source=code)) for code in DEEP),
    ("chapters/who-bakes.ipynb", notebook(source=None)),
    ("codebook", b"a = " + b"[" * 3000),
    ("manifest of fetched files", b"[" * 90_000),
    ("manifest of fetched files", b'{"checked": "", "files": [{"sha256": "\\ud800", "released": ""}]}'),
    ("editions.json", b"[" * 90_000),
    ("_toc.yml", b"&a [*a, *a]"),
    ("_toc.yml", b"[" * 3000),
    ("_config.yml", b"title: !!int ''"),
    ("ledger of an edition", b'{"edition": {"name": "2026-04-30-aaaa", "date": "2026-04-30"}, "figures": [], "aliases": []}'),
    ("ledger of an edition", b'<!ENTITY a>, "date": "2026-04-30"}, "figures": [], "aliases": []}'),
    ("report.html", b"<!DOCTYPE html><html><body>\x00<h1>Bread</h1><p>12 of 20</p>\n\x00</body></html>"),
    *(("report.html", page) for page in (b"<b>6" * 1_000_000, b"<" * 20_000_000, b"&" * 20_000_000)),
    ("citing.html", b"<b>6" * 1_000_000),
    ("citing.md", b"12% 34% " * 500_000),
    *(("citing.md", (sign + b"\n\n") * 50) for sign in (b"[" * 99_000, b"*a _b " * 16_000, b"<a href='x'>6</a> " * 5_000)),
    ("citing.md", b"|" + b"a|" * 5_000 + b"\n|" + b"-|" * 5_000 + b"\n" + b"1\n" * 60_000),
    ("citing.md", b"".join(b"[a%d]: b\n" % number for number in range(19_000))),
    ("citing.tex", b"\\href{" * 15_000 + b"\n" + b"\\href{" * 15_000),
    ("citing.md", b"6\n" * 1_000_000),
    ("report.docx", damaged(document("In 2025, 60% of bakers baked rye."))),
    ("data/natures.csv", b"figures,nature,reason\na,own count,b\na,own count,b\n"),
    ("book.json of a cited book", b'{"address": "https://[*a, *a/", "edition": {"name": "a", "date": "b"}}'),
    ("reference.bib", b"@techreport{bread,\n title = {Bread},\n" + b"a" * 40_000 + b"}"),
    ("data/formulas.csv", b"figure,formula," + b"a" * 20_000 + b"\nx,y,z\n"),
    *(("report.txt", line) for line in (b"." * 25_000, b"a." * 12_000, b"9" * 99_000, b"`" * 40_000)),
    ("grid", b"as_of,chapter\n" + b"9" * 5000 + b",index\n"),
    ("grid", b"as_of,chapter\n" + b"> " * 5000 + b",index\n"),
    ("answers", b'respondent,place,"Yes' + b"\nNo" * 20 + b'"\n1,Hillford,Yes\n'),
    ("manifest of fetched files", b'{"source": "' + b"a b " * 2000 + b"\xf7"),
    ("reference.json", b'[{"author": [{"given": [1], "family": "Mill"}]}]'),
    ("reference.json", b'[{"author": ["Mill"]}]'),
    ("reference.json", b'[{"issued": {"date-parts": [5]}}]'),
    *(("reference.json", b'[{"issued": {"date-parts": [[%s]]}}]' % number) for number in (b"1e999", b"Infinity", b"-1e999")),
    ("citing.md", b"[12%](http://[*a, *a]/figures/a.b.json)\n"),
    ("citing.md", b"[12.8%](//bread.example/figures/bread.price.json)\n"),
    ("citing.docx", damaged(citing_document())),
    ("book.json of a cited book", without(BOOK, "edition")),
    ("book.json of a cited book", b"[]"),
    ("editions.json of a cited book", b"1.5"),
    ("editions.json of a cited book", b'[{"name": []}]'),
    *(("figure of a cited edition", without(FIGURE, name)) for name in ("id", "state", "reason", "changes", "edition", "successor")),
    ("figure of a cited book", json.dumps(FIGURE | {"changes": [5]}).encode()),
    ("wave.json", json.dumps(WAVE | {"weights": {"raked": "-1"}}).encode()),
    ("wave.json", json.dumps(WAVE | {"figures": [WAVE["figures"][0] | {"figure": []}]}).encode()),
    ("wave.json", json.dumps(WAVE | {"figures": [WAVE["figures"][0] | {"low": "x"}]}).encode()),
    ("export.csv", b"respondent,place\n1,Hill\x9dford\n"),
    ("measures of places", b"code,measure,2002\n\xff,jobs,1\n"),
    ("manifest of places", PREPARED.encode() + b"\xff"),
    ("strays in a published tree", b"pipe wire\n"),
    ("mark of an output", b"\xff"),
    ("journal", b""),
    ("journal", b'{"steps": ["BOOK"]}'),
    ("journal", b'{"steps": [], "folders": [[]]}'),
    ("journal", noted(beside="BOOK/../kept.txt")),
    ("journal", noted(place="BOOK/../kept.txt", beside="BOOK/../.evidence-1-0")),
    ("journal", noted(place="BOOK/../kept.txt", beside="BOOK/../.evidence-1-0", new=hashlib.sha256(b"kept").hexdigest())),
    ("document.json of proposals", OF_DOCUMENT.replace('"hillford"', "[5]").encode()),
    *(("request to a preview", SHOWN.replace(b"index", b"index" + zero)) for zero in (b"\0", b"%00")),
    ("request to a page of decisions", ASKED.replace(b"Content-Length: 1", b"Content-Length: A1")),
    ("request to a page of decisions", re.sub(rb"Content-Length: .*", b"Content-Length: 2\r\n\r\n[]", ASKED, flags=re.DOTALL)),
]
"""The entry and the input."""

HEAVY = [
    *((entry, b"<p " + b"a " * 10_000_000) for entry in ("report.html", "citing.html")),
    *(("citing.html", tag + b'<a href="x">6') for tag in (b'<a href="x">6' * 12_000, b'<div><a href="x">6' * 12_000)),
]
"""As above, those that take seconds: the slow tier tries them."""
