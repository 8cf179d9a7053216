"""How a value is written: `format_` in the style of a text, `readable` for a reader. A new style gets a row here."""

from fractions import Fraction

import pytest
from every import every

from evidence.errors import QuantityError
from evidence.quantity import format_, parse, readable


@pytest.mark.parametrize(
    ("value", "like", "written"),
    [
        (91.2, "96%", "91%"),
        (96.5, "96%", "97%"),
        (96.49, "96%", "96%"),
        (Fraction(200, 3), "96%", "67%"),
        (7, "16.2%", "7.0%"),
        (12_345_678_901, "£10.5 billion", "£12.3 billion"),
        (2_000_000, "1.93 million", "2.00 million"),
        (812_300_000, "£500m", "£812m"),
        (4_021, "3,853", "4,021"),
        (21, "3,853", "21"),
        (1_234_567, "3,853", "1,234,567"),
        (12_345, "613", "12,345"),
        (206_400, "208,000", "206,000"),
        (9_449, "£8,900", "£9,400"),
        (2_345, "2 500", "2 300"),
        (4.25, "£0.9 per week", "£4.3 per week"),
        (-2.25, "-1.7%", "-2.3%"),
        (1.2, "-1.7%", "1.2%"),
        (12, "nine", "twelve"),
        (12, "Nine", "Twelve"),
        (21, "nine", "twenty-one"),
        (0, "nine", "zero"),
        (7.4, "13 times", "7 times"),
        (4_000_000, "three million", "four million"),
        (8, "only 5 times", "only 8 times"),
        (7, "nine years", "seven years"),
        (12, "11% lower", "12% lower"),
    ],
)
def test_a_value_is_written_in_the_style_of_the_text(value, like, written):
    assert format_(value, like) == written


@pytest.mark.parametrize(
    ("value", "like", "written"),
    [
        (19.6, "almost 20%", "almost 20%"),
        (2_950_000, "almost two million", "almost three million"),
        (2_100, "over 2,000", "over 2,000"),
        (27_700_000_000, "up to £30 billion", "up to £28 billion"),
        (1_340, "around 1,200", "around 1,300"),
    ],
)
def test_a_hedge_stays_while_it_is_true(value, like, written):
    assert format_(value, like) == written


@pytest.mark.parametrize(
    ("value", "like"),
    [(12_450, "1.2 million"), (Fraction("0.4"), "5%"), (1_600_000_000, "£1bn"), (1_500_000, "one million"), (Fraction("0.06"), "16.2%")],
)
def test_a_value_that_would_lose_its_digits_is_left_to_an_author(value, like):
    with pytest.raises(QuantityError, match="an author must choose"):
        format_(value, like)


@pytest.mark.parametrize(
    ("value", "like", "written"),
    [
        (151, "100", "150"),
        (16, "10", "16"),
        (157, "100", "160"),
        (204, "100", "200"),
        (1_490, "1,000", "1,500"),
        (Fraction("100.4"), "£1", "£100"),
    ],
)
def test_a_number_that_was_round_is_written_finer_where_rounding_would_be_false(value, like, written):
    assert format_(value, like) == written


@pytest.mark.parametrize(
    ("value", "like"), [(21.2, "almost 20%"), (19.8, "over 18%"), (1_400_000, "almost two million"), (28_300_000_000, "up to £30 billion")]
)
def test_a_hedge_that_would_be_false_is_left_to_an_author(value, like):
    with pytest.raises(QuantityError, match="an author must choose"):
        format_(value, like)


@pytest.mark.parametrize(
    "like", ["two thirds", "one in five", "nine in ten", "twice", "doubled", "halved", "most", "almost all", "half a million"]
)
def test_a_number_in_words_is_left_to_an_author(like):
    with pytest.raises(QuantityError, match="in words or a range"):
        format_(60, like)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("two thirds", True),
        ("twice", True),
        ("most", True),
        ("71%", False),
        ("seven", False),
        ("between 13% and 21%", False),
        ("1-4%", False),
    ],
)
def test_what_is_said_in_words_alone_is_known(text, words):
    assert parse(text).in_words is words
    assert (parse("7%") + parse("3%")).in_words is False


@pytest.mark.parametrize("like", ["7.2 out of 10", "7.2/10"])
def test_a_score_is_left_to_an_author(like):
    with pytest.raises(QuantityError, match="is in words or a range"):
        format_(8.4, like)


@pytest.mark.parametrize("like", ["between 13% and 21%", "1-4%", "30–40"])
def test_a_range_is_left_to_an_author(like):
    with pytest.raises(QuantityError, match="in words or a range"):
        format_(16, like)


@pytest.mark.parametrize("like", ["96%", "3,853", "£10.5 billion", "13 times"])
def test_a_negative_value_is_refused_where_the_text_has_no_sign(like):
    with pytest.raises(QuantityError, match="no sign"):
        format_(-3, like)


@pytest.mark.parametrize(("value", "like"), [(100, "nine"), (-1, "nine"), (150_000_000, "three million")])
def test_a_value_beyond_ninety_nine_is_not_spelled(value, like):
    with pytest.raises(QuantityError, match="an author must choose"):
        format_(value, like)


@pytest.mark.parametrize("like", ["a million", "a billion", "a million or more"])
def test_a_scale_word_with_an_article_is_restated_or_left_to_an_author(like):
    try:
        written = format_(5_000_000_000, like)
    except QuantityError:
        return
    assert "5" in written or "five" in written


def test_a_count_that_is_not_whole_is_not_written_as_one():
    with pytest.raises(QuantityError, match="an author must choose"):
        format_(Fraction(1, 2) + 3_853, "3,853")


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        ("27700000000", "GBP", "£27.7 billion"),
        ("2100000000000", "USD", "$2.1 trillion"),
        ("46.938775", "percent", "46.9%"),
        ("99.96", "percent", "100%"),
        ("-1.7", "percent", "-1.7%"),
        ("5681930", "count", "5.68 million"),
        ("9999", "count", "9,999"),
        ("613", "count", "613"),
        ("-5", "GBP", "-£5"),
        ("767.4", "GBP per week", "£767 per week"),
        ("-1.7", "percent per year", "-1.7% per year"),
        ("1.026", "percentage points", "1.03 percentage points"),
        ("1.3279", "times", "1.33 times"),
        ("2024", "calendar year", "2024"),
        ("12345.6", "count", "12,346"),
    ],
)
def test_a_value_is_readable_with_three_digits_and_its_unit(value, unit, text):
    assert readable(Fraction(value), unit) == text


@pytest.mark.parametrize(("digits", "text"), [(1, "2%"), (2, "2.3%"), (4, "2.258%")])
def test_a_reader_may_ask_for_other_digits(digits, text):
    assert readable(Fraction("2.25806"), "percent", digits) == text


def test_small_values_keep_their_significant_digits():
    assert readable(Fraction("0.01234"), "percent") == "0.0123%"


@every(
    "value,unit,text",
    [
        (Fraction(10**6), "count", "1 million"),
        (Fraction(999_999), "count", "999,999"),
        (Fraction(10**9), "GBP", "£1 billion"),
        (Fraction(10**12), "USD", "$1 trillion"),
        (Fraction(-7, 2), "GBP", "-£3.50"),
        (Fraction(1, 3), "percent", "0.333%"),
        (Fraction(1, 400), "percent", "0.0025%"),
        (Fraction(0), "count", "0"),
        (Fraction(12345, 10), "count", "1,235"),
        (Fraction(1_234_567), "count per year", "1.23 million per year"),
        (Fraction(5, 2), "times", "2.5 times"),
        (Fraction(1, 2), "GBP", "£0.50"),
        (Fraction(2010), "calendar year", "2010"),
    ],
)
def test_a_value_is_written_for_readers(value, unit, text):
    assert readable(value, unit) == text
