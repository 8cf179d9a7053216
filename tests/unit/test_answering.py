"""Who answers for the book: put a case here when a foot names nobody that a reader can reach, or somebody who can."""

import pytest
import yaml
from bs4 import BeautifulSoup

from evidence.gates.answering import answering
from evidence.ledger.citation import Book, book
from evidence.site import foot
from evidence.site.publication import Publication

NAMED = {
    "authors": "Ada Miller",
    "organisation": "The Hillford Society",
    "email": "desk@hillford-society.org",
    "reports": "https://code.hillford-society.org/bread/issues",
    "address": "https://bread.hillford-society.org/",
}


@pytest.fixture
def written(tmp_path):
    """A function that writes what a book says of who answers for it, some of it changed, and returns its folder."""

    def write(**changes):
        told = NAMED | changes
        config = {
            "title": "Bread",
            "evidence": {name: told[name] for name in ("organisation", "reports") if told[name]},
            "sphinx": {"config": {"html_baseurl": told["address"]}},
        }
        contact = {"contact": [{"name": "The desk", "email": told["email"]}]} if told["email"] else {}
        (tmp_path / "_config.yml").write_text(yaml.safe_dump(config), encoding="utf-8")
        cited = {"title": "Bread", "authors": [{"name": told["authors"]}]} | contact
        (tmp_path / "CITATION.cff").write_text(yaml.safe_dump(cited), encoding="utf-8")
        return tmp_path

    return write


def test_a_book_that_names_all_has_no_placeholders(written):
    gate = answering(written())
    assert (gate.green, gate.note) == (True, "authors, organisation, contact, reports, address are named")


PLACEHOLDERS = [
    ({"authors": "The Bread authors"}, "authors", "authors in CITATION.cff"),
    ({"authors": "Nobody"}, "authors", "authors in CITATION.cff"),
    ({"organisation": ""}, "organisation", "evidence.organisation in _config.yml"),
    ({"organisation": "To be named"}, "organisation", "evidence.organisation in _config.yml"),
    ({"email": ""}, "contact", "contact in CITATION.cff"),
    ({"email": "desk@hillford.example"}, "contact", "contact in CITATION.cff"),
    ({"email": "desk@example.org"}, "contact", "contact in CITATION.cff"),
    ({"reports": "https://example.com/issues"}, "reports", "evidence.reports in _config.yml"),
    ({"address": "https://bread.example/"}, "address", "sphinx.config.html_baseurl in _config.yml"),
    ({"address": "http://localhost:8000/"}, "address", "sphinx.config.html_baseurl in _config.yml"),
]


def test_a_placeholder_is_told_with_the_place_to_name_somebody(written):
    told = [(changes, answering(written(**changes)).note) for changes, _, _ in PLACEHOLDERS]
    wanted = [(changes, f"placeholders for {name}: set {place}") for changes, name, place in PLACEHOLDERS]
    assert told == wanted


def test_an_address_that_leads_nowhere_by_its_form_is_refused(written):
    for changes, place in (
        ({"reports": "our issues page"}, "_config.yml, column evidence.reports"),
        ({"reports": "http://hillford-society.org"}, "_config.yml, column evidence.reports"),
        ({"reports": "javascript:alert()"}, "_config.yml, column evidence.reports"),
        ({"email": "desk at hillford"}, "CITATION.cff, column contact"),
    ):
        (problem,) = answering(written(**changes)).problems
        assert str(problem.place) == place, changes


def test_files_that_cannot_be_read_are_told_by_another_gate(written):
    folder = written()
    (folder / "CITATION.cff").write_text("authors: [", encoding="utf-8")
    assert not answering(folder).looked_at
    (folder / "_config.yml").unlink()
    assert not answering(folder).looked_at


@pytest.fixture
def edition():
    return Publication(None, {"edition": {"name": "2026-03-31-abc", "date": "2026-03-31", "as_of": ""}, "figures": [], "sources": []}, "")


def test_the_foot_leads_to_who_answers_and_to_where_errors_are_reported(edition, written, monkeypatch):
    monkeypatch.setattr(foot, "setting", NAMED.get)
    parsed = BeautifulSoup(foot.foot(book(written() / "CITATION.cff"), "chapters/", edition), "html.parser")
    rows = {div.dt.get_text(): div.dd.get_text() for div in parsed.find_all("div")}
    assert rows == {
        "Written by": "Ada Miller",
        "Stands behind it": "The Hillford Society",
        "Contact": "desk@hillford-society.org",
        "Something wrong?": "code.hillford-society.org/bread/issues; How to report an error",
        "Edition": "31 March 2026",
    }
    assert [tag["href"] for tag in parsed.find_all("a")] == [
        "mailto:desk@hillford-society.org",
        "https://code.hillford-society.org/bread/issues",
        "chapters/reading.html#report-a-wrong-number",
    ]


def test_a_foot_says_that_nobody_is_named_and_makes_no_link_of_what_is_no_address(edition, monkeypatch):
    monkeypatch.setattr(foot, "setting", lambda name: "")
    hostile = BeautifulSoup(foot.foot(Book("Bread", ("<b>Ada</b>",), (), "javascript:alert()"), "", edition), "html.parser")
    assert [tag["href"] for tag in hostile.find_all("a")] == ["reading.html#report-a-wrong-number"]
    assert hostile.find("b") is None
    assert "not named yet" in hostile.get_text()


def test_a_foot_says_once_that_nobody_answers_for_the_book(edition, monkeypatch):
    monkeypatch.setattr(foot, "setting", lambda name: "")
    parsed = BeautifulSoup(foot.foot(Book("Bread", ("Ada Miller",), (), ""), "", edition), "html.parser")
    assert [(div.dt.get_text(), div.dd.get_text()) for div in parsed.find_all("div")] == [
        ("Written by", "Ada Miller"),
        ("Who answers for it", "Nobody is named yet"),
        ("Something wrong?", "How to report an error"),
        ("Edition", "31 March 2026"),
    ]


def test_a_page_that_editions_share_names_none(written):
    assert "Edition" not in foot.foot(book(written() / "CITATION.cff"), "../chapters/")
