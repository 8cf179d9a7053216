"""`evidence check --watch` as a process: a broken save is told, a mended one is green, and an interrupt ends it."""

import json
import queue
import shutil
import signal
import subprocess
import sys
import threading

import pytest

from evidence import paths

WAIT = 120
"""Longest a line is waited for, in seconds, so that a test ends; nothing is asserted about time."""


@pytest.fixture
def book(tmp_path):
    for name in ("chapters", "data"):
        shutil.copytree(paths.ROOT / name, tmp_path / name)
    for name in ("_config.yml", "_toc.yml"):
        shutil.copy2(paths.ROOT / name, tmp_path / name)
    return tmp_path


@pytest.fixture
def watched(book):
    """The process, and a queue of the lines it prints."""
    command = [sys.executable, "-m", "evidence.cli", "check", "--watch", "--format", "json"]
    process = subprocess.Popen(command, cwd=book, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    lines = queue.Queue()
    threading.Thread(target=lambda: [lines.put(line) for line in process.stdout], daemon=True).start()
    yield process, lines
    process.kill()
    process.wait(timeout=WAIT)


def until(lines, green):
    """Return the first check that ends so; a save may be told in more than one notice."""
    for _ in range(10):
        check = json.loads(lines.get(timeout=WAIT))
        if check["green"] is green:
            return check
    raise AssertionError(f"no check was {'green' if green else 'red'}")


def save(path, text):
    """Save as editors do: beside, and then in its place."""
    beside = path.with_name(f".{path.name}.new")
    beside.write_text(text, encoding="utf-8")
    beside.replace(path)


def test_a_broken_save_is_told_and_a_mended_one_is_green(book, watched):
    process, lines = watched
    page = book / "chapters" / "case-catch.ipynb"
    text = page.read_text(encoding="utf-8")
    assert until(lines, green=True)["saved"] == []

    save(page, text.replace("[430](figure:case.catch.apprentices)", "[450](figure:case.catch.apprentices)", 1))
    (problem,) = until(lines, green=False)["problems"]
    assert (problem["file"], problem["cell"], problem["line"]) == ("chapters/case-catch.ipynb", 1, 4)
    assert "the library says 430" in problem["message"]
    assert "Write 450" not in problem["remedy"]
    assert "Write 430" in problem["remedy"]

    save(page, text)
    mended = until(lines, green=True)
    assert mended["saved"] == ["case-catch.ipynb"]
    assert mended["problems"] == []

    codebook = book / "data" / "codebooks" / "perceptions.toml"
    save(codebook, codebook.read_text(encoding="utf-8").replace('"perceptions.poorly-paid"', '"perceptions.poorly-told"'))
    (problem,) = until(lines, green=False)["problems"]
    assert problem["file"] == "data/codebooks/perceptions.toml"
    assert "perceptions.poorly-told" in problem["message"]

    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=WAIT) == 0
    assert process.stderr.read() == ""
