"""Kills at random moments of commands that write: put a test here when a command must survive its end.

Each command runs on a copy of the invented little book. It is killed alone or with its whole process group; the moments are spread over the
length of the last run that ended by itself, at random within equal parts of it, so that a machine that is busier or idler by now spreads them too.
After each kill all is looked at; a run to the end, which finds what one kill or several have left, follows the first and every third of them.
"""

import contextlib
import csv
import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import uuid
from collections import Counter
from pathlib import Path

import pytest
from processes import marked, until
from test_rerun import fingerprint

from evidence import paths
from evidence.editions import leaning, shelf
from evidence.ledger import archive
from evidence.ledger.succession import FATES, NOTICE
from evidence.writing import replace_file

pytestmark = pytest.mark.slow

BOUND = 600
"""Longest a command may take, in seconds."""

LITTLE = paths.ROOT / "tests" / "little_book"

SHARE = float(os.environ.get("SHARE_OF_KILLS", "1"))
"""Part of the kills to do: less than 1 only to try a change of these tests."""


CHANGED = {"bread.price": ("£3.10", "3.1"), "bread.local.oldbridge": ("80%", "80")}
"""What a next wave says: a loaf is dearer, and the claim that people in Hillford buy from bakers more often holds no more."""


def write_wave(folder):
    """Write the rows of the next wave, to lie over the data of the little book."""
    with (LITTLE / "data" / "figures" / "hillford.csv").open(encoding="utf-8", newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if row["id"] in CHANGED]
    (folder / "figures").mkdir(parents=True)
    with (folder / "figures" / "hillford.csv").open("w", encoding="utf-8", newline="") as stream:
        table = csv.DictWriter(stream, list(rows[0]), lineterminator="\n")
        table.writeheader()
        for row in rows:
            stated, value = CHANGED[row["id"]]
            quote = row["quote"].replace(row["stated"], stated)
            table.writerow(row | {"stated": stated, "value": value, "quote": quote, "period": "2027", "as_of": "2027-03-31"})
    return folder


class Book:
    """A copy of a book, with a folder of its own for temporary files; the path of that is short, for sockets lie in it.

    Attributes:
        took: Seconds that the last run of each command took which ended by itself.
    """

    def __init__(self, pristine, folder):
        self.pristine, self.root, self.temporary = pristine, folder / "book", Path(tempfile.mkdtemp(prefix="k"))
        self.mark, self.took = uuid.uuid4().hex, {}
        shutil.copytree(pristine, self.root)

    def start(self, *arguments, jobs=("--jobs", "2"), stdout=subprocess.DEVNULL):
        return subprocess.Popen(
            [sys.executable, "-m", "evidence.cli", *map(str, arguments), *jobs],
            cwd=self.root,
            env={**os.environ, "PYTHONPATH": str(paths.PACKAGE.parent), "TMPDIR": str(self.temporary), "MARK_OF_THE_TEST": self.mark},
            stdout=stdout,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )

    def run(self, *arguments, **options):
        """Run a command to its end; return its exit code and what it said on standard error."""
        began = time.monotonic()
        process = self.start(*arguments, **options)
        said = process.communicate(timeout=BOUND)[1].decode()
        self.took[arguments[0]] = time.monotonic() - began
        return process.returncode, said

    def survivors(self):
        """Return the processes of any run that are still there after a bounded wait."""
        return [] if until(lambda: not marked(self.mark)) else marked(self.mark)

    def state(self):
        return {name: fingerprint(self.root / name) for name in ("data", "chapters")}

    def reset(self):
        for name in ("data", "chapters"):
            shutil.rmtree(self.root / name)
            shutil.copytree(self.pristine / name, self.root / name)

    def left_over(self):
        return [path.name for path in self.temporary.iterdir()]


@pytest.fixture
def little(recorded, tmp_path):
    """A copy of the little book; what it has put into its temporary folder is taken away at the end."""
    book = Book(recorded, tmp_path / "copy")
    yield book
    shutil.rmtree(book.temporary, ignore_errors=True)


def kill(process, dice):
    """Kill a command alone or with its group, and return whether it was still running."""
    running = process.poll() is None
    if running:
        if dice.random() < 0.5:
            process.kill()
        else:
            os.killpg(process.pid, signal.SIGKILL)
    process.stderr.close()
    process.wait()
    return running


def killed(book, arguments, moment, dice, **options):
    """Start a command and kill it at a part of its length, earlier where it was quicker than the last; it is always killed in its run."""
    for _ in range(5):
        began, process = time.monotonic(), book.start(*arguments, **options)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(timeout=moment * book.took[arguments[0]])
        if kill(process, dice):
            return
        book.took[arguments[0]] = 0.8 * (time.monotonic() - began)
        yield process.returncode
    raise AssertionError("five runs ended before they were to be killed")


def moments(count, dice):
    """Return so many moments, each as a part of the length of a run."""
    return [(number + dice.random()) / count for number in range(count)]


def followed(count, dice):
    """Yield so many moments in any order, each with whether a run to the end follows the kill."""
    spread = moments(count, dice)
    dice.shuffle(spread)
    for number, moment in enumerate(spread):
        yield moment, number % 3 == 0 or number == count - 1


def stage_of_rerun(left, temporary):
    """Return how far a killed run had come, from what it left: its folder, and folders of its own for temporary files."""
    partial = next(iter(left), None)
    if partial is None:
        return "imports, or its end"
    if any(path.name.startswith("evidence-site-") for path in temporary) or (partial / "site").exists():
        return "site"
    if (partial / "ledger.json").exists():
        return "report"
    return "chapters" if (partial / "chapters").exists() else "data"


def complete(out):
    """Return the editions of a folder; what is no hidden or linked name counts as one."""
    return [path for path in out.iterdir() if not path.name.startswith(".") and not path.is_symlink()]


@pytest.mark.parametrize(("options", "kills"), [((), 10), (("--site",), 3)], ids=["alone", "with its site"])
def test_a_rerun_killed_at_random_moments(little, tmp_path, record_property, options, kills):
    kills = max(3, round(kills * SHARE))
    dice = random.Random(20260430 + kills)
    book, out, command = little, tmp_path / "editions", ["rerun", "--data", write_wave(tmp_path / "wave"), *options]
    assert book.run("rerun", "--out", out)[0] == 0
    (good,) = complete(out)
    code, said = book.run(*command, "--out", tmp_path / "undisturbed")
    assert code == 1, said
    (undisturbed,) = complete(tmp_path / "undisturbed")
    expected, before, last = fingerprint(undisturbed), book.state(), fingerprint(good)
    stages = Counter()

    def without_it():
        shutil.rmtree(out / undisturbed.name, ignore_errors=True)
        (out / "latest").unlink()
        (out / "latest").symlink_to(good.name)

    for moment, run_after in followed(kills, dice):
        without_it()
        left = {*out.iterdir(), *book.temporary.iterdir()}
        for code in killed(book, [*command, "--out", out], moment, dice):
            assert code == 1
            without_it()
        assert book.survivors() == []
        stages[stage_of_rerun({*out.glob(".partial-*")} - left, {*book.temporary.iterdir()} - left)] += 1
        assert book.state() == before
        assert fingerprint(good) == last
        assert (out / "latest").resolve() in (good, out / undisturbed.name)
        assert set(complete(out)) <= {good, out / undisturbed.name}
        assert not (out / undisturbed.name).exists() or fingerprint(out / undisturbed.name) == expected
        if not run_after:
            continue
        code, said = book.run(*command, "--out", out)
        assert code == 1, said
        assert fingerprint(out / undisturbed.name) == expected
        assert (out / "latest").resolve() == out / undisturbed.name
        assert book.survivors() == [] and book.left_over() == []
        assert {path.name for path in out.iterdir()} == {good.name, undisturbed.name, "latest"}
    record_property("told", f"{kills} kills of a rerun {' '.join(options)} over {book.took['rerun']:.1f} s: {dict(stages)}")
    assert sum(stages.values()) == kills
    assert kills - stages["imports, or its end"] >= kills // 3  # the others found an edition half made


def stage_of_accept(book):
    folder = next((book.root / "_build").glob(".replacing-*"), None)
    if folder is None:
        return "imports, or its end"
    if (folder / "READY").exists():
        return "replacing"
    return "data" if fingerprint(folder / "chapters") == fingerprint(book.root / "chapters") else "chapters and gates"


def test_an_acceptance_killed_at_random_moments(little, tmp_path, record_property):
    kills, dice, book, wave = max(3, round(10 * SHARE)), random.Random(20270501), little, write_wave(tmp_path / "wave")
    command = ["accept", "--data", wave, "--reason", "A fictional wave, to see what a kill leaves.", "--on", "2027-05-01"]
    before = book.state()
    code, said = book.run(*command)
    assert (code, "accepted" in said) == (1, False), said  # a claim awaits its author
    after = book.state()
    assert after != before
    stages = Counter()
    for moment, run_after in followed(kills, dice):
        book.reset()
        for code in killed(book, command, moment, dice):
            assert code == 1
            book.reset()
        assert book.survivors() == []
        stages[stage_of_accept(book)] += 1
        assert book.run("record", "--help")[0] == 0  # any command first makes good what a killed one had begun
        assert book.state() in (before, after)
        if not run_after:
            continue
        accepted = book.state() == after
        code, said = book.run(*command)
        assert code == 1
        assert not accepted or "the same as data/figures/hillford.csv" in said
        assert book.state() == after
        assert book.survivors() == [] and book.left_over() == []
        assert list((book.root / "_build").glob(".*")) == []
    record_property("told", f"{kills} kills of an acceptance over {book.took['accept']:.1f} s: {dict(stages)}")
    assert sum(stages.values()) == kills
    assert kills - stages["imports, or its end"] >= kills // 3


def without_outputs(path):
    """Take the recorded outputs out of a chapter, so that recording writes it."""
    notebook = json.loads(path.read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell["outputs"] = []
    path.write_text(json.dumps(notebook), encoding="utf-8")


def spread(kills, dice):
    return followed(max(2, round(kills * SHARE)), dice)


def test_a_recording_killed_at_random_moments(little):
    dice, chapters = random.Random(20261128), sorted((little.root / "chapters").glob("*.ipynb"))
    after = {path: path.read_text(encoding="utf-8") for path in chapters}
    for path in chapters:
        without_outputs(path)
    before = {path: path.read_text(encoding="utf-8") for path in chapters}
    code, said = little.run("record")
    assert code == 0, said
    assert {path: path.read_text(encoding="utf-8") for path in chapters} == after

    def without_all():
        for path, text in before.items():
            path.write_text(text, encoding="utf-8")

    for moment, run_after in spread(9, dice):
        without_all()
        for code in killed(little, ["record"], moment, dice):
            assert code == 0
            without_all()
        assert little.survivors() == []
        assert all(path.read_text(encoding="utf-8") in (before[path], after[path]) for path in chapters)
        if not run_after:
            continue
        code, said = little.run("record")
        assert code == 0, said
        assert {path: path.read_text(encoding="utf-8") for path in (little.root / "chapters").glob("*.ipynb")} == after
        assert little.survivors() == [] and little.left_over() == []


def test_a_file_left_beside_by_a_killed_recording_is_cleared_up(tmp_path):
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    (tmp_path / f".page.ipynb.{ended.pid}").write_text("half", encoding="utf-8")
    (tmp_path / f".page.ipynb.{os.getppid()}").write_text("of one that runs", encoding="utf-8")
    replace_file(tmp_path / "page.ipynb", "whole")
    assert {path.name for path in tmp_path.iterdir()} == {"page.ipynb", f".page.ipynb.{os.getppid()}"}


def write_site(folder, words):
    """Write a site of many pages, pictures, tables, places and sources, of which half say what the words are and half are always the same.

    Pages are long, so that one that says what it said leans on the earlier edition.
    """
    for name in ("chapters", "charts", "data", "places", "_static"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    told = {number: words if number % 2 else "always" for number in range(150)}
    for number, said in told.items():
        (folder / "chapters" / f"page-{number}.html").write_text(
            f'{NOTICE}<article><h1>{number}</h1><p id="part">{said * 400}<img src="../charts/{number}.svg"></article>{FATES}',
            encoding="utf-8",
        )
        (folder / "charts" / f"{number}.svg").write_text(f"<svg>{said}</svg>", encoding="utf-8")
        (folder / "data" / f"table-{number}.csv").write_text(f"said\n{said}\n", encoding="utf-8")
        (folder / "places" / f"place-{number}.html").write_text(f"{NOTICE}{said}", encoding="utf-8")
    (folder / "_static" / "records.js").write_text("/* puts parts together */", encoding="utf-8")
    (folder / "_static" / "cards-all.js").write_text(f"globalThis.all = {json.dumps(told)};\n", encoding="utf-8")
    files = {f"chapters/source-{number}.md": said.encode() for number, said in told.items()}
    packed = archive.zipped(files)
    (folder / "book-sources.zip").write_bytes(packed)
    built = {"site_url": "", "as_of": "", "pdf": "", "source_date_epoch": "1767225600"}
    about = json.loads(archive.about(f"2026-11-28-{words}", built, files, packed)) | {"archive": "book-sources.zip"}
    (folder / "sources.json").write_text(json.dumps(about), encoding="utf-8")
    edition = {"name": f"2026-11-28-{words}", "date": "2026-11-28"}
    empty = {"figures": [], "ranges": [], "aliases": []}
    (folder / "ledger.json").write_text(json.dumps({"edition": edition, **empty}), encoding="utf-8")


def leads_nowhere(tree):
    """Return the addresses in the pages of a tree at which there is no file, and what its editions keep that is not there or not whole."""
    pages = [
        (page, address) for page in tree.rglob("*.html") for address in re.findall(r'(?:src="|url=|"from":")([^"]+)', page.read_text())
    ]
    lost = [address for page, address in pages if not (page.parent / address).is_file()]
    listed = [edition["name"] for edition in json.loads((tree / "editions.json").read_bytes())]
    return lost + sorted(shelf.named_by(tree, listed) - shelf.whole(tree))


def leaning_pages(tree, words):
    """Return on which editions pages of an edition lean, each with how many do."""
    pages = {path: path.read_text(encoding="utf-8") for path in tree.glob(f"editions/2026-11-28-{words}/chapters/*.html")}
    return Counter(base for path, text in pages.items() if (base := leaning.leans_on(f"chapters/{path.name}", text)))


def test_a_publication_killed_at_random_moments(little, tmp_path):
    """A third edition is put beside two, with which it shares half of what it has; half the pages of the second and of the third lean on the first."""
    dice, site, tree = random.Random(20261129), tmp_path / "site", tmp_path / "public"
    command = ["publish", "--site", site, "--into", tree]
    for words in ("first", "old", "new"):
        write_site(site, words)
        code, said = little.run(*command)
        assert code == 0, said
        shutil.copytree(tree, tmp_path / words)
    old, new = fingerprint(tmp_path / "old"), fingerprint(tmp_path / "new")
    assert old != new
    assert (leads_nowhere(tmp_path / "old"), leads_nowhere(tmp_path / "new")) == ([], [])
    assert [leaning_pages(tree, words) for words in ("first", "old", "new")] == [{}, {"2026-11-28-first": 75}, {"2026-11-28-first": 75}]
    kept = {words: len(list((tmp_path / words / "kept").iterdir())) for words in ("first", "new")}
    assert kept["new"] < 2.5 * kept["first"]
    for moment, _ in spread(24, dice):
        replace_folder(tree, tmp_path / "old")
        for _ in killed(little, command, moment, dice):
            replace_folder(tree, tmp_path / "old")
        assert little.survivors() == []
        assert fingerprint(tree) in (old, new)
    code, said = little.run(*command)
    assert code == 0, said
    assert fingerprint(tree) == new
    assert list(tmp_path.glob(".public-*")) == [] and little.left_over() == []


def test_a_grid_killed_at_random_moments(little, tmp_path):
    dice, grid, before = random.Random(20261202), tmp_path / "days.csv", little.state()
    grid.write_text("as_of,chapter\n2026-11-26,who-bakes\n2026-11-27,who-bakes\n2026-11-28,where-bread-is-sold\n", encoding="utf-8")
    command, out = ["rerun", "--grid", grid, "--out"], tmp_path / "out"
    code, said = little.run(*command, tmp_path / "undisturbed")
    assert code == 0, said
    expected = fingerprint(tmp_path / "undisturbed")
    for moment, run_after in spread(5, dice):
        for code in killed(little, [*command, out], moment, dice):
            assert code == 0
            shutil.rmtree(out)
        assert little.survivors() == []
        assert not (out / "days" / "summary.csv").exists() or fingerprint(out) == expected
        if not run_after:
            continue
        code, said = little.run(*command, out)
        assert code == 0, said
        assert fingerprint(out) == expected
        assert little.survivors() == [] and little.left_over() == []
        assert little.state() == before
        shutil.rmtree(out)


def replace_folder(folder, pristine):
    """Make a folder what another is, or take it away where there is no other."""
    shutil.rmtree(folder, ignore_errors=True)
    if pristine.exists():
        shutil.copytree(pristine, folder)


def site_of(folder):
    """Return what a folder holds, or nothing where there is none."""
    return fingerprint(folder) if folder.exists() else None


def test_a_build_killed_at_random_moments(little, little_site, tmp_path, record_property):
    dice, page, elsewhere = random.Random(20261203), little.root / "chapters" / "index.md", tmp_path / "elsewhere"
    own = shutil.copytree(little_site, paths.site_dir(little.root))
    page.write_text(page.read_text(encoding="utf-8") + "\nBread is bought by people.\n", encoding="utf-8")
    code, said = little.run("build")
    assert code == 0, said
    new, before = fingerprint(own), little.state()
    assert fingerprint(little_site) != new
    sites, stages = [(own, little_site, ()), (elsewhere, tmp_path / "nothing", ("--out", elsewhere))], Counter()
    for number, (moment, _) in enumerate(spread(9, dice)):
        site, pristine, options = sites[number % 2]
        replace_folder(site, pristine)
        for _ in killed(little, ["build", *options], moment, dice):
            replace_folder(site, pristine)
        assert little.survivors() == []
        assert little.state() == before
        assert site_of(site) in (site_of(pristine), new)
        stages["chapters and site" if list(little.temporary.glob("evidence-site-*")) else "gates"] += 1
    for site, _, options in sites:
        code, said = little.run("build", *options)
        assert code == 0, said
        assert fingerprint(site) == new
        assert little.survivors() == [] and little.left_over() == []
        assert list(site.parent.glob(f".{site.name}-*")) == []
    assert little.state() == before
    record_property("told", f"kills of a build over {little.took['build']:.1f} s: {dict(stages)}")


def test_a_preview_killed_at_random_moments(little):
    dice, book, before = random.Random(20261130), little, little.state()

    def opened():
        began = time.monotonic()
        process = book.start("preview", "who-bakes", jobs=(), stdout=subprocess.PIPE)
        assert process.stdout.readline().startswith(b"http://127.0.0.1:"), process.communicate()
        book.took["preview"] = 1.5 * (time.monotonic() - began)
        return process

    assert kill(opened(), dice)
    for moment, _ in spread(5, dice):
        assert list(killed(book, ["preview", "who-bakes"], moment, dice, jobs=())) == [], "it ends by nothing else"
        assert book.survivors() == []
        assert book.state() == before
    process = opened()
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=BOUND) == 0
    assert book.survivors() == [] and book.left_over() == []
