"""What a link may say of two numbers: a relation, or a word that may tell it, gets a row, with the answer worked out by hand."""

from every import every
from test_holding import figure, rows

from evidence.catalog import Library, schema
from evidence.claims import find, judge
from evidence.statements.holding import check_link
from evidence.statements.prose import Link


def dated(identifier, stated, value, day, **cells):
    return figure(identifier, stated, value, "percent") | {"as_of": day} | cells


LIBRARY = Library(
    {table.name: [] for table in schema.tables()}
    | {
        "figures": rows(
            "figures",
            figure("pay.north", "£559.9", "559.9", "GBP"),
            figure("pay.country", "£642.5", "642.5", "GBP"),
            figure("pay.south", "£642", "642", "GBP"),
            figure("firms.small", "35%", "35", "percent") | {"series": "firms", "category": "small"},
            figure("firms.micro", "20%", "20", "percent") | {"series": "firms", "category": "micro"},
            figure("firms.sole", "6%", "6", "percent") | {"series": "firms", "category": "sole"},
            figure("share.ten", "10%", "10", "percent"),
            figure("share.thirty", "30%", "30", "percent"),
            figure("growth.low", "£10 billion", "10000000000", "GBP"),
            figure("growth.high", "£20 billion", "20000000000", "GBP"),
            figure("model", "£1.5 billion", "1500000000", "GBP"),
            figure("firms.count", "90,000", "90000", "count") | {"series": "firms", "category": "all"},
            figure("firms.small.interval.high", "40%", "40", "percent") | {"series": "firms", "category": "small"},
            figure("pay.middle", "£642.3", "642.3", "GBP"),
            figure("wage", "£600", "600", "GBP"),
            figure("wage.low", "£500", "500", "GBP"),
            figure("wage.high", "£700", "700", "GBP"),
            figure("growth.middle", "£15 billion", "15000000000", "GBP"),
            figure("towns.north", "40%", "40", "percent") | {"category": "small", "place": "North"},
            figure("towns.south", "30%", "30", "percent") | {"category": "small", "place": "South"},
            dated("jobs", "20%", "20", "2024-01-31"),
            dated("jobs", "12%", "12", "2025-01-31"),
            dated("jobs", "14%", "14", "2026-01-31"),
            figure("starts.fall", "48%", "48", "percent") | {"direction": "fall"},
            figure("starts.rise", "14%", "14", "percent") | {"direction": "rise"},
        )
    }
)

HOLD = [
    ("lower than", "compare:pay.north/below/pay.country"),
    ("more than", "compare:pay.country/above/pay.north"),
    ("exceeds", "compare:pay.country/above/pay.north"),
    ("the largest share", "compare:firms.small/highest/firms"),
    ("the least", "compare:firms.sole/lowest/firms"),
    ("the lowest", "compare:pay.north/lowest/pay"),  # of the ids that begin so
    ("rose", "compare:jobs/rose"),
    ("has grown", "compare:jobs/rose"),
    ("as many as", "compare:share.ten/equal/share.ten"),
    ("three times as many as", "compare:share.thirty/equal/3/share.ten"),
    ("twice as many as", "compare:share.thirty/above/2/share.ten"),
    ("more than twice as many as", "compare:share.thirty/above/2/share.ten"),
    ("less than half as many as", "compare:share.ten/below/0.5/share.thirty"),
    ("far below", "compare:model/below/growth"),
    ("higher than", "compare:pay.country/above/wage"),  # a figure is itself, though it has a range too
    ("fell by 48%", "figure:starts.fall"),
    ("fell 48%", "figure:starts.fall"),
    ("48% fewer", "figure:starts.fall"),
    ("a fall of nearly half", "figure:starts.fall"),
    ("rose by 14%", "figure:starts.rise"),
    ("14% more", "figure:starts.rise"),
    ("nearly half", "figure:starts.fall"),
]
FAIL = [
    ("more than", "compare:pay.north/above/pay.country", "the data do not bear it out (pay.north = £559.9, pay.country = £642.5)."),
    ("more than", "compare:pay.north/below/pay.country", 'its words do not say "below".'),
    (
        "lower than",
        "compare:pay.south/below/pay.country",
        "the numbers as printed do not decide it (pay.south = £642, pay.country = £642.5).",
    ),
    ("not lower than", "compare:pay.north/below/pay.country", "a comparison cannot be negated."),
    ("beside", "compare:pay.north/below/pay.country", 'its words do not say "below".'),
    ("the largest", "compare:pay.country/above/pay.north", 'its words do not say "above".'),
    (
        "the largest",
        "compare:firms.micro/highest/firms",
        "the data do not bear it out (firms.micro = 20%, firms.small = 35%, firms.sole = 6%).",
    ),
    # each end of the range is harder to pass on one side, and 15 passes neither
    (
        "below",
        "compare:growth.middle/below/growth",
        "the data do not bear it out (growth.middle = £15 billion, growth.low = £10 billion).",
    ),
    (
        "above",
        "compare:growth.middle/above/growth",
        "the data do not bear it out (growth.middle = £15 billion, growth.high = £20 billion).",
    ),
    # 642.3 is a value that 642 may have, and 642 is none that 642.3 may have
    ("as much as", "compare:pay.south/equal/pay.middle", "the data do not bear it out (pay.south = £642, pay.middle = £642.3)."),
    ("as much as", "compare:pay.middle/equal/pay.south", "the data do not bear it out (pay.middle = £642.3, pay.south = £642)."),
    ("the largest", "compare:share.ten/highest/firms", "share.ten is not one of several figures of firms."),
    ("more than", "compare:share.thirty/above/0/share.ten", '"share.thirty/above/0/share.ten" is no comparison.'),
    ("more than", "compare:share.thirty/above/1.2.3/share.ten", '"share.thirty/above/1.2.3/share.ten" is no comparison.'),
    ("more than", "compare:share.thirty/above/two/share.ten", '"share.thirty/above/two/share.ten" is no comparison.'),
    ("more than", "compare:share.thirty/above/²/share.ten", '"share.thirty/above/²/share.ten" is no comparison.'),
    ("the largest", "compare:firms.small/highest/2/firms", '"firms.small/highest/2/firms" is no comparison.'),
    ("fell", "compare:jobs/fell", "the data do not bear it out (jobs = 14%)."),
    ("rose", "compare:share.ten/rose", "share.ten has no earlier value."),
    ("as much as", "compare:pay.country/above/pay.north", 'its words do not say "above".'),
    ("fewer than half as many as", "compare:share.thirty/above/0.5/share.ten", 'its words do not say "above".'),
    ("twice as many as", "compare:share.thirty/equal/3/share.ten", "its words say 2 times and the comparison 3 times."),
    ("more than", "compare:share.thirty/above/2/share.ten", "its words say as much and the comparison 2 times."),
    ("lower than", "compare:pay.north/below/firms.small", "cannot compare GBP with percent."),
    ("lower than", "compare:pay.north/beneath/pay.country", '"pay.north/beneath/pay.country" is no comparison.'),
    ("lower than", "compare:pay.nowhere/below/pay.country", 'unknown figure "pay.nowhere".'),
    ("the largest", "compare:pay.north/highest/firms", "pay.north is not one of several figures of firms."),
    ("rose by 48%", "figure:starts.fall", "it tells of a rise, and the figure is a fall."),
    ("48% more", "figure:starts.fall", "it tells of a rise, and the figure is a fall."),
    ("doubled", "figure:starts.fall", "it is in times, but the figure is in percent (48%)."),
    ("fell by 35%", "figure:firms.small", "it tells of a fall, and the library gives firms.small no direction."),
]


def answer(text, address):
    scheme, _, target = address.partition(":")
    return check_link(Link(scheme, target, text, 0, len(text)), text, LIBRARY)


@every("text,address", HOLD)
def test_what_the_numbers_prove_holds(text, address):
    assert answer(text, address).wrong == ""
    assert answer(text, address).holds


@every("text,address,wrong", FAIL)
def test_what_they_do_not_prove_is_told_with_a_remedy(text, address, wrong):
    found = answer(text, address)
    assert not found.holds
    assert found.wrong.startswith(wrong)
    assert found.remedy


THRESHOLDS = [
    ("jobs/rose", "the newest number were not above the one published before it."),
    ("share.ten/equal/share.ten", "share.ten were not equal to share.ten."),
    ("firms.small/highest/firms", "small were not above every other of them."),
    ("firms.sole/lowest/firms", "sole were not below every other of them."),
    ("pay.north/below/pay.country", "pay.north were not below pay.country."),
    ("share.thirty/equal/3/share.ten", "share.thirty were not equal to 3 times share.ten."),
    ("share.ten/below/0.5/share.thirty", "share.ten were not below 0.5 times share.thirty."),
    ("towns.north/above/towns.south", "North were not above South."),  # both are of small firms
    ("towns.north/above/firms.micro", "small were not above micro."),
    ("towns.north/above/share.thirty", "towns.north were not above share.thirty."),  # which is of no category and no place
]


@every("target,told", THRESHOLDS)
def test_it_tells_what_would_make_it_fail(target, told):
    claim = find(target, LIBRARY)
    assert (claim.id, claim.threshold, claim.statement) == (target, f"It would fail if {told}", "")
    assert judge(claim, LIBRARY).holds
