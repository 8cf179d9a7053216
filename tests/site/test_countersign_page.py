"""The page of a round of countersigning, as somebody without a mouse uses it: a test here when a key does another thing."""

import shutil

import pytest
from axe import ALL_RULES, violations
from browsing import expect

from evidence import paths
from evidence.catalog.rows import csv_text
from evidence.signing.serving import ServedRound
from evidence.signing.session import Round, Signer


@pytest.fixture
def page(browser, tmp_path):
    """The page of a sentence whose claim is signed, as it opens, with what the browser complained of."""
    book = tmp_path / "book"
    shutil.copytree(paths.ROOT / "tests" / "little_book", book)
    declared = {"scheme": "claim", "target": "hillford-leads", "wording": "People in Hillford do so more often", "direction": ""}
    (book / "data" / "wordings.csv").write_text(csv_text([list(declared), list(declared.values())]), encoding="utf-8")
    Round(book, Signer("A. Reader", "outside"), "data/wordings.csv").sign("right")
    round_ = Round(book, Signer("Another", "outside"), "who-bakes")
    round_.waiting = [item for item in round_.waiting if ("claim", "hillford-leads") in item.links]
    served = ServedRound(round_)
    opened = browser.new_context(viewport={"width": 1200, "height": 800}).new_page()
    opened.complaints = []
    opened.on("pageerror", lambda error: opened.complaints.append(str(error)))
    opened.goto(served.address)
    opened.wait_for_selector("#text span")
    yield opened
    opened.context.close()
    served.close()


def test_one_key_opens_all_that_is_folded_and_folds_it_again(page):
    folded = page.get_by_text("bread.local.oldbridge", exact=True)
    expect(folded).to_be_attached()
    assert not folded.is_visible()
    page.keyboard.press("a")
    expect(folded).to_be_visible()
    assert "In Oldbridge 50% buy bread" in page.inner_text("#records")
    page.keyboard.press("a")
    expect(folded).to_be_hidden()
    assert page.complaints == []


def test_anybody_can_use_the_page(page):
    page.click("#all")
    assert violations(page, ALL_RULES) == []


def test_the_last_answer_ends_the_round(page):
    page.keyboard.press("r")
    page.wait_for_selector("#end:not([hidden])")
    assert "1 signed" in page.inner_text("#progress")
