"""Lies about corrections: another grade, and words of another correction, with receipts that were given anew for them."""

from lies import Lies

from evidence.catalog import Library, load, schema
from evidence.statements.corrected import READINGS, wrong_corrections

LIBRARY = load()
ROWS = LIBRARY.rows("corrections")


def told(row, **cells):
    """Return the rules that a correction breaks with some other cells."""
    rows = [one | cells if one is row else one for one in ROWS]
    library = Library({table.name: rows if table.name == "corrections" else LIBRARY.all_rows(table.name) for table in schema.tables()})
    return [problem.rule for problem in wrong_corrections(library) if problem.place.name == row["id"]]


def test_the_true_corrections_raise_no_alarm():
    assert len(ROWS) > 20
    assert list(wrong_corrections(LIBRARY)) == []


def test_another_grade_is_found_out():
    lies = Lies("grades of corrections", 1, "corrected")
    for row in ROWS:
        for grade in READINGS:
            if grade != row["grade"]:
                lies.tell(f"{row['id']}: {grade}", told(row, grade=grade), row["grade"])
    lies.held()


def test_words_of_another_correction_are_found_out():
    """All its texts, what it says is wrong alone, and its size, reading, title or consequence alone, which say less."""
    texts = ("title", "what", "size", "reading", "consequence")
    for columns, floor in (
        (texts, 0.99),
        (("what",), 0.95),
        (("size",), 0.65),
        (("reading",), 0.65),
        (("title",), 0.5),
        (("consequence",), 0.4),
    ):
        lies = Lies(f"{columns[0] if len(columns) == 1 else 'words'} of another correction", floor, "corrected")
        for place, row in enumerate(ROWS):
            other = {name: ROWS[place - 1][name] for name in columns}
            lies.tell(f"{row['id']}: {' '.join(other.values())}", told(row, **other), row[columns[0]])
        lies.held()
