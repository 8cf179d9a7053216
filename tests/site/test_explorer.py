"""The sliders of the impact model in a browser: the script must answer as the library does, to everybody, and never move the page."""

import numpy as np
import pytest
from browsing import SCREENS, open_page, visit

from evidence.catalog import load
from evidence.recompute import Inputs
from made_together.impact import PAGE_DRAWS, Simulation
from made_together.simulated import impact_model

MODEL = impact_model(Inputs(load()))
SECTION = "document.querySelector('.impact-explorer')"


@pytest.fixture
def page(browser, address):
    page, errors, strangers = visit(browser, f"{address}/chapters/impact.html", SCREENS["wide"])
    yield page
    assert (errors, strangers) == ([], [])
    page.context.close()


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


def test_fewer_draws_give_the_printed_digits(page):
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
    page.context.close()


def test_without_scripts_the_table_stands_and_no_dead_slider(browser, address):
    page, _, _ = open_page(browser, SCREENS["wide"], java_script_enabled=False)
    page.goto(f"{address}/chapters/impact.html", wait_until="load")
    assert not page.locator(".impact-explorer").is_visible()
    assert page.get_by_text("What the model assumes", exact=True).is_visible()
    page.context.close()


def test_on_paper_there_are_no_sliders(page):
    page.emulate_media(media="print")
    assert not page.locator(".impact-explorer").is_visible()


def test_no_other_page_loads_the_script(site):
    loading = [path.name for path in sorted(site.rglob("*.html")) if "_static/impact.js" in path.read_text(encoding="utf-8")]
    assert loading == ["impact.html"]
