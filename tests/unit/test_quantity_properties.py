"""Laws of stated numbers that hold for every value: a law goes here, a worked example into the table of its rule."""

import math
import re
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from evidence.errors import QuantityError
from evidence.quantity import Interval, Quantity, find_numbers, format_, parse, to_fraction

law = settings(deadline=None, database=None, derandomize=True, max_examples=300)
FEW_AND_MANY = pytest.mark.parametrize("examples", [200, pytest.param(2000, marks=pytest.mark.slow)])
"""For laws about any text at all, of which many examples are no number."""


@cache
def real(low, high):
    """Return what draws fractions of at most a thousandth, both ends among them: `st.fractions` draws the same in ten times the time."""
    whole, parts = st.integers(math.floor(low), math.ceil(high)), st.integers(1, 1000)
    return st.builds(
        lambda whole, parts, more: min(max(whole + Fraction(more % parts, parts), low), high), whole, parts, st.integers(0, 999)
    )


PLAIN = {
    "96%": real(0, 5_000),
    "16.2%": real(0, 5_000),
    "£10.5 billion": real(0, 10**13),
    "£500m": real(0, 10**11),
    "1.93 million": real(0, 10**9),
    "3,853": st.integers(0, 10**7),
    "£5,065": real(0, 10**6),
    "208,000": real(500, 10**8),
    "2 500": real(50, 10**7),
    "-1.7%": real(-100, 100),
    "£0.9 per week": real(0, 1_000),
    "nine": st.integers(0, 99),
    "three million": real(0, 99_000_000),
    "13 times": real(0, 1_000),
}
HEDGED = {
    "almost 20%": real(0, 100),
    "over 2,000": real(1, 10**6),
    "up to £28 billion": real(0, 10**12),
    "around 1,200": real(1, 10**6),
    "at least 340": st.integers(1, 10**5),
    "nearly two million": real(1, 99_000_000),
}


def with_style(values):
    """Return what draws one of the styles and a value that is drawn for it."""
    return st.one_of([st.tuples(st.just(like), drawing) for like, drawing in values.items()])


plain_values, hedged_values = with_style(PLAIN), with_style(HEDGED)


def restated(case):
    """Return how a value is written in a style, or None where the style cannot say it."""
    try:
        return format_(case[1], case[0])
    except QuantityError:
        return None


def significant(text):
    """Return how many significant digits a numeral prints, zeros at its end left out."""
    return len(re.sub(r"[^\d]", "", text).strip("0"))


@law
@given(plain_values)
def test_what_is_written_parses_back_and_admits_the_value_or_is_refused(case):
    like, value = case
    text = restated(case)
    assume(text is not None)
    written = parse(text)
    assert written.admits(value)
    assert (written.unit, written.hedge) == (parse(like).unit, parse(like).hedge)


@law
@given(plain_values)
def test_what_is_written_keeps_the_digits_or_hardly_moves_the_value(case):
    text = restated(case)
    assume(text is not None)
    assert abs(parse(text).anchor - case[1]) <= max(abs(case[1]), abs(parse(text).anchor)) / 10 or significant(text) >= significant(case[0])


HEDGES_OF_STYLES = ("", "about ", "over ", "nearly ", "at least ", "up to ", "not more than ", "just ")
MONEY_OF_STYLES = ("", "£", "US$", "EUR ")
TAILS_OF_STYLES = (
    "",
    "%",
    " percentage points",
    " times",
    " million",
    "bn",
    "k",
    " years",
    " kWh",
    "p",
    " per week",
    " per 1,000",
    "+",
    " more",
)


@st.composite
def styles(draw):
    """Return a number in digits as prose may write it, with any hedge, money, decimals, separators and tail, right or odd."""
    digits, decimals = draw(st.integers(1, 99_999)) * 10 ** draw(st.integers(0, 3)), draw(st.integers(0, 2))
    whole = f"{digits:,}" if draw(st.booleans()) else str(digits)
    number = whole + (f".{draw(st.integers(0, 10**decimals - 1)):0{decimals}d}" if decimals else "")
    lead = draw(st.sampled_from(HEDGES_OF_STYLES)) + draw(st.sampled_from(("", "-", "minus "))) + draw(st.sampled_from(MONEY_OF_STYLES))
    return lead + number + draw(st.sampled_from(TAILS_OF_STYLES))


@FEW_AND_MANY
def test_in_any_style_a_value_is_said_truly_and_finely_or_refused(examples):
    @settings(law, max_examples=examples)
    @given(styles(), st.one_of(real(-(10**4), 10**4), st.integers(-(10**10), 10**10).map(Fraction)))
    @example("1.2 million", Fraction(12_450))
    @example("100", Fraction(151))
    @example("5%", Fraction("0.4"))
    def holds(like, value):
        try:
            old = parse(like)
        except QuantityError:
            assume(False)  # no number is written like this
        text = restated((like, value))
        assume(text is not None)
        new = parse(text)
        assert new.admits(value)
        assert (new.unit, new.hedge) == (old.unit, old.hedge)
        assert new.anchor or not value
        assert abs(new.anchor - value) <= max(abs(value), abs(new.anchor)) / 10 or significant(text) >= significant(like)

    holds()


STYLES = {"96%": 1, "16.2%": Fraction(1, 10), "1.93 million": 10**4, "£10.5 billion": 10**8, "3,853": 1, "13 times": 1}


@law
@given(st.sampled_from(sorted(STYLES)), st.integers(5, 9_999))
def test_a_value_of_many_steps_of_its_style_is_never_refused(like, steps):
    assert parse(format_(steps * STYLES[like], like)).anchor == steps * STYLES[like]


@law
@given(hedged_values)
def test_what_is_written_with_a_hedge_is_true(case):
    like, value = case
    try:
        written = format_(value, like)
    except QuantityError:
        assume(False)  # the hedge would be false of this value
    assert parse(written).admits(value)
    assert parse(written).hedge == parse(like).hedge


@law
@given(st.sampled_from(["96%", "£10.5 billion", "1.93 million", "3,853", "13 times", "nine"]), st.integers(-(10**12), -1))
def test_a_negative_value_is_never_written_without_a_sign(like, value):
    with pytest.raises(QuantityError):
        format_(value, like)


@law
@given(st.integers(100, 10**9))
def test_no_value_beyond_ninety_nine_is_spelled(value):
    with pytest.raises(QuantityError):
        format_(value, "nine")


FURTHEST = {" million": 20, "bn": 20}
STEPS = {"%": 1, "% lower": 1, " million": 10**6, "bn": 10**9, " times": 1, " percentage points": 1}


@law
@given(st.integers(1, 9_999), st.integers(0, 3), st.sampled_from(sorted(STEPS)), real(-10, 10))
def test_only_values_within_half_a_unit_of_the_last_digit_are_admitted(digits, decimals, tail, offset):
    unit = Fraction(STEPS[tail], 10**decimals)
    whole, rest = divmod(digits, 10**decimals)
    quantity = parse(f"{whole}.{rest:0{decimals}d}{tail}" if decimals else f"{whole}{tail}")
    assert quantity.anchor == digits * unit
    half = Fraction(1, 2) if decimals or tail not in FURTHEST else min(Fraction(1, 2), Fraction(digits, FURTHEST[tail]))
    assert quantity.admits(quantity.anchor + offset * unit) == (-half <= offset < half)


@law
@given(st.integers(1, 10**7).filter(lambda count: count % 10), real(-3, 3).filter(bool))
def test_a_plain_count_admits_nothing_but_itself(count, offset):
    assert parse(f"{count:,}").admits(count)
    assert not parse(f"{count:,}").admits(count + offset)


@law
@given(st.sampled_from(["over", "at least", "almost", "up to", "about"]), st.integers(1, 9_999).filter(lambda n: n % 10), st.integers(0, 4))
def test_no_hedge_reaches_further_than_a_tenth_or_the_last_digit(hedge, digits, zeros):
    number = digits * 10**zeros
    interval = parse(f"{hedge} {number:,}").interval
    most = max(min(Fraction(10**zeros), Fraction(number, 10)), Fraction(10**zeros, 2))
    assert number - most <= interval.low <= number <= interval.high <= number + most


@dataclass(frozen=True)
class Drawn:
    """An interval and one of its members."""

    interval: Interval
    member: Fraction


@st.composite
def drawn(draw, low=-50, high=50):
    ends = sorted([draw(real(low, high)), draw(real(low, high))])
    if ends[0] == ends[1]:
        return Drawn(Interval(*ends), ends[0])
    interval = Interval(*ends, draw(st.booleans()), draw(st.booleans()))
    weight = draw(real(0, 1))
    if (weight == 0 and not interval.low_closed) or (weight == 1 and not interval.high_closed):
        weight = Fraction(1, 2)
    return Drawn(interval, ends[0] + weight * (ends[1] - ends[0]))


@st.composite
def apart_from_zero(draw):
    found = draw(drawn(low=Fraction(1, 100)))
    return Drawn(-found.interval, -found.member) if draw(st.booleans()) else found


@law
@given(drawn(), drawn())
def test_sum_difference_and_product_of_members_are_in_the_interval(a, b):
    assert (a.interval + b.interval).contains(a.member + b.member)
    assert (a.interval - b.interval).contains(a.member - b.member)
    assert (a.interval * b.interval).contains(a.member * b.member)


@law
@given(drawn(), real(-5, 5).filter(bool))
def test_a_scaled_interval_is_the_product_with_an_exact_number(a, factor):
    assert a.interval.scaled(factor) == a.interval * Interval(factor, factor)


@law
@given(drawn(), apart_from_zero())
def test_the_quotient_of_members_is_in_the_interval(a, b):
    assert (a.interval / b.interval).contains(a.member / b.member)


@law
@given(drawn(low=0), drawn())
def test_division_by_what_may_be_zero_is_refused(a, b):
    reaching = Interval(min(b.interval.low, Fraction(0)), max(b.interval.high, Fraction(0)))
    with pytest.raises(QuantityError, match="may be zero"):
        a.interval / reaching


@law
@given(drawn(), drawn())
def test_a_common_member_means_that_intervals_meet(a, b):
    shared = b.interval.contains(a.member)
    assert a.interval.meets(b.interval) or not shared
    assert a.interval.meets(b.interval) == b.interval.meets(a.interval)


@law
@given(drawn(low=-5, high=5), drawn())
def test_an_interval_inside_another_has_no_member_outside_it(a, b):
    assert b.interval.contains(a.member) or not a.interval.inside(b.interval)


@law
@given(drawn())
def test_the_mirror_image_holds_the_mirrored_member(a):
    mirrored = -a.interval
    assert mirrored.contains(-a.member)
    assert -mirrored == a.interval


def ends(text):
    low, high = text[1:-1].split(", ")
    return Interval(Fraction(low), Fraction(high), text[0] == "[", text[-1] == "]")


@pytest.mark.parametrize(
    ("a", "b", "product"),
    [
        ("[1, 2)", "[3, 4]", "[3, 8)"),
        ("(1, 2]", "[3, 4)", "(3, 8)"),
        ("[-2, 1)", "[3, 4]", "[-8, 4)"),
        ("(-1, 1)", "(-1, 1)", "(-1, 1)"),
        ("[0, 1)", "(2, 3)", "[0, 3)"),
        ("(0, 1)", "(2, 3)", "(0, 3)"),
        ("[0, 0]", "(2, 3)", "[0, 0]"),
        ("[-3, -2)", "(-5, -4]", "(8, 15)"),
    ],
)
def test_the_ends_of_a_product_are_closed_only_when_reached(a, b, product):
    assert ends(a) * ends(b) == ends(product)


@pytest.mark.parametrize(
    ("a", "b", "total", "difference"),
    [
        ("[1, 2]", "[3, 5]", "[4, 7]", "[-4, -1]"),
        ("[1, 2)", "[3, 5]", "[4, 7)", "[-4, -1)"),
        ("(1, 2]", "[3, 5)", "(4, 7)", "(-4, -1]"),
        ("(1, 2)", "[3, 3]", "(4, 5)", "(-2, -1)"),
    ],
)
def test_the_ends_of_a_sum_are_closed_only_when_both_are(a, b, total, difference):
    assert ends(a) + ends(b) == ends(total)
    assert ends(a) - ends(b) == ends(difference)


@pytest.mark.parametrize(
    ("a", "b", "quotient"),
    [
        ("[1, 2]", "[4, 5]", "[1/5, 1/2]"),
        ("[1, 2)", "[4, 5)", "(1/5, 1/2)"),
        ("[-2, 1]", "(4, 5]", "(-1/2, 1/4)"),
        ("[1, 2]", "[-5, -4)", "(-1/2, -1/5]"),
        ("[0, 2]", "(4, 5)", "[0, 1/2)"),
    ],
)
def test_the_ends_of_a_quotient_are_closed_only_when_reached(a, b, quotient):
    assert ends(a) / ends(b) == ends(quotient)


@pytest.mark.parametrize(
    ("a", "b", "meets", "inside"),
    [
        ("[1, 2]", "[2, 3]", True, False),
        ("[1, 2)", "[2, 3]", False, False),
        ("[1, 2]", "(2, 3]", False, False),
        ("(1, 2)", "[1, 2]", True, True),
        ("[1, 2]", "(1, 2)", True, False),
        ("[1, 1]", "[0, 3)", True, True),
        ("[5, 6]", "[1, 2]", False, False),
    ],
)
def test_touching_ends_meet_only_when_both_belong(a, b, meets, inside):
    assert (ends(a).meets(ends(b)), ends(a).inside(ends(b))) == (meets, inside)


@pytest.mark.parametrize(("low", "high", "closed"), [(2, 1, True), (1, 1, False)])
def test_an_interval_without_a_number_is_refused(low, high, closed):
    with pytest.raises(QuantityError, match="no number lies between"):
        Interval(Fraction(low), Fraction(high), closed, closed)


WORDS = (
    "about over almost at-least up to just only between and from or more a the one two nine twenty-five twenty hundred thousand million "
    "£ £3 $7 5 0 12.5 3,853 2 000 1-4 % per cent per year annually capita percentage points times :1 x + - in out of every "
    "half third thirds quarter tenths most majority all twice doubled halved years old apples 2023 £5m 7bn 96% -1.7%"
)
word_salads = st.lists(st.sampled_from(WORDS.split()), min_size=1, max_size=7).map(" ".join)


@FEW_AND_MANY
def test_any_text_is_a_quantity_or_refused_by_name(examples):
    @settings(law, max_examples=examples)
    @given(st.one_of(word_salads, st.text(max_size=30)))
    @example("two hundred and apples")
    def holds(text):
        try:
            read = parse(text)
        except QuantityError as refusal:
            read = refusal
        assert isinstance(read, (Quantity, QuantityError))

    holds()


@FEW_AND_MANY
def test_numbers_found_in_any_text_lie_in_it_in_order_without_overlap(examples):
    @settings(law, max_examples=examples)
    @given(st.one_of(word_salads, st.text(max_size=60)))
    @example("two hundred and people to 5")
    def holds(text):
        position = 0
        for found in find_numbers(text):
            assert position <= found.start < found.end <= len(text)
            assert text[found.start : found.end] == found.text
            position = found.end

    holds()


@law
@given(plain_values)
def test_reading_is_the_same_with_and_without_the_cache(case):
    text = restated(case) or case[0]
    assert parse(text) == parse.__wrapped__(text) == parse(text)


NOT_FINITE = [float("nan"), float("inf"), float("-inf"), "nan", "inf", "1/0", "seven", ""]


@pytest.mark.parametrize("value", NOT_FINITE)
def test_what_is_no_finite_number_is_refused(value):
    with pytest.raises(QuantityError, match="not a finite number"):
        to_fraction(value)


@pytest.mark.parametrize("value", NOT_FINITE[:3])
def test_no_quantity_admits_or_states_what_is_not_finite(value):
    with pytest.raises(QuantityError, match="not a finite number"):
        parse("96%").admits(value)
    with pytest.raises(QuantityError, match="not a finite number"):
        format_(value, "96%")


def test_a_float_is_taken_as_it_prints():
    assert to_fraction(0.1) == Fraction(1, 10)
    assert to_fraction(5e-7) == Fraction(1, 2_000_000)
