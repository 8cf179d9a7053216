"""Which way words point, and what a finding's cells must not say of each other: put a row here when a finding is told wrongly, or is not told."""

from every import every
from test_holding import rows

from evidence.catalog import Library, schema
from evidence.grading import check_findings
from evidence.grading.senses import claims_a_cause, direction, opposed

READ = {
    "Firms trust the council.": "positive",
    "Firms do not trust the council.": "negative",
    "Pay has risen.": "positive",
    "Pay rose.": "positive",
    "Pay fell.": "negative",
    "Pay hardly rose.": "negative",
    "There are fewer barriers.": "positive",
    "There are more barriers.": "negative",
    "Skills are lacking.": "negative",
    "It depends on the place.": "mixed",
    "It helps some and harms others.": "mixed",
    "A left-behind area is defined by its rank.": "none",
    "Left-behind areas gain.": "positive",
}


@every("statement", READ)
def test_a_statement_reads_as_its_words_point(statement):
    assert direction(statement) == READ[statement]


@every("text", ["It raises pay.", "Pay is low because of it.", "It led to loss.", "It helps firms."])
def test_a_cause_is_told(text):
    assert claims_a_cause(text)


@every("text", ["It goes with pay.", "It is said to raise pay.", "Firms say that it helps.", "It could lead to loss."])
def test_what_goes_along_and_what_somebody_says_is_no_cause(text):
    assert not claims_a_cause(text)


PLAIN = {
    "id": "pay.rise",
    "source": "made-up",
    "statement": "Pay rose with training.",
    "quote": "Pay rose where training was given.",
    "direction": "positive",
    "design": "association",
}


def told(directions=(), wordings=(), **cells):
    """Return the rules that a finding breaks once some of its cells are changed, with the column told."""
    tables = {table.name: [] for table in schema.tables()}
    tables |= {"findings": rows("findings", PLAIN | cells), "directions": rows("directions", *directions)}
    known = Library(tables | {"wordings": rows("wordings", *wordings)})
    return [(problem.rule, problem.place.column) for problem in check_findings(known)]


def names(words, direction="positive"):
    return [{"finding": "pay.rise", "words": words, "direction": direction}]


def says(words):
    return [{"scheme": "finding", "target": "pay.rise", "wording": words, "direction": "positive"}]


UNLIKE = {
    "in order": ({}, []),
    "the other direction": ({"direction": "negative"}, [("direction", "direction")]),
    "the other words": ({"statement": "Pay fell with training."}, [("direction", "direction"), ("opposite", "statement")]),
    "words that tell nothing": ({"statement": "Pay and training."}, [("direction", "direction")]),
    "words that are declared": ({"statement": "Pay was up.", "directions": names("was up")}, []),
    "words that are gone": ({"statement": "Pay was so.", "directions": names("was up")}, [("direction", "words")]),
    "words of another direction": (
        {"statement": "Pay was up.", "directions": names("was up", "negative")},
        [("direction", "direction")],
    ),
    "words that need not be declared": ({"directions": names("rose")}, [("direction", "finding")]),
    "a negation of ours": ({"statement": "Pay never fell.", "quote": "Pay moved."}, [("negation", "statement")]),
    "a negation of the source": ({"statement": "Pay never fell.", "quote": "Pay did not drop."}, []),
    "the opposite of the source": ({"statement": "Pay rose.", "quote": "Pay fell."}, [("opposite", "statement")]),
    "the opposite of what the source denies": ({"statement": "Pay rose.", "quote": "Pay never fell back."}, []),
    "a cause": ({"statement": "Training raised pay."}, [("cause", "statement")]),
    "a cause that was compared": ({"statement": "Training raised pay.", "design": "comparison"}, []),
    "a wording": ({"wordings": says("pay rose")}, []),
    "a wording that negates": ({"wordings": says("pay never fell")}, [("negation", "wording")]),
    "a wording that names a cause": ({"wordings": says("training raised pay")}, [("cause", "wording")]),
}


@every("name", UNLIKE)
def test_cells_that_do_not_say_the_same_are_told_by_their_rule(name):
    cells, found = UNLIKE[name]
    assert told(**cells) == found


def test_two_quotes_changed_over_are_told():
    other = {
        "id": "accidents.fewer",
        "source": "made-up",
        "statement": "Accidents decreased at night.",
        "quote": "At night accidents were fewer.",
        "direction": "negative",
    }
    tables = {table.name: [] for table in schema.tables()}
    assert check_findings(Library(tables | {"findings": rows("findings", PLAIN, other)})) == []
    swapped = rows("findings", PLAIN | {"quote": other["quote"]}, other | {"quote": PLAIN["quote"]})
    found = [(p.rule, p.place.column) for p in check_findings(Library(tables | {"findings": swapped}))]
    assert found == [("opposite", "statement"), ("quote", "quote")]  # accidents decreased, and pay rose


@every(
    "statement,quote,word",
    [
        ("Pay fell.", "Pay never fell.", "fell"),
        ("Pay never fell.", "Pay never fell.", ""),
        ("Pay fell.", "Pay fell, and never fell before.", ""),
        ("Pay rose.", "Pay fell.", "rose"),
        ("Pay rose.", "Pay moved.", ""),
        ("Pay is unequal.", "Pay is equal.", "unequal"),
    ],
)
def test_a_word_is_opposed_by_its_opposite_and_by_its_denial(statement, quote, word):
    assert opposed(statement, quote) == word


@every("statement,read", [("Pay and training.", "as telling no direction"), ("Pay fell where training was given.", "negative")])
def test_how_a_statement_is_read_is_told(statement, read):
    tables = {table.name: [] for table in schema.tables()} | {"findings": rows("findings", PLAIN | {"statement": statement})}
    [problem] = [problem for problem in check_findings(Library(tables)) if problem.rule == "direction"]
    assert problem.message == f'the statement reads {read}, and the direction is positive: "{statement}"'


def test_words_for_a_finding_that_is_not_there_are_told_of_elsewhere():
    assert told(wordings=[{"scheme": "finding", "target": "pay.gone", "wording": "pay never rose"}]) == []


def test_findings_that_share_no_word_with_any_quote_are_not_told_to_change_theirs_over():
    other = PLAIN | {"id": "pay.other", "statement": "Wages grew.", "quote": "Earnings soared."}
    tables = {table.name: [] for table in schema.tables()}
    found = rows("findings", PLAIN | {"statement": "Income rose.", "quote": "Money climbed."}, other)
    assert [problem.rule for problem in check_findings(Library(tables | {"findings": found}))] == []


SHARED = [
    PLAIN | {"id": f"towns.{name}", "source": "other", "statement": "So it was.", "quote": f"Wages in towns {name}."}
    for name in ("froze", "soared")
]


@every("statement,changed", [("Apprentices earn wages in towns.", False), ("They earn wages in towns.", True)])
def test_a_word_that_one_quote_alone_has_outweighs_two_that_most_have_and_those_count_too(statement, changed):
    """One word in one of four quotes weighs ln 4 + 0.5 = 1.89, two in three of them twice ln 4/3 + 0.5, together 1.58."""
    one = PLAIN | {"id": "one", "statement": statement, "quote": "Apprentices stayed."}
    two = PLAIN | {"id": "two", "statement": "So it was.", "quote": "Wages held in towns."}
    tables = {table.name: [] for table in schema.tables()} | {"findings": rows("findings", one, two, *SHARED)}
    assert [problem.place.name for problem in check_findings(Library(tables)) if problem.rule == "quote"] == ["one"] * changed
