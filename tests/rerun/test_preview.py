"""`evidence preview` as a process: what it shows, that a save is shown with what must be mended, and that it leaves the book and the machine alone."""

import hashlib
import http.client
import json
import os
import queue
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from urllib.parse import urlsplit

import pytest
from processes import WAIT, children, entry

from evidence import paths

pytestmark = pytest.mark.slow

CHAPTER = "case-catch"
BOUND = "[430](figure:case.catch.apprentices)"


class Preview:
    """A preview as a process, and the lines its page is told of changes by."""

    def __init__(self, book, temporary):
        temporary.mkdir()
        environment = {**os.environ, "PYTHONPATH": str(paths.ROOT / "lib"), "TMPDIR": str(temporary)}
        command = [sys.executable, "-m", "evidence.cli", "preview", CHAPTER]
        self.book, self.temporary, self.page = book, temporary, book / "chapters" / f"{CHAPTER}.ipynb"
        self.process = subprocess.Popen(command, cwd=book, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.address = urlsplit(self.process.stdout.readline().split()[0])
        self._versions = queue.Queue()
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self):
        connection = http.client.HTTPConnection(self.address.netloc)
        connection.request("GET", "/-/changes")
        for line in connection.getresponse():
            if line.startswith(b"data: "):
                self._versions.put(line)
        self._versions.put(b"")

    def get(self, path="", host=""):
        """Return the status and the text of an answer."""
        connection = http.client.HTTPConnection(self.address.netloc, timeout=WAIT)
        connection.request("GET", path or self.address.path, headers={"Host": host or self.address.netloc})
        answer = connection.getresponse()
        return answer.status, answer.read().decode()

    def until(self, shows):
        """Return the text of the page once it shows something; a save may be told in more than one change."""
        ends = time.monotonic() + WAIT
        while not shows(text := self.get()[1]) and time.monotonic() < ends:
            if not self._versions.get(timeout=WAIT):
                raise AssertionError(f"the preview has ended with {self.process.wait(timeout=WAIT)}: {self.process.stderr.read()}")
        assert shows(text), f"the page never showed it:\n{box(text)}"
        return text

    def save(self, text):
        """Save the chapter as editors do: beside, and then in its place."""
        beside = self.page.with_name(".new")
        beside.write_text(text, encoding="utf-8")
        beside.replace(self.page)


def box(html):
    return re.search(r'<section class="preview".*?</section>', html, re.DOTALL)[0]


def quiet(html):
    """Whether nothing is to be mended and no cell is being run."""
    return '<p role="status">Preview. Nothing to mend. </p>' in html


def marks(html):
    return re.findall(r'<mark class="to-mend"[^>]* title="([^"]*)"[^>]*>([^<]*)</mark>', html)


def fingerprint(folder):
    """Return the content of every file of a folder and when it was written."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path: (hashlib.sha256(path.read_bytes()).hexdigest(), path.stat().st_mtime_ns) for path in files}


@pytest.fixture(scope="module")
def opened(tmp_path_factory):
    """A preview of a copy of the book."""
    folder = tmp_path_factory.mktemp("preview")
    book = folder / "book"
    for name in ("chapters", "data"):
        shutil.copytree(paths.ROOT / name, book / name)
    for name in ("_config.yml", "_toc.yml", "CITATION.cff"):
        shutil.copy2(paths.ROOT / name, book)
    preview = Preview(book, folder / "temporary")
    yield preview
    preview.process.kill()
    preview.process.wait(timeout=WAIT)


@pytest.fixture
def preview(opened):
    """The preview of the chapter as it is committed, and again so afterwards."""
    text = opened.page.read_text(encoding="utf-8")
    opened.until(quiet)
    yield opened
    opened.save(text)
    opened.until(quiet)


def edited(preview, old, new):
    """Save the chapter with some words of its first cell replaced; return what it was."""
    notebook = json.loads(preview.page.read_text(encoding="utf-8"))
    source = "".join(notebook["cells"][0]["source"])
    assert old in source
    notebook["cells"][0]["source"] = source.replace(old, new, 1).splitlines(keepends=True)
    preview.save(json.dumps(notebook, ensure_ascii=False, indent=1, sort_keys=True) + "\n")


def test_it_shows_the_chapter_in_the_frame_of_the_site_with_its_prose_its_outputs_and_its_cards(preview):
    html = preview.get()[1]
    assert '<article class="bd-article">' in html
    assert 'data-evidence="figure case.catch.apprentices"' in html
    assert '<table class="evidence' in html
    assert 'id="evidence-cards"' in html
    assert preview.get("/_static/evidence.css")[0] == 200
    assert preview.get("/chapters/coordination.html")[0] == 200
    assert preview.get("/chapters/nowhere.html")[0] == 404
    assert preview.get("/_static/")[0] == 404
    assert preview.get("/chapters/..%2f..%2f..%2f_config.yml")[0] == 404


def test_a_broken_number_is_marked_at_its_words_with_the_remedy_and_a_mended_one_no_more(preview):
    edited(preview, BOUND, BOUND.replace("430", "450"))
    html = preview.until(marks)
    told, words = marks(html)[0]
    assert words == "450"
    assert "the library says 430" in told
    assert "Write 430" in told
    assert "1 to mend." in box(html)
    assert f"chapters/{CHAPTER}.ipynb, cell 1, line 4" in box(html)

    edited(preview, BOUND.replace("430", "450"), BOUND)
    assert marks(preview.until(quiet)) == []


def test_a_number_that_is_bound_to_nothing_and_a_link_to_nothing_are_marked_too(preview):
    edited(preview, BOUND, "[430](figure:case.catch.nobody) and 77 others")
    told = {words: what for what, words in marks(preview.until(lambda html: len(marks(html)) == 2))}
    assert set(told) == {"430", "77"}
    assert "case.catch.nobody" in told["430"]
    assert "bound to nothing" in told["77"]


def test_a_cell_that_was_changed_is_run_anew(preview):
    text = preview.page.read_text(encoding="utf-8")
    preview.save(text.replace('"chapter.statements()"', "\"print('words of ' + 'a cell')\\n\", \"chapter.statements()\"", 1))
    html = preview.until(lambda html: "words of a cell" in html)
    assert "not one of" not in html


def test_cells_are_run_anew_although_what_they_are_forked_from_has_been_killed(preview):
    (server,) = (pid for pid in children(preview.process.pid) if b"forkserver" in entry(pid, "cmdline"))
    os.kill(server, signal.SIGKILL)
    text = preview.page.read_text(encoding="utf-8")
    preview.save(text.replace('"chapter.statements()"', "\"print('words of ' + 'another')\\n\", \"chapter.statements()\"", 1))
    assert "not one of" not in preview.until(lambda html: "words of another" in html)


def test_a_record_that_was_changed_is_shown_and_one_that_is_malformed_is_told(preview):
    table = preview.book / "data" / "figures" / "demos.csv"
    text = table.read_text(encoding="utf-8")
    try:
        table.write_text(text.replace("Apprentices taken on by CATCH in total", "Apprentices whom CATCH took on", 1), encoding="utf-8")
        preview.until(lambda html: '"Apprentices whom CATCH took on' in html)
        table.write_text(text.replace(",430,430,count,", ",430,some,count,", 1), encoding="utf-8")
        html = preview.until(lambda html: "data/figures/demos.csv" in box(html))
        assert '"Apprentices whom CATCH took on' in html
    finally:
        table.write_text(text, encoding="utf-8")


def test_a_file_that_is_half_written_leaves_the_page_and_says_why(preview):
    text = preview.page.read_text(encoding="utf-8")
    preview.save(text[: len(text) // 2])
    html = preview.until(lambda html: "1 to mend." in html)
    assert f"chapters/{CHAPTER}.ipynb" in box(html)
    assert 'data-evidence="figure case.catch.apprentices"' in html


@pytest.mark.parametrize(
    "hostile", ["<script>told()</script>", "<img src=x onerror=told()>", "\n\n```{raw} html\n<script>told()</script>\n```\n\n"]
)
def test_hostile_text_is_shown_and_not_run(preview, hostile):
    edited(preview, BOUND, BOUND + hostile)
    html = preview.until(lambda html: "to mend" in html and "told()" in html)
    assert "&lt;" in html
    assert "<script>told" not in html
    assert "<img src=x" not in html


def test_a_hostile_output_is_not_shown(preview):
    notebook = json.loads(preview.page.read_text(encoding="utf-8"))
    last = notebook["cells"][-1]
    last["outputs"][0]["data"]["text/html"] = ["<script>told()</script>"]
    last["source"] = ["chapter.statements()\n", "1 / 0"]
    preview.save(json.dumps(notebook))
    html = preview.until(lambda html: "ZeroDivisionError" in html)
    assert "<script>told" not in html


def test_a_page_of_another_site_is_refused(preview):
    port = preview.address.port
    assert preview.get(host="elsewhere.example")[0] == 403
    assert preview.get(host=f"elsewhere.example:{port}")[0] == 403
    assert preview.get("/-/changes", host="elsewhere.example")[0] == 403
    assert preview.get(host=f"localhost:{port}")[0] == 200
    assert preview.address.hostname == "127.0.0.1"


def test_it_writes_nothing_of_the_book_and_leaves_nothing_when_it_is_interrupted(opened):
    opened.until(quiet)
    before = fingerprint(opened.book)
    edited(opened, BOUND, BOUND)
    opened.until(quiet)
    after = fingerprint(opened.book)
    assert [path.name for path in after if after[path] != before.get(path)] == [opened.page.name]
    assert set(before) == set(after)

    opened.process.send_signal(signal.SIGINT)
    assert opened.process.wait(timeout=WAIT) == 0
    assert opened.process.stderr.read() == ""
    assert [path.name for path in opened.temporary.iterdir()] == []


def test_a_chapter_that_is_not_there_is_named(tmp_path):
    command = [sys.executable, "-m", "evidence.cli", "preview", "nowhere"]
    environment = {**os.environ, "PYTHONPATH": str(paths.ROOT / "lib")}
    done = subprocess.run(command, cwd=paths.ROOT, env=environment, capture_output=True, text=True, check=False, timeout=WAIT)
    assert done.returncode == 1
    assert "chapters/nowhere: there is no such chapter." in done.stderr
