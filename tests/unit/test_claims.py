"""Claims about the evidence: each new claim is tried here on the real library and on one in which all figures are equal."""

import pytest

from evidence.catalog import load, schema
from evidence.claims import KINDS, REGISTER, Evidence, find, judge, known, surely_above
from evidence.errors import DataError
from evidence.quantity import parse

LIBRARY = load()
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


def test_there_are_claims_in_code_and_in_data():
    assert len(CLAIMS) >= 20
    assert len(REGISTER) >= 5
    assert len(CLAIMS) - len(REGISTER) == len(LIBRARY.rows("claims")) >= 10


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

    def along(self, series):
        return [f"{series}.first", f"{series}.second", f"{series}.third"]


@every_claim
def test_a_claim_fails_where_all_figures_are_equal(identifier):
    assert not CLAIMS[identifier].predicate(Fixed(lambda _identifier: "30%"))


def declared(kind, figures):
    """Return a claim as the library would declare it."""
    row = {"id": "made", "kind": kind, "figures": figures, "threshold": "It would fail if not.", "statement": "Made"}
    library = load()
    library.by_id("claims")["made"] = row
    return find("made", library)


@pytest.mark.parametrize(
    ("kind", "stated", "holds"),
    [
        ("order", ["30%", "20%", "10%"], True),
        ("order", ["30%", "10%", "20%"], False),
        ("order", ["30%", "30%", "10%"], False),
        ("above", ["30%", "10%", "20%"], True),
        ("above", ["30%", "10%", "31%"], False),
        ("above", ["30%", "10%", "nearly 30%"], False),  # 29.5 against up to 30: left open by the rounding
        ("below", ["10%", "30%", "20%"], True),
        ("below", ["10%", "30%", "10%"], False),
        ("majority", ["51%", "52%", "60%"], True),
        ("majority", ["51%", "50%", "60%"], False),  # 49.5 may be meant
        ("rises", ["10%", "20%", "30%"], True),
        ("rises", ["10%", "20%", "20%"], False),
        ("falls", ["30%", "20%", "10%"], True),
        ("falls", ["10%", "20%", "30%"], False),
    ],
)
def test_a_kind_of_claim_means_what_the_schema_says(kind, stated, holds):
    names = ["s.first", "s.second", "s.third"]
    claim = declared(kind, "s" if kind in ("rises", "falls") else " ".join(names))
    assert claim.predicate(Fixed(dict(zip(names, stated, strict=True)).get)) is holds


COMPARED = [row for row in LIBRARY.rows("claims") if len(row["figures"].split()) > 1]


@pytest.mark.parametrize("row", COMPARED, ids=[row["id"] for row in COMPARED])
def test_a_declared_claim_fails_on_the_library_when_its_figures_are_turned_round(row):
    turned = " ".join(reversed(row["figures"].split()))
    assert not judge(declared(row["kind"], turned), LIBRARY).holds


def test_every_declared_kind_can_be_judged():
    assert tuple(KINDS) == schema.CLAIM_KINDS


def test_a_series_of_one_figure_has_no_course():
    with pytest.raises(DataError, match="two at least"):
        Evidence(LIBRARY).along("no.such-series")


def test_a_name_in_code_and_in_data_is_refused():
    library = load()
    library.rows("claims").append({"id": sorted(REGISTER)[0], "kind": "above", "figures": "a b", "threshold": "", "statement": ""})
    with pytest.raises(DataError, match=r"is registered in evidence\.claims already"):
        known(library)


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


def test_a_claim_whose_figures_have_no_interval_says_nothing_of_chance():
    assert judge(CLAIMS["outreach-by-size"], LIBRARY).beyond_chance is None
