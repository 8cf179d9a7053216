"""The way out of Jupyter Book 1: put a test here when the site must come out of plain Sphinx as it does out of `make book`."""

import filecmp
import subprocess
import sys

import pytest
from bs4 import BeautifulSoup

from evidence import paths

pytestmark = pytest.mark.slow


def words_and_links(file):
    """Return the text and the links of a page, the menus around it included."""
    page = BeautifulSoup(file.read_text(encoding="utf-8"), "html.parser")
    return page.body.get_text(" ", strip=True), [link.get("href") for link in page.find_all("a")]


def parted(plain, ours):
    """Return whether two pages differ in words or links; they are read only where their bytes differ."""
    return plain.read_bytes() != ours.read_bytes() and words_and_links(plain) != words_and_links(ours)


def test_pages_are_parted_by_a_word_and_by_a_link_and_not_by_what_nobody_reads(tmp_path):
    page, other = tmp_path / "page.html", tmp_path / "other.html"
    page.write_text("<body><p class='a'>Six of <a href='x.html'>ten</a></p></body>", encoding="utf-8")
    for word, instead, told in (
        ("Six", "Five", True),
        ("x.html", "y.html", True),
        ("class='a'", "class='b'", False),
        ("ten", "ten", False),
    ):
        other.write_text(page.read_text(encoding="utf-8").replace(word, instead), encoding="utf-8")
        assert parted(other, page) is told, word


def test_plain_sphinx_builds_the_same_site(site, book, offline, tmp_path):
    environment = {
        **offline,
        "EVIDENCE_BOOK": str(paths.ROOT),
        "EVIDENCE_DATA": str(paths.data_dir()),
        "EVIDENCE_AS_OF": "",
        "EVIDENCE_PDF": "",
        "SOURCE_DATE_EPOCH": "1767225600",
    }
    config = [sys.executable, "-c", "from jupyter_book.cli.main import main; main()", "config", "sphinx", "."]
    subprocess.run(config, cwd=book, env=environment, capture_output=True, check=True)
    build = [sys.executable, "-m", "sphinx", "-W", "-n", "--keep-going", "-q", "-b", "html", ".", tmp_path / "plain"]
    done = subprocess.run(build, cwd=book, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]

    pages = sorted(path.relative_to(site) for path in site.rglob("*.html"))
    assert len(pages) > 15
    assert sorted(path.relative_to(tmp_path / "plain") for path in (tmp_path / "plain").rglob("*.html")) == pages
    assert [page for page in pages if parted(tmp_path / "plain" / page, site / page)] == []
    assert filecmp.cmp(tmp_path / "plain" / "ledger.json", site / "ledger.json", shallow=False)
