"""A column more for figures is one line of the declaration: put a test here when what a figure is told of must reach another place."""

import json
import os
import subprocess
import sys

import pytest
from command import copied_code
from stage import NOW, rows_of, write_rows

from evidence.paths import ROOT

LAST = '        Column("category", "Label of the figure within its series.", verbatim=True),\n'
LINE = '        Column("method", "How it was measured."),\n'

CHILD = """
import json, sys
from datetime import datetime
from pathlib import Path
from evidence import ledger
from evidence.audit import verdicts
from evidence.catalog import load
from evidence.catalog.validation import validate
from evidence.chapter.ledger_view import ledger_view
from evidence.ledger.flat_tables import csv_tables
from evidence.refresh import Limits, Request, refresh
from evidence.site.cards import cards
from evidence.site.entry import figure_entry
from evidence.site.publication import Publication

data, into, store, now = sys.argv[1:]
library, name = validate(load(data)), "official.pay.median.hull"
edition = Publication(library, ledger.build(library), "https://example.org/")
record = edition.figures[name]
flat = csv_tables(edition.ledger)["figures"].splitlines()
(outcome,) = refresh(library, Request(source="", store=Path(store), into=Path(into), now=datetime.fromisoformat(now), limits=Limits()))
print(json.dumps({
    "ledger": record["further"],
    "flat": [flat[0].rpartition(",")[2], next(line for line in flat if line.startswith(name + ",")).rpartition(",")[2]],
    "card": cards(edition, [("figure", name)])["figure"][name]["further"],
    "entry": "<dt>Method</dt><dd>By tax records</dd>" in figure_entry(edition, record, {}),
    "chapter": "By tax records" in ledger_view(library, verdicts(library)).text,
    "refreshed": {candidate.figure: candidate.row["method"] for candidate in outcome.drawn.candidates}[name],
}))
"""


@pytest.fixture
def engine(tmp_path):
    """A copy of the library's code in which figures have a column more, declared in one line."""
    copied_code(ROOT / "lib" / "evidence", tmp_path / "lib" / "evidence")
    schema = tmp_path / "lib" / "evidence" / "catalog" / "schema" / "sources.py"
    text = schema.read_text(encoding="utf-8")
    assert text.count(LAST) == 1
    schema.write_text(text.replace(LAST, LAST + LINE), encoding="utf-8")
    return tmp_path / "lib"


def test_a_further_column_reaches_ledger_card_entry_chapter_and_refresh(engine, world):
    for path in (world.data / "figures").glob("*.csv"):
        rows = rows_of(path)
        order = [*list(rows[0])[:-1], "method", "note"]
        told = "By tax records"
        write_rows(path, [{name: (row | {"method": told}).get(name, "") for name in order} for row in rows])
    sent = [str(world.data), str(world.into), str(world.store), NOW.isoformat()]
    ran = subprocess.run(
        [sys.executable, "-c", CHILD, *sent], capture_output=True, text=True, env={**os.environ, "PYTHONPATH": str(engine)}
    )
    assert ran.returncode == 0, ran.stderr[-3000:]
    assert json.loads(ran.stdout) == {
        "ledger": {"method": "By tax records"},
        "flat": ["method", "By tax records"],
        "card": {"method": "By tax records"},
        "entry": True,
        "chapter": True,
        "refreshed": "By tax records",
    }
