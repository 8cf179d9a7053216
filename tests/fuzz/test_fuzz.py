"""Hostile inputs to every entry, in this process and through the command. `python tests/fuzz/trying.py TIMES SEED` runs as many as one likes."""

import json
import os
import random
import shutil
from dataclasses import replace

import entries_network
import pytest
from command import evidence
from entering import LITTLE
from entries import ENTRIES, NOTEBOOK, PAGE, REPORT, printed
from entries_beside import BIB, BOOK, CITING, CSL, OF_DOCUMENT, SHEET
from entries_network import LIMITS
from finds import FINDS, HEAVY
from mutating import PIECES, mutated
from trying import MOST_BYTES, alarm, held, place_in, run, survived

from evidence import paths

QUICK, SLOW = 4, 60
"""Inputs to each entry."""
COMMANDS = int(os.environ.get("FUZZED_COMMANDS", "120"))
MOST_LINES = 5


@pytest.fixture
def place(tmp_path, monkeypatch):
    monkeypatch.setenv(paths.VARIABLE, str(tmp_path / "book"))
    return place_in(tmp_path)


def told(finds):
    return [f"{find.entry} ({find.seed}): {find.what}" for find in finds]


def test_every_good_input_is_taken_so_that_what_follows_tries_more_than_the_door(place, monkeypatch):
    monkeypatch.setattr(entries_network, "LIMITS", replace(LIMITS, connect_seconds=60, read_seconds=60, total_seconds=60))
    for look, good in ENTRIES.values():
        look(place, good)


@pytest.mark.parametrize("inputs", [FINDS, pytest.param(HEAVY, marks=pytest.mark.slow)], ids=["light", "heavy"])
def test_what_was_found_once_is_survived(inputs, place):
    found = [survived(entry, content[:40], content, ENTRIES[entry][0], place) for entry, content in inputs]
    assert told(filter(None, found)) == []


def fuzzed(folder, monkeypatch, times):
    monkeypatch.setenv(paths.VARIABLE, str(folder / "book"))
    finds, peak = run(folder, times * len(ENTRIES), "always the same")
    assert told(finds) == []
    assert peak < MOST_BYTES


def test_some_hostile_inputs_to_each_entry_are_survived(tmp_path, monkeypatch):
    fuzzed(tmp_path, monkeypatch, QUICK)


@pytest.mark.slow
def test_many_hostile_inputs_to_each_entry_are_survived(tmp_path, monkeypatch):
    fuzzed(tmp_path, monkeypatch, SLOW)


FILES = [
    "data/figures/hillford.csv",
    "data/charts.csv",
    "data/claims.csv",
    "chapters/index.md",
    "chapters/who-bakes.ipynb",
    "_toc.yml",
    "_config.yml",
    "CITATION.cff",
]
WORDS = {
    "check": lambda chance, _: ["check", *chance.choice(([], ["who-bakes"], ["--format", "json"]))],
    "format": lambda chance, _: ["format", *chance.choice(([], ["--check"]))],
    "status": lambda chance, _: ["status", "--on", chance.choice(("2026-11-29", odd(chance)))],
    "cite": lambda chance, _: ["cite", odd(chance), odd(chance)],
    "suggest": lambda chance, _: ["suggest", chance.choice(("who-bakes", odd(chance)))],
    "rerun": lambda chance, beside: ["rerun", "--grid", beside / "grid.csv", "--out", beside / "grids"],
    "audit": lambda chance, beside: [
        "audit",
        beside / chance.choice(("report.md", "report.html", "report.pdf")),
        "--format",
        chance.choice(("text", "json", "sarif")),
    ],
    "read": lambda chance, beside: ["read", beside / "report.md", "--source", chance.choice(("hillford", odd(chance)))],
    "prove": lambda chance, beside: ["prove", beside / "site"],
    "publish": lambda chance, beside: ["publish", "--site", beside / "site", "--into", beside / "tree"],
    "accept": lambda chance, beside: ["accept", "--dry-run", "--reason", odd(chance), "--data", beside / "overlay", "--on", odd(chance)],
    "rename": lambda chance, _: ["rename", "figure", odd(chance), odd(chance)],
    "receipt": lambda chance, _: ["receipt", odd(chance)],
    "verify": lambda chance, beside: ["verify", "--check", "--sources", beside],
    "cited": lambda chance, beside: ["cited", beside / "citing.md", "--site", beside / "cited"],
    "look": lambda chance, beside: ["ingest", "look", beside / "answers.csv", "--into", beside / "look"],
    "survey": lambda chance, beside: [
        *("ingest", "survey", beside / "answers.csv", "--into", beside / "wave", "--as-of", "2026-11-29"),
        *("--codebook", beside / "codebook.toml"),
    ],
    "new source": lambda chance, beside: ["new", "source", "--id", odd(chance), "--from", beside / chance.choice(("a.bib", "a.json"))],
    "new figure": lambda chance, _: ["new", "figure", "--id", odd(chance), "--source", "hillford", "--quote", odd(chance)],
    "read accepted": lambda chance, beside: ["read", "--accept", beside / "proposals.csv"],
    "countersign": lambda chance, _: ["countersign", *chance.choice(([], [odd(chance)])), "--list"],
    "retire": lambda chance, _: ["retire", "figure", odd(chance), "--reason", odd(chance)],
    "merge": lambda chance, beside: [
        *("merge", "--driver", beside / "base.ipynb", beside / "ours.ipynb", beside / "theirs.ipynb", "--", "chapters/who-bakes.ipynb"),
    ],
    "as of": lambda chance, beside: ["rerun", "--as-of", odd(chance), "--out", beside / "grids"],
    "record": lambda chance, _: ["record", "--check", "who-bakes"],
}
"""What is typed, with hostile words and hostile files."""
WRITERS = ("format", "new source", "new figure", "read accepted")
"""What may change other files of the book when it succeeds."""
BESIDE = {
    **{"report.md": REPORT.encode(), "report.html": PAGE.encode(), "report.pdf": printed("In 2025, 60% of bakers baked rye.")},
    **{
        "grid.csv": b"as_of,chapter\n2026-04-30,nowhere\n",
        "citing.md": CITING["md"].encode(),
        "cited/book.json": json.dumps(BOOK).encode(),
    },
    **{f"site/{name}": b'{"edition": {"name": "a", "date": "b"}}' for name in ("ledger.json", "sources.json")},
    **{f"{name}.ipynb": NOTEBOOK.encode() for name in ("base", "ours", "theirs")},
    **{"a.bib": BIB.encode(), "a.json": json.dumps(CSL).encode(), "proposals.csv": SHEET.encode(), "document.json": OF_DOCUMENT.encode()},
    **{
        name: (LITTLE / file).read_bytes()
        for name, file in (
            ("overlay/figures/hillford.csv", "data/figures/hillford.csv"),
            ("answers.csv", "answers.csv"),
            ("codebook.toml", "data/codebooks/hillford.toml"),
        )
    },
}
"""Good files beside a book, each of which is made hostile."""


def odd(chance):
    """Return a word that nobody would type, without null bytes, which no shell can give."""
    return chance.choice(PIECES).decode(errors="replace").replace("\0", "") or "x"


def typed(number, folder, recorded):
    """Return what is wrong with how a command ends on a hostile book, or None."""
    chance = random.Random(f"command {number}")
    name = sorted(WORDS)[number % len(WORDS)]
    sandbox = folder / str(number)
    book, beside = sandbox / "book", sandbox / "beside"
    shutil.copytree(recorded, book)
    for file, content in BESIDE.items():
        (beside / file).parent.mkdir(parents=True, exist_ok=True)
        (beside / file).write_bytes(mutated(content, chance))
    target = book / chance.choice(FILES)
    target.write_bytes(mutated(target.read_bytes(), chance))
    kept = {path: path.read_bytes() for path in book.rglob("*") if path.is_file() and path != target}
    outside = held(folder.parent / "outside")
    words = WORDS[name](chance, beside)
    with alarm(30):
        done = evidence("--book", book, *words, folder=sandbox)
    said = done.printed + done.complained
    wrong = [
        *([f"ended with {done.code}"] if done.code not in (0, 1, 2) else []),
        *(["a traceback"] if "Traceback" in said or "fault of the program" in said else []),
        *([f"{done.complained.count(chr(10))} lines"] if done.complained.count("\n") > MOST_LINES and done.code != 2 else []),
        *(["a control character"] if "\x1b" in said else []),
        *(["wrote outside"] if held(folder.parent / "outside") != outside or {*sandbox.iterdir()} != {book, beside} else []),
        *(
            f"lost {path.name}"
            for path, content in kept.items()
            if not path.exists() or (name not in WRITERS and path.read_bytes() != content)
        ),
    ]
    shutil.rmtree(sandbox)
    return f"{number} {target.name} {' '.join(map(str, words))[:200]}: {', '.join(wrong)}\n{said[-600:]}" if wrong else None


def all_typed(numbers, recorded, folder):
    (folder / "outside").mkdir()
    (folder / "in").mkdir()
    found = [typed(number, folder / "in", recorded) for number in numbers]
    return "\n".join(filter(None, found))


def test_some_commands_with_hostile_words_and_files_end_as_documented(recorded, tmp_path):
    assert all_typed(range(len(WORDS)), recorded, tmp_path) == ""


def test_commands_that_ended_badly_once_end_as_documented(recorded, tmp_path):
    """144 and 150: a grid or an overlay with many problems tells of the first ones; 211: what a reference gives is no complaint."""
    assert all_typed([144, 150, 211], recorded, tmp_path) == ""


@pytest.mark.slow
def test_many_commands_with_hostile_words_and_files_end_as_documented(recorded, tmp_path):
    assert all_typed(range(len(WORDS), COMMANDS), recorded, tmp_path) == ""
