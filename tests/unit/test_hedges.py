"""What each form and hedge of a stated number admits, one worked row each: a new rule of meaning gets its rows here."""

from fractions import Fraction

import pytest

from evidence.errors import QuantityError
from evidence.quantity import Interval, parse


def meaning(text):
    """Return the interval that "[36.5, 37.5)" writes; thirds as "100/3"."""
    low, high = text[1:-1].split(", ")
    return Interval(Fraction(low), Fraction(high), text[0] == "[", text[-1] == "]")


BARE = [
    ("37%", "[36.5, 37.5)"),
    ("37 per cent", "[36.5, 37.5)"),
    ("0.25%", "[0.245, 0.255)"),
    ("£60 billion", "[59500000000, 60500000000)"),
    ("£900m", "[899500000, 900500000)"),
    ("£0.9", "[0.85, 0.95)"),
    ("£3.50", "[3.495, 3.505)"),
    ("614", "[614, 614]"),
    ("3,854", "[3854, 3854]"),
    ("209,000", "[208500, 209500)"),
    ("780", "[775, 785)"),
    ("£9,800", "[9750, 9850)"),
    ("£5,066", "[5065.5, 5066.5)"),
    ("eight", "[8, 8]"),
    ("thirty", "[30, 30]"),
    ("two hundred and six", "[206, 206]"),
    ("six million", "[5700000, 6300000)"),
    ("a million", "[950000, 1050000)"),
    ("17 times", "[16.5, 17.5)"),
    ("eight times", "[7.5, 8.5)"),
    ("twice", "[1.5, 2.5)"),
    ("double", "[1.5, 2.5)"),
    ("doubled", "[1.5, 2.5)"),
    ("quadrupled", "[3.5, 4.5)"),
    ("tenfold", "[9.5, 10.5)"),
    ("3.8-fold", "[3.75, 3.85)"),
    ("a factor of 4", "[3.5, 4.5)"),
    ("100", "[95, 105)"),
    ("£1bn", "[950000000, 1050000000)"),
    ("£1.2 bn", "[1150000000, 1250000000)"),
    ("two and a half million", "[2375000, 2625000)"),
    ("three million two hundred thousand", "[3150000, 3250000)"),
    ("half a dozen", "[5.4, 6.6)"),
    ("half a percentage point", "[0.45, 0.55)"),
    ("US$113m", "[112500000, 113500000)"),
    ("4.0 points", "[3.95, 4.05)"),
    ("45p", "[0.45, 0.45]"),
    ("56,828kWh", "[56828, 56828]"),
    ("none", "[0, 0]"),
    ("45% ± 3", "[42, 48]"),
    ("½", "[45, 55)"),
    ("21:1", "[20.5, 21.5)"),
    ("-2.4%", "(-2.45, -2.35]"),
]

HEDGED = [
    ("about 1,300", "[1200, 1400]"),
    ("around 26%", "[25, 27]"),
    ("roughly 70%", "[63, 77]"),
    ("approximately 3%", "[2.5, 3.5]"),
    ("some 31", "[30, 32]"),
    ("around £45 billion", "[44000000000, 46000000000]"),
    ("about 14 times", "[13, 15]"),
    ("around thirty", "[27, 33]"),
    ("over 3,000", "(3000, 3300]"),
    ("more than 46%", "(46, 47]"),
    ("above 70%", "(70, 77]"),
    ("in excess of £4 million", "(4000000, 4400000]"),
    ("just over 26%", "(26, 27]"),
    ("at least 350", "[350, 360]"),
    ("no fewer than 35", "[35, 36]"),
    ("five or more", "[5, 5.5]"),
    ("350+", "[350, 360]"),
    ("almost one million", "[900000, 1000000)"),
    ("nearly 4,000", "[3600, 4000)"),
    ("just under 30%", "[27, 30)"),
    ("under 35", "[34, 35)"),
    ("less than 45%", "[44, 45)"),
    ("fewer than 60", "[54, 60)"),
    ("below 4.5%", "[4.4, 4.5)"),
    ("close to 600", "[540, 660]"),
    ("not more than 7", "(6.3, 7]"),
    ("not less than 30", "[30, 33]"),
    ("never more than 20", "(18, 20]"),
    ("<1%", "[0.9, 1)"),
    ("> 90%", "(90, 99]"),
    ("upwards of 14%", "(14, 15]"),
    ("up to £28 billion", "(27000000000, 28000000000]"),
    ("at most 30%", "(27, 30]"),
    ("no more than 35", "(34, 35]"),
    ("as many as 700", "(630, 700]"),
    ("up to almost three million", "[2700000, 3000000)"),
]

NO_HEDGE = ["just 19%", "only 19%", "a further 19%", "an additional 19%", "a total of 19%", "another 19%"]

FRACTIONS = [
    ("half", "[45, 55)"),
    ("a quarter", "[22.5, 175/6)"),
    ("two thirds", "[190/3, 425/6)"),
    ("a fifth", "[55/3, 22.5)"),
    ("one in eight", "[425/36, 375/28)"),
    ("one in twelve", "[7.5, 55/6)"),
    ("nine times out of ten", "[805/9, 545/6)"),
    ("halved", "[45, 55)"),
    ("less than a third", "[30, 100/3)"),
    ("nearly a fifth", "[18, 20)"),
    ("almost half", "[45, 50)"),
    ("over a third", "(100/3, 110/3]"),
    ("at least two thirds", "[200/3, 220/3]"),
    ("up to a quarter", "(22.5, 25]"),
    ("around half", "[45, 55]"),
    ("around one in eight", "[11.25, 13.75]"),
    ("more than half", "(50, 200/3]"),
    ("a mere fifth", "[55/3, 22.5)"),
    ("another fifth", "[55/3, 22.5)"),
    ("every second", "[45, 55)"),
    ("2/3", "[190/3, 425/6)"),
]

QUANTIFIERS = [
    ("most", "(50, 100)"),
    ("a majority", "(50, 100)"),
    ("a minority", "(0, 50)"),
    ("almost all", "[90, 100)"),
    ("nearly all", "[90, 100)"),
    ("almost every", "[90, 100)"),
]

RANGES = [
    ("between 14% and 22%", "[13.5, 22.5)"),
    ("14% to 22%", "[13.5, 22.5)"),
    ("2-5%", "[1.5, 5.5)"),
    ("£2.50 and £6.50", "[2.495, 6.505)"),
    ("£10-20 million", "[9500000, 20500000)"),
    ("10-20 million", "[9500000, 20500000)"),
    ("between two and three million", "[1900000, 3150000)"),
    ("33 to 37", "[33, 37]"),
]


@pytest.mark.parametrize(("text", "interval"), BARE)
def test_a_bare_number_means_its_printed_precision(text, interval):
    assert parse(text).interval == meaning(interval)


@pytest.mark.parametrize(("text", "interval"), HEDGED)
def test_a_hedge_opens_the_side_it_names(text, interval):
    assert parse(text).interval == meaning(interval)


@pytest.mark.parametrize("text", NO_HEDGE)
def test_words_that_only_introduce_a_number_are_no_hedge(text):
    assert parse(text).interval == meaning("[18.5, 19.5)")


@pytest.mark.parametrize(("text", "interval"), FRACTIONS)
def test_a_fraction_in_words_reaches_half_way_to_its_neighbours(text, interval):
    assert parse(text).interval == meaning(interval)
    assert parse(text).unit == "percent"


@pytest.mark.parametrize(("text", "interval"), QUANTIFIERS)
def test_a_quantifier_means_its_share_of_all(text, interval):
    assert parse(text).interval == meaning(interval)
    assert parse(text).unit == "percent"


@pytest.mark.parametrize(("text", "interval"), RANGES)
def test_a_range_runs_from_the_low_end_of_one_to_the_high_end_of_the_other(text, interval):
    assert parse(text).interval == meaning(interval)


# "twenty-five" ends in a digit that is not zero, as 25 does: U = 1, and 1 is less than a tenth of the number.
@pytest.mark.parametrize(
    ("text", "interval"), [("around twenty-five", "[24, 26]"), ("almost eleven", "[10, 11)"), ("over forty-two", "(42, 43]")]
)
def test_a_hedged_number_in_words_means_what_it_means_in_digits(text, interval):
    assert parse(text).interval == meaning(interval)


ADMITTED = [
    ("almost one million", 900_000),
    ("almost one million", 999_999),
    ("up to £28 billion", 28_000_000_000),
    ("up to £28 billion", 27_700_000_000),
    ("two thirds", 68),
    ("over 2,000", 2_001),
    ("over 2,000", 2_200),
    ("at least 340", 340),
    ("20%", 19.5),
    ("0%", 0.4),
    ("most", 50.1),
    ("more than half", 65),
    ("twice", 2.1),
    ("100", 104),
    ("almost all", 90),
    ("-1.7%", -1.65),
]

REFUSED = [
    ("almost one million", 1_000_000),
    ("almost one million", 899_999),
    ("up to £28 billion", 27_000_000_000),
    ("up to £28 billion", 28_000_000_001),
    ("over 2,000", 2_000),
    ("over 2,000", 2_201),
    ("at least 340", 339),
    ("20%", 20.5),
    ("0%", 0.5),
    ("most", 50),
    ("more than half", 67),
    ("100", 149),
    ("£1bn", 1_490_000_000),
    ("a million", 600_000),
    ("about 1,000", 1_450),
    ("almost all", 100),
    ("-1.7%", -1.75),
    ("nine", 9.1),
]


@pytest.mark.parametrize(("text", "value"), ADMITTED)
def test_a_value_the_words_allow_is_admitted(text, value):
    assert parse(text).admits(value)


@pytest.mark.parametrize(("text", "value"), REFUSED)
def test_a_value_the_words_exclude_is_refused(text, value):
    assert not parse(text).admits(value)


@pytest.mark.parametrize(
    ("text", "other", "admitted"),
    [
        ("two thirds", "68%", True),
        ("up to £28 billion", "£27.7 billion", True),
        ("up to £29 billion", "£27.7 billion", False),
        ("almost five times", "1.33 times", False),
        ("20%", "20.0%", True),
        ("20.0%", "20%", False),
        ("20%", "20 percentage points", False),
        ("£240", "£240 per week", True),
        ("£240 per week", "£240", False),
    ],
)
def test_a_quantity_is_admitted_when_every_value_it_may_have_is(text, other, admitted):
    assert parse(text).admits(parse(other)) is admitted


@pytest.mark.parametrize("text", ["11% lower", "11% more likely", "11% decline", "11% above"])
def test_direction_words_after_the_number_change_nothing(text):
    assert parse(text).interval == meaning("[10.5, 11.5)")
    assert parse(text).anchor == 11


MULTIPLES = [
    ("more than doubled", "(2, 3)"),
    ("more than tripled", "(3, 4)"),
    ("almost doubled", "[1.8, 2)"),
    ("at least doubled", "[2, 2.2]"),
]


@pytest.mark.parametrize(("text", "interval"), MULTIPLES)
def test_more_than_a_multiple_ends_below_the_next(text, interval):
    assert parse(text).interval == meaning(interval)
    assert parse(text).unit == "times"


def test_one_of_many_reaches_half_a_one_to_each_side():
    interval = parse("71 out of 2,000").interval
    assert (interval.low, interval.high) == (Fraction("3.525"), Fraction("3.575"))


def test_a_minus_in_words_or_in_signs_turns_a_number_round():
    assert [parse(text).anchor for text in ("minus 3%", "negative 3%", "-3%", "\u22123%", "-£3", "£3")] == [-3, -3, -3, -3, -3, 3]


def test_five_times_higher_is_five_times():
    assert (parse("five times higher").anchor, parse("five times higher").unit) == (5, "times")


def test_an_exact_number_admits_only_itself():
    assert parse("500").exact().interval == meaning("[500, 500]")


@pytest.mark.parametrize(
    "text",
    ["", "many", "31 apples", "between 21% and 13%", "10% to £20", "five out of three", "31 in 31", "in 2023", "two hundred and apples"],
)
def test_what_is_no_stated_number_is_refused(text):
    with pytest.raises(QuantityError):
        parse(text)
