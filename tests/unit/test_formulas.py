"""Formulas and conditions: a sign, function or message of the grammar gets a row here, its numbers worked out by hand."""

import string
from fractions import Fraction

import pytest
from every import every
from hypothesis import example, given
from hypothesis import strategies as st
from whole import LIBRARY

from evidence.catalog import Library, schema
from evidence.errors import DataError, QuantityError, RecomputeError
from evidence.quantity import Interval, parse, read_condition, read_formula
from evidence.recompute import LINE, find, functions, known, recompute, written_out

PRINTED = {
    "firms": "5,000",
    "workers": "800",
    "share": "34%",
    "other.share": "60%",
    "gain": "£8,900",
    "pay": "£40 per week",
    "step": "£100 per capita",
    "rise": "12 percentage points",
    "about": "about 220",
    "ratio": "3 times",
    "net": "between -2% and 4%",
}
"""A made-up set of figures; the share reaches from 33.5 to under 34.5, about 220 from 210 to 230, 800 from 750 to under 850."""


def printed(identifier):
    return parse(PRINTED[identifier])


def reckoned(text):
    return read_formula(text).reckon(printed, PRINTED.__getitem__)


@every(
    "text,point,unit",
    [
        ("{share} * {firms}", 1700, "count"),
        ("{share} * {firms} * {gain}", 15_130_000, "GBP"),
        ("{firms} / {workers}", Fraction(25, 4), "times"),
        ("{workers} / {firms} as percent", 16, "percent"),
        ("1 - {share}", 66, "percent"),
        ("1 - {workers} / {firms} as percent", 84, "percent"),
        ("{firms} / {workers} - 1", Fraction(21, 4), "times"),
        ("{firms} - 1", 4999, "count"),
        ("2 * {share}", 68, "percent"),
        ("{share} / 2", 17, "percent"),
        ("0.5 * {gain}", 4450, "GBP"),
        ("{pay} * 52 as GBP", 2080, "GBP"),
        ("{gain} / ({step} as GBP)", 89, "times"),
        ("{other.share} - {share} as percentage points", 26, "percentage points"),
        ("({rise} as percent) / {share} as percent", Fraction(1200, 34), "percent"),
        ("sum({firms}, {workers}, {about})", 6020, "count"),
        ("mean({share}, {other.share})", 47, "percent"),
        ("min({share}, {other.share})", 34, "percent"),
        ("max({share}, {other.share})", 60, "percent"),
        ("max({workers}, 1 / 4)", 800, "count"),
        ("sum({share} * {firms}, {other.share} * {workers}) / 2", 1090, "count"),
        ("{ratio} * (2 + 3) / 4", Fraction(15, 4), "times"),
    ],
)
def test_a_formula_gives_the_point_worked_out_by_hand_in_its_unit(text, point, unit):
    assert (reckoned(text).quantity.anchor, reckoned(text).quantity.unit) == (point, unit)


@every(
    "text,low,high",
    [
        ("{share} * {firms}", 1675, 1725),  # 5,000 may be 4,500 to 5,500; exactly 5,000 below
        ("{share} + {other.share}", 93, 95),
        ("1 - {share}", Fraction(131, 2), Fraction(133, 2)),
        ("{about} / 2", 105, 115),
        ("min({about}, 215)", 210, 215),
        ("max({about}, 215)", 215, 230),
        ("mean({about}, 100)", 155, 165),
    ],
)
def test_a_formula_carries_what_each_number_may_be(text, low, high):
    interval = read_formula(text).reckon(lambda name: parse("5,000").exact() if name == "firms" else printed(name)).quantity.interval
    assert (interval.low, interval.high) == (low, high)


def test_the_smaller_of_two_numbers_reaches_an_end_that_either_reaches():
    """Under 34.5 is not reached, exactly 34.5 is; of two that begin at 33.5 it is enough that one does so."""
    quantities = {"open": parse("34%"), "closed": parse("34.5%").exact(), "above": parse("over 33.5%")}
    smaller = read_formula("min({open}, {closed})").reckon(quantities.__getitem__).quantity.interval
    assert smaller == Interval(Fraction(67, 2), Fraction(69, 2), True, False)
    assert read_formula("min({above}, {open})").reckon(quantities.__getitem__).quantity.interval.low_closed
    larger = read_formula("max({open}, {closed})").reckon(quantities.__getitem__).quantity.interval
    assert (larger.low, larger.high, larger.high_closed) == (Fraction(69, 2), Fraction(69, 2), True)


@every(
    "text,written",
    [
        ("{share} * {firms} * {gain}", "34% of 5,000 × £8,900"),
        ("{gain} * {share}", "£8,900 × 34%"),
        ("sum({firms}, {workers}) / {about}", "(5,000 + 800) ÷ about 220"),
        ("{firms} - ({workers} - {about})", "5,000 − (800 − about 220)"),
        ("{firms} - {workers} - {about}", "5,000 − 800 − about 220"),
        ("{firms} / ({workers} / {about})", "5,000 ÷ (800 ÷ about 220)"),
        ("(1 - {workers} / {firms}) as percent", "1 − 800 ÷ 5,000"),
        ("{gain} / ({step} as GBP)", "£8,900 ÷ £100 per capita"),
        ("mean({share}, {other.share})", "(34% + 60%) ÷ 2"),
        ("1000 * min({share}, {other.share})", "1,000 × (the smallest of 34%, 60%)"),
        ("0.25 * {firms}", "0.25 × 5,000"),
    ],
)
def test_a_formula_is_written_for_readers_with_the_brackets_it_needs(text, written):
    assert reckoned(text).written == written


@every(
    "text,told",
    [
        ("{share} +", 'cannot be read at "{share} +"'),
        ("{firms} + 123456789 + 123456789 + 12345678 \\ ", 'cannot be read at "s} + 123456789 + 123456789 + 12345678 \\ "'),
        ("({share} * {firms}", 'cannot be read at "({share} * {firms}"'),
        ("£5 * {firms}", 'cannot be read at "£5 * {firms}"'),
        ("{share} * {firms", 'cannot be read at "{firms"'),
        ("{share} as percent +$ 2", 'cannot be read at "$ 2"'),
        ("123456789 + 123456789 + 123456789 + \0+12345", 'cannot be read at "123456789 + 123456789 + 123456789 + \0+12"'),
        ("", 'cannot be read at ""'),
        ("median({share}, {firms})", '"median({share}, {firms})" is an unknown function; there are sum(...), mean(...)'),
        ("__import__('os')", "is an unknown function"),
        ("sum({share})", '"sum({share})" needs two numbers or more'),
        ("sum({share}, start={firms})", "needs two numbers or more"),
        ("share * {firms}", '"share" is no number; write figures by their ids in braces'),
        ("{share} as furlongs", 'unknown unit "furlongs"; use one of percent'),
        ("{share} ** 2", '"{share} ** 2" is no part of a formula'),
        ("{share}.real", '"{share}.real" is no part of a formula'),
        ("-{share}", '"-{share}" is no part of a formula'),
        ("{share} | 2", '"{share} | 2" is no part of a formula'),
        ("{share} | {firms}", '"{share} | {firms}" is no part of a formula'),
        ("{share} |ŧ5", '"{share} |ŧ5" is no part of a formula'),
        ("{share} > 2", '"{share} > 2" is no part of a formula'),
        ('"words"', '""words"" is no part of a formula'),
        ("True", '"True" is no part of a formula'),
        ("2j", '"2j" is no part of a formula'),
        ("lambda: {share}", '"lambda: {share}" is no part of a formula'),
        ("[x for x in {share}]", "is no part of a formula"),
        ("1e999", '"inf" is not a finite number'),
        ("{share} / {firms} * {share}", "reads share twice, which would widen its interval"),
        ("1 + 2", "names no figure; write ids in braces"),
        ("+".join(["1"] * 500), "is too long"),
        ("(" * 300, "cannot be read"),
    ],
)
def test_what_is_no_formula_is_refused_with_what_was_found(text, told):
    with pytest.raises(QuantityError) as caught:
        read_formula(text)
    assert told in str(caught.value)


def test_a_line_of_three_hundred_parts_is_read_and_one_of_one_more_is_too_long():
    """Of Python's tree: a number is one part, a name two, a sign two, and a function of two numbers one more than their sum by a sign."""
    assert len(read_formula("{firms} + {workers}" + " + 1" * 98).names) == 2
    with pytest.raises(QuantityError, match="is too long"):
        read_formula("{firms} + {workers} + sum(1, 1)" + " + 1" * 96)


@every(
    "text,told",
    [
        ("{share} + {firms}", "cannot add percent and count"),
        ("2 * {share} + {firms}", "cannot add percent and count"),
        ("{gain} * {gain.two}", "a product of GBP and GBP has no meaning"),
        ("{share} as GBP", "cannot turn percent into GBP"),
        ("min({share}, {firms})", "cannot compare percent with count"),
        ("{firms} / ({workers} - {about} - 600)", "divides by what may be zero: it lies between -70 and 30 count"),
        ("{gain} / {net}", "divides by what may be zero"),
    ],
)
def test_numbers_that_do_not_fit_are_refused(text, told):
    with pytest.raises(QuantityError) as caught:
        read_formula(text).reckon(lambda name: printed(name.removesuffix(".two")))
    assert told in str(caught.value)


@given(st.text(string.printable + "{}£ƒŧ", max_size=60))
@example("ƒ0 + {a}")
@example("\nŧ")
@example("{a} |ŧ1 + {b} as percent")
def test_any_text_is_a_formula_or_refused(text):
    for read in (read_formula, read_condition):
        try:
            line = read(text)
        except QuantityError:
            continue
        assert all("{" + name + "}" in text for name in line.names)


@every(
    "text,holds",
    [
        ("{other.share} > {share}", True),
        ("{share} > {other.share}", False),
        ("{share} < {other.share} < 1", True),
        ("{other.share} > 1 / 2", True),
        ("{about} > 215", False),  # 210 may be meant
        ("{about} > 205", True),
        ("{about} != 215", False),
        ("{about} != 240", True),
        ("225 in {about}", True),
        ("240 in {about}", False),
        ("{firms} > 6 * {workers}", False),  # 4,500 against 6 x 850
        ("{firms} > 5 * {workers}", True),  # 4,500 against 5 x 850
        ("{other.share} > {share} and not {share} > {other.share}", True),
        ("{share} > {other.share} or {about} > 100", True),
        ("{share} > {other.share} or {about} > 300", False),
        ('"a word" in {share}', True),
        ('"a word" not in {share}', False),
        ('"another" in {share} or {share} < 1', True),
        ("max({share}, 1 / 4) < min({other.share}, 2 / 3)", True),
    ],
)
def test_a_condition_holds_whatever_the_numbers_may_be(text, holds):
    assert read_condition(text).holds(printed, lambda _, words: words == "a word") is holds


@every(
    "text,told",
    [
        ("{share}", '"{share}" compares nothing'),
        ("{share} == {other.share}", "compares nothing"),
        ("{share} >= 1", "compares nothing"),
        ("{share} > 1 and {firms}", '"{firms}" compares nothing'),
        ('"a" in "b"', '""a"" is no part of a formula'),
        ('{share} > "b"', "is no part of a formula"),
        ("not {share} > median({firms}, 1)", "is an unknown function"),
    ],
)
def test_what_is_no_condition_is_refused_with_what_was_found(text, told):
    with pytest.raises(QuantityError) as caught:
        read_condition(text)
    assert told in str(caught.value)


def test_words_are_asked_for_only_where_there_are_some():
    with pytest.raises(QuantityError, match='nothing tells whether share says "a word"'):
        read_condition('"a word" in {share}').holds(printed)


def test_the_sides_of_the_first_comparison_of_numbers_are_told():
    found = read_condition('"words" in {gain} and {share} > 1 - {other.share}').sides(printed)
    assert [side.anchor for side in found] == [34, 40]
    assert read_condition('"words" in {gain}').sides(printed) is None


def record(identifier, stated, value, unit, source="made-up"):
    row = dict.fromkeys(schema.FIGURES.names, "") | {"_file": "figures/made-up.csv", "_row": 2}
    return row | {"id": identifier, "stated": stated, "value": value, "unit": unit, "source": source, "as_of": "2026-01-31"}


def made(**formulas):
    """Return a library with two shares and a count, two computed shares, and formulas of figures `a.` and the name."""
    rows = [
        {"figure": f"a.{name}", "formula": text, "why": "Made up.", "_file": "formulas.csv", "_row": number}
        for number, (name, text) in enumerate(formulas.items(), start=2)
    ]
    figures = [
        record("a.computed", "5%", "5", "percent", "computed"),
        record("a.other", "7%", "7", "percent", "computed"),
        record("a.share", "9%", "9", "percent"),
        record("a.count", "40", "40", "count"),
    ]
    return Library({table.name: [] for table in schema.tables()} | {"figures": figures, "formulas": rows})


def test_a_line_recomputes_its_figure_and_reads_computed_ones_unrounded():
    library = made(other="{a.share} / 4", computed="{a.other} * 2")
    assert recompute(library, "a.computed").quantity.anchor == Fraction(9, 2)
    assert [figure.id for figure in recompute(library, "a.computed").inputs] == ["a.other"]
    assert written_out(library, library.figure("a.computed")) == "7% × 2 = 4.5%"


@every(
    "formulas,told",
    [
        (
            {"computed": "{a.other}", "other": "{a.computed}"},
            "row 3 (a.other), column formula: the recomputation of a.computed leads back to",
        ),
        ({"computed": "{a.computed}"}, "row 2 (a.computed), column formula: the recomputation of a.computed leads back to itself"),
        ({"computed": "{a.count} * 2"}, "row 2 (a.computed), column formula: gives count, but a.computed is in percent"),
        ({"computed": "{a.share} + {a.count}"}, "row 2 (a.computed), column formula: cannot add percent and count. Correct the formula."),
        ({"computed": "{a.share} / ({a.count} - 40) as percent"}, "row 2 (a.computed), column formula: divides by what may be zero"),
    ],
)
def test_a_line_that_gives_nothing_is_named_by_its_row(formulas, told):
    with pytest.raises(RecomputeError) as caught:
        recompute(made(**formulas), "a.computed")
    assert f"data/formulas.csv, {told}" in str(caught.value)


def test_a_line_that_cannot_be_read_is_named_by_its_row():
    with pytest.raises(DataError, match=r'data/formulas\.csv, row 2 \(a\.computed\), column formula: cannot be read at "{a\.share} \*"'):
        find(made(computed="{a.share} *"), "a.computed")


def test_a_figure_with_a_line_and_a_function_is_refused():
    library = made()
    row = {"figure": "computed.sample.effective", "formula": "{a.count}", "why": "Made up.", "_file": "formulas.csv", "_row": 2}
    library.rows("formulas").append(row)
    with pytest.raises(DataError, match=r"recomputed by effective_sample already\. Keep one of the two"):
        known(library)


def test_the_example_of_the_headline_reads_as_the_report_reckons():
    assert written_out(LIBRARY, LIBRARY.figure("impact.apprentices.high")) == "34% of 5.68 million = 1.93 million"
    assert written_out(LIBRARY, LIBRARY.figure("impact.apprentice.growth.high")) == "1.93 million × £8,900 = £17.2 billion"


@pytest.mark.parametrize("identifier", sorted(functions()))
def test_what_only_a_function_can_say_has_no_line(identifier):
    assert written_out(LIBRARY, LIBRARY.figure(identifier)) == ""


LINES = sorted(set(known(LIBRARY)) - set(functions()))


@pytest.mark.parametrize("identifier", LINES)
def test_what_is_written_is_what_is_computed(identifier):
    written, _, shown = written_out(LIBRARY, LIBRARY.figure(identifier)).rpartition(" = ")
    result = recompute(LIBRARY, identifier)
    assert all(entry.shown in written for entry in result.inputs)
    assert written.count("(") == written.count(")")
    value = parse(shown)
    assert value.unit == result.quantity.unit.partition(" per ")[0] or value.unit == result.quantity.unit
    assert value.interval.contains(result.quantity.anchor) or abs(value.anchor - result.quantity.anchor) <= Fraction(1, 2)


def test_most_recomputations_are_lines_and_few_functions_give_the_rest():
    """What is drawn from a model, the ends of intervals and counts over areas have one function each for many figures."""
    written = {(entry.formula.__module__, entry.formula.__name__) for entry in functions().values()}
    assert len(LINES) == len(LIBRARY.rows("formulas"))
    assert len(LINES) > 5 * len(written)
    assert len(functions()) > 5 * len(written)
    assert {known(LIBRARY)[name].name for name in LINES} == {LINE}
