"""Words that a correction may say, worked out by hand from its records, its guard and its other texts: a row a case."""

from every import every
from test_holding import figure, rows

from evidence.catalog import Library, schema
from evidence.statements.corrected_words import strange_words

KENT = figure("pay.kent", "£600 per week", "600", "GBP per week") | {
    "population": "bakers",
    "place": "Kent",
    "source": "ledger",
    "quote": "Pay rose and fell, richer and poorer towns near the sea reported it before and after, and explained it, sharp",
}
RYE = figure("loaves.rye", "60", "60", "count") | {"population": "rye loaves", "source": "ledger"}
ENDS = [
    figure(f"cost.{end}", number, number, "count") | {"population": f"{end}land mills"} for end, number in (("low", "5"), ("high", "9"))
]
GUARD = {
    "id": "parts",
    "asks": "Do the parts of the budget tally?",
    "says": "The purse is short.",
    "condition": "{pay.kent} > {crumbs.left}",
}
TABLES = {
    "sources": [{"id": "ledger", "title": "The Dover almanac"}],
    "figures": [KENT, RYE, *ENDS],
    "findings": [{"id": "skills.help", "source": "ledger", "statement": "Apprentices help.", "mechanism": "Hands grasp it."}],
    "checks": [GUARD],
    "synonyms": [{"word": "Wages", "means": "salary PAY"}],
}


def told(what, wordings=(), **cells):
    """Return column and message of what is told of a correction whose second text is given, with some other cells."""
    row = {"id": "pay", "figures": "pay.kent", "guard": "parts", "title": "Pay", "what": what} | cells
    tables = TABLES | {"corrections": [row], "wordings": [{"scheme": "correction", "target": "pay"} | one for one in wordings]}
    known = Library({table.name: rows(table.name, *tables.get(table.name, ())) for table in schema.tables()})
    return [(problem.place.column, problem.message) for problem in strange_words(known)]


@every(
    "what,cells,words",
    [
        ("Pay of bakers in Kent.", {}, ""),
        ("Pay of pensioners.", {}, "pensioners"),
        ("Pensioners and sailors, and pensioners.", {}, "pensioners, sailors"),
        ("Part x of it.", {}, ""),
        ("The bakery.", {}, ""),  # kin of bakers
        ("It is comparing.", {}, ""),  # kin of a plain word
        ("The almanac of Dover.", {}, ""),  # what its source is called
        ("The budget.", {}, ""),  # what its guard asks
        ("The purse.", {}, ""),  # what its guard says
        ("The crumbs.", {}, ""),  # what its guard compares
        ("The budget and the purse.", {"guard": "differs"}, "budget, purse"),
        ("Wages of bakers.", {}, ""),
        ("Wages of pay.", {"figures": ""}, ""),  # its guard knows pay
        ("Wages.", {"figures": "loaves.rye", "guard": "differs"}, "wages"),
        ("It has risen.", {}, ""),  # a form of rose
        ("It fell.", {"figures": "loaves.rye"}, "fell"),
        ("It fell.", {"title": "Pay rose"}, "fell"),
        ("It fell.", {"title": "Pay fell"}, ""),
        ("It is after this.", {"title": "Pay before"}, "after"),
        ("It is good.", {"findings": "skills.help"}, "good"),  # of two opposites only the word itself
        ("The poorer.", {}, ""),
        ("The poorer.", {"title": "The richer"}, "poorer"),
        ("It is popular.", {"findings": "skills.help"}, ""),  # as good as help
        ("It is popular.", {"figures": "loaves.rye"}, "popular"),
        ("It is popular.", {"size": "It is attractive."}, ""),
        ("Apprentices grasp it.", {"findings": "skills.help"}, ""),
        ("Apprentices grasp it.", {}, "apprentices, grasp"),
        ("It is sharply so.", {}, ""),
        ("It is briskly so.", {}, "briskly"),
        ("The rise.", {}, ""),
        ("The explanation.", {}, ""),  # kin of explained
        ("It is after this.", {}, ""),
        ("Part xy of it.", {}, "xy"),
        ("It is reportedly so.", {}, "reportedly"),
        ("It is nearly so.", {}, "nearly"),
        ("It is nearly all.", {}, ""),
        ("[£600 of sailors](figure:pay.kent) is paid.", {}, "paid"),
        ("Rye, [60](figure:loaves.rye).", {}, ""),
        ("Rye.", {}, "rye"),
        ("Mills, [5 to 9](figure:cost).", {}, ""),
        ("Lowland and highland, [5 to 9](figure:cost).", {}, ""),
    ],
)
def test_a_word_of_a_correction_is_plain_or_stands_beside_it(what, cells, words):
    strange = [("what", f"no record, guard or other text of this correction says {words}.")] if words else []
    assert [one for one in told(what, **cells) if one[0] == "what"] == strange


def test_a_text_does_not_know_its_own_words_and_another_text_does():
    once, twice = told("Sailors."), told("Sailors.", size="Of sailors.")
    assert (once, twice) == ([("what", "no record, guard or other text of this correction says sailors.")], [])


DECLARED = [{"wording": "of  pensioners"}]
LOST = ("", 'it does not say "of pensioners", as was declared of it.')
STRANGE = ("what", "no record, guard or other text of this correction says pensioners.")


@every(
    "what,wordings,problems",
    [
        ("Pay of pensioners.", DECLARED, []),
        ("Pay OF Pensioners.", DECLARED, []),
        ("Pay of all pensioners.", DECLARED, [STRANGE, LOST]),
        ("Pay of pensioners, pensioners.", DECLARED, [STRANGE]),
        ("Pay of pensioners.", [{"wording": "of pension"}], [STRANGE, ("", 'it does not say "of pension", as was declared of it.')]),
        ("Pay of pensioners.", [{"wording": "of pensioners", "target": "other"}], [STRANGE]),
        ("Pay of pensioners.", [{"wording": "of pensioners", "scheme": "claim"}], [STRANGE]),
    ],
)
def test_declared_words_are_said_as_whole_words_and_still(what, wordings, problems):
    assert told(what, wordings) == problems


@every(
    "what,denied",
    [
        ("Pay is not that.", "not"),
        ("Pay isn't that.", "n't"),
        ("Nobody is paid that.", "Nobody"),
        ("Pay does hold.", "does"),
        ("Pay does so.", ""),
        ("Pay does not say whether.", ""),
        ("None holds.", ""),
        ("Of pay none holds.", "none"),
        ("[not that](figure:pay.kent)", ""),
        ("It is so.", ""),
    ],
)
def test_what_a_correction_denies_is_declared(what, denied):
    """Where a book declares no words at all, nothing is asked of them."""
    message = ("what", f'"{denied}" denies something, or affirms what could be denied, and nobody has declared it.')
    others = [{"wording": "Pay", "target": "other"}]
    assert [one for one in told(what, others) if "denies" in one[1]] == ([message] if denied else [])
    assert [one for one in told(what) if "denies" in one[1]] == []
    assert [one for one in told(what, [{"wording": what.strip(".")}]) if "denies" in one[1]] == []
