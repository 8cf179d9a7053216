"""The page on which proposals are decided on, as somebody without a mouse uses it: a test here when a key does another thing."""

import pytest
from axe import ALL_RULES, violations
from browsing import expect
from keystrokes import recorded, replay, seconds

from evidence.catalog.verify import Document, Text
from evidence.reading import proposals
from evidence.reading.review import Review
from evidence.reading.sheet import read, sheet

REPORT = "# Rye\n\nIn 2025, 60% of bakers in Leeds baked rye. The table (30 Kb) tells more. Only 12% did in York, <b>5</b> said."


@pytest.fixture
def review(tmp_path):
    """A review of a report whose check asks for a population."""
    text = Text(REPORT)
    found = proposals(text)
    made = sheet(tmp_path / "proposals.csv", tmp_path / "rye.md", "rye", Document("rye.md", text, "0" * 64), found)
    check = lambda index: [] if made.rows[index]["population"] else ["population: is empty."]  # noqa: E731
    page = Review(made, text, found, check, lambda span: [one for one in proposals(text, added=[span]) if one.added])
    yield page
    page.close()


@pytest.fixture
def page(browser, review):
    """The page as it opens, with what the browser complained of."""
    context = browser.new_context(viewport={"width": 1200, "height": 800})
    opened = context.new_page()
    opened.complaints = []
    opened.on("pageerror", lambda error: opened.complaints.append(str(error)))
    opened.goto(review.address)
    opened.wait_for_selector("mark.here")
    yield opened
    context.close()


def press(page, key, decided):
    """Press a key and wait until as many are decided on."""
    page.keyboard.press(key)
    page.get_by_text(f"{decided} of 4 decided", exact=True).wait_for()


def chosen(page):
    """Return the words that are selected in the document, once what keys have asked for is done."""
    page.wait_for_selector("body:not([aria-busy])")
    return page.evaluate("getSelection().toString()")


def test_a_number_that_was_missed_is_selected_and_added_by_keys_alone(page, review):
    for key, words in (("m", "2025"), (".", "60%"), (",", "2025,"), (",", "In"), (">", "In 2025,"), ("<", "In"), ("m", "2025")):
        page.keyboard.press(key)
        assert chosen(page) == words, key
    page.keyboard.press("p")
    page.get_by_text("0 of 5 decided", exact=True).wait_for()
    assert page.input_value("#cell-stated") == "2025"
    assert [row["stated"] for row in review.sheet.rows] == ["2025", "60%", "30 Kb", "12%", "5"]
    page.keyboard.press("p")
    expect(page.locator("#problem:visible")).to_have_text("Select the number in the document first.")
    assert page.complaints == []


def test_a_number_that_was_missed_is_added_by_the_mouse(page, review):
    page.evaluate("""() => {
        const paragraph = document.querySelector("#document p.paragraph");
        getSelection().setBaseAndExtent(paragraph.firstChild, 2, paragraph.children[0].firstChild, 4);
    }""")
    page.click("#add")
    page.get_by_text("0 of 5 decided", exact=True).wait_for()
    assert page.input_value("#cell-stated") == "2025"


def test_the_keyboard_alone_suffices(page, review):
    press(page, "a", 1)
    press(page, "x", 2)
    page.keyboard.press("a")
    expect(page.locator("#problem:visible")).to_have_text("population: is empty.")
    page.keyboard.press("e")
    expect(page.locator("#cell-population")).to_be_focused()
    page.keyboard.type("bakers who were asked")
    page.keyboard.press("Enter")
    page.wait_for_selector("#problem[hidden]", state="attached")
    press(page, "a", 3)
    page.keyboard.press("x")
    expect(page.locator("#cell-reason")).to_be_focused()
    page.keyboard.type("A guess")
    press(page, "Enter", 4)
    held = read(review.sheet.path).rows
    assert [row["decision"] for row in held] == ["accept", "excuse", "accept", "excuse"]
    assert (held[2]["population"], held[3]["reason"]) == ("bakers who were asked", "A guess")
    assert page.complaints == []


def test_numbers_that_nothing_is_proposed_for_are_marked_and_anybody_can_use_the_page(page):
    assert page.eval_on_selector_all("mark.missed", "found => found.map((one) => one.textContent)") == ["2025"]
    assert page.inner_text("mark.here") == "60%"
    assert violations(page, ALL_RULES) == []


def test_an_accepted_figure_costs_at_most_eighteen_seconds_by_the_keys_of_work_on_real_bulletins(browser, tmp_path):
    rows = recorded()
    text = Text("\n\n".join(f"Of bakers in town {chr(65 + number % 26)}, {number % 90 + 10}% bake rye." for number in range(len(rows))))
    found = proposals(text)
    made = sheet(tmp_path / "proposals.csv", tmp_path / "rye.md", "rye", Document("rye.md", text, "0" * 64), found)
    review = Review(made, text, found, lambda _index: [], lambda _span: [])
    page = browser.new_page()
    page.goto(review.address)
    page.wait_for_selector("mark.here")
    each = seconds(rows, replay(page, rows))
    page.close()
    review.close()
    assert [row["decision"] for row in read(made.path).rows] == ["accept" if keys[-1] == "a" else "excuse" for keys in rows]
    assert each < 18, f"{each:.1f} s for an accepted figure"
