"""Lies about corrections: another grade, words of another correction, and another word, with receipts that were given anew for them."""

import re

import pytest
from lies import Lies
from whole import LIBRARY, with_rows

from evidence.catalog import Library, schema
from evidence.statements import library_prose
from evidence.statements.checking import check_passages
from evidence.statements.corrected import READINGS, wrong_corrections
from evidence.statements.corrected_words import TEXTS, strange_words

ROWS = LIBRARY.rows("corrections")


def told(row, **cells):
    """Return the rules that a correction breaks with some other cells: among the others, and its words by themselves."""
    lie = row | cells
    found = [
        *wrong_corrections(with_rows(corrections=[lie if one is row else one for one in ROWS])),
        *strange_words(with_rows(corrections=[lie])),
    ]
    return [problem.rule for problem in found if problem.place.name == row["id"]]


def test_the_true_corrections_raise_no_alarm():
    assert len(ROWS) > 20
    assert [*wrong_corrections(LIBRARY), *strange_words(LIBRARY)] == []


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
        (("size",), 0.9),
        (("reading",), 0.9),
        (("title",), 0.8),
        (("consequence",), 0.9),
    ):
        lies = Lies(f"{columns[0] if len(columns) == 1 else 'words'} of another correction", floor, "corrected")
        for place, row in enumerate(ROWS):
            other = {name: ROWS[place - 1][name] for name in columns}
            lies.tell(f"{row['id']}: {' '.join(other.values())}", told(row, **other), row[columns[0]])
        lies.held()


SUBJECTS = (
    "firms/charities SMEs/corporations stakeholders/teachers people/pensioners employees/volunteers pay/rent productivity/morale schools/prisons Preston/Exeter"
    " Manchester/Leeds London/Paris Norway/Sweden survey/census apprentices/graduates employment/crime spending/saving barriers/penalties growth/inflation"
    " conclusion/preface article/podcast university/prison weekly/hourly unemployment/homelessness jobs/houses manufacturing/farming skills/debts time/luck"
)
DIRECTIONS = (
    "fell/rose rise/slump lower/taller lower/higher higher/lower fewer/more more/less less/more larger/smaller smaller/larger above/below stronger/weaker high/low"
    " low/high shrink/swell good/bad badly/nicely before/after first/last most/least best/worst top/bottom long/short widely/hardly steadier/shakier sharply/slightly"
)
SIZES = ("hugely", "slightly", "vastly", "marginally", "dramatically")
COUNTS = ("two", "three", "a dozen", "half of", "twice", "thousands of")
DOUBTS = ("perhaps", "reportedly", "at best", "roughly", "allegedly", "presumably", "supposedly")
BEARER = re.compile(
    r"(?<= )(?:firms|people|shares?|numbers?|years?|survey|spending|pay|apprentices|growth|cost|barriers|groups?|productivity|skills|value)\b"
)
VERB = re.compile(r"\b(?:is|are|was|were|can|would|do|does|has|have|may)\b")
EVERY = 3
"""Of the lies of each kind one of so many is told, so that all are not told at each run."""


def test_words_declared_of_a_correction_that_it_no_longer_says_are_told():
    declared = {"scheme": "correction", "target": ROWS[0]["id"], "wording": "The growth headline leans on the misprint", "direction": ""}
    tables = {table.name: LIBRARY.all_rows(table.name) for table in schema.tables()}
    tables["wordings"] = [*tables["wordings"], declared]
    [problem] = strange_words(Library(tables))
    assert (problem.place.name, problem.rule) == (ROWS[0]["id"], "corrected")
    assert declared["wording"] in problem.message


def exchanged(pairs, text, shown):
    """Yield a text with one of its words exchanged, each time it is there."""
    for was, other in re.findall(r"([\w-]+)/([\w-]+)", pairs):
        for found in re.finditer(rf"(?<![\w-]){was}(?![\w-])", shown, re.IGNORECASE):
            yield text[: found.start()] + (other.capitalize() if found[0][0].isupper() else other) + text[found.end() :]


def put_in(words, text, shown):
    """Yield a text with a word before each of its nouns."""
    for number, found in enumerate(BEARER.finditer(shown)):
        yield f"{text[: found.start()]}{words[(number + len(text)) % len(words)]} {text[found.start() :]}"


def denied(_, text, shown):
    """Yield a text with one of its verbs denied."""
    for found in VERB.finditer(shown):
        yield f"{text[: found.end()]} not{text[found.end() :]}".replace(" not not", "")


def found_out(row, column, lie):
    """Return the rules that a correction breaks with another text; the row alone is asked, for its words are held against what it names itself."""
    library = with_rows(corrections=[row | {column: lie}])
    if strange := list(strange_words(library)) or (column == "reading" and told(row, reading=lie)):
        return ["corrected" for _ in strange]
    passages = [passage for passage in library_prose(library, "corrections") if passage.place.column == column]
    checked = check_passages(passages, LIBRARY)
    return [problem.rule for problem in checked.problems]


@pytest.mark.parametrize(
    ("kind", "lie_about", "words", "floor"),
    [
        ("subject of a correction", exchanged, SUBJECTS, 0.95),
        ("direction of a correction", exchanged, DIRECTIONS, 0.95),
        ("size put into a correction", put_in, SIZES, 0.98),
        ("number put into a correction", put_in, COUNTS, 0.95),
        ("doubt put into a correction", put_in, DOUBTS, 0.9),
        ("correction denied", denied, "", 0.98),
    ],
)
def test_another_word_of_a_correction_is_found_out(kind, lie_about, words, floor):
    lies = Lies(kind, floor, "corrected")
    told_so_far = 0
    for row, column in ((row, column) for row in ROWS for column in TEXTS):
        shown = re.sub(r"\[[^\]]*\]\([^)]*\)", lambda link: "~" * len(link[0]), row[column])
        for lie in lie_about(words, row[column], shown):
            told_so_far += 1
            if words == DIRECTIONS or told_so_far % EVERY == 0:
                lies.tell(f"{row['id']}, {column}: {lie}", found_out(row, column, lie))
    lies.held()
