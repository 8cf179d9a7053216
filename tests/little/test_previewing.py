"""The preview of a chapter of the little book, in this process; as a process it is tried in tests/rerun/test_preview.py."""

import http.client
import re
from urllib.parse import urlsplit

import nbformat
import pytest

from evidence import paths
from evidence.errors import StatementError
from evidence.form import canonical
from evidence.preview.serving import Served

WAIT = 120
"""Longest a change is waited for, in seconds, so that a test ends; nothing is asserted about time."""

BOUND = "[75%](figure:bread.local.hillford)"


class Reader:
    """A preview, its chapter, and what a browser gets of it."""

    def __init__(self, served, page):
        self.served, self.page, self.address = served, page, urlsplit(served.address)

    def ask(self, path="", method="GET", host=""):
        connection = http.client.HTTPConnection(self.address.netloc, timeout=WAIT)
        connection.request(method, path or self.address.path, headers={"Host": host or self.address.netloc})
        answer = connection.getresponse()
        return answer.status, answer.getheader("Location"), answer.read().decode()

    def look(self):
        """Return the page after a look at what is saved, once its cells have been run."""
        self.served.preview.look()
        with self.served.changed:
            assert self.served.changed.wait_for(lambda: "The cells are being run" not in self.served.preview.html, WAIT)
        return self.ask()[2]

    def edit(self, change):
        """Save the chapter with its cells changed."""
        notebook = nbformat.read(self.page, as_version=4)
        change(notebook.cells)
        self.page.write_text(canonical(notebook), encoding="utf-8")


def box(html):
    return re.search(r'<section class="preview".*?</section>', html, re.DOTALL)[0]


@pytest.fixture
def reader(little_book, monkeypatch):
    for name in ("EVIDENCE_DATA", "EVIDENCE_AS_OF", "EVIDENCE_PDF"):  # which the site sets for this process
        monkeypatch.setenv(name, "")
    served = Served("who-bakes")
    yield Reader(served, little_book / "chapters" / "who-bakes.ipynb")
    folder = served.preview.site.folder
    served.close()
    assert not folder.exists()


def restated(old, new):
    def change(cells):
        for cell in cells:
            cell.source = cell.source.replace(old, new)

    return change


def test_a_save_is_shown_with_what_must_be_mended_and_its_cells_are_run(reader):
    html = reader.look()
    assert "Nothing to mend." in box(html)
    assert 'data-evidence="figure bread.local.hillford"' in html

    reader.edit(restated(BOUND, BOUND.replace("75", "85")))
    html = reader.look()
    assert "1 to mend." in box(html)
    assert "Write 75%" in box(html)
    assert re.search(r'<mark class="to-mend"[^>]*>85%', html)

    reader.edit(restated(BOUND.replace("75", "85"), BOUND))
    reader.edit(lambda cells: cells[-1].update(source="print('words of ' + 'a cell')"))
    html = reader.look()
    assert "words of a cell" in html
    assert 'class="to-mend"' not in html

    reader.edit(lambda cells: cells[-1].update(source="1 / 0"))
    html = reader.look()
    assert "ZeroDivisionError" in box(html)
    assert "words of a cell" in html, "what was shown last stays where the cells fail"


def test_a_record_that_is_changed_is_shown_and_a_malformed_one_leaves_the_page_and_is_told(reader, little_book):
    reader.look()
    table = little_book / "data" / "figures" / "hillford.csv"
    text = table.read_text(encoding="utf-8")
    table.write_text(text.replace("75%,75,percent", "75%,some,percent"), encoding="utf-8")
    html = reader.look()
    assert "data/figures/hillford.csv" in box(html)
    assert 'data-evidence="figure bread.local.hillford"' in html
    reader.page.write_text(reader.page.read_text(encoding="utf-8")[:100], encoding="utf-8")
    table.write_text(text, encoding="utf-8")
    html = reader.look()
    assert "chapters/who-bakes.ipynb" in box(html)
    assert 'data-evidence="figure bread.local.hillford"' in html


def test_only_pages_of_this_machine_get_the_chapter_the_other_pages_and_no_lists(reader):
    reader.look()
    assert reader.ask("/")[:2] == (302, "/chapters/who-bakes.html")
    assert reader.ask("/chapters/where-bread-is-sold.html")[0] == 200
    assert reader.ask("/_static/evidence.css", method="HEAD")[::2] == (200, "")
    assert reader.ask("/_static/")[0] == 404
    assert reader.ask("/chapters/nowhere.html")[0] == 404
    for method in ("GET", "HEAD"):
        assert reader.ask(method=method, host="elsewhere.example")[0] == 403


def test_a_page_is_told_of_each_change(reader):
    connection = http.client.HTTPConnection(reader.address.netloc, timeout=WAIT)
    connection.request("GET", "/-/changes")
    told = (int(line.removeprefix(b"data: ")) for line in connection.getresponse() if line.startswith(b"data: "))
    reader.look()
    assert next(version for version in told if version >= reader.served.preview.version)


def test_an_unknown_chapter_is_refused_with_those_there_are(little_book):
    with pytest.raises(StatementError, match=r"chapters/who-eats: there is no such chapter\. There are .*who-bakes"):
        Served("who-eats")
    assert paths.find_book() == little_book
