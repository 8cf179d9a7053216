"""Jupyter Book 2 reads books with mystmd: put a test here when something in prose must survive there.

Its HTML theme is fetched while building, so the chapters are exported to JATS, which needs none.
"""

import json
import os
import subprocess
from collections import Counter
from xml.etree import ElementTree

import pytest

from evidence import paths
from evidence.catalog.declaration import COMPARE, SCHEMES
from evidence.statements import chapter_files, read_page

pytestmark = pytest.mark.slow

EXPORTED = "_build/exports/book.xml"
TOOLS = paths.ROOT / ".venv-lab" / "bin"
HREF = "{http://www.w3.org/1999/xlink}href"


def plain(text):
    """Return text with one kind of space, quotation mark and apostrophe: mystmd sets them as a printer would."""
    return " ".join(text.replace("’", "'").replace("‘", "'").replace("“", '"').replace("”", '"').split())


@pytest.fixture(scope="module")
def exported(book, offline):
    """Each chapter as an article of one JATS file, by name; the whole of its text is in the body.

    It is one file, for mystmd reads the whole book again for each file that it exports; the article that holds all others is a page of its own.
    """
    assert (TOOLS / "node").exists(), "the environment of authors is not there; run: make lab-env"
    pages = [path.relative_to(book).as_posix() for path in chapter_files(book / "chapters")]
    (book / "cover.md").write_text("# Made Together\n", encoding="utf-8")
    export = {"format": "jats", "article": "cover.md", "sub_articles": pages, "output": EXPORTED}
    project = {"version": 1, "project": {"title": "Made Together", "exports": [export]}}
    (book / "myst.yml").write_text(json.dumps(project), encoding="utf-8")
    command = [TOOLS / "myst", "build", "--jats", "--force", "--ci", "--strict"]
    environment = {**offline, "PATH": os.pathsep.join([str(TOOLS), offline["PATH"]])}
    done = subprocess.run(command, cwd=book, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    return {article.get("id"): article for article in ElementTree.parse(book / EXPORTED).getroot().iter("sub-article")}


def test_every_bound_number_claim_and_finding_is_text_with_its_link(exported):
    chapters = chapter_files(paths.chapters_dir())
    assert set(exported) == {path.stem for path in chapters}
    total = 0
    for path in chapters:
        links = [link for passage in read_page(path) for link in passage.block.links]
        expected = Counter((f"{link.scheme}:{link.target}", plain(link.text)) for link in links)
        found = Counter(
            (link.get(HREF), plain("".join(link.itertext())))
            for link in exported[path.stem].find("body").iter("ext-link")
            if link.get(HREF, "").partition(":")[0] in (*SCHEMES, COMPARE)
        )
        assert found == expected, path.stem
        total += len(links)
    assert total > 400


def words(element):
    """Yield the text of an element without what stands as code: a guide shows there what an author types."""
    if element.tag not in ("code", "monospace"):
        yield element.text or ""
        for part in element:
            yield from words(part)
            yield part.tail or ""


def test_no_syntax_of_myst_is_left_as_text(exported):
    for name, root in exported.items():
        prose = " ".join("".join(words(paragraph)) for paragraph in root.iter("p"))
        for scheme in SCHEMES:
            assert f"]({scheme}:" not in prose, name
