"""Rules of accessibility on every page: put a test here when a barrier can be found by a machine. The rules are those of axe-core."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from browsing import SCREENS, all_pages, open_page

ALL_RULES = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}
COLOURS = {"resultTypes": ["violations"], "runOnly": ["color-contrast", "link-in-text-block"]}
"""The rules that can turn out otherwise in another colour scheme; all others read the same page as in the light, or nearly: the slow tier asks
all of them again on the other screen."""


def violations(page, rules):
    """Return what breaks the rules on an open page: rule, element and what to do."""
    found = Axe().run(page, options=rules).response["violations"]
    return [(rule["id"], node["html"][:160], node["failureSummary"]) for rule in found for node in rule["nodes"]]


@pytest.mark.parametrize(
    ("screen", "scheme", "rules"),
    [
        ("phone", "light", ALL_RULES),
        ("wide", "dark", COLOURS),
        pytest.param("wide", "light", ALL_RULES, marks=pytest.mark.slow),
        pytest.param("phone", "dark", ALL_RULES, marks=pytest.mark.slow),
    ],
)
def test_no_page_breaks_a_rule(browser, address, site, screen, scheme, rules):
    page, _, _ = open_page(browser, SCREENS[screen], scheme)
    broken = {}
    for name in all_pages(site):
        page.goto(f"{address}/{name}", wait_until="load")
        if found := violations(page, rules):
            broken[name] = found[:5]
    page.context.close()
    assert broken == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("button", ["The book", "Search", "On this page"])
def test_an_open_dialog_breaks_no_rule(browser, address, button, scheme):
    page, _, _ = open_page(browser, SCREENS["phone"], scheme)
    page.goto(f"{address}/chapters/case-catch.html", wait_until="load")
    page.get_by_role("button", name=button, exact=True).click()
    assert page.get_by_role("dialog").is_visible()
    assert violations(page, ALL_RULES) == []
    page.context.close()


def test_opened_tables_and_details_break_no_rule(browser, address):
    page, _, _ = open_page(browser, SCREENS["phone"], "dark")
    page.goto(f"{address}/chapters/coordination.html", wait_until="load")
    page.evaluate("document.querySelectorAll('article details').forEach(part => { part.open = true })")
    page.wait_for_timeout(100)
    assert violations(page, ALL_RULES) == []
    page.context.close()


def test_the_rules_find_a_barrier_where_there_is_one(browser):
    page, _, _ = open_page(browser, SCREENS["wide"])
    page.set_content("<html lang=en><title>x</title><main><h1>x</h1><img src='data:,'><p style='color:#bbb'>faint</p></main>")
    assert {rule for rule, _, _ in violations(page, ALL_RULES)} == {"image-alt", "color-contrast"}
    page.context.close()


@pytest.mark.parametrize("name", ["coordination", "ledger"])
def test_a_page_has_one_of_each_landmark_and_one_title(browser, address, name):
    page, _, _ = open_page(browser, SCREENS["wide"])
    page.goto(f"{address}/chapters/{name}.html", wait_until="load")
    counts = {role: page.get_by_role(role).count() for role in ("banner", "main", "contentinfo")}
    assert counts == {"banner": 1, "main": 1, "contentinfo": 1}
    assert page.get_by_role("heading", level=1).count() == 1
    assert page.get_by_role("navigation", name="The book").count() == 1
    page.context.close()
