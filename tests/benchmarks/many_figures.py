"""A book of 100,000 figures: how long it takes to build, how many elements each of its pages has, how much of the processor the largest take to paint, and what lies beside.

The figures are those of the little book, repeated under other names. Limits are those the site keeps to: no page of 5,000 elements or more, none
that takes longer than a second of it. Ends with 1 where one does.
"""

import collections
import re
import resource
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from evidence import paths
from evidence.catalog import schema
from evidence.catalog.rows import read_table, write_rows
from evidence.editions.pdf import find_browser

FIGURES = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
MOST_ELEMENTS, MOST_SECONDS, PAINTED = 5_000, 1.0, 6
LETTERS = "abcdefghijklmnopqrstuvwxyz"
TAG = re.compile(rb"<[a-z][^>]*>")


def repeated(rows, number):
    """Return a figure of the little book under another name, said of other people."""
    turn, row = number // len(rows), dict(rows[number % len(rows)])
    letters = "".join(LETTERS[turn // 26**place % 26] for place in (2, 1, 0))
    return row | {
        "id": f"round-{letters}.{row['id']}",
        "series": "",
        "category": "",
        "population": f"sheep of flock x{letters}x",
    }


def grown(folder):
    """Copy the little book into a folder, with so many figures more."""
    book = Path(shutil.copytree(paths.ROOT / "tests" / "little_book", folder / "book"))
    table = book / "data" / "figures" / "hillford.csv"
    rows = [row for row in read_table(book / "data", schema.FIGURES) if row["source"] == "hillford"]
    names = schema.FIGURES.names
    write_rows(table, [names, *([row[name] for name in names] for row in [*rows, *(repeated(rows, number) for number in range(FIGURES))])])
    return book


def run(book, *words):
    """Run a command of the engine on the book; return its seconds of processor, and end with what it said where it failed."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run([sys.executable, "-m", "evidence.cli", "--book", book, *words], capture_output=True, text=True, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        raise SystemExit(f"{words[0]}: {(done.stdout + done.stderr)[-3000:]}")
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def elements(site):
    """Return how many elements each page has, the most first."""
    counted = {page.relative_to(site).as_posix(): len(TAG.findall(page.read_bytes())) for page in site.rglob("*.html")}
    return collections.Counter(counted).most_common()


def painted(site, pages):
    """Yield how many elements each of some pages has once its scripts have run, and the seconds of processor until it is painted and idle."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=["--no-sandbox", "--disable-gpu"])
        for name in pages:
            page = browser.new_page()
            session = page.context.new_cdp_session(page)
            session.send("Performance.enable", {"timeDomain": "threadTicks"})
            page.goto(f"file://{site / name}", wait_until="load")
            page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestIdleCallback(done)))")
            metrics = {metric["name"]: metric["value"] for metric in session.send("Performance.getMetrics")["metrics"]}
            yield name, page.evaluate("document.querySelectorAll('*').length"), metrics["TaskDuration"]
            page.close()
        browser.close()


def main():
    """Build the book and print what was found."""
    with tempfile.TemporaryDirectory() as name:
        book, site = grown(Path(name)), Path(name) / "site"
        print(f"{FIGURES:,} figures: formatted and recorded in {run(book, 'format') + run(book, 'record'):.0f} s of processor", flush=True)
        print(f"built in {run(book, 'build', '--out', site):.0f} s of processor", flush=True)
        weights = collections.Counter()
        for file in site.rglob("*"):
            if file.is_file():
                weights[file.relative_to(site).parts[0]] += file.stat().st_size
        print("megabytes: " + ", ".join(f"{part} {size / 1e6:.1f}" for part, size in weights.most_common(8)))
        found = elements(site)
        print(f"{len(found):,} pages; most elements: " + ", ".join(f"{page} {count:,}" for page, count in found[:5]))
        slow = []
        always = ["chapters/index.html", "chapters/ledger.html", "chapters/claim-desk.html", "search.html"]
        asked = dict.fromkeys([*(page for page, _ in found[:PAINTED]), *(page for page in always if (site / page).exists())])
        for page, count, seconds in painted(site, asked):
            print(f"{page:50} {count:7,} elements {seconds:6.2f} s of processor", flush=True)
            slow += [page] * (count >= MOST_ELEMENTS or seconds > MOST_SECONDS)
        heavy = [page for page, count in found if count >= MOST_ELEMENTS]
        sys.exit(1 if heavy or slow else 0)


if __name__ == "__main__":
    main()
