"""The sliders of the impact model in a browser: the script must answer as the library does, to everybody, and never move the page."""

import dataclasses
import random
import re

import numpy as np
import pytest
from browsing import SCREENS, expect, leave, open_page, visit

from evidence import paths
from evidence.catalog import load
from evidence.recompute import Inputs
from made_together.impact import PAGE_DRAWS, Model, Simulation, Spread, Terms, appraise
from made_together.simulated import impact_model

MODEL = impact_model(Inputs(load()))
SCRIPT = paths.ROOT / "lib" / "made_together" / "static" / "impact.js"
SECTION = "document.querySelector('.impact-explorer')"


@pytest.fixture
def page(browser, address):
    page, errors, strangers = visit(browser, f"{address}/chapters/impact.html", SCREENS["wide"])
    yield page
    assert (errors, strangers) == ([], [])
    leave(page)


def answer(page):
    return page.locator(".explorer-answer").inner_text()


def drag(page, name, value):
    page.locator(f"#{name}").evaluate(
        "(input, value) => { input.value = value; input.dispatchEvent(new Event('input', {bubbles: true})); }", value
    )
    page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")


def test_the_script_draws_what_the_library_draws(page):
    """The same formula on the same numbers: only the last bits of logarithms and cosines may differ, a millionth of a millionth."""
    script = np.array(page.evaluate(f"Array.from({SECTION}.impact.growth())"))
    library = np.sort(Simulation(MODEL, draws=PAGE_DRAWS).outcome.growth)
    assert script.shape == library.shape == (PAGE_DRAWS,)
    assert script == pytest.approx(library, rel=1e-9)


def billions(pounds):
    return f"£{pounds / 1e9:.1f} billion"


def numbers_told(spreads, terms, draws):
    """Return what the page must print of a setting: growth, and of its appraisal growth and the cost at which a firm breaks even, from middle to ends."""
    ranges = tuple((name, Spread(**spread)) for name, spread in spreads.items())
    drawn = Simulation(Model(MODEL.known, ranges), draws=draws, together=terms.together)
    found = appraise(drawn, terms)
    plain = [billions(float(np.quantile(drawn.outcome.growth, part))) for part in (0.5, 0.05, 0.95)]
    valued = [billions(found.growth[place]) for place in (1, 0, 2)]
    return [*plain, *valued, *(f"£{found.switching[place]:,.0f}" for place in (1, 0, 2))], found


def settings(count, seed):
    """Yield ranges and terms as sliders can stand, at random."""
    chance = random.Random(seed)
    for _ in range(count):
        spreads = {}
        for name, spread in MODEL.spreads:
            low, high = sorted(chance.sample(range(0, 105, 5), 2))
            likely = None if spread.likely is None else min(max(spread.likely, low / 100), high / 100)
            spreads[name] = {"low": low / 100, "high": high / 100, "report": spread.report, "likely": likely}
        shares = {
            name: chance.randrange(0, 100, 5) / 100 for name in ("persistence", "displacement", "substitution", "leakage", "optimism")
        }
        years, ramp, rate = chance.randint(1, 30), chance.randint(1, 10), chance.randrange(0, 20) / 200
        yield spreads, Terms(years, ramp, rate=rate, cost=100.0 * chance.randrange(0, 30), together=chance.choice([0, 0.3, 1]), **shares)


def differing(page, count, seed, draws=PAGE_DRAWS):
    """Return the settings of which the page prints another number than the library; both draw so often."""
    tried, found = list(settings(count, seed)), []
    asked = [[spreads, dataclasses.asdict(terms)] for spreads, terms in tried]
    answers = page.evaluate(f"asked => asked.map(([spreads, terms]) => {SECTION}.impact.told(spreads, terms).join(' '))", asked)
    for (spreads, terms), told in zip(tried, answers, strict=True):
        expected, appraised = numbers_told(spreads, terms, draws)
        printed = [number for number in re.findall(r"£\d[\d,]*(?:\.\d+)?(?: billion)?", told) if number != "£27.7 billion"][: len(expected)]
        worth = appraised.worth.get(appraised.worth_most, 0.0)
        if printed != expected or (terms.cost and worth and f"(£{worth / 1e6:,.0f} million)" not in told):
            found.append((spreads, terms, printed, expected))
    return found


def test_page_and_library_print_the_same_digits_of_random_settings(page):
    assert differing(page, 25, 2026) == []


@pytest.mark.slow
def test_page_and_library_print_the_same_digits_of_a_thousand_random_settings(page):
    """By the script of the page with a tenth of its draws: how many there are is a number that the library writes into the page."""
    draws = PAGE_DRAWS // 10
    page.evaluate(
        f"draws => {{ const data = {SECTION}.dataset; data.model = JSON.stringify({{...JSON.parse(data.model), draws}}); }}", draws
    )
    page.evaluate(SCRIPT.read_text(encoding="utf-8"))
    assert page.evaluate(f"{SECTION}.impact.growth().length") == draws
    assert differing(page, 1_000, 2027, draws) == []


def test_settings_stand_in_the_address_and_come_back_from_it(page, browser, address):
    drag(page, "additionality-high", "50")
    drag(page, "term-years", "10")
    page.locator("#term-years").dispatch_event("change")
    link = page.evaluate("location.href")
    assert link.endswith("#explorer:additionality=0-50&years=10")
    other, errors, _ = visit(browser, link, SCREENS["wide"])
    assert answer(other) == answer(page)
    assert other.locator(".explorer-appraisal").inner_text().startswith("Counted over 10 years")
    other.get_by_role("button", name="Back to our ranges").click()
    assert "#" not in other.evaluate("location.href")
    assert errors == []
    leave(other)


@pytest.mark.parametrize("broken", ["additionality=x-y", "years=-3", "%3Cscript%3E=1", "years=999&take-up=90-10", "=&&="])
def test_an_address_that_makes_no_sense_breaks_nothing(browser, address, broken):
    page, errors, _ = visit(browser, f"{address}/chapters/impact.html#explorer:{broken}", SCREENS["wide"])
    assert answer(page).startswith("Under your assumptions the median of growth is £")
    assert errors == []
    leave(page)


def test_a_cost_says_how_often_it_pays_and_what_to_learn_first(page):
    drag(page, "term-cost", "1500")
    told = page.locator(".explorer-appraisal").inner_text()
    assert "At £1,500 a firm it pays in" in told
    assert "Most worth knowing before deciding is: " in told


def test_the_page_gives_the_printed_digits(page):
    """The printed figures stand for 1.45 to 1.55, 0.25 to 0.35 and 5.15 to 5.25 billion; the script writes a decimal, too."""
    figures = load().figures
    assert [figures[f"computed.growth.simulated.{end}"].stated for end in ("median", "low", "high")] == [
        "£1.5 billion",
        "£0.3 billion",
        "£5.2 billion",
    ]
    assert answer(page) == (
        "Under your assumptions the median of growth is £1.5 billion, and nine draws in ten lie between £0.3 billion and £5.2 billion. "
        "None of the draws reach the printed £27.7 billion."
    )


def test_set_as_the_report_has_it_the_median_is_the_reports_own_sum(page):
    page.get_by_role("button", name="As the report assumes").click()
    assert "the median of growth is £27.8 billion" in answer(page)
    assert page.locator("output[for=overlap-high]").inner_text() == "0%"
    assert page.locator(".explorer-status").inner_text() == answer(page)


def test_a_moved_end_moves_the_answer_and_the_button_brings_it_back(page):
    before = answer(page)
    drag(page, "additionality-high", "0")
    assert "the median of growth is £0.0 billion" in answer(page)
    page.get_by_role("button", name="Back to our ranges").click()
    assert answer(page) == before
    assert page.locator("#additionality-high").input_value() == "100"


def test_an_end_that_passes_the_other_takes_it_along(page):
    drag(page, "overlap-low", "60")
    drag(page, "overlap-high", "20")
    assert [page.locator(f"#overlap-{end}").input_value() for end in ("low", "high")] == ["20", "20"]
    assert page.locator("output[for=overlap-low]").inner_text() == "20%"


def test_a_keyboard_moves_a_slider_and_the_answer_is_said(page):
    page.get_by_role("group", name="Gain of a new apprentice").get_by_label("to").focus()
    page.keyboard.press("ArrowLeft")
    page.wait_for_function(f"{SECTION}.querySelector('output[for=value-apprentice-high]').value === '145%'")
    page.wait_for_function(f"{SECTION}.querySelector('.explorer-status').textContent.startsWith('Under your assumptions')")


def test_the_readers_results_are_labelled_and_bound_to_nothing(page):
    section = page.locator(".impact-explorer")
    assert "follows from your assumptions and is no figure of this book" in section.inner_text()
    assert section.locator("[data-evidence]").count() == 0


@pytest.mark.parametrize("screen", SCREENS)
def test_nothing_below_moves_when_the_answer_changes(browser, address, screen):
    page, _, _ = visit(browser, f"{address}/chapters/impact.html", SCREENS[screen])
    below = page.locator("#what-would-change-our-mind")
    before = below.bounding_box()["y"] + page.evaluate("scrollY")
    for name, value in (("take-up-low", "100"), ("others-low", "100"), ("additionality-low", "100"), ("lone-firms-low", "95")):
        drag(page, name, value)
        assert below.bounding_box()["y"] + page.evaluate("scrollY") == before
    leave(page)


def test_without_scripts_the_table_stands_and_no_dead_slider(browser, address):
    page, _, _ = open_page(browser, SCREENS["wide"], java_script_enabled=False)
    page.goto(f"{address}/chapters/impact.html", wait_until="load")
    assert not page.locator(".impact-explorer").is_visible()
    assert page.get_by_text("What the model assumes", exact=True).is_visible()
    page.context.close()


def test_on_paper_there_are_no_sliders(page):
    expect(page.locator(".impact-explorer")).to_be_visible()
    page.emulate_media(media="print")
    expect(page.locator(".impact-explorer")).to_be_hidden()


def test_no_other_page_loads_the_script(site):
    loading = [path.name for path in sorted(site.rglob("*.html")) if "_static/impact.js" in path.read_text(encoding="utf-8")]
    assert loading == ["impact.html"]
