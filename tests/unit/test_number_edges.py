"""Edges of what numbers are read as and written as, worked out by hand: a row a case."""

from fractions import Fraction

import pytest
from every import every

from evidence.errors import QuantityError
from evidence.quantity import (
    BASES,
    Interval,
    Quantity,
    format_,
    narrow,
    parse,
    read_formula,
    readable,
    share_possible,
    surely_above,
    under_head,
    unit_of_head,
)
from evidence.quantity.context import counted
from evidence.quantity.tokens import numeral, small_numeral, tokenize
from evidence.quantity.words import nearest_bounds, spell_whole


@every(
    "stated,head,meant",
    [
        ("45.2", "%", "45.2%"),
        ("45.2", "Share of firms (%)", "45.2%"),
        ("45.2", "% change", "45.2%"),
        ("45", "Growth (%) on the year", "45%"),
        ("45", "Share, per cent", "45%"),
        ("-0.4", "Change, percentage points", "-0.4 percentage points"),
        ("3", "Gap (pp)", "3 percentage points"),
        ("-12.5", "Spend (£m)", "-£12.5 million"),
        ("12", "Spend, £", "£12"),
        ("1,200", "Turnover, $bn", "$1,200 billion"),
        ("310", "000s", "310 thousand"),
        ("310", "Jobs (thousands)", "310 thousand"),
        ("2", "Jobs (k)", "2 thousand"),
        ("4", "Sales in millions", "4"),
        ("4,100", "Number", "4,100"),
        ("45.2%", "%", "45.2%"),
        ("n/a", "%", "n/a"),
        (" 7 ", "%", "7%"),
    ],
)
def test_a_number_of_a_table_takes_the_unit_of_its_head(stated, head, meant):
    assert under_head(stated, head) == meant


@every(
    "head,unit",
    [
        ("%", "%"),
        ("% change", "%"),
        ("Share of firms (%)", "%"),
        ("Growth (%) on the year", "%"),
        ("Share, per cent", "%"),
        ("Reasons, % of 96 firms", "%"),
        ("Change, percentage points", "percentage points"),
        ("Spend (£m)", "£m"),
        ("Turnover, $bn", "$bn"),
        ("Jobs (thousands)", "thousands"),
        ("Spend, £", "£"),
        ("Number", ""),
    ],
)
def test_the_unit_of_a_head_is_told_as_the_head_has_it(head, unit):
    assert unit_of_head(head) == unit


@every(
    "words,are_counted",
    [
        ("firms", True),
        ("large firms", True),
        ("large old firms", True),
        ("large old grey firms", False),
        ("of them", True),
        ("less", False),
        ("sheep", False),
        ("people", True),
        ("the firms", False),
    ],
)
def test_things_are_counted_behind_two_adjectives_at_most(words, are_counted):
    assert counted(tokenize(words), 0) is are_counted


def interval(text):
    """Return the interval that is written as in a book of mathematics: "[1,2)" has its lower end and not its upper one."""
    low, high = text[1:-1].split(",")
    return Interval(Fraction(low), Fraction(high), text[0] == "[", text[-1] == "]")


@every("text", ["[2,1]", "(1,1]", "[1,1)", "(1,1)"])
def test_an_interval_without_members_is_refused(text):
    with pytest.raises(QuantityError, match="give the lower end first"):
        interval(text)


@every(
    "one,other,inside,meets",
    [
        ("[1,2]", "[1,2]", True, True),
        ("[1,2]", "(1,2]", False, True),
        ("(1,2]", "(1,2]", True, True),
        ("(1,2]", "[1,2]", True, True),
        ("[1,2)", "[1,2)", True, True),
        ("[1,2]", "[1,2)", False, True),
        ("[0,2]", "[1,2]", False, True),
        ("[1,3]", "[1,2]", False, True),
        ("[2,3]", "(1,4)", True, True),
        ("(1,2)", "(1,3)", True, True),
        ("[1,2]", "[2,3]", False, True),
        ("[1,2)", "[2,3]", False, False),
        ("[1,2]", "(2,3]", False, False),
        ("[1,1]", "(1,2]", False, False),
        ("[1,1]", "[1,2]", True, True),
        ("[1,2]", "[3,4]", False, False),
        ("[1,2)", "(3,4]", False, False),
    ],
)
def test_intervals_lie_in_each_other_and_meet(one, other, inside, meets):
    assert interval(one).inside(interval(other)) is inside
    assert interval(one).meets(interval(other)) is interval(other).meets(interval(one)) is meets


@every(
    "one,sign,other,result",
    [
        ("[1,2)", "+", "[1,2)", "[2,4)"),
        ("[1,2]", "+", "(1,2]", "(2,4]"),
        ("[1,2)", "-", "[1,2)", "(-1,1)"),
        ("[1,2)", "*", "[1,2)", "[1,4)"),
        ("(1,2]", "*", "[1,2)", "(1,4)"),
        ("[0,1]", "*", "(2,3)", "[0,3)"),
        ("(2,3)", "*", "[0,1]", "[0,3)"),
        ("(0,1]", "*", "[2,3]", "(0,3]"),
        ("[2,3]", "*", "(0,1]", "(0,3]"),
        ("[1,2]", "*", "(3,4)", "(3,8)"),
        ("(3,4)", "*", "[1,2]", "(3,8)"),
        ("[-1,1)", "*", "[2,3]", "[-3,3)"),
        ("[0,0]", "*", "(1,2)", "[0,0]"),
        ("[4,8)", "/", "(1,2]", "[2,8)"),
    ],
)
def test_intervals_are_reckoned_with_their_ends(one, sign, other, result):
    done = {"+": Interval.__add__, "-": Interval.__sub__, "*": Interval.__mul__, "/": Interval.__truediv__}
    assert done[sign](interval(one), interval(other)) == interval(result)


@every("factor,result", [(1, "[1,2)"), (2, "[2,4)"), (-2, "(-4,-2]"), (Fraction(1, 2), "[1/2,1)")])
def test_an_interval_is_scaled_with_its_ends(factor, result):
    assert interval("[1,2)").scaled(Fraction(factor)) == interval(result)


@every(
    "number,word",
    [(0, "zero"), (19, "nineteen"), (20, "twenty"), (21, "twenty-one"), (90, "ninety"), (99, "ninety-nine"), (100, None), (-1, None)],
)
def test_whole_numbers_below_a_hundred_are_spelled(number, word):
    assert spell_whole(number) == word


@every("low,high,is_narrow", [(95, 105, True), (90, 110, True), (89, 111, False), (-110, -90, True), (-111, -89, False), (0, 1, False)])
def test_a_range_is_narrow_where_about_its_middle_would_reach_as_far(low, high, is_narrow):
    assert narrow(Fraction(low), Fraction(high)) is is_narrow


@every(
    "text,value",
    [
        ("½", Fraction(1, 2)),
        ("⅓", Fraction(1, 3)),
        ("²³", 23),
        ("¹" * 30, int("1" * 30)),
        ("①⑨", 19),
        ("½½", None),
        ("①⑩", None),
        ("¹" * 31, None),
    ],
)
def test_small_numerals_have_a_value_where_they_are_digits_in_a_row_or_one_fraction(text, value):
    assert small_numeral(tokenize(text)[0]) == value


@every("text,read", [("1" * 30, True), ("1" * 31, False), ("1.2.3", False), ("0.5", True)])
def test_a_numeral_has_one_value_and_thirty_digits_at_most(text, read):
    assert (numeral(tokenize(text)[0]) is not None) is read


@every(
    "higher,lower,above",
    [
        ("35%", "6%", True),
        ("6%", "35%", False),
        ("more than 31", "31", True),
        ("at least 31", "31", False),
        ("19%", "18%", True),
        ("18%", "18%", False),
    ],
)
def test_one_number_is_surely_above_another_where_no_values_of_both_touch(higher, lower, above):
    assert surely_above(parse(higher), parse(lower)) is above


@every(
    "value,like,written",
    [
        (10_000, "9999", "10,000"),
        (9_998, "1234", "9998"),
        (0, "-1.7%", "0.0%"),
        (0, "96%", "0%"),
        (-2.5, "-3%", "-3%"),
        (Fraction(3, 100), "45p", "3p"),
        (70, "five decades", "seven decades"),
        (5_000, "three thousand", "five thousand"),
        (7, "two thousand and six", "seven"),
    ],
)
def test_a_value_is_written_alike_at_the_edges_of_a_style(value, like, written):
    assert format_(value, like) == written


@every(
    "value,unit,text",
    [
        (Fraction(1), "count", "1"),
        (Fraction(3, 2), "percent", "1.5%"),
        (Fraction(-1, 2), "percent", "-0.5%"),
        (Fraction(0), "percent", "0%"),
        (Fraction(1, 10), "percent", "0.1%"),
    ],
)
def test_a_small_value_is_readable(value, unit, text):
    assert readable(value, unit) == text


@every(
    "share,respondents,possible",
    [
        ("50%", 1, False),
        ("100%", 1, True),
        ("33%", 3, True),
        ("67%", 3, True),
        ("0.4%", 250, True),
        ("99%", 100, True),
        ("101%", 100, False),
    ],
)
def test_a_share_is_that_of_a_whole_count(share, respondents, possible):
    assert share_possible(parse(share), respondents) is possible


@every(
    "text",
    [
        "5 to 5%",
        "0/3",
        "a third per cent",
        "OR 1.8 (95% CI 2.7 to 1.2)",
        "two hundred thousand million billion",
        "between 13% and 21% of firms in Kent",
        "1 x 10^31",
        "for nought in five",
        "0 in 5",
        "£5 ± 3 points",
        "5% firms or more",
        "45% of small",
        "½ times",
    ],
)
def test_what_is_no_one_number_is_refused(text):
    try:
        read = parse(text)
    except QuantityError:
        return
    raise AssertionError(f"{text} was read as {read}")


@every("like", ["9 minutes and 4 seconds", "two years and six months", "half a million", "⑤ and a half"])
def test_a_number_of_two_parts_is_never_restated(like):
    with pytest.raises(QuantityError):
        format_(300, like)


@every("low,high", [(0, 1), (-1, 0), (-1, 1), (0, 0)])
def test_a_divisor_that_may_be_nothing_is_told_with_its_ends(low, high):
    numbers = {"part": parse("5"), "whole": Quantity("", Fraction(0), Interval(Fraction(low), Fraction(high)), "count")}
    with pytest.raises(QuantityError, match=f"may be zero: it lies between {low} and {high} count"):
        read_formula("{part} / {whole}").reckon(numbers.__getitem__)


@every("text,low,high,closed", [("1 x 10^30", 10**30, 10**30, True), ("OR 1.8 (95% CI 1.8 to 1.8)", "1.8", "1.8", True)])
def test_a_number_at_the_edge_of_what_is_read(text, low, high, closed):
    interval = parse(text).interval
    assert Interval(Fraction(low), Fraction(high), closed, closed).inside(interval)


def test_a_range_is_in_words_where_one_of_its_ends_is():
    assert [parse(text).in_words for text in ("between a quarter and 30%", "between 20% and a third", "between 20% and 30%")] == [
        True,
        True,
        False,
    ]


def test_the_ends_of_a_range_are_written_as_they_stand_or_not_at_all():
    assert [
        [end.text for end in parse(text).ends]
        for text in ("between 13% and 21%", "1-4%", "£10.8 billion to £27.7 billion", "10 to 1 million")
    ] == [
        ["13%", "21%"],
        ["", "4%"],
        ["£10.8 billion", "£27.7 billion"],
        ["1 million", ""],
    ]


def test_an_exact_range_reaches_from_anchor_to_anchor():
    assert parse("between 13% and 21%").exact().interval == Interval(Fraction(13), Fraction(21))
    assert Quantity.point(Fraction(3), "count").exact().interval == Interval(Fraction(3), Fraction(3))


@every(
    "word,times",
    [
        *(("double", 2), ("doubled", 2), ("doubling", 2), ("twice", 2), ("thrice", 3), ("trebled", 3), ("triples", 3), ("quadrupled", 4)),
        *(("quintupled", 5), ("sextupled", 6), ("twofold", 2), ("threefold", 3), ("fourfold", 4), ("fivefold", 5), ("sixfold", 6)),
        *(("sevenfold", 7), ("eightfold", 8), ("ninefold", 9), ("tenfold", 10), ("hundredfold", 100), ("thousandfold", 1000)),
    ],
)
def test_a_multiple_in_one_word_is_so_many_times(word, times):
    assert (parse(word).anchor, parse(word).unit) == (times, "times")


@every(
    "words,low,high",
    [
        ("a couple of", 2, 3),
        ("a couple of dozen", 24, 36),
        ("a handful of", 3, 10),
        ("dozens", 12, 120),
        ("scores of", 20, 200),
        ("tens of", 10, 100),
        ("hundreds", 100, 1_000),
        ("thousands", 1_000, 1_000_000),
        ("millions", 1_000_000, 1_000_000_000),
        ("several billion", 1_000_000_000, 1_000_000_000_000),
        ("trillions", 1_000_000_000_000, 1_000_000_000_000_000),
        ("a couple of hundred", 200, 300),
        ("a couple thousand", 2_000, 3_000),
        ("a couple of million", 2_000_000, 3_000_000),
        ("a couple of billion", 2_000_000_000, 3_000_000_000),
        ("tens of thousands", 10_000, 100_000),
        ("hundreds of thousands", 100_000, 1_000_000),
        ("tens of millions", 10_000_000, 100_000_000),
        ("hundreds of millions", 100_000_000, 1_000_000_000),
        ("tens of billions", 10_000_000_000, 100_000_000_000),
        ("hundreds of billions", 100_000_000_000, 1_000_000_000_000),
    ],
)
def test_an_order_of_magnitude_reaches_to_the_next(words, low, high):
    read = parse(words)
    assert (read.anchor, read.interval) == (low, Interval(Fraction(low), Fraction(high), high_closed=False))


@every(
    "text,anchor,unit",
    [
        *(("3 pence", Fraction(3, 100), "GBP"), ("3 decades", 30, "years"), ("3 centuries", 300, "years"), ("3 fortnights", 6, "weeks")),
        *(("2 years and 11 months", 35, "months"), ("2 weeks and 6 days", 20, "days"), ("2 days and 23 hours", 71, "hours")),
        *(
            ("hundreds of points", 100, "index points"),
            ("2 hours and 59 minutes", 179, "minutes"),
            ("2 minutes and 59 seconds", 179, "seconds"),
        ),
        *(("FTSE 100 rose by 12 points", 12, "index points"), ("S&P 500 index fell by 12 points", 12, "index points")),
        *(
            ("ten", 10, "count"),
            ("nineteen", 19, "count"),
            ("twenty", 20, "count"),
            ("ninety", 90, "count"),
            ("three hundred", 300, "count"),
        ),
        *(("five thousand", 5_000, "count"), ("five million", 5 * 10**6, "count"), ("five billion", 5 * 10**9, "count")),
        *(
            ("five trillion", 5 * 10**12, "count"),
            ("five dozen", 60, "count"),
            ("five lakh", 500_000, "count"),
            ("five crore", 5 * 10**7, "count"),
        ),
        *(
            ("£5k", 5_000, "GBP"),
            ("£5m", 5 * 10**6, "GBP"),
            ("£5mn", 5 * 10**6, "GBP"),
            ("£5mln", 5 * 10**6, "GBP"),
            ("£5mio", 5 * 10**6, "GBP"),
        ),
        *(
            ("£5mil", 5 * 10**6, "GBP"),
            ("£5b", 5 * 10**9, "GBP"),
            ("£5bn", 5 * 10**9, "GBP"),
            ("£5tn", 5 * 10**12, "GBP"),
            ("£5trn", 5 * 10**12, "GBP"),
        ),
    ],
)
def test_a_word_or_letter_multiplies_the_number_before_it(text, anchor, unit):
    assert (parse(text).anchor, parse(text).unit) == (anchor, unit)


@every(
    "part,denominator",
    [
        *(
            ("a half", 2),
            ("a third", 3),
            ("a quarter", 4),
            ("a fifth", 5),
            ("a sixth", 6),
            ("a seventh", 7),
            ("an eighth", 8),
            ("a ninth", 9),
        ),
        *(("a tenth", 10), ("an eleventh", 11), ("a twelfth", 12), ("a fifteenth", 15), ("a twentieth", 20), ("a thirtieth", 30)),
        *(("a fortieth", 40), ("a fiftieth", 50), ("a hundredth", 100), ("a thousandth", 1000)),
    ],
)
def test_a_part_in_words_is_one_of_so_many(part, denominator):
    assert parse(part).anchor == Fraction(100, denominator)


NEIGHBOURS = [
    (100, 0, 50),
    (50, 100, 25),
    (25, 50, 20),
    (20, 25, 15),
    (15, 20, 12),
    (12, 15, 10),
    (10, 12, 9),
    (9, 10, 8),
    (8, 9, 7),
    (7, 8, 6),
    (6, 7, 5),
]
"""Denominators of the unit fractions that people say, each with those of the next smaller and the next larger one; 0 for nothing."""


@every("denominator,smaller,larger", NEIGHBOURS)
def test_one_of_many_reaches_half_way_to_the_neighbours_that_people_say(denominator, smaller, larger):
    below, share, above = Fraction(1, smaller) if smaller else Fraction(0), Fraction(1, denominator), Fraction(1, larger)
    assert nearest_bounds(share, denominator) == ((below + share) / 2, (share + above) / 2)
    assert nearest_bounds(1 - share, denominator) == (1 - (share + above) / 2, 1 - (below + share) / 2)


@every("unit", list(BASES))
def test_a_formula_may_name_every_unit(unit):
    assert read_formula(f"{{part}} / {{whole}} as {unit}").names == ("part", "whole")


@every("text", ["Fortune 500 rose by 12 points", "Forbes 400 fell by 12 points"])
def test_a_list_of_firms_is_no_index_that_moves_by_points(text):
    with pytest.raises(QuantityError):
        parse(text)
