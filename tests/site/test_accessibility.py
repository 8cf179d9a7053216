"""Rules of accessibility where a reader has opened something; every page as it comes is in test_every_page.py."""

import pytest
from axe import ALL_RULES, Inks, bring, thin_out, violations
from browsing import SCREENS, expect, leave, open_page, settle


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("button", ["The book", "Search", "On this page"])
def test_an_open_dialog_breaks_no_rule(browser, address, button, scheme):
    page, _, _ = open_page(browser, SCREENS["phone"], scheme)
    page.goto(f"{address}/chapters/case-catch.html", wait_until="load")
    settle(page)
    page.get_by_role("button", name=button, exact=True).click()
    expect(page.get_by_role("dialog")).to_be_visible()
    settle(page)
    assert violations(page, ALL_RULES) == []
    leave(page)


def test_opened_tables_and_details_break_no_rule(browser, address):
    page, _, _ = open_page(browser, SCREENS["phone"], "dark")
    page.goto(f"{address}/chapters/coordination.html", wait_until="load")
    page.evaluate("document.querySelectorAll('article details').forEach(part => { part.open = true })")
    settle(page)
    assert violations(page, ALL_RULES) == []
    leave(page)


def test_the_rules_find_a_barrier_where_there_is_one(browser):
    page, _, _ = open_page(browser, SCREENS["wide"])
    page.set_content("<html lang=en><title>x</title><main><h1>x</h1><img src='data:,'><p style='color:#bbb'>faint</p></main>")
    assert {rule for rule, _, _ in violations(page, ALL_RULES)} == {"image-alt", "color-contrast"}
    leave(page)


def test_what_the_rules_find_does_not_hang_on_how_colours_are_kept(browser):
    """All that is found, broken or not: ink, ground and ratio of each text among it, over grounds that one sees through, and in odd notations."""
    inks = (
        "#bbb",
        "rgb(0 0 0 / 40%)",
        "hsl(200 50% 40%)",
        "oklch(0.6 0.1 200)",
        "color-mix(in srgb, red, white 30%)",
        "transparent",
        "#000",
    )
    grounds = (
        "none",
        "rgb(255 0 0 / 20%)",
        "#555; opacity: 0.7",
        "color(display-p3 1 0 0)",
        "linear-gradient(red, blue)",
        "#555; mix-blend-mode: multiply",
    )
    texts = "".join(f"<p style='color:{ink}'>some text <a href='#' style='color:blue;text-decoration:none'>a link</a></p>" for ink in inks)
    body = "".join(
        f"<div style='background:{ground}'>{texts}<div style='background:rgb(0 0 0 / 10%)'>{texts}</div></div>" for ground in grounds
    )
    found = []
    for brought in (lambda page: bring(page, "%s"), lambda page: violations(page, ALL_RULES)):
        page, _, _ = open_page(browser, SCREENS["wide"])
        page.set_content(f"<html lang=en><title>x</title><main><h1>x</h1><img src='data:,'>{body}</main>")
        brought(page)
        found.append(page.evaluate("async () => { const { timestamp, ...all } = await axe.run(); return JSON.stringify(all) }"))
        leave(page)
    assert found[0] == found[1]
    assert found[0].count('"contrastRatio"') > 100


def test_a_thinned_page_keeps_what_is_of_another_make(browser):
    page, _, _ = open_page(browser, SCREENS["wide"])
    same = "".join(f"<li><a href='#'>{word}</a></li>" for word in ("one", "two", "three", "four"))
    other = "<li class='new'><a href='#'>five</a></li><li><a href='#'></a></li><li><a href='#' hidden>seven</a></li>"
    page.set_content(f"<ul>{same}{other}</ul>")
    assert thin_out(page) == 2
    assert page.locator("li").all_inner_texts() == ["one", "two", "five", "", ""]
    leave(page)


def test_colours_are_asked_where_they_are_met_and_faint_text_among_much_is_found(browser):
    page, _, _ = open_page(browser, SCREENS["wide"])
    inks, plain = Inks(), "<p>plain</p>" * 5
    for body, broken in {plain: 0, f"{plain}<p style='color:#bbb'>faint</p>": 1, f"<div style='background:#555'>{plain}</div>": 2}.items():
        page.set_content(f"<html lang=en><title>x</title><main>{body}</main>")
        assert [rule for rule, _, _ in inks.violations(page)] == ["color-contrast"] * broken
    leave(page)


@pytest.mark.parametrize("name", ["coordination", "ledger"])
def test_a_page_has_one_of_each_landmark_and_one_title(browser, address, name):
    page, _, _ = open_page(browser, SCREENS["wide"])
    page.goto(f"{address}/chapters/{name}.html", wait_until="load")
    settle(page)
    counts = {role: page.get_by_role(role).count() for role in ("banner", "main", "contentinfo")}
    assert counts == {"banner": 1, "main": 1, "contentinfo": 1}
    assert page.get_by_role("heading", level=1).count() == 1
    assert page.get_by_role("navigation", name="The book").count() == 1
    leave(page)
