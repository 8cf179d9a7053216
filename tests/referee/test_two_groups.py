"""Two groups and their mean, two amounts and their share, cells with digits changed over, rows "of which": right as it stands, wrong with one number changed."""

import pytest
from reading import kinds, told

YEARS = (
    "| Year | Boats hurt | Rowers per million miles |\n|---|---|---|\n| 2017 | 640 | 515 |\n| 2018 | 612 | 488 |\n| 2019 | 583 | 461 |\n"
)
HUTS = "**Table 1: Huts let**\n\n| | 2018 | 2019 |\n|---|---|---|\n| Lake huts | 9,120 | 9,346 |\n| Hill huts | 2,204 | 2,312 |\n| **Total huts** | 11,324 | 11,658 |\n"
KINDS = "| Kind | 2018 | 2019 |\n|---|---|---|\n| Oak | 410 | 431 |\n| Elm | 216 | 224 |\n| **Total** | 626 | 655 |\n| *of which* young | 130 | 141 |\n"
PAIRS = [
    ("repeat", f"{HUTS}\n\nWe ended the season with 11,658 huts let.", "11,658 huts", "11,568 huts"),
    ("repeat", f"{YEARS}\nThe rate of rowers fell to 461 per million miles, from 488 in 2018.", "488 in", "515 in"),
    ("sum", KINDS, "| Elm | 216 |", "| Elm | 261 |"),
    ("range", "The mean age of the crew was 41.3 years: 39.8 for men and 44.1 for women.", "39.8", "42.8"),
    (
        "range",
        "We asked 900 guests. Some 630 of them (70%) were satisfied. Satisfaction was 78% among the 300 guests with a hut and 66% among the 600 without.",
        "66%",
        "74%",
    ),
    (
        "share × base",
        "Net debt was £240.0 million, and gearing, which we take as net debt over the £600 million cost of our boats, stood at 40.0%.",
        "40.0%",
        "44.0%",
    ),
    ("share × base", "We have a gearing of 40.0%: debt of £240.0 million on £600 million of boats.", "40.0%", "44.0%"),
]


@pytest.mark.parametrize(("kind", "text", "right", "wrong"), PAIRS, ids=[wrong for *_, wrong in PAIRS])
def test_what_two_groups_or_cells_give_is_held_against_what_is_stated(kind, text, right, wrong):
    planted = text.replace(right, wrong)
    assert planted != text
    assert kinds(text) == set()
    assert kind in told(planted)


@pytest.mark.parametrize(
    "text",
    [
        f"{HUTS}\n\nIn 2012 we had 11,568 huts, and since then more came.",
        f"{HUTS}\n\nThe lake holds 11,568 tonnes of ice.",
        "The mean age of the crew was 41.3 years: 42.8 for men and 44.1 for women, and less for children.",
        "We asked 900 guests. Some 630 of them (70%) were satisfied. Satisfaction was 78% among the 300 guests with a hut and 74% among the 200 without.",
        f"{YEARS}\nSome storms came, and 583 boats were hurt, 2.0% more than in 2009.",
    ],
)
def test_what_only_looks_like_it_gives_no_alarm(text):
    assert kinds(text) == set()
