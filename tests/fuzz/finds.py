"""Inputs that were not survived once, each as small as it can be: put a find of the fuzzer here."""

import json

from entries import NOTEBOOK, document


def damaged(content):
    """Return a packed file with a byte of what is packed changed."""
    changed = bytearray(content)
    place = content.index(b"word/document.xml") + 20
    changed[place : place + 6] = b"\xff" * 6
    return bytes(changed)


def notebook(**cell):
    """Return a notebook of one cell with parts of its own."""
    whole = json.loads(NOTEBOOK)
    whole["cells"] = [whole["cells"][0] | cell]
    return json.dumps(whole).encode()


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
    ("chapters/who-bakes.ipynb", notebook(source=None)),
    ("codebook", b"a = " + b"[" * 3000),
    ("manifest of fetched files", b"[" * 90_000),
    ("manifest of fetched files", b'{"checked": "", "files": [{"sha256": "\\ud800", "released": ""}]}'),
    ("editions.json", b"[" * 90_000),
    ("_toc.yml", b"&a [*a, *a]"),
    ("_toc.yml", b"[" * 3000),
    ("_config.yml", b"title: !!int ''"),
    ("ledger of an edition", b'{"edition": {"name": "2026-04-30-aaaa", "date": "2026-04-30"}, "figures": [], "aliases": []}'),
    ("report.html", b"<!DOCTYPE html><html><body>\x00<h1>Bread</h1><p>12 of 20</p>\n\x00</body></html>"),
    ("report.docx", damaged(document("In 2025, 60% of bakers baked rye."))),
    ("data/formulas.csv", b"figure,formula," + b"a" * 20_000 + b"\nx,y,z\n"),
    ("grid", b"as_of,chapter\n" + b"9" * 5000 + b",index\n"),
    ("grid", b"as_of,chapter\n" + b"> " * 5000 + b",index\n"),
    ("answers", b'respondent,place,"Yes' + b"\nNo" * 20 + b'"\n1,Hillford,Yes\n'),
    ("manifest of fetched files", b'{"source": "' + b"a b " * 2000 + b"\xf7"),
]
"""The entry and the input."""
