"""Whether printed shares are possible for a number of people asked: worked examples of the GRIM test."""

import pytest

from evidence.audit import findings
from evidence.catalog import load
from evidence.errors import QuantityError
from evidence.quantity import parse, possible_totals, share_possible

# 4/24 = 16.67; 5/31 = 16.13 and 6/31 = 19.35; 13/24 = 54.17; 16/31 = 51.6 and 17/31 = 54.8; 10/24 = 41.67; 13/31 = 41.9;
# 3/24 = 12.5, half up 13; 4/31 = 12.90; 1/8 = 12.5, half up 13 and not 12; 2/3 = 66.67.
WORKED = [
    ("17%", 24, True),
    ("17%", 31, False),
    ("54%", 24, True),
    ("54%", 31, False),
    ("42%", 24, True),
    ("42%", 31, True),
    ("13%", 24, True),
    ("13%", 31, True),
    ("13%", 8, True),
    ("12%", 8, False),
    ("12.5%", 8, True),
    ("12.5%", 9, False),
    ("67%", 3, True),
    ("66%", 3, False),
    ("66.7%", 3, True),
    ("0%", 7, True),
    ("100%", 1, True),
    ("50%", 1, False),
    ("50%", 2, True),
    ("120%", 5, False),
    ("around half", 31, True),
    ("almost half", 2, False),
]


@pytest.mark.parametrize(("share", "respondents", "possible"), WORKED)
def test_a_share_is_possible_when_a_whole_count_rounds_to_it(share, respondents, possible):
    assert share_possible(parse(share), respondents) is possible


@pytest.mark.parametrize(
    ("shares", "most", "totals"),
    [
        (["50%"], 5, [2, 4]),
        (["33%", "67%"], 5, [3]),
        (["100%"], 3, [1, 2, 3]),
        (["17%"], 12, [6, 12]),
        (["54%", "42%", "17%", "13%"], 31, [24]),
        (["54%", "42%", "17%", "13%"], 23, []),
    ],
)
def test_possible_totals_are_those_that_fit_every_share(shares, most, totals):
    assert possible_totals([parse(share) for share in shares], most) == totals


@pytest.mark.parametrize(("share", "respondents"), [("£17", 24), ("17", 24), ("17 percentage points", 24), ("17%", 0), ("17%", -1)])
def test_the_test_needs_a_percentage_and_somebody_asked(share, respondents):
    with pytest.raises(QuantityError, match="GRIM"):
        share_possible(parse(share), respondents)


def test_the_growth_hub_shares_do_not_fit_the_31_printed():
    found = findings(load())["growth-hub-respondents"]
    assert found == "54% and 17% are no share of 31; up to 31, the four shares together are possible only for 24."
