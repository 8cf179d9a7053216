"""Charts on the site, in files and in a real browser: downloads, the late script, tooltips, and what stays when scripts do not run."""

import csv
import json
import sys
from fractions import Fraction

import pytest
import vl_convert
from browsing import SCREENS, WATCH, expect, moved, open_page, overflow, rest, see_picture, settle, visit
from bs4 import BeautifulSoup

from evidence import paths
from evidence.catalog import load
from evidence.charts import VEGA_LITE, ChartData, bundle
from evidence.charts.downloads import table
from evidence.site.chart_pages import LARGEST
from evidence.site.charts import completed, stored, vega

STORED = {identifier: spec for identifier, (_, spec) in stored(paths.chapters_dir()).items()}
CHART = "chart-coordination-barriers"
ID = "sme.barriers.finance"
HOSTILE = "<script>alert(1)</script>"


@pytest.fixture
def opened(browser):
    """Open a page and return it with its console errors and the requests that left the site; it is closed in the end."""
    contexts = []

    def opened(url, size=SCREENS["wide"], **options):
        page, errors, strangers = open_page(browser, size, **options)
        contexts.append(page.context)
        page.add_init_script(WATCH)
        page.goto(url, wait_until="load")
        return page, errors, strangers

    yield opened
    for context in contexts:
        context.close()


def live(page, chart=CHART):
    """Scroll to a chart and wait until it is drawn by the script, and all else that has begun to move stands."""
    figure = page.locator(f"#{chart}")
    figure.scroll_into_view_if_needed()
    figure.locator(".is-live").first.wait_for(state="attached")
    settle(page)
    return figure


def point_at_first_bar(page, figure):
    box = figure.locator(".is-live .chart-live .mark-rect path").first.bounding_box()
    place = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.move(*place)
    return place


def test_vega_is_put_together_once_and_again_where_nothing_can_be_kept(tmp_path, monkeypatch):
    times, bundle_of = [], vl_convert.javascript_bundle
    monkeypatch.setattr(vl_convert, "javascript_bundle", lambda snippet: times.append(snippet) or bundle_of(snippet))
    monkeypatch.setattr(sys, "prefix", str(tmp_path))
    first, second = vega(), vega()
    assert (second, len(times)) == (first, 1)
    (tmp_path / "file").touch()
    monkeypatch.setattr(sys, "prefix", str(tmp_path / "file"))
    assert (vega(), len(times)) == (first, 2)


def test_every_declared_chart_is_stored_by_a_chapter():
    assert set(STORED) == {row["id"] for row in load().rows("charts")}


@pytest.mark.parametrize("identifier", sorted(STORED))
def test_every_chart_can_be_taken_away_with_the_numbers_of_the_ledger(site, identifier):
    ledger = {record["id"]: record for record in json.loads((site / "ledger.json").read_text(encoding="utf-8"))["figures"]}
    svg = (site / "charts" / f"{identifier}.svg").read_text(encoding="utf-8")
    assert svg.startswith("<svg ")
    assert "Source: " in svg
    assert (site / "charts" / f"{identifier}.png").read_bytes().startswith(b"\x89PNG")
    rows = list(csv.DictReader((site / "charts" / f"{identifier}.csv").open(encoding="utf-8-sig")))
    assert [row["id"] for row in rows] == [row["id"] for row in STORED[identifier]["usermeta"]["rows"]]
    if STORED[identifier]["usermeta"]["kind"] == "figure":
        for row in rows:
            for name in ("stated", "value", "low", "high", "unit", "source"):
                told = str(ledger[row["id"]][name])
                assert float(row[name]) == pytest.approx(float(Fraction(told))) if name == "value" else row[name] == told


def test_a_page_offers_the_downloads_and_the_own_page_of_each_chart_without_scripts(opened, address):
    page, _, _ = opened(f"{address}/chapters/coordination.html", java_script_enabled=False)
    figures = page.locator("figure.evidence-chart")
    assert figures.count() >= 5
    for figure in figures.all():
        links = [link.get_attribute("href") for link in figure.locator(".chart-downloads a").all()]
        assert [link.rpartition(".")[2] for link in links] == ["svg", "png", "csv", "html"]
        for link in links:
            assert page.request.get(f"{address}/chapters/{link}").ok
    assert figures.first.locator(".chart-wide > svg").is_visible()


def test_vega_is_loaded_on_chart_pages_only_and_after_the_page(opened, address):
    page, errors, strangers = opened(f"{address}/chapters/changes.html")
    settle(page)
    assert page.locator('script[src*="vega-"], script[src*="charts.js"], link[href*="charts.css"]').count() == 0
    page, errors, strangers = opened(f"{address}/chapters/coordination.html")
    live(page)
    loaded, requested = page.evaluate(
        """() => [performance.getEntriesByType('navigation')[0].loadEventEnd,
                  performance.getEntriesByType('resource').find((entry) => entry.name.includes('/vega-')).startTime]"""
    )
    assert requested >= loaded > 0
    assert (errors, strangers) == ([], [])


@pytest.mark.parametrize("size", [(1280, 900), (360, 740)], ids=["wide", "phone"])
def test_the_live_picture_has_the_size_of_the_static_one_and_moves_nothing(opened, address, size):
    page, errors, _ = opened(f"{address}/chapters/coordination.html", size)
    figure = page.locator(f"#{CHART}")
    settle(page)
    before = figure.evaluate("(node) => node.offsetHeight")
    live(page)
    assert moved(page, ".bd-article") == []
    assert figure.evaluate("(node) => node.offsetHeight") == before
    assert errors == []


def test_a_mark_tells_what_it_is_and_a_click_leads_to_its_record(opened, address):
    page, errors, _ = opened(f"{address}/chapters/coordination.html")
    figure = live(page)
    place = point_at_first_bar(page, figure)
    note = figure.locator(".chart-note")
    note.wait_for()
    assert [text in note.inner_text() for text in ("Finance", "21%", "17.7 to 24.8%", ID)] == [True, True, True, False]
    page.evaluate(
        """() => document.addEventListener('click', (event) => {
             if (event.target.dataset.evidence) { event.preventDefault(); window.clicked = event.target.dataset.evidence; } }, true)"""
    )
    page.mouse.click(*place)
    assert page.wait_for_function("window.clicked").json_value() == f"figure {ID}"
    assert errors == []


def test_the_drawing_works_from_a_file_too(opened, site):
    page, errors, _ = opened((site / "chapters" / "coordination.html").as_uri())
    live(page)
    assert errors == []


def test_the_static_picture_stays_where_the_script_fails(opened, address):
    page, _, _ = opened("about:blank")
    page.route("**/_static/vega-*", lambda route: route.abort())
    figure = page.locator(f"#{CHART}")
    with page.expect_event("requestfailed", lambda request: "/vega-" in request.url):
        page.goto(f"{address}/chapters/coordination.html")
        figure.scroll_into_view_if_needed()
        figure.locator("[data-drawn]").first.wait_for(state="attached")
    rest(page)
    assert figure.locator(".chart-wide > svg").is_visible()
    assert figure.locator(".is-live").count() == 0


def test_paper_gets_the_static_picture(opened, address):
    page, _, _ = opened(f"{address}/chapters/coordination.html")
    figure = live(page)
    page.emulate_media(media="print")
    expect(figure.locator(".chart-live").first).to_be_hidden()
    expect(figure.locator(".chart-layout > svg >> visible=true")).to_have_count(1)


def test_text_on_a_phone_is_at_least_eleven_pixels_and_nothing_scrolls_sideways(opened, address):
    page, _, _ = opened(f"{address}/chapters/coordination.html", (360, 740))
    sizes = page.evaluate(
        """() => [...document.querySelectorAll('.chart-narrow > svg')].map((svg) =>
             svg.getBoundingClientRect().width / svg.viewBox.baseVal.width * Math.min(
               ...[...svg.querySelectorAll('text')].map((text) => parseFloat(getComputedStyle(text).fontSize))))"""
    )
    assert len(sizes) >= 5
    assert min(sizes) >= 11
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


CUT = """() => [...document.querySelectorAll('.chart-layout > svg')].filter((svg) => svg.checkVisibility()).flatMap((svg) => {
  const box = svg.getBoundingClientRect();
  return [...svg.querySelectorAll('text')].map((text) => [text.textContent, text.getBoundingClientRect()])
    .filter(([words, at]) => words && (at.left < box.left - 1 || at.right > box.right + 1 || at.top < box.top - 1 || at.bottom > box.bottom + 1))
    .map(([words]) => words); })"""


@pytest.mark.parametrize("size", [(1280, 900), (360, 740)], ids=["wide", "phone"])
@pytest.mark.parametrize("chapter", ["coordination", "coworking", "case-bradford-skillshouse", "impact"])
def test_no_text_of_a_chart_is_cut_off(opened, address, chapter, size):
    page, _, _ = opened(f"{address}/chapters/{chapter}.html", size, java_script_enabled=False)
    assert page.locator(".chart-layout > svg >> visible=true").count() >= 1
    assert page.evaluate(CUT) == []


def test_the_dark_page_repaints_the_same_picture(opened, address):
    page, _, _ = opened(f"{address}/chapters/coordination.html")
    figure = live(page)
    bar = figure.locator(".is-live .chart-live .mark-rect path").first
    light = bar.evaluate("(node) => getComputedStyle(node).fill")
    page.evaluate("document.documentElement.dataset.theme = 'dark'")
    assert (light, bar.evaluate("(node) => getComputedStyle(node).fill")) == ("rgb(0, 114, 178)", "rgb(86, 180, 233)")


def hostile():
    """Return a chart whose category is a script."""
    import pandas as pd

    mark = {"category": HOSTILE, "series": "", "stated": "40%", "value": 40, "low": 39.5, "high": 40.5, "id": "x.y", "source": "demos"}
    declared = {
        "id": "x.chart",
        "form": "bars",
        "series": "x",
        "title": "Title",
        "subtitle": "Sub",
        "description": "Said",
        "order": "listed",
    }
    return ChartData(declared, pd.DataFrame([mark | {"span": "", "row": 0}]), "percent", ("demos",))


def test_a_script_in_a_category_is_text_in_picture_table_download_and_tooltip(opened, site, address):
    shown = bundle(hostile(), load(), "Title")
    figure = completed(shown["text/html"], shown[VEGA_LITE], lambda name, *_: f"../{name}")
    assert HOSTILE in table(shown[VEGA_LITE], {})
    assert HOSTILE not in figure
    (vega,) = (site / "_static").glob("vega-*.js")
    head = '<!doctype html><html lang="en"><meta charset="utf-8"><title>x</title><link rel="icon" href="data:,"><link rel="stylesheet" href="../_static/charts.css">'
    script = f'<script src="../_static/charts.js" data-vega="../_static/{vega.name}" defer></script>'
    page, errors, _ = opened("about:blank")
    page.route("**/hostile.html", lambda route: route.fulfill(body=f"{head}<body>{figure}{script}</body></html>", content_type="text/html"))
    page.on("dialog", lambda dialog: errors.append("executed"))
    page.goto(f"{address}/chapters/hostile.html")
    drawn = live(page, "chart-x-chart")
    point_at_first_bar(page, drawn)
    drawn.locator(".chart-note").wait_for()
    assert HOSTILE in drawn.locator(".chart-note").inner_text()
    assert HOSTILE in drawn.locator(".chart-live").first.text_content()
    assert HOSTILE in drawn.locator("table").text_content()
    assert errors == []


FIVE = ("Base: ", "Made Together, edition ", "Source: ", "CC BY-SA 4.0", "https://made-together.example/charts/")


def test_every_picture_and_page_of_a_chart_carries_base_source_edition_licence_and_address(site):
    edition = json.loads((site / "ledger.json").read_text(encoding="utf-8"))["edition"]["name"]
    lacking = {}
    for identifier in sorted(STORED):
        for name in (
            f"charts/{identifier}.svg",
            f"charts/{identifier}.narrow.svg",
            f"charts/{identifier}.html",
            f"embed/{identifier}.html",
        ):
            text = "".join(BeautifulSoup((site / name).read_text(encoding="utf-8"), "html.parser").get_text(" ").split())
            wanted = (part.replace(" ", "") for part in (*FIVE, edition, f"{identifier}.html"))
            lacking[name] = [part for part in wanted if part not in text]
    assert len(lacking) > 60
    assert {name: parts for name, parts in lacking.items() if parts} == {}


def test_every_table_to_take_away_has_the_five_in_the_data_package(site):
    package = json.loads((site / "datapackage.json").read_text(encoding="utf-8"))
    tables = {path.relative_to(site).as_posix() for path in site.rglob("*.csv")} - {
        path.relative_to(site).as_posix() for path in site.glob("data/**/*.csv")
    }
    paths = [resource["path"] for resource in package["resources"]]
    listed = [name for path in paths for name in ([path] if isinstance(path, str) else path)]
    assert len(listed) > 500
    assert sorted(listed) == sorted(tables)
    for resource in package["resources"]:
        assert all(resource[name] for name in ("base", "sources", "edition", "licenses", "homepage")), resource["path"]


def test_an_embedded_chart_is_light_and_runs_nothing(browser, address, site):
    for page in sorted((site / "embed").glob("*.html")):
        parts = (page, site / "charts" / f"{page.stem}.svg", site / "_static" / "chart-page.css")
        assert sum(part.stat().st_size for part in parts) <= LARGEST, page.name
        assert "<script" not in page.read_text(encoding="utf-8")
    page, errors, strangers = visit(browser, f"{address}/embed/coordination.barriers.html", SCREENS["phone"])
    see_picture(page)
    page.get_by_text("The numbers as a table").click()
    assert page.get_by_role("link", name="21%", exact=True).get_attribute("href") == "../chapters/ledger-demos.html#sme.barriers.finance"
    assert overflow(page) <= 0
    assert (errors, strangers) == ([], [])
    page.context.close()


@pytest.mark.parametrize(("screen", "drawn"), [("wide", "coordination.barriers.svg"), ("phone", "coordination.barriers.narrow.svg")])
def test_the_page_of_a_chart_shows_the_picture_that_was_drawn_for_its_screen(browser, address, screen, drawn):
    page, errors, _ = open_page(browser, SCREENS[screen])
    asked = []
    page.on("request", lambda request: asked.append(request.url.rpartition("/")[2]) if "/charts/" in request.url else None)
    page.goto(f"{address}/charts/coordination.barriers.html")
    picture = see_picture(page)
    # Pictures in view are asked for together, once the page is laid out: when one is there, no other is still to be asked for.
    assert [name for name in asked if name.endswith(".svg")] == [drawn]
    # Its smallest letters are of 11 pixels in the file; on a phone hardly smaller.
    assert picture.evaluate("picture => picture.clientWidth / picture.naturalWidth") > 0.85
    assert page.get_by_role("heading", level=1).inner_text().startswith("Money (21%)")
    assert errors == []
    page.context.close()


def test_a_page_offers_each_chart_at_its_own_address_and_its_embed_stays_with_the_edition(site):
    edition = json.loads((site / "ledger.json").read_text(encoding="utf-8"))["edition"]["name"]
    text = (site / "charts" / "coordination.barriers.html").read_text(encoding="utf-8")
    shown = BeautifulSoup(text, "html.parser")
    told = {term.get_text(): term.find_next("code").get_text() for term in shown.select("dl.ways dt")}
    assert set(told) == {"Cite", "Link", "Link to this edition", "Embed"}
    assert told["Link"] == "https://made-together.example/charts/coordination.barriers.html"
    assert f'src="https://made-together.example/editions/{edition}/embed/coordination.barriers.html"' in told["Embed"]
    chapter = (site / "chapters" / "coordination.html").read_text(encoding="utf-8")
    assert 'href="../charts/coordination.barriers.html">Cite, link, embed</a>' in chapter
