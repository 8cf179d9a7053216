"""Number cards: put a test here when a reader who doubts a number must be able to see, do or take something."""

import copy
import json
import re

import pytest
from axe import asked
from browsing import WATCH, expect, here, leave, moved, open_page, overflow, settle
from parsed import parsed

from evidence.site import cards
from evidence.site.dress import STATIC
from evidence.site.publication import Publication

WIDE, PHONE = (1280, 900), (360, 740)
HOUR = 3_600
SHORT, LONG = 200, 1_000
"""Milliseconds in which nothing opens or closes by itself, for a hand may pass a number or be on its way to a card; and milliseconds after which
whatever does so has done it."""

APPRENTICES = "figure impact.apprentice.growth.high"
FIRMS = "figure impact.university.firms.high"
PAGES = ("audit", "case-studies", "coordination", "coworking", "index", "ledger", "perceptions", "recommendations")


@pytest.fixture(scope="session")
def ledger(site):
    return json.loads((site / "ledger.json").read_text(encoding="utf-8"))


@pytest.fixture
def visit(browser, address):
    """Open a page, and see at the end that nothing went wrong on it; where it is still, only the test lets its time pass."""
    pages = []

    def opened(name="coordination", size=WIDE, before="", still=False, **options):
        page, errors, _ = open_page(browser, size, **options)
        pages.append((page, errors, before or still or options))
        if before:
            page.add_init_script(before)
        if still:
            page.clock.install(time=0)
        page.goto(name if "://" in name else f"{address}/chapters/{name}.html", wait_until="load")
        if still:
            page.clock.pause_at(HOUR)
        return page

    yield opened
    for page, errors, changed in pages:
        assert errors == []
        if changed:
            page.context.close()
        else:
            leave(page)


def link(page, name):
    """Return the first link in the running text to a record."""
    return page.locator(f'article p a[data-evidence="{name}"]').first


def card(page):
    return page.locator(".evidence-card")


def pinned(page, name):
    """Click a number and return its card, with all that it folds away unfolded."""
    link(page, name).click()
    card(page).wait_for()
    card(page).locator("details").evaluate_all("(all) => all.forEach((one) => { one.open = true })")
    return card(page)


def focused(page):
    return page.evaluate(
        "(({ dataset, className, tagName }) => dataset.evidence || (tagName !== 'BODY' && className) || tagName)(document.activeElement)"
    )


# What a card shows


def test_a_card_shows_value_quote_place_check_and_what_it_was_computed_from(visit):
    text = pinned(visit(), APPRENTICES).inner_text()
    for expected in (
        "£17.2 billion",
        "adds up",
        "that would represent 1.93 million additional apprentices and a £17.2 billion annual addition to growth.",
        "Economies of Coordination: Unlocking Growth and Opportunity for Young People in Britain's Left-Behind Neighbourhoods (April 2026)",
        "Impact: Growth impacts",
        "United Kingdom",
        "1.93 million × £8,900 = £17.2 billion; the source prints £17.2 billion",
        "Additional apprentices, high case, times what each adds to growth.",
        "The sum checks: other numbers of its source, or another source, give it at its printed precision.",
        "More new apprentices than employers (tension)",
        "30 April 2026, current on ",
        "From answers of March 2026; per year",
        "in full, from the stored text",
    ):
        assert expected in text
    assert text.count("times what each adds to growth") == 1


def test_a_card_leads_to_source_entry_and_correction(visit):
    ways = {way.inner_text(): way.get_attribute("href") for way in pinned(visit(), APPRENTICES).locator("a").all()}
    assert ways["Open the source"] == "http://www.demos.co.uk"
    assert ways["Entry in the ledger"] == "ledger-demos-3.html#impact.apprentice.growth.high"
    assert ways["More new apprentices than employers"] == "audit.html#correction-apprentices.employers"


def test_a_number_stated_in_three_places_names_the_two_others(visit):
    text = pinned(visit("impact"), "figure impact.productivity.high").inner_text()
    assert "SME productivity of up to 9%" in text
    assert "and 2 more places" in text


def test_a_card_tells_of_newer_releases_and_earlier_values(visit):
    text = pinned(visit(), "figure official.neet.count").inner_text()
    assert "26 February 2026, a newer release was due on 26 May 2026" in text
    assert "946 thousand (Jul to Sep 2025), 948 thousand (Apr to Jun 2025), 923 thousand (Jan to Mar 2025)" in text


def test_a_number_that_differs_says_what_the_sum_gives_and_what_is_printed(visit):
    text = pinned(visit(), FIRMS).inner_text()
    assert "differs" in text
    assert "37% of 5.68 million = " in text
    assert "; the source prints 208,000" in text
    assert "The number of firms that would partner with a university (contradiction)" in text


def test_a_range_shows_both_ends_and_their_words_once(visit):
    shown = pinned(visit(), "figure impact.growth.total")
    text = shown.inner_text()
    assert "£4.0 billion + £6.9 billion = £10.9 billion; the source prints £10.8 billion" in text
    assert "£10.5 billion + £17.2 billion = £27.7 billion; the source prints £27.7 billion" in text
    assert shown.locator("blockquote").count() == 1
    assert shown.locator(".card-title .verdict").inner_text() == "adds up"
    assert text.count("our model gives £1.5 billion.") == 1


def test_a_card_answers_first_whether_its_number_is_safe_to_repeat_then_quotes_then_reckons(visit):
    """What follows is unfolded only by who asks for it."""
    page = visit()
    link(page, APPRENTICES).click()
    shown = card(page)
    lines = [shown.locator(name).first.bounding_box()["y"] for name in (".card-safe", "blockquote", ".card-arithmetic", "details")]
    assert lines == sorted(lines)
    assert shown.locator(".card-body > *").first.get_attribute("class") == "card-safe card-safe-with-care"
    assert shown.locator(".card-safe").inner_text().replace("\n", " ") == (
        "Safe to repeat? With care: it supposes 1.37 times as many new apprentices as there are SMEs that employ anybody."
    )
    assert "The sum checks" not in shown.inner_text()
    assert not shown.get_by_role("button", name="Cite", exact=True).is_visible()


def test_a_number_whose_sum_checks_is_not_safe_to_repeat_where_a_model_puts_it_in_doubt(visit):
    shown = pinned(visit("audit"), "figure impact.growth.total.high")
    assert shown.locator(".card-title .verdict").inner_text() == "adds up"
    assert shown.locator(".card-safe strong").inner_text() == "No"
    assert shown.get_by_text("our model gives").count() == 1
    shown.locator('.card-safe a[data-evidence="figure computed.growth.simulated.median"]').click()
    expect(shown.locator(".card-title .verdict")).to_have_text("ours")


def test_what_puts_a_number_in_doubt_is_told_where_the_answer_does_not_tell_it(visit, made, tmp_path):
    figure_of(made, "impact.growth.total.high").update(safe="no", safe_words="No: it is a wish.")
    page = visit(page_with(tmp_path, made, ("figure", "impact.growth.total.high")).as_uri())
    assert (
        pinned(page, "figure impact.growth.total.high").locator(".card-against").inner_text()
        == "The sum checks; our model gives £1.5 billion."
    )


def test_a_card_says_how_its_source_was_read(visit):
    """The official share was read on a news page; the card leads to the bulletin and says so."""
    shown = pinned(visit(), "figure official.neet.share")
    assert "the two newest quarters on news pages that report the bulletins (FE News)" in shown.inner_text()
    address = shown.get_by_text("Open the source").get_attribute("href")
    assert address.startswith("https://www.ons.gov.uk/")
    assert address.endswith("/february2026")


def test_a_claim_about_a_sample_names_what_decides_it_and_that_chance_could_reverse_it(visit):
    shown = pinned(visit(), "claim barriers-finance-and-capacity")
    text = shown.inner_text()
    assert shown.locator(".card-title .verdict").inner_text() == "holds of those asked"
    assert "The intervals of these shares overlap" in text
    assert all(
        f"{name}: SMEs that do not engage" in text for name in ("Finance", "Staff capacity", "Regulations", "Not aware of opportunities")
    )


def test_a_claim_shows_whether_it_holds_what_decides_it_and_what_would_change_our_mind(visit):
    shown = pinned(visit(), "claim headline-is-the-sum")
    text = shown.inner_text()
    assert "holds" in text
    assert "It would fail if the two printed parts no longer added up to the printed total." in text
    assert [way.inner_text() for way in shown.locator(".card-inputs a").all()] == ["£10.5 billion", "£17.2 billion", "£27.7 billion"]
    assert "Report this claim" in text


def test_a_finding_shows_statement_quote_and_strength(visit, ledger):
    page = visit("perceptions")
    name = page.locator("article p a[data-evidence^='finding ']").first.get_attribute("data-evidence")
    finding = next(row for row in ledger["findings"] if f"finding {row['id']}" == name)
    text = " ".join(pinned(page, name).inner_text().split())
    for field in ("statement", "quote", "locator", "direction", "basis", "strength"):
        assert " ".join(finding[field].split()) in text


# Opening, pinning, leaving


def test_the_pointer_opens_a_card_can_travel_into_it_and_leaves_it(visit):
    page = visit(still=True)
    link(page, APPRENTICES).hover()
    page.clock.run_for(LONG)
    card(page).wait_for()
    assert focused(page) == "BODY"
    box = card(page).bounding_box()
    page.mouse.move(2, 2)
    page.clock.run_for(SHORT)
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.clock.run_for(LONG)
    assert card(page).is_visible()
    page.mouse.move(2, 2, steps=4)
    page.clock.run_for(LONG)
    card(page).wait_for(state="detached")


def test_a_passing_pointer_opens_nothing(visit):
    page = visit(still=True)
    link(page, APPRENTICES).hover()
    page.clock.run_for(SHORT)
    assert card(page).count() == 0
    page.mouse.move(2, 2)
    page.clock.run_for(LONG)
    assert card(page).count() == 0


def test_only_one_card_is_open_at_a_time(visit):
    page = visit()
    link(page, APPRENTICES).hover()
    card(page).wait_for()
    link(page, "figure impact.apprentice.uplift").click()
    expect(card(page).locator(".card-number")).to_have_text("£8,900")
    assert card(page).count() == 1


def test_a_click_pins_the_card_moves_into_it_and_does_not_navigate(visit):
    page = visit(still=True)
    before = here(page)
    shown = pinned(page, APPRENTICES)
    assert here(page) == before
    assert focused(page) == "evidence-card"
    page.mouse.move(2, 2)
    page.clock.run_for(LONG)
    assert shown.is_visible()
    assert link(page, APPRENTICES).get_attribute("aria-expanded") == "true"


@pytest.mark.parametrize("way", ["Escape", "close button", "click outside"])
def test_a_dismissed_card_gives_the_focus_back(visit, way):
    page = visit(still=True)
    shown = pinned(page, APPRENTICES)
    if way == "Escape":
        page.keyboard.press("Escape")
    elif way == "close button":
        shown.get_by_role("button", name="Close").click()
    else:
        page.mouse.click(1000, 700)
    shown.wait_for(state="detached")
    assert focused(page) == APPRENTICES
    assert link(page, APPRENTICES).get_attribute("aria-expanded") == "false"
    page.clock.run_for(LONG)
    assert card(page).count() == 0


def test_the_pointer_s_card_goes_with_escape(visit):
    page = visit()
    link(page, APPRENTICES).hover()
    card(page).wait_for()
    page.keyboard.press("Escape")
    card(page).wait_for(state="detached")
    assert focused(page) == "BODY"


def test_tabbing_goes_from_number_to_number_and_opens_nothing(visit):
    page = visit(still=True)
    numbers = page.locator("article a[data-evidence]")
    names = [numbers.nth(place).get_attribute("data-evidence") for place in range(3)]
    numbers.nth(0).focus()
    for name in names[1:]:
        page.clock.run_for(LONG)
        page.keyboard.press("Tab")
        assert focused(page) == name
    page.clock.run_for(LONG)
    assert card(page).count() == 0


def test_a_card_that_a_resting_pointer_has_opened_takes_no_tab(visit):
    page = visit(still=True)
    numbers = page.locator("article p a[data-evidence]")
    numbers.nth(0).hover()
    page.clock.run_for(LONG)
    card(page).wait_for()
    numbers.nth(0).focus()
    page.keyboard.press("Tab")
    assert card(page).count() == 0
    assert focused(page) == numbers.nth(1).get_attribute("data-evidence")


def test_a_pointer_that_keeps_moving_over_a_number_opens_nothing(visit):
    page = visit(still=True)
    link(page, APPRENTICES).scroll_into_view_if_needed()
    box = link(page, APPRENTICES).bounding_box()
    for step in range(12):
        page.mouse.move(box["x"] + 2 + step, box["y"] + box["height"] / 2)
        page.clock.run_for(SHORT)
    assert card(page).count() == 0
    page.clock.run_for(LONG)
    card(page).wait_for()


def test_tab_goes_through_a_card_and_on_to_the_next_number(visit):
    page = visit()
    link(page, APPRENTICES).focus()
    page.keyboard.press("Enter")
    card(page).wait_for()
    controls = (
        card(page)
        .locator("a[href], button, summary, [tabindex='0']")
        .evaluate_all("(all) => all.filter((one) => one.checkVisibility()).length")
    )
    page.keyboard.press("Tab")
    assert focused(page) == "card-close"
    for _ in range(controls):
        page.keyboard.press("Tab")
    assert focused(page) == "claim headline-is-the-sum"
    assert card(page).count() == 0


def test_enter_moves_into_the_card_and_shift_tab_out_of_it(visit):
    page = visit()
    link(page, APPRENTICES).focus()
    page.keyboard.press("Enter")
    card(page).wait_for()
    assert focused(page) == "evidence-card"
    page.keyboard.press("Shift+Tab")
    assert focused(page) == APPRENTICES
    assert card(page).count() == 0


def test_a_tap_opens_a_sheet_below_its_number(visit):
    page = visit(size=PHONE, has_touch=True, is_mobile=True)
    link(page, APPRENTICES).tap()
    card(page).wait_for()
    box = card(page).bounding_box()
    assert box["x"] == 0
    assert round(box["y"] + box["height"]) == PHONE[1]
    number = link(page, APPRENTICES).bounding_box()
    assert number["y"] + number["height"] <= box["y"]
    card(page).get_by_role("button", name="Close").tap()
    card(page).wait_for(state="detached")


def test_a_click_with_a_key_held_opens_the_entry_beside(visit):
    page = visit(still=True)
    with page.context.expect_page() as beside:
        link(page, APPRENTICES).click(modifiers=["Control"])
    beside.value.wait_for_url("**/ledger-demos-3.html#impact.apprentice.growth.high")
    beside.value.close()
    page.clock.run_for(LONG)
    assert card(page).count() == 0


def test_a_card_leads_to_the_card_of_an_input_and_back(visit):
    page = visit()
    shown = pinned(page, APPRENTICES)
    shown.locator('a[data-evidence="figure impact.apprentice.uplift"]').click()
    expect(shown.locator(".card-number")).to_have_text("£8,900")
    shown.get_by_role("button", name="Back").click()
    expect(shown.locator(".card-number")).to_have_text("£17.2 billion")
    assert focused(page) == "figure impact.apprentice.uplift"
    assert shown.get_by_role("button", name="Back").count() == 0


def test_without_popovers_the_link_leads_to_the_entry(visit):
    page = visit(before="delete HTMLElement.prototype.showPopover")
    assert link(page, APPRENTICES).get_attribute("aria-haspopup") is None
    page.route("**/ledger-demos-3.html", lambda route: route.fulfill(body="the entry"))
    link(page, APPRENTICES).click()
    page.wait_for_url("**/ledger-demos-3.html#impact.apprentice.growth.high")


# Place, movement, accessibility


@pytest.mark.parametrize("size", [WIDE, PHONE, (700, 320)], ids=["wide", "phone", "low"])
def test_a_card_lies_inside_the_window_wherever_its_number_stands(visit, size):
    page = visit(size=size)
    page.evaluate("document.querySelectorAll('article details').forEach((details) => { details.open = true })")
    numbers = page.locator("article a[data-evidence]").all()
    assert len(numbers) > 100
    for number in numbers[::9]:
        number.scroll_into_view_if_needed()
        number.click()
        card(page).wait_for()
        left, top, right, bottom = card(page).evaluate(
            "card => { const box = card.getBoundingClientRect(); return [box.left, box.top, box.right, box.bottom] }"
        )
        assert left >= 0, number
        assert top >= 0, number
        assert right <= size[0], number
        assert bottom <= size[1] + 0.5, number
        page.keyboard.press("Escape")
        card(page).wait_for(state="detached")


def test_a_card_that_grows_stays_off_its_number_and_inside_the_window(visit):
    page = visit()
    settle(page)
    number = link(page, "claim headline-is-the-sum")
    number.evaluate("(link) => scrollTo({ top: link.getBoundingClientRect().top + scrollY - 800, behavior: 'instant' })")
    pinned(page, "claim headline-is-the-sum").get_by_role("button", name="BibTeX").click()
    page.locator(".card-status", has_text="copied").wait_for()
    box, place = card(page).bounding_box(), number.bounding_box()
    assert 0 <= box["y"] < box["y"] + box["height"] <= place["y"] < WIDE[1]
    assert (
        card(page)
        .locator("textarea")
        .evaluate("(text) => text.getBoundingClientRect().bottom <= text.closest('.card-body').getBoundingClientRect().bottom")
    )


def test_opening_and_closing_cards_shifts_nothing(visit):
    page = visit(before=WATCH)
    moved(page)  # What moves while the page loads is no card's doing.
    for name in (APPRENTICES, "figure impact.apprentice.uplift", FIRMS):
        link(page, name).hover()
        page.wait_for_function(f"document.querySelector('article p a[data-evidence=\"{name}\"][aria-expanded=true]')")
    page.mouse.move(2, 2)
    card(page).wait_for(state="detached")
    link(page, APPRENTICES).click()
    card(page).wait_for()
    assert moved(page) == []
    assert overflow(page) <= 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
def test_an_open_card_has_no_accessibility_fault(visit, scheme, size):
    page = visit(size=size, scheme=scheme, reduced_motion="reduce")
    for name in (FIRMS, "figure impact.growth.total", "claim headline-is-the-sum", "figure official.neet.count"):
        pinned(page, name).get_by_role("button", name="Cite").click()
        kept, broken = asked(page, ".evidence-card")
        assert kept
        assert [(fault["id"], fault["nodes"][0]["html"]) for fault in broken] == []
        page.keyboard.press("Escape")


def test_the_card_stands_still_for_who_asks_for_less_motion(visit):
    page = visit(reduced_motion="reduce")
    assert pinned(page, APPRENTICES).evaluate("(card) => getComputedStyle(card).animationName") == "none"


# Taking away

CITATION = (
    "£17.2 billion, If all SMEs more likely to hire a management apprentice did so, United Kingdom. "
    "Dan Goss; Nicola Stokes; Anna Garrod, Economies of Coordination: Unlocking Growth and Opportunity for Young People in Britain's "
    "Left-Behind Neighbourhoods, April 2026, Impact: Growth impacts. In: The Made Together authors, Made Together, edition EDITION, "
    "figure impact.apprentice.growth.high. "
    "https://made-together.example/editions/EDITION/chapters/ledger-demos-3.html#impact.apprentice.growth.high"
)


def test_a_citation_is_copied_and_said_to_be(visit, ledger):
    page = visit(permissions=["clipboard-read", "clipboard-write"])
    shown = pinned(page, APPRENTICES)
    shown.get_by_role("button", name="Cite").click()
    shown.get_by_text("Citation copied.").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == CITATION.replace("EDITION", ledger["edition"]["name"])


def copied(page, button):
    shown = card(page)
    shown.get_by_role("button", name=button, exact=True).click()
    shown.locator(".card-status", has_text="copied").wait_for()
    return shown.locator("textarea").input_value()


def test_bibtex_addresses_and_report_name_the_number_and_its_edition(visit, ledger):
    edition = ledger["edition"]["name"]
    page = visit()
    pinned(page, "figure sme.coordination.missing-any")
    entry = copied(page, "BibTeX")
    assert entry.startswith("@misc{made-together:sme.coordination.missing-any,\n  author = {{The Made Together authors}},\n")
    assert "title = {{Made Together: 96\\%, " in entry
    assert f"  edition = {{{edition}}},\n" in entry
    own = "chapters/ledger-demos.html#sme.coordination.missing-any"
    assert copied(page, "Link") == f"https://made-together.example/{own}"
    assert copied(page, "Link to this edition") == f"https://made-together.example/editions/{edition}/{own}"
    report = copied(page, "Report this number")
    assert "Id: figure sme.coordination.missing-any\n" in report
    assert f"Edition: {edition}\nStated: 96%\n" in report
    assert f"Page: https://made-together.example/editions/{edition}/chapters/coordination.html\n" in report
    assert card(page).get_by_role("link", name="Where to send it").get_attribute("href") == "reading.html#report-a-wrong-number"


def test_text_is_copied_where_the_clipboard_is_refused(visit, ledger):
    page = visit(
        before="Object.defineProperty(navigator, 'clipboard', { value: undefined }); window.taken = []; addEventListener('copy', () => taken.push(getSelection().toString() || document.activeElement.value))"
    )
    shown = pinned(page, APPRENTICES)
    shown.get_by_role("button", name="Cite").click()
    shown.get_by_text("Citation copied.").wait_for()
    assert page.evaluate("taken") == [CITATION.replace("EDITION", ledger["edition"]["name"])]
    assert focused(page) == "card-copy"


def test_text_stays_selected_where_nothing_may_copy(visit):
    page = visit(before="Object.defineProperty(navigator, 'clipboard', { value: undefined }); document.execCommand = () => false")
    shown = pinned(page, APPRENTICES)
    shown.get_by_role("button", name="Cite").click()
    shown.get_by_text("Press Ctrl+C").wait_for()
    assert page.evaluate(
        "[document.activeElement.tagName, document.activeElement.selectionStart, document.activeElement.selectionEnd > 300]"
    ) == [
        "TEXTAREA",
        0,
        True,
    ]


# Without server, without scripts


def test_cards_open_from_the_disk_and_for_links_that_scripts_make(visit, site):
    page = visit((site / "chapters" / "perceptions.html").as_uri())
    assert page.evaluate(f"window.evidenceCards.lookUp('{APPRENTICES}')") is None
    page.evaluate(
        f"""document.querySelector('article').insertAdjacentHTML('afterbegin',
        '<p><a class="figure" href="ledger-demos.html#x" data-evidence="{APPRENTICES}">made later</a></p>')"""
    )
    page.wait_for_function(f"document.querySelector('a[data-evidence=\"{APPRENTICES}\"]').ariaHasPopup === 'dialog'")
    assert "1.93 million × £8,900 = £17.2 billion" in pinned(page, APPRENTICES).inner_text()


def test_a_number_in_doubt_is_marked_without_scripts_and_in_print(visit):
    page = visit(java_script_enabled=False)
    for media in ("screen", "print"):
        page.emulate_media(media=media)
        doubtful = link(page, FIRMS)
        assert doubtful.locator(".in-doubt > [aria-hidden]").inner_text() == "≠"
        assert doubtful.locator(".in-doubt > [aria-hidden]").bounding_box()["width"] > 3
        assert doubtful.locator(".in-doubt-word").bounding_box()["width"] <= 1
    assert page.get_by_role("link", name="208,000 (differs)").count() > 0
    assert link(page, APPRENTICES).locator(".in-doubt").count() == 0
    assert link(page, FIRMS).get_attribute("href") == "ledger-demos-3.html#impact.university.firms.high"


# The records of a page


def embedded_in(site, name):
    page = parsed(site / "chapters" / f"{name}.html")
    return page, json.loads(page.find("script", id="evidence-cards").string)


@pytest.mark.parametrize("name", PAGES)
def test_every_record_a_page_names_or_leads_to_is_on_it(site, name):
    page, content = embedded_in(site, name)
    links = [tag["data-evidence"].split(" ", 1) for tag in page.select("a[data-evidence]")]
    assert links
    for kind, identifier in links:
        assert identifier in content[kind] or (kind == "figure" and identifier in content["range"]), identifier
    for record in content["figure"].values():
        assert set(record.get("inputs", [])) <= set(content["figure"])
    assert all({end["low"], end["high"]} <= set(content["figure"]) for end in content["range"].values())
    assert all(set(claim.get("figures", [])) <= set(content["figure"]) for claim in content["claim"].values())
    for record in (*content["figure"].values(), *content["finding"].values()):
        assert record["source"] in content["source"]
        assert set(record.get("corrections", [])) <= set(content["correction"])


@pytest.mark.parametrize("name", PAGES)
def test_the_records_of_a_page_are_those_of_the_ledger(site, ledger, name):
    _, content = embedded_in(site, name)
    compared = 0
    for kind in ("figure", "claim", "finding", "source", "correction"):
        whole = {row["id"]: row for row in (*ledger[f"{kind}s"], *(ledger["comparisons"] if kind == "claim" else ()))}
        for identifier, record in content[kind].items():
            for field in cards.SHOWN[kind]:
                held = whole[identifier].get(field, "") if field in ("further", "direction") else whole[identifier][field]
                assert (record[field] == held) if field in record else held in ("", [], None), f"{identifier}: {field}"
                compared += 1
    for identifier, record in content["figure"].items():
        places = next(row for row in ledger["figures"] if row["id"] == identifier)["places"]
        assert any(all(place[field] == text for field, text in record["quoted"].items()) for place in places)
        assert record.get("elsewhere", 0) == len(places) - 1
    assert compared > 100


def test_pages_without_numbers_carry_no_cards(site):
    assert "cards" not in (site / "chapters" / "contributing.html").read_text(encoding="utf-8")


# Made records: what this library does not hold, and what nobody should put into one


@pytest.fixture
def made(ledger):
    """An edition whose ledger a test may change."""
    return Publication(None, copy.deepcopy(ledger), "https://made-together.example/")


def figure_of(edition, identifier):
    return next(row for row in edition.ledger["figures"] if row["id"] == identifier)


def page_with(tmp_path, edition, *names):
    """Write a small page with links to records, and with the scripts and the style sheet of the site."""
    for script in (*cards.SCRIPTS, "cards.css", "evidence.css"):
        (tmp_path / script).write_bytes((STATIC / script).read_bytes())
    content = cards.cards(edition, names) | cards.book(edition, "Made Together", "The Made Together authors", "chapters/small")
    links = " ".join(f'<a class="figure" href="#{name[1]}" data-evidence="{" ".join(name)}">number</a>' for name in names)
    head = '<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>Small</title><link rel="stylesheet" href="evidence.css"><link rel="stylesheet" href="cards.css">'
    scripts = "".join(f'<script defer src="{script}"></script>' for script in cards.SCRIPTS)
    path = tmp_path / "small.html"
    path.write_text(f"{head}{scripts}<body><article><p>{links}</p></article>{cards.embedded(content)}</body></html>", encoding="utf-8")
    return path


HOSTILE = "</script><script>alert(1)</script>\"'<img src=x onerror=alert(2)><!-- <script>"


def test_hostile_text_in_any_field_is_shown_as_text_and_runs_nothing(visit, made, tmp_path):
    record = figure_of(made, "impact.apprentice.growth.high")
    record |= dict.fromkeys(("stated", "shown", "population", "place", "period", "note", "origin", "about", "arithmetic"), HOSTILE)
    record |= {
        "reasons": [HOSTILE],
        "places": [{"locator": HOSTILE, "stated": HOSTILE, "quote": HOSTILE, "population": HOSTILE, "held": HOSTILE}],
    }
    made.sources["demos"].update(title=HOSTILE, authors=HOSTILE, url="javascript:alert(3)")
    next(row for row in made.ledger["corrections"] if row["id"] == "apprentices.employers")["title"] = HOSTILE
    path = page_with(tmp_path, made, ("figure", "impact.apprentice.growth.high"))
    assert path.read_text(encoding="utf-8").count("</script>") == 4
    page = visit(path.as_uri(), before="window.ran = []; window.alert = (what) => ran.push(what)")
    shown = pinned(page, APPRENTICES)
    assert shown.locator(".card-number").inner_text() == HOSTILE
    assert shown.locator("blockquote").inner_text() == HOSTILE
    assert shown.inner_text().count("<img src=x onerror=alert(2)>") >= 10
    assert shown.locator("img, script").count() == 0
    assert shown.get_by_text("Open the source").count() == 0
    for button in ("Cite", "BibTeX", "Report this number"):
        shown.get_by_role("button", name=button, exact=True).click()
    settle(page)
    assert page.evaluate("[window.ran, document.querySelectorAll('img').length]") == [[], 0]


def test_bibtex_makes_the_signs_of_tex_plain(visit, made, tmp_path):
    figure_of(made, "impact.apprentice.growth.high").update(shown="5% & $6 {a_b} #1 \\~^", population="", place="", period="")
    page = visit(page_with(tmp_path, made, ("figure", "impact.apprentice.growth.high")).as_uri())
    pinned(page, APPRENTICES)
    assert (
        "  title = {{Made Together: 5\\% \\& \\$6 \\{a\\_b\\} \\#1 \\textbackslash{}\\textasciitilde{}\\textasciicircum{}}},\n"
        in copied(page, "BibTeX")
    )


def test_an_old_id_shows_the_card_of_its_new_one_with_its_history(visit, made, tmp_path):
    made.ledger["aliases"].append({"old": "old.name", "new": "impact.apprentice.uplift", "date": "2026-10-01", "reason": "clearer"})
    change = {"figure": "impact.apprentice.uplift", "old": "£8,800", "new": "£8,900", "class": "revision", "date": "2026-10-02"}
    made.ledger["history"].append(change | {"reason": "the source was mended"})
    page = visit(page_with(tmp_path, made, ("figure", "old.name")).as_uri())
    text = pinned(page, "figure old.name").inner_text()
    assert "£8,900" in text
    assert "£8,800 → £8,900, 2 October 2026, revision: the source was mended" in text


def test_a_claim_can_be_broken_or_not_yet_decided(visit, made, tmp_path):
    made.claims["headline-is-the-sum"].update(holds=False)
    made.claims["outreach-by-size"].update(holds=None, figures=[])
    page = visit(page_with(tmp_path, made, ("claim", "headline-is-the-sum"), ("claim", "outreach-by-size")).as_uri())
    assert pinned(page, "claim headline-is-the-sum").locator(".verdict").inner_text() == "no longer holds"
    page.keyboard.press("Escape")
    assert pinned(page, "claim outreach-by-size").locator(".verdict").inner_text() == "not yet decided"


def test_findings_that_dispute_each_other_lead_to_each_other(visit, made, tmp_path):
    first, second = list(made.findings)[:2]
    made.findings[first]["disputed_with"], made.findings[second]["disputed_with"] = second, first
    page = visit(page_with(tmp_path, made, ("finding", first)).as_uri())
    shown = pinned(page, f"finding {first}")
    shown.locator(f'a[data-evidence="finding {second}"]').click()
    expect(shown.locator(".card-words")).to_have_text(made.findings[second]["statement"])


def test_a_record_that_is_missing_stops_the_build(made):
    with pytest.raises(KeyError):
        cards.cards(made, [("figure", "no.such.figure")])


def test_names_are_read_from_links_once_and_in_order():
    body = '<a data-evidence="claim b">x</a><a data-evidence="figure a.b">y</a><a data-evidence="claim b">z</a><a data-evidence="other q">w</a>'
    assert cards.named(body) == [("claim", "b"), ("figure", "a.b")]


def test_the_sheet_and_scripts_name_no_address_elsewhere():
    looked_at = [path.read_text(encoding="utf-8") for path in sorted(STATIC.glob("cards*"))]
    assert len(looked_at) == 4
    assert [found for text in looked_at for found in re.findall(r"https?://[\w.]+", text) if found != "https://doi.org"] == []
    assert all("innerHTML" not in text for text in looked_at)


STOPS = """() => {
  const first = document.querySelector("article section section");
  const all = [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex='0']")];
  const stops = all.filter(one => !one.disabled && one.tabIndex >= 0 && one.checkVisibility() && getComputedStyle(one).visibility !== "hidden");
  return stops.filter(one => first.contains(one) || first.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_PRECEDING).length;
}"""
"""How often a reader presses Tab from the top of a page to the end of its first section."""


def test_the_end_of_a_chapter_s_first_section_is_at_most_sixty_tabs_away(visit):
    chapters = ("perceptions", "coworking", "coordination", "impact", "case-studies", "places", "recommendations", "social-value", "index")
    page = visit("index")
    root = here(page).rpartition("/")[0]
    stops = {}
    for name in chapters:
        page.goto(f"{root}/{name}.html", wait_until="load")
        settle(page)
        stops[name] = page.evaluate(STOPS)
    assert min(stops.values()) > 10
    assert {name: count for name, count in stops.items() if count > 60} == {}
