"""Claims about the evidence: each new claim is tried here on the real library and on one in which all figures are equal."""

import re

import pytest
from whole import LIBRARY

from evidence.catalog import Library, load, schema
from evidence.claims import Evidence, find, judge, known
from evidence.errors import DataError
from evidence.quantity import parse, surely_above

CLAIMS = known(LIBRARY)

every_claim = pytest.mark.parametrize("identifier", sorted(CLAIMS))


@pytest.mark.parametrize(
    ("higher", "lower", "above"),
    [
        ("35%", "6%", True),
        ("6%", "35%", False),
        ("18%", "18%", False),
        ("19%", "18%", True),  # 18.5 belongs to the higher alone
        ("over 20%", "at least 18.5%", True),  # above 20 against at most 18.6
        ("over 20%", "up to 20%", True),  # 20 belongs to the lower alone
        ("at least 20%", "up to 20%", False),  # 20 belongs to both
        ("about 19%", "18%", False),  # 18 against up to 18.5
        ("most", "almost half", True),  # above 50 against below 50
    ],
)
def test_surely_above_means_every_value_is_above_every_other(higher, lower, above):
    assert surely_above(parse(higher), parse(lower)) is above


def test_there_are_claims():
    assert len(CLAIMS) == len(LIBRARY.rows("claims")) >= 20


@every_claim
def test_a_claim_tells_what_would_change_our_mind(identifier):
    assert CLAIMS[identifier].id == identifier
    assert CLAIMS[identifier].threshold.startswith("It would fail if ")
    assert CLAIMS[identifier].threshold.endswith(".")


@every_claim
def test_a_claim_holds_on_the_library(identifier):
    assert judge(CLAIMS[identifier], LIBRARY).holds


@every_claim
def test_a_claim_reads_figures_of_the_library(identifier):
    inputs = judge(CLAIMS[identifier], LIBRARY).inputs
    assert inputs
    assert all(LIBRARY.figure(figure.id) is figure for figure in inputs)


class Fixed(Evidence):
    """Evidence in which the figures of an id say what the test lets them say."""

    def __init__(self, stated):
        super().__init__(LIBRARY)
        self.stated = stated

    def __call__(self, identifier):
        return parse(self.stated(identifier))


@every_claim
def test_a_claim_fails_where_all_figures_are_equal(identifier):
    assert not CLAIMS[identifier].predicate(Fixed(lambda _identifier: "30%"))


def declared(condition):
    """Return a claim as the library would declare it."""
    row = {"id": "made", "condition": condition, "threshold": "It would fail if not.", "statement": "Made"}
    library = load()
    library.by_id("claims")["made"] = row
    return find("made", library)


ORDERED = [row for row in LIBRARY.rows("claims") if re.fullmatch(r"[^<>]+ > [^<>]+", row["condition"])]


@pytest.mark.parametrize("row", ORDERED, ids=[row["id"] for row in ORDERED])
def test_a_claim_fails_on_the_library_when_its_comparison_is_turned_round(row):
    assert not judge(declared(row["condition"].replace(" > ", " < ")), LIBRARY).holds


def test_most_claims_are_turned_round():
    assert len(ORDERED) > len(CLAIMS) / 2


def test_every_figure_a_claim_names_is_among_its_inputs_even_where_the_first_part_decides():
    judged = judge(declared("{sme.outreach.micro} > {sme.outreach.small} and {sme.outreach.small} > {sme.outreach.medium}"), LIBRARY)
    assert not judged.holds
    assert [figure.id for figure in judged.inputs] == ["sme.outreach.micro", "sme.outreach.small", "sme.outreach.medium"]


# Claim, what its figures might say otherwise (all others as they are), and the number by hand at which it no longer holds.
TURNED = [
    ("outreach-by-size", {"sme.outreach.micro": "6%"}),
    ("barriers-finance-and-capacity", {"sme.barriers.local-support": "20%"}),  # level with staff capacity
    ("young-owners-coordinate", {"sme.finance-projects.older-owners": "50%"}),  # twice 50 is no less than any share
    ("quota-hides-the-smallest", {"computed.outreach.weighted": "24%"}),  # twice 24 is 48, above 47
    ("headline-is-the-sum", {"impact.apprentice.growth.high": "£17.4 billion"}),  # 10.5 + 17.4 = 27.9
    ("few-spaces-answered", {"computed.coworking.response": "25%"}),
    ("impact-turns-on-acts", {"computed.growth.swing.others.high": "£3.5 billion"}),  # 3.5 - 0.9 = 2.6, above 2.7 - 0.5
]


@pytest.mark.parametrize(("identifier", "otherwise"), TURNED)
def test_a_claim_fails_where_its_threshold_says(identifier, otherwise):
    claim = CLAIMS[identifier]
    assert claim.predicate(Otherwise({}))
    assert not claim.predicate(Otherwise(otherwise))


class Otherwise(Evidence):
    """The library's figures, but for some that say otherwise."""

    def __init__(self, stated):
        super().__init__(LIBRARY)
        self.stated = stated

    def __call__(self, identifier):
        return parse(self.stated[identifier]) if identifier in self.stated else super().__call__(identifier)


def test_an_unknown_claim_is_not_found():
    assert find("no-such-claim", LIBRARY) is None


def test_a_missing_figure_is_named():
    with pytest.raises(DataError, match=r"no\.such\.figure"):
        Evidence(LIBRARY)("no.such.figure")


def test_evidence_remembers_what_was_read():
    evidence = Evidence(LIBRARY)
    assert evidence("sme.barriers.any") == LIBRARY.figure("sme.barriers.any").quantity
    assert list(evidence.read) == ["sme.barriers.any"]


def test_a_claim_that_intervals_of_confidence_leave_open_is_not_beyond_chance():
    """21% and 18% of at most 500 are 17.7 to 24.8 and 14.9 to 21.6 percent of all such firms: the order may be the other one."""
    judged = judge(CLAIMS["barriers-finance-and-capacity"], LIBRARY)
    assert (judged.holds, judged.beyond_chance) == (True, False)


def test_a_claim_that_holds_whatever_chance_leaves_open_is_beyond_it():
    """6%, 35% and 71% of 125 firms each are 3.0 to 11.6, 27.2 to 43.7 and 62.5 to 78.2 percent of all firms of a size."""
    assert judge(CLAIMS["outreach-by-size"], LIBRARY).beyond_chance is True


def test_a_claim_whose_figures_have_no_interval_says_nothing_of_chance():
    assert judge(CLAIMS["young-owners-coordinate"], LIBRARY).beyond_chance is None


def figure(identifier, share):
    cells = {"id": identifier, "stated": f"{share}%", "value": str(share), "unit": "percent", "source": "made-up", "as_of": "2026-01-31"}
    return dict.fromkeys(schema.FIGURES.names, "") | {"_file": "figures/made-up.csv", "_row": 2} | cells


@pytest.mark.parametrize(("low", "beyond"), [(25, True), (20, False)])
def test_a_claim_is_beyond_chance_when_it_holds_on_all_that_chance_leaves_open(low, beyond):
    """The other figure, 20%, has no interval of confidence, and reaches from 19.5 to 20.5."""
    tables = {table.name: [] for table in schema.tables()}
    figures = [figure("a.b", 30), figure("a.c", 20), figure("a.b.interval.low", low), figure("a.b.interval.high", 35)]
    row = dict.fromkeys(schema.table("claims").names, "") | {"id": "larger", "condition": "{a.b} > {a.c}", "_file": "claims.csv", "_row": 2}
    library = Library(tables | {"figures": figures, "claims": [row]})
    judged = judge(find("larger", library), library)
    assert (judged.holds, judged.beyond_chance) == (True, beyond)
