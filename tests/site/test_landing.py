"""The landing page: put a test here when a stranger must see or find something on it at once."""

import pytest
from browsing import SCHEMES, SCREENS, leave, visit
from bs4 import BeautifulSoup
from parsed import parsed

from evidence.catalog import load
from made_together.hundred_view import hundred_view

PAGE = "chapters/index.html"


@pytest.fixture(scope="module")
def landing(site):
    return parsed(site / PAGE)


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("screen", SCREENS)
def test_question_answer_picture_and_edition_stand_on_the_first_screen(browser, address, screen, scheme):
    size = SCREENS[screen]
    page, errors, _ = visit(browser, f"{address}/{PAGE}", size, scheme)
    seen = [".edition-line", "article strong", "article a.claim", "figure.hundred ul"]
    seen.append("#what-brings-you-here > ul" if screen == "wide" else "nav.doors")
    for name in seen:
        box = page.locator(name).first.bounding_box()
        assert box["y"] + box["height"] <= size[1], name
    assert errors == []
    leave(page)


def test_three_doors_lead_to_a_place_to_the_claim_desk_and_to_what_to_do(landing):
    doors = landing.select("#what-brings-you-here > ul > li")
    assert [door.strong.get_text() for door in doors] == ["My place", "May I repeat this number?", "What should we do?"]
    assert [door.a["href"] for door in doors][1:] == ["claim-desk.html", "recommendations.html"]
    assert doors[0].a["href"] == "my-place.html"


def test_the_doors_of_a_phone_are_those_of_the_page(landing):
    doors = [(door.get_text(), door["href"]) for door in landing.select("nav.doors a")]
    assert doors == [(door.strong.get_text(), door.a["href"]) for door in landing.select("#what-brings-you-here > ul > li")]


def test_it_tells_the_edition_what_changed_and_who_stands_behind_it(landing):
    assert landing.select_one("h1 + .edition-line").get_text() == "Edition of 21 November 2026, by The Made Together authors"
    headings = [heading.get_text().rstrip("#") for heading in landing.select("article h2")]
    assert headings[:4] == ["What brings you here?", "What the evidence says", "What changed last", "Who stands behind it"]


def test_the_picture_fills_as_many_squares_as_firms_of_each_size_reach_out():
    """Of 5,681,930 firms 4,272,535 employ nobody, 75.2 of a hundred; 1,150,875, 220,085 and 38,435 are 20.3, 3.9 and 0.7.

    Filled are 6% of 75, 35% of 20, 71% of 4 and three quarters of 1: 4.5, 7, 2.84 and 0.75 squares of 10 units each.
    """
    picture = BeautifulSoup(str(hundred_view(load()).html), "html.parser")
    squares = [
        (len(row.select("rect:not(.on)")), sum(float(part["width"]) for part in row.select("rect.on"))) for row in picture.select("li")
    ]
    assert squares == [(75, 45), (20, 70), (4, pytest.approx(28.4)), (1, 7.5)]
    assert picture.li.a["href"] == "ledger.html#sme.outreach.sole-trader"
