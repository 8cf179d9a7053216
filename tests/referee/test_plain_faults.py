"""Plain faults: what a pencil sees in a sentence, or in two, or beside a table; each text is right as it stands, and wrong with one word or number changed."""

import csv

from reading import HERE, kinds, told

TABLES = {path.stem: path.read_text(encoding="utf-8") for path in (HERE / "tables").glob("*.md")}


def rows():
    """Return each text with the kind of the fault, the words that are right and those that are wrong; of some only the text, which is right."""
    for name in ("plain.csv", "explained.csv"):
        for row in csv.DictReader((HERE / name).read_text(encoding="utf-8").splitlines()):
            table, _, text = row["text"].rpartition("] ")
            whole = f"{TABLES[table.strip('[')]}\n{text}" if table else text
            yield row["kind"], whole.replace("\\n", "\n"), row["right"], row["wrong"]


def test_a_plain_fault_is_told_or_asked_and_what_is_right_is_no_alarm():
    faults = [(kind, wrong, wrong.join(text.rsplit(right, 1)), text) for kind, text, right, wrong in rows() if kind]
    assert [wrong for _, wrong, planted, text in faults if planted == text] == []
    assert [(kind, wrong, planted[-120:]) for kind, wrong, planted, _ in faults if kind not in told(planted)] == []
    assert [(kinds(text), text[-120:]) for _, text, *_ in rows() if kinds(text)] == []
