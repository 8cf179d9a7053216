"""The searchable table of the ledger in a real browser. Expected rows are counted from the data library's tables, not from the page."""

import csv
import json
from pathlib import Path

import pytest
from browsing import SCREENS, expect, here, open_page, overflow, settle
from made_publication import HOSTILE, claim, figure, finding, made, source

from evidence import paths
from evidence.site import dress
from evidence.site.ledger_table import rows_script, search_section

ROWS = "table.ledger-table tbody tr"
COUNT = ".ledger-count"


def table(name):
    with (paths.ROOT / "data" / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.fixture(scope="module")
def ledger(site):
    return json.loads((site / "ledger.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def context(browser):
    opened = browser.new_context(viewport={"width": 1280, "height": 900})
    yield opened
    opened.close()


@pytest.fixture
def page(context):
    opened = context.new_page()
    opened.errors = []
    opened.on("pageerror", lambda error: opened.errors.append(str(error)))
    opened.on("console", lambda message: opened.errors.append(message.text) if message.type == "error" else None)
    yield opened
    assert opened.errors == []
    opened.close()


@pytest.fixture
def ledger_page(page, address):
    page.goto(f"{address}/chapters/ledger.html")
    return page


def found(page):
    """Return how many records the live region says there are."""
    return int(page.locator(COUNT).inner_text().split(" of ")[0].replace(",", ""))


def evidence(page):
    return [row.get_attribute("data-evidence") for row in page.locator(f"{ROWS} a[data-evidence]").all()]


def texts(page, column):
    return page.locator(f"{ROWS} td.column-{column}").all_inner_texts()


def test_all_records_are_there_and_the_first_hundred_are_shown(ledger_page, ledger):
    every = sum(len(ledger[kind]) for kind in ("figures", "claims", "findings"))
    assert found(ledger_page) == every
    assert ledger_page.locator(ROWS).count() == 100


def test_all_words_of_a_search_must_match_wherever_they_stand(ledger_page):
    ledger_page.fill("#ledger-words", "TWO thirds sme.barriers.any")
    assert evidence(ledger_page) == ["figure sme.barriers.any"]
    ledger_page.fill("#ledger-words", "aforementioned activities, particularly")
    assert "figure sme.barriers.any" in evidence(ledger_page)
    ledger_page.fill("#ledger-words", "sevres")
    assert "Sèvres, France" in texts(ledger_page, "about")[0]
    ledger_page.fill("#ledger-words", "no such word anywhere")
    assert ledger_page.locator(ROWS).count() == 0
    assert ledger_page.locator(COUNT).inner_text().startswith("No record matches")


def late(ledger):
    return {row["id"] for row in ledger["sources"] if row["freshness"] == "overdue"}


FILTERS = {
    "kind": ("claim", lambda ledger: len(ledger["claims"])),
    "safe": ("no", lambda ledger: sum(row["safe"] == "no" for kind in ("figures", "claims", "findings") for row in ledger[kind])),
    "verdict": ("differs", lambda ledger: sum(row["verdict"] == "differs" for row in ledger["figures"])),
    "source": ("creative", lambda _: len(table("figures/creative")) + sum(row["source"] == "creative" for row in table("findings"))),
    "chapter": (
        "coworking",
        lambda ledger: sum("coworking" in row["chapters"] for kind in ("figures", "claims", "findings") for row in ledger[kind]),
    ),
    "place": ("Bassetlaw", lambda ledger: sum(row["place"] == "Bassetlaw" for row in ledger["figures"])),
    "freshness": (
        "overdue",
        lambda ledger: sum(row["source"] in late(ledger) for kind in ("figures", "findings") for row in ledger[kind]),
    ),
}
"""A choice for each filter, and how many records it leaves."""


@pytest.mark.parametrize("name", FILTERS)
def test_a_filter_leaves_its_records_and_no_other(ledger_page, ledger, name):
    value, expected = FILTERS[name]
    ledger_page.select_option(f"#ledger-{name}", value)
    assert found(ledger_page) == expected(ledger) > 0
    ledger_page.get_by_role("button", name="Clear all").click()
    assert found(ledger_page) > 700


def test_a_column_sorts_up_down_and_not_at_all_and_says_so(ledger_page):
    ledger_page.select_option("#ledger-source", "ons-aps")
    head, button = ledger_page.locator("th.column-id"), ledger_page.get_by_role("button", name="Id", exact=True)
    listed = texts(ledger_page, "id")
    assert head.get_attribute("aria-sort") is None
    button.click()
    assert (head.get_attribute("aria-sort"), texts(ledger_page, "id")) == ("ascending", sorted(listed))
    button.click()
    assert (head.get_attribute("aria-sort"), texts(ledger_page, "id")) == ("descending", sorted(listed, reverse=True))
    button.click()
    assert (head.get_attribute("aria-sort"), texts(ledger_page, "id")) == (None, listed)


def test_numbers_sort_by_size_not_by_letter(ledger_page):
    ledger_page.select_option("#ledger-source", "ons-ashe")
    ledger_page.get_by_role("button", name="Number or statement").click()
    pounds = [float(text.strip().split()[0].lstrip("£").replace(",", "")) for text in texts(ledger_page, "number")]
    assert len(pounds) == 10
    assert pounds == sorted(pounds)


def test_the_state_is_in_the_address_and_reload_and_back_restore_it(ledger_page):
    ledger_page.fill("#ledger-words", "pay")
    ledger_page.select_option("#ledger-kind", "figure")
    ledger_page.get_by_role("button", name="Source").click()
    assert here(ledger_page).endswith("ledger.html?search=pay&kind=figure&sort=source")
    shown = evidence(ledger_page)
    ledger_page.reload()
    assert evidence(ledger_page) == shown
    assert ledger_page.input_value("#ledger-words") == "pay"
    ledger_page.go_back()
    ledger_page.wait_for_function("location.href.endsWith('?search=pay&kind=figure')")
    ledger_page.go_back()
    expect(ledger_page.locator("#ledger-kind")).to_have_value("")
    ledger_page.go_back()
    expect(ledger_page.locator("#ledger-words")).to_have_value("")
    assert found(ledger_page) > 700


def test_typing_is_one_step_back_however_many_letters(ledger_page):
    ledger_page.locator("#ledger-words").press_sequentially("bradford")
    ledger_page.go_back()
    expect(ledger_page.locator("#ledger-words")).to_have_value("")


def test_an_address_with_an_unknown_choice_shows_everything(page, address):
    page.goto(f"{address}/chapters/ledger.html?source=nobody&sort=constructor&verdict=")
    assert found(page) > 700


def test_back_from_an_entry_finds_the_view_as_it_was(ledger_page):
    ledger_page.fill("#ledger-words", "bradford")
    shown = evidence(ledger_page)
    ledger_page.locator(f"{ROWS} td.column-source a").first.click()
    ledger_page.wait_for_url("**/ledger-*.html")
    ledger_page.go_back()
    ledger_page.wait_for_selector(ROWS)
    settle(ledger_page)
    assert evidence(ledger_page) == shown


def test_show_more_adds_a_hundred_and_leads_the_focus_to_them(ledger_page):
    ledger_page.get_by_role("button", name="Show 100 more").press("Enter")
    assert ledger_page.locator(ROWS).count() == 200
    assert ledger_page.evaluate("document.activeElement.closest('tr').rowIndex") == 101
    assert here(ledger_page).endswith("?rows=200")
    ledger_page.reload()
    assert ledger_page.locator(ROWS).count() == 200


def test_the_rest_is_shown_and_then_the_button_goes(ledger_page):
    ledger_page.select_option("#ledger-source", "interact")
    records = found(ledger_page)
    ledger_page.get_by_role("button", name=f"Show {records - 100} more").click()
    assert ledger_page.locator(ROWS).count() == records
    assert not ledger_page.locator(".ledger-more").is_visible()


def test_the_table_works_by_keyboard_alone(ledger_page):
    ledger_page.focus("#ledger-words")
    ledger_page.keyboard.type("coordination")
    before = found(ledger_page)
    ledger_page.keyboard.press("Enter")
    assert found(ledger_page) == before
    ledger_page.keyboard.press("Tab")
    ledger_page.keyboard.type("cl")
    assert ledger_page.input_value("#ledger-kind") == "claim"
    for _ in range(8):
        ledger_page.keyboard.press("Tab")
    ledger_page.keyboard.press("Tab")
    ledger_page.keyboard.press("Enter")
    assert ledger_page.locator("th.column-about").get_attribute("aria-sort") == "ascending"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("sme.barriers.any", "ledger-demos.html#sme.barriers.any"),
        ("impact.growth.total", "ledger-demos-3.html#impact.growth.total"),
        ("finding-barriers.base.missing-all", "ledger-demos-4.html#finding-barriers.base.missing-all"),
        ("claim-outreach-by-size", "ledger.html#claim-outreach-by-size"),
    ],
)
def test_an_address_of_old_leads_on_to_the_entry(page, address, old, new):
    page.goto(f"{address}/chapters/ledger.html#{old}")
    page.wait_for_url(f"**/{new}")
    page.wait_for_selector(":target", state="attached")


def test_it_works_from_the_disk_with_its_state(page, site):
    page.goto((site / "chapters" / "ledger.html").as_uri() + "?search=sme.barriers.any")
    assert evidence(page) == ["figure sme.barriers.any"]
    page.select_option("#ledger-kind", "claim")
    assert found_or_none(page) == "No record matches"
    page.go_back()
    expect(page.locator("#ledger-kind")).to_have_value("")
    assert evidence(page) == ["figure sme.barriers.any"]


def found_or_none(page):
    return page.locator(COUNT).inner_text().partition(".")[0]


@pytest.mark.parametrize("height", [740, 1400])
def test_what_follows_the_table_is_out_of_sight_before_and_after_it_is_filled(context, address, height):
    """So that nothing a reader sees moves when the rows come."""
    page = context.new_page()
    page.set_viewport_size({"width": 1280, "height": height})
    following = "document.querySelector('.ledger-search ~ .table-wrap, .ledger-search ~ * .table-wrap').getBoundingClientRect().top"
    page.route("**/ledger.js*", lambda route: route.abort())
    page.goto(f"{address}/chapters/ledger.html")
    assert page.locator(ROWS).count() == 0
    assert page.evaluate(following) > height
    page.unroute_all()
    page.reload()
    assert page.locator(ROWS).count() == 100
    assert page.evaluate(following) > height
    page.close()


@pytest.mark.parametrize("place", ["served", "on the disk"])
def test_a_permalink_on_the_first_page_of_a_source_leads_on_to_its_entry(browser, address, site, place):
    root = address if place == "served" else site.as_uri()
    page, errors, _ = open_page(browser, SCREENS["wide"])
    page.goto(f"{root}/chapters/ledger-demos.html#impact.growth.total")
    page.wait_for_url("**/ledger-demos-3.html#impact.growth.total")
    expect(page.locator("[id='impact.growth.total']")).to_have_count(1)
    assert errors == []
    page.context.close()


def test_rows_fit_a_phone(context, site):
    page = context.new_page()
    page.set_viewport_size({"width": 360, "height": 740})
    for name in ("ledger", "ledger-demos", "ledger-computed"):
        page.goto((site / "chapters" / f"{name}.html").as_uri())
        settle(page)
        assert overflow(page) <= 0, name
    page.close()


def test_without_scripts_the_sources_lead_to_their_pages_and_old_addresses_say_where(browser, site, ledger):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((site / "chapters" / "ledger.html").as_uri() + "#sme.barriers.any")
    assert not page.locator(".ledger-search").is_visible()
    assert page.locator(":target a").get_attribute("href") == "ledger-demos.html#sme.barriers.any"
    expect(page.locator(":target")).to_be_visible()
    links = page.locator("table.evidence td:first-child a").all()
    assert [link.get_attribute("href") for link in links] == [f"ledger-{row['id']}.html" for row in ledger["sources"]]
    context.close()


def alone(folder, edition):
    """Write a small page with the real form, rows, script and style, and return it."""
    titles = {"growth": "On growth"}
    (folder / "ledger-rows.js").write_text(rows_script(edition, titles), encoding="utf-8")
    scripts = "".join(f'<script defer src="{src}"></script>' for src in ("ledger-rows.js", (dress.STATIC / "ledger.js").as_uri()))
    style = f'<link rel="stylesheet" href="{(dress.STATIC / "ledger.css").as_uri()}">'
    html = f'<!doctype html><html lang="en"><meta charset="utf-8"><title>t</title>{style}{scripts}<body>{search_section(edition, titles)}'
    (folder / "page.html").write_text(html, encoding="utf-8")
    return Path(folder / "page.html").as_uri()


def test_hostile_text_is_shown_as_text_in_rows(page, tmp_path):
    texts_of = dict.fromkeys(("shown", "category", "population", "place", "period"), HOSTILE)
    edition = made(
        sources=[source("alpha", short=HOSTILE)],
        figures=[figure("a.share", **texts_of)],
        ranges=[],
        findings=[finding("a.helps", statement=HOSTILE)],
        claims=[claim("grows", states=HOSTILE)],
    )
    page.on("dialog", lambda dialog: page.errors.append("a script ran"))
    page.goto(alone(tmp_path, edition))
    assert [text.strip() for text in texts(page, "number")] == [HOSTILE] * 3
    assert page.locator("table img, table script").count() == 0
    page.select_option("#ledger-place", HOSTILE)
    assert evidence(page) == ["figure a.share"]
    page.reload()
    assert evidence(page) == ["figure a.share"]


def test_an_id_like_a_property_of_every_object_leads_nowhere(page, tmp_path):
    address = alone(tmp_path, made())
    page.goto(f"{address}#constructor")
    settle(page)
    assert here(page) == f"{address}#constructor"
    page.goto(f"{address}#%E0%A4%A")
    settle(page)
    assert found(page) == 6
