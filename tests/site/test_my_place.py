"""The way to the page of a place, in a real browser: put a test here for what a reader types, presses or follows on it."""

import csv
import re

import pytest
from browsing import SCREENS, expect, leave, open_page, overflow, settle

HULL = "/places/kingston-upon-hull-city-of.html"


@pytest.mark.parametrize(
    ("typed", "page"),
    [
        ("Hull", HULL),
        ("kings lynn", "/places/kings-lynn-and-west-norfolk.html"),
        ("St Helens", "/places/st-helens.html"),
        ("Newcastle on Tyne", "/places/newcastle-upon-tyne.html"),
        ("Ynys Mon", "/places/isle-of-anglesey.html"),
        ("telford & wrekin", "/places/telford-and-wrekin.html"),
        ("Grimsby", "/places/north-east-lincolnshire.html"),
        ("Middlesborough", "/places/middlesbrough.html"),
        ("North West", "/places/region-north-west.html"),
        ("Skillshouse", "/chapters/case-bradford-skillshouse.html"),
    ],
)
def test_a_place_is_two_actions_away(browser, address, typed, page):
    shown, errors, _ = open_page(browser, SCREENS["phone"])
    shown.goto(f"{address}/chapters/my-place.html")
    shown.fill("#place-words", typed)
    shown.press("#place-words", "Enter")
    shown.wait_for_url(f"**{page}")
    assert errors == []
    leave(shown)


@pytest.mark.parametrize("page", ["chapters/my-place.html", HULL[1:]])
def test_who_types_a_postcode_is_told_what_to_type(browser, address, page):
    shown, errors, _ = open_page(browser, SCREENS["phone"])
    shown.goto(f"{address}/{page}")
    told = shown.locator(".place-finder [role=status]")
    high = lambda: told.bounding_box()["height"]  # noqa: E731
    assert high() <= 1
    shown.fill("#place-words", "SW1A 1AA")
    assert high() > 10
    assert "postcodes are not known here" in told.inner_text()
    shown.fill("#place-words", "Leeds")
    assert high() <= 1, "what fits is in the list"
    assert errors == []
    leave(shown)


def test_arrows_choose_among_what_fits(browser, address):
    shown, errors, _ = open_page(browser, SCREENS["phone"])
    shown.goto(f"{address}{HULL}")
    shown.fill("#place-words", "Leeds")
    shown.press("#place-words", "ArrowDown")
    shown.press("#place-words", "ArrowDown")
    chosen = shown.get_attribute("#place-words", "aria-activedescendant")
    assert shown.get_attribute(f"#{chosen}", "aria-selected") == "true"
    shown.press("#place-words", "Enter")
    shown.wait_for_url("**/places/leeds-itl3-2021.html")
    assert errors == []
    leave(shown)


def test_the_map_is_walked_by_arrows_and_coloured_by_choice(browser, address):
    shown, errors, _ = open_page(browser, SCREENS["wide"])
    shown.goto(f"{address}/chapters/my-place.html")
    hull = shown.locator("svg.tiles a[data-code=E06000010]")
    assert hull.get_attribute("aria-label") == "Kingston upon Hull, City of: £565.9"
    before = hull.locator("rect").get_attribute("class")
    shown.check("input[name=tile-fact][value=deprivation]")
    assert hull.get_attribute("aria-label") == "Kingston upon Hull, City of: 41.7%"
    assert (before, hull.locator("rect").get_attribute("class")) == ("g1", "g5"), "pay is among the lowest, deprivation among the highest"
    hull.focus()
    assert shown.inner_text(".tile-now") == "Kingston upon Hull, City of: 41.7%"
    shown.keyboard.press("ArrowLeft")
    assert shown.evaluate("document.activeElement.dataset.code") == "E06000011", "the tile to the west is the East Riding's"
    shown.keyboard.press("Enter")
    shown.wait_for_url("**/places/east-riding-of-yorkshire.html")
    assert errors == []
    leave(shown)


def test_the_map_leads_to_every_place_without_scripts(browser, address):
    shown, errors, _ = open_page(browser, SCREENS["phone"], java_script_enabled=False)
    shown.goto(f"{address}/chapters/my-place.html")
    assert shown.locator("svg.tiles a").count() == shown.locator("table.place-table tbody a").count() == 361
    shown.locator("svg.tiles a[data-code=E06000010]").click()
    shown.wait_for_url(f"**{HULL}")
    assert errors == []
    shown.context.close()


@pytest.mark.parametrize("name", ["kingston-upon-hull-city-of", "isles-of-scilly", "belfast", "highland", "north-yorkshire-cc-itl3-2021"])
def test_a_page_of_a_place_fits_a_phone(browser, address, name):
    shown, errors, strangers = open_page(browser, SCREENS["phone"])
    shown.goto(f"{address}/places/{name}.html")
    settle(shown)
    assert overflow(shown) <= 0
    assert (errors, strangers) == ([], [])
    leave(shown)


def spelt(name):
    """Return ways in which people write the name of a place: as it is, in small letters, without marks, with signs, cut short, with a slip."""
    plain = re.sub(r"[,.'’()-]", " ", name).lower()
    short = re.sub(r"\b(city|county|of|upon)\b", " ", plain)
    longest = max(plain.split(), key=len)
    middle = len(longest) // 2
    slip = plain.replace(longest, longest[: middle - 1] + longest[middle] + longest[middle - 1] + longest[middle + 1 :])
    ways = [name, name.lower(), plain, plain.replace(" and ", " & "), short, *([slip] if len(longest) > 5 else [])]
    return list(dict.fromkeys(" ".join(way.split()) for way in ways))


def test_nineteen_of_twenty_spellings_of_every_district_lead_to_its_page_first(browser, address, site):
    with (site / "data" / "areas.csv").open(encoding="utf-8", newline="") as file:
        names = [row["name"] for row in csv.DictReader(file) if row["areas"] == "lad-2024"]
    asked = [[way, name] for name in names for way in spelt(name)]
    shown, errors, _ = open_page(browser, SCREENS["phone"])
    shown.goto(f"{address}{HULL}")
    missed = shown.evaluate("asked => asked.filter(([way, name]) => findPlaces(way)[0]?.place.name !== name)", asked)
    assert len(names) == 361 and len(asked) > 2 * len(names)
    assert len(missed) <= len(asked) / 20, missed
    assert [way for way, name in missed if way == name] == []
    assert errors == []
    leave(shown)


def test_paper_is_white_and_tells_what_each_number_is_and_where_it_comes_from(browser, address):
    context = browser.new_context(color_scheme="dark")
    shown = context.new_page()
    shown.goto(f"{address}{HULL}")
    shown.emulate_media(media="print")
    expect(shown.locator("body")).to_have_css("background-color", "rgb(255, 255, 255)")
    expect(shown.locator(".place-bar .brand")).to_be_visible()
    expect(shown.locator("#place-words")).to_be_hidden()
    heights = shown.evaluate(
        "[...document.querySelectorAll('.fact details > :not(summary)')].map(part => part.getBoundingClientRect().height)"
    )
    assert heights and min(heights) > 10
    context.close()
