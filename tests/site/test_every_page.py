"""Every page as a reader meets it: put a test here when something must be true of all pages. Each is opened once on a screen, then looked at."""

from typing import Any, NamedTuple

import pytest
from axe import ALL_RULES, COLOURS, Inks, thin_out, violations
from browsing import SCREENS, all_pages, open_page, overflow, settle


class Look(NamedTuple):
    """How an open page is looked at: in which colours, in how large a window, and with which rules of accessibility, if any."""

    scheme: str
    size: tuple[int, int]
    rules: dict[str, Any] | None = None


WIDE, PHONE = SCREENS.values()
# A window of 1280 pixels at a zoom of 200 or 400 percent has room for 640 or 320.
ENLARGED = [Look("light", (640, 450)), Look("light", (320, 256))]
LOOKS = {
    "wide": [Look("dark", WIDE, COLOURS), Look("light", WIDE), *ENLARGED],
    "phone": [Look("light", PHONE, ALL_RULES), Look("dark", PHONE)],
    "wide, by every rule": [Look("dark", WIDE, COLOURS), Look("light", WIDE, ALL_RULES), *ENLARGED],
    "phone, by every rule": [Look("light", PHONE, COLOURS), Look("dark", PHONE, ALL_RULES)],
}
"""The looks at each page; it is opened for the first of them."""

SLOW = {"wide": "wide, by every rule", "phone": "phone, by every rule"}
"""The slow tier takes the same looks, at the pages of all sources too, and asks every rule of whole pages, of each once in the light and once in the
dark; before, rules are asked of pages that are thinned out. What only colours can break is asked on the other screen where colours are met first."""

ALL = [pytest.param(name, marks=pytest.mark.slow if name in SLOW.values() else pytest.mark.covered, id=name) for name in LOOKS]


class Seen(NamedTuple):
    """What was seen of all pages on a screen.

    Attributes:
        looks: How many looks were taken.
        errors: Errors that the browser told.
        strangers: Requests that left the site.
        too_wide: Page, scheme and size of each look at a page that scrolls sideways.
        barriers: What broke a rule of accessibility, by page and scheme.
        out_of_reach: Pages whose link to the next page another element covers, or that has no room.
    """

    looks: int
    errors: list[str]
    strangers: list[str]
    too_wide: list[tuple[Any, ...]]
    barriers: dict[tuple[str, str], Any]
    out_of_reach: list[str]


@pytest.fixture(scope="module", params=ALL)
def seen(request, browser, address, site):
    """What is seen of all pages on one of the screens."""
    slow = request.param in SLOW.values()
    looks, pages = LOOKS[request.param], all_pages(site, sources=slow)
    page, errors, strangers = open_page(browser, looks[0].size, looks[0].scheme)
    found, inks = Seen(len(pages) * len(looks), errors, strangers, [], {}, []), Inks()
    for name in pages:
        become(page, looks[0])
        page.goto(f"{address}/{name}", wait_until="load")
        settle(page)
        found.out_of_reach.extend([name] if page.evaluate(OUT_OF_REACH) else [])
        for look in looks:
            become(page, look)
            if overflow(page) > 0:
                found.too_wide.append((name, look.scheme, look.size))
            if slow:
                ask(page, name, look, inks, found.barriers)
        if not slow:
            thin_out(page)
            for look in [look for look in looks if look.rules]:
                become(page, look)
                ask(page, name, look, inks, found.barriers)
    page.context.close()
    return found


OUT_OF_REACH = """() => {
  const link = document.querySelector("nav.frame-next a[rel=next]");
  if (!link) return false;
  link.scrollIntoView({ block: "center", behavior: "instant" });
  const { left, top, width, height } = link.getBoundingClientRect();
  const there = link.contains(document.elementFromPoint(left + width / 2, top + height / 2));
  scrollTo({ top: 0, behavior: "instant" });
  return !there;
}"""


def ask(page, name, look, inks, barriers):
    """Ask the rules of a look of the open page, if it has any, and take down what breaks them."""
    if look.rules:
        broken = inks.violations(page) if look.rules is COLOURS else violations(page, look.rules)
        if broken:
            barriers[name, look.scheme] = broken[:5]


FOLLOWED = """async ([scheme, width]) => {
  await new Promise(done => requestAnimationFrame(done));
  return innerWidth === width && [scheme, undefined].includes(document.documentElement.dataset.theme);
}"""
"""Looked at in frames only: before each of them the page has been told of its new window and of its new colours."""


def become(page, look):
    """Give the reader's device the colours and the window of a look, and wait until the page has followed."""
    page.set_viewport_size({"width": look.size[0], "height": look.size[1]})
    page.emulate_media(color_scheme=look.scheme)
    page.wait_for_function(FOLLOWED, arg=[look.scheme, look.size[0]])


def test_the_slow_tier_takes_every_look_and_asks_every_rule_in_both_schemes():
    for screen, slow in SLOW.items():
        assert [(look.scheme, look.size) for look in LOOKS[slow]] == [(look.scheme, look.size) for look in LOOKS[screen]]
        assert {look.scheme for look in LOOKS[slow] if look.rules} == {"light", "dark"}
    assert [look.scheme for slow in SLOW.values() for look in LOOKS[slow] if look.rules is ALL_RULES] == ["light", "dark"]


def test_pages_open_without_error_or_stranger(seen):
    assert seen.looks > 15
    assert (seen.errors, seen.strangers) == ([], [])


def test_no_page_scrolls_sideways_on_any_screen_or_enlarged(seen):
    assert seen.looks > 15
    assert seen.too_wide == []


def test_no_page_breaks_a_rule_of_accessibility(seen):
    assert seen.looks > 15
    assert seen.barriers == {}


def test_no_link_to_the_next_page_is_covered_or_hidden(seen):
    assert seen.looks > 15
    assert seen.out_of_reach == []
