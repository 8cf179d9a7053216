"""The tools of social value in a browser: the calculator must add up the library's values and nothing else, and the solver must find the best matching."""

import csv
import hashlib
import io
import json
import random
from fractions import Fraction
from urllib.parse import quote

import numpy as np
import pytest
from browsing import SCREENS, expect, here, leave, open_page, visit
from whole import LIBRARY

from evidence.paths import ROOT

ACTIVITIES = {row["id"].partition(".")[2]: row for row in LIBRARY.rows("social-value")}
VALUES = {row["id"]: Fraction(row["value"]) for row in LIBRARY.rows("figures")}
CALCULATOR = "document.querySelector('.value-calculator').calculator"
MATCHING = "document.querySelector('.contract-matching').matching"
PAGE = "chapters/social-value.html"


@pytest.fixture
def page(browser, address):
    page, errors, strangers = visit(browser, f"{address}/{PAGE}", SCREENS["wide"])
    yield page
    assert (errors, strangers) == ([], [])
    leave(page)


def total(page, kind):
    return page.locator(f'dd[data-kind="{kind}"]').inner_text()


def saved(page, section):
    """Return the rows of the file that a section's button downloads."""
    with page.expect_download() as download:
        page.locator(f"{section} [data-do=csv]").click()
    text = download.value.path().read_text(encoding="utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_a_sum_is_the_librarys_value_times_what_was_entered(page):
    """Three times £8,900, which as printed stands for £8,850 to £8,950, and twice £5,065, which stands for half a pound less or more."""
    page.fill("#additional", "100")
    page.fill("#count-management-apprentice", "3")
    assert total(page, "added value of a year") == "£26,700 (£26,550 to £26,850 by rounding)"
    page.fill("#count-university-partnership", "2")
    assert total(page, "added value without a period") == "£10,130 (£10,129 to £10,131 by rounding)"
    assert total(page, "revenue of the firm") == "nothing entered"


def test_a_value_of_a_year_is_never_added_to_one_without_a_period(page):
    page.fill("#additional", "100")
    page.fill("#count-management-apprentice", "3")
    before = total(page, "added value of a year")
    page.fill("#count-university-partnership", "2")
    assert total(page, "added value of a year") == before


def test_the_additional_part_begins_where_the_model_puts_it_likeliest(page):
    """63 percent of 1,000 times £3.50 and £7.50; emptied, the field counts as what it began with, in the file too."""
    assert page.locator("#additional").input_value() == "63"
    page.fill("#count-knowledge-exchange", "1000")
    assert total(page, "income from knowledge exchange") == "£2,205 to £4,725"
    page.fill("#additional", "")
    assert total(page, "income from knowledge exchange") == "£2,205 to £4,725"
    (row,) = saved(page, ".value-calculator")
    assert (row["percent_additional"], row["total_low"], row["total_high"]) == ("63", "2205", "4725")


def test_an_address_made_before_the_part_began_elsewhere_keeps_its_result(page, browser, address):
    other, _, _ = visit(browser, f"{address}/{PAGE}#worked?knowledge-exchange=1000", SCREENS["wide"])
    assert other.locator("#additional").input_value() == "100"
    assert total(other, "income from knowledge exchange") == "£3,500 to £7,500"
    leave(other)


def test_every_value_that_the_page_adds_up_is_a_figure_of_the_library(page):
    page.fill("#additional", "100")
    for name, row in ACTIVITIES.items():
        page.fill(f"#count-{name}", "7")
        sums = page.evaluate(f"Object.fromEntries({CALCULATOR}.totals())")
        figures = [LIBRARY.figures[row[column]] for column in ("value", "low", "high") if row[column]]
        if not figures:
            assert sums == {}
        elif len(figures) == 1:
            sum_, interval = sums[row["kind"]], figures[0].quantity.interval
            assert sum_["value"] == pytest.approx(float(7 * VALUES[figures[0].id]))
            assert (sum_["low"], sum_["high"]) == pytest.approx((float(7 * interval.low), float(7 * interval.high)))
        else:
            low, high = (float(7 * VALUES[figure.id]) for figure in figures)
            assert sums[row["kind"]] | {"unit": ""} == {"unit": "", "low": low, "value": None, "high": high}
        page.fill(f"#count-{name}", "")


def test_a_printed_range_stays_a_range(page):
    """Between £3.50 and £7.50 for each of a thousand pounds."""
    page.fill("#additional", "100")
    page.fill("#count-knowledge-exchange", "1000")
    assert total(page, "income from knowledge exchange") == "£3,500 to £7,500"


def test_pay_a_week_for_so_many_weeks_is_an_amount_and_a_rise_of_weekly_pay_stays_one(page):
    """£559.9 for each of ten weeks, printed to ten pence; £0.9 per week for each of two steps."""
    page.fill("#additional", "100")
    page.fill("#count-paid-work-bradford", "10")
    assert total(page, "gross pay") == "£5,599 (£5,598.50 to £5,599.50 by rounding)"
    page.fill("#count-local-spending-pay", "2")
    assert total(page, "weekly pay of low earners").startswith("£1.80 per week (")


def test_only_the_part_that_is_additional_counts(page):
    page.fill("#count-knowledge-exchange", "1000")
    page.fill("#additional", "40")
    assert total(page, "income from knowledge exchange") == "£1,400 to £3,000"


def test_what_has_no_value_is_named_and_adds_nothing(page):
    page.fill("#count-volunteering", "50")
    assert page.locator(".uncounted").inner_text() == (
        "Not in these sums, for want of a value that can be cited: Give time to a charity of the area."
    )
    assert set(page.locator(".totals dd").all_inner_texts()) == {"nothing entered"}


@pytest.mark.parametrize("wrong", ["-3", "1e", ""])
def test_a_number_that_cannot_be_counts_as_none(page, wrong):
    page.locator("#count-management-apprentice").focus()
    page.keyboard.type(wrong)
    assert total(page, "added value of a year") == "nothing entered"


def test_a_calculation_can_be_linked_and_cleared(page, browser, address):
    page.fill("#count-job", "2.5")
    page.fill("#count-paid-work-bradford", "52")
    page.fill("#additional", "60")
    other, _, _ = visit(browser, here(page), SCREENS["wide"])
    assert other.locator("#count-job").input_value() == "2.5"
    assert total(other, "gross pay") == total(page, "gross pay") != "nothing entered"
    assert other.locator("#additional").input_value() == "60"
    leave(other)
    page.locator(".value-calculator [data-do=clear]").click()
    assert here(page) == f"{address}/{PAGE}"
    assert total(page, "gross pay") == "nothing entered"


def test_the_file_of_a_calculation_holds_values_figures_and_blanks(page):
    page.fill("#count-management-apprentice", "3")
    page.fill("#count-knowledge-exchange", "10")
    page.fill("#count-job", "4")
    page.fill("#additional", "50")
    first, second, third = saved(page, ".value-calculator")
    assert (first["count"], first["value_of_one"], first["total"], first["figures"]) == ("3", "8900", "13350", "impact.apprentice.uplift")
    assert (second["value_of_one"], second["total"], second["total_low"], second["total_high"]) == ("", "", "17.5", "37.5")
    assert (third["activity"], third["total"], third["status"]) == ("job", "", "no value that can be cited")
    assert first["status"] == "a reader's own calculation, an illustration"


def problem(priorities, contracts):
    """Return a problem of the page: priorities as (weight, must, most, fits), contracts as what they can carry."""
    return {
        "priority": [
            {"name": f"p{row}", "place": "", "weight": weight, "must": must, "most": most, "fits": list(map(int, fits))}
            for row, (weight, must, most, fits) in enumerate(priorities)
        ],
        "contract": [{"name": f"c{column}", "place": "", "carries": carries} for column, carries in enumerate(contracts)],
    }


def solved(page, asked):
    return page.evaluate(f"asked => {MATCHING}.solve(asked)", asked)


@pytest.mark.parametrize(
    ("priorities", "contracts", "worth", "unmet", "tied"),
    [
        ([(1, False, 1, [3, 0]), (1, False, 1, [1, 1])], [1, 1], 4, [], False),  # each to its own
        ([(1, False, 1, [3, 2]), (1, False, 1, [3, 0])], [1, 1], 5, [], False),  # greed would give 3
        ([(3, False, 1, [1]), (1, False, 1, [3])], [1], 3, [], True),  # little fit for much importance is as good
        ([(3, False, 1, [3]), (1, True, 1, [1])], [1], 1, [], False),  # what must be met comes first
        ([(1, True, 1, [0, 0]), (1, False, 2, [2, 1])], [1, 1], 3, [0], False),  # nothing fits what must be met
        ([(1, True, 1, [2]), (1, True, 1, [3])], [1], 3, [0], False),  # of two that must be met, the better
        ([(1, False, 1, [1]), (1, False, 1, [1])], [2], 2, [], False),  # a contract that can carry both
        ([(2, False, 1, [0])], [1], 0, [], False),
    ],
)
def test_matchings_that_can_be_worked_out_by_hand(page, priorities, contracts, worth, unmet, tied):
    found = solved(page, problem(priorities, contracts))
    assert (found["status"], found["worth"], found["unmet"], found["tied"]) == ("optimal", worth, unmet, tied)


def best(asked):
    """Return the objective of the best matching as SciPy's solver has it: what is matched, less a fine for each that must be met and is not."""
    from scipy.optimize import Bounds, LinearConstraint, milp

    rows, columns = len(asked["priority"]), len(asked["contract"])
    worth = np.array([[one["weight"] * fit for fit in one["fits"]] for one in asked["priority"]], dtype=float)
    musts = [row for row, one in enumerate(asked["priority"]) if one["must"]]
    fine = 1 + worth.sum()
    count = rows * columns
    limits = []
    for row, one in enumerate(asked["priority"]):
        of_row = np.zeros(count + len(musts))
        of_row[row * columns : (row + 1) * columns] = 1
        limits.append(LinearConstraint(of_row, ub=one["most"]))
        if row in musts:
            with_fine = np.where(worth[row] > 0, 1, 0)
            met = np.zeros(count + len(musts))
            met[row * columns : (row + 1) * columns] = with_fine
            met[count + musts.index(row)] = 1
            limits.append(LinearConstraint(met, lb=1))
    for column, one in enumerate(asked["contract"]):
        of_column = np.zeros(count + len(musts))
        of_column[column:count:columns] = 1
        limits.append(LinearConstraint(of_column, ub=one["carries"]))
    objective = np.concatenate([-worth.ravel(), np.full(len(musts), fine)])
    allowed = np.concatenate([(worth.ravel() > 0).astype(float), np.ones(len(musts))])
    result = milp(objective, integrality=np.ones(count + len(musts)), bounds=Bounds(0, allowed), constraints=limits)
    assert result.success
    return -result.fun, fine


def drawn(dice, rows, columns):
    return problem(
        [
            (dice.randint(1, 3), dice.random() < 0.4, dice.randint(1, 3), [dice.choice((0, 0, 1, 2, 3)) for _ in range(columns)])
            for _ in range(rows)
        ],
        [dice.randint(1, 3) for _ in range(columns)],
    )


@pytest.mark.needs("survey")
def test_the_solver_in_the_page_is_as_good_as_that_of_scipy(page):
    dice = random.Random(20261122)
    for size in [(dice.randint(1, 8), dice.randint(1, 8)) for _ in range(60)] + [(12, 12)] * 6:
        asked = drawn(dice, *size)
        found = solved(page, asked)
        expected, fine = best(asked)
        assert found["status"] == "optimal"
        assert found["worth"] - fine * len(found["unmet"]) == pytest.approx(expected), json.dumps(asked)
        check_limits(asked, found)


def check_limits(asked, found):
    for row, one in enumerate(asked["priority"]):
        taken = [pair for pair in found["pairs"] if pair["row"] == row]
        assert len(taken) <= one["most"]
        assert all(one["fits"][pair["column"]] for pair in taken)
    for column, one in enumerate(asked["contract"]):
        assert sum(pair["column"] == column for pair in found["pairs"]) <= one["carries"]


def test_what_is_of_two_places_is_not_matched(page):
    asked = problem([(1, False, 1, [3])], [1])
    asked["priority"][0]["place"], asked["contract"][0]["place"] = "North", " north "
    assert len(solved(page, asked)["pairs"]) == 1
    asked["contract"][0]["place"] = "South"
    assert solved(page, asked)["pairs"] == []


def test_the_example_of_the_report_is_matched_as_the_report_says(page):
    assert page.locator(".matched li").all_inner_texts()[0] == (
        "Engage local young people who are NEET: Services that engage young people (best)"
    )


def test_rows_are_added_named_judged_matched_and_removed_by_keyboard(page):
    section = page.locator(".contract-matching")
    section.get_by_role("button", name="Clear").press("Enter")
    assert section.locator(".matched").inner_text() == "Add at least one contract and one priority."
    section.get_by_role("button", name="Add a contract").press("Enter")
    page.keyboard.type("Parks")
    section.get_by_role("button", name="Add a priority").press("Enter")
    page.keyboard.type("Greener streets")
    section.get_by_role("group", name="Fit with each contract").get_by_label("Parks").select_option("best")
    assert section.locator(".matched li").all_inner_texts() == ["Greener streets: Parks (best)"]
    section.get_by_role("button", name="Remove Parks").press("Enter")
    assert section.locator(".matched").inner_text() == "Add at least one contract and one priority."
    assert page.evaluate("document.activeElement.textContent") == "Add a contract"


def test_what_is_entered_is_shown_as_text_and_kept_in_the_address(page, browser):
    poison = "<img src=x onerror=document.title='poisoned'>"
    page.locator(".contracts .entry input[type=text]").first.fill(poison)
    assert poison in page.locator(".contract-matching .matched").inner_text()
    other, errors, _ = visit(browser, here(page), SCREENS["phone"])
    assert poison in other.locator(".contract-matching .matched").inner_text()
    assert other.locator(".contract-matching img").count() == 0
    assert "poisoned" not in other.title() and errors == []
    leave(other)


def test_one_link_holds_both_tools_and_each_is_cleared_by_itself(page, browser, address):
    page.fill("#count-job", "4")
    page.locator(".contracts .entry input[type=text]").first.fill("Parks & paths + 100%")
    page.fill("#count-job", "5")
    other, errors, _ = visit(browser, here(page), SCREENS["wide"])
    assert other.locator("#count-job").input_value() == "5"
    assert "Parks & paths + 100%" in other.locator(".matched").inner_text()
    other.locator(".value-calculator [data-do=clear]").click()
    other.reload()
    assert other.locator("#count-job").input_value() == ""
    assert "Parks & paths + 100%" in other.locator(".matched").inner_text()
    assert errors == []
    leave(other)


def test_no_activity_has_the_name_of_another_field_of_the_address():
    assert not {"additional", "matching"} & set(ACTIVITIES)


@pytest.mark.parametrize(
    "state",
    [
        "not json",
        "null",
        "7",
        '{"contract": 3, "priority": [null, {"fits": {"a": 1}}]}',
        '{"contract": [{"name": 5, "carries": -2}], "priority": [{"weight": 99, "fits": [77]}]}',
    ],
)
def test_an_address_that_somebody_made_up_breaks_nothing(browser, address, state):
    page, errors, _ = visit(browser, f"{address}/{PAGE}#worked?matching={quote(state)}", SCREENS["wide"])
    assert page.locator(".contract-matching .matched p").count() >= 1
    assert errors == []
    leave(page)


def test_the_file_of_a_matching_holds_no_formula(page):
    page.locator(".contracts .entry input[type=text]").first.fill('=HYPERLINK("x","y")')
    first, second = saved(page, ".contract-matching")
    assert first == {
        "priority": "Engage local young people who are NEET",
        "contract": """'=HYPERLINK("x","y")""",
        "fit": "best",
        "importance": "some",
        "fit_times_importance": "3",
        "status": "matched",
    }
    assert second["priority"] == "Regenerate the high street"


def test_the_readers_results_are_bound_to_nothing(page):
    page.fill("#count-management-apprentice", "3")
    assert page.locator(".totals [data-evidence], .totals a, .matched a, .matched [data-evidence]").count() == 0


def test_without_scripts_the_values_stand_and_nothing_is_dead(browser, address):
    page, _, _ = open_page(browser, SCREENS["wide"], java_script_enabled=False)
    page.goto(f"{address}/{PAGE}", wait_until="load")
    calculator = page.locator(".value-calculator")
    assert calculator.get_by_text("£8,900").is_visible()
    assert calculator.locator("input:visible, button:visible").count() == 0
    assert not page.locator(".contract-matching").is_visible()
    page.context.close()


def test_on_paper_the_values_stand_and_no_field(page):
    page.emulate_media(media="print")
    expect(page.locator(".worked input:visible, .worked button:visible")).to_have_count(0)
    expect(page.locator(".value-calculator").get_by_text("£8,900")).to_be_visible()


@pytest.mark.parametrize("screen", SCREENS)
def test_entering_numbers_moves_nothing_below(browser, address, screen):
    page, _, _ = visit(browser, f"{address}/{PAGE}", SCREENS[screen])
    below = page.locator("#matching-priorities-with-contracts")
    before = below.bounding_box()["y"] + page.evaluate("scrollY")
    for name in ACTIVITIES:
        if ACTIVITIES[name]["kind"]:
            page.fill(f"#count-{name}", "3")
            assert below.bounding_box()["y"] + page.evaluate("scrollY") == before, name
    leave(page)


def test_the_solver_is_the_released_one():
    """The file `dist/index.min.js` of the package yalps 0.6.4, whose hash the registry's archive gives; its licence lies beside it."""
    folder = ROOT / "lib" / "made_together" / "static" / "yalps"
    assert hashlib.sha256((folder / "yalps.min.js").read_bytes()).hexdigest() == (
        "224a80dbfff5068734eaff69e0fe4e7e681499b2845dea285c7d9c3889eb71ab"
    )
    assert "MIT License" in (folder / "yalps-MIT.txt").read_text(encoding="utf-8")


def test_no_other_page_loads_the_scripts(site):
    for script in ("calculator.js", "matching.js", "yalps.min.js"):
        loading = [path.name for path in sorted(site.rglob("*.html")) if f"/{script}" in path.read_text(encoding="utf-8")]
        assert loading == ["social-value.html"]
