"""The static entries of the ledger: put a test here when a record must or must not stand in an entry."""

import json
import re
from collections import Counter

import pytest
from bs4 import BeautifulSoup
from made_publication import HOSTILE, claim, figure, finding, made, source
from parsed import parsed as page_of

from evidence.site.entries import contexts, source_page
from evidence.site.entry import figure_entry
from evidence.site.ledger_table import old_addresses, rows_script, search_section


def parsed(html):
    return BeautifulSoup(html, "html.parser")


def page(edition, name="ledger-alpha"):
    return parsed(contexts(edition, {"ledger": "The ledger", "growth": "On growth"})[name]["body"])


@pytest.fixture(scope="module")
def ledger(site):
    return json.loads((site / "ledger.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def pages(site):
    return {path.stem: page_of(path) for path in (site / "chapters").glob("ledger-*.html")}


def first(name):
    """Return the name of the first page of a source, of which this is one."""
    return re.sub(r"-\d+$", "", name)


def entry_of(pages, anchor):
    return next(found for html in pages.values() if (found := html.find(id=anchor)))


def test_every_source_has_a_page_and_no_other_page_is_made(ledger, pages):
    assert {first(name) for name in pages} == {f"ledger-{row['id']}" for row in ledger["sources"]}


def test_no_page_of_entries_is_longer_than_a_browser_lays_out_at_once(pages):
    assert {name: len(html.find_all(True)) for name, html in pages.items() if len(html.find_all(True)) > 5_000} == {}
    assert len([name for name in pages if first(name) != name]) >= 3


def test_no_entry_shows_a_mark_that_is_meant_for_programs(pages):
    assert [name for name, page in pages.items() if "<!--" in page.get_text()] == []


def test_every_figure_and_finding_has_exactly_one_entry_on_the_page_of_its_source(ledger, pages):
    found = Counter((first(name), tag["id"]) for name, html in pages.items() for tag in html.select("section.entry"))
    wanted = [(f"ledger-{row['source']}", row["id"]) for row in ledger["figures"]]
    wanted += [(f"ledger-{row['source']}", f"finding-{row['id']}") for row in ledger["findings"]]
    assert found == Counter(wanted)
    assert len(wanted) > 700


def test_no_page_of_entries_uses_an_id_twice(pages):
    for name, html in pages.items():
        assert [key for key, times in Counter(tag["id"] for tag in html.find_all(id=True)).items() if times > 1] == [], name


def test_every_link_of_an_entry_leads_to_a_page_and_an_anchor_that_exist(site, pages):
    anchors = {path.name: {tag["id"] for tag in page_of(path).find_all(id=True)} for path in (site / "chapters").glob("*.html")}  # fmt: skip
    for name, html in pages.items():
        for link in html.select("article a[href]"):
            if not re.match(r"https?:", link["href"]):
                target, _, anchor = link["href"].partition("#")
                assert not anchor or anchor in anchors[target or f"{name}.html"], f"{name}: {link['href']}"


def test_a_recomputed_entry_shows_quote_arithmetic_inputs_corrections_and_chapters(pages):
    entry = entry_of(pages, "impact.apprentice.growth.high")
    text = " ".join(entry.get_text(" ").split())
    assert "£17.2 billion adds up" in text
    assert "Impact: Growth impacts" in text
    assert "1.93 million additional apprentices and a £17.2 billion annual addition to growth" in text
    assert "1.93 million × £8,900 = £17.2 billion" in text
    assert [tag["data-evidence"] for tag in entry.select("a.figure")][-2:] == [
        "figure impact.apprentices.high",
        "figure impact.apprentice.uplift",
    ]
    assert entry.find("a", href="audit.html#correction-apprentices.employers")
    assert entry.find("a", href="coordination.html").get_text() == "Why small firms fail to coordinate"
    assert entry.find("a", href="#impact.apprentice.growth.high").get_text() == "#"


def test_an_entry_shows_every_place_and_every_earlier_value(pages):
    assert len(entry_of(pages, "sme.barriers.any").select("blockquote")) == 5
    assert "946 thousand for Jul to Sep 2025, published 2025-11-20" in pages["ledger-ons-neet"].find(id="official.neet.count").get_text()


@pytest.mark.parametrize(
    ("inputs", "reason", "told"),
    [
        (["a.share", "b.other"], "From a.share = 7%; b.other = 2: 3: 9. Printed: 10.", "It gives 9. Printed: 10."),
        (["a.share", "b.other"], "Alpha states 9.", "Alpha states 9."),
        ([], "From 7 to 9: it differs. Printed: 10.", "From 7 to 9: it differs. Printed: 10."),
    ],
)
def test_what_was_compared_repeats_nothing_that_stands_above_it(inputs, reason, told):
    total = figure("a.sum", about="Both added up.", reasons=[f"Both added up. {reason}"], inputs=inputs)
    entry = page(made(figures=[figure("a.share"), figure("b.other"), total], ranges=[])).find(id="a.sum")
    compared = {row.dt.text: row.dd.text for row in entry.select(".entry-rows dl > div")}["Compared"]
    assert compared == told


def test_a_range_is_anchored_at_its_low_end():
    entry = page(made()).find(id="a.span").find_parent("section")
    assert entry["id"] == "a.span.low"
    assert "its high end is 9" in entry.get_text()
    assert "its low end is 2" in page(made()).find(id="a.span.high").get_text()


def test_a_renamed_id_is_anchored_at_its_new_entry_which_says_so():
    renamed = [{"old": "a.old", "new": "a.share", "date": "2026-02-01", "reason": "A clearer name."}]
    entry = page(made(aliases=renamed)).find(id="a.old").find_parent("section")
    assert entry["id"] == "a.share"
    assert "a.old, until 2026-02-01: A clearer name." in entry.get_text()


def test_a_retired_id_stands_on_a_page_of_its_own_and_only_then():
    retired = [{"old": "a.gone", "new": "", "date": "2026-02-01", "reason": "No longer collected."}]
    assert "ledger-retired" not in contexts(made(), {"ledger": "The ledger"})
    entry = page(made(aliases=retired), "ledger-retired").find(id="a.gone")
    assert "Retired on 2026-02-01: No longer collected." in entry.get_text()
    assert '"a.gone":"ledger-retired.html#a.gone"' in rows_script(made(aliases=retired), {})


def test_an_accepted_change_and_a_late_source_are_told():
    history = [{"figure": "a.share", "old": "8%", "new": "7%", "class": "revision", "date": "2026-01-31", "reason": "New survey."}]
    late = [source("alpha", freshness="overdue", due="2026-06-30"), source("beta")]
    text = page(made(history=history, sources=late)).find(id="a.share").get_text(" ")
    assert "8% → 7% on 2026-01-31 (revision): New survey." in text
    assert "a newer release was due on 2026-06-30" in text


def test_the_head_of_a_page_counts_what_the_edition_holds():
    edition = made(figures=[figure("a.share"), figure("a.sum", verdict="differs"), figure("a.part")], ranges=[])
    head = page(edition).select_one(".source-head").get_text(" ")
    assert head.rstrip().endswith("3 figures (2 quoted, 1 differs); 1 finding")
    assert "no figure or finding" in page(edition, "ledger-beta").get_text()


def test_pages_lead_from_one_source_to_the_next():
    context = contexts(made(), {"ledger": "The ledger"})
    assert [context[name]["prev"]["link"] for name in context] == ["ledger.html", "ledger-alpha.html"]
    assert context["ledger-alpha"]["next"] == {"link": "ledger-beta.html", "title": "Title of beta"}
    assert context["ledger-beta"]["next"] is None


def hostile():
    """Return an edition whose every text is hostile."""
    place = {"locator": HOSTILE, "stated": HOSTILE, "quote": HOSTILE, "population": HOSTILE, "held": HOSTILE}
    texts = dict.fromkeys(
        ("shown", "stated", "category", "population", "place", "period", "origin", "note", "about", "arithmetic"), HOSTILE
    )
    old = {"as_of": HOSTILE, "stated": HOSTILE, "period": HOSTILE}
    correction = {"id": "c", "grade": HOSTILE, "title": HOSTILE}
    titles = dict.fromkeys(("title", "short", "authors", "publisher", "published", "url", "licence", "attribution"), HOSTILE)
    change = {"figure": "a.share", "old": HOSTILE, "new": HOSTILE, "class": HOSTILE, "date": HOSTILE, "reason": HOSTILE}
    return made(
        sources=[source("alpha", **titles), source("beta", url="javascript:alert(1)")],
        figures=[figure("a.share", **texts, reasons=[HOSTILE], places=[place], vintages=[old], corrections=["c"], inputs=["a.share"])],
        findings=[finding("a.helps", statement=HOSTILE, quote=HOSTILE, locator=HOSTILE, population=HOSTILE, basis=HOSTILE)],
        claims=[claim("grows", states=HOSTILE, threshold=HOSTILE)],
        aliases=[{"old": "a.old", "new": "a.share", "date": HOSTILE, "reason": HOSTILE}, {"old": "a.gone", "new": "", "date": "", "reason": HOSTILE}],
        corrections=[correction],
        history=[change],
        ranges=[],
    )  # fmt: skip


@pytest.mark.parametrize("name", ["ledger-alpha", "ledger-beta", "ledger-retired"])
def test_hostile_text_stays_text_in_entries(name):
    context = contexts(hostile(), {"ledger": HOSTILE})[name]
    html = parsed(context["body"] + context["title"] + context["toc"] + context["prev"]["title"])
    assert html.find(["script", "img"]) is None
    assert [tag for tag in html.find_all(True) if any(key.startswith("on") for key in tag.attrs)] == []
    assert [tag for tag in html.find_all("a") if tag["href"].startswith("javascript:")] == []
    assert "alert(1)" in html.get_text()


def test_every_hostile_field_of_a_figure_is_shown_whole():
    html = parsed(figure_entry(hostile(), hostile().figures["a.share"], {}))
    assert html.get_text().count(HOSTILE) >= 19


def test_hostile_text_stays_text_in_the_form_and_cannot_end_the_script_of_the_rows():
    html = parsed(search_section(hostile(), {"growth": HOSTILE}) + old_addresses(hostile()))
    assert html.find(["script", "img"]) is None
    assert "<" not in rows_script(hostile(), {}).removeprefix("globalThis.evidenceLedger = ")


def test_no_page_of_many_figures_is_longer_than_a_browser_minds_and_all_are_reached():
    many = made(
        figures=[figure(f"a.number{place}") for place in range(6_000)], ranges=[], claims=[], statements=[], corrections=[], history=[]
    )
    parts = many.entries["alpha"]
    assert len(parts) > 40
    shown = {part: parsed(source_page(many, "alpha", {}, part)) for part in (0, 1, 20, len(parts) - 1)}
    assert {part: len(html.find_all()) for part, html in shown.items() if len(html.find_all()) >= 4_900} == {}
    links = {part: [link["href"] for link in html.select(".ledger-parts a")] for part, html in shown.items()}
    assert len(links[0]) == len(parts) - 1
    assert links[20] == [f"{many.page('alpha', place)}.html" for place in (0, 19, 21, len(parts) - 1)]
    assert all(many.page("alpha", 0) + ".html" in found for part, found in links.items() if part)
    assert len(parsed(old_addresses(many)).find_all()) < 20
