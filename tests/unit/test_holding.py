"""What the library says to a link: a way in which a link may hold, or not, gets a row here, with the whole answer worked out by hand."""

from every import every

from evidence.catalog import Library, schema
from evidence.statements import LinkAnswer, check_statement
from evidence.statements.holding import check_link
from evidence.statements.prose import Link


def rows(table, *filled):
    """Return rows of a table, empty but for what is given."""
    places = {"_file": f"{table}.csv", "_row": 2}
    return [dict.fromkeys(schema.table(table).names, "") | places | cells for cells in filled]


def figure(identifier, stated, value, unit):
    return {"id": identifier, "stated": stated, "value": value, "unit": unit, "source": "made-up", "as_of": "2026-01-31"}


def claim(name, condition):
    return {"id": name, "statement": "Made up", "condition": condition, "threshold": "It would fail if it were not so."}


LIBRARY = Library(
    {table.name: [] for table in schema.tables()}
    | {
        "figures": rows(
            "figures",
            figure("firms.share", "35%", "35", "percent"),
            figure("firms.all", "5,681,930", "5681930", "count"),
            figure("firms.pay", "£40 per week", "40", "GBP per week"),
            figure("firms.founded", "2001", "2001", "calendar year"),
            figure("growth.low", "£10.5 billion", "10500000000", "GBP"),
            figure("growth.high", "£27.7 billion", "27700000000", "GBP"),
            figure("both", "12%", "12", "percent"),
            figure("both.low", "11%", "11", "percent"),
            figure("both.high", "13%", "13", "percent"),
            figure("firms.least", "at least 40", "40", "count"),
            figure("firms.fallen", "21%", "21", "percent") | {"direction": "fall"},
            *(figure(f"barriers.{name}", "18%", "18", "percent") for name in ("cost", "skills", "staff", "time")),
        ),
        "claims": rows(
            "claims",
            claim("larger-share", "{firms.share} > {both}"),
            claim("larger-part", "{firms.share} < {both}"),
            claim("larger-pay", "{firms.pay} > {firms.share}"),
            claim("larger-gone", "{firms.gone} > {firms.share}"),
        ),
        "findings": rows("findings", {"id": "skills.help", "statement": "Skills help."}),
        "aliases": rows(
            "aliases",
            {"old": "firms.part", "new": "firms.share", "date": "2026-02-01", "reason": "clearer"},
            {"old": "firms.mean", "new": "", "date": "2026-03-01", "reason": "its source took it back."},
        ),
    }
)
BARRIERS = ("barriers.cost", "barriers.skills", "barriers.staff")
"""The first three of four that say 18%."""
GROWTH = "£10.5 billion to £27.7 billion"
NOT_GROWTH = LinkAnswer(False, GROWTH, f"the library says {GROWTH}.", "State both ends, or link one of growth.low and growth.high.")
ENDS = "State the number, or link the two figures that are the ends of the range."
UNIT = "Put the unit into the link."
OTHER = "Choose other words, or link another figure."
FORM = "Let the text of the link be the number with its hedge and unit, and nothing else."

STATED = [
    ("35%", "firms.share", LinkAnswer(True, "35%")),
    ("over a third", "firms.share", LinkAnswer(True, "35%")),
    (
        "18%",
        "firms.share",
        LinkAnswer(False, "35%", "the library says 35% (34.5% to 35.5%).", "Write 35%, or link another figure.", BARRIERS),
    ),
    # no hedge makes 12 a majority, and no other year 2001
    ("most", "both", LinkAnswer(False, "12%", "the library says 12% (11.5% to 12.5%).", OTHER)),
    ("2001", "firms.founded", LinkAnswer(True, "2001")),
    ("2000", "firms.founded", LinkAnswer(False, "2001", "the library says 2001 (2001 to 2001).", OTHER)),
    ("5%", "firms.founded", LinkAnswer(False, "2001", "it is in percent, but the figure is in calendar year (2001).", UNIT)),
    ("5%", "firms.all", LinkAnswer(False, "5,681,930", "it is in percent, but the figure is in count (5,681,930).", UNIT)),
    ("5 million", "firms.all", LinkAnswer(False, "5,681,930", "the library says 5,681,930 (5.682 million to 5.682 million).", OTHER)),
    ("£40", "firms.pay", LinkAnswer(True, "£40 per week")),
    (
        "£43",  # 40 may be rounded to tens, but reaches no further than its twentieth part
        "firms.pay",
        LinkAnswer(
            False, "£40 per week", "the library says £40 per week (£38 per week to £42 per week).", "Write £40, or link another figure."
        ),
    ),
    ("between 34% and 36%", "firms.share", LinkAnswer(True, "35%")),  # 2 apart, and a tenth of 70 is 7
    (
        "between 20% and 50%",
        "firms.share",
        LinkAnswer(False, "35%", "a range as wide as this says little of one number; the library says 35%.", ENDS),
    ),
    (GROWTH, "growth", LinkAnswer(True, GROWTH)),
    ("at least 40", "firms.least", LinkAnswer(True, "at least 40")),
    ("at least 5,681,900", "firms.all", LinkAnswer(True, "5,681,930")),  # a bound of a number that is none
    (
        "up to 40",
        "firms.least",
        LinkAnswer(False, "at least 40", "it is a bound on the other side than at least 40.", "State the bound as the library has it."),
    ),
    ("21%", "firms.fallen", LinkAnswer(True, "21%")),
    ("fell by 21%", "firms.fallen", LinkAnswer(True, "21%")),
    (
        "rose by 21%",
        "firms.fallen",
        LinkAnswer(False, "21%", "it tells of a rise, and the figure is a fall.", "Turn the words round, or link another figure."),
    ),
    ("£1 billion to £27.7 billion", "growth", NOT_GROWTH),
    ("£10.5 billion to £30 billion", "growth", NOT_GROWTH),
    ("£10.5 billion", "growth", NOT_GROWTH),
    ("12%", "both", LinkAnswer(True, "12%")),
    (
        "35 to",
        "firms.share",
        LinkAnswer(False, "", '"35 to" does not read as a stated number; keep only the number, its hedge and its unit.', FORM),
    ),
    ("35%", "firms.part", LinkAnswer(False, "", "firms.part was renamed on 2026-02-01.", "Write firms.share.", ("firms.share",))),
    (
        "35%",
        "firms.mean",
        LinkAnswer(False, "", "firms.mean was retired on 2026-03-01: its source took it back.", "State another figure."),
    ),
]


@every("text,target,answer", STATED)
def test_what_is_said_to_the_text_of_a_number(text, target, answer):
    assert check_statement(text, target, LIBRARY) == answer


FIGURES = "firms.share = 35%, both = 12%"
NUMBER = LinkAnswer(False, FIGURES, "a claim or finding link holds a number.", "Link the number by itself, outside.")
UNTRUE = LinkAnswer(False, FIGURES, f"the data do not bear it out ({FIGURES}).", "Reword the sentence and its claim, or take them out.")
LINKS = [
    ("figure", "firms.share", "35%", LinkAnswer(True, "35%")),
    ("claim", "larger-share", "more firms", LinkAnswer(True, FIGURES)),
    ("claim", "larger-share", "35% of firms", NUMBER),
    ("claim", "larger-part", "fewer firms", UNTRUE),
    ("claim", "larger-part", "35% of firms", UNTRUE),
    (
        "claim",
        "larger-pay",
        "more pay",
        LinkAnswer(False, "", "cannot compare GBP per week with percent", "Correct the figures of the claim."),
    ),
    ("finding", "skills.help", "skills help", LinkAnswer(True, "Skills help.")),
    ("finding", "skills.help", "2 skills help", LinkAnswer(False, "Skills help.", NUMBER.wrong, NUMBER.remedy)),
]


@every("scheme,target,text,answer", LINKS)
def test_what_is_said_to_a_link_of_any_kind(scheme, target, text, answer):
    assert check_link(Link(scheme, target, text, 0, len(text)), "", LIBRARY) == answer


# Scheme, what is missing, the message, and an id that is meant; at most three are named.
MISSING = [
    ("figure", "firms.shares", 'unknown figure "firms.shares".', "firms.share"),
    ("claim", "larger-shares", 'unknown claim "larger-shares".', "larger-share"),
    ("claim", "larger-gone", 'unknown figure "firms.gone".', "firms.share"),
    ("finding", "skills.helps", 'unknown finding "skills.helps".', "skills.help"),
]


@every("scheme,target,wrong,meant", MISSING)
def test_what_is_missing_is_told_with_what_may_have_been_meant(scheme, target, wrong, meant):
    answer = check_link(Link(scheme, target, "35%", 0, 3), "", LIBRARY)
    assert (answer.holds, answer.found, answer.wrong) == (False, "", wrong)
    assert answer.remedy
    assert meant in answer.nearest
    assert len(answer.nearest) <= 3
