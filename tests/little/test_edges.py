"""Edges of the machine: devices without end, memory that is short, and what steers a terminal. Put a test here for a place that is no plain file."""

import io
import json
import subprocess
import sys

import pytest
from command import evidence

from evidence.cli.console import Plain

ENDLESS = {
    "audit": ["audit", "{device}"],
    "excuses": ["audit", "README.md", "--suppress", "{device}"],
    "grid": ["rerun", "--grid", "{device}"],
    "codebook": ["ingest", "survey", "answers.csv", "--codebook", "{device}", "--as-of", "2026-11-01", "--into", "wave"],
    "answers": ["ingest", "survey", "{device}", "--codebook", "data/codebooks/hillford.toml", "--as-of", "2026-11-01", "--into", "wave"],
    "texts": ["verify", "--check", "--sources", "{device}"],
    "producer's file": ["receipt", "{device}", "bread.local", "--cell", "A1"],
    "overlay": ["accept", "--data", "{device}", "--reason", "None."],
    "decisions": ["read", "--accept", "{device}"],
    "report": ["read", "{device}", "--source", "hillford"],
    "site": ["prove", "{device}"],
    "sources": ["prove", ".", "--sources", "{device}"],
}


@pytest.mark.parametrize("ending", ["", ".csv", ".md", ".pdf", ".toml"])
def test_nothing_is_read_from_a_device_without_end(ending, little_book, tmp_path):
    """Whatever it is called: a name that ends as it should is a link to the device."""
    device = tmp_path / f"endless{ending}"
    device.symlink_to("/dev/zero")
    ends = {}
    for name, words in ENDLESS.items():
        done = evidence(*(word.format(device=device) for word in words), folder=little_book)
        ends[name] = (done.code in (1, 2), "Traceback" not in done.complained, done.complained.count("\n") <= 8)
    assert {name: end for name, end in ends.items() if end != (True, True, True)} == {}


def test_memory_that_is_short_is_told_in_a_line(little_book, monkeypatch):
    def short(*_given, **_options):
        raise MemoryError

    monkeypatch.setattr("evidence.gates.run_gates", short)
    done = evidence("check", folder=little_book)
    assert (done.code, done.complained.count("\n")) == (1, 1)
    assert done.complained.startswith("There is not enough memory for this.")


def test_what_steers_a_terminal_is_shown_as_its_number():
    stream = io.StringIO()
    Plain(file=stream, highlight=False, soft_wrap=True, emoji=False).print("root:x:0 \x1b[2Jgone\u202e\x9b\nline")
    assert stream.getvalue() == "root:x:0 <U+001B>[2Jgone<U+202E><U+009B>\nline\n"


def test_libraries_say_nothing_of_their_own_about_a_file(little_book):
    """A PDF of nothing but promises, of which its reader tells a line each, and a notebook without the ids of newer ones."""
    (little_book / "void.pdf").write_bytes(b"%PDF-1.4\nxref\n0 99\ntrailer<</Size 99/Root 1 0 R>>\nstartxref\n5\n%%EOF")
    chapter = little_book / "chapters" / "who-bakes.ipynb"
    notebook = json.loads(chapter.read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        del cell["id"]
    chapter.write_text(json.dumps(notebook), encoding="utf-8")
    said = [
        subprocess.run([sys.executable, "-m", "evidence.cli", *words], cwd=little_book, capture_output=True, text=True, check=False).stderr
        for words in (("audit", "void.pdf"), ("format", str(chapter)))
    ]
    assert [lines.count("\n") for lines in said] == [1, 0]
    assert said[0].startswith("void.pdf: cannot be read as PDF")
