"""Edges of the machine: devices without end, memory that is short, and what steers a terminal. Put a test here for a place that is no plain file."""

import io
import json
import resource
import subprocess
import sys
import zipfile

import pytest
from command import evidence

from evidence.cli.console import Plain

SWELLING = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body>'
    '<office:spreadsheet><table:table table:name="a"><table:table-row table:number-rows-repeated="1000">'
    '<table:table-cell table:number-columns-repeated="400"><text:p>{text}</text:p></table:table-cell></table:table-row></table:table>'
    "</office:spreadsheet></office:body></office:document-content>"
)
"""A sheet of one cell, repeated."""

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
    "reference": ["new", "source", "--from", "{device}"],
    "export": ["ingest", "look", "{device}"],
    "earlier wave": [
        *("ingest", "survey", "answers.csv", "--codebook", "data/codebooks/hillford.toml", "--as-of", "2026-11-01", "--into", "wave"),
        *("--previous", "{device}"),
    ],
    "document": ["cited", "{device}", "--site", "."],
    "places": ["places", "prepare", "--from", "{device}", "--into", "overlay"],
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


def test_a_document_that_swells_ends_in_a_line_where_memory_is_short(little_book):
    """A megabyte of text in each of 400,000 cells, of which the file names one; a process may take what a small machine has."""
    with zipfile.ZipFile(little_book / "bomb.ods", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("content.xml", SWELLING.format(text="ab " * 350_000))

    def limit():
        resource.setrlimit(resource.RLIMIT_AS, (1536 << 20, 1536 << 20))

    for words in (("audit", "bomb.ods"), ("read", "bomb.ods", "--source", "hillford")):
        command = [sys.executable, "-m", "evidence.cli", *words]
        done = subprocess.run(command, cwd=little_book, capture_output=True, text=True, check=False, preexec_fn=limit)
        assert (done.returncode, done.stderr.count("\n"), done.stderr.startswith("bomb.ods: ")) == (1, 1, True), done.stderr


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
