"""The built pages as files: put a test here when something must or must not stand in the HTML."""

import copy
import functools
import json
import re
import shutil

import pytest
from parsed import parsed

from evidence import editions, paths
from evidence.catalog import load
from evidence.errors import EditionError
from evidence.quantity import find_numbers
from evidence.writing import mark

NAMES = sorted(path.stem for path in paths.chapters_dir().iterdir() if path.suffix in (".ipynb", ".md"))
ALLOWED = [row["text"] for row in load().rows("allowed-numbers")]


def soup(site, name):
    return parsed(site / "chapters" / f"{name}.html")


def article(site, name):
    return soup(site, name).find("article")


def test_every_chapter_has_a_page_and_the_front_page_leads_to_it(site):
    assert {path.stem for path in (site / "chapters").glob("*.html") if not path.stem.startswith("ledger-")} == set(NAMES)
    assert "chapters/index.html" in (site / "index.html").read_text(encoding="utf-8")


@functools.cache
def anchors(path):
    return {tag["id"] for tag in parsed(path).find_all(id=True)}


@pytest.mark.parametrize("name", NAMES)
def test_every_evidence_link_leads_to_an_entry_of_the_ledger(site, name):
    links = article(site, name).select("a.figure, a.claim, a.finding")
    for link in links:
        page, _, anchor = link["href"].partition("#")
        assert anchor in anchors(site / "chapters" / page)
        assert link["data-evidence"].split()[0] in link["class"]
        assert anchor.endswith(link["data-evidence"].split()[1].partition("/")[0])  # a comparison leads to the figure that is compared
    states_nothing = ("architecture", "changes", "claim-desk", "commands", "contributing", "data-library", "my-place", "reading", "seams")
    assert links or name in states_nothing or name.startswith("guide-")


@pytest.mark.parametrize("name", NAMES)
def test_every_internal_link_leads_somewhere(site, name):
    page = soup(site, name)
    own = {tag["id"] for tag in page.find_all(id=True)}
    for tag in page.find("article").find_all("a", href=True):
        target, _, anchor = tag["href"].partition("#")
        if target.startswith(("http://", "https://", "mailto:")):
            continue
        assert (site / "chapters" / target).exists() if target else anchor in own or not anchor


@pytest.mark.parametrize("name", NAMES)
def test_no_number_in_the_rendered_prose_is_bound_to_nothing(site, name):
    body = copy.copy(article(site, name))
    for tag in body.select("div.cell_output, a.figure, code, pre, script, style, [data-countersigned]"):
        tag.decompose()
    looked_at = 0
    for tag in body.find_all(["p", "li", "td", "th", "h1", "h2", "h3"]):
        text = " ".join(tag.get_text(" ").split())
        looked_at += 1
        for found in find_numbers(text):
            assert any(text[found.start : found.end] in allowed for allowed in ALLOWED), f"{name}: {found.text} in {text}"
    assert looked_at


@pytest.mark.parametrize("name", NAMES)
def test_no_blank_object_or_not_a_number_is_shown(site, name):
    body = copy.copy(article(site, name))
    for tag in body.select("code, pre"):
        tag.decompose()
    assert not re.search(r"\bnan\b|\bNaN\b|object at 0x|Traceback|figure:\w|claim:\w|finding:\w", body.get_text(" "))
    assert [tag for tag in body.find_all(["td", "dd", "p", "span"]) if tag.get_text().strip() in ("None", "nan", "NaT")] == []


@pytest.mark.parametrize("name", NAMES)
def test_a_page_asks_nobody_else_for_anything(site, name):
    page = soup(site, name)
    named_only = page.select(", ".join(f"link[rel={relation}]" for relation in ("canonical", "alternate", "license", "describedby")))
    tags = [tag for tag in page.find_all(["script", "link", "img", "iframe", "source"]) if tag not in named_only]
    loaded = [tag.get("src") or tag.get("href") for tag in tags]
    assert loaded
    assert [address for address in loaded if address and re.match(r"(https?:)?//", address)] == []


@pytest.mark.parametrize("name", NAMES)
def test_headings_hold_no_number(site, name):
    for tag in article(site, name).select("section > h1, section > h2"):
        assert not find_numbers(tag.get_text().rstrip("#"))


def test_the_ledger_for_machines_holds_every_figure_and_statement(site):
    ledger = json.loads((site / "ledger.json").read_text(encoding="utf-8"))
    assert {entry["id"] for entry in ledger["figures"]} == set(load().figures)
    assert ledger["totals"]["unbound"] == 0
    assert all(entry["holds"] for entry in ledger["statements"])
    assert sum(ledger["totals"]["verdicts"].values()) == len(ledger["figures"])


def test_the_data_library_is_published_with_the_pages(site):
    assert (site / "data" / "figures" / "demos.csv").read_bytes() == (paths.ROOT / "data" / "figures" / "demos.csv").read_bytes()


def test_a_warning_stops_the_build_and_leaves_the_old_site(recorded, tmp_path):
    book = shutil.copytree(recorded, tmp_path / "book")
    with (book / "chapters" / "index.md").open("a", encoding="utf-8") as page:
        page.write("\n[nowhere](no-such-page.md)\n")
    target = tmp_path / "html"
    target.mkdir()
    (target / "index.html").write_text("the last good site", encoding="utf-8")
    mark(target, "evidence build")
    with pytest.raises(EditionError, match="no-such-page"):
        editions.build_site(book, target)
    assert (target / "index.html").read_text(encoding="utf-8") == "the last good site"
