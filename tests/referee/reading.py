"""The invented reports of this folder, and the faults that are planted into them."""

import csv
from pathlib import Path

from evidence.catalog.verify.text import Text
from evidence.referee import audit, document_of

HERE = Path(__file__).parent
REPORTS = {path.name: path.read_text(encoding="utf-8") for path in sorted((HERE / "reports").iterdir())}


def audited(text, name="report.md"):
    """Return the audit of a text."""
    return audit(document_of(Text(text), name))


def kinds(text):
    """Return the kinds of the alarms that a text gives, each once."""
    return {found.kind for found in audited(text).alarms}


def told(text):
    """Return the kinds of the alarms and questions that a text gives, each once."""
    found = audited(text)
    return {one.kind for one in (*found.alarms, *found.questions)}


def planted():
    """Return each planted fault: report, kind, what stands there, what is put in its place."""
    with (HERE / "planted.csv").open(encoding="utf-8", newline="") as file:
        return [{column: cell.replace("\\n", "\n") for column, cell in row.items()} for row in csv.DictReader(file)]


def sentences():
    """Return sentences that are right, each with a fault planted into it and the kind of that; of some only what is right and looks wrong."""
    with (HERE / "sentences.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
