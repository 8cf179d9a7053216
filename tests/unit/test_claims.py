"""Claims about the evidence: each new claim is tried here on the real library and on one in which all figures are equal."""

import pytest

from evidence.catalog import load
from evidence.claims import REGISTER, Evidence, judge, surely_above
from evidence.errors import DataError
from evidence.quantity import parse

LIBRARY = load()

every_claim = pytest.mark.parametrize("identifier", sorted(REGISTER))


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
    assert len(REGISTER) >= 20


@every_claim
def test_a_claim_tells_what_would_change_our_mind(identifier):
    assert REGISTER[identifier].id == identifier
    assert REGISTER[identifier].threshold.startswith("It would fail if ")
    assert REGISTER[identifier].threshold.endswith(".")


@every_claim
def test_a_claim_holds_on_the_library(identifier):
    assert judge(identifier, LIBRARY).holds


@every_claim
def test_a_claim_reads_figures_of_the_library(identifier):
    inputs = judge(identifier, LIBRARY).inputs
    assert inputs
    assert all(LIBRARY.figure(figure.id) is figure for figure in inputs)


class AllEqual(Evidence):
    """Evidence in which every figure says the same."""

    def __call__(self, identifier):
        return parse("30%")


@every_claim
def test_a_claim_fails_where_all_figures_are_equal(identifier):
    assert not REGISTER[identifier].predicate(AllEqual(LIBRARY))


def test_an_unknown_claim_is_refused():
    with pytest.raises(KeyError):
        judge("no-such-claim", LIBRARY)


def test_a_missing_figure_is_named():
    with pytest.raises(DataError, match=r"no\.such\.figure"):
        Evidence(LIBRARY)("no.such.figure")


def test_evidence_remembers_what_was_read():
    evidence = Evidence(LIBRARY)
    assert evidence("sme.barriers.any") == LIBRARY.figure("sme.barriers.any").quantity
    assert list(evidence.read) == ["sme.barriers.any"]
