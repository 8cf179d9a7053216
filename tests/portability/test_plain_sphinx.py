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
    for page in pages:
        assert words_and_links(tmp_path / "plain" / page) == words_and_links(site / page), page
    assert filecmp.cmp(tmp_path / "plain" / "ledger.json", site / "ledger.json", shallow=False)
