"""The badge on the status page that says who has proved the site: put a test here for what it must say, or must not show."""

import json

import pytest
from browsing import SCREENS, open_page

EDITION, OTHER = "{own}", "2026-01-01-aaaa"


def entry(edition, day, by):
    return {"edition": edition, "day": day, "by": by, "files": 352, "digest": "0" * 64}


@pytest.mark.parametrize(
    ("entries", "said"),
    [
        ([], "Nobody is registered as having proved this site yet."),
        ([(EDITION, "2026-11-28", "A. Sceptic")], "Proved on 2026-11-28 by A. Sceptic: 352 files, byte for byte."),
        ([(EDITION, "2026-11-28", "A. Sceptic"), (EDITION, "2026-11-29", "B")], "Proved on 2026-11-29 by B: 352 files, byte for byte."),
        (
            [(OTHER, "2026-01-02", "B")],
            "Nobody is registered as having proved this edition. Edition 2026-01-01-aaaa was proved on 2026-01-02 by B.",
        ),
        (
            [(EDITION, "2026-11-28", "<img src=x onerror=alert(1)>")],
            "Proved on 2026-11-28 by <img src=x onerror=alert(1)>: 352 files, byte for byte.",
        ),
    ],
)
def test_the_status_page_says_who_has_proved_its_edition(entries, said, site, address, browser):
    own = json.loads((site / "ledger.json").read_text(encoding="utf-8"))["edition"]["name"]
    proofs = [entry(edition.format(own=own), day, by) for edition, day, by in entries]
    page, errors, strangers = open_page(browser, SCREENS["wide"])
    page.route("**/proofs.json", lambda route: route.fulfill(json=proofs))
    page.goto(f"{address}/chapters/status.html")
    page.wait_for_selector("p.proved:not([hidden])")
    assert page.locator("p.proved").inner_text() == said
    assert page.locator("p.proved img").count() == 0
    assert (errors, strangers) == ([], [])
    page.context.close()
