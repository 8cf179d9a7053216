"""Every command that writes, at every change it makes on disk: put a test here when a new command writes into a book.

At each moment in turn the disk fails, the process is killed, Ctrl-C ends the command, or an author saves a file. Then the book is the old one or the new one, what the
author saved is there, and after the next command nothing is left over. Each command runs in this process on the little book; some run as a shell
would start them, with another writer and an author at work beside.
"""

import contextlib
import errno
import importlib.util
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from stat import S_ISDIR

import pytest
from command import evidence
from faults import AUTHOR, FAULTS, KINDS, SHARE, Moment, Output, chosen, content, fail, killed_at

from evidence import editions, paths
from evidence.catalog import schema
from evidence.catalog.rows import write_rows
from evidence.cli import editions as cli_editions
from evidence.editions import accepting, building, recording
from evidence.editions.pdf import book as pdf_book
from evidence.refactor import trial as refactor_trial
from evidence.scaffold import proposal
from evidence.writing import finish, mark, replacing

pytestmark = pytest.mark.slow

EDIT = "\nAn author adds a line.\n"
EDITED = ("chapters/index.md", "chapters/who-bakes.ipynb", "data/figures/hillford.csv", "_toc.yml")


def ugly(book):
    """Let every chapter and table be as an editor and a spreadsheet leave them."""
    for path in (book / "data").rglob("*.csv"):
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    for path in (book / "chapters").glob("*.ipynb"):
        path.write_text(json.dumps(json.loads(path.read_text())))


def unbound(book):
    path = book / "chapters/who-bakes.ipynb"
    path.write_text(path.read_text().replace("[60%](figure:bread.local)", "60%"))


def without_outputs(book):
    for path in (book / "chapters").glob("*.ipynb"):
        notebook = json.loads(path.read_text())
        for cell in notebook["cells"]:
            cell |= {"outputs": []} if cell["cell_type"] == "code" else {}
        path.write_text(json.dumps(notebook))


def overlay(book):
    """New rows beside the book: a loaf is dearer."""
    rows = (book / "data/figures/hillford.csv").read_text().splitlines()
    (row,) = [row for row in rows if row.startswith("bread.price,")]
    new = row.replace("£2.40", "£3.10").replace(",2.4,", ",3.1,").replace("2026", "2027")
    (book.parent / "overlay/figures").mkdir(parents=True, exist_ok=True)
    (book.parent / "overlay/figures/hillford.csv").write_text(f"{rows[0]}\n{new}\n")


def producers_files(book):
    """Declarations of made places in the book, and the files of their producers beside it."""
    spec = importlib.util.spec_from_file_location("made_places", paths.ROOT / "tests/places/made.py")
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    made.write_files(book.parent / "given")
    tables = [made.table_row(name, "itl3-2021") for name in made.VALUES]
    facts = [made.fact_row("output", "gdp-per-head", "ratio"), made.fact_row("jobs", "jobs", "growth")]
    for table, rows in {
        schema.AREAS_TABLE: made.known(),
        schema.PLACE_AREAS: [made.area_row("itl3-2021")],
        schema.PLACE_TABLES: tables,
        schema.PLACE_FACTS: facts,
    }.items():
        write_rows(book / "data" / table.path, [table.names, *([row[name] for name in table.names] for row in rows)])


SOURCE = {
    **{"id": "millers", "title": "Millers asked", "short": "Millers", "authors": "Nobody", "publisher": "Nobody", "published": "May 2026"},
    **{"as-of": "2026-05-01", "licence": "none", "cadence": "one-off", "kind": "survey", "read": "invented for tests"},
}
CLAIM = {
    "id": "westmere-behind",
    "statement": "Fewer people in Westmere than in Hillford buy bread in town",
    "condition": "{bread.local.westmere} < {bread.local.hillford}",
    "threshold": "It would fail if as many did.",
}


def flags(**given):
    return [word for name, text in given.items() for word in (f"--{name}", text)]


WRITERS = {
    "format": (ugly, ["format"]),
    "suggest": (unbound, ["suggest", "who-bakes", "--fix"]),
    "record": (without_outputs, ["record"]),
    "new source": (None, ["new", "source", *flags(**SOURCE)]),
    "new claim": (None, ["new", "claim", *flags(**CLAIM), "--chapter", "who-bakes"]),
    "new chapter": (None, ["new", "chapter", "Who mills"]),
    "rename": (None, ["rename", "figure", "bread.price", "bread.cost"]),
    "accept": (overlay, ["accept", "--data", "../overlay", "--reason", "Bread is dearer.", "--on", "2027-04-01"]),
    "places keep": (producers_files, ["places", "keep", "--from", "../given"]),
}
"""What each command finds, and its words."""

every_writer = pytest.mark.parametrize("name", WRITERS)


def held(book):
    """Return what all files of a book hold but those of the build folder, by name."""
    return {name: text for name, text in content(book).items() if not name.startswith("_build/")}


@pytest.fixture
def remembered(monkeypatch):
    """Chapters run once: how a run of theirs is written is tried here, and not how they run."""
    known = {}

    def execute_all(runs, *_others):
        key = tuple((run.notebook.name, run.notebook.read_text()) for run in runs)
        if key not in known:
            known[key] = editions.execute_all(runs, *_others)
        return known[key]

    for module in (accepting, recording, proposal, refactor_trial):
        monkeypatch.setattr(module, "execute_all", execute_all)


def looks(folder):
    """Return what the system says of each file below a folder, by path: no write leaves it as it was; nothing of folders but that they are there."""
    told = {path.relative_to(folder): path.lstat() for path in folder.rglob("*")}
    return {path: () if S_ISDIR(one.st_mode) else (one.st_ino, one.st_size, one.st_mtime_ns, one.st_ctime_ns) for path, one in told.items()}


def restored(made, before, copied):
    """Let a folder hold what another does, given how its files looked when they were last copied from there."""
    made.mkdir(exist_ok=True)
    now = looks(made)
    for path in sorted(now.keys() - copied.keys(), reverse=True):
        (made / path).unlink() if now[path] else (made / path).rmdir()
    for path in sorted(looks(before)):
        if path not in now or now[path] != copied.get(path):
            (made / path).mkdir() if (before / path).is_dir() else shutil.copy2(before / path, made / path)


class Trial:
    """One command, and copies of the little book to try it on.

    Args:
        name: Of the command.
        book: The little book.
        folder: For the copies.
    """

    def __init__(self, name, book, folder):
        self.before, self.folder = folder / "before", folder
        arrange, self.words = WRITERS[name]
        shutil.copytree(book, self.before, ignore=shutil.ignore_patterns("_build"))
        if arrange:
            arrange(self.before)
        self.old, self.copied = held(self.before), {}
        made = self.fresh()
        done = self.run(made)
        assert done.code in (0, 1) and (done.code == 0 or name == "accept"), done.printed + done.complained
        self.new, self.code = held(made), done.code
        assert self.new != self.old

    def fresh(self):
        """Return the book as the command finds it: what an earlier trial has left alone stays, all else is copied anew."""
        made = self.folder / "book"
        restored(made, self.before, self.copied)
        self.copied = looks(made)
        return made

    def run(self, book):
        os.environ[paths.VARIABLE] = str(book)
        return evidence(*self.words, folder=book)

    def state(self, book):
        found = held(book)
        return "old" if found == self.old else "new" if found == self.new else "mixed"

    def moments(self):
        """Return how many changes the command makes on disk in the folder of the book."""
        book = self.fresh()
        moment = Moment(1_000_000, lambda: None, book)
        self.run(book)
        assert not moment.reached
        return 1_000_000 - moment.left


@pytest.fixture
def trial(little_book, tmp_path, remembered, monkeypatch):
    monkeypatch.setenv(paths.VARIABLE, str(little_book))
    return lambda name: Trial(name, little_book, tmp_path)


@every_writer
def test_at_any_moment_nothing_is_lost_or_mixed_or_left_over(trial, name, record_property):
    dice, tried = random.Random(20261128), trial(name)
    moments, found = tried.moments(), Counter()
    assert moments > 10
    for kind, number in chosen(moments, dice):
        book, where = tried.fresh(), dice.choice(EDITED)
        if kind == "SIGKILL":
            killed_at(number, lambda book=book: tried.run(book), book)
        elif kind == AUTHOR:
            outcome = edited(tried, book, number, where)
            found[outcome] += 1
        else:
            moment = Moment(number, lambda kind=kind: fail(FAULTS[kind]), book)
            done = tried.run(book)
            assert moment.reached, (kind, number)
            assert "Traceback" not in done.complained, (kind, number, done.complained)
            said = "new" if done.code == 0 else tried.state(book) if kind == "Ctrl-C" else "old"
        assert finish(book) == [], (kind, number)
        if kind != AUTHOR:
            state = tried.state(book)
            assert state != "mixed", (kind, number)
            assert kind == "SIGKILL" or tried.code or state == said, (kind, number)
            found[state] += 1
        left = [path.name for path in (book / "_build").iterdir()] if (book / "_build").exists() else []
        assert left == [], (kind, number)
        assert not list(book.rglob(".evidence-*")), (kind, number)
    record_property("told", f"{name}: {sum(found.values())} moments of {moments} and {len(KINDS)} kinds: {dict(found)}")
    assert found["old"]


def edited(tried, book, number, where):
    """Let an author save a file at a moment of the command; prove that it is there, and return what became of the command."""
    before = (book / where).read_bytes()

    def save():
        beside = book / "saving"
        beside.write_bytes((book / where).read_bytes() + EDIT.encode())
        os.replace(beside, book / where)

    moment = Moment(number, save, book)
    done = tried.run(book)
    assert moment.reached
    now = held(book)
    assert EDIT.encode() in now[where], (number, where)
    others = {name: text for name, text in now.items() if name != where}
    assert others in ({name: text for name, text in state.items() if name != where} for state in (tried.old, tried.new)), (number, where)
    if f"{where}: saved by another program while this command ran" in done.complained:
        assert (done.code, now[where]) == (1, before + EDIT.encode())
        return "refused"
    return "beside"


def site(folder, name):
    """A small built site of an edition: its ledger and two pages."""
    (folder / "chapters").mkdir(parents=True)
    ledger = {"edition": {"name": name, "date": name[:10], "as_of": ""}, "figures": [], "ranges": [], "aliases": []}
    (folder / "ledger.json").write_text(json.dumps(ledger))
    for page in ("index.html", "chapters/index.html", "chapters/who-bakes.html"):
        (folder / page).write_text(f"{page} of {name}")
    return folder


@pytest.fixture
def sites(tmp_path, monkeypatch):
    """Two built sites; the newer one stands for what Sphinx builds, and what Chromium prints is a line."""
    older, newer = (site(tmp_path / name, name) for name in ("2026-01-01-older", "2026-02-02-newer"))
    monkeypatch.setattr(editions, "find_browser", lambda: "")
    monkeypatch.setattr(cli_editions, "_check_all", lambda: None)
    monkeypatch.setattr(cli_editions, "_prove", lambda _jobs: None)
    monkeypatch.setattr(cli_editions, "check_shown", lambda _site, _jobs: None)
    monkeypatch.setattr(building, "_jupyter_book", lambda *_: newer)
    monkeypatch.setattr(pdf_book, "join_site", lambda *_: ("", None))
    monkeypatch.setattr(pdf_book, "Browser", contextlib.nullcontext)
    monkeypatch.setattr(pdf_book, "print_book", lambda *_: (b"", []))
    monkeypatch.setattr(pdf_book, "describe", lambda *_: b"%PDF-1.7 of the newer edition")
    return older, newer


OUTPUTS = {
    "publish": lambda older, newer, out: (lambda: editions.publish(older, out), ["publish", "--site", newer, "--into", out]),
    "build": lambda older, _newer, out: (lambda: built(older, out), ["build", "--out", out]),
    "pdf": lambda _older, newer, out: (lambda: out.write_text("%PDF-1.7"), ["pdf", "--site", newer, "--out", out]),
    "look": lambda _older, _newer, out: (lambda: evidence(*look(out, 12)), look(out, 20)),
    "audit": lambda _older, _newer, out: (lambda: evidence(*audit(out, "20%")), audit(out, "21%")),
    "ingest": lambda _older, _newer, out: (lambda: evidence(*wave(out, "2027-03-31")), wave(out, "2027-04-30")),
}
"""What makes an earlier output, and the words of the command that makes another, by the command."""


def built(built_site, out):
    with replacing(out) as beside:
        shutil.copytree(built_site, beside, dirs_exist_ok=True)
        mark(beside, "evidence build", contents=False)


def look(out, respondents):
    export = out.parent.parent / f"{respondents}.csv"
    lines = (paths.find_book() / "answers.csv").read_text().splitlines(keepends=True)
    export.write_text("".join(lines[: respondents + 1]))
    return ["ingest", "look", export, "--into", out]


def audit(out, share):
    report = out.parent.parent / f"{share}.md"
    report.write_text(f"Of 20 bakers, 12 (60%) bake rye and 4 ({share}) bake none.\n")
    return ["audit", report, "--page", out]


def wave(out, day):
    book = paths.find_book()
    codebook = book / "data/codebooks/hillford.toml"
    return ["ingest", "survey", book / "answers.csv", "--codebook", codebook, "--as-of", day, "--into", out]


def made_once(begin, place, kept):
    """Return what makes an earlier output in a folder, the first time as it is made, later as it was then."""

    def again():
        if kept.exists():
            shutil.copytree(kept, place, symlinks=True, dirs_exist_ok=True)
        else:
            begin()
            shutil.copytree(place, kept, symlinks=True)

    return again


@pytest.mark.parametrize("name", [pytest.param(name, marks=pytest.mark.needs("survey")) if name == "ingest" else name for name in OUTPUTS])
def test_what_is_made_for_others_is_the_old_or_the_new(name, little_book, tmp_path, sites, record_property, monkeypatch):
    place = (little_book / "_build" if name == "pdf" else tmp_path) / "made"
    out = place / "out"
    monkeypatch.setenv("TMPDIR", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", None)
    begin, words = OUTPUTS[name](*sites, out)
    theirs = out / "CNAME" if name in ("publish", "build") else None
    output = Output(place, made_once(begin, place, tmp_path / "begun"), lambda: evidence(*words, folder=little_book), theirs)
    found = output.tried(random.Random(20261130))
    record_property("told", f"{name}: {sum(found.values())} moments of {output.moments}: {dict(found)}")
    assert found["old"]
    assert list((tmp_path / "temporary").iterdir()) == []


@pytest.fixture(scope="module")
def dice():
    return random.Random(20261129)


AT_MOMENT = """
import os, sys
sys.path.insert(0, os.environ["TESTS"])
from faults import Moment, fail
number, kind = int(os.environ["AT"]), int(os.environ["KIND"])
Moment(number, (lambda: fail(kind)) if kind else (lambda: os.kill(os.getpid(), 9)), os.environ["EVIDENCE_BOOK"])
"""


class Author:
    """Somebody who saves a line after another while commands run, as an editor does that reads a file again when it has changed."""

    def __init__(self, path):
        self.path, self.lines = path, []

    def save(self):
        self.lines.append(f"A line of the author, the {'very ' * len(self.lines)}first.")
        text = self.path.read_text()
        beside = self.path.with_name(".saving")
        beside.write_text(f"{text}{self.lines[-1]}\n")
        if self.path.read_text() == text:
            os.replace(beside, self.path)
        else:
            self.lines.pop()

    def lost(self):
        held = self.path.read_text()
        return [line for line in self.lines if line not in held]


def start(book, words, kind, moment):
    """Start a command as a shell does, with a fault at a moment of it; none where the moment is zero."""
    surroundings = {"PYTHONPATH": os.pathsep.join([str(paths.ROOT / "lib")]), paths.VARIABLE: str(book)}
    if moment:
        (book.parent / "site").mkdir(exist_ok=True)
        (book.parent / "site" / "sitecustomize.py").write_text(AT_MOMENT)
        surroundings["PYTHONPATH"] += f"{os.pathsep}{book.parent / 'site'}"
        surroundings |= {"AT": str(moment), "KIND": str(kind), "TESTS": str(paths.ROOT / "tests")}
    return subprocess.Popen(
        [sys.executable, "-m", "evidence.cli", *words],
        cwd=book,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1", **surroundings},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_two_writers_and_an_author_at_work(little_book, tmp_path, dice, record_property):
    """Two sources are added at once while an author saves; the first of the commands meets a fault."""
    ended = Counter()
    for number in range(max(2, round(100 * SHARE))):
        book = tmp_path / "run" / "book"
        shutil.rmtree(book, ignore_errors=True)
        shutil.copytree(little_book, book)
        author = Author(book / "chapters/index.md")
        kind = dice.choice([errno.EIO, errno.ENOSPC, errno.EROFS, 0])
        sources = [SOURCE | {"id": name, "title": f"{name} asked", "short": name} for name in ("millers", "grocers")]
        first, second = (["new", "source", *flags(**source)] for source in sources)
        running = [start(book, first, kind, dice.randint(1, 110)), start(book, second, 0, 0)]
        while any(process.poll() is None for process in running):
            author.save()
            time.sleep(0.05)
        said = [process.communicate()[1] for process in running]
        finish(book)
        assert author.lost() == [], (number, said)
        rows = (book / "data/sources.csv").read_text()
        for process, source, told in zip(running, sources, said, strict=True):
            there = f"\n{source['id']}," in rows
            assert there or process.returncode != 0, (number, told)
            assert not there or process.returncode in (0, -9), (number, told)
            assert "Traceback" not in told, (number, told)
            ended["added" if there else "killed" if process.returncode == -9 else "refused"] += 1
        left = [path.name for path in (book / "_build").iterdir()] if (book / "_build").exists() else []
        assert left == [] and not list(book.rglob(".evidence-*")), number
    record_property("told", f"two writers and an author: {dict(ended)}")
