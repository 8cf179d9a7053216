"""Units of stated numbers: reading, products, quotients, conversions and what may stand for what. A new unit or rate gets its rows here."""

from fractions import Fraction

import pytest

from evidence.errors import QuantityError
from evidence.quantity import lexicon, parse, split_unit, stands_for
from evidence.quantity.units import conversion, product_unit


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("5%", "percent"),
        ("5 per cent", "percent"),
        ("5 percentage points", "percentage points"),
        ("5 points", "percentage points"),
        ("£5", "GBP"),
        ("$5", "USD"),
        ("€5", "EUR"),
        ("5", "count"),
        ("5 times", "times"),
        ("5:1", "times"),
        ("twice", "times"),
        ("five years", "years"),
        ("five months", "months"),
        ("five weeks", "weeks"),
        ("five days", "days"),
        ("five hours", "hours"),
        ("£5 per week", "GBP per week"),
        ("£5 per capita", "GBP per capita"),
        ("£5 per head", "GBP per capita"),
        ("5% annually", "percent per year"),
        ("5% a year", "percent per year"),
        ("5% per annum", "percent per year"),
        ("5% each year", "percent per year"),
        ("10 hours a week", "hours per week"),
        ("5 per 100,000 people", "count per 100,000 people"),
        ("5 per 100,000 population", "count per 100,000 people"),
        ("12 per 1,000", "count per 1,000"),
        ("12 births per 1,000", "count per 1,000"),
        ("5pc", "percent"),
        ("5 pct", "percent"),
        ("5pp", "percentage points"),
        ("5 ppts", "percentage points"),
        ("a quarter of a percentage point", "percentage points"),
        ("12 basis points", "basis points"),
        ("12 index points", "index points"),
        ("index 12 points", "index points"),
        ("12p", "GBP"),
        ("3 pounds", "GBP"),
        ("GBP 3m", "GBP"),
        ("US$3m", "USD"),
        ("USD10m", "USD"),
        ("10 EUR", "EUR"),
        ("6 cents", "cents"),
        ("56,828kWh", "kWh"),
        ("26.4 GW", "GW"),
        ("25,000 terawatt-hours", "TWh"),
        ("2,000km", "km"),
        ("12 km\u00b2", "square km"),
        ("5 tonnes", "tonnes"),
        ("30\u00b0C", "degrees C"),
        ("5 FTE", "FTE"),
        ("four decades", "years"),
        ("5 minutes", "minutes"),
        ("3.8-fold", "times"),
        ("trebled", "times"),
        ("OR 1.5", "times"),
        ("hazard ratio of 1.5", "times"),
        ("7.2 out of 10", "out of 10"),
        ("12flops", "flops"),
    ],
)
def test_the_unit_is_read_with_its_rate(text, unit):
    assert parse(text).unit == unit


@pytest.mark.parametrize(
    ("unit", "parts"),
    [
        ("percent", ("percent", "")),
        ("GBP per week", ("GBP", "week")),
        ("count per 100,000 people", ("count", "100,000 people")),
        ("GBP per year", ("GBP", "year")),
        ("GBP per month", ("GBP", "month")),
        ("times per day", ("times", "day")),
        ("GBP per hour", ("GBP", "hour")),
        ("GBP per capita", ("GBP", "capita")),
        ("calendar year", ("calendar year", "")),
    ],
)
def test_a_unit_splits_into_base_and_rate(unit, parts):
    assert split_unit(unit) == parts


def test_every_unit_that_is_read_may_be_in_a_record():
    read = {meaning for rows in lexicon.UNITS.values() for _, meaning in rows} | set(lexicon.GLUED_UNITS.values()) | set(lexicon.MONEY)
    assert len(read) > 40
    for unit in read:
        base = lexicon.FACTORS.get(unit, (unit, 1))[0]
        assert split_unit(f"{base} per year") == (base, "year")


@pytest.mark.parametrize("unit", ["", "apples", "GBP per fortnight", "per year", "GBP per"])
def test_an_unknown_unit_is_refused(unit):
    with pytest.raises(QuantityError, match="unknown unit"):
        split_unit(unit)


@pytest.mark.parametrize(
    ("stated", "unit", "may"),
    [
        ("GBP", "GBP", True),
        ("GBP", "GBP per year", True),
        ("GBP per year", "GBP", False),
        ("GBP per week", "GBP per year", False),
        ("percent", "percentage points", False),
        ("GBP", "USD", False),
    ],
)
def test_the_rate_may_be_left_to_the_sentence_but_not_added(stated, unit, may):
    assert stands_for(stated, unit) is may


# A tenth of 50 is 5; half of a half is a quarter, 25 percent; twice 30 is 60.
@pytest.mark.parametrize(
    ("first", "second", "unit", "anchor"),
    [
        ("10%", "50", "count", "5"),
        ("50", "10%", "count", "5"),
        ("50%", "50%", "percent", "25"),
        ("10%", "£40 billion", "GBP", "4000000000"),
        ("twice", "30%", "times", "0.6"),
        ("twice", "£30", "GBP", "60"),
        ("three", "£0.9 per week", "GBP per week", "2.7"),
        ("three", "0.2 percentage points", "percentage points", "0.6"),
        ("three", "four", "count", "12"),
    ],
)
def test_a_product_takes_on_the_unit_that_is_no_share(first, second, unit, anchor):
    product = parse(first) * parse(second)
    assert (product.unit, product.anchor) == (unit, Fraction(anchor))


def test_the_interval_of_a_product_is_in_the_unit_of_the_product():
    product = parse("10%") * parse("53")
    assert (product.interval.low, product.interval.high) == (Fraction("5.035"), Fraction("5.565"))


@pytest.mark.parametrize(("first", "second"), [("£3", "£4"), ("£3", "three years"), ("4 points", "£3")])
def test_a_product_of_two_measures_means_nothing(first, second):
    with pytest.raises(QuantityError, match="no meaning"):
        parse(first) * parse(second)


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("percent", "percent", ("percent", Fraction(1, 100))),
        ("percent", "GBP", ("GBP", Fraction(1, 100))),
        ("times", "percentage points", ("percentage points", Fraction(1))),
    ],
)
def test_product_unit_gives_unit_and_factor(a, b, expected):
    assert product_unit(a, b) == expected


@pytest.mark.parametrize(
    ("first", "second", "unit", "anchor"),
    [
        ("£30", "£12", "times", "2.5"),
        ("14%", "7%", "times", "2"),
        ("£30", "four", "GBP", "7.5"),
        ("£30", "twice", "GBP", "15"),
        ("£30", "50%", "GBP", "60"),
        ("£0.9 per week", "three", "GBP per week", "0.3"),
    ],
)
def test_a_quotient_of_like_units_is_a_multiple(first, second, unit, anchor):
    quotient = parse(first) / parse(second)
    assert (quotient.unit, quotient.anchor) == (unit, Fraction(anchor))


@pytest.mark.parametrize(("first", "second"), [("£30", "$30"), ("four", "£30"), ("£30", "4 points")])
def test_a_quotient_of_unlike_measures_is_refused(first, second):
    with pytest.raises(QuantityError, match="cannot turn"):
        parse(first) / parse(second)


@pytest.mark.parametrize("divisor", ["£0", "£0.0"])
def test_a_divisor_that_may_be_zero_is_refused(divisor):
    with pytest.raises(QuantityError, match="may be zero"):
        parse("£30") / parse(divisor)


@pytest.mark.parametrize(
    ("unit", "target", "factor"),
    [
        ("times", "percent", 100),
        ("percent", "times", Fraction(1, 100)),
        ("count", "times", 1),
        ("percent", "count", Fraction(1, 100)),
        ("GBP per week", "GBP per week", 1),
    ],
)
def test_shares_multiples_and_counts_convert(unit, target, factor):
    assert conversion(unit, target) == factor


@pytest.mark.parametrize(
    ("unit", "target"), [("GBP", "USD"), ("GBP per week", "GBP per year"), ("percentage points", "percent"), ("years", "months")]
)
def test_different_measures_do_not_convert(unit, target):
    with pytest.raises(QuantityError, match="cannot turn"):
        conversion(unit, target)


def test_within_converts_point_and_interval():
    percent = parse("2.5 times").within("percent")
    assert (percent.unit, percent.anchor, percent.interval.low, percent.interval.high) == ("percent", 250, 245, 255)


@pytest.mark.parametrize("operation", ["__add__", "__sub__"])
def test_only_like_units_add(operation):
    with pytest.raises(QuantityError, match="cannot add percent and percentage points"):
        getattr(parse("5%"), operation)(parse("5 percentage points"))


def test_sum_and_difference_keep_the_unit():
    total, rest = parse("12%") + parse("23%"), parse("23%") - parse("12%")
    assert (total.unit, total.anchor, rest.unit, rest.anchor) == ("percent", 35, "percent", 11)


def test_a_number_is_not_relabelled_to_an_unknown_unit():
    with pytest.raises(QuantityError, match="unknown unit"):
        parse("£5").relabelled("shillings")


def test_relabelling_changes_only_the_unit():
    weekly = parse("£5")
    assert weekly.relabelled("GBP per week").interval == weekly.interval
    assert weekly.relabelled("GBP per week").unit == "GBP per week"
