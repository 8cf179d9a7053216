"""An edition at its own address once it is published, in a browser: put a test here for what must still work where files are shared."""

import pytest
from browsing import SCREENS, open_page, serving, settle

from evidence import editions
from evidence.editions import shelf

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def archived(site, tmp_path_factory):
    """The folder of the only edition of a published tree, and where it is served."""
    tree = tmp_path_factory.mktemp("archived") / "public"
    (edition,) = editions.publish(site, tree)
    with serving(tree) as address:
        yield tree / "editions" / edition["name"], f"{address}/editions/{edition['name']}"


@pytest.mark.parametrize("from_disk", [False, True], ids=["served", "from the disk"])
def test_search_desk_and_cards_work_though_records_lie_in_parts(archived, browser, from_disk):
    folder, served = archived
    page, errors, strangers = open_page(browser, SCREENS["wide"], bypass_csp=False)
    page.goto(f"{folder.as_uri() if from_disk else served}/chapters/claim-desk.html")
    asked = "async text => { const desk = await evidenceFind.desk(); return desk.search(text, 3).map(found => found.record && found.record.row[1]); }"
    assert page.evaluate(asked, "12.8% of young people are NEET")[0] == "official.neet.share"
    loaded = "async () => { await evidenceRecords('cards-all.js'); return Object.keys(evidenceCardsOfEdition.figure).length; }"
    assert page.evaluate(loaded) >= len(shelf.ledger_of(folder)["figures"])
    assert (folder / "_static" / "cards-all.js").stat().st_size < 20_000
    assert (errors, strangers) == ([], [])
    page.context.close()


def test_a_card_opens_on_a_page_of_an_older_edition(archived, browser):
    _, served = archived
    page, errors, strangers = open_page(browser, SCREENS["wide"], bypass_csp=False)
    page.goto(f"{served}/chapters/coordination.html")
    settle(page)
    page.locator('article a[data-evidence="figure sme.coordination.missing-any"]').first.click()
    page.wait_for_selector(".evidence-card")
    assert "96%" in page.locator(".evidence-card").inner_text()
    assert (errors, strangers) == ([], [])
    page.context.close()


@pytest.mark.parametrize("from_disk", [False, True], ids=["served", "from the disk"])
def test_the_ledger_and_the_charts_of_an_older_edition_answer_though_their_scripts_lie_apart(archived, browser, from_disk):
    folder, served = archived
    book = folder.as_uri() if from_disk else served
    page, errors, strangers = open_page(browser, SCREENS["wide"], bypass_csp=False)
    page.goto(f"{book}/chapters/ledger.html?search=sme.coordination.missing-any")
    page.wait_for_function("document.querySelectorAll('#ledger-search tbody tr').length === 1")
    page.goto(f"{book}/chapters/coordination.html")
    assert page.evaluate("document.documentElement.dataset.mode") == "auto", "the script that runs first has run"
    chart = page.locator("figure.evidence-chart").first
    chart.scroll_into_view_if_needed()
    chart.locator(".is-live .chart-live svg").first.wait_for(state="attached")
    assert (errors, strangers) == ([], [])
    page.context.close()
